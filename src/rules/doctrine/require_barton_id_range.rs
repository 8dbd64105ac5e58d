//! `require-barton-id-range`: an id that is written for an entity's table lies in the range of that entity.
//!
//! Looked at are the ids in the rows of INSERT statements. Which entity a table holds is said by the option `entities`, or by the table's name:
//! `company_master` holds companies. A name with several entities in it may hold any of them.

use std::collections::BTreeMap;

use crate::config::id_matches;
use crate::diagnostic::Severity;
use crate::rules::barton_id::inserted;
use crate::rules::places::{listed, with_places};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule, Section};
use crate::syntax::tree::{Insert, Node};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct RequireBartonIdRange;

static META: Meta = Meta {
    id: "require-barton-id-range",
    group: Group::Doctrine,
    severity: Severity::Warning,
    on: On::Section(Section::IdRanges),
    about: About::Text,
    aliases: &[],
    options: &["entities"],
    page: include_str!("../../../rules/require-barton-id-range.md"),
};

impl Rule for RequireBartonIdRange {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        if cx.config.house.id_ranges.is_empty() {
            return;
        }
        for insert in cx.up.script.statements.iter().filter_map(|statement| match statement.node()? {
            Node::Insert(insert) => Some(insert),
            _ => None,
        }) {
            check(cx, insert, out);
        }
    }
}

fn check(cx: &MigrationContext<'_>, insert: &Insert, out: &mut Findings) {
    let text = cx.text();
    let table = insert.target.object.value(text);
    let entities = entities_of(cx, &table);
    if entities.is_empty() {
        return;
    }
    let format = cx.config.id_format();
    let ranges: Vec<&str> = entities.iter().filter_map(|entity| Some(&*cx.config.house.id_ranges.get(*entity)?.0)).collect();
    let mut outside: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for (id, place) in inserted(cx, insert) {
        if format.matches(&id) && !ranges.iter().any(|range| id_matches(range, &id)) {
            outside.entry(id).or_default().push(place);
        }
    }
    for (id, places) in outside {
        let message = format!("`{id}` lies outside the range of {}, {}", listed(&entities), listed(&ranges));
        let finding =
            cx.finding(places[0], message).help(format!("`{table}` holds {}: give the row an id of that range", listed(&entities)));
        out.push(with_places(cx, finding, &places, "here too"));
    }
}

/// The entities that a table may hold rows of.
fn entities_of<'c>(cx: &MigrationContext<'c>, table: &str) -> Vec<&'c str> {
    let named = cx.config.house.id_ranges.keys().map(String::as_str);
    for said in cx.option("entities") {
        let Some((name, entity)) = said.split_once(':').map(|(name, entity)| (name.trim(), entity.trim())) else { continue };
        if name.rsplit('.').next() == Some(table) {
            return named.filter(|known| *known == entity).collect();
        }
    }
    let words: Vec<&str> = table.split('_').collect();
    let is_meant = |entity: &&str| words.iter().any(|word| word == entity || word.strip_suffix('s') == Some(entity));
    named.filter(is_meant).collect()
}
