//! The header: what a migration says of itself in comments, field by field.
//!
//! ```sql
//! -- ====================================================
//! -- Migration: 001_create_people
//! -- Purpose:
//! --   One sentence, which may go on
//! --   over lines that are indented deeper than the field's name.
//! -- ====================================================
//! ```
//!
//! A field is a line of a comment between statements that is one of the given names, or an alias, and a colon; the rest of the line is its
//! value. Case does not matter, nor do banners, box characters, the margin of a `/* … */`, or what bullets stand before the name. Fields are
//! reported wherever they stand, those that stand too late included, since a header below the first statement is a common mistake.

use crate::syntax::Script;
use crate::text::Span;

use super::comment::{Run, plain, runs};

/// A name that a field of the header may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldName {
    /// The name, as messages write it.
    pub name: String,
    /// Other names for the same field.
    pub aliases: Vec<String>,
}

/// What stands in the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// In the order of the file; a field that stands there twice is here twice.
    pub fields: Vec<Field>,
    /// From the first comment before the first statement to the last; `None` if there is none.
    pub block: Option<Span>,
}

/// A field of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Which of the names it is, as an index into them.
    pub field: usize,
    /// The name as it is written.
    pub name: Span,
    /// The value, from its first character to its last; empty, after the colon, if there is none.
    pub value: Span,
    /// The value's lines, without marks and margins, joined by single spaces.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// Where a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before the first statement.
    Header,
    /// After a statement.
    Below,
}

impl Header {
    /// Reads the header of `text`, of which `script` is the script.
    pub fn read(text: &str, script: &Script, names: &[FieldName]) -> Header {
        let runs = runs(text, &script.tokens, &script.comments);
        let fields = runs.iter().flat_map(|run| fields(text, run, names)).collect();
        let first = script.tokens.first().map_or(text.len() as u32, |token| token.span.start);
        let mut before = script.comments.iter().map(|comment| comment.span).take_while(|span| span.end <= first);
        let block = before.next().map(|span| before.last().map_or(span, |last| span.to(last)));
        Header { fields, block }
    }

    /// The fields called `names[field]` that stand in the header.
    pub fn of(&self, field: usize) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(move |found| found.field == field && found.place == Place::Header)
    }
}

fn fields(text: &str, run: &Run, names: &[FieldName]) -> Vec<Field> {
    let place = if run.tokens_before == 0 { Place::Header } else { Place::Below };
    let mut fields = Vec::new();
    for (at, &line) in run.lines.iter().enumerate() {
        let Some((field, name)) = name_of(text, line, names) else { continue };
        let rest = trimmed(text, Span::new(name.end, plain(text, line).end.max(name.end)), [':', '：']);
        let further = run.lines[at + 1..]
            .iter()
            .take_while(|&&next| goes_on(text, line, next) && name_of(text, next, names).is_none())
            .map(|&next| plain(text, next));
        let lines: Vec<Span> = std::iter::once(rest).chain(further).filter(|span| !span.is_empty()).collect();
        let value = match (lines.first(), lines.last()) {
            (Some(&first), Some(&last)) => first.to(last),
            _ => Span::empty(rest.end),
        };
        let words: Vec<&str> = lines.iter().map(|&span| &text[span]).collect();
        fields.push(Field { field, name, value, text: words.join(" "), place });
    }
    fields
}

/// The field whose name and colon `line` begins with.
fn name_of(text: &str, line: Span, names: &[FieldName]) -> Option<(usize, Span)> {
    let span = plain(text, line);
    let content = &text[span];
    let colon = content.find([':', '：'])?;
    let written = content[..colon].trim_end_matches(|c: char| !c.is_alphanumeric());
    let same = |name: &String| name.to_lowercase() == written.to_lowercase();
    let field = names.iter().position(|field| same(&field.name) || field.aliases.iter().any(same))?;
    Some((field, Span::new(span.start, span.start + written.len() as u32)))
}

/// Whether `next` belongs to the value of the field on `line`: it says something, and is indented deeper.
fn goes_on(text: &str, line: Span, next: Span) -> bool {
    !plain(text, next).is_empty() && indent(text, next) > indent(text, line)
}

/// How many characters of margin stand before what a line says; a bullet is part of what it says.
fn indent(text: &str, line: Span) -> usize {
    text[line].chars().take_while(|c| c.is_whitespace() || matches!(c, '│' | '║' | '|')).count()
}

