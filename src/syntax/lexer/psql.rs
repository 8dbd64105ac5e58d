//! What a script says to psql and not to the server: commands behind a backslash, variables behind a colon, the rows of COPY (PostgreSQL 15,
//! psql).
//!
//! psql carries a command out where it stands, also in the middle of a statement, of which it is no part. Some commands send the statement
//! to the server, as a semicolon does. Invariant: a command is a token only between statements or where it ends one.

use crate::syntax::grammar;
use crate::text::Span;

use super::{CLASS, Class, Keyword, Lexer, Mode, TokenKind};

/// Rows that a script holds for `COPY … FROM stdin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rows {
    /// The semicolon or psql command that ends the statement that reads them.
    pub terminator: Span,
    /// Their lines, with the line `\.` that ends them.
    pub span: Span,
}

/// The commands that send the statement in front of them.
const SENDING: &[&[u8]] = &[b"g", b"gx", b"gexec", b"gset", b"gdesc", b"crosstabview", b"watch", b"parse", b"sendpipeline"];

/// The commands whose argument is the rest of the line, whatever it holds.
const WHOLE_LINE: &[&[u8]] = &[b"!", b"copy", b"h", b"help", b"ef", b"ev", b"sf", b"sv", b"sf+", b"sv+"];

impl Lexer<'_> {
    /// What a backslash opens: a command, or in `\;` and `\:` a character that goes to the server.
    pub(super) fn backslash(&mut self) {
        match self.peek(1) {
            b';' => self.semicolon(self.at + 2),
            b':' => {
                self.at += 1;
                let (kind, len) = match self.peek(1) {
                    b':' => (TokenKind::DoubleColon, 2),
                    b'=' => (TokenKind::ColonEquals, 2),
                    _ => (TokenKind::Colon, 1),
                };
                self.push(kind, self.at + len);
            }
            _ => self.command(),
        }
    }

    fn command(&mut self) {
        let start = self.at;
        let rest = &self.bytes[start + 1..];
        let ends_name = |byte: &u8| matches!(CLASS[*byte as usize], Class::Space | Class::Backslash);
        let name = &rest[..rest.iter().position(ends_name).unwrap_or(rest.len())];
        let arguments = start + 1 + name.len();
        let end = if WHOLE_LINE.contains(&name) { self.line_feed(arguments) } else { self.end_of_arguments(arguments) };
        let (sends, copies) = (SENDING.contains(&name), name == b"copy");
        let command = Span::new(start as u32, (start + self.bytes[start..end].trim_ascii_end().len()) as u32);
        if sends || self.out.tokens.len() == self.statement {
            self.push(TokenKind::MetaCommand, command.end as usize);
            (self.statement, self.parens) = (self.out.tokens.len(), 0);
        }
        if copies && names_stdin(&self.bytes[start..end]) {
            self.readers.push(command);
        }
        self.at = end;
    }

    /// Where a command ends: with the line, before the next command, or behind a double backslash; in quotes only with the line.
    fn end_of_arguments(&self, from: usize) -> usize {
        let mut at = from;
        let mut quote = None;
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b'\n' => return at,
                b'\\' if quote == Some(b'\'') && self.bytes.get(at + 1).is_some_and(|&next| next != b'\n') => at += 1,
                b'\\' if quote.is_none() && self.bytes.get(at + 1) == Some(&b'\\') => return at + 2,
                b'\\' if quote.is_none() => return at,
                b'\'' | b'"' | b'`' => match quote {
                    None => quote = Some(byte),
                    Some(open) if open == byte => quote = None,
                    Some(_) => {}
                },
                _ => {}
            }
            at += 1;
        }
        at
    }

    /// Where the line ends for psql, which knows one kind of line end.
    fn line_feed(&self, from: usize) -> usize {
        memchr::memchr(b'\n', &self.bytes[from..]).map_or(self.bytes.len(), |n| from + n)
    }

    /// One past a variable that opens here: `:name`, `:'name'`, `:"name"`, `:{?name}`.
    pub(super) fn psql_variable(&self) -> Option<usize> {
        let (close, from) = match (self.peek(1), self.peek(2)) {
            (quote @ (b'\'' | b'"'), _) => (Some(quote), self.at + 2),
            (b'{', b'?') => (Some(b'}'), self.at + 3),
            _ => (None, self.at + 1),
        };
        let mut end = from;
        while self.bytes.get(end).is_some_and(|&b| matches!(CLASS[b as usize], Class::Word | Class::Digit)) {
            end += 1;
        }
        let named = end > from && !self.bytes[from].is_ascii_digit();
        match close {
            Some(close) => (named && self.bytes.get(end) == Some(&close)).then_some(end + 1),
            None => named.then_some(end),
        }
    }

    /// A semicolon that ends at byte `end`. If it ends a COPY that reads rows from the script, they begin on the next line.
    pub(super) fn semicolon(&mut self, end: usize) {
        let statement = &self.out.tokens[self.statement..];
        let copies = self.mode == Mode::Script
            && self.parens == 0
            && statement.first().is_some_and(|token| token.kind == TokenKind::Keyword(Keyword::Copy))
            && statement.iter().any(|token| matches!(token.kind, TokenKind::Keyword(Keyword::Stdin | Keyword::Stdout)))
            // psql learns this from the server.
            && grammar::reads_rows(self.text, statement);
        if copies {
            self.readers.push(Span::new(self.at as u32, end as u32));
        }
        self.push(TokenKind::Semicolon, end);
        if self.parens == 0 {
            self.statement = self.out.tokens.len();
        }
    }

    /// The rows of the statements that wait for them; a line has just ended.
    pub(super) fn rows(&mut self) {
        for terminator in std::mem::take(&mut self.readers) {
            if self.at == self.bytes.len() {
                return;
            }
            let (end, next) = self.end_of_rows();
            self.out.rows.push(Rows { terminator, span: Span::new(self.at as u32, end as u32) });
            self.at = next;
        }
    }

    /// One past the line `\.` that ends the rows which begin here, and where the line after it begins; or the end of the text.
    fn end_of_rows(&self) -> (usize, usize) {
        let mut line = self.at;
        loop {
            let line_end = self.line_feed(line);
            let next = (line_end + 1).min(self.bytes.len());
            if self.bytes[line..line_end].trim_ascii_end() == b"\\." {
                return (line + 2, next);
            }
            if next == self.bytes.len() {
                return (next, next);
            }
            line = next;
        }
    }
}

/// Whether `\copy` reads from the script.
fn names_stdin(command: &[u8]) -> bool {
    let words: Vec<&[u8]> = command.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
    words.windows(2).any(|pair| {
        let stdin = pair[1].split(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_').next().unwrap_or_default();
        pair[0].eq_ignore_ascii_case(b"from") && (stdin.eq_ignore_ascii_case(b"stdin") || stdin.eq_ignore_ascii_case(b"pstdin"))
    })
}
