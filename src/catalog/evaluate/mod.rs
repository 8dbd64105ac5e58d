//! What expressions and queries give, as far as it can be told: constants, the rows that the history put into tables, and the system
//! catalogs as they would describe our own.
//!
//! There are three answers to everything: a value, NULL among them; an error that PostgreSQL raises; and that nobody can tell, which is a
//! value too ([`Value::Unknown`], [`Value::NotNull`]). A row may be there, or only perhaps: one that is [`Presence::Maybe`] stands for any
//! number of rows like it. Invariant: what can't be told is never guessed. Names and types are for the analysis, which comes first: here a
//! name that means nothing is a value that can't be told.

mod aggregate;
mod arithmetic;
mod call;
mod cast;
pub(in crate::catalog) mod check;
mod compare;
mod concatenate;
mod counting;
mod expression;
mod from;
mod function;
mod invented;
mod json;
mod lazy;
pub(in crate::catalog) mod moment;
mod objects;
mod operator;
mod plan;
mod planned;
mod query;
mod relation;
mod select;
mod subquery;
mod system;
mod text;
mod variables;
mod width;

use std::rc::Rc;
use std::sync::Arc;

pub(in crate::catalog) use cast::{Cast, cast};
pub(in crate::catalog) use compare::{Compared, boolean, compare, compare_texts, is_true, same};
pub(in crate::catalog) use function::{advance, count_from, keep_given_out, state_of};
pub use function::{counted_by, first_repeated, reads_alike};
use objects::NO_OBJECT;
pub(in crate::catalog) use relation::expect_populated;
pub(in crate::catalog) use system::fact as system_fact;
pub(in crate::catalog) use text::shown;
pub(in crate::catalog) use variables::{Variable, Variables, either, record};

use super::failure::{Result, Stop};
use super::object::Name;
use super::rows::Value;
use super::run::Run;
use crate::syntax::expression::{Expression, FromItem, Node};
use plan::Course;
use subquery::Subqueries;

/// What evaluates expressions and queries.
pub(in crate::catalog) struct Evaluator<'r, 'w> {
    pub(in crate::catalog) run: &'r mut Run<'w>,
    /// The rows whose columns may be named, of the innermost query last.
    frames: Vec<Frame>,
    /// The variables of PL/pgSQL, the arguments of a function.
    variables: Option<&'r Variables>,
    /// Common table expressions, the innermost last.
    tables: Vec<(Name, Rc<Table>)>,
    /// The rows that an aggregate sees, where one may stand.
    group: Option<Rc<Vec<Line>>>,
    /// What relations hold that are only assumed.
    assumed: Assumed,
    /// What queries in expressions gave, while a query around them is evaluated.
    subqueries: Option<Subqueries>,
    /// How the rows of the query that is evaluated are come by.
    course: Course,
    /// The outermost of `frames` in which a name was found since this was set.
    reach: usize,
}

/// What relations are taken to hold that no file makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalog) enum Assumed {
    /// Nobody can tell.
    Untold,
    /// Nothing: what a statement does because of rows that the history did not put there is a condition.
    Empty,
}

/// How many rows a query may go through: what is more can't be told.
const MOST_ROWS: usize = 50_000;

/// The rows of one query that are in scope: one of each item in FROM.
#[derive(Debug, Clone, Default)]
struct Frame {
    items: Vec<Bound>,
}

/// A row of something in FROM, under its name.
#[derive(Debug, Clone)]
struct Bound {
    head: Rc<Head>,
    values: Rc<[Value]>,
}

/// What something in FROM is called, and its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::catalog) struct Head {
    name: Option<Name>,
    columns: Vec<Name>,
    /// Whether there are no others.
    complete: bool,
}

/// A combination of rows, one of each item in FROM so far.
#[derive(Debug, Clone, Default)]
pub(in crate::catalog) struct Line {
    items: Vec<Bound>,
    /// Whether it is there.
    pub(in crate::catalog) presence: Presence,
    /// What fails of it before it is known whether anything else rules it out.
    failed: Option<Box<Stop>>,
}

/// Whether a row is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::catalog) enum Presence {
    /// It is.
    #[default]
    Certain,
    /// Perhaps there is one, or several like it.
    Maybe,
}

/// What a query gives.
#[derive(Debug, Clone)]
pub(in crate::catalog) struct Table {
    /// The names of its columns.
    pub(in crate::catalog) columns: Vec<Name>,
    /// In order, if there is one.
    pub(in crate::catalog) rows: Vec<(Rc<[Value]>, Presence)>,
}

impl Presence {
    /// That of a combination of two.
    const fn and(self, other: Presence) -> Presence {
        match (self, other) {
            (Presence::Certain, Presence::Certain) => Presence::Certain,
            _ => Presence::Maybe,
        }
    }
}

impl Table {
    /// One row of unknown values that may be there any number of times.
    pub(in crate::catalog) fn untold(columns: Vec<Name>) -> Table {
        let row: Rc<[Value]> = vec![Value::Unknown; columns.len()].into();
        Table { columns, rows: vec![(row, Presence::Maybe)] }
    }

