//! The registry and the pages agree: a rule's page says of it what the rule says of itself, and has the sections that readers look for.

use std::collections::BTreeMap;

use migration_lint::rules::{Group, Meta, On, RULES, Section};

use super::page::Page;
use super::{entries, fail_on, pages, repository};

const VERBS: [&str; 4] = ["require", "ban", "prefer", "avoid"];
const SECTIONS: [&str; 5] = ["What it checks", "Why", "Examples", "Configuration", "See also"];
const KEYS: [&str; 8] = ["id", "group", "severity", "fix", "since", "postgres", "aliases", "on"];

fn metas() -> impl Iterator<Item = &'static Meta> {
    RULES.iter().map(|rule| rule.meta())
}

#[test]
fn rules_are_sorted_by_id() {
    let ids: Vec<&str> = metas().map(|meta| meta.id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
}

#[test]
fn ids_are_kebab_case_with_a_verb_first() {
    let kebab = |id: &str| id.split('-').all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
    let verb = |id: &str| id.split_once('-').is_some_and(|(verb, _)| VERBS.contains(&verb));
    let wrong: Vec<&str> = metas().map(|meta| meta.id).filter(|id| !kebab(id) || !verb(id)).collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn a_name_means_one_thing() {
    let mut meanings: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for meta in metas() {
        for name in meta.aliases.iter().chain([&meta.id]) {
            meanings.entry(name).or_default().push(meta.id);
        }
    }
    for group in Group::ALL {
        meanings.entry(group.id()).or_default().push("a group");
    }
    meanings.retain(|_, of| of.len() > 1);
    assert!(meanings.is_empty(), "{meanings:?}");
}

#[test]
fn every_page_is_of_a_rule() {
    let orphans: Vec<String> = entries(&repository().join("rules"))
        .iter()
        .filter_map(|path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()))
        .filter(|stem| !metas().any(|meta| meta.id == stem))
        .collect();
    assert_eq!(orphans, [""; 0]);
}

#[test]
fn front_matter_says_what_the_rule_says() {
    let mut problems = Vec::new();
    for page in pages() {
        let keys: Vec<&str> = page.front_matter.iter().map(|(key, _)| key.as_str()).collect();
        if keys != KEYS {
            problems.push(format!("rules/{}.md: the keys of the front matter are {keys:?}, not {KEYS:?}", page.meta.id));
            continue;
        }
        for ((key, value), expected) in page.front_matter.iter().zip(expected(page.meta)) {
            if expected.as_ref().is_some_and(|expected| expected != value) || value.is_empty() {
                problems.push(format!("rules/{}.md: `{key}` is {value:?}, and the rule says {expected:?}", page.meta.id));
            }
        }
    }
    fail_on(&problems);
}

/// The values of [`KEYS`]; none where the rule does not know.
fn expected(meta: &Meta) -> [Option<String>; 8] {
    let on = match meta.on {
        On::Always => "always",
        On::House => "house",
        On::Section(Section::MigrationDirectory) => "database.migrations.directory",
        On::Section(Section::NamingConvention) => "database.migrations.naming_convention",
        On::Section(Section::Schemas) => "database.schemas",
        On::Section(Section::Tables) => "database.tables",
        On::Section(Section::SchemaMap) => "database.schema_map_path",
        On::Section(Section::IdFormat) => "barton_doctrine.id_format",
        On::Section(Section::IdRanges) => "barton_doctrine.id_ranges",
        On::Section(Section::CompleteHistory) => "migration_lint.history",
        On::Selected => "selected",
    };
    let aliases = format!("[{}]", meta.aliases.join(", "));
    let known = |text: &str| Some(text.to_owned());
    [known(meta.id), known(meta.group.id()), known(meta.severity.word()), None, None, None, Some(aliases), known(on)]
}

#[test]
fn every_page_has_its_sections_in_order() {
    let mut problems = Vec::new();
    for page in pages() {
        let id = page.meta.id;
        let titles: Vec<&str> = page.sections.iter().map(|section| section.title.as_str()).collect();
        if page.title != id {
            problems.push(format!("rules/{id}.md is headed `{}`", page.title));
        }
        if titles != SECTIONS {
            problems.push(format!("rules/{id}.md has the sections {titles:?}, not {SECTIONS:?}"));
        }
        problems.extend(
            page.sections
                .iter()
                .filter(|section| section.prose.trim().is_empty() && section.blocks.is_empty())
                .map(|section| format!("rules/{id}.md: nothing stands under `{}`", section.title)),
        );
    }
    fail_on(&problems);
}

#[test]
fn the_summary_is_one_sentence() {
    let wrong: Vec<String> = metas()
        .filter(|meta| {
            let summary = meta.summary();
            !summary.ends_with('.') || summary.lines().count() > 2 || summary == "To be written."
        })
        .map(|meta| format!("rules/{}.md: {:?}", meta.id, meta.summary()))
        .collect();
    fail_on(&wrong);
}

#[test]
fn every_block_says_what_it_is() {
    let mut problems = Vec::new();
    for page in pages() {
        for section in &page.sections {
            for block in &section.blocks {
                let known = match section.title.as_str() {
                    "Examples" => is_example(&block.tag),
                    _ => !block.tag.is_empty() && !block.tag.starts_with("sql "),
                };
                if !known {
                    problems.push(format!("rules/{}.md:{}: a block is tagged {:?}", page.meta.id, block.line - 1, block.tag));
                }
            }
        }
    }
    fail_on(&problems);
}

fn is_example(tag: &str) -> bool {
    let mut words = tag.split(' ');
    match (words.next(), words.next()) {
        (Some("sql" | "json"), Some("bad" | "good" | "fixed")) => words.all(|word| word == "isolated" || word.starts_with("file=")),
        (Some("markdown"), Some("bad" | "good" | "fixed")) | (Some("yaml"), Some("config" | "bad")) => words.next().is_none(),
        _ => false,
    }
}

#[test]
fn every_option_is_documented() {
    let undocumented = |page: Page| {
        let prose = page.section("Configuration").map_or("", |section| section.prose.as_str()).to_owned();
        let missing = page.meta.options.iter().filter(move |option| !prose.contains(&format!("`{option}`")));
        missing.map(|option| format!("rules/{}.md does not tell of the option `{option}`", page.meta.id)).collect::<Vec<_>>()
    };
    fail_on(&pages().flat_map(undocumented).collect::<Vec<_>>());
}
