//! The tree of queries.
//!
//! Parentheses around a query are gone, as in PostgreSQL: its clauses are its own wherever they are written.

use crate::text::Span;

use super::{DataChange, Expression, OrderBy, Special, TypeRef, Window, equal_but_for_span};

/// `SELECT`, `VALUES`, or a set operation of them, with what orders and cuts its rows.
#[derive(Debug, Clone)]
pub struct Query {
    /// Its bytes, without parentheses around it.
    pub span: Span,
    /// `WITH …`
    pub with: Option<Box<With>>,
    /// Where its rows come from.
    pub body: Body,
    /// `ORDER BY …`
    pub order_by: Vec<OrderBy>,
    /// `LIMIT`, `FETCH FIRST`
    pub limit: Option<Box<Limit>>,
    /// `OFFSET`
    pub offset: Option<Box<Expression>>,
    /// `FOR UPDATE` and its kin.
    pub locking: Vec<Locking>,
}

equal_but_for_span!(Query { with, body, order_by, limit, offset, locking });

/// How many rows a query gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// The number; a null for `LIMIT ALL`.
    pub count: Expression,
    /// Whether rows equal to the last follow it.
    pub ties: TiesLimit,
}

/// Whether rows that are equal to the last follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TiesLimit {
    /// `LIMIT`, `ROWS ONLY`
    Only,
    /// `WITH TIES`
    WithTies,
}

/// Where the rows of a query come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// `SELECT …`; `TABLE t` is `SELECT * FROM t`.
    Select(Box<Select>),
    /// `VALUES (…), (…)`
    Values(Vec<Vec<Expression>>),
    /// `UNION`, `INTERSECT`, `EXCEPT`
    SetOperation(SetOperation),
}

/// Queries that are added, intersected or subtracted, from left to right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetOperation {
    /// Which.
    pub operator: SetOperator,
    /// `ALL` or not.
    pub distinct: Distinct,
    /// At least two; of a chain `a UNION b UNION c` all of them.
    pub parts: Vec<Query>,
}

/// How queries are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum SetOperator {
    Union,
    Intersect,
    Except,
}

/// Whether rows that are equal count once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Distinct {
    /// `ALL`, which is what a SELECT says by default.
    All,
    /// `DISTINCT`, which is what a set operation says by default.
    Distinct,
    /// `DISTINCT ON (…)`, which only a SELECT says.
    On(Vec<Expression>),
}

/// `SELECT … FROM … WHERE …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Select {
    /// `DISTINCT`
    pub distinct: Distinct,
    /// What is selected.
    pub targets: Vec<Target>,
    /// `INTO t`
    pub into: Option<IntoTable>,
    /// What it reads.
    pub from: Vec<FromItem>,
    /// `WHERE …`
    pub condition: Option<Expression>,
    /// `GROUP BY …`
    pub group_by: Option<GroupBy>,
    /// `HAVING …`
    pub having: Option<Expression>,
    /// `WINDOW a AS (…)`
    pub windows: Vec<(String, Window)>,
}

/// One item of what is selected or returned.
#[derive(Debug, Clone)]
pub struct Target {
    /// Its bytes, with its label.
    pub span: Span,
    /// Its value; a star only stands here.
    pub value: Expression,
    /// `AS a`
    pub label: Option<String>,
}

equal_but_for_span!(Target { value, label });

/// `INTO [TEMP] t`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntoTable {
    /// The parts of the table's name.
    pub name: Vec<String>,
    /// `TEMP`, `UNLOGGED`, in lower case; empty for an ordinary table.
    pub persistence: &'static str,
}

/// `GROUP BY …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupBy {
    /// `DISTINCT`: equal grouping sets count once.
    pub distinct: Distinct,
    /// What is grouped by.
    pub items: Vec<GroupingItem>,
}

/// One item of GROUP BY.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupingItem {
    /// An expression.
    Expression(Expression),
    /// `()`
    Empty,
    /// `ROLLUP (a, b)`
    Rollup(Vec<Expression>),
    /// `CUBE (a, b)`
    Cube(Vec<Expression>),
    /// `GROUPING SETS (…)`
    Sets(Vec<GroupingItem>),
}

/// An item of FROM.
#[derive(Debug, Clone)]
pub struct FromItem {
    /// Its bytes, with its alias.
    pub span: Span,
    /// What it is.
    pub kind: FromItemKind,
}

equal_but_for_span!(FromItem { kind });

/// What an item of FROM is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromItemKind {
    /// A table or view, or a common table expression.
    Relation(Box<RelationInFrom>),
    /// `(query) AS x`
    Query {
        /// Whether it sees the items before it.
        lateral: Lateral,
        /// The query.
        query: Box<Query>,
        /// Its alias.
        alias: Option<Alias>,
    },
    /// `f(x) AS y`
    Function(Box<FunctionInFrom>),
    /// `a JOIN b`
    Join(Box<Join>),
    /// `XMLTABLE`, `JSON_TABLE`
    Special {
        /// Whether it sees the items before it; it does anyway.
        lateral: Lateral,
        /// The call.
        special: Box<Special>,
        /// Its alias.
        alias: Option<Alias>,
    },
    /// Something else: a name that a tool fills in.
    Unread,
}

/// Whether an item of FROM is written with LATERAL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lateral {
    /// It is not.
    No,
    /// `LATERAL`
    Yes,
}

