//! The rows of a VALUES, one at a time.
//!
//! An INSERT may have a hundred thousand rows. Its text is lexed window by window, and a row is read and handed out before the next, so
//! that neither all tokens nor all rows are in memory at once. A window that ends within a row is lexed again from the start of that row,
//! and twice as long if that row was all of it; so every byte is looked at a bounded number of times.

use crate::syntax::lexer::{self, Keyword, Mode, Token, TokenKind};
use crate::text::Span;

use super::super::tree::Expression;
use super::{Reader, operator};

/// How many bytes are lexed at a time.
const WINDOW: usize = 1 << 14;

/// A row of VALUES.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its bytes, with its parentheses.
    pub span: Span,
    /// Its values, or none if they can't be read: too long, too deep.
    pub values: Option<Vec<Expression>>,
}

/// The rows of `text`, which is `VALUES (…), (…)`; spans count from its start. They end where no further row can be told apart.
pub fn read_values(text: &str) -> Rows<'_> {
    let mut rows = Rows { text, tokens: Vec::new(), at: 0, lexed: Span::empty(0), window: WINDOW };
    rows.lex_from(0);
    if rows.kind(0) == Some(TokenKind::Keyword(Keyword::Values)) {
        rows.at = 1;
    } else {
        rows.tokens.clear();
        rows.lexed = Span::empty(text.len() as u32);
    }
    rows
}

/// See [`read_values`].
#[derive(Debug)]
pub struct Rows<'t> {
    text: &'t str,
    /// Of the window.
    tokens: Vec<Token>,
    /// The next of them.
    at: usize,
    /// The window.
    lexed: Span,
    /// How long the next window is, in bytes.
    window: usize,
}

impl Rows<'_> {
    fn kind(&self, ahead: usize) -> Option<TokenKind> {
        self.tokens.get(self.at + ahead).map(|token| token.kind)
    }

    fn lex_from(&mut self, start: u32) {
        let mut end = (start as usize + self.window).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        self.lexed = Span::new(start, end as u32);
        self.tokens = lexer::lex(self.text, self.lexed, Mode::Body).tokens;
        self.at = 0;
    }

    /// The tokens of the next row, as a range of indexes, if the window holds all of it. The last token of a window may be cut and counts
    /// for nothing, unless the text ends there.
    fn next_row(&self) -> Option<(usize, usize)> {
        let whole = self.lexed.end as usize == self.text.len();
        let mut depth = 0u32;
        for (at, token) in self.tokens.iter().enumerate().skip(self.at) {
            match token.kind {
                TokenKind::LeftParen => depth += 1,
                TokenKind::RightParen if depth == 0 => return None,
                TokenKind::RightParen => depth -= 1,
                TokenKind::Error(_) => return None,
                _ => {}
            }
            if depth == 0 {
                let known = whole || at + 2 < self.tokens.len();
                return (known && token.kind == TokenKind::RightParen).then_some((self.at, at + 1));
            }
        }
        None
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let (first, end) = loop {
            if let Some(row) = self.next_row() {
                break row;
            }
            if self.lexed.end as usize == self.text.len() {
                return None;
            }
            // What follows the last token may be half of a comment.
            let start = match (self.tokens.get(self.at), self.tokens.last()) {
                (Some(next), _) => next.span.start,
                (None, Some(last)) => last.span.end,
                (None, None) => self.lexed.start,
            };
            if start == self.lexed.start {
                self.window *= 2;
            }
            self.lex_from(start);
        };
        let tokens = &self.tokens[first..end];
        let span = tokens[0].span.to(tokens[tokens.len() - 1].span);
        let mut r = Reader::new(self.text, tokens);
        let values = operator::parenthesised_expressions(&mut r).ok().filter(|_| r.at_end());
        self.at = end;
        if self.kind(0) == Some(TokenKind::Comma) {
            self.at += 1;
        } else {
            // No comma: this was the last row.
            self.tokens.clear();
            self.at = 0;
            self.lexed = Span::empty(self.text.len() as u32);
        }
        Some(Row { span, values })
    }
}
