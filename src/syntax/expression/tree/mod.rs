//! The tree of expressions.
//!
//! Invariants: a node owns what it says; names are as PostgreSQL stores them; what has a syntax of its own and means a function is that
//! function, as PostgreSQL's grammar makes it; two nodes are equal if they say the same, wherever they stand.

mod change;
mod query;
mod types;

pub use change::*;
pub use query::*;
pub use types::*;

use crate::text::Span;

/// Compares all fields but `span`; one that is forgotten does not compile.
macro_rules! equal_but_for_span {
    ($type:ident { $($field:ident),* $(,)? }) => {
        impl PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                let $type { span: _, $($field),* } = self;
                $(*$field == other.$field)&&*
            }
        }
        impl Eq for $type {}
    };
}
use equal_but_for_span;

/// An expression, and where it stands in the text that was read.
#[derive(Debug, Clone)]
pub struct Expression {
    /// Its bytes, without parentheses around it.
    pub span: Span,
    /// What it says.
    pub kind: ExpressionKind,
}

equal_but_for_span!(Expression { kind });

/// What an expression says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpressionKind {
    /// `a`, `t.a`, `s.t.a`, outermost part first. It may as well be a variable of PL/pgSQL.
    Column(Vec<String>),
    /// `*`, `t.*`, `s.t.*`: what stands before the star.
    Star(Vec<String>),
    /// `$1`
    Parameter(u32),
    /// A constant.
    Constant(Constant),
    /// `DEFAULT` in place of a value.
    Default,
    /// `f(a, b)`, and whatever PostgreSQL makes a call of: `EXTRACT(year FROM a)` is `pg_catalog.extract('year', a)`.
    Call(Box<Call>),
    /// `CURRENT_DATE`, `CURRENT_USER` and their kin, and how many digits of a second are asked for.
    Value(ValueFunction, Option<u32>),
    /// `COALESCE(a, b)`
    Coalesce(Vec<Expression>),
    /// `GREATEST(a, b)`
    Greatest(Vec<Expression>),
    /// `LEAST(a, b)`
    Least(Vec<Expression>),
    /// `NULLIF(a, b)`
    NullIf(Box<[Expression; 2]>),
    /// `a::t`, `CAST(a AS t)`, `t 'a'`.
    Cast(Box<Expression>, Box<TypeRef>),
    /// `a COLLATE "C"`: the collation's name.
    Collate(Box<Expression>, Vec<String>),
    /// `NOT a`
    Not(Box<Expression>),
    /// `a AND b AND c`: at least two, the first of which is no AND itself.
    And(Vec<Expression>),
    /// `a OR b OR c`: at least two, the first of which is no OR itself.
    Or(Vec<Expression>),
    /// `a + b`, `- a`, `a LIKE b`.
    Operator(Box<Operator>),
    /// `a IS NULL`, or negated `a IS NOT NULL`.
    IsNull(Box<Expression>, Negated),
    /// `a IS TRUE` (some boolean), `a IS UNKNOWN` (none), or negated.
    IsBoolean(Box<Expression>, Option<bool>, Negated),
    /// `a IS DISTINCT FROM b`, or negated.
    IsDistinctFrom(Box<[Expression; 2]>, Negated),
    /// `a IS DOCUMENT`
    IsDocument(Box<Expression>),
    /// `a IS JSON OBJECT WITH UNIQUE KEYS`: of what kind, and whether keys must be unique.
    IsJson(Box<Expression>, JsonKind, UniqueKeys),
    /// `a BETWEEN b AND c`
    Between(Box<Between>),
    /// `a IN (b, c)`, or negated.
    In(Box<Expression>, Vec<Expression>, Negated),
    /// `a IN (query)`; `NOT IN` is a NOT around it.
    InQuery(Box<Expression>, Box<Query>),
    /// `a = ANY (b)`, `a < ALL (query)`.
    Quantified(Box<Quantified>),
    /// `CASE … END`
    Case(Box<Case>),
    /// `ARRAY[a, b]`; of an array of arrays, each row is an array too.
    Array(Vec<Expression>),
    /// `ARRAY(query)`
    ArrayQuery(Box<Query>),
    /// `ROW(a, b)`, `(a, b)`.
    Row(Vec<Expression>, RowForm),
    /// `EXISTS (query)`
    Exists(Box<Query>),
    /// `(query)`: its one value.
    Scalar(Box<Query>),
    /// `a[1]`, `a[1:2]`.
    Subscript(Box<Expression>, Box<Subscript>),
    /// `(a).f`
    Field(Box<Expression>, String),
    /// `(a).*`
    AllFields(Box<Expression>),
    /// `GROUPING(a, b)`
    Grouping(Vec<Expression>),
    /// A function of SQL/XML or SQL/JSON with a syntax of its own.
    Special(Box<Special>),
    /// Something else: a placeholder, or what is too long or too deep.
    Unread,
}

