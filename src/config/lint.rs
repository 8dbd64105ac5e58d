//! Our own section, `migration_lint`: here every unknown key, rule or value is an error.

use std::collections::BTreeMap;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::diagnostic::Severity;
use crate::migration::Layout;
use crate::migration::layout;
use crate::syntax::Version;
use crate::text::Span;

use super::ConfigError;
use super::error::{nearest, suggest};
use super::header::HeaderField;
use super::reader::{Section, TOGETHER, wrong_kind};
use super::settings::{KnownNames, OptionValue};
use super::yaml::{Node, Value};

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
    /// `layout`; none where it is found out from the files.
    pub layout: Option<&'static dyn Layout>,
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
    /// `applied_until`: the last migration that is deployed, by its number or its id.
    pub applied_until: Option<(String, Span)>,
    /// `template`: the file that new migrations are made from.
    pub template: Option<(String, Span)>,
    /// `barton_id_columns`: what id columns are called; none for `barton_id`.
    pub barton_id_columns: Option<GlobSet>,
}

/// What is said of a rule or a group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RuleSetting {
    /// `None` where only options are given; `Some(None)` is `off`.
    pub severity: Option<Option<Severity>>,
    /// The rule's own options.
    pub options: BTreeMap<String, Vec<String>>,
}

/// Settings for some files.
#[derive(Debug, Clone)]
pub struct Override {
    /// Which files, by paths relative to the configuration's folder.
    pub paths: GlobSet,
    /// As in `rules`.
    pub rules: BTreeMap<String, RuleSetting>,
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

impl Lint {
    pub(super) const KEYS: &[&str] = &[
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
        "applied_until",
        "template",
        "barton_id_columns",
    ];

