//! Queries and data changes: which relations they read and write, and what else can be told without reading expressions.
//!
//! Lists of relations hold every place at which one is named, in the order of the text, at whatever depth: in sub-queries, in common table
//! expressions, in expressions. A name that means a common table expression there is no relation and is left out; so are functions.

use crate::text::Span;

use super::{Clause, Expr, Ident, IndexKey, Name, Persistence, Relation};

/// A query inside another statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// All of it.
    pub span: Span,
    /// The relations that it reads.
    pub reads: Vec<Name>,
    /// The targets of data changes in its common table expressions.
    pub writes: Vec<Name>,
    /// `INTO t`, which makes a table and which most statements around a query refuse.
    pub into: Option<IntoTable>,
}

impl Query {
    /// Its bytes, as an expression that is read on request.
    pub const fn expr(&self) -> Expr {
        Expr { span: self.span }
    }
}

/// `SELECT`, `VALUES`, `TABLE`, with or without `WITH`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Select {
    /// The whole statement.
    pub span: Span,
    /// The relations that it reads.
    pub reads: Vec<Name>,
    /// The targets of data changes in its common table expressions.
    pub writes: Vec<Name>,
    /// `WITH …`
    pub with: Option<Span>,
    /// The first `UNION`, `INTERSECT` or `EXCEPT` outside parentheses: then there is no outermost SELECT, and no `where_clause`.
    pub set_operation: Option<Span>,
    /// `INTO t` of the outermost SELECT, or of the first one in a set operation: the statement makes a table.
    pub into: Option<IntoTable>,
    /// `WHERE …` of the outermost SELECT.
    pub where_clause: Option<Clause<Expr>>,
    /// `FOR UPDATE` and its kin, of the outermost SELECT.
    pub locking: Vec<Locking>,
}

/// `INSERT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insert {
    /// The whole statement.
    pub span: Span,
    /// The relations that it reads.
    pub reads: Vec<Name>,
    /// The target, and those of data changes in common table expressions.
    pub writes: Vec<Name>,
    /// `WITH …`
    pub with: Option<Span>,
    /// The table that gets rows.
    pub target: Name,
    /// `AS x`
    pub alias: Option<Ident>,
    /// `(a, b)` after the table, if written.
    pub columns: Option<Vec<ColumnTarget>>,
    /// The byte behind the table and its alias, where a list of columns would stand.
    pub columns_at: u32,
    /// `OVERRIDING … VALUE`
    pub overriding: Option<Overriding>,
    /// Where the rows come from.
    pub source: InsertSource,
    /// `ON CONFLICT …`
    pub on_conflict: Option<OnConflict>,
    /// The byte behind the rows, where `ON CONFLICT` would stand.
    pub on_conflict_at: u32,
    /// `RETURNING …`
    pub returning: Option<Span>,
}

/// Where the rows of an INSERT come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InsertSource {
    /// `VALUES (…), (…)`
    Values {
        /// All of it.
        span: Span,
        /// How many rows.
        rows: usize,
    },
    /// Any other query.
    Query(Expr),
    /// `DEFAULT VALUES`
    Default(Span),
}

/// `OVERRIDING { SYSTEM | USER } VALUE`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overriding {
    /// `OVERRIDING SYSTEM VALUE`
    System(Span),
    /// `OVERRIDING USER VALUE`
    User(Span),
}

/// `ON CONFLICT …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnConflict {
    /// All of it.
    pub span: Span,
    /// Which conflict.
    pub target: Option<ConflictTarget>,
    /// What to do.
    pub action: ConflictAction,
}

/// Which conflict an ON CONFLICT clause means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConflictTarget {
    /// `(a, lower(b)) WHERE c`
    Columns {
        /// The list with its parentheses.
        span: Span,
        /// Its items.
        keys: Vec<IndexKey>,
        /// The predicate of a partial index.
        where_clause: Option<Clause<Expr>>,
    },
    /// `ON CONSTRAINT x`
    Constraint(Ident),
}

/// What to do when a row conflicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConflictAction {
    /// `DO NOTHING`
    Nothing(Span),
    /// `DO UPDATE SET … WHERE …`
    Update {
        /// All of it.
        span: Span,
        /// The columns that it sets.
        set: Vec<Assignment>,
        /// Which rows it changes.
        where_clause: Option<Clause<Expr>>,
    },
}