    /// Whether it is known exactly which rows there are.
    pub(in crate::catalog) fn is_certain(&self) -> bool {
        self.rows.iter().all(|(_, presence)| *presence == Presence::Certain)
    }

    /// Whether it has rows, if that can be told.
    pub(in crate::catalog) fn has_rows(&self) -> Option<bool> {
        match self.is_certain() {
            true => Some(!self.rows.is_empty()),
            false if self.rows.iter().any(|(_, presence)| *presence == Presence::Certain) => Some(true),
            false => None,
        }
    }

    /// Its one value: NULL if it has no row, unknown if it may or may not.
    ///
    /// # Errors
    /// 21000 if it has several rows.
    pub(in crate::catalog) fn scalar(&self) -> Result<Value> {
        let certain = self.rows.iter().filter(|(_, presence)| *presence == Presence::Certain).count();
        match &self.rows[..] {
            [] => Ok(Value::Null),
            [(row, Presence::Certain)] => Ok(row.first().cloned().unwrap_or(Value::Unknown)),
            _ if certain > 1 => Err(Stop::fails("21000", "more than one row returned by a subquery used as an expression", None)),
            _ => Ok(Value::Unknown),
        }
    }
}

impl<'r, 'w> Evaluator<'r, 'w> {
    /// One for expressions in which no names are in scope.
    pub(in crate::catalog) fn new(run: &'r mut Run<'w>) -> Self {
        Evaluator {
            run,
            frames: Vec::new(),
            variables: None,
            tables: Vec::new(),
            group: None,
            assumed: Assumed::Untold,
            subqueries: None,
            course: Course::default(),
            reach: usize::MAX,
        }
    }

    /// One for expressions that may name variables.
    pub(in crate::catalog) fn with_variables(run: &'r mut Run<'w>, variables: &'r Variables) -> Self {
        Evaluator { variables: Some(variables), ..Evaluator::new(run) }
    }

    /// Evaluates what PL/pgSQL calls an expression: whatever may follow SELECT.
    ///
    /// # Errors
    /// What PostgreSQL raises, or that it can't be told whether it does.
    pub(in crate::catalog) fn value(&mut self, expression: &Expression) -> Result<Value> {
        self.expect_computed(expression)?;
        self.expression(expression)
    }

    /// How many common table expressions are in scope.
    pub(in crate::catalog) fn open_tables(&self) -> usize {
        self.tables.len()
    }

    /// Takes common table expressions out of scope until so many are left.
    pub(in crate::catalog) fn close_tables(&mut self, count: usize) {
        self.tables.truncate(count);
    }

    /// From now on relations that no file makes hold this.
    pub(in crate::catalog) fn take_assumed_as(&mut self, assumed: Assumed) {
        self.assumed = assumed;
    }

    /// Does something while the columns of rows may be named.
    pub(in crate::catalog) fn within<T>(
        &mut self,
        rows: &[(Rc<Head>, Rc<[Value]>)],
        work: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        let items = rows.iter().map(|(head, values)| Bound { head: Rc::clone(head), values: Rc::clone(values) }).collect();
        self.frames.push(Frame { items });
        let result = work(self);
        self.frames.pop();
        result
    }

    /// Does something while the columns of a combination of rows may be named.
    pub(in crate::catalog) fn beside<T>(&mut self, line: &Line, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.frames.push(Frame { items: line.items.clone() });
        let result = work(self);
        self.frames.pop();
        result
    }

    /// Evaluates an expression in which the columns of a row may be named.
    ///
    /// # Errors
    /// What PostgreSQL raises, or that it can't be told whether it does.
    pub(in crate::catalog) fn value_in(&mut self, rows: &[(Rc<Head>, Rc<[Value]>)], expression: &Expression) -> Result<Value> {
        self.within(rows, |evaluator| evaluator.expression(expression))
    }

    /// The combinations of rows of FROM that a condition leaves.
    ///
    /// # Errors
    /// What PostgreSQL raises, or that it can't be told whether it does.
    pub(in crate::catalog) fn combinations(&mut self, from: &[FromItem], condition: Option<&Expression>) -> Result<Vec<Line>> {
        match from.iter().any(|item| self.calls_code(Node::From(item))) {
            true => self.untold("in which order tables are joined", |evaluator| evaluator.lines(from, condition)),
            false => self.lines(from, condition),
        }
    }
}

impl Head {
    /// The columns of a row called `name`.
    pub(in crate::catalog) fn new(name: Option<Name>, columns: Vec<Name>) -> Head {
        Head { name, columns, complete: true }
    }
}

/// A text.
fn text(value: impl Into<Arc<str>>) -> Value {
    Value::Text(value.into())
}

/// A whole number.
fn number(value: impl Into<i128>) -> Value {
    Value::Number(Arc::from(value.into().to_string()))
}
