//! Schemas, extensions, databases, tablespaces, languages, statistics.

use crate::text::Span;

/// `CREATE SCHEMA`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateSchema {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE EXTENSION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateExtension {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER EXTENSION … UPDATE, ADD, DROP`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterExtension {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE DATABASE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateDatabase {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER DATABASE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterDatabase {
    /// The whole statement.
    pub span: Span,
}

/// `DROP DATABASE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropDatabase {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE TABLESPACE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTablespace {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER TABLESPACE … SET, RESET`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterTablespace {
    /// The whole statement.
    pub span: Span,
}

/// `DROP TABLESPACE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropTablespace {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE LANGUAGE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateLanguage {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE STATISTICS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateStatistics {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER STATISTICS … SET STATISTICS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterStatistics {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER SYSTEM`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterSystem {
    /// The whole statement.
    pub span: Span,
}
