//! `require-barton-id`: a table of a managed schema has a column for its Barton id.

use crate::config::BARTON_ID;
use crate::diagnostic::Severity;
use crate::rules::amendment::{Filled, new_columns};
use crate::rules::barton_id::{id_columns, tables_with_ids};
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule, Section};

/// The rule.
#[derive(Debug)]
pub struct RequireBartonId;

static META: Meta = Meta {
    id: "require-barton-id",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::Section(Section::IdFormat),
    about: About::State,
    aliases: &[],
    options: &["exempt"],
    page: include_str!("../../../rules/require-barton-id.md"),
};

impl Rule for RequireBartonId {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in tables_with_ids(cx).filter(|table| id_columns(cx, table).next().is_none() && !table.is_exempt(cx)) {
            let name = cx.shown(table.oid);
            let Some(finding) = cx.finding_at(table.object.origin, format!("table `{name}` has no column for its Barton id")) else {
                continue;
            };
            let length = cx.config.id_format().length();
            let help = format!("add `{BARTON_ID} VARCHAR({length}) UNIQUE NOT NULL`, or name the table in the rule's `exempt`");
            let definition = format!("{BARTON_ID} VARCHAR({length}) UNIQUE NOT NULL");
            let fix = new_columns(cx, &table, &[definition], Filled::ByRows);
            let first = if fix.is_none() { "; rows that are there by then need ids first" } else { "" };
            out.push(finding.help(help + first).fix(fix));
        }
    }
}
