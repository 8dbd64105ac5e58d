//! Functions, procedures, DO blocks and calls.

use crate::text::Span;

/// `CREATE FUNCTION, PROCEDURE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateFunction {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER FUNCTION, PROCEDURE, ROUTINE with options`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterFunction {
    /// The whole statement.
    pub span: Span,
}

/// `DO`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Do {
    /// The whole statement.
    pub span: Span,
}

/// `CALL`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The whole statement.
    pub span: Span,
}
