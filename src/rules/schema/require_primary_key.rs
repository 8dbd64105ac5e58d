//! `require-primary-key`: a table has a primary key.

use crate::catalog::ColumnNumber;
use crate::catalog::model::ConstraintKind;
use crate::diagnostic::Severity;
use crate::rules::OwnTable;
use crate::rules::places::listed;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::tables;

/// The rule.
#[derive(Debug)]
pub struct RequirePrimaryKey;

static META: Meta = Meta {
    id: "require-primary-key",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &["exempt"],
    page: include_str!("../../../rules/require-primary-key.md"),
};

impl Rule for RequirePrimaryKey {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in tables(cx).filter(|table| table.relation.columns_known && !table.is_exempt(cx)) {
            let is_key = |kind: &ConstraintKind| matches!(kind, ConstraintKind::PrimaryKey(_));
            if cx.end.constraints(table.oid).any(|(_, constraint)| is_key(&constraint.kind)) {
                continue;
            }
            let name = cx.shown(table.oid);
            let finding = match table.relation.unkeyed.filter(|origin| origin.migration.is_some()) {
                Some(origin) => cx
                    .finding_at(origin, format!("this takes the primary key of `{name}`, and no migration adds another"))
                    .map(|finding| cx.related_at(finding, table.object.origin, "the table is made here")),
                None => cx.finding_at(table.object.origin, format!("table `{name}` has no primary key")),
            };
            out.extend(finding.map(|finding| finding.help(help(cx, &table))));
        }
    }
}

fn help(cx: &HistoryContext<'_>, table: &OwnTable<'_>) -> String {
    let is_not_null = |number: &ColumnNumber| table.relation.column_at(*number).is_some_and(|column| column.not_null);
    let mut indexes = cx.end.indexes(table.oid).filter(|(_, index)| index.unique && index.predicate.is_none());
    let candidate = indexes.find_map(|(_, index)| {
        let columns: Option<Vec<_>> = index.columns().collect();
        columns.filter(|columns| !columns.is_empty() && columns.iter().all(is_not_null))
    });
    match candidate {
        Some(columns) => {
            let names: Vec<&str> = columns.iter().filter_map(|number| Some(&*table.relation.column_at(*number)?.name)).collect();
            format!("make {} the primary key: UNIQUE and NOT NULL hold already", listed(names))
        }
        None => "add a PRIMARY KEY".to_owned(),
    }
}
