//! `require-barton-id-range`: an id that is written for an entity's table lies in the range of that entity.
//!
//! Looked at are the ids that INSERT and UPDATE statements write, in DO blocks too. Which entity a table holds is said by the option `entities`, or by the table's name:
//! `company_master` holds companies. A name with several entities in it may hold any of them.

use std::collections::BTreeMap;

use crate::config::id_matches;
use crate::diagnostic::Severity;
use crate::rules::barton_id::written_ids;
use crate::rules::places::{listed, with_places};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule, Section};
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
        let format = cx.config.id_format();
        let mut outside: BTreeMap<(String, String), Vec<Span>> = BTreeMap::new();
        for written in written_ids(cx).into_iter().filter(|written| format.matches(&written.id)) {
            let entities = entities_of(cx, &written.table);
            if !entities.is_empty() && !ranges(cx, &entities).iter().any(|range| id_matches(range, &written.id)) {
                outside.entry((written.table, written.id)).or_default().push(written.place);
            }
        }
        for ((table, id), places) in outside {
            let entities = entities_of(cx, &table);
            let message = format!("`{id}` lies outside the range of {}, {}", listed(&entities), listed(ranges(cx, &entities)));
            let finding =
                cx.finding(places[0], message).help(format!("`{table}` holds {}: give the row an id of that range", listed(&entities)));
            out.push(with_places(cx, finding, &places, "here too"));
        }
    }
}

fn ranges<'c>(cx: &MigrationContext<'c>, entities: &[&str]) -> Vec<&'c str> {
    entities.iter().filter_map(|entity| Some(&*cx.config.house.id_ranges.get(*entity)?.0)).collect()
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
