//! `ban-duplicate-constraint-column`: a foreign key has each of its columns once.

use crate::catalog::model::ConstraintKind;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::indexes::own_constraints;
use super::tables;

/// The rule.
#[derive(Debug)]
pub struct BanDuplicateConstraintColumn;

static META: Meta = Meta {
    id: "ban-duplicate-constraint-column",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-duplicate-constraint-column.md"),
};

impl Rule for BanDuplicateConstraintColumn {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in tables(cx) {
            for (object, constraint) in own_constraints(cx, &table) {
                let is_key = matches!(constraint.kind, ConstraintKind::ForeignKey(_));
                let columns = &constraint.columns;
                let twice = (1..columns.len()).find(|at| is_key && columns[..*at].contains(&columns[*at]));
                let Some(column) = twice.and_then(|at| table.relation.column_at(columns[at])) else { continue };
                let message = format!("constraint `{}` of `{}` has `{}` twice", object.name, cx.shown(table.oid), column.name);
                let finding = cx.finding_at(object.origin, message);
                out.extend(finding.map(|finding| finding.help("write the column that is meant")));
            }
        }
    }
}
