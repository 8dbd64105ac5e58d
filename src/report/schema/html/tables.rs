//! Tables, views, enums and functions, each with all that there is to know of it.

use std::io::{self, Write};

use crate::catalog::Name;
use crate::catalog::outline::{Column, ForeignKey, Outline, Table, View};
use crate::engine::Story;
use crate::report::count;
use crate::report::schema::{escaped, is_primary, is_unique};

use super::{OPEN, anchor, code, prose};

pub(super) fn write(out: &mut dyn Write, outline: &Outline, story: &Story) -> io::Result<()> {
    let tables = outline.tables().count();
    let open = if tables <= OPEN { " open" } else { "" };
    writeln!(out, "<section id=\"tables\">\n<h2>Tables</h2>")?;
    if tables == 0 {
        writeln!(out, "<p>No migration makes a table.</p>")?;
    }
    for (schema, name, table) in outline.tables() {
        write_table(out, (outline, story), &format!("{schema}.{name}"), table, open)?;
    }
    writeln!(out, "</section>")?;
    let views: Vec<(String, &View)> = outline
        .schemas
        .iter()
        .flat_map(|(schema, space)| space.views.iter().map(move |(name, view)| (format!("{schema}.{name}"), view)))
        .collect();
    if !views.is_empty() {
        writeln!(out, "<section id=\"views\">\n<h2>Views</h2>")?;
        for (whole, view) in views {
            write_view(out, story, &whole, view)?;
        }
        writeln!(out, "</section>")?;
    }
    others(out, outline)
}

fn write_table(out: &mut dyn Write, (outline, story): (&Outline, &Story), whole: &str, table: &Table, open: &str) -> io::Result<()> {
    writeln!(out, "<details class=\"find\" id=\"{}\"{open}>", anchor('t', whole))?;
    writeln!(out, "<summary><h3>{}</h3> <span class=\"aside\">{}</span></summary>", escaped(whole), count(table.columns.len(), "column"))?;
    if let Some(comment) = &table.comment {
        writeln!(out, "<p class=\"comment\">{}</p>", escaped(comment))?;
    }
    if let Some(parent) = &table.partition_of {
        writeln!(out, "<p>A partition of <a href=\"#{}\">{}</a>.</p>", anchor('t', parent), escaped(parent))?;
    }
    writeln!(
        out,
        "<div class=\"wide\"><table>\n<thead><tr><th>Column</th><th>Type</th><th>Default</th><th>Notes</th></tr></thead>\n<tbody>"
    )?;
    for column in &table.columns {
        let default = column.default.as_deref().map(code).unwrap_or_default();
        let ty = code(column.ty.as_deref().unwrap_or("?"));
        writeln!(out, "<tr><td>{}</td><td>{ty}</td><td>{default}</td><td>{}</td></tr>", code(&column.name), notes(table, column))?;
    }
    writeln!(out, "</tbody>\n</table></div>")?;
    let indexes = table.indexes.iter().map(|(name, index)| {
        let unique = match (index.primary, index.unique) {
            (true, _) => "primary key, ",
            (_, true) => "unique, ",
            _ => "",
        };
        let method = if &*index.method == "btree" { String::new() } else { format!(" {}", escaped(&index.method)) };
        let condition = index.condition.as_ref().map(|condition| format!(" where {}", code(condition))).unwrap_or_default();
        format!("{}: {unique}on {}{method}{condition}", code(name), code(&index.keys.join(", ")))
    });
    list(out, "Indexes", indexes)?;
    let checks = table.checks.iter().map(|(name, check)| format!("{}: {}", code(name), code(check)));
    list(out, "Checks", checks)?;
    list(out, "Triggers", table.triggers.iter().map(|(name, trigger)| format!("{}: {}", code(name), code(trigger))))?;
    let refers = |key: &&ForeignKey| format!("{}.{}", key.schema, key.table) == whole;
    let referring = outline.tables().flat_map(|(schema, name, other)| {
        let from = format!("{schema}.{name}");
        other.foreign_keys.values().filter(refers).map(move |key| {
            let on_delete =
                if key.on_delete == "NO ACTION" { String::new() } else { format!(", on delete {}", key.on_delete.to_lowercase()) };
            format!("<a href=\"#{}\">{}</a>: {}{on_delete}", anchor('t', &from), escaped(&from), code(&names(&key.columns)))
        })
    });
    list(out, "Referred to by", referring)?;
    made_by(out, story, table.origin)?;
    writeln!(out, "</details>")
}

