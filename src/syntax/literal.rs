//! String constants: the text that one stands for, and where in the file each byte of that text is written (PostgreSQL 15, 4.1.2).
//!
//! Function bodies, and what `EXECUTE` runs, are code inside a string constant. Inside `$$…$$` that code stands in the file byte by byte;
//! inside quotes `''` and backslashes stand for something else. Such code is decoded and lexed, and its tokens are then laid back over the
//! bytes that they were written with. Invariant: a token is *exact* if those bytes spell it; one that is not (a string with an apostrophe,
//! two quotings deep) must not be read from the file.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::Span;

use super::lexer::{self, LexError, Mode, Tokens};

/// What the string constant `literal` stands for, of any kind that the grammar calls Sconst. What is no valid escape stays as it is written,
/// and so does a placeholder in the constant's place.
pub fn value(text: &str, literal: Span) -> Cow<'_, str> {
    match Unquoted::new(text, literal) {
        Unquoted { decoded: Some(decoded), .. } => Cow::Owned(decoded.text.into_string()),
        Unquoted { span, decoded: None } => Cow::Borrowed(&text[span]),
    }
}

/// What is wrong with the string constant `literal`, if an escape in it stands for no character, or all of it for no text that PostgreSQL
/// could store.
pub(super) fn wrong_escape(text: &str, literal: Span) -> Option<LexError> {
    Unquoted::new(text, literal).decoded.and_then(|decoded| decoded.wrong)
}

/// The text of a string constant, in place if it can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unquoted {
    /// The bytes between the first and the last quote; of what is no constant, all of it.
    pub(super) span: Span,
    /// What they stand for, if that is not what is written.
    decoded: Option<Decoded>,
}

/// The tokens of a text in a string constant.
pub(super) struct Laid {
    /// With spans in the file.
    pub(super) tokens: Tokens,
    /// The indexes of those tokens that are not written in the file as they read; in order.
    pub(super) inexact: Vec<u32>,
}

impl Laid {
    /// Whether the tokens `range` are written in the file as they read.
    pub(super) fn is_exact(&self, range: &Range<u32>) -> bool {
        let next = self.inexact.partition_point(|&at| at < range.start);
        self.inexact.get(next).is_none_or(|&at| at >= range.end)
    }
}

impl Unquoted {
    /// The text of `literal`, a string constant with its quotes.
    pub(super) fn new(text: &str, literal: Span) -> Unquoted {
        let raw = &text[literal];
        let (quoting, open, close) = match raw.as_bytes() {
            [b'$', .., b'$'] => {
                let tag = raw[1..].find('$').map_or(1, |n| n + 2) as u32;
                let start = literal.start + tag;
                return Unquoted { span: Span::new(start, (literal.end - tag).max(start)), decoded: None };
            }
            [b'e' | b'E', b'\'', .., b'\''] => (Quoting::Escape, 2, raw.len() - 1),
            [b'n' | b'N', b'\'', .., b'\''] => (Quoting::Standard, 2, raw.len() - 1),
            [b'u' | b'U', b'&', b'\'', .., b'\''] => {
                let (close, escape) = uescape(raw);
                (Quoting::Unicode(escape), 3, close)
            }
            [b'\'', .., b'\''] => (Quoting::Standard, 1, raw.len() - 1),
            // A placeholder, which stands for a constant that nobody knows.
            _ => return Unquoted { span: literal, decoded: None },
        };
        let span = Span::new(literal.start + open, literal.start + (close as u32).max(open));
        let as_written = quoting.next_special(&text[span]).is_none();
        Unquoted { span, decoded: (!as_written).then(|| decode(text, span, quoting)) }
    }

    /// What the bytes `span` of the file, which lie in this text, stand for.
    pub(super) fn slice<'t>(&'t self, text: &'t str, span: Span) -> &'t str {
        match &self.decoded {
            None => &text[span],
            Some(decoded) => &decoded.text[decoded.decoded(span)],
        }
    }

    /// Its tokens.
    pub(super) fn lex(&self, text: &str) -> Laid {
        let Some(decoded) = &self.decoded else {
            return Laid { tokens: lexer::lex(text, self.span, Mode::Body), inexact: Vec::new() };
        };
        let mut tokens = lexer::lex(&decoded.text, Span::new(0, decoded.text.len() as u32), Mode::Body);
        let mut inexact = Vec::new();
        for (at, token) in tokens.tokens.iter_mut().enumerate() {
            let written = decoded.to_file(token.span);
            if text.get(written.range()) != Some(&decoded.text[token.span]) {
                inexact.push(at as u32);
            }
            token.span = written;
        }
        for comment in &mut tokens.comments {
            comment.span = decoded.to_file(comment.span);
        }
        Laid { tokens, inexact }
    }
}

