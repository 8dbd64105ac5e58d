//! `prefer-bigint`: rows are numbered so that the numbers last.

use crate::catalog::model::{Column, ConstraintKind};
use crate::diagnostic::Severity;
use crate::rules::OwnTable;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::typed::{is_numbered, typed};

/// The rule.
#[derive(Debug)]
pub struct PreferBigint;

static META: Meta = Meta {
    id: "prefer-bigint",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &["prefer-bigint-over-int", "prefer-bigint-over-smallint"],
    options: &[],
    page: include_str!("../../../rules/prefer-bigint.md"),
};

impl Rule for PreferBigint {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn tells_once(&self) -> bool {
        true
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for place in typed(cx).iter().filter(|place| !place.ty.array && (place.is("int4") || place.is("int2"))) {
            let is_key = |(table, column): &(&OwnTable<'_>, &Column)| is_numbered(cx, column) && is_of_primary_key(cx, table, column);
            let Some((table, column)) = place.column().filter(is_key) else { continue };
            let last = if place.is("int4") { "2,147,483,647" } else { "32,767" };
            let message =
                format!("column `{}` of `{}` numbers rows, and after {last} of them inserts fail", column.name, cx.shown(table.oid));
            let finding = cx.finding_at_type(table, column, message);
            out.extend(finding.map(|finding| finding.help("make it `BIGINT` (`BIGSERIAL`, or `BIGINT GENERATED ALWAYS AS IDENTITY`)")));
        }
    }
}

fn is_of_primary_key(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column) -> bool {
    let mut keys = cx.end.constraints(table.oid).filter(|(_, constraint)| matches!(constraint.kind, ConstraintKind::PrimaryKey(_)));
    keys.any(|(_, key)| key.columns.contains(&column.number))
}