/// Whether a test is negated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Negated {
    /// `IS NULL`, `IN`
    No,
    /// `IS NOT NULL`, `NOT IN`
    Yes,
}

/// A constant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constant {
    /// What a string constant of whatever kind stands for.
    String(String),
    /// A number, perhaps with a minus: an integer of 32 bits in decimal digits, any other as it is written.
    Number(String),
    /// `true` or `false`.
    Boolean(bool),
    /// `NULL`.
    Null,
    /// `B'01'` as `b01`, `X'1F'` as `x1F`.
    Bits(String),
}

/// What the standard calls a value that looks like a column (SqlValueFunction).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum ValueFunction {
    CurrentCatalog,
    CurrentDate,
    CurrentRole,
    CurrentSchema,
    CurrentTime,
    CurrentTimestamp,
    CurrentUser,
    LocalTime,
    LocalTimestamp,
    SessionUser,
    User,
}

impl ValueFunction {
    /// Its word, in lower case.
    pub const fn word(self) -> &'static str {
        match self {
            ValueFunction::CurrentCatalog => "current_catalog",
            ValueFunction::CurrentDate => "current_date",
            ValueFunction::CurrentRole => "current_role",
            ValueFunction::CurrentSchema => "current_schema",
            ValueFunction::CurrentTime => "current_time",
            ValueFunction::CurrentTimestamp => "current_timestamp",
            ValueFunction::CurrentUser => "current_user",
            ValueFunction::LocalTime => "localtime",
            ValueFunction::LocalTimestamp => "localtimestamp",
            ValueFunction::SessionUser => "session_user",
            ValueFunction::User => "user",
        }
    }
}

/// A call of a function.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Call {
    /// The parts of its name.
    pub name: Vec<String>,
    /// Its arguments, in order.
    pub arguments: Vec<Argument>,
    /// How the arguments are handed over.
    pub mode: ArgumentMode,
    /// `ORDER BY` among the arguments.
    pub order_by: Vec<OrderBy>,
    /// `WITHIN GROUP (ORDER BY …)`
    pub within_group: Vec<OrderBy>,
    /// `FILTER (WHERE …)`
    pub filter: Option<Expression>,
    /// `OVER …`
    pub over: Option<Over>,
}

impl Call {
    /// A call with nothing but arguments in their order.
    pub fn plain(name: Vec<String>, arguments: Vec<Expression>) -> Self {
        let arguments = arguments.into_iter().map(|value| Argument { name: None, value }).collect();
        Self { name, arguments, ..Self::default() }
    }

    /// Its arguments, if it is nothing but a call with arguments in their order.
    pub fn plain_arguments(&self) -> Option<impl ExactSizeIterator<Item = &Expression>> {
        let plain = self.mode == ArgumentMode::Plain
            && self.order_by.is_empty()
            && self.within_group.is_empty()
            && self.filter.is_none()
            && self.over.is_none()
            && self.arguments.iter().all(|argument| argument.name.is_none());
        plain.then(|| self.arguments.iter().map(|argument| &argument.value))
    }
}

/// How the arguments of a call are handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ArgumentMode {
    /// As they are.
    #[default]
    Plain,
    /// `f(DISTINCT a)`
    Distinct,
    /// `f(*)`
    Star,
    /// `f(a, VARIADIC b)`: the last one is an array of arguments.
    Variadic,
}

/// An argument of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// `name => …`
    pub name: Option<String>,
    /// What is handed over.
    pub value: Expression,
}

/// A key of ORDER BY.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderBy {
    /// What is compared.
    pub value: Expression,
    /// In which order.
    pub direction: Direction,
    /// `NULLS FIRST`, `NULLS LAST`.
    pub nulls: Option<Nulls>,
}

/// In which order rows come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Direction {
    /// `ASC`, or nothing.
    Ascending,
    /// `DESC`
    Descending,
    /// `USING <`: the parts of the operator's name.
    Using(Vec<String>),
}

/// Where nulls come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nulls {
    /// `NULLS FIRST`
    First,
    /// `NULLS LAST`
    Last,
}

/// What follows OVER.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// A window by its name.
    Name(String),
    /// `(…)`
    Window(Window),
}

/// A window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Window {
    /// The window that it adds to.
    pub base: Option<String>,
    /// `PARTITION BY …`
    pub partition_by: Vec<Expression>,
    /// `ORDER BY …`
    pub order_by: Vec<OrderBy>,
    /// `ROWS …`, if written.
    pub frame: Option<Frame>,
}

