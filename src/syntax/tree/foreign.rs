//! Foreign data: wrappers, servers, user mappings, foreign schemas. Foreign tables are in `table`.

use crate::text::Span;

/// `CREATE FOREIGN DATA WRAPPER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateForeignDataWrapper {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER FOREIGN DATA WRAPPER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterForeignDataWrapper {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE SERVER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateServer {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER SERVER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterServer {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE USER MAPPING`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateUserMapping {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER USER MAPPING`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterUserMapping {
    /// The whole statement.
    pub span: Span,
}

/// `DROP USER MAPPING`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropUserMapping {
    /// The whole statement.
    pub span: Span,
}

/// `IMPORT FOREIGN SCHEMA`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportForeignSchema {
    /// The whole statement.
    pub span: Span,
}
