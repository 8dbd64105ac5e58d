//! Lines and columns of places, in the units that formats count columns in.
//!
//! A place in a file whose text nobody has is its first column.

use crate::diagnostic::Label;
use crate::engine::Outcome;
use crate::text::{Position, SourceFile, Span};

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Characters,
    /// UTF-16 code units.
    Utf16,
    /// Bytes of UTF-8; a byte order mark counts.
    Bytes,
}

/// Where a place begins, and where it ends: the position after its last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) start: Position,
    pub(super) end: Position,
}

/// The range of `label`.
pub(super) fn range(outcome: &Outcome, label: &Label, unit: Unit) -> Range {
    match outcome.sources.get(&label.path) {
        Some(source) => range_of(source, label.span, unit),
        None => Range { start: Position { line: 1, column: 1 }, end: Position { line: 1, column: 1 } },
    }
}

/// The same on the lines that people see: a line that holds no character of the place, such as the one after the last, is no line of it.
pub(super) fn visible_range(outcome: &Outcome, label: &Label, unit: Unit) -> Range {
    let Some(source) = outcome.sources.get(&label.path) else { return range(outcome, label, unit) };
    let kept = source.text()[label.span].trim_end_matches(['\n', '\r']).len() as u32;
    range_of(source, Span::new(label.span.start, label.span.start + kept), unit)
}

/// The range of `span` in `source`.
pub(super) fn range_of(source: &SourceFile, span: Span, unit: Unit) -> Range {
    let position = |offset: u32| match unit {
        Unit::Characters => source.position(offset),
        Unit::Utf16 => source.lines().position_utf16(source.text(), offset),
        Unit::Bytes => {
            let line = source.lines().line_of(offset);
            Position { line: line as u32 + 1, column: offset - source.lines().line(source.text(), line).start + 1 }
        }
    };
    Range { start: position(span.start), end: position(span.end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_counts_its_own() {
        let text = "a\nx𐐀é!\n";
        let source = SourceFile::new("a.sql", text);
        let at = text.find('!').expect("it is there") as u32;
        let column = |unit| range_of(&source, Span::empty(at), unit).start.column;
        assert_eq!((column(Unit::Characters), column(Unit::Utf16), column(Unit::Bytes)), (4, 5, 8));
    }
}
