//! `require-column-comment`: a column says what it holds.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::columns::together;
use super::tables;

/// The rule.
#[derive(Debug)]
pub struct RequireColumnComment;

static META: Meta = Meta {
    id: "require-column-comment",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &[],
    options: &["exempt"],
    page: include_str!("../../../rules/require-column-comment.md"),
};

impl Rule for RequireColumnComment {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in tables(cx) {
            let exempt = cx.option_at(table.object.origin, "exempt");
            let columns = table.relation.columns.iter().filter(|column| column.local && column.comment.is_none());
            let columns = columns.filter(|column| !exempt.iter().any(|name| **name == *column.name));
            let message = |names: &str, count: usize| {
                let verb = if count == 1 { "has" } else { "have" };
                format!("{names} of `{}` {verb} no comment", cx.shown(table.oid))
            };
            let help = format!("write `COMMENT ON COLUMN {}.… IS '…';`", cx.shown(table.oid));
            out.extend(together(cx, &table, columns, message).into_iter().map(|finding| finding.help(help.clone())));
        }
    }
}
