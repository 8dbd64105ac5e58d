//! An entity-relationship diagram for Mermaid (`erDiagram`): entities with their columns, foreign keys as relationships.
//!
//! Mermaid's names of types and columns are single words of letters, digits and few signs; what else PostgreSQL has in them becomes `_`.

use std::io::{self, Write};

use crate::catalog::Name;
use crate::catalog::outline::{Column, Outline, Table};
use crate::engine::Schema;

pub(super) fn write(out: &mut dyn Write, schema: &Schema) -> io::Result<()> {
    let outline = Outline::of(&schema.catalog);
    writeln!(out, "erDiagram")?;
    for (schema, name, table) in outline.tables() {
        writeln!(out, "    {} {{", entity(schema, name))?;
        for column in &table.columns {
            writeln!(out, "        {}", attribute(table, column))?;
        }
        writeln!(out, "    }}")?;
    }
    for (schema, name, table) in outline.tables() {
        for key in table.foreign_keys.values() {
            let one = if key.columns.iter().any(|column| super::is_nullable(table, column)) { "o|" } else { "||" };
            let many = if super::is_unique(table, &key.columns) { "|o" } else { "}o" };
            let (from, to) = (entity(schema, name), entity(&key.schema, &key.table));
            writeln!(out, "    {from} {many}--{one} {to} : \"{}\"", text(&key.columns.join(", ")))?;
        }
    }
    Ok(())
}

fn entity(schema: &str, name: &str) -> String {
    format!("\"{}\"", text(&format!("{schema}.{name}")))
}

fn attribute(table: &Table, column: &Column) -> String {
    let mut keys = Vec::new();
    if super::is_primary(table, &column.name) {
        keys.push("PK");
    }
    if super::is_foreign(table, &column.name) {
        keys.push("FK");
    }
    if keys.is_empty() && super::is_unique(table, &[Name::clone(&column.name)]) {
        keys.push("UK");
    }
    let ty = word(column.ty.as_deref().unwrap_or("unknown"));
    let keys = if keys.is_empty() { String::new() } else { format!(" {}", keys.join(", ")) };
    let nullable = if column.nullable { "" } else { " \"NOT NULL\"" };
    format!("{ty} {}{keys}{nullable}", word(&column.name))
}

/// A single word.
fn word(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '(' | ')' | '[' | ']') { c } else { '_' };
    let word: String = text.chars().map(plain).collect();
    if word.starts_with(|c: char| c.is_ascii_alphabetic()) { word } else { format!("x_{word}") }
}

/// A text between quotes.
fn text(text: &str) -> String {
    text.replace(['"', '\n', '\r'], "'")
}
