//! Where lines begin, and the three ways to count a column.
//!
//! A column is worked out in the same time wherever it is: a line may be as long as a file. The byte order mark that opens a file has no
//! column, since no editor shows it.
//!
//! A line ends at `\n`, `\r\n` or a lone `\r`: PostgreSQL ends a `--` comment at either byte (PostgreSQL 15, 4.1.5), and editors agree.

use super::Span;

/// A line and a column, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column from 1, in the unit that the caller asked for.
    pub column: u32,
}

/// The byte offsets at which lines begin, and how many characters stand before every so many bytes.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// What stands before each block; none for ASCII, where bytes and characters are one.
    blocks: Vec<Counts>,
}

/// How many of each unit a stretch of text has.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    characters: u32,
    utf16: u32,
}

/// Bytes in a block.
const BLOCK: usize = 1 << 12;
const BYTE_ORDER_MARK: char = '\u{feff}';

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
        Self { starts, blocks: if text.is_ascii() { Vec::new() } else { blocks(bytes) } }
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
        self.place(text, offset, |counts| counts.characters)
    }

    /// Line and column in UTF-16 code units of byte `offset`.
    pub fn position_utf16(&self, text: &str, offset: u32) -> Position {
        self.place(text, offset, |counts| counts.utf16)
    }

    fn place(&self, text: &str, offset: u32, unit: impl Fn(Counts) -> u32) -> Position {
        let offset = floor_char_boundary(text, offset);
        let line = self.line_of(offset);
        let before = |at: u32| unit(self.before(text, at));
        let unseen = u32::from(line == 0 && offset > 0 && text.starts_with(BYTE_ORDER_MARK));
        Position { line: line as u32 + 1, column: before(offset) - before(self.starts[line]) - unseen + 1 }
    }

    /// What stands before byte `at`.
    fn before(&self, text: &str, at: u32) -> Counts {
        let block = at as usize / BLOCK;
        match self.blocks.get(block) {
            Some(&counts) => counts.and(&text.as_bytes()[block * BLOCK..at as usize]),
            None => Counts { characters: at, utf16: at },
        }
    }
}

impl Counts {
    /// These and those of `bytes`, which may begin and end inside a character: its first byte stands for it.
    fn and(self, bytes: &[u8]) -> Counts {
        let characters = bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count() as u32;
        let in_pairs = bytes.iter().filter(|&&byte| byte >= 0b1111_0000).count() as u32;
        Counts { characters: self.characters + characters, utf16: self.utf16 + characters + in_pairs }
    }
}

/// What stands before each block of `bytes`, and before the end where that begins another.
fn blocks(bytes: &[u8]) -> Vec<Counts> {
    let mut blocks = vec![Counts::default()];
    let mut before = Counts::default();
    for block in bytes.chunks(BLOCK) {
        before = before.and(block);
        blocks.push(before);
    }
    blocks
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
    fn columns_of_a_long_line_are_those_of_counting() {
        let text = format!("x\n{}z", "é𝄞abc".repeat(BLOCK));
        let index = LineIndex::new(&text);
        for (at, _) in text.char_indices().step_by(997).chain([(text.len(), 'z')]).filter(|&(at, _)| at >= 2) {
            let before = &text[2..at];
            assert_eq!(index.position(&text, at as u32).column as usize, before.chars().count() + 1);
            assert_eq!(index.position_utf16(&text, at as u32).column as usize, before.encode_utf16().count() + 1);
        }
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        let text = "\u{feff}ab\nc";
        let index = LineIndex::new(text);
        let columns: Vec<u32> = [0, 3, 4, 6].map(|at| index.position(text, at).column).to_vec();
        assert_eq!(columns, [1, 1, 2, 1]);
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        let text = "ab";
        assert_eq!(LineIndex::new(text).position(text, 99), Position { line: 1, column: 3 });
    }
}
