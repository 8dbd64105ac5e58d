//! `ban-validate-in-same-transaction`: a constraint is not validated in the transaction that adds it.

use crate::catalog::Class;
use crate::catalog::model::ConstraintKind;
use crate::diagnostic::Severity;
use crate::rules::change::each_action;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::AlterActionKind;

/// The rule.
#[derive(Debug)]
pub struct BanValidateInSameTransaction;

static META: Meta = Meta {
    id: "ban-validate-in-same-transaction",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-validate-in-same-transaction.md"),
};

impl Rule for BanValidateInSameTransaction {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| {
            let AlterActionKind::ValidateConstraint(name) = action.kind else { return };
            if table.is_truncated() {
                return;
            }
            // The statement may add it itself, so that it is there only after it.
            let catalogs = [Some(change.before()), change.after()];
            let found = catalogs.into_iter().flatten().find_map(|catalog| {
                let oid = catalog.part(table.oid, Class::Constraint, &change.name(name))?;
                catalog.get(oid)
            });
            let Some((object, constraint)) = found.and_then(|object| Some((object, object.constraint()?))) else { return };
            let Some(added) = change.maker_in_transaction(object) else { return };
            let (severity, what) = match constraint.kind {
                ConstraintKind::ForeignKey(_) => (Severity::Warning, "write to"),
                _ => (Severity::Error, "use"),
            };
            let message = format!(
                "nobody can {what} `{}` while this reads it: the transaction that added the constraint still holds its lock",
                table.shown
            );
            let mut finding = change.finding(action.span, message).related(cx.source().path().into(), added, "it is added here");
            finding.severity = severity;
            out.push(finding.help("validate it in a migration of its own, or after `COMMIT`"));
        });
    }
}