/// Which rows around the current one a window function sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// What is counted.
    pub unit: FrameUnit,
    /// Its first row.
    pub start: FrameBound,
    /// Its last row; the current one if none is written.
    pub end: FrameBound,
    /// Which of them are left out.
    pub exclusion: FrameExclusion,
}

/// What the bounds of a frame count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FrameUnit {
    Range,
    Rows,
    Groups,
}

/// One end of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FrameBound {
    UnboundedPreceding,
    Preceding(Box<Expression>),
    CurrentRow,
    Following(Box<Expression>),
    UnboundedFollowing,
}

/// What a frame leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FrameExclusion {
    NoOthers,
    CurrentRow,
    Group,
    Ties,
}

/// An operator with what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    /// The parts of its name, as PostgreSQL stores it: `<>` for `!=`, `~~` for LIKE.
    pub name: Vec<String>,
    /// None before a prefix operator.
    pub left: Option<Expression>,
    /// What stands behind it.
    pub right: Expression,
}

impl Operator {
    /// Its sign without a schema.
    pub fn sign(&self) -> &str {
        self.name.last().map_or("", String::as_str)
    }
}

/// What is asked of a JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum JsonKind {
    Value,
    Array,
    Object,
    Scalar,
}

/// Whether the keys of JSON objects must differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UniqueKeys {
    /// `WITHOUT UNIQUE KEYS`, or nothing.
    No,
    /// `WITH UNIQUE KEYS`
    Yes,
}

/// `a BETWEEN b AND c`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// What is compared.
    pub value: Expression,
    /// The first bound.
    pub low: Expression,
    /// The second bound.
    pub high: Expression,
    /// Whether the bounds may come in either order.
    pub symmetry: Symmetry,
    /// `NOT BETWEEN`
    pub negated: Negated,
}

/// Whether the bounds of a BETWEEN may come in either order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symmetry {
    /// `ASYMMETRIC`, or nothing.
    Asymmetric,
    /// `SYMMETRIC`
    Symmetric,
}

/// A comparison with each of many values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantified {
    /// What is compared.
    pub left: Expression,
    /// The parts of the operator's name.
    pub operator: Vec<String>,
    /// `ANY` or `ALL`.
    pub quantifier: Quantifier,
    /// With what.
    pub right: Quantity,
}

/// How many comparisons must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// `ANY`, `SOME`
    Any,
    /// `ALL`
    All,
}

/// The values of a quantified comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantity {
    /// The elements of an array.
    Array(Expression),
    /// The rows of a query.
    Query(Box<Query>),
}

/// `CASE a WHEN b THEN c ELSE d END`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What each WHEN is compared with; without it each is a condition.
    pub operand: Option<Expression>,
    /// WHEN and THEN, in order.
    pub whens: Vec<(Expression, Expression)>,
    /// ELSE
    pub otherwise: Option<Expression>,
}

/// Whether a row is written with ROW.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowForm {
    /// `ROW(a, b)`
    Explicit,
    /// `(a, b)`
    Implicit,
}

/// What stands in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subscript {
    /// `[1]`
    Index(Expression),
    /// `[1:2]`, either of which may be missing.
    Slice(Option<Expression>, Option<Expression>),
}

/// A function with a syntax of its own: what is an expression in it is read, all else is kept as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Special {
    /// Its name in lower case: `json_object`, `xmlelement`.
    pub word: String,
    /// What stands between its parentheses, and behind them FILTER and OVER.
    pub parts: Vec<SpecialPart>,
}

/// A part of a [`Special`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpecialPart {
    /// A keyword in lower case, a sign, a name or string in canonical spelling.
    Word(String),
    /// An expression.
    Expression(Expression),
    /// A type.
    Type(TypeRef),
    /// A query.
    Query(Query),
    /// `ORDER BY …`
    OrderBy(Vec<OrderBy>),
    /// `OVER …`
    Over(Over),
}

impl Expression {
    /// The constant that it is.
    pub fn as_constant(&self) -> Option<&Constant> {
        match &self.kind {
            ExpressionKind::Constant(constant) => Some(constant),
            _ => None,
        }
    }

    /// The text of the string constant that it is.
    pub fn as_string(&self) -> Option<&str> {
        match &self.kind {
            ExpressionKind::Constant(Constant::String(text)) => Some(text),
            _ => None,
        }
    }

    /// The parts of the column name that it is.
    pub fn as_column(&self) -> Option<&[String]> {
        match &self.kind {
            ExpressionKind::Column(parts) => Some(parts),
            _ => None,
        }
    }

    /// Whether nothing of it is read.
    pub fn is_unread(&self) -> bool {
        self.kind == ExpressionKind::Unread
    }
}
