//! Indexes.

use crate::text::Span;

/// `CREATE INDEX`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateIndex {
    /// The whole statement.
    pub span: Span,
}
