//! `require-table-comment`: a table says what it is for.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::tables;

/// The rule.
#[derive(Debug)]
pub struct RequireTableComment;

static META: Meta = Meta {
    id: "require-table-comment",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &[],
    options: &["exempt"],
    page: include_str!("../../../rules/require-table-comment.md"),
};

impl Rule for RequireTableComment {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in tables(cx).filter(|table| table.object.comment.is_none() && !table.is_exempt(cx)) {
            let name = cx.shown(table.oid);
            let finding = cx.finding_at(table.object.origin, format!("table `{name}` has no comment"));
            out.extend(finding.map(|finding| finding.help(format!("write `COMMENT ON TABLE {name} IS '…';`"))));
        }
    }
}
