//! Maintenance of tables and bulk data.

use crate::text::Span;

/// `VACUUM and ANALYZE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vacuum {
    /// The whole statement.
    pub span: Span,
}

/// `REINDEX`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reindex {
    /// The whole statement.
    pub span: Span,
}

/// `CLUSTER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// The whole statement.
    pub span: Span,
}

/// `TRUNCATE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truncate {
    /// The whole statement.
    pub span: Span,
}

/// `LOCK TABLE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// The whole statement.
    pub span: Span,
}

/// `COPY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The whole statement.
    pub span: Span,
}

/// `EXPLAIN`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explain {
    /// The whole statement.
    pub span: Span,
}