    pub(super) fn read(section: &mut Section, known: &KnownNames) -> Lint {
        section.only(Lint::KEYS);
        let mut lint = Lint {
            doctrine: section.bool("doctrine"),
            exclude: globs(section, "exclude"),
            history: section.word("history", &[("partial", HistoryKind::Partial), ("complete", HistoryKind::Complete)]).unwrap_or_default(),
            schema: section.text("schema"),
            histories: section.texts("histories").unwrap_or_default(),
            target_postgres: version(section),
            baseline: section.text("baseline"),
            applied_until: section.text("applied_until"),
            template: section.text("template"),
            barton_id_columns: patterns(section, "barton_id_columns"),
            ..Lint::default()
        };
        if let Some((name, span)) = section.text("layout").filter(|(name, _)| name != "auto") {
            lint.layout = layout::named(&name);
            if lint.layout.is_none() {
                let names: Vec<&str> = std::iter::once("auto").chain(layout::LAYOUTS.iter().map(|layout| layout.name())).collect();
                section.error(ConfigError::new(span, format!("there is no layout `{name}`")).help(suggest(&name, names)));
            }
        }
        if let Some(mut rules) = section.section("rules") {
            lint.rules = rule_settings(&mut rules, known);
        }
        if let Some(mut header) = section.section("header") {
            header.only(&["fields"]);
            lint.header = HeaderField::read(&mut header);
        }
        lint.overrides = overrides(section, known);
        lint
    }
}

fn version(section: &mut Section) -> Option<Version> {
    let (number, span) = section.number("target_postgres")?;
    let version = number.parse().ok().and_then(Version::new);
    if version.is_none() {
        let message = format!("`migration_lint.target_postgres` can't be {number}");
        let (oldest, newest) = (Version::OLDEST, Version::NEWEST);
        section.error(ConfigError::new(span, message).help(format!("the versions that can be checked are {oldest} to {newest}")));
    }
    version
}

/// Files by globs, in which `*` stays in its folder and `**` does not, as on the command line; a folder stands for everything below it.
fn globs(section: &mut Section, key: &str) -> GlobSet {
    let mut builder = GlobSetBuilder::new();
    for (pattern, span) in section.texts(key).unwrap_or_default() {
        let path = pattern.strip_prefix("./").unwrap_or(&pattern).trim_end_matches('/');
        let glob = |path: &str| GlobBuilder::new(path).literal_separator(true).build();
        match (glob(path), glob(&format!("{path}/**"))) {
            (Ok(file), Ok(below)) => {
                builder.add(file).add(below);
            }
            (Err(error), _) | (_, Err(error)) => {
                section.error(ConfigError::new(span, format!("`{pattern}` is no glob: {}", error.kind())));
            }
        }
    }
    builder.build().unwrap_or_default()
}

/// Names by patterns with `*` and `?`; none if the key is not there.
fn patterns(section: &mut Section, key: &str) -> Option<GlobSet> {
    let mut builder = GlobSetBuilder::new();
    for (pattern, span) in section.texts(key)? {
        match GlobBuilder::new(&pattern).build() {
            Ok(glob) => drop(builder.add(glob)),
            Err(error) => section.error(ConfigError::new(span, format!("`{pattern}` is no pattern: {}", error.kind()))),
        }
    }
    builder.build().ok()
}

fn overrides(section: &mut Section, known: &KnownNames) -> Vec<Override> {
    let items = section.items("overrides").unwrap_or_default();
    let mut overrides = Vec::with_capacity(items.len());
    for item in items {
        let mut entry = section.item("overrides", item);
        let sound = entry.only(&["paths", "rules"]);
        for key in ["paths", "rules"] {
            if sound && matches!(item.value, Value::Map(_)) && entry.get(key).is_none() {
                entry.error(ConfigError::new(item.span, format!("an override needs `{key}`")));
            }
        }
        let paths = globs(&mut entry, "paths");
        let rules = entry.section("rules").map(|mut rules| rule_settings(&mut rules, known)).unwrap_or_default();
        overrides.push(Override { paths, rules });
    }
    overrides
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
        if settings.insert(id.to_owned(), setting).is_some() {
            section.error(ConfigError::new(span, format!("`{id}` is configured here for the second time")).help(TOGETHER));
        }
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

fn nearest_rule<'k>(name: &str, names: impl Iterator<Item = &'k str>) -> String {
    match nearest(name, names) {
        Some(rule) => format!("did you mean `{rule}`?"),
        None => "`migration-lint rules` lists them all".to_owned(),
    }
}

fn with_options(section: &mut Section, id: &str, entries: &[(Node, Node)], known: &KnownNames) -> RuleSetting {
    let mut setting = RuleSetting::default();
    let options = known.options.iter().find(|(rule, _)| *rule == id).map_or(&[][..], |(_, options)| *options);
    let values = known.values.iter().find(|(rule, _)| *rule == id).map_or(&[][..], |(_, values)| *values);
    for (key, value) in entries {
        match &key.value {
            Value::Text(key) if key == "severity" => setting.severity = severity(section, id, value),
            Value::Text(key) if options.contains(&key.as_str()) => {
                let path = format!("{id}.{key}");
                let texts = match values.iter().find(|(option, _)| option == key) {
                    Some((_, OptionValue::Count)) => section.count(&path, value),
                    Some((_, OptionValue::Words(words))) => section.words(&path, value, words),
                    None => section.list(&path, value).into_iter().map(|(text, _)| text).collect(),
                };
                setting.options.insert(key.clone(), texts);
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

#[cfg(test)]
mod tests {
    use crate::config::{Config, KnownNames};
    use crate::text::SourceFile;

    #[test]
    fn a_star_stays_in_its_folder_and_a_folder_stands_for_what_is_in_it() {
        let text = "migration_lint: {exclude: ['db/*.sql', './old/', '**/*.template.sql']}";
        let (config, errors) = Config::parse(&SourceFile::new("c.yaml", text), &KnownNames::default());
        assert_eq!(errors, []);
        let excluded = |path: &str| config.lint.exclude.is_match(path);
        assert!(["db/001_a.sql", "old/deep/001_a.sql", "a/b.template.sql"].into_iter().all(excluded));
        assert!(!["db/deep/001_a.sql", "new/old/001_a.sql"].into_iter().any(excluded));
    }
}
