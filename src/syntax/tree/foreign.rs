//! Foreign data: wrappers, servers, user mappings, foreign schemas. Foreign tables are in `table`.

use crate::text::Span;

use super::{Clause, Guard, Ident, Name, Relation, RoleSpec, Setting};

/// `CREATE FOREIGN DATA WRAPPER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateForeignDataWrapper {
    /// The whole statement.
    pub span: Span,
    /// Its name.
    pub name: Ident,
    /// In the order written. The grammar allows repetition; PostgreSQL refuses it when it runs the statement.
    pub functions: Vec<WrapperFunction>,
    /// `OPTIONS (…)`
    pub options: Vec<Setting>,
}

/// `ALTER FOREIGN DATA WRAPPER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterForeignDataWrapper {
    /// The whole statement.
    pub span: Span,
    /// The wrapper.
    pub name: Ident,
    /// In the order written.
    pub functions: Vec<WrapperFunction>,
    /// `OPTIONS (ADD …, SET …, DROP …)`
    pub options: Vec<Setting>,
}

/// A function of a foreign data wrapper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrapperFunction {
    /// `HANDLER function`
    Handler(Name),
    /// `NO HANDLER`
    NoHandler(Span),
    /// `VALIDATOR function`
    Validator(Name),
    /// `NO VALIDATOR`
    NoValidator(Span),
}

/// `CREATE SERVER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateServer {
    /// The whole statement.
    pub span: Span,
    /// `IF NOT EXISTS`
    pub guard: Guard,
    /// Its name.
    pub name: Ident,
    /// `TYPE 'kind'`: the string.
    pub kind: Option<Span>,
    /// `VERSION '1'`
    pub version: Option<ServerVersion>,
    /// `FOREIGN DATA WRAPPER name`
    pub wrapper: Ident,
    /// `OPTIONS (…)`
    pub options: Vec<Setting>,
}

/// `ALTER SERVER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterServer {
    /// The whole statement.
    pub span: Span,
    /// The server.
    pub name: Ident,
    /// `VERSION '1'`
    pub version: Option<ServerVersion>,
    /// `OPTIONS (ADD …, SET …, DROP …)`
    pub options: Vec<Setting>,
}

/// The version of a foreign server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerVersion {
    /// `VERSION '1'`: the string.
    Text(Span),
    /// `VERSION NULL`: the word NULL.
    Null(Span),
}

/// `CREATE USER MAPPING`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateUserMapping {
    /// The whole statement.
    pub span: Span,
    /// `IF NOT EXISTS`
    pub guard: Guard,
    /// Whose; `USER` is the current one.
    pub user: RoleSpec,
    /// The server.
    pub server: Ident,
    /// `OPTIONS (…)`
    pub options: Vec<Setting>,
}

/// `ALTER USER MAPPING`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterUserMapping {
    /// The whole statement.
    pub span: Span,
    /// Whose; `USER` is the current one.
    pub user: RoleSpec,
    /// The server.
    pub server: Ident,
    /// `OPTIONS (ADD …, SET …, DROP …)`
    pub options: Vec<Setting>,
}

/// `DROP USER MAPPING`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropUserMapping {
    /// The whole statement.
    pub span: Span,
    /// `IF EXISTS`
    pub guard: Guard,
    /// Whose; `USER` is the current one.
    pub user: RoleSpec,
    /// The server.
    pub server: Ident,
}

/// `IMPORT FOREIGN SCHEMA`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportForeignSchema {
    /// The whole statement.
    pub span: Span,
    /// The schema over there.
    pub remote: Ident,
    /// Which of its tables; all of them if nothing is written.
    pub tables: Option<Clause<ImportedTables>>,
    /// `FROM SERVER name`
    pub server: Ident,
    /// `INTO schema`
    pub into: Ident,
    /// `OPTIONS (…)`
    pub options: Vec<Setting>,
}

/// Which tables of a foreign schema are imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportedTables {
    /// `LIMIT TO (tables)`
    LimitTo(Vec<Relation>),
    /// `EXCEPT (tables)`
    Except(Vec<Relation>),
}
