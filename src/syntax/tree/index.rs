//! Indexes, and the keys that indexes, exclusion constraints and conflict targets have in common.
//!
//! PostgreSQL stores a key that is a call or an expression, and the predicate, as trees and deparses them; the rest it stores as it reads
//! it, with defaults filled in: the method btree, ascending, nulls last (first, if descending), the type's collation and operator class.

use crate::text::Span;

use super::{Clause, Expr, Guard, Ident, Name, Nulls, Relation, Setting};

/// `CREATE INDEX`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateIndex {
    /// The whole statement.
    pub span: Span,
    /// `UNIQUE`
    pub unique: Option<Span>,
    /// `CONCURRENTLY`
    pub concurrently: Option<Span>,
    /// The byte before which CONCURRENTLY would stand.
    pub concurrently_at: u32,
    /// `IF NOT EXISTS`, which demands a name.
    pub guard: Guard,
    /// Its name, always without a schema: an index lives in its table's.
    pub name: Option<Ident>,
    /// The table.
    pub table: Relation,
    /// `USING gin`; btree if it is not written.
    pub method: Option<Clause<Ident>>,
    /// In order.
    pub keys: Vec<IndexKey>,
    /// `INCLUDE (columns)`
    pub include: Option<Clause<Vec<IndexKey>>>,
    /// `NULLS NOT DISTINCT`
    pub nulls: Option<Clause<Nulls>>,
    /// `WITH (fillfactor = 70)`
    pub parameters: Option<Clause<Vec<Setting>>>,
    /// `TABLESPACE name`
    pub tablespace: Option<Clause<Ident>>,
    /// `WHERE predicate`
    pub predicate: Option<Clause<Expr>>,
}

/// One key of an index: `lower(email) COLLATE "C" text_pattern_ops DESC NULLS LAST`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexKey {
    /// All of it.
    pub span: Span,
    /// What is indexed.
    pub subject: KeySubject,
    /// `COLLATE name`
    pub collation: Option<Clause<Name>>,
    /// The operator class, if not the type's default one.
    pub class: Option<OperatorClassUse>,
    /// `ASC` or `DESC`.
    pub direction: Option<Clause<Direction>>,
    /// `NULLS FIRST` or `NULLS LAST`.
    pub nulls: Option<Clause<NullsOrder>>,
}

/// What an index's or a partition key's item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySubject {
    /// A column, without parentheses: in parentheses it is an expression, and an index on one.
    Column(Ident),
    /// A function call without parentheses around it.
    Call(Expr),
    /// What stands in parentheses, without them.
    Expression(Expr),
}

/// An operator class as an index uses it: `gist_trgm_ops (siglen = 32)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorClassUse {
    /// Its name.
    pub name: Name,
    /// Its parameters.
    pub parameters: Option<Clause<Vec<Setting>>>,
}

/// A sort direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Direction {
    Ascending,
    Descending,
}

/// Where nulls sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum NullsOrder {
    First,
    Last,
}
