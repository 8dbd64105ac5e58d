//! What changes or asks the session.

use crate::text::Span;

/// `SET, RESET and SHOW of a variable`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetVariable {
    /// The whole statement.
    pub span: Span,
}

/// `SET CONSTRAINTS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetConstraints {
    /// The whole statement.
    pub span: Span,
}

/// `DISCARD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discard {
    /// The whole statement.
    pub span: Span,
}

/// `LISTEN, NOTIFY, UNLISTEN`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notify {
    /// The whole statement.
    pub span: Span,
}

/// `PREPARE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepare {
    /// The whole statement.
    pub span: Span,
}

/// `EXECUTE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Execute {
    /// The whole statement.
    pub span: Span,
}

/// `DEALLOCATE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deallocate {
    /// The whole statement.
    pub span: Span,
}

/// `DECLARE, FETCH, MOVE, CLOSE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The whole statement.
    pub span: Span,
}

/// `LOAD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// The whole statement.
    pub span: Span,
}

/// `CHECKPOINT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The whole statement.
    pub span: Span,
}
