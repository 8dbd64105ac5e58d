//! Types (manual, 53.64 `pg_type`, 53.40 `pg_range`).

use super::table::{Fields, Keyed, Row, lines};
use super::versions::Versions;

/// A type, by the name that it has in `pg_type`: `int4`, `_int4`, `char` for `"char"`, `information_schema.sql_identifier`.
#[derive(Debug, Clone)]
pub struct TypeFact {
    /// Its name.
    pub name: &'static str,
    /// What sort of type it is.
    pub kind: TypeKind,
    /// The letter of its category: `N` numbers, `S` strings, `D` times, `A` arrays, …
    pub category: char,
    /// Whether it is preferred among those of its category.
    pub preferred: bool,
    /// Bytes of a value; -1 if that varies, -2 for a C string.
    pub length: i16,
    /// Whether a value is passed by value.
    pub by_value: bool,
    /// How a column of it is stored unless it says otherwise.
    pub storage: Storage,
    /// Its array type.
    pub array: Option<&'static str>,
    /// What subscripts give: an array's elements, and those of a few types of fixed length (`point`, `name`).
    pub element: Option<&'static str>,
    /// What a domain is of.
    pub base: Option<&'static str>,
    /// The modifier that a domain gives its base; -1 if none, otherwise as in `pg_type`.
    pub modifier: i32,
    /// What a range is of.
    pub subtype: Option<&'static str>,
    /// A range's multirange type; from version 14 on.
    pub multirange: Option<&'static str>,
    /// The range type that a multirange is of.
    pub range: Option<&'static str>,
    /// The collation of its values; `None` if it takes no COLLATE.
    pub collation: Option<&'static str>,
    /// An enum's labels, in their order, separated by commas.
    pub labels: Option<&'static str>,
    /// Whether it takes modifiers: `varchar(10)`.
    pub modifiers: bool,
    /// Whether a domain refuses NULL.
    pub not_null: bool,
    /// Whether a domain checks its values.
    pub has_check: bool,
    /// Whether its values take subscripts though it has no elements: `jsonb` from version 14 on.
    pub subscripts: bool,
    /// The versions that have it as it is here.
    pub versions: Versions,
}

/// What sort of type it is (`typtype`); arrays are told from other base types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeKind {
    /// A type with input and output functions of its own.
    Base,
    /// The array type of another.
    Array,
    /// The type of rows; its attributes are those of the relation of its name.
    Composite,
    /// Another type with constraints.
    Domain,
    /// One of CREATE TYPE … AS ENUM.
    Enum,
    /// One that no column can have.
    Pseudo,
    /// A range.
    Range,
    /// A multirange.
    Multirange,
}

/// How values are stored (`typstorage`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// In line, never compressed.
    Plain,
    /// Out of line, not compressed.
    External,
    /// Compressed, and in line if possible.
    Main,
    /// Compressed, then out of line.
    Extended,
}

impl Row for TypeFact {
    fn read(source: &'static str) -> Vec<Self> {
        lines(source, read)
    }

    fn versions(&self) -> Versions {
        self.versions
    }
}

impl Keyed for TypeFact {
    fn key(&self) -> &'static str {
        self.name
    }
}

fn read(mut fields: Fields, versions: Versions) -> TypeFact {
    let name = fields.word();
    let kind = match fields.word() {
        "array" => TypeKind::Array,
        "composite" => TypeKind::Composite,
        "domain" => TypeKind::Domain,
        "enum" => TypeKind::Enum,
        "pseudo" => TypeKind::Pseudo,
        "range" => TypeKind::Range,
        "multirange" => TypeKind::Multirange,
        _ => TypeKind::Base,
    };
    let category = fields.word();
    let length = fields.word();
    TypeFact {
        name,
        kind,
        category: category.chars().next().unwrap_or('U'),
        preferred: category.ends_with('!'),
        length: length.trim_end_matches('v').parse().unwrap_or(-1),
        by_value: length.ends_with('v'),
        storage: match fields.word() {
            "plain" => Storage::Plain,
            "external" => Storage::External,
            "main" => Storage::Main,
            _ => Storage::Extended,
        },
        array: fields.value("array"),
        element: fields.value("element"),
        base: fields.value("base"),
        modifier: fields.value("modifier").and_then(|number| number.parse().ok()).unwrap_or(-1),
        subtype: fields.value("subtype"),
        multirange: fields.value("multirange"),
        range: fields.value("range"),
        collation: fields.value("collation"),
        modifiers: fields.is_next("modifiers"),
        not_null: fields.is_next("notnull"),
        has_check: fields.is_next("check"),
        subscripts: fields.is_next("subscripts"),
        // The last of the line: labels may have blanks in them.
        labels: fields.0.strip_prefix("labels="),
        versions,
    }
}
