//! `ban-set-not-null`: a column of a table that is in use becomes NOT NULL without reading the table under a lock.

use crate::catalog::impact::is_checked_not_null;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::change::{Change, Existing, each_action};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, AttributeKind, ColumnChange, ColumnRef, Ident, TableConstraintKind};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct BanSetNotNull;

static META: Meta = Meta {
    id: "ban-set-not-null",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &["adding-not-nullable-field"],
    options: &[],
    page: include_str!("../../../rules/ban-set-not-null.md"),
};

impl Rule for BanSetNotNull {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| match &action.kind {
            AlterActionKind::AlterColumn(ColumnRef::Name(column), ColumnChange::SetNotNull) => {
                out.extend(found(&change, table, *column, action.span));
            }
            AlterActionKind::AddConstraint(constraint) => {
                let is_unchecked = constraint.attributes.find(AttributeKind::NotValid).is_some();
                if let TableConstraintKind::NotNull(column) = constraint.kind
                    && !is_unchecked
                {
                    out.extend(found(&change, table, column, constraint.span));
                }
            }
            _ => {}
        });
    }
}

fn found(change: &Change<'_>, table: &Existing<'_>, column: Ident, place: Span) -> Option<Diagnostic> {
    let name = change.name(column);
    let is_not_null = table.relation.column(&name).is_some_and(|column| column.not_null);
    if is_not_null || table.is_truncated() || is_checked_not_null(change.before(), table.oid, &name) {
        return None;
    }
    let message = format!("making `{name}` NOT NULL reads all of `{}`, and nobody can use the table meanwhile", table.shown);
    let finding = change.told_of(table, change.finding(place, message));
    let written = change.written(column.span);
    Some(finding.help(format!(
        "first add `CHECK ({written} IS NOT NULL) NOT VALID` and validate it in a later migration: then this reads nothing, and the check can go"
    )))
}
