//! The schema that a history leaves: one file a format.

mod sql;

use std::io::{self, Write};

use crate::engine::Schema;

/// How schemas are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaFormat {
    /// Statements that make it in an empty database.
    Sql,
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
        }
    }
    Ok(())
}
