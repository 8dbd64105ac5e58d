//! Which rules run on which file, and with what severity.
//!
//! In order, the later wins: when a rule is on by itself, `migration_lint.rules` for its group, then for the rule, overrides whose paths match
//! the file, `--select`, `--ignore`. What is said of a group does not switch on those of its rules that run only when they are selected.

use std::collections::BTreeMap;
use std::path::Path;

use crate::config::{Config, HistoryKind, RuleSetting, nearest};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{Group, Meta, On, Options, RULES, Section};

/// Rules or groups that the command line chooses.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Only these; empty for no restriction.
    pub select: Vec<String>,
    /// Not these.
    pub ignore: Vec<String>,
}

impl Choice {
    /// The first name that is neither a rule nor a group, and the one that it was probably meant to be.
    pub fn unknown(&self) -> Option<(&str, Option<&'static str>)> {
        let known = |name: &str| Group::ALL.iter().any(|group| group.id() == name) || RULES.iter().any(|rule| rule.meta().is_called(name));
        let name = self.select.iter().chain(&self.ignore).map(String::as_str).find(|name| !known(name))?;
        let names = RULES.iter().map(|rule| rule.meta().id).chain(Group::ALL.iter().map(|group| group.id()));
        Some((name, nearest(name, names)))
    }
}

/// The severity of each rule for one file.
#[derive(Debug, Clone, Copy)]
pub struct Selection<'a> {
    config: &'a Config,
    choice: &'a Choice,
}

impl<'a> Selection<'a> {
    /// What `config` and the command line say.
    pub fn new(config: &'a Config, choice: &'a Choice) -> Self {
        Self { config, choice }
    }

    /// The severity that findings of `rule` have in the file `path`, relative to the configuration's folder; none if it is off.
    ///
    /// `Some(None)` inside the settings is `off`; a severity that a rule gives a single finding stands where nothing is configured.
    pub fn severity(&self, rule: &Meta, path: &Path) -> Option<Configured> {
        let chosen = self.choice.select.iter().any(|name| matches(rule, name));
        if self.choice.ignore.iter().any(|name| matches(rule, name)) || (!chosen && !self.choice.select.is_empty()) {
            return None;
        }
        match self.configured(rule, path) {
            Some((name, Some(severity))) if chosen || name == rule.id || rule.on != On::Selected => Some(Configured::As(severity)),
            Some((_, None)) if !chosen => None,
            Some((_, Some(_))) => None,
            None if !chosen && !self.on_by_itself(rule) => None,
            _ => Some(Configured::Default),
        }
    }

    /// A rule's own options in the file `path`, relative to the configuration's folder: those of overrides that match it come first.
    pub fn options(&self, rule: &Meta, path: &Path) -> Options {
        let overrides = self.config.lint.overrides.iter().filter(|o| o.paths.is_match(path)).filter_map(|o| o.rules.get(rule.id));
        self.config.lint.rules.get(rule.id).into_iter().chain(overrides).flat_map(|setting| setting.options.clone()).collect()
    }

    /// What is configured for `rule`, and under which name: its own or its group's.
    fn configured(&self, rule: &Meta, path: &Path) -> Option<(&'static str, Option<Severity>)> {
        let in_settings = |rules: &BTreeMap<String, RuleSetting>| {
            let of = |name: &'static str| rules.get(name).and_then(|setting| setting.severity).map(|severity| (name, severity));
            of(rule.id).or_else(|| of(rule.group.id()))
        };
        let overrides = self.config.lint.overrides.iter().rev().filter(|o| o.paths.is_match(path));
        overrides.map(|o| &o.rules).chain([&self.config.lint.rules]).find_map(in_settings)
    }

