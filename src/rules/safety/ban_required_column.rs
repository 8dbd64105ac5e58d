//! `ban-required-column`: a new column of a table that is in use may be left out.

use crate::catalog::Catalog;
use crate::catalog::impact::{default_of_type, refuses_nulls};
use crate::catalog::model::Column;
use crate::diagnostic::Severity;
use crate::rules::change::each_action;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::AlterActionKind;

/// The rule.
#[derive(Debug)]
pub struct BanRequiredColumn;

static META: Meta = Meta {
    id: "ban-required-column",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &["adding-required-field"],
    options: &[],
    page: include_str!("../../../rules/ban-required-column.md"),
};

impl Rule for BanRequiredColumn {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| {
            let AlterActionKind::AddColumn(add) = &action.kind else { return };
            let name = change.name(add.column.name);
            let is_there = add.guard.is_written() && table.relation.column(&name).is_some();
            let column = change.after().and_then(|after| after.relation(table.oid)?.column(&name));
            let Some(column) = column.filter(|_| !is_there) else { return };
            if change.after().is_none_or(|after| !is_required(after, column)) {
                return;
            }
            let message = match table.is_emptied() {
                false => format!("`{name}` is NOT NULL and has no default: this fails if `{}` has rows", table.shown),
                true => format!("`{name}` is NOT NULL and has no default: whoever does not know of it can't insert into `{}`", table.shown),
            };
            let finding = change.told_of(table, change.finding(add.column.span, message));
            let help =
                "give it a constant `DEFAULT`, which writes no row; or add it without `NOT NULL`, fill it, and make it NOT NULL later";
            out.push(finding.help(help));
        });
    }
}

/// Whether a column must be given: it, or its domain, is NOT NULL, and nothing fills it in by itself.
pub(super) fn is_required(catalog: &Catalog, column: &Column) -> bool {
    let of_type = column.ty.as_ref();
    let is_filled = column.default.is_some() || of_type.is_some_and(|ty| default_of_type(catalog, ty).is_some());
    let is_not_null = column.not_null || of_type.is_some_and(|ty| refuses_nulls(catalog, ty));
    is_not_null && !is_filled && column.identity.is_none() && column.generated.is_none()
}
