//! Extended statistics.

use crate::text::Span;

use super::{Clause, Guard, Ident, KeySubject, Name, Relation};

/// `CREATE STATISTICS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateStatistics {
    /// The whole statement.
    pub span: Span,
    /// `IF NOT EXISTS`, which demands a name.
    pub guard: Guard,
    /// Its name; PostgreSQL makes one up if there is none.
    pub name: Option<Name>,
    /// `(ndistinct, mcv)`: which kinds; all of them if none is written.
    pub kinds: Vec<Ident>,
    /// What they are about.
    pub keys: Vec<KeySubject>,
    /// `FROM …`: the grammar allows what it allows in a query, PostgreSQL then refuses all but one table.
    pub from: Vec<StatisticsSource>,
}

/// An item of the FROM clause of `CREATE STATISTICS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatisticsSource {
    /// A table, perhaps with an alias, which means nothing here.
    Table(Relation),
    /// A sub-query, a join or a function: its bytes.
    Other(Span),
}

/// `ALTER STATISTICS … SET STATISTICS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterStatistics {
    /// The whole statement.
    pub span: Span,
    /// `IF EXISTS`
    pub guard: Guard,
    /// The statistics.
    pub name: Name,
    /// How much is gathered.
    pub target: Clause<StatisticsTarget>,
}

/// How much ANALYZE gathers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatisticsTarget {
    /// A number, with its sign.
    Value(Span),
    /// `DEFAULT`
    Default(Span),
}
