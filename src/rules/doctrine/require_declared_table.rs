//! `require-declared-table`: the tables of managed schemas are those that the configuration names.

use crate::catalog::{Class, Oid};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule, Section};

/// The rule.
#[derive(Debug)]
pub struct RequireDeclaredTable;

static META: Meta = Meta {
    id: "require-declared-table",
    group: Group::Doctrine,
    severity: Severity::Warning,
    on: On::Section(Section::Tables),
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-declared-table.md"),
};

impl Rule for RequireDeclaredTable {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let declared = &cx.config.house.tables;
        if declared.is_empty() {
            return;
        }
        for table in crate::rules::own_tables(cx).filter(|table| table.is_managed(cx)) {
            let name = &table.object.name;
            if !declared.get(table.schema).is_some_and(|names| names.iter().any(|(declared, _)| **declared == **name)) {
                let message = format!("table `{}.{name}` is not named in `database.tables`", table.schema);
                let help = format!("add `{name}` under `database.tables.{}`", table.schema);
                out.extend(cx.finding_at(table.object.origin, message).map(|finding| finding.help(help)));
            }
        }
    }

    fn check_history(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        out.extend(absent(cx));
    }
}

/// Tables that are named, and that no migration makes or so much as mentions.
fn absent(cx: &HistoryContext<'_>) -> Vec<Diagnostic> {
    let Some(config) = cx.config_file else { return Vec::new() };
    let mut found = Vec::new();
    for (schema, names) in &cx.config.house.tables {
        let oid = cx.end.named(Class::Schema, Oid::NONE, schema).first().copied();
        for (name, span) in names {
            if oid.is_none_or(|oid| cx.end.named(Class::Relation, oid, name).is_empty()) {
                let message = format!("`database.tables` names `{schema}.{name}`, which is not there at the end of the history");
                found.push(cx.finding_in(config, *span, message).help("take the name out, or write the migration that creates the table"));
            }
        }
    }
    found
}
