//! The README of a migrations directory: which migrations it lists, and what it says of each.
//!
//! An entry is a heading that is a file's name and nothing else, with a list of fields below it:
//!
//! ```markdown
//! ### 001_create_people.sql
//! - **Location**: `ctb/data/migrations/001_create_people.sql`
//! - **Status**: Draft
//! ```
//!
//! The Markdown is read by a parser for it, so that a heading in a block of code is none. Spans are of the README's bytes.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text::Span;

use super::schema_list::SchemaList;

/// What a README lists.
#[derive(Debug, Default)]
pub(super) struct Readme {
    /// In the order in which they stand there.
    pub(super) entries: Vec<Entry>,
    /// The heading under which entries stand, or might: the last that speaks of migrations.
    pub(super) heading: Option<Span>,
}

/// What it says of one migration.
#[derive(Debug)]
pub(super) struct Entry {
    /// The file's name, as it is written.
    pub(super) file: String,
    /// The name in the heading.
    pub(super) name: Span,
    /// From the heading to the last line that belongs to it.
    pub(super) span: Span,
    /// `- **Location**: …`, in order.
    pub(super) fields: Vec<EntryField>,
    /// The schemas that `- **Schema**: …` lists, if it can be read.
    pub(super) schemas: Option<Vec<String>>,
}

/// A line of an entry.
#[derive(Debug)]
pub(super) struct EntryField {
    /// As it is written, without marks.
    pub(super) name: String,
    /// What stands behind the colon, without marks.
    pub(super) text: String,
    /// The line, without white space at its ends.
    pub(super) span: Span,
}

impl Entry {
    /// The field called `name`.
    pub(super) fn field(&self, name: &str) -> Option<&EntryField> {
        self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }
}

impl Readme {
    /// Reads the README's text.
    pub(super) fn read(text: &str) -> Readme {
        let mut readme = Readme::default();
        let mut open: Option<usize> = None;
        let mut said = String::new();
        let (mut heading, mut item): (Option<Range<usize>>, Option<Range<usize>>) = (None, None);
        for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { .. }) => {
                    said.clear();
                    heading = Some(range);
                }
                Event::End(TagEnd::Heading(_)) => {
                    let Some(range) = heading.take() else { continue };
                    open = None;
                    let name = said.trim();
                    if name.to_lowercase().ends_with(".sql") && !name.contains(char::is_whitespace) {
                        let at = text[range.clone()].find(name).unwrap_or(0) + range.start;
                        let name_span = Span::new(at as u32, (at + name.len()) as u32);
                        let span = trimmed(text, &range);
                        open = Some(readme.entries.len());
                        readme.entries.push(Entry { file: name.to_owned(), name: name_span, span, fields: Vec::new(), schemas: None });
                    } else if name.to_lowercase().contains("existing migrations") || (name.eq_ignore_ascii_case("migrations")) {
                        readme.heading = Some(trimmed(text, &range));
                    }
                }
                Event::Start(Tag::Item) => {
                    said.clear();
                    item = Some(range);
                }
                Event::End(TagEnd::Item) => {
                    let (Some(range), Some(entry)) = (item.take(), open.and_then(|at| readme.entries.get_mut(at))) else { continue };
                    let span = trimmed(text, &range);
                    entry.span = Span::new(entry.span.start, span.end);
                    if let Some((name, value)) = said.split_once(':') {
                        entry.fields.push(EntryField { name: name.trim().to_owned(), text: value.trim().to_owned(), span });
                    }
                }
                Event::End(TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::Table) if item.is_none() => {
                    if let Some(entry) = open.and_then(|at| readme.entries.get_mut(at)) {
                        entry.span = Span::new(entry.span.start, trimmed(text, &range).end);
                    }
                }
                Event::Text(words) | Event::Code(words) => said.push_str(&words),
                Event::SoftBreak | Event::HardBreak => said.push(' '),
                _ => {}
            }
        }
        for entry in &mut readme.entries {
            entry.schemas = entry.field("Schema").and_then(|field| match SchemaList::read(&field.text) {
                SchemaList::Schemas(schemas) => Some(schemas),
                _ => None,
            });
        }
        readme
    }
}

fn trimmed(text: &str, range: &Range<usize>) -> Span {
    let content = &text[range.clone()];
    let start = range.start + (content.len() - content.trim_start().len());
    Span::new(start as u32, (start + content.trim().len()) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_headings_with_fields() {
        let text = "# Migrations\n\n```\n### 000_x.sql\n```\n\n## Existing Migrations\n\n### `001_a.sql`\n- **Location**: `m/001_a.sql`\n- Status: Draft,\n  or so\n\nMore.\n\n### Notes on 002_b.sql\n";
        let readme = Readme::read(text);
        let [entry] = readme.entries.as_slice() else { panic!("{readme:?}") };
        assert_eq!((entry.file.as_str(), &text[entry.name]), ("001_a.sql", "001_a.sql"));
        assert_eq!(entry.field("location").map(|field| field.text.as_str()), Some("m/001_a.sql"));
        assert_eq!(
            entry.field("Status").map(|field| (field.text.as_str(), &text[field.span])),
            Some(("Draft, or so", "- Status: Draft,\n  or so"))
        );
        assert!(text[entry.span].ends_with("More."), "{}", &text[entry.span]);
        assert_eq!(readme.heading.map(|span| &text[span]), Some("## Existing Migrations"));
    }
}
