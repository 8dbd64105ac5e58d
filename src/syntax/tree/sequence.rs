//! Sequences and the options that identity columns share with them.

use crate::text::Span;

/// `CREATE SEQUENCE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateSequence {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER SEQUENCE with options`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterSequence {
    /// The whole statement.
    pub span: Span,
}
