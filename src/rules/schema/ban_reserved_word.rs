//! `ban-reserved-word`: no table and no column is called like a word of the language.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};
use crate::syntax::lexer::Keyword;

use super::columns::{needs_quotes, together};
use super::tables;

/// The rule.
#[derive(Debug)]
pub struct BanReservedWord;

static META: Meta = Meta {
    id: "ban-reserved-word",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-reserved-word.md"),
};

impl Rule for BanReservedWord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in tables(cx) {
            let name = cx.shown(table.oid);
            if Keyword::reserves(&table.object.name) {
                let message = format!("`{}` is a reserved word, and the table must be written in quotes each time", table.object.name);
                out.extend(cx.finding_at(table.object.origin, message).map(|finding| finding.help("give it another name")));
            }
            // Where other names need quotes too, nobody leaves them out.
            let own = table.relation.columns.iter().filter(|column| column.local);
            if own.clone().map(|column| &column.name).chain([&table.object.name]).any(|name| needs_quotes(name)) {
                continue;
            }
            let columns = own.filter(|column| Keyword::reserves(&column.name));
            let message = |names: &str, count: usize| {
                let verb = if count == 1 { "is called like a reserved word" } else { "are called like reserved words" };
                format!("{names} of `{name}` {verb}, and must be written in quotes each time")
            };
            out.extend(together(cx, &table, columns, message).into_iter().map(|finding| finding.help("give it another name")));
        }
    }
}
