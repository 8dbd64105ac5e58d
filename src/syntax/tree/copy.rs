//! COPY.

use std::borrow::Cow;

use crate::text::Span;

use super::{Expr, Ident, Name, Node};

/// `COPY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The whole statement, without the rows that may follow it.
    pub span: Span,
    /// What is copied.
    pub source: CopySource,
    /// Into the table, or out of it.
    pub direction: CopyDirection,
    /// Whence or whither.
    pub endpoint: CopyEndpoint,
    /// In the order written, of both styles.
    pub options: Vec<CopyOption>,
    /// `WHERE`: which rows are taken in.
    pub condition: Option<Expr>,
}

/// What is copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopySource {
    /// A table, and of which columns; none written for all.
    Table(Name, Vec<Ident>),
    /// A query, or a data change with RETURNING.
    Query(Box<Node>),
}

/// Which way rows go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyDirection {
    /// `FROM`: into the table.
    From(Span),
    /// `TO`: out of it.
    To(Span),
}

/// The other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyEndpoint {
    /// A file on the server, as a string.
    File(Span),
    /// `PROGRAM 'command'`: the string.
    Program(Span),
    /// `STDIN` or `STDOUT`, whichever is written: the direction decides.
    Client(Span),
}

/// One option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyOption {
    /// All of it.
    pub span: Span,
    /// Which one.
    pub name: CopyOptionName,
    /// What it is set to.
    pub value: CopyValue,
}

/// An option's name, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyOptionName {
    /// In a list in parentheses.
    Listed(Ident),
    /// By a keyword, as before PostgreSQL 9.0.
    Keyword(CopyKeyword),
}

/// The options that keywords give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CopyKeyword {
    Binary,
    Csv,
    Delimiter,
    Encoding,
    Escape,
    ForceNotNull,
    ForceNull,
    ForceQuote,
    Freeze,
    Header,
    Null,
    Quote,
}

impl CopyOptionName {
    /// The option's name in a list in parentheses, as PostgreSQL stores it.
    pub fn value(self, text: &str) -> Cow<'_, str> {
        match self {
            CopyOptionName::Listed(ident) => ident.value(text),
            CopyOptionName::Keyword(keyword) => Cow::Borrowed(match keyword {
                CopyKeyword::Binary | CopyKeyword::Csv => "format",
                CopyKeyword::Delimiter => "delimiter",
                CopyKeyword::Encoding => "encoding",
                CopyKeyword::Escape => "escape",
                CopyKeyword::ForceNotNull => "force_not_null",
                CopyKeyword::ForceNull => "force_null",
                CopyKeyword::ForceQuote => "force_quote",
                CopyKeyword::Freeze => "freeze",
                CopyKeyword::Header => "header",
                CopyKeyword::Null => "null",
                CopyKeyword::Quote => "quote",
            }),
        }
    }
}

/// What an option is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyValue {
    /// Nothing is written: the option is on.
    Unwritten,
    /// A word, `DEFAULT` and the format that a keyword names included.
    Word(Ident),
    /// A string.
    String(Span),
    /// A number.
    Number(Span),
    /// `*`: all columns.
    Star(Span),
    /// Columns.
    Columns(Vec<Ident>),
    /// A list in parentheses, of words and strings.
    List(Vec<Span>),
}
