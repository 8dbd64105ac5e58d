//! Partitioned tables: how rows are spread, and which rows a partition takes.
//!
//! PostgreSQL evaluates the bounds when it runs the statement and deparses their values; of the keys it deparses calls and expressions.

use serde::{Deserialize, Serialize};

use crate::text::Span;

use super::{Clause, Expr, KeySubject, Name};

/// `PARTITION BY RANGE (keys)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionBy {
    /// All of it.
    pub span: Span,
    /// By what rule.
    pub strategy: Clause<PartitionStrategy>,
    /// In order.
    pub keys: Vec<PartitionKey>,
}

/// How rows are spread over partitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum PartitionStrategy {
    List,
    Range,
    Hash,
}

/// One key of a partitioned table: `created_at`, `(lower(name)) COLLATE "C" text_ops`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionKey {
    /// All of it.
    pub span: Span,
    /// What decides.
    pub subject: KeySubject,
    /// `COLLATE name`
    pub collation: Option<Clause<Name>>,
    /// The operator class, if not the type's default one.
    pub class: Option<Name>,
}

/// Which rows a partition takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionBound {
    /// From FOR to the last parenthesis, or `DEFAULT`.
    pub span: Span,
    /// Which.
    pub kind: PartitionBoundKind,
}

/// Which rows a partition takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartitionBoundKind {
    /// `DEFAULT`: those that no other takes.
    Default,
    /// `FOR VALUES IN (values)`
    List(Vec<Expr>),
    /// `FOR VALUES FROM (values) TO (values)`; MINVALUE and MAXVALUE are values too.
    Range(Vec<Expr>, Vec<Expr>),
    /// `FOR VALUES WITH (MODULUS 4, REMAINDER 1)`
    Hash(HashBound),
}

/// The two numbers of a hash partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashBound {
    /// `4` in `MODULUS 4`.
    pub modulus: Span,
    /// `1` in `REMAINDER 1`.
    pub remainder: Span,
}

/// `PARTITION OF parent … bound`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionOf {
    /// `PARTITION OF parent`.
    pub head: Span,
    /// The partitioned table.
    pub parent: Name,
    /// Which of its rows.
    pub bound: PartitionBound,
}

/// How a partition leaves its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detach {
    /// In one transaction, under an exclusive lock.
    AtOnce,
    /// `CONCURRENTLY`: in two transactions.
    Concurrently(Span),
    /// `FINALIZE`: the second of the two.
    Finalize(Span),
}

/// The name of a partition to attach, and which rows it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attach {
    /// The table, or index, that becomes a partition.
    pub partition: Name,
    /// Which rows; none for an index.
    pub bound: Option<PartitionBound>,
}
