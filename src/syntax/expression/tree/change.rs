//! The tree of data changes.

use crate::text::Span;

use super::query::Inheritance;
use super::{Expression, FromItem, Query, Subscript, Target, With, equal_but_for_span};

/// A statement that changes rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataChange {
    /// `INSERT`
    Insert(Box<Insert>),
    /// `UPDATE`
    Update(Box<Update>),
    /// `DELETE`
    Delete(Box<Delete>),
    /// `MERGE`
    Merge(Box<Merge>),
}

impl DataChange {
    /// `WITH …`
    pub fn with(&self) -> Option<&With> {
        match self {
            DataChange::Insert(change) => change.with.as_ref(),
            DataChange::Update(change) => change.with.as_ref(),
            DataChange::Delete(change) => change.with.as_ref(),
            DataChange::Merge(change) => change.with.as_ref(),
        }
    }

    /// The table whose rows change.
    pub fn target(&self) -> &ChangeTarget {
        match self {
            DataChange::Insert(change) => &change.target,
            DataChange::Update(change) => &change.target,
            DataChange::Delete(change) => &change.target,
            DataChange::Merge(change) => &change.target,
        }
    }

    /// `RETURNING …`
    pub fn returning(&self) -> Option<&Returning> {
        match self {
            DataChange::Insert(change) => change.returning.as_ref(),
            DataChange::Update(change) => change.returning.as_ref(),
            DataChange::Delete(change) => change.returning.as_ref(),
            DataChange::Merge(change) => change.returning.as_ref(),
        }
    }
}

/// The table whose rows change.
#[derive(Debug, Clone)]
pub struct ChangeTarget {
    /// Its bytes, with its alias.
    pub span: Span,
    /// The parts of its name.
    pub name: Vec<String>,
    /// `ONLY`
    pub inheritance: Inheritance,
    /// `AS x`
    pub alias: Option<String>,
}

equal_but_for_span!(ChangeTarget { name, inheritance, alias });

/// `INSERT INTO t (a, b) … ON CONFLICT … RETURNING …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insert {
    /// `WITH …`
    pub with: Option<With>,
    /// The table that gets rows.
    pub target: ChangeTarget,
    /// `(a, b)`; empty if none are written.
    pub columns: Vec<ColumnTarget>,
    /// `OVERRIDING … VALUE`
    pub overriding: Option<Overriding>,
    /// Where the rows come from.
    pub source: InsertSource,
    /// `ON CONFLICT …`
    pub on_conflict: Option<OnConflict>,
    /// `RETURNING …`
    pub returning: Option<Returning>,
}

/// What happens to values for identity columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Overriding {
    System,
    User,
}

/// Where the rows of an INSERT come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InsertSource {
    /// `DEFAULT VALUES`
    Default,
    /// A query; `VALUES` too, unless there are many.
    Query(Box<Query>),
    /// `VALUES` of more rows than a tree should hold: its bytes, from which [`super::super::read_values`] reads one row at a time.
    Rows(Span),
}

/// `ON CONFLICT …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnConflict {
    /// Which conflict, if that is written.
    pub target: Option<ConflictTarget>,
    /// What to do.
    pub action: ConflictAction,
}

/// Which conflict is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConflictTarget {
    /// `(a, lower(b)) WHERE …`
    Keys(Vec<ConflictKey>, Option<Expression>),
    /// `ON CONSTRAINT x`
    Constraint(String),
}

/// A key of the index whose conflicts are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictKey {
    /// A column or an expression.
    pub value: Expression,
    /// `COLLATE x`: the parts of its name, or none.
    pub collation: Vec<String>,
    /// The parts of the operator class's name, or none.
    pub class: Vec<String>,
}

/// What to do when a row conflicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConflictAction {
    /// `DO NOTHING`
    Nothing,
    /// `DO UPDATE SET … WHERE …`
    Update(Vec<Assignment>, Option<Expression>),
}

