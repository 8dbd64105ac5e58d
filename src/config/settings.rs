//! Everything that one configuration file says.

use crate::text::{SourceFile, Span};

use super::header::HeaderField;
use super::house::{House, IdFormat};
use super::lint::Lint;
use super::reader::Section;
use super::{ConfigError, yaml};

/// What a column with Barton ids is called by itself.
pub const BARTON_ID: &str = "barton_id";

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
    /// Rules with what those of their options can be that are no lists of any texts.
    pub values: Vec<(&'static str, &'static [(&'static str, OptionValue)])>,
}

/// What an option of a rule can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionValue {
    /// A list of these words.
    Words(&'static [&'static str]),
    /// A number.
    Count,
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
        sections_of_ours(&mut section, source.path());
        config.house = House::read(&mut section);
        if let Some(mut lint) = section.section("migration_lint") {
            config.lint = Lint::read(&mut lint, known);
        }
        errors.sort_by_key(|error| error.span);
        errors.dedup();
        (config, errors)
    }

    /// Whether the house doctrine holds: a `barton_doctrine` section that is not `enabled: false`, or `migration_lint.doctrine`.
    pub fn doctrine(&self) -> bool {
        self.lint.doctrine.unwrap_or(self.house.doctrine)
    }

    /// How Barton ids look.
    pub fn id_format(&self) -> IdFormat {
        let default = || IdFormat { pattern: IdFormat::DEFAULT.to_owned(), span: Span::empty(0) };
        self.house.id_format.clone().unwrap_or_else(default)
    }

    /// Whether a column called `name` holds Barton ids by what it is called.
    pub fn is_id_column(&self, name: &str) -> bool {
        self.lint.barton_id_columns.as_ref().map_or(name == BARTON_ID, |patterns| patterns.is_match(name))
    }

    /// The fields that open a migration, in order.
    pub fn header_fields(&self) -> Vec<HeaderField> {
        self.lint.header.clone().unwrap_or_else(HeaderField::template)
    }
}

/// Reports what was meant to be our section, and would be passed over as another tool's.
fn sections_of_ours(root: &mut Section, path: &str) {
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect::<String>();
    let alone = path.rsplit('/').next() == Some(super::FILE_NAMES[1]);
    for (key, span, _) in root.entries() {
        if key != "migration_lint"
            && matches!(letters(&key).as_str(), "migrationlint" | "migrationlints" | "migrationslint" | "migrationlinter")
        {
            root.error(ConfigError::new(span, format!("there is no section `{key}`")).help("did you mean `migration_lint`?"));
        } else if alone && Lint::KEYS.contains(&key.as_str()) {
            root.error(
                ConfigError::new(span, format!("`{key}` stands outside `migration_lint`")).help("indent it below `migration_lint:`"),
            );
        }
    }
}
