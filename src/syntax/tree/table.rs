//! Tables: CREATE TABLE, CREATE TABLE AS, every ALTER TABLE action.

use crate::text::Span;

/// `CREATE [FOREIGN] TABLE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTable {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE TABLE AS, SELECT INTO, CREATE MATERIALIZED VIEW, by kind`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTableAs {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER TABLE, INDEX, SEQUENCE, VIEW, MATERIALIZED VIEW, FOREIGN TABLE, and TYPE where its attributes change`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterTable {
    /// The whole statement.
    pub span: Span,
}
