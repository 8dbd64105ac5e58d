//! Databases, tablespaces, and the server's own settings.

use crate::text::Span;

use super::{Clause, Guard, Ident, RoleSpec, Setting, VariableSetting};

/// `CREATE DATABASE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateDatabase {
    /// The whole statement.
    pub span: Span,
    /// Its name.
    pub name: Ident,
    /// `OWNER`, `TEMPLATE`, `CONNECTION LIMIT` and so on, in the order written.
    pub options: Vec<Setting>,
}

/// `ALTER DATABASE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterDatabase {
    /// The whole statement.
    pub span: Span,
    /// The database.
    pub name: Ident,
    /// What happens to it.
    pub action: DatabaseAction,
}

/// What happens to a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseAction {
    /// `WITH CONNECTION LIMIT 10`: perhaps none, which PostgreSQL reads.
    Options(Vec<Setting>),
    /// `SET TABLESPACE name`
    SetTablespace(Ident),
    /// `REFRESH COLLATION VERSION`
    RefreshCollationVersion(Span),
    /// `SET` or `RESET` of a variable, for sessions that begin later.
    Variable(VariableSetting),
}

/// `DROP DATABASE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropDatabase {
    /// The whole statement.
    pub span: Span,
    /// `IF EXISTS`
    pub guard: Guard,
    /// Its name.
    pub name: Ident,
    /// `FORCE`, each time that it is written: sessions in it are ended.
    pub force: Vec<Span>,
}

/// `CREATE TABLESPACE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTablespace {
    /// The whole statement.
    pub span: Span,
    /// Its name.
    pub name: Ident,
    /// `OWNER role`
    pub owner: Option<Clause<RoleSpec>>,
    /// The directory, with its quotes.
    pub location: Span,
    /// `WITH (seq_page_cost = 2)`
    pub options: Option<Clause<Vec<Setting>>>,
}

/// `ALTER TABLESPACE … SET, RESET`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterTablespace {
    /// The whole statement.
    pub span: Span,
    /// The tablespace.
    pub name: Ident,
    /// What happens to its options.
    pub action: TablespaceAction,
}

/// What happens to a tablespace's options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TablespaceAction {
    /// `SET (seq_page_cost = 2)`
    Set(Vec<Setting>),
    /// `RESET (seq_page_cost)`
    Reset(Vec<Setting>),
}

/// `DROP TABLESPACE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropTablespace {
    /// The whole statement.
    pub span: Span,
    /// `IF EXISTS`
    pub guard: Guard,
    /// Its name.
    pub name: Ident,
}

/// `ALTER SYSTEM`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterSystem {
    /// The whole statement.
    pub span: Span,
    /// `SET` or `RESET` of a variable.
    pub setting: VariableSetting,
}
