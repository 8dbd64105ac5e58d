//! Our own section, `migration_lint`: here every unknown key, rule or value is an error.

use std::collections::BTreeMap;

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::diagnostic::Severity;
use crate::syntax::Version;
use crate::text::Span;

use super::error::suggest;
use super::reader::{Section, wrong_kind};
use super::settings::KnownNames;
use super::yaml::{Node, Value};
use super::ConfigError;

/// What our section says.
#[derive(Debug, Clone, Default)]
pub struct Lint {
    /// `doctrine`: on or off, whatever the `barton_doctrine` section says.
    pub doctrine: Option<bool>,
    /// `rules`: settings by rule or group, as they stand there.
    pub rules: BTreeMap<String, RuleSetting>,
    /// `overrides`, in the order of the file; a later one wins.
    pub overrides: Vec<Override>,
    /// `exclude`.
    pub exclude: GlobSet,
    /// `layout`.
    pub layout: LayoutChoice,
    /// `history`.
    pub history: HistoryKind,
    /// `schema`: a file with the schema before the first migration.
    pub schema: Option<(String, Span)>,
    /// `histories`: folders that are histories of their own.
    pub histories: Vec<(String, Span)>,
    /// `target_postgres`.
    pub target_postgres: Option<Version>,
    /// `header.fields`; none for the template's.
    pub header: Option<Vec<HeaderField>>,
    /// `baseline`: the file of findings that are known.
    pub baseline: Option<(String, Span)>,
}

/// What is said of a rule or a group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RuleSetting {
    /// `None` where only options are given; `Some(None)` is `off`.
    pub severity: Option<Option<Severity>>,
    /// The rule's own options.
    pub options: BTreeMap<String, Node>,
}

/// Settings for some files.
#[derive(Debug, Clone)]
pub struct Override {
    /// Which files, by paths relative to the configuration's folder.
    pub paths: GlobSet,
    /// As in `rules`.
    pub rules: BTreeMap<String, RuleSetting>,
}

/// `layout`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum LayoutChoice {
    /// Found out from the files.
    #[default]
    Auto,
    /// By name, as the migration floor knows it.
    Named(String, Span),
}

/// `history`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HistoryKind {
    /// What no file creates is assumed to be there.
    #[default]
    Partial,
    /// What no file creates is not there.
    Complete,
}

/// One field that a header must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderField {
    /// Its name: `Migration`.
    pub name: String,
    /// Other names under which it is read.
    pub aliases: Vec<String>,
    /// What it must say, if that is one text: `Compliant`.
    pub value: Option<String>,
}

const KEYS: &[&str] = &[
    "doctrine",
    "rules",
    "overrides",
    "exclude",
    "layout",
    "history",
    "schema",
    "histories",
    "target_postgres",
    "header",
    "baseline",
];

impl Lint {
    pub(super) fn read(section: &mut Section, known: &KnownNames) -> Lint {
        section.only(KEYS);
        let mut lint = Lint {
            doctrine: section.bool("doctrine"),
            exclude: globs(section, "exclude"),
            history: section
                .word("history", &[("partial", HistoryKind::Partial), ("complete", HistoryKind::Complete)])
                .unwrap_or_default(),
            schema: section.text("schema"),
            histories: section.texts("histories").unwrap_or_default(),
            target_postgres: version(section),
            baseline: section.text("baseline"),
            ..Lint::default()
        };
        if let Some((name, span)) = section.text("layout").filter(|(name, _)| name != "auto") {
            lint.layout = LayoutChoice::Named(name, span);
        }
        if let Some(mut rules) = section.section("rules") {
            lint.rules = rule_settings(&mut rules, known);
        }
        if let Some(mut header) = section.section("header") {
            header.only(&["fields"]);
            lint.header = header_fields(&mut header);
        }
        lint.overrides = overrides(section, known);
        lint
    }
}

fn version(section: &mut Section) -> Option<Version> {
    let (number, span) = section.int("target_postgres")?;
    let version = u8::try_from(number).ok().and_then(Version::new);
    if version.is_none() {
        let message = format!("`migration_lint.target_postgres` can't be {number}");
        section.error(ConfigError::new(span, message).help(format!(
            "the versions that can be checked are {} to {}",
            Version::OLDEST,
            Version::NEWEST
        )));
    }
    version
}

fn globs(section: &mut Section, key: &str) -> GlobSet {
    let mut builder = GlobSetBuilder::new();
    for (pattern, span) in section.texts(key).unwrap_or_default() {
        match Glob::new(&pattern) {
            Ok(glob) => {
                builder.add(glob);
            }
            Err(error) => section.error(ConfigError::new(span, format!("`{pattern}` is no glob: {}", error.kind()))),
        }
    }
    builder.build().unwrap_or_default()
}

