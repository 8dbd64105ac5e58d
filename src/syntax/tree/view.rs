//! Views and materialized views; CREATE MATERIALIZED VIEW is a `CreateTableAs`.
//!
//! PostgreSQL stores a view's query as a tree, with `*` expanded and names resolved, and deparses it: two texts of one may differ.

use crate::text::Span;

use super::{Clause, Ident, Name, Persistence, Query, Setting, WithData};

/// `CREATE VIEW`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateView {
    /// The whole statement.
    pub span: Span,
    /// `OR REPLACE`
    pub replace: Option<Span>,
    /// The byte before which OR REPLACE would stand.
    pub replace_at: u32,
    /// `TEMPORARY`; UNLOGGED parses, and fails when it runs.
    pub persistence: Persistence,
    /// `RECURSIVE`: the query is one that reads the view itself as a common table expression of its unqualified name.
    pub recursive: Option<Span>,
    /// Its name.
    pub name: Name,
    /// `(columns)`; those of the query if not written.
    pub columns: Option<Clause<Vec<Ident>>>,
    /// `WITH (security_barrier)`
    pub options: Option<Clause<Vec<Setting>>>,
    /// What it shows.
    pub query: Query,
    /// `WITH CHECK OPTION`
    pub check_option: Option<Clause<CheckOption>>,
}

/// Which rows may be written through a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckOption {
    /// Those that this view shows.
    Local,
    /// Those that this view and all views below it show; the default.
    Cascaded,
}

/// `REFRESH MATERIALIZED VIEW`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshMaterializedView {
    /// The whole statement.
    pub span: Span,
    /// `CONCURRENTLY`
    pub concurrently: Option<Span>,
    /// The byte before which CONCURRENTLY would stand.
    pub concurrently_at: u32,
    /// Its name.
    pub name: Name,
    /// `WITH NO DATA`
    pub data: Option<Clause<WithData>>,
}