/// A text that was written otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Decoded {
    text: Box<str>,
    /// Why PostgreSQL does not read it.
    wrong: Option<LexError>,
    /// Where its parts come from; in order, at least one.
    runs: Vec<Run>,
}

/// Bytes of a decoded text that were written together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    /// Where it begins in the decoded text.
    decoded: u32,
    /// Where it was written.
    written: Span,
    kind: RunKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RunKind {
    /// As it is.
    Verbatim,
    /// As an escape, a doubled quote included.
    Escape,
}

impl Decoded {
    /// Where a range of the decoded text is written. Of a doubled quote that opens a string the second counts, and of one that closes it
    /// the first, so that the string's bytes lie between single quotes.
    fn to_file(&self, range: Span) -> Span {
        let at = |offset: u32| self.runs[self.runs.partition_point(|run| run.decoded <= offset).max(1) - 1];
        let first = at(range.start);
        let start = match first.kind {
            RunKind::Verbatim => first.written.start + (range.start - first.decoded),
            RunKind::Escape => first.written.end - 1,
        };
        let last = at(range.end.saturating_sub(1).max(range.start));
        let end = match last.kind {
            RunKind::Verbatim => last.written.start + (range.end - last.decoded),
            RunKind::Escape => last.written.start + 1,
        };
        Span::new(start, end.max(start))
    }

    /// The range of the decoded text that is written at `written`, which is not empty.
    fn decoded(&self, written: Span) -> Span {
        let length = self.text.len() as u32;
        let at = |byte: u32| {
            let next = self.runs.partition_point(|run| run.written.start <= byte).max(1);
            (self.runs[next - 1], self.runs.get(next).map_or(length, |run| run.decoded))
        };
        let (first, next) = at(written.start);
        let start = match first.kind {
            RunKind::Verbatim => (first.decoded + written.start.saturating_sub(first.written.start)).min(next),
            RunKind::Escape => first.decoded,
        };
        let (last, next) = at(written.end.saturating_sub(1));
        let end = match last.kind {
            RunKind::Verbatim => (last.decoded + written.end.saturating_sub(last.written.start)).min(next),
            RunKind::Escape => next,
        };
        Span::new(start, end.max(start))
    }
}

/// How a constant says what can't be written in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quoting {
    /// By doubled quotes.
    Standard,
    /// And by backslashes.
    Escape,
    /// And by code points after this character.
    Unicode(char),
}

impl Quoting {
    /// Where the next byte stands that may not stand for itself.
    fn next_special(self, rest: &str) -> Option<usize> {
        match self {
            Quoting::Standard => memchr::memchr(b'\'', rest.as_bytes()),
            Quoting::Escape => memchr::memchr2(b'\'', b'\\', rest.as_bytes()),
            Quoting::Unicode(escape) => rest.find(['\'', escape]),
        }
    }
}

/// Where the last quote of a `U&'…'` constant stands, and which character escapes in it.
fn uescape(raw: &str) -> (usize, char) {
    let clause = || {
        let before = raw.strip_suffix('\'')?;
        let escape = before.chars().next_back()?;
        let keyword = before[..before.len() - escape.len_utf8()].strip_suffix('\'')?.trim_end();
        let at = keyword.len().checked_sub("uescape".len())?;
        keyword.get(at..)?.eq_ignore_ascii_case("uescape").then(|| (keyword[..at].trim_end().len() - 1, escape))
    };
    clause().unwrap_or((raw.len() - 1, '\\'))
}

/// What the bytes `span` between the quotes of a constant stand for. A text that would not be UTF-8 (`E'\xff'`, which PostgreSQL refuses)
/// stays as it is written.
fn decode(text: &str, span: Span, quoting: Quoting) -> Decoded {
    let mut decoder = Decoder { raw: &text[..span.end as usize], at: span.start as usize, out: Vec::new(), runs: Vec::new(), wrong: None };
    while decoder.at < decoder.raw.len() {
        let rest = &decoder.raw[decoder.at..];
        let special = quoting.next_special(rest);
        decoder.verbatim(special.unwrap_or(rest.len()));
        if special.is_some() {
            decoder.escape(quoting);
        }
    }
    let as_written = Run { decoded: 0, written: span, kind: RunKind::Verbatim };
    let wrong = decoder.wrong.or_else(|| decoder.out.contains(&0).then_some(LexError::NoText));
    match String::from_utf8(decoder.out) {
        Ok(text) if decoder.runs.is_empty() => Decoded { text: text.into(), wrong, runs: vec![as_written] },
        Ok(text) => Decoded { text: text.into(), wrong, runs: decoder.runs },
        Err(_) => Decoded { text: text[span].into(), wrong: wrong.or(Some(LexError::NoText)), runs: vec![as_written] },
    }
}

