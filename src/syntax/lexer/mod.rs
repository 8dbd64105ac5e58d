//! The lexer: bytes to tokens, by the exact rules of PostgreSQL's scanner (PostgreSQL 15, 4.1; `scan.l`).
//!
//! It never fails: what can't be read is an [`TokenKind::Error`] token with a span. It copies nothing, and looks at each byte a bounded
//! number of times. Comments go to a list of their own, so that the grammar never sees one. On top of PostgreSQL's rules it knows what
//! stands in migration files beside SQL: psql `\` lines, rows after `COPY … FROM stdin`, and the placeholders of migration tools.
//!
//! Invariant: tokens and comments are in order, don't overlap, and between two of them stands only white space.

mod keyword;
mod keyword_list;
mod number;
mod psql;
mod string;
mod token;

use crate::text::Span;

pub use keyword::{Category, Keyword};
pub use psql::Rows;
pub use token::{Comment, CommentKind, LexError, Token, TokenKind};

/// What stands around the text that is lexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A migration file: psql commands, COPY data and placeholders of every kind are recognised.
    Script,
    /// The body of a function: PL/pgSQL and SQL, and of placeholders `${…}` and `{{…}}`, which mean nothing else anywhere.
    Body,
}

/// The tokens of one text, and its comments.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    /// In order; without an [`TokenKind::End`].
    pub tokens: Vec<Token>,
    /// In order.
    pub comments: Vec<Comment>,
    /// What the statements of a script read from it, in their order.
    pub rows: Vec<Rows>,
}

/// Reads the bytes of `range`; every span counts from the start of `text`.
pub fn lex(text: &str, range: Span, mode: Mode) -> Tokens {
    let expected = range.len() as usize / 6;
    let mut lexer = Lexer {
        text,
        bytes: &text.as_bytes()[..range.end as usize],
        at: range.start as usize,
        mode,
        out: Tokens { tokens: Vec::with_capacity(expected), comments: Vec::new(), rows: Vec::new() },
        statement: 0,
        parens: 0,
        unclosed: [0; 2],
        readers: Vec::new(),
    };
    if text[range.range()].starts_with('\u{feff}') {
        lexer.at += 3;
    }
    lexer.run();
    lexer.out
}

struct Lexer<'s> {
    text: &'s str,
    /// The text up to the end of the range.
    bytes: &'s [u8],
    /// Next byte to read.
    at: usize,
    mode: Mode,
    out: Tokens,
    /// Index of the first token of the statement being read.
    statement: usize,
    /// How many parentheses are open in it.
    parens: u32,
    /// For `${` and for `{{`: none that opens before this byte is closed.
    unclosed: [usize; 2],
    /// What ends each statement on this line whose rows begin on the next.
    readers: Vec<Span>,
}