    fn on_by_itself(&self, rule: &Meta) -> bool {
        // `database.schema_validation: false` is the house's word for leaving the schema to itself.
        let is_of_schema = rule.group == Group::Schema || matches!(rule.on, On::Section(Section::Tables | Section::SchemaMap));
        if is_of_schema && self.config.house.schema_validation == Some(false) {
            return false;
        }
        // And `barton_doctrine.validation_required: false` that for leaving ids to themselves.
        let is_of_ids = matches!(rule.on, On::Section(Section::IdFormat | Section::IdRanges));
        if is_of_ids && self.config.house.validation_required == Some(false) {
            return false;
        }
        match rule.on {
            On::Always => true,
            On::House => self.config.doctrine(),
            On::Section(section) => self.config.doctrine() || self.has(section),
            On::Selected => false,
        }
    }

    fn has(&self, section: Section) -> bool {
        let house = &self.config.house;
        match section {
            Section::MigrationDirectory => house.migration_directory.is_some(),
            Section::NamingConvention => house.naming_convention.is_some(),
            Section::Schemas => house.schemas.is_some(),
            Section::Tables => !house.tables.is_empty(),
            Section::SchemaMap => house.schema_map_path.is_some(),
            Section::IdFormat => house.id_format.is_some(),
            Section::IdRanges => !house.id_ranges.is_empty(),
            Section::CompleteHistory => self.config.lint.history == HistoryKind::Complete || self.config.lint.schema.is_some(),
        }
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Configured {
    /// As the rule says.
    Default,
    /// As the configuration says.
    As(Severity),
}

impl Configured {
    /// Gives `findings` this severity.
    pub(super) fn weigh(self, findings: &mut [Diagnostic]) {
        if let Configured::As(severity) = self {
            findings.iter_mut().for_each(|finding| finding.severity = severity);
        }
    }
}

fn matches(rule: &Meta, name: &str) -> bool {
    rule.is_called(name) || rule.group.id() == name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{About, known_names};
    use crate::text::SourceFile;

    static OPTIONAL: Meta = Meta {
        id: "require-nothing",
        group: Group::Proof,
        severity: Severity::Warning,
        on: On::Selected,
        about: About::Text,
        aliases: &[],
        options: &[],
        page: "",
    };

    fn severity(settings: &str, select: &[&str]) -> Option<Configured> {
        let mut known = known_names();
        known.rules.push(OPTIONAL.id);
        let (config, errors) = Config::parse(&SourceFile::new("c.yaml", format!("migration_lint: {{{settings}}}")), &known);
        assert_eq!(errors, []);
        let choice = Choice { select: select.iter().map(|name| (*name).to_owned()).collect(), ignore: Vec::new() };
        Selection::new(&config, &choice).severity(&OPTIONAL, Path::new("a/001_a.sql"))
    }

    #[test]
    fn a_rule_that_must_be_selected_is_selected_by_name() {
        const AS_ERROR: Option<Configured> = Some(Configured::As(Severity::Error));
        assert_eq!(severity("", &[]), None);
        assert_eq!(severity("rules: {proof: error}", &[]), None);
        assert_eq!(severity("rules: {proof: error}", &["proof"]), AS_ERROR);
        assert_eq!(severity("rules: {require-nothing: error}", &[]), AS_ERROR);
        assert_eq!(severity("rules: {proof: 'off'}", &["require-nothing"]), Some(Configured::Default));
    }

    #[test]
    fn ids_that_need_no_validation_are_left_to_themselves() {
        let id_rule = Meta { on: On::Section(Section::IdFormat), ..OPTIONAL };
        let runs = |section: &str| {
            let text = format!("barton_doctrine: {{id_format: NN.NN, {section}}}");
            let (config, errors) = Config::parse(&SourceFile::new("c.yaml", text), &known_names());
            assert_eq!(errors, []);
            Selection::new(&config, &Choice::default()).severity(&id_rule, Path::new("a/001_a.sql")).is_some()
        };
        assert!(runs("validation_required: true") && runs("enabled: true"));
        assert!(!runs("validation_required: false"));
    }

    #[test]
    fn the_last_override_that_matches_wins() {
        let overrides = "rules: {require-nothing: error}, overrides: [{paths: ['a/**'], rules: {proof: 'off'}}, {paths: ['b/**'], rules: {proof: info}}]";
        assert_eq!(severity(overrides, &[]), None);
    }
}
