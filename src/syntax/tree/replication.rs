//! Publications and subscriptions.

use crate::text::Span;

/// `CREATE PUBLICATION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatePublication {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER PUBLICATION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterPublication {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE SUBSCRIPTION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateSubscription {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER SUBSCRIPTION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterSubscription {
    /// The whole statement.
    pub span: Span,
}

/// `DROP SUBSCRIPTION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropSubscription {
    /// The whole statement.
    pub span: Span,
}
