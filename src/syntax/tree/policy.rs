//! Row-level security policies and rewrite rules.

use crate::text::Span;

/// `CREATE POLICY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatePolicy {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER POLICY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterPolicy {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE RULE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRule {
    /// The whole statement.
    pub span: Span,
}
