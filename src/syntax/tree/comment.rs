//! Notes on objects: COMMENT ON and SECURITY LABEL.

use crate::text::Span;

use super::{ObjectRef, WordOrString};

/// `COMMENT ON`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentOn {
    /// The whole statement.
    pub span: Span,
    /// What is described.
    pub object: ObjectRef,
    /// What follows `IS`.
    pub comment: TextOrNull,
}

/// `SECURITY LABEL`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityLabel {
    /// The whole statement.
    pub span: Span,
    /// What follows `FOR`.
    pub provider: Option<WordOrString>,
    /// What gets the label.
    pub object: ObjectRef,
    /// What follows `IS`.
    pub label: TextOrNull,
}

/// A text, or none any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextOrNull {
    /// A string with its quotes.
    Text(Span),
    /// `NULL`
    Null(Span),
}
