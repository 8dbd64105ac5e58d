//! Queries and data changes: which relations they read and write, and what else can be told without reading expressions.

use crate::text::Span;

/// `SELECT, VALUES, TABLE, with or without WITH`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Select {
    /// The whole statement.
    pub span: Span,
}

/// `INSERT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insert {
    /// The whole statement.
    pub span: Span,
}

/// `UPDATE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// The whole statement.
    pub span: Span,
}

/// `DELETE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The whole statement.
    pub span: Span,
}

/// `MERGE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The whole statement.
    pub span: Span,
}