/// `UPDATE t SET … FROM … WHERE … RETURNING …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// `WITH …`
    pub with: Option<With>,
    /// The table whose rows change.
    pub target: ChangeTarget,
    /// `SET …`
    pub set: Vec<Assignment>,
    /// `FROM …`
    pub from: Vec<FromItem>,
    /// `WHERE …`
    pub condition: Option<Condition>,
    /// `RETURNING …`
    pub returning: Option<Returning>,
}

/// `DELETE FROM t USING … WHERE … RETURNING …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// `WITH …`
    pub with: Option<With>,
    /// The table that loses rows.
    pub target: ChangeTarget,
    /// `USING …`
    pub using: Vec<FromItem>,
    /// `WHERE …`
    pub condition: Option<Condition>,
    /// `RETURNING …`
    pub returning: Option<Returning>,
}

/// What stands behind WHERE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// An expression.
    Expression(Expression),
    /// `CURRENT OF cursor`
    CurrentOf(String),
}

/// `MERGE INTO t USING … ON … WHEN …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// `WITH …`
    pub with: Option<With>,
    /// The table that changes.
    pub target: ChangeTarget,
    /// `USING …`
    pub source: FromItem,
    /// `ON …`
    pub condition: Expression,
    /// `WHEN …`, in order.
    pub whens: Vec<MergeWhen>,
    /// `RETURNING …`
    pub returning: Option<Returning>,
}

/// `WHEN … THEN …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeWhen {
    /// Which rows.
    pub rows: MergeRows,
    /// `AND …`
    pub condition: Option<Expression>,
    /// What to do with them.
    pub action: MergeAction,
}

/// Which rows a WHEN means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeRows {
    /// `MATCHED`
    Matched,
    /// `NOT MATCHED BY SOURCE`
    NotMatchedBySource,
    /// `NOT MATCHED [BY TARGET]`
    NotMatchedByTarget,
}

/// What a WHEN does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeAction {
    /// `DO NOTHING`
    Nothing,
    /// `DELETE`
    Delete,
    /// `UPDATE SET …`
    Update(Vec<Assignment>),
    /// `INSERT (a, b) VALUES (…)`
    Insert {
        /// `(a, b)`; empty if none are written.
        columns: Vec<ColumnTarget>,
        /// `OVERRIDING … VALUE`
        overriding: Option<Overriding>,
        /// The one row; none for `DEFAULT VALUES`.
        values: Option<Vec<Expression>>,
    },
}

/// `a = 1`, `(a, b) = (1, 2)`
#[derive(Debug, Clone)]
pub struct Assignment {
    /// All of it.
    pub span: Span,
    /// What gets a value.
    pub target: AssignmentTarget,
    /// The value.
    pub value: Expression,
}

equal_but_for_span!(Assignment { target, value });

/// What stands to the left of `=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssignmentTarget {
    /// `a`
    One(ColumnTarget),
    /// `(a, b)`, which get the parts of a row or of a query's row.
    Many(Vec<ColumnTarget>),
}

impl AssignmentTarget {
    /// The columns that get values.
    pub fn columns(&self) -> &[ColumnTarget] {
        match self {
            AssignmentTarget::One(column) => std::slice::from_ref(column),
            AssignmentTarget::Many(columns) => columns,
        }
    }
}

/// A column, or a part of one, that gets a value.
#[derive(Debug, Clone)]
pub struct ColumnTarget {
    /// All of it.
    pub span: Span,
    /// The column.
    pub column: String,
    /// Which part of it, from the outside in; empty for all of it.
    pub parts: Vec<PartOfColumn>,
}

equal_but_for_span!(ColumnTarget { column, parts });

/// A part of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartOfColumn {
    /// `.f`
    Field(String),
    /// `[1]`
    Subscript(Subscript),
}

/// `RETURNING WITH (OLD AS a, NEW AS b) …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returning {
    /// What rows are called as they were.
    pub old: Option<String>,
    /// What rows are called as they are.
    pub new: Option<String>,
    /// What is returned.
    pub targets: Vec<Target>,
}
