//! Numeric constants (PostgreSQL 16, 4.1.2.6): decimal, hexadecimal, octal, binary, with `_` between digits.

use super::{CLASS, Class, LexError, Lexer, TokenKind};

impl Lexer<'_> {
    pub(super) fn number(&mut self) {
        let radix = match (self.peek(0), self.peek(1)) {
            (b'0', b'x' | b'X') => Some(16),
            (b'0', b'o' | b'O') => Some(8),
            (b'0', b'b' | b'B') => Some(2),
            _ => None,
        };
        let (mut kind, mut end) = match radix {
            Some(radix) => match self.digits(self.at + 2, radix, Lead::Underscore) {
                end if end > self.at + 2 => (TokenKind::Integer, end),
                end => (TokenKind::Error(LexError::InvalidConstant), end),
            },
            None => self.decimal(),
        };
        if self.bytes.get(end).is_some_and(|&byte| CLASS[byte as usize] == Class::Word) {
            kind = TokenKind::Error(LexError::TrailingJunk);
            end = self.end_of_word(end);
        }
        self.push(kind, end);
    }

    fn decimal(&self) -> (TokenKind, usize) {
        let mut kind = TokenKind::Integer;
        let mut end = self.digits(self.at, 10, Lead::Digit);
        // `1..10` is a range of PL/pgSQL: the points are not the number's.
        if self.bytes.get(end) == Some(&b'.') && self.bytes.get(end + 1) != Some(&b'.') {
            kind = TokenKind::Decimal;
            end = self.digits(end + 1, 10, Lead::Digit);
        }
        if matches!(self.bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(self.bytes.get(end + 1), Some(b'+' | b'-')));
            let exponent = self.digits(end + 1 + sign, 10, Lead::Digit);
            if exponent > end + 1 + sign {
                return (TokenKind::Decimal, exponent);
            }
            if sign == 1 {
                return (TokenKind::Error(LexError::TrailingJunk), end + 2);
            }
        }
        (kind, end)
    }

    /// One past the digits that begin at `from`; a `_` must stand between two of them.
    fn digits(&self, from: usize, radix: u32, lead: Lead) -> usize {
        let digit = |at: usize| self.bytes.get(at).is_some_and(|&byte| (byte as char).is_digit(radix));
        let mut end = from;
        loop {
            let underscore = self.bytes.get(end) == Some(&b'_') && digit(end + 1) && (end > from || lead == Lead::Underscore);
            if digit(end) {
                end += 1;
            } else if underscore {
                end += 2;
            } else {
                return end;
            }
        }
    }
}

/// What the first character of a run of digits may be: `0x_1F` is a number, `_1` is a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Digit,
    Underscore,
}
