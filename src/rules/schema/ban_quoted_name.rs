//! `ban-quoted-name`: a name can be written without quotes.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::columns::{needs_quotes, together};
use super::tables;

/// The rule.
#[derive(Debug)]
pub struct BanQuotedName;

static META: Meta = Meta {
    id: "ban-quoted-name",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-quoted-name.md"),
};

impl Rule for BanQuotedName {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in tables(cx) {
            let name = cx.shown(table.oid);
            if needs_quotes(&table.object.name) {
                let finding = cx.finding_at(table.object.origin, format!("table `{name}` must be written in quotes each time"));
                out.extend(finding.map(|finding| finding.help("take small letters, digits and underscores")));
            }
            let columns = table.relation.columns.iter().filter(|column| column.local && needs_quotes(&column.name));
            let message = |names: &str, _| format!("{names} of `{name}` must be written in quotes each time");
            let found = together(cx, &table, columns, message).into_iter();
            out.extend(found.map(|finding| finding.help("take small letters, digits and underscores")));
        }
    }
}
