//! `ban-never-null-cascade`: what a foreign key sets to null may be null.

use crate::catalog::model::{Column, ConstraintKind};
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, OwnTable, Rule};
use crate::syntax::tree::Action;

use super::indexes::own_constraints;
use super::tables;

/// The rule.
#[derive(Debug)]
pub struct BanNeverNullCascade;

static META: Meta = Meta {
    id: "ban-never-null-cascade",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-never-null-cascade.md"),
};

impl Rule for BanNeverNullCascade {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in tables(cx) {
            for (object, constraint) in own_constraints(cx, &table) {
                let ConstraintKind::ForeignKey(key) = &constraint.kind else { continue };
                let set = if key.on_delete_columns.is_empty() { &constraint.columns } else { &key.on_delete_columns };
                let sets = [("DELETE", key.on_delete, set), ("UPDATE", key.on_update, &constraint.columns)];
                let never = sets.into_iter().find_map(|(event, action, columns)| {
                    let columns = columns.iter().filter_map(|number| table.relation.column_at(*number));
                    let column = columns.filter(|column| column.not_null).find(|column| becomes_null(action, column, &table))?;
                    Some((event, action, column))
                });
                let Some((event, action, column)) = never else { continue };
                let word = if action == Action::SetNull { "NULL" } else { "DEFAULT" };
                let message =
                    format!("`{}` of `{}` is NOT NULL, and ON {event} SET {word} makes it null", column.name, cx.shown(table.oid));
                let finding = cx.finding_at(object.origin, message);
                out.extend(finding.map(|finding| {
                    let finding = finding.labelled(format!("each {event} of a row that is referred to fails"));
                    finding.help("let the column be null, or write CASCADE or RESTRICT")
                }));
            }
        }
    }
}

fn becomes_null(action: Action, column: &Column, table: &OwnTable<'_>) -> bool {
    match action {
        Action::SetNull => true,
        Action::SetDefault => table.relation.columns_known && column.default.is_none() && column.identity.is_none(),
        _ => false,
    }
}