/// What else there is to say of a column.
fn notes(table: &Table, column: &Column) -> String {
    let mut notes = Vec::new();
    if is_primary(table, &column.name) {
        notes.push("<b>primary key</b>".to_owned());
    } else if is_unique(table, &[Name::clone(&column.name)]) {
        notes.push("unique".to_owned());
    }
    if !column.nullable {
        notes.push("not null".to_owned());
    }
    if let Some(identity) = column.identity {
        notes.push(format!("identity, {}", identity.to_lowercase()));
    }
    if let Some(generated) = &column.generated {
        notes.push(format!("generated: {}", code(generated)));
    }
    for key in table.foreign_keys.values().filter(|key| key.columns.first() == Some(&column.name)) {
        let target = format!("{}.{}", key.schema, key.table);
        let on_delete = if key.on_delete == "NO ACTION" { String::new() } else { format!(", on delete {}", key.on_delete.to_lowercase()) };
        let columns = if key.columns.len() > 1 { format!("({}) ", names(&key.columns)) } else { String::new() };
        notes.push(format!("{}→ <a href=\"#{}\">{}</a>{on_delete}", escaped(&columns), anchor('t', &target), escaped(&target)));
    }
    if let Some(comment) = &column.comment {
        notes.push(format!("<span class=\"comment\">{}</span>", prose(comment)));
    }
    notes.join(" · ")
}

fn write_view(out: &mut dyn Write, story: &Story, whole: &str, view: &View) -> io::Result<()> {
    let kind = if view.materialized { "materialized, " } else { "" };
    writeln!(out, "<details class=\"find\" id=\"{}\">", anchor('t', whole))?;
    writeln!(
        out,
        "<summary><h3>{}</h3> <span class=\"aside\">{kind}{}</span></summary>",
        escaped(whole),
        count(view.columns.len(), "column")
    )?;
    if let Some(comment) = &view.comment {
        writeln!(out, "<p class=\"comment\">{}</p>", escaped(comment))?;
    }
    let columns = view.columns.iter().map(|column| format!("{} {}", code(&column.name), code(column.ty.as_deref().unwrap_or("?"))));
    list(out, "Columns", columns)?;
    writeln!(out, "<div class=\"wide\"><pre>{}</pre></div>", escaped(&view.query))?;
    made_by(out, story, view.origin)?;
    writeln!(out, "</details>")
}

/// Enums and functions.
fn others(out: &mut dyn Write, outline: &Outline) -> io::Result<()> {
    let enums = outline.schemas.iter().flat_map(|(schema, space)| {
        space.enums.iter().map(move |(name, found)| format!("{}: {}", code(&format!("{schema}.{name}")), escaped(&found.labels.join(", "))))
    });
    let routines =
        outline.schemas.iter().flat_map(|(schema, space)| space.routines.iter().map(move |routine| code(&format!("{schema}.{routine}"))));
    for (id, title, items) in [("enums", "Enums", enums.collect::<Vec<_>>()), ("functions", "Functions", routines.collect())] {
        if !items.is_empty() {
            writeln!(out, "<section id=\"{id}\">\n<h2>{title}</h2>\n<ul class=\"plain\">")?;
            for item in items {
                writeln!(out, "<li class=\"find\">{item}</li>")?;
            }
            writeln!(out, "</ul>\n</section>")?;
        }
    }
    Ok(())
}

fn list(out: &mut dyn Write, title: &str, items: impl Iterator<Item = String>) -> io::Result<()> {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "<h4>{title}</h4>\n<ul>")?;
    for item in items {
        writeln!(out, "<li>{item}</li>")?;
    }
    writeln!(out, "</ul>")
}

fn made_by(out: &mut dyn Write, story: &Story, origin: crate::catalog::Origin) -> io::Result<()> {
    let Some(chapter) = origin.migration.and_then(|index| story.chapters.get(index as usize)) else { return Ok(()) };
    let id = &chapter.judged.id;
    writeln!(out, "<p class=\"aside\">Made by <a href=\"#{}\">{}</a></p>", anchor('m', id), escaped(id))
}

fn names(names: &[Name]) -> String {
    names.iter().map(|name| &**name).collect::<Vec<_>>().join(", ")
}
