//! Lines and columns as editors count them: from 0, columns in the units of the encoding that client and server agree on.
//!
//! What lies outside of the text is brought to its nearest end: a client that is wrong about a place must not take the server down.

use lsp_types::{Position, PositionEncodingKind, Range};

use crate::text::{LineIndex, SourceFile, Span};

const BYTE_ORDER_MARK: char = '\u{feff}';

/// The unit of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    /// The one to agree on, of those that the client offers: bytes are what this server counts in itself. Every client knows UTF-16.
    pub(super) fn agreed(offered: Option<&[PositionEncodingKind]>) -> Self {
        let offers = |kind: PositionEncodingKind| offered.is_some_and(|offered| offered.contains(&kind));
        match (offers(PositionEncodingKind::UTF8), offers(PositionEncodingKind::UTF32), offers(PositionEncodingKind::UTF16)) {
            (true, _, _) => Encoding::Utf8,
            (_, true, false) => Encoding::Utf32,
            _ => Encoding::Utf16,
        }
    }

    /// Its name in the protocol.
    pub(super) const fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// Where byte `offset` is.
    pub(super) fn position(self, source: &SourceFile, offset: u32) -> Position {
        let (lines, text) = (source.lines(), source.text());
        let place = match self {
            Encoding::Utf16 => lines.position_utf16(text, offset),
            Encoding::Utf8 | Encoding::Utf32 => lines.position(text, offset),
        };
        let line = place.line - 1;
        let character = match self {
            Encoding::Utf8 => offset.min(text.len() as u32).saturating_sub(line_start(lines, text, line)),
            Encoding::Utf16 | Encoding::Utf32 => place.column - 1,
        };
        Position { line, character }
    }

    /// Where the bytes of `span` are.
    pub(super) fn range(self, source: &SourceFile, span: Span) -> Range {
        Range { start: self.position(source, span.start), end: self.position(source, span.end) }
    }

    /// The byte at a position: that of the line's end behind it, that of the text's end below it.
    pub(super) fn offset(self, source: &SourceFile, position: Position) -> u32 {
        let (lines, text) = (source.lines(), source.text());
        if position.line as usize >= lines.len() {
            return text.len() as u32;
        }
        self.offset_behind(source, line_start(lines, text, position.line), position)
    }

    /// The byte at a position, on its line behind byte `start`.
    fn offset_behind(self, source: &SourceFile, start: u32, position: Position) -> u32 {
        let (lines, text) = (source.lines(), source.text());
        let end = lines.line(text, position.line as usize).end.max(start);
        let mut left = position.character;
        let mut at = start;
        for c in text[Span::new(start, end)].chars() {
            let units = match self {
                Encoding::Utf8 => c.len_utf8(),
                Encoding::Utf16 => c.len_utf16(),
                Encoding::Utf32 => 1,
            } as u32;
            if left < units {
                break;
            }
            left -= units;
            at += c.len_utf8() as u32;
        }
        at
    }

    /// The bytes of a range, whichever of its ends comes first.
    pub(super) fn span(self, source: &SourceFile, range: Range) -> Span {
        let (start, end) = (self.offset(source, range.start), self.offset(source, range.end));
        Span::new(start.min(end), start.max(end))
    }
}

/// Positions in a text as a client sends it: there a byte order mark is a character as any other, and no part of a file that nobody sees.
impl Encoding {
    /// The bytes of a range, whichever of its ends comes first.
    pub(super) fn span_as_sent(self, source: &SourceFile, range: Range) -> Span {
        let offset = |position: Position| match position.line as usize {
            line if line >= source.lines().len() => source.text().len() as u32,
            line => self.offset_behind(source, source.lines().line(source.text(), line).start, position),
        };
        let (start, end) = (offset(range.start), offset(range.end));
        Span::new(start.min(end), start.max(end))
    }
}

/// The first byte of a line that has a column.
fn line_start(lines: &LineIndex, text: &str, line: u32) -> u32 {
    let start = lines.line(text, line as usize).start;
    let unseen = if line == 0 && text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    start + unseen as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_count_the_units_that_were_agreed_on() {
        let source = SourceFile::new("a", "x\r\né𝄞z");
        let z = source.text().find('z').expect("z is there") as u32;
        assert_eq!(ALL.map(|encoding| encoding.position(&source, z)), [at(1, 6), at(1, 3), at(1, 2)]);
        assert_eq!([(at(1, 6), ALL[0]), (at(1, 3), ALL[1]), (at(1, 2), ALL[2])].map(|(place, one)| one.offset(&source, place)), [z; 3]);
    }

    #[test]
    fn every_byte_comes_back_from_its_position() {
        for text in ["", "a", "\u{feff}ab\nc𝄞d\r\n\r\ne", "é\n"] {
            let source = SourceFile::new("a", text);
            for (offset, c) in text.char_indices().filter(|(_, c)| !matches!(c, '\u{feff}' | '\n')).chain([(text.len(), 'x')]) {
                for encoding in ALL {
                    let position = encoding.position(&source, offset as u32);
                    assert_eq!(encoding.offset(&source, position), offset as u32, "{text:?} {offset} {c:?} {encoding:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_outside_is_brought_to_the_nearest_end() {
        let source = SourceFile::new("a", "ab\n𝄞");
        for encoding in ALL {
            assert_eq!(encoding.offset(&source, at(0, 99)), 2);
            assert_eq!(encoding.offset(&source, at(99, 0)), 7);
            assert_eq!(encoding.span(&source, Range { start: at(9, 9), end: at(0, 1) }), Span::new(1, 7));
        }
        // Half of a pair is its beginning.
        assert_eq!(Encoding::Utf16.offset(&source, at(1, 1)), 3);
    }

    #[test]
    fn bytes_come_first_then_what_the_client_offers_alone() {
        use PositionEncodingKind as Kind;
        assert_eq!(Encoding::agreed(None), Encoding::Utf16);
        assert_eq!(Encoding::agreed(Some(&[Kind::UTF16, Kind::UTF8])), Encoding::Utf8);
        assert_eq!(Encoding::agreed(Some(&[Kind::UTF32])), Encoding::Utf32);
        assert_eq!(Encoding::agreed(Some(&[Kind::UTF32, Kind::UTF16])), Encoding::Utf16);
    }
}
