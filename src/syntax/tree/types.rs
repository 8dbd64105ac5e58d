//! Types and domains.

use crate::text::Span;

/// `CREATE TYPE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateType {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER TYPE … ADD VALUE, RENAME VALUE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterEnum {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER TYPE … SET (…)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterTypeOptions {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE DOMAIN`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateDomain {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER DOMAIN`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterDomain {
    /// The whole statement.
    pub span: Span,
}
