//! `require-not-valid-check`: a CHECK of a table that is in use is added without a look at its rows.

use super::validation;
use crate::diagnostic::Severity;
use crate::rules::change::each_action;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, AttributeKind, ColumnConstraintKind, TableConstraintKind};

/// The rule.
#[derive(Debug)]
pub struct RequireNotValidCheck;

static META: Meta = Meta {
    id: "require-not-valid-check",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &["constraint-missing-not-valid"],
    options: &[],
    page: include_str!("../../../rules/require-not-valid-check.md"),
};

impl Rule for RequireNotValidCheck {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| match &action.kind {
            _ if table.is_truncated() => {}
            AlterActionKind::AddConstraint(constraint) => {
                let is_check = matches!(constraint.kind, TableConstraintKind::Check(_));
                let attributes = &constraint.attributes;
                let is_unchecked =
                    [AttributeKind::NotValid, AttributeKind::NotEnforced].iter().any(|kind| attributes.find(*kind).is_some());
                if is_check && !is_unchecked {
                    let message = format!("adding this check reads all of `{}`, and nobody can use the table meanwhile", table.shown);
                    let finding = change.told_of(table, change.finding(constraint.span, message));
                    out.push(finding.help(validation::ADVICE).fix(validation::fix(cx, &change, table, constraint)));
                }
            }
            AlterActionKind::AddColumn(add) => {
                let name = change.name(add.column.name);
                let is_there = add.guard.is_written() && table.relation.column(&name).is_some();
                let checks = add.column.constraints.iter().filter(|constraint| matches!(constraint.kind, ColumnConstraintKind::Check(_)));
                for check in checks.filter(|_| !is_there) {
                    let message =
                        format!("the check on the new column reads all of `{}`, and nobody can use the table meanwhile", table.shown);
                    let finding = change.told_of(table, change.finding(check.span, message));
                    out.push(finding.help("add the column without it, then the check as a constraint of the table, `NOT VALID`"));
                }
            }
            _ => {}
        });
    }
}
