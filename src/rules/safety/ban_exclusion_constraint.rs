//! `ban-exclusion-constraint`: no exclusion constraint is added to a table that is in use.

use crate::diagnostic::Severity;
use crate::rules::change::each_action;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, TableConstraintKind};

/// The rule.
#[derive(Debug)]
pub struct BanExclusionConstraint;

static META: Meta = Meta {
    id: "ban-exclusion-constraint",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-exclusion-constraint.md"),
};

impl Rule for BanExclusionConstraint {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| {
            let AlterActionKind::AddConstraint(constraint) = &action.kind else { return };
            if !matches!(constraint.kind, TableConstraintKind::Exclude(_)) || table.is_truncated() {
                return;
            }
            let message = format!(
                "adding this constraint builds an index on `{}` and compares its rows, and nobody can use the table meanwhile",
                table.shown
            );
            let finding = change.told_of(table, change.finding(constraint.span, message));
            out.push(finding.help(
                "PostgreSQL has no way to add it that lets others in: let a new table have it and move the rows there, or let a trigger check new rows",
            ));
        });
    }
}
