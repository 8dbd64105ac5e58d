//! Everything that one configuration file says.

use crate::text::SourceFile;

use super::house::House;
use super::lint::Lint;
use super::reader::Section;
use super::{ConfigError, yaml};

/// The names that our section may mention; the rules' floor knows them, this floor does not.
#[derive(Debug, Clone, Default)]
pub struct KnownNames {
    /// Ids of rules, in order.
    pub rules: Vec<&'static str>,
    /// Ids of groups.
    pub groups: Vec<&'static str>,
    /// Other names of rules, and the rule.
    pub aliases: Vec<(&'static str, &'static str)>,
    /// Rules with the options that each reads.
    pub options: Vec<(&'static str, &'static [&'static str])>,
}

/// A configuration.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The house's own sections.
    pub house: House,
    /// Our section.
    pub lint: Lint,
    /// The file; none where there is no configuration.
    pub source: Option<SourceFile>,
}

impl Config {
    /// Reads a file; the settings hold whatever could be read beside the errors.
    pub fn parse(source: &SourceFile, known: &KnownNames) -> (Config, Vec<ConfigError>) {
        let mut config = Config { source: Some(source.clone()), ..Config::default() };
        let root = match yaml::parse(source.text()) {
            Ok(root) => root,
            Err(error) => return (config, vec![error]),
        };
        let mut errors = Vec::new();
        let mut section = Section::new(&root, "", &mut errors);
        config.house = House::read(&mut section);
        if let Some(mut lint) = section.section("migration_lint") {
            config.lint = Lint::read(&mut lint, known);
        }
        errors.sort_by_key(|error| error.span);
        (config, errors)
    }

    /// Whether the house doctrine holds: a `barton_doctrine` section that is not `enabled: false`, or `migration_lint.doctrine`.
    pub fn doctrine(&self) -> bool {
        self.lint.doctrine.unwrap_or(self.house.doctrine)
    }
}
