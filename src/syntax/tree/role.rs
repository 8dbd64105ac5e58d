//! Roles.

use crate::text::Span;

/// `CREATE ROLE, USER, GROUP`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRole {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER ROLE, USER, GROUP with options or members`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterRole {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER ROLE … SET, RESET`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterRoleSet {
    /// The whole statement.
    pub span: Span,
}

/// `DROP ROLE, USER, GROUP`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropRole {
    /// The whole statement.
    pub span: Span,
}

/// `REASSIGN OWNED`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReassignOwned {
    /// The whole statement.
    pub span: Span,
}

/// `DROP OWNED`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropOwned {
    /// The whole statement.
    pub span: Span,
}
