//! Views and materialized views.

use crate::text::Span;

/// `CREATE VIEW`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateView {
    /// The whole statement.
    pub span: Span,
}

/// `REFRESH MATERIALIZED VIEW`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshMaterializedView {
    /// The whole statement.
    pub span: Span,
}