struct Decoder<'t> {
    /// The file up to the end of what is decoded.
    raw: &'t str,
    /// Next byte to read.
    at: usize,
    out: Vec<u8>,
    runs: Vec<Run>,
    /// The first escape that stood for nothing.
    wrong: Option<LexError>,
}

impl Decoder<'_> {
    /// Takes `length` bytes as they are.
    fn verbatim(&mut self, length: usize) {
        if length > 0 {
            self.run(length, RunKind::Verbatim);
            self.out.extend_from_slice(&self.raw.as_bytes()[self.at..self.at + length]);
            self.at += length;
        }
    }

    /// Takes `length` bytes that stand for `value`.
    fn replace(&mut self, length: usize, value: &[u8]) {
        self.run(length, RunKind::Escape);
        self.out.extend_from_slice(value);
        self.at += length;
    }

    /// Takes `length` bytes that look like an escape and stand for nothing.
    fn invalid(&mut self, length: usize, why: LexError) {
        self.wrong = self.wrong.or(Some(why));
        self.verbatim(length);
    }

    fn character(&mut self, length: usize, value: char) {
        self.replace(length, value.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn run(&mut self, length: usize, kind: RunKind) {
        let written = Span::new(self.at as u32, (self.at + length) as u32);
        self.runs.push(Run { decoded: self.out.len() as u32, written, kind });
    }

    /// Takes what begins with a quote or with an escaping character.
    fn escape(&mut self, quoting: Quoting) {
        let rest = &self.raw[self.at..];
        match quoting {
            _ if rest.starts_with("''") => self.replace(2, b"'"),
            _ if rest.starts_with('\'') => self.at += length_of_seam(rest),
            Quoting::Standard => self.verbatim(1),
            Quoting::Escape => self.backslash(),
            Quoting::Unicode(character) => self.code_point(character),
        }
    }

    /// A backslash of an `E'…'` constant.
    fn backslash(&mut self) {
        let rest = &self.raw.as_bytes()[self.at + 1..];
        let count = |from: usize, most: usize, radix: u32| {
            rest[from..].iter().take(most).take_while(|&&byte| char::from(byte).is_digit(radix)).count()
        };
        let number = |from: usize, count: usize, radix: u32| {
            rest[from..from + count]
                .iter()
                .filter_map(|&byte| char::from(byte).to_digit(radix))
                .fold(0, |n: u32, digit| (n * radix) | digit)
        };
        match rest.first() {
            Some(b'b') => self.replace(2, b"\x08"),
            Some(b'f') => self.replace(2, b"\x0c"),
            Some(b'n') => self.replace(2, b"\n"),
            Some(b'r') => self.replace(2, b"\r"),
            Some(b't') => self.replace(2, b"\t"),
            Some(b'0'..=b'7') => {
                let digits = count(0, 3, 8);
                self.replace(1 + digits, &[number(0, digits, 8) as u8]);
            }
            Some(b'x') if count(1, 2, 16) > 0 => {
                let digits = count(1, 2, 16);
                self.replace(2 + digits, &[number(1, digits, 16) as u8]);
            }
            Some(b'u') if count(1, 4, 16) == 4 => self.code(6, number(1, 4, 16), second_half),
            Some(b'U') if count(1, 8, 16) == 8 => self.code(10, number(1, 8, 16), second_half),
            Some(b'u' | b'U') => self.invalid(2, LexError::MalformedEscape),
            Some(&letter) if letter.is_ascii() => self.replace(2, &[letter]),
            Some(_) => self.replace(1, b""),
            None => self.verbatim(1),
        }
    }

    /// An escaping character of a `U&'…'` constant.
    fn code_point(&mut self, escape: char) {
        let width = escape.len_utf8();
        let rest = &self.raw[self.at..];
        if rest[width..].starts_with(escape) {
            return self.character(2 * width, escape);
        }
        let parse = |rest: &str| {
            let tail = rest.strip_prefix(escape)?;
            let (skip, digits) = if tail.starts_with('+') { (1, 6) } else { (0, 4) };
            let hex = tail.get(skip..skip + digits).filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
            Some((width + skip + digits, u32::from_str_radix(hex, 16).ok()?))
        };
        match parse(rest) {
            Some((length, code)) => self.code(length, code, parse),
            None => self.invalid(width, LexError::InvalidConstant),
        }
    }

    /// A code point, or the first half of a surrogate pair whose second half `second` reads with its length.
    fn code(&mut self, length: usize, code: u32, second: impl Fn(&str) -> Option<(usize, u32)>) {
        if let Some(character) = char::from_u32(code) {
            return self.character(length, character);
        }
        let pair = self.raw.get(self.at + length..).and_then(second).and_then(|(more, low)| {
            let low = low.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
            let high = code.checked_sub(0xD800).filter(|high| *high < 0x400)?;
            Some((more, char::from_u32(0x10000 + (high << 10) + low)?))
        });
        match pair {
            Some((more, character)) => self.character(length + more, character),
            None => self.invalid(length, LexError::InvalidConstant),
        }
    }
}

/// What `\uXXXX` or `\UXXXXXXXX` behind the first half of a surrogate pair stands for, and its length.
fn second_half(rest: &str) -> Option<(usize, u32)> {
    let (tail, digits) = match (rest.strip_prefix("\\u"), rest.strip_prefix("\\U")) {
        (Some(tail), _) => (tail, 4),
        (None, Some(tail)) => (tail, 8),
        (None, None) => return None,
    };
    Some((2 + digits, u32::from_str_radix(tail.get(..digits)?, 16).ok()?))
}

/// The bytes from the quote that ends one piece of a constant to the quote, on a later line, that opens the next.
fn length_of_seam(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\'' => return at + 1,
            b'-' => at += memchr::memchr2(b'\n', b'\r', &bytes[at..]).unwrap_or(bytes.len() - at),
            _ => at += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Span {
        Span::new(0, text.len() as u32)
    }

    #[test]
    fn values_of_every_kind_of_constant() {
        for (literal, expected) in [
            ("'a'", "a"),
            ("''", ""),
            ("'it''s'", "it's"),
            (r"'a\nb'", r"a\nb"),
            ("'a'\n  -- don't\n 'b'", "ab"),
            ("$$it's$$", "it's"),
            ("$x$a$$b$x$", "a$$b"),
            (r"E'a\n\'b\\\101\x42\u00e9\q'", "a\n'b\\ABéq"),
            (r"E'\uD83D\uDE00\xc3\xa9'", "😀é"),
            (r"E'\xff'", r"\xff"),
            (r"U&'d\0061t\+000061\\'", r"data\"),
            ("U&'d!0061!!' UESCAPE '!'", "da!"),
        ] {
            assert_eq!(value(literal, whole(literal)), expected, "{literal}");
        }
    }

    #[test]
    fn an_escape_must_stand_for_a_character() {
        let valid = |literal: &str| wrong_escape(literal, whole(literal)).is_none();
        for literal in [r"E'\\ud800 \q \303\251 \ud83d\U0000de00'", r"U&'\d83d\de00 \\d83d'", r"'\ud800'"] {
            assert!(valid(literal), "{literal}");
        }
        for literal in [r"E'\ud800'", r"E'\ud800x'", r"E'\udc00'", r"E'\u12'", r"E'\000'", r"E'\xff'", r"E'\U00110000'"] {
            assert!(!valid(literal), "{literal}");
        }
        for literal in [r"U&'\00zz'", r"U&'\+00123'", r"U&'\0000'", r"U&'\d800'", r"U&'!' UESCAPE '!'"] {
            assert!(!valid(literal), "{literal}");
        }
    }

    #[test]
    fn code_in_quotes_is_read_where_it_stands() {
        let text = r#"xx 'SELECT ''a'', ''it''''s'', "b" -- don''t'"#;
        let unquoted = Unquoted::new(text, Span::new(3, text.len() as u32));
        let laid = unquoted.lex(text);
        let tokens = laid.tokens.tokens;
        let written: Vec<_> = tokens.iter().map(|token| &text[token.span]).collect();
        assert_eq!(written, ["SELECT", "'a'", ",", "'it''''s'", ",", "\"b\""]);
        assert_eq!(laid.inexact, [3]);
        assert_eq!(unquoted.slice(text, tokens[3].span), "'it''s'");
        assert_eq!(unquoted.slice(text, tokens[0].span.to(tokens[1].span)), "SELECT 'a'");
        assert_eq!(&text[laid.tokens.comments[0].span], "-- don''t");
    }
}
