//! The house's own sections, as they stand in real files: `database`, `barton_doctrine`, `logging`.
//!
//! They are read leniently: what is missing is none, and only a value of the wrong kind is an error. Other keys belong to other tools.

use std::collections::BTreeMap;

use crate::text::Span;

use super::ConfigError;
use super::naming::NamingConvention;
use super::reader::Section;

/// What the house says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct House {
    /// A `barton_doctrine` section that is not `enabled: false`.
    pub doctrine: bool,
    /// `database.migrations.directory`, without a slash at its end.
    pub migration_directory: Option<(String, Span)>,
    /// `database.migrations.naming_convention`.
    pub naming_convention: Option<NamingConvention>,
    /// `database.schemas`.
    pub schemas: Option<Vec<(String, Span)>>,
    /// `database.tables`: tables by schema.
    pub tables: BTreeMap<String, Vec<(String, Span)>>,
    /// `barton_doctrine.validation_required`.
    pub validation_required: Option<bool>,
    /// `database.schema_validation`.
    pub schema_validation: Option<bool>,
    /// `database.schema_map_path`.
    pub schema_map_path: Option<(String, Span)>,
    /// `barton_doctrine.id_format`.
    pub id_format: Option<IdFormat>,
    /// `barton_doctrine.id_ranges`: patterns by entity.
    pub id_ranges: BTreeMap<String, (String, Span)>,
    /// `barton_doctrine.subhive`, `app`, `layer`, `schema`, `version`, as far as they are there.
    pub id_parts: BTreeMap<&'static str, (String, Span)>,
    /// `logging.database_logging.table`.
    pub log_table: Option<(String, Span)>,
    /// `logging.database_logging.severity_levels`.
    pub severity_levels: Option<Vec<(String, Span)>>,
}

/// How ids look: runs of `N` are digits, `#` is a digit, everything else stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdFormat {
    /// As written: `NN.NN.NN.NN.NNNNN.NNN`.
    pub pattern: String,
    /// Where.
    pub span: Span,
}

impl IdFormat {
    /// The format of the doctrine, for a house that writes none.
    pub const DEFAULT: &str = "NN.NN.NN.NN.NNNNN.NNN";

    /// Whether `id` has the format.
    pub fn matches(&self, id: &str) -> bool {
        id_matches(&self.pattern, id)
    }

    /// How many characters an id has.
    pub fn length(&self) -> usize {
        self.pattern.chars().count()
    }
}

/// Whether `id` is what `pattern` writes, as id formats and ranges do: `N` and `#` are a digit each, everything else is itself.
pub fn id_matches(pattern: &str, id: &str) -> bool {
    let fits = |(wanted, c): (char, char)| if is_digit_place(wanted) { c.is_ascii_digit() } else { wanted == c };
    pattern.chars().count() == id.chars().count() && pattern.chars().zip(id.chars()).all(fits)
}

/// Whether a character of an id format or range stands for a digit.
pub const fn is_digit_place(c: char) -> bool {
    matches!(c, 'N' | '#')
}

impl House {
    pub(super) fn read(root: &mut Section) -> House {
        let mut house = House::default();
        if let Some(mut doctrine) = root.section("barton_doctrine") {
            house.read_doctrine(&mut doctrine);
        }
        if let Some(mut database) = root.section("database") {
            house.read_database(&mut database);
        }
        if let Some(mut logging) = root.section("logging")
            && let Some(mut table) = logging.section("database_logging")
        {
            house.log_table = table.text("table");
            house.severity_levels = table.texts("severity_levels");
        }
        house
    }

    fn read_doctrine(&mut self, section: &mut Section) {
        self.doctrine = section.bool("enabled").unwrap_or(true);
        self.validation_required = section.bool("validation_required");
        self.id_format = section.text("id_format").map(|(pattern, span)| IdFormat { pattern, span });
        for part in ["subhive", "app", "layer", "schema", "version"] {
            if let Some(value) = section.text(part) {
                self.id_parts.insert(part, value);
            }
        }
        if let Some(mut ranges) = section.section("id_ranges") {
            let entities: Vec<String> = ranges.entries().map(|(entity, ..)| entity).collect();
            for entity in entities {
                if let Some(range) = ranges.text(&entity) {
                    self.id_ranges.insert(entity, range);
                }
            }
        }
    }

    fn read_database(&mut self, section: &mut Section) {
        self.schema_validation = section.bool("schema_validation");
        self.schemas = section.texts("schemas");
        self.schema_map_path = section.text("schema_map_path");
        if let Some(mut tables) = section.section("tables") {
            let schemas: Vec<String> = tables.entries().map(|(schema, ..)| schema).collect();
            for schema in schemas {
                if let Some(names) = tables.texts(&schema) {
                    self.tables.insert(schema, names);
                }
            }
        }
        if let Some(mut migrations) = section.section("migrations") {
            self.migration_directory =
                migrations.text("directory").map(|(path, span)| (path.trim_end_matches('/').trim_start_matches("./").to_owned(), span));
            let convention = migrations.text("naming_convention").map(|(pattern, span)| NamingConvention::new(pattern, span));
            if let Some(convention) = convention.as_ref().filter(|convention| !convention.has_number()) {
                let error = ConfigError::new(convention.span, format!("`{}` has no place for a number or a date", convention.pattern));
                migrations
                    .error(error.help("runs of `N` stand for digits, as in `NNN_description.sql`; `YYYYMMDDHHMMSS` stands for a time"));
            }
            // Files are not held against a slip, which none of them could follow.
            self.naming_convention = convention.filter(NamingConvention::has_number);
        }
    }
}
