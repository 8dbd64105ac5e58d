//! Maintenance.

use crate::text::Span;

use super::{Behavior, Ident, Name, Node, Relation, Setting};

/// `VACUUM` and `ANALYZE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vacuum {
    /// The whole statement.
    pub span: Span,
    /// Which of the two.
    pub kind: VacuumKind,
    /// In parentheses, or the words of the old style: `FULL`, `FREEZE`, `VERBOSE`, `ANALYZE`.
    pub options: Vec<Setting>,
    /// Of which tables; none for all.
    pub relations: Vec<VacuumRelation>,
}

/// The two statements that share a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum VacuumKind {
    Vacuum,
    Analyze,
}

/// A table to vacuum or analyse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VacuumRelation {
    /// Which one.
    pub relation: Relation,
    /// Which of its columns are analysed; none for all.
    pub columns: Vec<Ident>,
}

/// `REINDEX`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reindex {
    /// The whole statement.
    pub span: Span,
    /// `(VERBOSE, TABLESPACE x)`.
    pub options: Vec<Setting>,
    /// What is rebuilt.
    pub target: ReindexTarget,
    /// The keyword `CONCURRENTLY` before the name; as an option in parentheses it is in `options`.
    pub concurrently: Option<Span>,
}

/// What REINDEX rebuilds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReindexTarget {
    /// One index.
    Index(Name),
    /// The indexes of a table.
    Table(Name),
    /// The indexes of a schema's tables.
    Schema(Ident),
    /// The indexes of the system catalogs of the database, which may be left out.
    System(Option<Ident>),
    /// The indexes of the database, which may be left out.
    Database(Option<Ident>),
}

/// `CLUSTER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// The whole statement.
    pub span: Span,
    /// In parentheses, or the word `VERBOSE`.
    pub options: Vec<Setting>,
    /// Which table; none for all that have been clustered before.
    pub table: Option<Name>,
    /// In the order of which index.
    pub index: Option<Ident>,
}

/// `TRUNCATE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truncate {
    /// The whole statement.
    pub span: Span,
    /// Which tables.
    pub relations: Vec<Relation>,
    /// What becomes of their sequences.
    pub identity: Option<TruncateIdentity>,
    /// `CASCADE` or `RESTRICT`.
    pub behavior: Option<Behavior>,
}

/// What becomes of the sequences that the columns of a truncated table own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TruncateIdentity {
    /// `RESTART IDENTITY`
    Restart(Span),
    /// `CONTINUE IDENTITY`
    Continue(Span),
}

/// `LOCK TABLE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// The whole statement.
    pub span: Span,
    /// Which tables.
    pub relations: Vec<Relation>,
    /// `IN … MODE`; ACCESS EXCLUSIVE if it is not written.
    pub mode: Option<LockMode>,
    /// `NOWAIT`
    pub nowait: Option<Span>,
}

/// A table-level lock, with the bytes of its name (PostgreSQL 15, 13.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum LockMode {
    AccessShare(Span),
    RowShare(Span),
    RowExclusive(Span),
    ShareUpdateExclusive(Span),
    Share(Span),
    ShareRowExclusive(Span),
    Exclusive(Span),
    AccessExclusive(Span),
}

/// `EXPLAIN`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explain {
    /// The whole statement.
    pub span: Span,
    /// In parentheses, or the words `ANALYZE`, `VERBOSE`.
    pub options: Vec<Setting>,
    /// What is explained, and with ANALYZE executed.
    pub statement: Box<Node>,
}

/// `CHECKPOINT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The whole statement.
    pub span: Span,
}
