//! Triggers and event triggers.

use crate::text::Span;

/// `CREATE [CONSTRAINT] TRIGGER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTrigger {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE EVENT TRIGGER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateEventTrigger {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER EVENT TRIGGER … ENABLE, DISABLE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterEventTrigger {
    /// The whole statement.
    pub span: Span,
}
