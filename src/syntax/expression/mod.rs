//! What expressions say: a small tree of those that a floor above can use.
//!
//! The grammar recognises every expression and keeps none. Whoever needs the inside of one asks here. Names and constants are values and
//! not places: what is read may be the text of a quoted body. What this tree has no word for is [`Expression::Unread`], and so is what is
//! too long or too deep; nothing is ever read as something that it is not.
//!
//! The text is expected to be what the grammar accepts. It is read by precedence climbing over our own tokens: sqlparser was tried, and
//! takes some 80 KB of stack for each level of nesting, and more for each link of a chain.

mod operand;
mod read;
mod select;

pub use read::read;

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// `t.a`: its parts as PostgreSQL stores them. It may as well be a variable of PL/pgSQL.
    Column(Vec<String>),
    /// A constant.
    Constant(Constant),
    /// `f(a, b)`, without DISTINCT, ORDER BY, FILTER or OVER: the parts of the function's name, and its arguments. `current_schema` and
    /// its kin, which need no parentheses, are calls too.
    Call(Vec<String>, Vec<Expression>),
    /// `count(*)`.
    CountRows,
    /// `a::t`, `t 'a'`: the type as it is written, in lower case.
    Cast(Box<Expression>, String),
    /// `NOT a`.
    Not(Box<Expression>),
    /// `a AND b AND c`; at least two.
    And(Vec<Expression>),
    /// `a OR b OR c`; at least two.
    Or(Vec<Expression>),
    /// `a = b`, `a || b`: the operator as PostgreSQL stores it, so `<>` for `!=` and `~~` for LIKE.
    Operation(Box<Expression>, String, Box<Expression>),
    /// `a IS NULL`.
    IsNull(Box<Expression>),
    /// `a IN (b, c)`, `a = ANY (ARRAY[b, c])`.
    In(Box<Expression>, Vec<Expression>),
    /// `ARRAY[a, b]`.
    Array(Vec<Expression>),
    /// `EXISTS (query)`.
    Exists(Box<Select>),
    /// `(query)`: its one value.
    Scalar(Box<Select>),
    /// Something else.
    Unread,
}

/// A constant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constant {
    /// What a string constant stands for.
    String(String),
    /// A number as it is written, with its sign.
    Number(String),
    /// `true` or `false`.
    Boolean(bool),
    /// `NULL`.
    Null,
}

/// A query of one SELECT with inner joins only, and without WITH, DISTINCT, grouping, ordering, set operations or OFFSET, and of LIMITs only
/// with `LIMIT 1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Select {
    /// What is selected; `*` is [`Expression::Unread`].
    pub columns: Vec<Expression>,
    /// What it reads.
    pub relations: Vec<Relation>,
    /// What must hold for a row: WHERE and the ON of every join, cut at each AND.
    pub conditions: Vec<Expression>,
}

/// A relation in FROM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The parts of its name, as PostgreSQL stores them.
    pub name: Vec<String>,
    /// What it is called in the query, if not that.
    pub alias: Option<String>,
}