/// What an item of FROM is called, and its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// Its name.
    pub name: String,
    /// Names of its first columns.
    pub columns: Vec<String>,
}

/// A relation in FROM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationInFrom {
    /// The parts of its name.
    pub name: Vec<String>,
    /// Whether its children are read too.
    pub inheritance: Inheritance,
    /// `AS x (a, b)`
    pub alias: Option<Alias>,
    /// `TABLESAMPLE …`
    pub sample: Option<Sample>,
}

/// Whether the children of a table count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inheritance {
    /// They do.
    WithChildren,
    /// `ONLY`
    Only,
}

/// `TABLESAMPLE method (…) REPEATABLE (…)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The parts of the method's name.
    pub method: Vec<String>,
    /// What the method is told.
    pub arguments: Vec<Expression>,
    /// The seed.
    pub repeatable: Option<Expression>,
}

/// A function in FROM, or several whose rows stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionInFrom {
    /// Whether it sees the items before it; it does anyway.
    pub lateral: Lateral,
    /// One call, or with ROWS FROM any number, with the columns that each is said to give.
    pub calls: Vec<(Expression, Vec<ColumnDefinition>)>,
    /// Whether it is written with ROWS FROM.
    pub form: FunctionForm,
    /// Whether rows are numbered.
    pub ordinality: Ordinality,
    /// `AS x (a, b)`
    pub alias: Option<Alias>,
    /// `AS x (a int, b text)`: what columns the one function gives.
    pub columns: Vec<ColumnDefinition>,
}

/// How functions stand in FROM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionForm {
    /// `f(x)`
    Single,
    /// `ROWS FROM (f(x), g(y))`
    RowsFrom,
}

/// Whether the rows of a function are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ordinality {
    /// They are not.
    No,
    /// `WITH ORDINALITY`
    Yes,
}

/// A column that a function is said to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnDefinition {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: TypeRef,
    /// `COLLATE x`: the parts of the collation's name, or none.
    pub collation: Vec<String>,
}

/// A join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// Which rows it keeps.
    pub kind: JoinKind,
    /// What stands before it.
    pub left: FromItem,
    /// What stands behind it.
    pub right: FromItem,
    /// Which rows it joins.
    pub condition: JoinCondition,
    /// `(a JOIN b ON c) AS x`
    pub alias: Option<Alias>,
}

/// Which rows without a partner a join keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum JoinKind {
    Inner,
    Left,
    Right,
    Full,
}

/// Which rows a join joins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoinCondition {
    /// `CROSS`: each with each.
    Cross,
    /// `NATURAL`: those that agree in all columns of the same name.
    Natural,
    /// `ON …`
    On(Expression),
    /// `USING (a, b) AS x`: the columns, and what they are called together.
    Using(Vec<String>, Option<String>),
}

/// `WITH …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct With {
    /// Whether its queries see each other, and themselves.
    pub recursion: Recursion,
    /// In order.
    pub tables: Vec<CommonTable>,
}

/// Whether the queries of a WITH see each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recursion {
    /// Each sees those before it.
    No,
    /// `RECURSIVE`: each sees all, itself included.
    Recursive,
}

/// A common table expression.
#[derive(Debug, Clone)]
pub struct CommonTable {
    /// All of it.
    pub span: Span,
    /// Its name.
    pub name: String,
    /// Names of its first columns.
    pub columns: Vec<String>,
    /// `[NOT] MATERIALIZED`
    pub materialization: Materialization,
    /// What gives its rows.
    pub statement: CommonTableStatement,
    /// `SEARCH …`
    pub search: Option<Search>,
    /// `CYCLE …`
    pub cycle: Option<Box<Cycle>>,
}

equal_but_for_span!(CommonTable { name, columns, materialization, statement, search, cycle });

/// Whether a common table expression is a fence to the planner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Materialization {
    /// Nothing is said.
    Default,
    /// `MATERIALIZED`
    Always,
    /// `NOT MATERIALIZED`
    Never,
}

/// What gives the rows of a common table expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommonTableStatement {
    /// A query.
    Query(Box<Query>),
    /// A data change, by what it returns.
    Change(Box<DataChange>),
}

/// `SEARCH DEPTH FIRST BY a, b SET c`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// In which order.
    pub order: SearchOrder,
    /// By which columns.
    pub columns: Vec<String>,
    /// The column that holds the order.
    pub sequence: String,
}

/// In which order a recursive query is said to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum SearchOrder {
    Depth,
    Breadth,
}

/// `CYCLE a SET b TO true DEFAULT false USING c`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// The columns that tell a row.
    pub columns: Vec<String>,
    /// The column that marks a cycle.
    pub mark: String,
    /// What it holds where there is one; `true` if none is written.
    pub value: Expression,
    /// What it holds elsewhere; `false` if none is written.
    pub default: Expression,
    /// The column that holds the path.
    pub path: String,
}

/// `FOR UPDATE OF t NOWAIT`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locking {
    /// How strong.
    pub strength: LockStrength,
    /// `OF a, b`: the parts of each name.
    pub of: Vec<Vec<String>>,
    /// What if a row is locked already.
    pub wait: LockWait,
}

/// How strong the lock on each row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum LockStrength {
    Update,
    NoKeyUpdate,
    Share,
    KeyShare,
}

/// What happens at a row that somebody else has locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum LockWait {
    Block,
    NoWait,
    SkipLocked,
}