/// `UPDATE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// The whole statement.
    pub span: Span,
    /// The relations that it reads, the target only if it is named again.
    pub reads: Vec<Name>,
    /// The target, and those of data changes in common table expressions.
    pub writes: Vec<Name>,
    /// `WITH …`
    pub with: Option<Span>,
    /// The table whose rows change.
    pub target: Relation,
    /// `AS x`
    pub alias: Option<Ident>,
    /// The columns that it sets.
    pub set: Vec<Assignment>,
    /// `FROM …`
    pub from: Option<Span>,
    /// `WHERE …`
    pub where_clause: Option<Clause<Condition>>,
    /// The byte behind which `WHERE` would stand.
    pub where_at: u32,
    /// `RETURNING …`
    pub returning: Option<Span>,
}

/// `DELETE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The whole statement.
    pub span: Span,
    /// The relations that it reads, the target only if it is named again.
    pub reads: Vec<Name>,
    /// The target, and those of data changes in common table expressions.
    pub writes: Vec<Name>,
    /// `WITH …`
    pub with: Option<Span>,
    /// The table that loses rows.
    pub target: Relation,
    /// `AS x`
    pub alias: Option<Ident>,
    /// `USING …`
    pub using: Option<Span>,
    /// `WHERE …`
    pub where_clause: Option<Clause<Condition>>,
    /// The byte behind which `WHERE` would stand.
    pub where_at: u32,
    /// `RETURNING …`
    pub returning: Option<Span>,
}

/// `MERGE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The whole statement.
    pub span: Span,
    /// The relations that it reads, the target only if it is named again.
    pub reads: Vec<Name>,
    /// The target, and those of data changes in common table expressions.
    pub writes: Vec<Name>,
    /// `WITH …`
    pub with: Option<Span>,
    /// The table that changes.
    pub target: Relation,
    /// `AS x`
    pub alias: Option<Ident>,
    /// The source behind `USING`.
    pub source: Expr,
    /// The condition behind `ON`.
    pub condition: Expr,
    /// `WHEN …`, in order.
    pub when: Vec<MergeWhen>,
    /// `RETURNING …`
    pub returning: Option<Span>,
}

/// `WHEN … THEN …` of a MERGE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeWhen {
    /// All of it.
    pub span: Span,
    /// Which rows.
    pub kind: MergeMatch,
    /// `AND …`
    pub condition: Option<Expr>,
    /// What to do with them.
    pub action: MergeAction,
}

/// Which rows a WHEN of a MERGE means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeMatch {
    /// `MATCHED`
    Matched,
    /// `NOT MATCHED BY SOURCE`
    NotMatchedBySource,
    /// `NOT MATCHED [BY TARGET]`
    NotMatchedByTarget,
}

/// What a WHEN of a MERGE does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeAction {
    /// `UPDATE SET …`
    Update(Vec<Assignment>),
    /// `DELETE`
    Delete,
    /// `INSERT …`
    Insert {
        /// `(a, b)`, if written.
        columns: Option<Vec<ColumnTarget>>,
        /// `OVERRIDING … VALUE`
        overriding: Option<Overriding>,
        /// `VALUES (…)` or `DEFAULT VALUES`
        values: Span,
    },
    /// `DO NOTHING`
    Nothing,
}

/// A column that a statement writes: `a`, `a.field`, `a[1]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnTarget {
    /// All of it.
    pub span: Span,
    /// The column.
    pub column: Ident,
}

/// A column that an UPDATE sets; in `(a, b) = (1, 2)` each has an assignment of its own, with the same value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assignment {
    /// Which column.
    pub target: ColumnTarget,
    /// What stands to the right of `=`.
    pub value: Expr,
}

/// What stands behind WHERE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// An expression.
    Expression(Expr),
    /// `CURRENT OF cursor`
    CurrentOf(Ident),
}

/// `INTO [TEMP] t` of a SELECT, which makes a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntoTable {
    /// All of it.
    pub span: Span,
    /// `TEMP` or `UNLOGGED`
    pub persistence: Persistence,
    /// The new table.
    pub name: Name,
}

/// `FOR UPDATE OF t NOWAIT`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locking {
    /// All of it.
    pub span: Span,
    /// How strong.
    pub strength: LockStrength,
    /// `OF a, b`
    pub of: Vec<Name>,
    /// What if a row is locked already.
    pub wait: LockWait,
}

/// How strong the lock on each row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockStrength {
    /// `FOR UPDATE`
    Update,
    /// `FOR NO KEY UPDATE`
    NoKeyUpdate,
    /// `FOR SHARE`
    Share,
    /// `FOR KEY SHARE`
    KeyShare,
}

/// What happens at a row that somebody else has locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockWait {
    /// Wait, which is the default.
    Block,
    /// `NOWAIT`
    NoWait(Span),
    /// `SKIP LOCKED`
    SkipLocked(Span),
}
