//! `require-not-valid-foreign-key`: a foreign key of a table that is in use is added without a look at its rows.

use super::validation;
use crate::catalog::model::ConstraintKind;
use crate::catalog::{Class, Object, describe};
use crate::diagnostic::Severity;
use crate::rules::change::{Change, Existing, each_action};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, AttributeKind, TableConstraintKind};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct RequireNotValidForeignKey;

static META: Meta = Meta {
    id: "require-not-valid-foreign-key",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &["adding-foreign-key-constraint"],
    options: &[],
    page: include_str!("../../../rules/require-not-valid-foreign-key.md"),
};

impl Rule for RequireNotValidForeignKey {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| {
            let AlterActionKind::AddConstraint(constraint) = &action.kind else { return };
            let TableConstraintKind::ForeignKey(key) = &constraint.kind else { return };
            let is_unchecked =
                [AttributeKind::NotValid, AttributeKind::NotEnforced].iter().any(|kind| constraint.attributes.find(*kind).is_some());
            if is_unchecked || table.is_truncated() {
                return;
            }
            let referenced =
                referenced(&change, table, constraint.span).unwrap_or_else(|| key.references.table.display(change.text()).to_string());
            let or_to = if referenced == table.shown { String::new() } else { format!(" or to `{referenced}`") };
            let message = format!("adding this foreign key reads all of `{}`, and nobody can write to it{or_to} meanwhile", table.shown);
            let finding = change.told_of(table, change.finding(constraint.span, message));
            // A partitioned table's foreign key can be NOT VALID only since PostgreSQL 18.
            if table.is_partitioned() && cx.target.major() < 18 {
                let help = "add it to each partition first, `NOT VALID`, and validate it there; the table's own then finds it done";
                return out.push(finding.help(help));
            }
            out.push(finding.help(validation::ADVICE).fix(validation::fix(cx, &change, table, constraint)));
        });
    }
}

/// What the table is called that the new constraint at `span` refers to.
fn referenced(change: &Change<'_>, table: &Existing<'_>, span: Span) -> Option<String> {
    let after = change.after()?;
    let is_meant = |object: &&Object| object.origin.span == span;
    let new = after.parts(table.oid, Class::Constraint).map(|(_, object)| object).find(is_meant)?;
    match &new.constraint()?.kind {
        ConstraintKind::ForeignKey(key) => Some(describe::shown(after, key.table)),
        _ => None,
    }
}
