//! The schema that a history leaves: one file a format.

mod diagram;
mod dot;
mod html;
mod json;
mod mermaid;
mod sql;

use std::io::{self, Write};

use crate::catalog::Name;
use crate::catalog::outline::Table;
use crate::engine::Schema;

pub use html::page;

/// How schemas are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaFormat {
    /// Statements that make it in an empty database.
    Sql,
    /// The house's schema map.
    Json,
    /// An entity-relationship diagram for Mermaid.
    Mermaid,
    /// The same for Graphviz.
    Dot,
}

impl SchemaFormat {
    /// Whether what is written can hold several schemas.
    pub const fn takes_several(self) -> bool {
        matches!(self, SchemaFormat::Sql)
    }
}

/// Writes schemas, one after the other.
///
/// # Errors
/// What `out` gives.
pub fn schemas(out: &mut dyn Write, schemas: &[Schema], format: SchemaFormat) -> io::Result<()> {
    for (number, schema) in schemas.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        match format {
            SchemaFormat::Sql => sql::write(out, schema)?,
            SchemaFormat::Json => json::write(out, schema)?,
            SchemaFormat::Mermaid => mermaid::write(out, schema)?,
            SchemaFormat::Dot => dot::write(out, schema)?,
        }
    }
    Ok(())
}

/// Whether a column is of the primary key.
fn is_primary(table: &Table, column: &str) -> bool {
    table.indexes.values().any(|index| index.primary && index.keys.iter().any(|key| key == column))
}

/// Whether a column is of a foreign key.
fn is_foreign(table: &Table, column: &str) -> bool {
    table.foreign_keys.values().any(|key| key.columns.iter().any(|name| **name == *column))
}

/// Whether a column may be NULL.
fn is_nullable(table: &Table, column: &str) -> bool {
    table.columns.iter().any(|found| *found.name == *column && found.nullable)
}

/// Whether no two rows have the same values in `columns`.
fn is_unique(table: &Table, columns: &[Name]) -> bool {
    let is_it = |keys: &[String]| keys.iter().all(|key| columns.iter().any(|column| **column == **key));
    table.indexes.values().any(|index| index.unique && index.condition.is_none() && is_it(&index.keys))
}

/// A text in HTML, or in Graphviz's labels that are like it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
