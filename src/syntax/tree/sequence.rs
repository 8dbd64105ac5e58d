//! Sequences and the options that identity columns share with them.
//!
//! PostgreSQL stores the numbers that result, never what was left to a default: `MINVALUE 1` and `NO MINVALUE` are the same.

use crate::text::Span;

use super::{Guard, Ident, Name, Persistence, TypeName};

/// `CREATE SEQUENCE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateSequence {
    /// The whole statement.
    pub span: Span,
    /// `TEMPORARY`, `UNLOGGED`.
    pub persistence: Persistence,
    /// `IF NOT EXISTS`
    pub guard: Guard,
    /// Its name.
    pub name: Name,
    /// In the order written.
    pub options: Vec<SequenceOption>,
}

/// `ALTER SEQUENCE` with options; its other actions are an `AlterTable`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterSequence {
    /// The whole statement.
    pub span: Span,
    /// `IF EXISTS`
    pub guard: Guard,
    /// Its name.
    pub name: Name,
    /// In the order written; at least one.
    pub options: Vec<SequenceOption>,
}

/// One option of a sequence; PostgreSQL refuses two of a kind only when it runs the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SequenceOption {
    /// All of it.
    pub span: Span,
    /// What it says.
    pub kind: SequenceOptionKind,
}

/// What an option of a sequence says; a span is a number's, with its sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SequenceOptionKind {
    /// `AS bigint`
    As(Box<TypeName>),
    /// `CACHE 20`
    Cache(Span),
    /// `CYCLE`
    Cycle,
    /// `NO CYCLE`
    NoCycle,
    /// `INCREMENT BY 2`
    Increment(Span),
    /// `MINVALUE 0`
    MinValue(Span),
    /// `NO MINVALUE`
    NoMinValue,
    /// `MAXVALUE 99`
    MaxValue(Span),
    /// `NO MAXVALUE`
    NoMaxValue,
    /// `START WITH 100`
    Start(Span),
    /// `RESTART`, from where it starts or with a number.
    Restart(Option<Span>),
    /// `OWNED BY table.column`
    OwnedBy(OwnedBy),
    /// `SEQUENCE NAME name`, which pg_dump writes for identity columns.
    SequenceName(Name),
    /// `LOGGED`
    Logged,
    /// `UNLOGGED`
    Unlogged,
}

/// Which column a sequence falls with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnedBy {
    /// `NONE`
    None(Span),
    /// `table.column`; a column without a table parses, and fails when it runs.
    Column(Option<Name>, Ident),
}
