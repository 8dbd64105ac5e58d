//! `require-not-null-boolean`: a boolean is true or false.

use super::typed::typed;
use crate::catalog::model::Column;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, OwnTable, Rule};

/// The rule.
#[derive(Debug)]
pub struct RequireNotNullBoolean;

static META: Meta = Meta {
    id: "require-not-null-boolean",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-not-null-boolean.md"),
};

impl Rule for RequireNotNullBoolean {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn tells_once(&self) -> bool {
        true
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for place in typed(cx).iter().filter(|place| place.is("bool") && !place.ty.array) {
            let is_open = |(table, column): &(&OwnTable<'_>, &Column)| table.relation.columns_known && !column.not_null;
            let Some((table, column)) = place.column().filter(is_open) else { continue };
            let message = format!("column `{}` of `{}` is a boolean that may be null", column.name, cx.shown(table.oid));
            let finding = cx.finding_at(table.written_at(column), message);
            out.extend(finding.map(|finding| finding.help("make it `NOT NULL`, with a default")));
        }
    }
}
