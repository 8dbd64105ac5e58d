//! Plans: which of several conditions a server asks of a row, and whether it comes to the row at all.
//!
//! Nobody knows a server's plan: by which condition tables are joined, and which of them is gone through for each row of another. What
//! every plan has in common is that a row which no condition rules out is asked everything, that conditions at one place are asked in the order of what
//! they cost (PostgreSQL, `order_qual_clauses`), and that a table without an index is gone through as a whole, if it is gone through at all.
//! Invariant: a failure is one of the query where every plan comes to it; where only some do, nobody can tell.

use super::expression::perhaps;
use super::from::Leaf;
use super::{Evaluator, Frame, Line, Presence};
use crate::catalog::failure::{Result, Stop};
use crate::syntax::expression::{Expression, ExpressionKind as Kind, Node};

/// A part of a condition.
#[derive(Clone, Copy)]
pub(super) struct Part<'e> {
    pub(super) expression: &'e Expression,
    /// Which items of FROM it names.
    pub(super) names: u64,
    /// Whether it calls a function of the history that may do more than give a value.
    pub(super) calls_code: bool,
    /// Whether it is the kind of condition that fails of some rows.
    pub(super) may_fail: bool,
    cost: Cost,
}

/// What a condition costs to ask, in operators.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    /// No less than this; if it fails, its casts are none that cost nothing.
    least: u32,
    /// Whether it is no more.
    exact: bool,
}

/// How the rows of one query are come by.
#[derive(Debug, Default)]
pub(in crate::catalog) struct Course {
    /// How many items FROM has.
    items: usize,
    /// How many of them have rows that are certain, after the conditions that are about nothing else.
    filled: usize,
    /// Whether every plan goes through all rows of the item that is scanned, if it comes to it.
    is_whole: bool,
    /// What fails of some row.
    failed: Option<Stop>,
    /// What fails of a row that every plan comes to if no other item is empty.
    reached: Option<Stop>,
}

impl<'e> Part<'e> {
    pub(super) fn new(expression: &'e Expression, leaves: &[Leaf<'_>]) -> Part<'e> {
        let cost = Cost::of(expression);
        let mut may_fail = false;
        expression.walk(&mut |node| {
            if let Node::Expression(Expression { kind, .. }) = node {
                may_fail |= match kind {
                    Kind::Operator(operator) => matches!(operator.sign(), "/" | "%"),
                    Kind::Cast(value, _) => !matches!(value.kind, Kind::Constant(_)),
                    _ => false,
                };
            }
        });
        Part { expression, names: names(expression, leaves), calls_code: false, may_fail, cost }
    }

    /// When it is asked among others: what says that something is equal comes behind others that cost the same (`generate_join_implied_equalities`).
    pub(super) fn turn(&self) -> (bool, u32, bool) {
        (self.calls_code, self.cost.least, self.is_equality())
    }

    fn is_equality(&self) -> bool {
        matches!(&self.expression.kind, Kind::Operator(operator) if operator.sign() == "=")
    }

    /// Whether it says that two columns are equal. A server joins by that, or asks it before what costs more.
    pub(super) fn is_key(&self) -> bool {
        match &self.expression.kind {
            Kind::Operator(operator) => {
                let is_column = |side: &Expression| side.as_column().is_some();
                operator.sign() == "=" && operator.left.as_ref().is_some_and(is_column) && is_column(&operator.right)
            }
            _ => false,
        }
    }

    /// Whether every plan asks it of a row, or of a pair of rows, before another one that fails.
    fn is_before_failing(&self, other: &Part<'_>) -> bool {
        // Rows are matched by what both sides of an equality give, whatever else is asked of the pairs.
        let is_joined_by = other.is_equality() && other.names.count_ones() > 1;
        !is_joined_by && (other.calls_code || (self.cost.exact && self.cost.least < other.cost.least))
    }

    /// Whether every plan that goes through a whole table asks it before another one.
    fn is_before(&self, other: &Part<'_>) -> bool {
        self.cost.exact && other.cost.exact && self.turn() < other.turn()
    }
}

impl Cost {
    fn of(expression: &Expression) -> Cost {
        let mut cost = Cost { least: 0, exact: true };
        expression.walk(&mut |node| {
            let Node::Expression(Expression { kind, .. }) = node else { return };
            match kind {
                Kind::Operator(_) => cost.least += 1,
                Kind::Column(_) | Kind::Constant(_) | Kind::IsNull(..) | Kind::Not(_) | Kind::And(_) | Kind::Or(_) => {}
                Kind::Cast(value, _) if matches!(value.kind, Kind::Constant(_)) => {}
                Kind::Cast(..) | Kind::Call(_) => (cost.least, cost.exact) = (cost.least + 1, false),
                _ => cost.exact = false,
            }
        });
        cost
    }
}