fn overrides(section: &mut Section, known: &KnownNames) -> Vec<Override> {
    let Some(node) = section.get("overrides") else { return Vec::new() };
    let Value::List(items) = &node.value else {
        section.error(wrong_kind(node.span, "migration_lint.overrides", "a list", &node.value));
        return Vec::new();
    };
    let mut read = Vec::with_capacity(items.len());
    let mut errors = Vec::new();
    for item in items {
        let mut entry = Section::new(item, "migration_lint.overrides[]", &mut errors);
        entry.only(&["paths", "rules"]);
        let paths = globs(&mut entry, "paths");
        let rules = entry.section("rules").map(|mut rules| rule_settings(&mut rules, known)).unwrap_or_default();
        read.push(Override { paths, rules });
    }
    errors.into_iter().for_each(|error| section.error(error));
    read
}

fn header_fields(section: &mut Section) -> Option<Vec<HeaderField>> {
    let node = section.get("fields")?;
    let Value::List(items) = &node.value else {
        section.error(wrong_kind(node.span, "migration_lint.header.fields", "a list", &node.value));
        return None;
    };
    let mut fields = Vec::with_capacity(items.len());
    let mut errors = Vec::new();
    for item in items {
        if let Value::Text(name) = &item.value {
            fields.push(HeaderField { name: name.clone(), aliases: Vec::new(), value: None });
            continue;
        }
        let mut field = Section::new(item, "migration_lint.header.fields[]", &mut errors);
        field.only(&["name", "aliases", "value"]);
        let aliases = field.texts("aliases").unwrap_or_default().into_iter().map(|(alias, _)| alias).collect();
        let value = field.text("value").map(|(value, _)| value);
        match field.text("name") {
            Some((name, _)) => fields.push(HeaderField { name, aliases, value }),
            None => field.error(ConfigError::new(item.span, "a header field needs a `name`")),
        }
    }
    errors.into_iter().for_each(|error| section.error(error));
    Some(fields)
}

/// `RULE or group: severity`, or `{severity: …, options…}`.
fn rule_settings(section: &mut Section, known: &KnownNames) -> BTreeMap<String, RuleSetting> {
    let mut settings = BTreeMap::new();
    let entries: Vec<_> = section.entries().collect();
    for (name, span, value) in entries {
        let Some(id) = resolve(&name, known) else {
            let names = known.rules.iter().chain(&known.groups).copied();
            section.error(ConfigError::new(span, format!("there is no rule or group `{name}`")).help(nearest_rule(&name, names)));
            continue;
        };
        let setting = match &value.value {
            Value::Map(entries) => with_options(section, id, entries, known),
            _ => RuleSetting { severity: severity(section, &name, value), ..RuleSetting::default() },
        };
        settings.insert(id.to_owned(), setting);
    }
    settings
}

/// The id that a rule's, group's or alias's name stands for.
fn resolve<'k>(name: &'k str, known: &KnownNames) -> Option<&'k str> {
    if known.rules.contains(&name) || known.groups.contains(&name) {
        return Some(name);
    }
    known.aliases.iter().find(|(alias, _)| *alias == name).map(|(_, rule)| *rule)
}

fn nearest_rule<'k>(name: &str, names: impl Iterator<Item = &'k str> + Clone) -> String {
    let suggestion = suggest(name, names);
    if suggestion.starts_with("did you mean") { suggestion } else { "`migration-lint rules` lists them all".to_owned() }
}

fn with_options(section: &mut Section, id: &str, entries: &[(Node, Node)], known: &KnownNames) -> RuleSetting {
    let mut setting = RuleSetting::default();
    let options = known.options.iter().find(|(rule, _)| *rule == id).map_or(&[][..], |(_, options)| *options);
    for (key, value) in entries {
        match &key.value {
            Value::Text(key) if key == "severity" => setting.severity = severity(section, id, value),
            Value::Text(key) if options.contains(&key.as_str()) => {
                setting.options.insert(key.clone(), value.clone());
            }
            other => {
                let name = if let Value::Text(text) = other { text.clone() } else { other.kind().to_owned() };
                let allowed = std::iter::once("severity").chain(options.iter().copied());
                section.error(ConfigError::new(key.span, format!("`{id}` has no option `{name}`")).help(suggest(&name, allowed)));
            }
        }
    }
    setting
}

fn severity(section: &mut Section, name: &str, node: &Node) -> Option<Option<Severity>> {
    const WORDS: [(&str, Option<Severity>); 4] =
        [("off", None), ("info", Some(Severity::Info)), ("warning", Some(Severity::Warning)), ("error", Some(Severity::Error))];
    match &node.value {
        Value::Text(text) => match WORDS.iter().find(|(word, _)| word == text) {
            Some((_, severity)) => return Some(*severity),
            None => {
                let help = suggest(text, WORDS.iter().map(|(word, _)| *word));
                section.error(ConfigError::new(node.span, format!("`{text}` is no severity of `{name}`")).help(help));
            }
        },
        // YAML 1.1 readers take a bare `off` for false.
        Value::Bool(false) => return Some(None),
        other => section.error(wrong_kind(node.span, name, "a severity: `off`, `info`, `warning` or `error`", other)),
    }
    None
}
