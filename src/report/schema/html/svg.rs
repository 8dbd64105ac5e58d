//! The diagram, drawn: a box a table with its columns, a curve a foreign key.

use std::io::{self, Write};

use crate::report::schema::diagram::{Box, Diagram, FOOT, Line, ROW, TITLE};
use crate::report::schema::{escaped, is_foreign, is_primary};

use super::anchor;

/// How many characters of a name or a type are drawn.
const LONGEST: usize = 26;

pub(super) fn write(out: &mut dyn Write, diagram: &Diagram<'_>) -> io::Result<()> {
    let Diagram { width, height, .. } = diagram;
    writeln!(out, "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"Tables\">")?;
    let crow = "<path d=\"M0 0 L10 5 L0 10 M0 5 L10 5\" class=\"mark\"/>";
    writeln!(
        out,
        "<defs><marker id=\"many\" viewBox=\"0 0 10 10\" refX=\"10\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" orient=\"auto\">{crow}</marker></defs>"
    )?;
    writeln!(out, "<g class=\"lines\">")?;
    for line in &diagram.lines {
        draw_line(out, diagram, line)?;
    }
    writeln!(out, "</g>")?;
    for (at, one) in diagram.boxes.iter().enumerate() {
        draw(out, at, one)?;
    }
    writeln!(out, "</svg>")
}

fn draw_line(out: &mut dyn Write, diagram: &Diagram<'_>, line: &Line<'_>) -> io::Result<()> {
    let (from, to) = (&diagram.boxes[line.from], &diagram.boxes[line.to]);
    let (y1, y2) = (from.row(line.column), to.row(line.referenced));
    let (left, right) = (from.x, from.x + from.width);
    // From the side that faces the other table; from the right where one stands above the other.
    let (x1, x2, a, b) = if to.x + to.width < from.x {
        (left, to.x + to.width, -1, 1)
    } else if right < to.x {
        (right, to.x, 1, -1)
    } else {
        (right, to.x + to.width, 1, 1)
    };
    let reach = (i64::from(x1.abs_diff(x2)) / 2).clamp(34, 140);
    let (c1, c2) = (i64::from(x1) + a * reach, i64::from(x2) + b * reach);
    let class = if line.nullable { " class=\"may\"" } else { "" };
    writeln!(
        out,
        "<path{class} data-from=\"{}\" data-to=\"{}\" d=\"M{x2} {y2} C{c2} {y2} {c1} {y1} {x1} {y1}\" marker-end=\"url(#many)\"/>",
        line.from, line.to
    )
}

fn draw(out: &mut dyn Write, at: usize, one: &Box<'_>) -> io::Result<()> {
    let Box { x, y, width, height, table, .. } = one;
    let whole = format!("{}.{}", one.schema, one.name);
    writeln!(out, "<a href=\"#{}\" class=\"box find\" data-at=\"{at}\" aria-label=\"{}\">", anchor('t', &whole), escaped(&whole))?;
    let columns: Vec<&str> = table.columns.iter().map(|column| &*column.name).collect();
    writeln!(out, "<title>{}: {}</title>", escaped(&whole), escaped(&columns.join(", ")))?;
    writeln!(out, "<rect class=\"body\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"6\"/>")?;
    let bottom = y + TITLE;
    writeln!(out, "<path class=\"head\" d=\"M{x} {bottom} V{} a6 6 0 0 1 6 -6 H{} a6 6 0 0 1 6 6 V{bottom} Z\"/>", y + 6, x + width - 6)?;
    let room = (*width as usize - 20) / 8;
    let schema =
        if &**one.schema == "public" { String::new() } else { format!("<tspan class=\"schema\">{}.</tspan>", escaped(one.schema)) };
    let taken = if schema.is_empty() { 0 } else { one.schema.chars().count() + 1 };
    let name = shortened(one.name, room.saturating_sub(taken).max(8));
    writeln!(out, "<text class=\"name\" x=\"{}\" y=\"{}\">{schema}{}</text>", x + 10, y + 20, escaped(&name))?;
    for (number, row) in one.rows.iter().enumerate() {
        let column = &table.columns[*row];
        let base = y + TITLE + number as u32 * ROW + 15;
        let mut class = Vec::new();
        if is_primary(table, &column.name) {
            class.push("primary");
        }
        if is_foreign(table, &column.name) {
            class.push("foreign");
        }
        let ty = short_type(column.ty.as_deref().unwrap_or("?"));
        let name = shortened(&column.name, (room + 1).saturating_sub(ty.chars().count()).clamp(8, LONGEST));
        writeln!(out, "<text class=\"{}\" x=\"{}\" y=\"{base}\">{}</text>", class.join(" "), x + 10, escaped(&name))?;
        writeln!(out, "<text class=\"type\" x=\"{}\" y=\"{base}\">{}</text>", x + width - 10, escaped(&ty))?;
    }
    if one.hidden() > 0 {
        let base = y + height - FOOT + 12;
        writeln!(out, "<text class=\"more\" x=\"{}\" y=\"{base}\">and {} more</text>", x + 10, one.hidden())?;
    }
    writeln!(out, "</a>")
}

/// A type as people call it.
fn short_type(ty: &str) -> String {
    let short = ty
        .replace("timestamp with time zone", "timestamptz")
        .replace("timestamp without time zone", "timestamp")
        .replace("character varying", "varchar")
        .replace("double precision", "float8");
    let bare = short.rsplit_once('.').filter(|_| !short.contains('(')).map_or(short.as_str(), |(_, bare)| bare);
    shortened(bare, LONGEST)
}

fn shortened(text: &str, most: usize) -> String {
    match text.chars().count() > most {
        true => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
        false => text.to_owned(),
    }
}
