//! Moving all objects of a tablespace.

use crate::text::Span;

/// `ALTER TABLE, INDEX, MATERIALIZED VIEW ALL IN TABLESPACE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveAll {
    /// The whole statement.
    pub span: Span,
}
