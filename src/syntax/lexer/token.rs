//! Tokens: what kind, and which bytes.

use super::Keyword;
use crate::text::Span;

/// A token of SQL; twelve bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes.
    pub span: Span,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// An unquoted name that is no keyword.
    Ident,
    /// `"name"`.
    QuotedIdent,
    /// `U&"name"`.
    UnicodeIdent,
    /// A keyword, reserved or not.
    Keyword(Keyword),
    /// `'text'`, perhaps continued on further lines.
    String,
    /// `E'text'`.
    EscapeString,
    /// `U&'text'`.
    UnicodeString,
    /// `N'text'`.
    NationalString,
    /// `B'0101'`.
    BitString,
    /// `X'1F'`.
    HexString,
    /// `$tag$text$tag$`.
    DollarString,
    /// Digits, also `0x`, `0o`, `0b` and with `_` between digits (PostgreSQL 16).
    Integer,
    /// A number with a point or an exponent.
    Decimal,
    /// `$1`.
    Param,
    /// What a tool fills in before PostgreSQL reads it, with whatever name is glued to it: `:name`, `${name}`, `{{ name }}`.
    Placeholder,
    /// `(`
    LeftParen,
    /// `)`
    RightParen,
    /// `[`
    LeftBracket,
    /// `]`
    RightBracket,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `.`
    Dot,
    /// `..`, which only PL/pgSQL knows.
    DotDot,
    /// `:`
    Colon,
    /// `::`
    DoubleColon,
    /// `:=`
    ColonEquals,
    /// `=>`
    Arrow,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Star,
    /// `/`
    Slash,
    /// `%`
    Percent,
    /// `^`
    Caret,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// `=`
    Equals,
    /// `<=`
    LessEquals,
    /// `>=`
    GreaterEquals,
    /// `<>` or `!=`
    NotEquals,
    /// Any other operator.
    Operator,
    /// A psql command with its arguments, between statements or where it ends one.
    MetaCommand,
    /// What can't be read.
    Error(LexError),
    /// After the last token.
    End,
}

impl TokenKind {
    /// Whether it is what PostgreSQL's grammar calls a string constant (Sconst).
    pub const fn is_string(self) -> bool {
        matches!(self, TokenKind::String | TokenKind::EscapeString | TokenKind::UnicodeString | TokenKind::DollarString)
    }
}

/// Why a piece of text is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LexError {
    /// A quote that nothing closes.
    UnterminatedString,
    /// `"` that nothing closes.
    UnterminatedIdent,
    /// `/*` that nothing closes.
    UnterminatedComment,
    /// `$tag$` that nothing closes.
    UnterminatedDollarString,
    /// `""`.
    EmptyIdent,
    /// A number with letters glued to it: `123abc`.
    TrailingJunk,
    /// A byte that begins no token.
    UnexpectedCharacter,
    /// A backslash escape, Unicode escape or digit that the kind of constant does not allow.
    InvalidConstant,
    /// `\u` or `\U` without as many digits as it takes.
    MalformedEscape,
    /// Escapes that stand for no text in UTF-8, or for one with a zero byte.
    NoText,
}

impl LexError {
    /// What is wrong, for a message.
    pub const fn explain(self) -> &'static str {
        match self {
            LexError::UnterminatedString => "this quoted string is never closed",
            LexError::UnterminatedIdent => "this quoted identifier is never closed",
            LexError::UnterminatedComment => "this comment is never closed: every `/*` inside it opens another level",
            LexError::UnterminatedDollarString => "this dollar-quoted string is never closed",
            LexError::EmptyIdent => "an identifier can't be empty",
            LexError::TrailingJunk => "letters follow directly on a number",
            LexError::UnexpectedCharacter => "this character means nothing here",
            LexError::InvalidConstant => "this constant holds an escape or a digit that PostgreSQL does not read",
            LexError::MalformedEscape => "`\\u` takes four hexadecimal digits, and `\\U` eight",
            LexError::NoText => "the escapes of this constant stand for bytes that are no text",
        }
    }

    /// The SQLSTATE that PostgreSQL raises.
    pub(in crate::syntax) const fn sqlstate(self) -> &'static str {
        match self {
            LexError::MalformedEscape => "22025",
            LexError::NoText => "22021",
            _ => "42601",
        }
    }
}

impl Token {
    /// Whether it may be read as a name of some kind: an identifier, or a keyword of whatever category.
    pub const fn is_word(self) -> bool {
        matches!(
            self.kind,
            TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::UnicodeIdent | TokenKind::Keyword(_) | TokenKind::Placeholder
        )
    }
}

/// A comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    /// `--` or `/* */`.
    pub kind: CommentKind,
    /// Its bytes, with its marks and without a line end.
    pub span: Span,
}

/// The two kinds of comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommentKind {
    /// `-- to the end of the line`
    Line,
    /// `/* nested */`
    Block,
}

impl Comment {
    /// The bytes between its marks.
    pub fn inner(&self) -> Span {
        match self.kind {
            CommentKind::Line => Span::new(self.span.start + 2, self.span.end),
            CommentKind::Block => Span::new(self.span.start + 2, self.span.end - 2),
        }
    }
}