/// `span` without white space, and without `marks` and what surrounds them at its beginning.
fn trimmed<const N: usize>(text: &str, span: Span, marks: [char; N]) -> Span {
    let content = &text[span];
    let rest = content.trim_start_matches(|c: char| c.is_whitespace() || c == '*' || marks.contains(&c));
    let start = span.end - rest.len() as u32;
    Span::new(start, start + rest.trim_end().len() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::section::all;

    fn names() -> Vec<FieldName> {
        let field =
            |name: &str, aliases: &[&str]| FieldName { name: name.into(), aliases: aliases.iter().map(|&alias| alias.into()).collect() };
        vec![
            field("Migration", &[]),
            field("Created", &["Date"]),
            field("Barton Doctrine", &[]),
            field("Schemas", &[]),
            field("Purpose", &[]),
        ]
    }

    /// Each field as its name, its written name, its value and its place.
    fn read(text: &str) -> Vec<(String, String, String, Place)> {
        let header = Header::read(text, &Script::parse(text, all(text)), &names());
        let told = |field: &Field| (names()[field.field].name.clone(), text[field.name].to_owned(), field.text.clone(), field.place);
        header.fields.iter().map(told).collect()
    }

    fn field(name: &str, written: &str, value: &str) -> (String, String, String, Place) {
        (name.into(), written.into(), value.into(), Place::Header)
    }

    #[test]
    fn the_template_is_read_in_order() {
        let text = "-- Migration: 001_a\n-- Created: 2025-01-02\n-- Barton Doctrine: Compliant\n-- Schemas: marketing, public\n-- Purpose: Brief\n\nBEGIN;";
        assert_eq!(
            read(text),
            [
                field("Migration", "Migration", "001_a"),
                field("Created", "Created", "2025-01-02"),
                field("Barton Doctrine", "Barton Doctrine", "Compliant"),
                field("Schemas", "Schemas", "marketing, public"),
                field("Purpose", "Purpose", "Brief"),
            ]
        );
    }

    #[test]
    fn banners_boxes_blocks_and_aliases_are_read() {
        assert_eq!(read("-- ═════\n-- DATE:   2025-01-02\n-- ═════\n"), [field("Created", "DATE", "2025-01-02")]);
        assert_eq!(read("-- ┌────┐\n-- │ Purpose: Größe │\n-- └────┘"), [field("Purpose", "Purpose", "Größe")]);
        assert_eq!(
            read("/**\n * Purpose: a\n * **Schemas**: b\n */"),
            [field("Purpose", "Purpose", "a"), field("Schemas", "Schemas", "b")]
        );
        assert_eq!(read("/* Purpose: a\n   Schemas: b */"), [field("Purpose", "Purpose", "a"), field("Schemas", "Schemas", "b")]);
        assert_eq!(read("-- 📁 Purpose : a — b"), [field("Purpose", "Purpose", "a — b")]);
    }

    #[test]
    fn a_value_goes_on_over_lines_that_are_indented_deeper() {
        let text = "-- PURPOSE:\n--   Store facts\n--   - and more.\n--\n--   Not this.\n-- Date: today\n";
        assert_eq!(read(text), [field("Purpose", "PURPOSE", "Store facts and more."), field("Created", "Date", "today")]);
        let text = "-- Purpose: One\n--          two\n-- three\n";
        assert_eq!(read(text), [field("Purpose", "Purpose", "One two")]);
    }

    #[test]
    fn duplicates_stay_and_the_place_is_told() {
        let text = "-- Purpose: a\n-- Purpose: b\nSELECT 1;\n-- Purpose: c\n";
        let places: Vec<(String, Place)> = read(text).into_iter().map(|(_, _, value, place)| (value, place)).collect();
        assert_eq!(places, [("a".into(), Place::Header), ("b".into(), Place::Header), ("c".into(), Place::Below)]);
    }

    #[test]
    fn a_comment_inside_a_statement_and_a_longer_name_are_no_fields() {
        assert_eq!(read("SELECT 1 -- Purpose: a\n, 2;"), []);
        assert_eq!(read("-- Date formats: a\n-- The Purpose: b\n-- Purpose of it: c"), []);
    }

    #[test]
    fn spans_lead_to_name_value_and_block() {
        let text = "\u{feff}-- ===\n-- Purpose: größer  \n-- ===\nBEGIN;";
        let header = Header::read(text, &Script::parse(text, all(text)), &names());
        assert_eq!((&text[header.fields[0].name], &text[header.fields[0].value]), ("Purpose", "größer"));
        assert_eq!(header.block.map(|span| &text[span]), Some("-- ===\n-- Purpose: größer  \n-- ==="));
        assert_eq!(header.of(4).count(), 1);
    }

    #[test]
    fn an_empty_value_is_an_empty_span_after_the_colon() {
        let text = "-- Purpose:\n";
        let header = Header::read(text, &Script::parse(text, all(text)), &names());
        assert_eq!((header.fields[0].value, header.fields[0].text.as_str()), (Span::empty(11), ""));
    }
}
