//! Logical replication, the sending side: publications.

use crate::text::Span;

use super::{Clause, Expr, Ident, Relation, Setting};

/// `CREATE PUBLICATION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatePublication {
    /// The whole statement.
    pub span: Span,
    /// Its name.
    pub name: Ident,
    /// What it publishes; nothing yet if it is not written.
    pub scope: Option<PublicationScope>,
    /// `WITH (publish = 'insert')`
    pub options: Option<Clause<Vec<Setting>>>,
}

/// What a publication publishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicationScope {
    /// `FOR ALL TABLES`
    AllTables(Span),
    /// `FOR TABLE a, b, TABLES IN SCHEMA s`
    Objects(Vec<PublicationObject>),
}

/// A table, or all tables of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicationObject {
    /// `TABLE name (columns) WHERE (predicate)`
    Table(PublishedTable),
    /// `TABLES IN SCHEMA name`
    Schema(Ident),
    /// `TABLES IN SCHEMA CURRENT_SCHEMA`
    CurrentSchema(Span),
}

/// A table of a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedTable {
    /// From its name to its last clause, without the word TABLE.
    pub span: Span,
    /// The table.
    pub table: Relation,
    /// Which columns; all of them if none is written.
    pub columns: Option<Clause<Vec<Ident>>>,
    /// `WHERE (predicate)`: which rows.
    pub filter: Option<Clause<Expr>>,
}

/// `ALTER PUBLICATION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterPublication {
    /// The whole statement.
    pub span: Span,
    /// The publication.
    pub name: Ident,
    /// What happens to it.
    pub action: PublicationAction,
}

/// What happens to a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicationAction {
    /// `SET (publish = 'insert')`
    SetOptions(Vec<Setting>),
    /// `ADD TABLE a`
    Add(Vec<PublicationObject>),
    /// `SET TABLE a`: these and no others.
    Set(Vec<PublicationObject>),
    /// `DROP TABLE a`
    Drop(Vec<PublicationObject>),
}
