//! The text of a new migration of the house: its own template, or the configured one, filled in.
//!
//! In a configured template the words of the house's first one stand for what is to be filled in: `NNN_description`, `YYYY-MM-DD`,
//! `Brief description`, and `example_table` in its schema. What nobody can know stays for its author, and `require-header` asks for it.

use crate::config::HeaderField;
use crate::migration::Layout;
use crate::migration::layout::named;
use crate::migration::up_headings;
use crate::syntax::Script;
use crate::text::{Edit, SourceFile, Span, apply};

/// The function that keeps `updated_at`, as the house calls it.
pub(super) const FUNCTION: &str = "update_updated_at_column";

/// What goes into a template.
pub(super) struct Filling<'a> {
    /// The file's name without its ending.
    pub(super) id: &'a str,
    /// As `2026-11-22`.
    pub(super) day: &'a str,
    pub(super) schema: &'a str,
    pub(super) subject: Subject<'a>,
    /// One sentence without a full stop.
    pub(super) purpose: &'a str,
}

/// What the migration is about.
pub(super) enum Subject<'a> {
    /// It creates this table.
    Table(&'a str),
    /// It runs these statements, and those take it back.
    Statements(&'a [String], &'a [String]),
    Unknown,
}

/// `description` as a sentence begins.
pub(super) fn sentence(description: &str) -> String {
    let words = description.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The house's template; `function` is the schema of the trigger function, where the history has it already.
pub(super) fn of_house(fields: &[HeaderField], filling: &Filling<'_>, function: Option<&str>) -> String {
    let value = |field: &HeaderField| match &field.value {
        Some(value) => value.clone(),
        None if field.is_called("Migration") => filling.id.to_owned(),
        None if field.is_called("Created") => filling.day.to_owned(),
        None if field.is_called("Schemas") => filling.schema.to_owned(),
        None if field.is_called("Purpose") => filling.purpose.to_owned(),
        None => String::new(),
    };
    let header: String = fields.iter().map(|field| format!("-- {}: {}", field.name, value(field)).trim_end().to_owned() + "\n").collect();
    const HERE: &str = "-- Your DDL statements here\n";
    let (up, down) = match filling.subject {
        Subject::Table(table) => {
            let (up, down) = statements(filling.schema, table, function);
            (format!("{HERE}{up}"), down)
        }
        Subject::Statements(up, down) => (up.join("\n") + "\n", commented(down)),
        Subject::Unknown => (HERE.to_owned(), "-- Your statements here that take it back, the last one first\n".to_owned()),
    };
    let separator = if header.is_empty() { "" } else { "\n" };
    format!("{header}{separator}-- UP MIGRATION\nBEGIN;\n\n{up}\nCOMMIT;\n\n-- DOWN MIGRATION (for rollback reference)\n{down}")
}

/// Statements as lines of comments.
fn commented(statements: &[String]) -> String {
    statements.iter().flat_map(|statement| statement.lines()).map(|line| format!("-- {line}\n")).collect()
}

/// `text`, a new file of `layout` without statements, with `up` in its section that goes up and `down` in the one that takes it back, if it has
/// one.
pub(super) fn with_statements(layout: &dyn Layout, text: &str, up: &[String], down: &[String]) -> String {
    let split = layout.split(text);
    let behind = |spans: &[Span], statements: &[String]| {
        let span = spans.last()?;
        let end = span.start + text[*span].trim_end().len() as u32;
        let gap = if text[..end as usize].ends_with('\n') { "" } else { "\n" };
        let line_end = if text[end as usize..].starts_with('\n') { "" } else { "\n" };
        Some(Edit::insertion(end, format!("{gap}{}{line_end}", statements.join("\n"))))
    };
    let edits: Vec<Edit> = [behind(&split.up, up), split.down.and_then(|(spans, _)| behind(&spans, down))].into_iter().flatten().collect();
    let text = apply(text, &edits).unwrap_or_else(|_| text.to_owned());
    format!("{}\n", text.trim_end())
}

/// What creates a table, and, in comments, what takes it back.
fn statements(schema: &str, table: &str, function: Option<&str>) -> (String, String) {
    let home = function.unwrap_or(schema);
    let (create, drop) = match function {
        Some(_) => (String::new(), String::new()),
        None => (
            format!(
                "CREATE OR REPLACE FUNCTION {home}.{FUNCTION}() RETURNS TRIGGER\nLANGUAGE plpgsql\nAS $$\nBEGIN\n  NEW.updated_at := NOW();\n  RETURN NEW;\nEND;\n$$;\n\n"
            ),
            format!("-- DROP FUNCTION IF EXISTS {home}.{FUNCTION}();\n"),
        ),
    };
    let up = format!(
        "CREATE TABLE IF NOT EXISTS {schema}.{table} (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  barton_id VARCHAR(50) UNIQUE NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

-- Indexes: one for each foreign key; UNIQUE has indexed barton_id already

-- Triggers
{create}DROP TRIGGER IF EXISTS update_{table}_updated_at ON {schema}.{table};
CREATE TRIGGER update_{table}_updated_at
  BEFORE UPDATE ON {schema}.{table}
  FOR EACH ROW
  EXECUTE FUNCTION {home}.{FUNCTION}();
"
    );
    let down = format!(
        "-- DROP TRIGGER IF EXISTS update_{table}_updated_at ON {schema}.{table};\n-- DROP TABLE IF EXISTS {schema}.{table};\n{drop}"
    );
    (up, down)
}

/// The template of a file.
///
/// # Errors
/// It has no markers (`is_divided`: its layout divides files by them), or nothing to fill in.
pub(super) fn configured(source: &SourceFile, filling: &Filling<'_>, is_divided: bool) -> Result<String, String> {
    let (text, name) = (source.text(), source.path());
    if !text.contains("NNN_description") {
        return Err(format!("{name}: the template has no `NNN_description`, in whose place a migration's name would stand"));
    }
    if is_divided {
        let script = Script::parse(text, Span::new(0, text.len() as u32));
        let has_down = named("house").is_some_and(|house| house.split(text).marker.is_some());
        for (marker, is_there) in [("-- UP MIGRATION", !up_headings(text, &script).is_empty()), ("-- DOWN MIGRATION", has_down)] {
            if !is_there {
                return Err(format!("{name}: the template has no line `{marker}`, by which a migration is divided"));
            }
        }
    }
    let mut text = text
        .replace("NNN_description", filling.id)
        .replace("YYYY-MM-DD", filling.day)
        .replace("Brief description", filling.purpose)
        .replace("marketing, public, etc.", filling.schema);
    if let Subject::Table(table) = filling.subject {
        for name in ["idx_example", "update_example", "example_table"] {
            text = requalified(&text, name, filling.schema);
        }
        text = text.replace("example_table", table).replace("_example_", &format!("_{table}_"));
    }
    Ok(text)
}

/// `text` with `schema` before each `name` that has another one.
fn requalified(text: &str, name: &str, schema: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(&format!(".{name}")) {
        let before = rest[..at].trim_end_matches(|c: char| c.is_alphanumeric() || c == '_');
        out.push_str(before);
        out.push_str(schema);
        out.push_str(&rest[at..at + 1 + name.len()]);
        rest = &rest[at + 1 + name.len()..];
    }
    out + rest
}
