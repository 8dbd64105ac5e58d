//! Where lines begin, and the three ways to count a column.
//!
//! A line ends at `\n`, `\r\n` or a lone `\r`: PostgreSQL ends a `--` comment at either byte (manual 4.1.5), and editors agree.

use super::Span;

/// A line and a column, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column from 1, in the unit that the caller asked for.
    pub column: u32,
}

/// The byte offsets at which lines begin.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        let mut at = 0;
        while let Some(found) = bytes[at..].iter().position(|b| matches!(b, b'\n' | b'\r')) {
            at += found + 1;
            if bytes[at - 1] == b'\r' && bytes.get(at) == Some(&b'\n') {
                at += 1;
            }
            starts.push(at as u32);
        }
        Self { starts }
    }

    /// How many lines there are; a text that ends with a line end has an empty last one.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Never: even an empty text has one line.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The line, counted from 0, that holds byte `offset`.
    pub fn line_of(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// Line `line`, counted from 0, without its line end; the last line for any greater number.
    pub fn line(&self, text: &str, line: usize) -> Span {
        let line = line.min(self.starts.len() - 1);
        let start = self.starts[line];
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len() as u32);
        let kept = text[start as usize..end as usize].trim_end_matches(['\n', '\r']).len() as u32;
        Span::new(start, start + kept)
    }

    /// Line and column in characters of byte `offset`.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        self.place(text, offset, |before| before.chars().count())
    }

    /// Line and column in UTF-16 code units of byte `offset`.
    pub fn position_utf16(&self, text: &str, offset: u32) -> Position {
        self.place(text, offset, |before| before.encode_utf16().count())
    }

    fn place(&self, text: &str, offset: u32, width: impl Fn(&str) -> usize) -> Position {
        let offset = floor_char_boundary(text, offset);
        let line = self.line_of(offset);
        let before = &text[self.starts[line] as usize..offset as usize];
        Position { line: line as u32 + 1, column: width(before) as u32 + 1 }
    }
}

fn floor_char_boundary(text: &str, offset: u32) -> u32 {
    let mut at = (offset as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_ends_a_line_once() {
        let text = "a\nb\r\nc\rd";
        let index = LineIndex::new(text);
        let lines: Vec<&str> = (0..index.len()).map(|i| &text[index.line(text, i)]).collect();
        assert_eq!(lines, ["a", "b", "c", "d"]);
    }

    #[test]
    fn columns_count_characters_or_utf16_units() {
        let text = "x\né𝄞z";
        let index = LineIndex::new(text);
        let z = text.find('z').expect("z is there") as u32;
        assert_eq!(index.position(text, z), Position { line: 2, column: 3 });
        assert_eq!(index.position_utf16(text, z), Position { line: 2, column: 4 });
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        let text = "ab";
        assert_eq!(LineIndex::new(text).position(text, 99), Position { line: 1, column: 3 });
    }
}
