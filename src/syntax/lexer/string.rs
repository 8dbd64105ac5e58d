//! Quoted things: string constants of every prefix, quoted identifiers, dollar quotes (PostgreSQL 15, 4.1.2).

use crate::syntax::literal;
use crate::text::Span;

use super::{CLASS, Class, LexError, Lexer, TokenKind};

/// How the text between single quotes is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    Standard,
    Escape,
    Unicode,
    National,
    Bit,
    Hex,
}

impl Quote {
    const fn kind(self) -> TokenKind {
        match self {
            Quote::Standard => TokenKind::String,
            Quote::Escape => TokenKind::EscapeString,
            Quote::Unicode => TokenKind::UnicodeString,
            Quote::National => TokenKind::NationalString,
            Quote::Bit => TokenKind::BitString,
            Quote::Hex => TokenKind::HexString,
        }
    }
}

impl Lexer<'_> {
    /// A constant whose opening quote is at byte `open`, with the pieces that continue it on later lines.
    pub(super) fn quoted(&mut self, open: usize, quote: Quote) {
        let mut escaped = false;
        let mut at = open + 1;
        loop {
            let rest = &self.bytes[at..];
            let found = if quote == Quote::Escape { memchr::memchr2(b'\'', b'\\', rest) } else { memchr::memchr(b'\'', rest) };
            let Some(n) = found else {
                let end = self.bytes.len();
                return self.push(TokenKind::Error(LexError::UnterminatedString), end);
            };
            at += n;
            if self.bytes[at] == b'\\' {
                escaped = true;
                at = (at + 2).min(self.bytes.len());
            } else if self.bytes.get(at + 1) == Some(&b'\'') {
                at += 2;
            } else {
                match self.continuation(at + 1) {
                    Some(next) => at = next + 1,
                    None => {
                        let literal = Span::new(self.at as u32, at as u32 + 1);
                        let wrong = if escaped { literal::wrong_escape(self.text, literal) } else { None };
                        return self.push(wrong.map_or(quote.kind(), TokenKind::Error), at + 1);
                    }
                }
            }
        }
    }

    /// Where the next piece of a constant opens, if only white space with at least one line end, and `--` comments, stand between.
    fn continuation(&self, from: usize) -> Option<usize> {
        let mut at = from;
        let mut line_end = false;
        loop {
            match self.bytes.get(at)? {
                b'\n' | b'\r' => (line_end, at) = (true, at + 1),
                b' ' | b'\t' | 0x0b | 0x0c => at += 1,
                b'-' if self.bytes.get(at + 1) == Some(&b'-') => at = self.end_of_line(at),
                b'\'' if line_end => return Some(at),
                _ => return None,
            }
        }
    }

    /// An identifier whose opening quote is at byte `open`.
    pub(super) fn quoted_ident(&mut self, open: usize, kind: TokenKind) {
        let mut kind = kind;
        let mut at = open + 1;
        loop {
            let Some(n) = memchr::memchr(b'"', &self.bytes[at..]) else {
                let end = self.bytes.len();
                return self.push(TokenKind::Error(LexError::UnterminatedIdent), end);
            };
            // The quotes of a template stand inside its braces: `"{{ index .Options "Namespace" }}"`.
            if let Some(end) = self.template_over(at, at + n) {
                (kind, at) = (TokenKind::Placeholder, end);
                continue;
            }
            at += n + 1;
            if self.bytes.get(at) != Some(&b'"') {
                let kind = if at == open + 2 { TokenKind::Error(LexError::EmptyIdent) } else { kind };
                return self.push(kind, at);
            }
            at += 1;
        }
    }

    /// One past the `}}` of a `{{` that opens between bytes `from` and `to` and closes behind `to`, on the same line.
    fn template_over(&mut self, from: usize, to: usize) -> Option<usize> {
        let open = from + memchr::memmem::rfind(&self.bytes[from..to], b"{{")?;
        self.end_of_placeholder(open).filter(|&end| end > to + 2)
    }

    /// What a `$` opens: a parameter, a placeholder, or a dollar-quoted string.
    pub(super) fn dollar(&mut self) {
        match self.peek(1) {
            b'{' => return self.placeholder(self.at),
            b'0'..=b'9' => {
                let digits = self.bytes[self.at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
                let end = self.at + 1 + digits;
                return if self.bytes.get(end).is_some_and(|&b| CLASS[b as usize] == Class::Word) {
                    self.push(TokenKind::Error(LexError::TrailingJunk), self.end_of_word(end))
                } else {
                    self.push(TokenKind::Param, end)
                };
            }
            _ => {}
        }
        let Some(tag) = self.dollar_tag() else {
            return self.push(TokenKind::Error(LexError::UnexpectedCharacter), self.at + 1);
        };
        let body = self.at + tag.len();
        let (kind, end) = match memchr::memmem::find(&self.bytes[body..], tag) {
            Some(n) => (TokenKind::DollarString, body + n + tag.len()),
            None => (TokenKind::Error(LexError::UnterminatedDollarString), self.bytes.len()),
        };
        self.push(kind, end);
    }

    /// The `$tag$` that opens here, with both dollars.
    fn dollar_tag(&self) -> Option<&[u8]> {
        let mut end = self.at + 1;
        while let Some(&byte) = self.bytes.get(end) {
            match CLASS[byte as usize] {
                Class::Dollar => return Some(&self.bytes[self.at..=end]),
                Class::Word => end += 1,
                Class::Digit if end > self.at + 1 => end += 1,
                _ => return None,
            }
        }
        None
    }
}
