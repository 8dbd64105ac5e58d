//! An entity-relationship diagram for Graphviz: a node a table, with a port for every column, and an edge for every foreign key.

use std::io::{self, Write};

use crate::catalog::outline::{Column, Outline, Table};
use crate::engine::Schema;

use super::escaped;

pub(super) fn write(out: &mut dyn Write, schema: &Schema) -> io::Result<()> {
    let outline = Outline::of(&schema.catalog);
    writeln!(out, "digraph schema {{")?;
    writeln!(out, "  graph [rankdir=RL, nodesep=0.4, ranksep=1.2, fontname=\"Helvetica\"];")?;
    writeln!(out, "  node [shape=plain, fontname=\"Helvetica\", fontsize=11];")?;
    writeln!(out, "  edge [arrowhead=none, arrowtail=crow, dir=both, color=\"#64748b\"];")?;
    for (number, (name, space)) in outline.schemas.iter().filter(|(_, space)| !space.tables.is_empty()).enumerate() {
        writeln!(out, "  subgraph cluster_{number} {{")?;
        writeln!(out, "    label={};\n    color=\"#cbd5e1\";", quoted(name))?;
        for (table, found) in &space.tables {
            writeln!(out, "    {} [label=<{}>];", quoted(&format!("{name}.{table}")), node(table, found))?;
        }
        writeln!(out, "  }}")?;
    }
    for (schema, name, table) in outline.tables() {
        for key in table.foreign_keys.values() {
            let from = end(&format!("{schema}.{name}"), key.columns.first().map(|name| &**name));
            let to = end(&format!("{}.{}", key.schema, key.table), key.referenced.first().map(|name| &**name));
            let style = match key.columns.iter().any(|column| super::is_nullable(table, column)) {
                true => " [style=dashed]",
                false => "",
            };
            // Both ends, so that the arrows point at what is referred to.
            writeln!(out, "  {from} -> {to}{style};")?;
        }
    }
    writeln!(out, "}}")
}

fn node(name: &str, table: &Table) -> String {
    let mut rows = format!("<TR><TD BGCOLOR=\"#e2e8f0\" COLSPAN=\"2\"><B>{}</B></TD></TR>", escaped(name));
    for column in &table.columns {
        rows += &row(table, column);
    }
    format!("<TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\" CELLPADDING=\"4\" COLOR=\"#94a3b8\">{rows}</TABLE>")
}

fn row(table: &Table, column: &Column) -> String {
    let name = escaped(&column.name);
    let name = if super::is_primary(table, &column.name) { format!("<U>{name}</U>") } else { name };
    let ty = column.ty.as_deref().unwrap_or("?");
    let optional = if column.nullable { "" } else { " *" };
    let port = port(&column.name);
    format!("<TR><TD ALIGN=\"LEFT\" PORT=\"{port}\">{name}{optional}</TD><TD ALIGN=\"LEFT\">{}</TD></TR>", escaped(ty))
}

/// A port's name: ports can't be escaped in every place where one is named.
fn port(column: &str) -> String {
    column.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("_{:x}", c as u32) }).collect()
}

/// One end of an edge. A table that is not drawn has no ports.
fn end(table: &str, column: Option<&str>) -> String {
    match column {
        Some(column) => format!("{}:\"{}\"", quoted(table), port(column)),
        None => quoted(table),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