impl Lexer<'_> {
    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match CLASS[byte as usize] {
                Class::Space => {
                    self.at += 1;
                    if byte == b'\n' && !self.readers.is_empty() {
                        self.rows();
                    }
                }
                Class::Word => self.word(byte),
                Class::Digit => self.number(),
                Class::Operator => self.operator(byte),
                Class::Punctuation => self.punctuation(byte),
                Class::SingleQuote => self.quoted(self.at, string::Quote::Standard),
                Class::DoubleQuote => self.quoted_ident(self.at, TokenKind::QuotedIdent),
                Class::Dollar => self.dollar(),
                Class::Backslash if self.mode == Mode::Script => self.backslash(),
                Class::Backslash | Class::Other => self.push(TokenKind::Error(LexError::UnexpectedCharacter), self.at + 1),
            }
        }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    /// Emits the bytes up to `end` and goes on there.
    fn push(&mut self, kind: TokenKind, end: usize) {
        self.push_from(self.at, kind, end);
    }

    fn push_from(&mut self, start: usize, kind: TokenKind, end: usize) {
        self.out.tokens.push(Token { kind, span: Span::new(start as u32, end as u32) });
        self.at = end;
    }

    fn comment(&mut self, kind: CommentKind, end: usize) {
        self.out.comments.push(Comment { kind, span: Span::new(self.at as u32, end as u32) });
        self.at = end;
    }

    /// The offset of the line end at or after `from`.
    fn end_of_line(&self, from: usize) -> usize {
        memchr::memchr2(b'\n', b'\r', &self.bytes[from..]).map_or(self.bytes.len(), |n| from + n)
    }

    fn word(&mut self, first: u8) {
        match (first, self.peek(1), self.peek(2)) {
            (b'e' | b'E', b'\'', _) => return self.quoted(self.at + 1, string::Quote::Escape),
            (b'b' | b'B', b'\'', _) => return self.quoted(self.at + 1, string::Quote::Bit),
            (b'x' | b'X', b'\'', _) => return self.quoted(self.at + 1, string::Quote::Hex),
            (b'n' | b'N', b'\'', _) => return self.quoted(self.at + 1, string::Quote::National),
            (b'u' | b'U', b'&', b'\'') => return self.quoted(self.at + 2, string::Quote::Unicode),
            (b'u' | b'U', b'&', b'"') => return self.quoted_ident(self.at + 2, TokenKind::UnicodeIdent),
            _ => {}
        }
        let end = self.end_of_word(self.at + 1);
        if self.placeholder_at(end) {
            return self.placeholder(self.at);
        }
        let kind = match Keyword::lookup(&self.bytes[self.at..end]) {
            Some(keyword) => TokenKind::Keyword(keyword),
            None => TokenKind::Ident,
        };
        self.push(kind, end);
    }

    /// One past the last byte of the name that goes on at `from`; a `$` belongs to it unless it opens `${`.
    fn end_of_word(&self, from: usize) -> usize {
        let mut end = from;
        while let Some(&byte) = self.bytes.get(end) {
            match CLASS[byte as usize] {
                Class::Word | Class::Digit => end += 1,
                Class::Dollar if self.bytes.get(end + 1) != Some(&b'{') => end += 1,
                _ => break,
            }
        }
        end
    }

    /// Whether `${…}` or `{{…}}` opens at byte `at`.
    fn placeholder_at(&self, at: usize) -> bool {
        matches!(self.bytes.get(at..at + 2), Some(b"${" | b"{{"))
    }

    /// A placeholder that opens at or after `start`, with the names and placeholders glued to it.
    fn placeholder(&mut self, start: usize) {
        let mut end = self.end_of_word(start);
        while self.placeholder_at(end) {
            match self.end_of_placeholder(end) {
                Some(close) => end = self.end_of_word(close),
                None => return self.push_from(start, TokenKind::Error(LexError::UnexpectedCharacter), end + 2),
            }
        }
        self.push_from(start, TokenKind::Placeholder, end);
    }

    /// One past the `}` or `}}` that closes the placeholder which opens at byte `open`, on the same line.
    fn end_of_placeholder(&mut self, open: usize) -> Option<usize> {
        let (close, unclosed): (&[u8], usize) = if self.bytes[open] == b'$' { (b"}", 0) } else { (b"}}", 1) };
        let mut at = open;
        while at >= self.unclosed[unclosed] {
            match memchr::memchr3(b'}', b'\n', b'\r', &self.bytes[at..]) {
                Some(n) if self.bytes[at + n..].starts_with(close) => return Some(at + n + close.len()),
                Some(n) if self.bytes[at + n] == b'}' => at += n + 1,
                line_end => self.unclosed[unclosed] = line_end.map_or(self.bytes.len(), |n| at + n) + 1,
            }
        }
        None
    }

    fn punctuation(&mut self, byte: u8) {
        use TokenKind::*;
        let next = self.peek(1);
        let (kind, len) = match (byte, next) {
            (b'(', _) => {
                self.parens += 1;
                (LeftParen, 1)
            }
            (b')', _) => {
                self.parens = self.parens.saturating_sub(1);
                (RightParen, 1)
            }
            (b'[', _) => (LeftBracket, 1),
            (b']', _) => (RightBracket, 1),
            (b',', _) => (Comma, 1),
            (b';', _) => return self.semicolon(self.at + 1),
            (b'.', b'0'..=b'9') => return self.number(),
            (b'.', b'.') => (DotDot, 2),
            (b'.', _) => (Dot, 1),
            (b':', b':') => (DoubleColon, 2),
            (b':', b'=') => (ColonEquals, 2),
            (b':', _) if self.mode == Mode::Script => match self.psql_variable() {
                Some(end) => (Placeholder, end - self.at),
                None => (Colon, 1),
            },
            (b':', _) => (Colon, 1),
            (b'{', b'{') => return self.placeholder(self.at),
            _ => (Error(LexError::UnexpectedCharacter), 1),
        };
        self.push(kind, self.at + len);
    }

    fn operator(&mut self, first: u8) {
        match (first, self.peek(1)) {
            (b'-', b'-') => {
                let end = self.end_of_line(self.at);
                return self.comment(CommentKind::Line, end);
            }
            (b'/', b'*') => return self.block_comment(),
            _ => {}
        }
        let mut end = self.at + 1;
        while let Some(&byte) = self.bytes.get(end) {
            let comment = matches!(self.bytes.get(end..end + 2), Some(b"--" | b"/*"));
            if CLASS[byte as usize] != Class::Operator || comment {
                break;
            }
            end += 1;
        }
        // A run that ends in + or - is cut there, unless it holds a character that no SQL-standard operator has.
        if !self.bytes[self.at..end].iter().any(|b| b"~!@#^&|`?%".contains(b)) {
            while end > self.at + 1 && matches!(self.bytes[end - 1], b'+' | b'-') {
                end -= 1;
            }
        }
        let kind = match &self.bytes[self.at..end] {
            b"+" => TokenKind::Plus,
            b"-" => TokenKind::Minus,
            b"*" => TokenKind::Star,
            b"/" => TokenKind::Slash,
            b"%" => TokenKind::Percent,
            b"^" => TokenKind::Caret,
            b"<" => TokenKind::Less,
            b">" => TokenKind::Greater,
            b"=" => TokenKind::Equals,
            b"<=" => TokenKind::LessEquals,
            b">=" => TokenKind::GreaterEquals,
            b"<>" | b"!=" => TokenKind::NotEquals,
            b"=>" => TokenKind::Arrow,
            _ => TokenKind::Operator,
        };
        self.push(kind, end);
    }

    fn block_comment(&mut self) {
        let mut depth = 1usize;
        let mut at = self.at + 2;
        while depth > 0 {
            let Some(n) = memchr::memchr2(b'*', b'/', &self.bytes[at..]) else {
                let end = self.bytes.len();
                return self.push(TokenKind::Error(LexError::UnterminatedComment), end);
            };
            at += n;
            match self.bytes.get(at..at + 2) {
                Some(b"*/") => (depth, at) = (depth - 1, at + 2),
                Some(b"/*") => (depth, at) = (depth + 1, at + 2),
                _ => at += 1,
            }
        }
        self.comment(CommentKind::Block, at);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Word,
    Digit,
    Operator,
    Punctuation,
    SingleQuote,
    DoubleQuote,
    Dollar,
    Backslash,
    Other,
}

static CLASS: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut table = [Class::Other; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = match i as u8 {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => Class::Space,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80..=0xff => Class::Word,
            b'0'..=b'9' => Class::Digit,
            b'~' | b'!' | b'@' | b'#' | b'^' | b'&' | b'|' | b'`' | b'?' => Class::Operator,
            b'+' | b'-' | b'*' | b'/' | b'%' | b'<' | b'>' | b'=' => Class::Operator,
            b'(' | b')' | b'[' | b']' | b',' | b';' | b'.' | b':' | b'{' => Class::Punctuation,
            b'\'' => Class::SingleQuote,
            b'"' => Class::DoubleQuote,
            b'$' => Class::Dollar,
            b'\\' => Class::Backslash,
            _ => Class::Other,
        };
        i += 1;
    }
    table
}

#[cfg(test)]
mod tests;
