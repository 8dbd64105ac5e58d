//! The SQL of one direction of a migration: which bytes of which file, and in what transaction they run.
//!
//! A section that is not one piece of its file (a commented down migration, several blocks of one direction) is read from a copy of the text
//! in which everything else is blank, byte for byte. Invariant: a span of a section's script is right in the file itself.

use std::sync::Arc;

use super::brackets::Spelling;
use super::reading::{Fault, Reading, Refusal};
use crate::syntax::Script;
use crate::syntax::lexer::Token;
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
    /// What its tool makes of its file, where the tool reads that line by line.
    pub reading: Option<Arc<Reading>>,
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
    /// Nobody but the section itself: without a `BEGIN` of its own every message is committed by itself, which is every statement where
    /// [`Section::reading`] says nothing else.
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

/// A section in comments as it reads to whoever runs it: uncommented.
#[derive(Debug, Clone)]
pub struct Uncommented {
    /// What is run.
    pub sql: Sql,
    /// Where each piece of it begins, and where that stands in the file; in order.
    pieces: Vec<(u32, u32)>,
}

impl Uncommented {
    /// Where `span` of what is run stands in the file.
    pub fn in_file(&self, span: Span) -> Span {
        let place = |at: u32| {
            let piece = self.pieces.partition_point(|(start, _)| *start <= at).checked_sub(1).map(|piece| self.pieces[piece]);
            piece.map_or(at, |(start, in_file)| in_file + (at - start))
        };
        Span::new(place(span.start), place(span.end).max(place(span.start)))
    }
}

impl Section {
    /// What is run of a section in comments, where that is not what the file has but for blanks: in a text over several lines, such as the body
    /// of a function, the marks of its lines are no part of it.
    pub fn uncommented(&self, sql: &Sql) -> Option<Uncommented> {
        let goes_on = |token: &Token| token.span.len() > 2 && self.source.text()[token.span].contains('\n');
        if self.origin != Origin::Comments || !sql.script.tokens.iter().any(goes_on) {
            return None;
        }
        let file = self.source.text();
        let mut text = String::new();
        let mut pieces = Vec::with_capacity(self.spans.len());
        let mut end = None;
        for span in &self.spans {
            if let Some(end) = end {
                text.push(if file[Span::new(end, span.start)].contains('\n') { '\n' } else { ' ' });
            }
            let begins_line = file[..span.start as usize].ends_with("--") && file[*span].starts_with(' ');
            let start = span.start + u32::from(begins_line);
            pieces.push((text.len() as u32, start));
            text.push_str(&file[Span::new(start, span.end)]);
            end = Some(span.end);
        }
        let script = Script::parse(&text, all(&text));
        Some(Uncommented { sql: Sql { text: text.into(), script }, pieces })
    }

    /// The whole of `source`, as statements.
    pub fn whole(source: SourceFile, transaction: Transaction) -> Self {
        let spans = vec![all(source.text())];
        Self { source, spans, origin: Origin::Statements, transaction, reading: None }
    }

    /// From its first byte to its last; the empty place at the start of the file if there is none.
    pub fn span(&self) -> Span {
        match (self.spans.first(), self.spans.last()) {
            (Some(&first), Some(&last)) => first.to(last),
            _ => Span::empty(0),
        }
    }

    /// What it is read from: as long as its file, and equal to it wherever the section has SQL.
    pub fn text(&self) -> Arc<str> {
        match (self.origin, self.spans.as_slice()) {
            (Origin::Statements, [_]) => self.source.shared_text(),
            _ => only(self.source.text(), &self.spans).into(),
        }
    }

    /// For each statement of `sql`, which is what it says, the message that it is sent in together with others, if it is.
    pub fn shared_messages(&self, sql: &Sql) -> Vec<Option<u32>> {
        self.reading.as_ref().map(|reading| reading.shared(&sql.script)).unwrap_or_default()
    }

    /// Why its tool does not send it as it is written.
    pub fn refusal(&self) -> Option<Refusal> {
        let refusal = self.reading.as_ref()?.refusal?;
        // goose looks for the end of a statement only in what it is to run.
        let is_other = refusal.fault == Fault::Unfinished && self.is_lenient() && !self.span().encloses(refusal.span);
        (!is_other).then_some(refusal)
    }

    fn is_lenient(&self) -> bool {
        self.reading.as_ref().is_some_and(|reading| reading.brackets.spelling == Spelling::Free)
    }

    /// Reads it. Nothing is kept: whoever needs it twice keeps it.
    pub fn parse(&self) -> Sql {
        let text = self.text();
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
    fn the_marks_of_comments_are_no_part_of_a_body() {
        let text = "-- SELECT 'a\n--   b';\n--SELECT 2;\n";
        let spans = vec![Span::new(2, 12), Span::new(15, 21), Span::new(24, 33)];
        let section = Section {
            source: SourceFile::new("a.sql", text),
            spans,
            origin: Origin::Comments,
            transaction: Transaction::File,
            reading: None,
        };
        let uncommented = section.uncommented(&section.parse()).expect("a text over two lines");
        assert_eq!(&*uncommented.sql.text, "SELECT 'a\n  b';\nSELECT 2;");
        let second = uncommented.sql.script.statements[1].span;
        assert_eq!(&text[uncommented.in_file(second)], "SELECT 2");
    }

    #[test]
    fn a_section_of_several_pieces_is_read_as_one_script_with_true_spans() {
        let text = "BEGIN; junk ( COMMIT;";
        let spans = vec![Span::new(0, 6), Span::new(14, 21)];
        let section = Section {
            source: SourceFile::new("a.sql", text),
            spans,
            origin: Origin::Statements,
            transaction: Transaction::File,
            reading: None,
        };
        let sql = section.parse();
        let statements: Vec<&str> = sql.script.statements.iter().map(|statement| &text[statement.span]).collect();
        assert_eq!(statements, ["BEGIN", "COMMIT"]);
    }
}
