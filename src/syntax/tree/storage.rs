//! Where a relation's rows are kept, how, and for how long.

use crate::text::Span;

use super::{Clause, Ident, RoleSpec, Setting};

/// How long a relation lives, and whether it survives a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Persistence {
    /// Nothing is written.
    Permanent,
    /// `TEMPORARY`, `LOCAL TEMP` and so on: until the session ends, in a schema of its own.
    Temporary(Span),
    /// `UNLOGGED`: emptied by a crash.
    Unlogged(Span),
}

/// The clauses that say how a table's rows are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Storage {
    /// `USING heap`
    pub method: Option<Clause<Ident>>,
    /// `WITH (fillfactor = 70)`
    pub parameters: Option<Clause<Vec<Setting>>>,
    /// `WITHOUT OIDS`, which says nothing any more.
    pub without_oids: Option<Span>,
    /// `ON COMMIT …`
    pub on_commit: Option<Clause<OnCommit>>,
    /// `TABLESPACE name`
    pub tablespace: Option<Clause<Ident>>,
}

/// What becomes of a temporary table when its transaction ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum OnCommit {
    Drop,
    DeleteRows,
    PreserveRows,
}

/// Whether what is made from a query is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithData {
    /// `WITH DATA`, the default.
    Data,
    /// `WITH NO DATA`
    NoData,
}

/// `ALTER TABLE, INDEX, MATERIALIZED VIEW ALL IN TABLESPACE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveAll {
    /// The whole statement.
    pub span: Span,
    /// Which relations.
    pub kind: MovedKind,
    /// The tablespace that they leave.
    pub from: Ident,
    /// `OWNED BY roles`
    pub owners: Vec<RoleSpec>,
    /// The tablespace that they go to.
    pub to: Ident,
    /// `NOWAIT`
    pub nowait: Option<Span>,
}

/// What ALL IN TABLESPACE moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum MovedKind {
    Tables,
    Indexes,
    MaterializedViews,
}
