//! Privileges.

use crate::text::Span;

/// `GRANT and REVOKE on objects`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The whole statement.
    pub span: Span,
}

/// `GRANT and REVOKE of roles`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRole {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER DEFAULT PRIVILEGES`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterDefaultPrivileges {
    /// The whole statement.
    pub span: Span,
}
