//! What every kind of object has in common: DROP, RENAME, SET SCHEMA, OWNER TO, COMMENT.

use crate::text::Span;

/// `DROP of whatever is no role, database or tablespace`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drop {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER … RENAME`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER … SET SCHEMA`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetSchema {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER … OWNER TO`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetOwner {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER … [NO] DEPENDS ON EXTENSION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DependsOnExtension {
    /// The whole statement.
    pub span: Span,
}

/// `COMMENT ON`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentOn {
    /// The whole statement.
    pub span: Span,
}

/// `SECURITY LABEL`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityLabel {
    /// The whole statement.
    pub span: Span,
}
