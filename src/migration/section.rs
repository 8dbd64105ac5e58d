//! The SQL of one direction of a migration: which bytes of which file, and in what transaction they run.
//!
//! A section that is not one piece of its file (a commented down migration, several blocks of one direction) is read from a copy of the text
//! in which everything else is blank, byte for byte. Invariant: a span of a section's script is right in the file itself.

use std::sync::Arc;

use crate::syntax::Script;
use crate::text::{SourceFile, Span};

/// The SQL of one direction of a migration.
#[derive(Debug, Clone)]
pub struct Section {
    /// The file that holds it.
    pub source: SourceFile,
    /// The bytes of it that are SQL, in order; none if there is nothing to run.
    pub spans: Vec<Span>,
    /// How it is written.
    pub origin: Origin,
    /// Who opens the transaction.
    pub transaction: Transaction,
}

/// How a section's SQL is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// As statements.
    Statements,
    /// In comments, to be uncommented by whoever runs it.
    Comments,
}

/// Who opens the transaction that a section runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transaction {
    /// The tool opens one around the whole section.
    Tool,
    /// The tool opens one around the whole section, unless a statement in it can't run in one.
    ToolWherePossible,
    /// Nobody, but the whole section is sent as one message: more than one statement in it is one implicit transaction, which a `BEGIN` or
    /// `COMMIT` of the section divides (PostgreSQL 15, 55.2.2.1 “Multiple Statements in a Simple Query”).
    Message,
    /// Nobody but the section itself: without a `BEGIN` of its own every statement is committed by itself.
    File,
}

/// A section that has been read.
#[derive(Debug, Clone)]
pub struct Sql {
    /// The text that the script's spans index; as long as the file, and equal to it wherever the section has SQL.
    pub text: Arc<str>,
    /// Its statements.
    pub script: Script,
}

impl Section {
    /// The whole of `source`, as statements.
    pub fn whole(source: SourceFile, transaction: Transaction) -> Self {
        let spans = vec![all(source.text())];
        Self { source, spans, origin: Origin::Statements, transaction }
    }

    /// From its first byte to its last; the empty place at the start of the file if there is none.
    pub fn span(&self) -> Span {
        match (self.spans.first(), self.spans.last()) {
            (Some(&first), Some(&last)) => first.to(last),
            _ => Span::empty(0),
        }
    }

    /// Reads it. Nothing is kept: whoever needs it twice keeps it.
    pub fn parse(&self) -> Sql {
        let text = match (self.origin, self.spans.as_slice()) {
            (Origin::Statements, [_]) => self.source.shared_text(),
            _ => only(self.source.text(), &self.spans).into(),
        };
        let script = Script::parse(&text, self.span());
        Sql { text, script }
    }
}

/// All of `text`.
pub(super) fn all(text: &str) -> Span {
    Span::new(0, text.len() as u32)
}

/// A copy of `text` in which everything outside `spans`, which are in order, is blank; line ends stay.
pub(super) fn only(text: &str, spans: &[Span]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for &span in spans {
        blank(&mut out, &text[Span::new(at, span.start)]);
        out.push_str(&text[span]);
        at = span.end;
    }
    blank(&mut out, &text[at as usize..]);
    out
}

fn blank(out: &mut String, gap: &str) {
    out.extend(gap.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { byte as char } else { ' ' }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blanked_copy_keeps_every_offset_and_every_line() {
        let text = "-- é DROP\r\n-- TABLE x";
        let drop = text.find("DROP").expect("is there") as u32;
        let copy = only(text, &[Span::new(drop, drop + 4), Span::new(drop + 8, text.len() as u32)]);
        assert_eq!(copy, "      DROP\r\n   TABLE x");
        assert_eq!(copy.len(), text.len());
    }

    #[test]
    fn a_section_of_several_pieces_is_read_as_one_script_with_true_spans() {
        let text = "BEGIN; junk ( COMMIT;";
        let spans = vec![Span::new(0, 6), Span::new(14, 21)];
        let section = Section { source: SourceFile::new("a.sql", text), spans, origin: Origin::Statements, transaction: Transaction::File };
        let sql = section.parse();
        let statements: Vec<&str> = sql.script.statements.iter().map(|statement| &text[statement.span]).collect();
        assert_eq!(statements, ["BEGIN", "COMMIT"]);
    }
}