impl Course {
    /// Of a query with so many items in FROM.
    pub(super) fn of(items: usize) -> Course {
        // Without FROM there is one row.
        Course { items, is_whole: items == 0, ..Course::default() }
    }

    /// Begins to go through an item.
    pub(super) fn scan(&mut self, is_whole: bool) {
        self.is_whole = is_whole;
    }

    /// Has gone through an item, of which these rows are left.
    pub(super) fn scanned(&mut self, lines: &[Line]) {
        self.filled += usize::from(lines.iter().any(|line| line.presence == Presence::Certain));
        if self.is_whole
            && let Some(stop) = lines.iter().filter(|line| line.presence == Presence::Certain).find_map(|line| line.failed.as_ref())
        {
            self.reached.get_or_insert_with(|| (**stop).clone());
        }
        self.is_whole = false;
    }

    /// What a query comes to that leaves these lines.
    ///
    /// # Errors
    /// What fails in every plan, or that nobody knows whether something does.
    pub(super) fn settle(self, lines: Vec<Line>) -> Result<Vec<Line>> {
        let certain = |line: &&Line| line.presence == Presence::Certain;
        if let Some(stop) = lines.iter().filter(certain).find_map(|line| line.failed.as_ref()) {
            return Err((**stop).clone());
        }
        match (self.reached, self.failed) {
            (Some(stop), _) if self.items <= 1 || (self.items == 2 && self.filled == 2) => Err(stop),
            (_, Some(stop)) => Err(perhaps(stop, "which rows are asked")),
            _ => Ok(lines),
        }
    }
}

impl Evaluator<'_, '_> {
    /// Whether a line is left by conditions: it is then perhaps no more than perhaps there, and perhaps something fails of it.
    pub(super) fn holds(&mut self, line: &mut Line, conditions: &[&Part<'_>]) -> Result<bool> {
        self.frames.push(Frame { items: line.items.clone() });
        let result = self.is_left(line, conditions);
        self.frames.pop();
        result
    }

    fn is_left(&mut self, line: &mut Line, conditions: &[&Part<'_>]) -> Result<bool> {
        let mut failed: Option<(&Part<'_>, Stop)> = None;
        for (at, part) in conditions.iter().enumerate() {
            if part.calls_code && failed.is_some() {
                break;
            }
            match self.condition(part.expression) {
                Ok(Some(true)) => {}
                Ok(Some(false)) => {
                    match failed {
                        None => self.see_behind(part, &conditions[at + 1..]),
                        Some((other, _)) if part.is_before_failing(other) => {}
                        Some((other, stop)) => {
                            if self.course.is_whole && other.is_before(part) && line.presence == Presence::Certain {
                                self.course.reached.get_or_insert_with(|| stop.clone());
                            }
                            self.course.failed.get_or_insert(stop);
                        }
                    }
                    return Ok(false);
                }
                Ok(None) => line.presence = Presence::Maybe,
                Err(stop @ Stop::Fails(_)) => drop(failed.get_or_insert((part, stop))),
                Err(stop) => return Err(stop),
            }
        }
        if let Some((_, stop)) = failed {
            self.course.failed.get_or_insert_with(|| stop.clone());
            line.failed.get_or_insert_with(|| Box::new(stop));
        }
        Ok(true)
    }

    /// Asks what another plan may ask of a row that `part` rules out, for the sake of what fails.
    fn see_behind(&mut self, part: &Part<'_>, rest: &[&Part<'_>]) {
        for other in rest.iter().filter(|other| other.may_fail && !other.calls_code && !part.is_before_failing(other)) {
            if let Err(stop @ Stop::Fails(_)) = self.condition(other.expression) {
                // In the order of what they cost it is not asked.
                if !(self.course.is_whole && part.is_before(other)) {
                    self.course.failed.get_or_insert(stop);
                }
            }
        }
    }
}

/// Which items of FROM an expression may name.
pub(super) fn names(expression: &Expression, leaves: &[Leaf<'_>]) -> u64 {
    let all = leaves.iter().enumerate().fold(0u64, |all, (at, _)| all | (1 << at.min(63)));
    let mut found = 0;
    expression.walk(&mut |node| {
        let Node::Expression(expression) = node else { return };
        match &expression.kind {
            Kind::Column(parts) => {
                let mut own = 0;
                for (at, leaf) in leaves.iter().enumerate() {
                    let column = |name: &String| leaf.head.columns.iter().any(|column| **column == **name) || !leaf.head.complete;
                    let named = |name: &String| leaf.head.name.as_deref() == Some(name.as_str());
                    let is_own = match &parts[..] {
                        [name] => column(name) || named(name),
                        [.., table, _] => named(table),
                        [] => false,
                    };
                    own |= if is_own { 1 << at.min(63) } else { 0 };
                }
                found |= own;
            }
            Kind::Star(_) | Kind::Unread => found = all,
            _ => {}
        }
    });
    found
}
