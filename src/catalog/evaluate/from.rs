//! FROM: combinations of rows, and which of them a condition leaves.
//!
//! Conditions are split at AND, and each part is asked as soon as everything that it names is there, so that what a guard asks of a few
//! catalogs takes no time. Where one fails of a row that another may have ruled out before, the row is kept as one that failed: `plan` says what
//! the query comes to.

use std::rc::Rc;

use super::compare::same;
use super::lazy::is_constant;
use super::plan::{Course, Part};
use super::{Bound, Evaluator, Frame, Head, Line, MOST_ROWS, Presence, Table, Value};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::Name;
use crate::syntax::expression::{
    Constant, Expression, ExpressionKind as Kind, FromItem, FromItemKind, FunctionInFrom, Join, JoinCondition, JoinKind, Lateral, Node,
    Ordinality,
};

/// Rows, and which items they are of.
struct Lines {
    lines: Vec<Line>,
    items: u64,
}

/// An item of FROM that is no join.
pub(super) struct Leaf<'e> {
    pub(super) item: &'e FromItem,
    pub(super) head: Rc<Head>,
}

impl Evaluator<'_, '_> {
    /// The combinations of rows that a condition leaves.
    pub(super) fn lines(&mut self, from: &[FromItem], condition: Option<&Expression>) -> Result<Vec<Line>> {
        let outer = std::mem::take(&mut self.course);
        let lines = self.lines_left(from, condition);
        let course = std::mem::replace(&mut self.course, outer);
        course.settle(lines?)
    }

    fn lines_left(&mut self, from: &[FromItem], condition: Option<&Expression>) -> Result<Vec<Line>> {
        let mut leaves = Vec::new();
        from.iter().try_for_each(|item| self.leaves(item, &mut leaves))?;
        self.course = Course::of(leaves.len());
        let mut parts = Vec::new();
        if let Some(condition) = condition {
            split(condition, &leaves, &mut parts);
            self.sort(&mut parts);
        }
        // The server sees this before it reads anything.
        if parts.iter().any(|part| is_constant(part.expression, &Constant::Boolean(false)) || is_constant(part.expression, &Constant::Null))
        {
            return Ok(Vec::new());
        }
        let mut all = Lines { lines: vec![Line::default()], items: 0 };
        for (at, item) in from.iter().enumerate() {
            all = self.combined(all, item, &leaves, &parts)?;
            if all.lines.is_empty() {
                self.pass_over(&from[at + 1..], &leaves, &parts)?;
                return Ok(Vec::new());
            }
        }
        if from.is_empty() {
            return self.filtered(all.lines, &parts, |_| true);
        }
        Ok(all.lines)
    }

    /// Puts conditions into the order in which they are asked: code costs more than anything else.
    fn sort(&mut self, parts: &mut [Part<'_>]) {
        if parts.len() > 1 {
            parts.iter_mut().for_each(|part| part.calls_code = self.calls_code(Node::Expression(part.expression)));
            parts.sort_by_key(Part::turn);
        }
    }

    /// Passes over items of FROM and conditions, since there is no row to go with theirs: the server may have asked them first.
    fn pass_over(&mut self, items: &[FromItem], leaves: &[Leaf<'_>], parts: &[Part<'_>]) -> Result {
        for part in parts {
            if let Kind::InQuery(_, query) = &part.expression.kind
                && self.calls_code(Node::Query(query))
            {
                return Err(Stop::unknown("in which order tables are joined can't be told, and it may change something", query.span));
            }
        }
        for item in items {
            if !sees_others(item) && self.calls_code(Node::From(item)) {
                let mut leaves = Vec::new();
                self.leaves(item, &mut leaves)?;
                let start = Lines { lines: vec![Line::default()], items: 0 };
                self.untold("in which order tables are joined", |evaluator| evaluator.combined(start, item, &leaves, &[]))?;
            } else if let Some(at) = leaves.iter().position(|leaf| std::ptr::eq(leaf.item, item)).filter(|_| !sees_others(item)) {
                let bit = 1u64 << at.min(63);
                if parts.iter().any(|part| part.names == bit && part.may_fail) {
                    self.scanned(&leaves[at], bit, parts)?;
                }
            }
        }
        Ok(())
    }

    /// The columns of a star over items that have no rows.
    pub(super) fn heads(&mut self, from: &[FromItem], parts: &[String]) -> Vec<Name> {
        let mut leaves = Vec::new();
        if from.iter().try_for_each(|item| self.leaves(item, &mut leaves)).is_err() {
            return Vec::new();
        }
        let wanted = leaves.iter().filter(|leaf| parts.last().is_none_or(|table| leaf.head.name.as_deref() == Some(table.as_str())));
        wanted.flat_map(|leaf| leaf.head.columns.clone()).collect()
    }

    fn leaves<'e>(&mut self, item: &'e FromItem, leaves: &mut Vec<Leaf<'e>>) -> Result {
        match &item.kind {
            FromItemKind::Join(join) => {
                self.leaves(&join.left, leaves)?;
                self.leaves(&join.right, leaves)
            }
            _ => {
                let head = self.head(item)?;
                leaves.push(Leaf { item, head: Rc::new(head) });
                Ok(())
            }
        }
    }

    /// Each of `left` with each row of an item.
    fn combined(&mut self, left: Lines, item: &FromItem, leaves: &[Leaf<'_>], parts: &[Part<'_>]) -> Result<Lines> {
        if let FromItemKind::Join(join) = &item.kind {
            let right = self.joined(join, leaves, parts)?;
            return self.product(left, right, parts);
        }
        let Some(at) = leaves.iter().position(|leaf| std::ptr::eq(leaf.item, item)) else { return Ok(left) };
        let bit = 1u64 << at.min(63);
        if !sees_others(item) {
            let rows = self.scanned(&leaves[at], bit, parts)?;
            return self.product(left, Lines { lines: rows, items: bit }, parts);
        }
        let items = left.items | bit;
        let mut lines = Vec::new();
        for line in left.lines {
            self.frames.push(Frame { items: line.items.clone() });
            let rows = self.scanned(&leaves[at], bit, &[]);
            self.frames.pop();
            for row in rows? {
                lines.push(with(&line, row));
            }
        }
        let first = left.items == 0;
        let lines =
            self.filtered(lines, parts, |part| part.names & !items == 0 && (part.names & bit != 0 || (first && part.names == 0)))?;
        Ok(Lines { lines, items })
    }

    fn product(&mut self, left: Lines, right: Lines, parts: &[Part<'_>]) -> Result<Lines> {
        let items = left.items | right.items;
        if left.lines.len().saturating_mul(right.lines.len()) > MOST_ROWS * 40 {
            return Err(Stop::unknown("a query goes through too many rows", None));
        }
        let crosses = |part: &Part<'_>| part.names & !items == 0 && part.names & left.items != 0 && part.names & right.items != 0;
        let mut own: Vec<&Part<'_>> = parts.iter().filter(|part| crosses(part)).collect();
        own.sort_by_key(|part| !part.is_key());
        let mut lines = Vec::new();
        for one in &left.lines {
            for other in &right.lines {
                let mut line = with(one, other.clone());
                if self.holds(&mut line, &own)? {
                    lines.push(line);
                }
            }
            if lines.len() > MOST_ROWS {
                return Err(Stop::unknown("a query gives too many rows", None));
            }
        }
        // What names nothing is asked once something is there.
        if left.items == 0 {
            lines = self.filtered(lines, parts, |part| part.names == 0)?;
        }
        Ok(Lines { lines, items })
    }

    fn filtered(&mut self, lines: Vec<Line>, parts: &[Part<'_>], which: impl Fn(&Part<'_>) -> bool) -> Result<Vec<Line>> {
        let own: Vec<&Part<'_>> = parts.iter().filter(|part| which(part)).collect();
        if own.is_empty() {
            return Ok(lines);
        }
        let mut kept = Vec::with_capacity(lines.len());
        for mut line in lines {
            if self.holds(&mut line, &own)? {
                kept.push(line);
            }
        }
        Ok(kept)
    }

    /// The rows of one item that the conditions leave that name nothing else.
    fn scanned(&mut self, leaf: &Leaf<'_>, bit: u64, parts: &[Part<'_>]) -> Result<Vec<Line>> {
        let own: Vec<&Expression> = parts.iter().filter(|part| part.names == bit).map(|part| part.expression).collect();
        let table = self.rows_of(leaf.item, &leaf.head, &own)?;
        let lines = table.rows.into_iter().map(|(values, presence)| {
            let bound = Bound { head: Rc::clone(&leaf.head), values };
            Line { items: vec![bound], presence, failed: None }
        });
        let lines: Vec<Line> = lines.collect();
        if lines.len() > MOST_ROWS {
            return Err(Stop::unknown("a query goes through too many rows", None));
        }
        let is_whole = self.is_read_whole(leaf.item)?;
        self.course.scan(is_whole);
        let lines = self.filtered(lines, parts, |part| part.names == bit)?;
        self.course.scanned(&lines);
        Ok(lines)
    }

    /// The rows of a join.
    fn joined(&mut self, join: &Join, leaves: &[Leaf<'_>], outer: &[Part<'_>]) -> Result<Lines> {
        let start = || Lines { lines: vec![Line::default()], items: 0 };
        let mut on = Vec::new();
        if let JoinCondition::On(condition) = &join.condition {
            split(condition, leaves, &mut on);
            self.sort(&mut on);
        }
        // Code that names no column is run for each pair that all else leaves.
        let is_last = |evaluator: &mut Self, part: &Part<'_>| part.names == 0 && evaluator.calls_code(Node::Expression(part.expression));
        let (last, on): (Vec<Part<'_>>, Vec<Part<'_>>) = on.into_iter().partition(|part| is_last(self, part));
        if let Some(part) = last.first().filter(|_| join.kind != JoinKind::Inner) {
            return Err(Stop::unknown("how often the condition of a join is evaluated is not followed", part.expression.span));
        }
        // A condition may be asked before the join on a side of which no row is made up.
        let all: Vec<Part<'_>> = outer.iter().chain(&on).copied().collect();
        let own: Vec<Part<'_>> = on;
        let (for_left, for_right): (&[Part<'_>], &[Part<'_>]) = match join.kind {
            JoinKind::Inner => (&all, &all),
            JoinKind::Left => (outer, &own),
            JoinKind::Right => (&own, outer),
            JoinKind::Full => (&[], &[]),
        };
        let left = self.combined(start(), &join.left, leaves, for_left)?;
        if sees_others(&join.right) {
            if !matches!(join.kind, JoinKind::Inner | JoinKind::Left)
                || !matches!(join.condition, JoinCondition::On(_) | JoinCondition::Cross)
            {
                return Err(Stop::unknown("what a join with a function gives", join.right.span));
            }
            if join.kind == JoinKind::Left && !left.lines.is_empty() {
                return Err(Stop::unknown("what a join with a function gives", join.right.span));
            }
            let Lines { lines, items } = self.combined(left, &join.right, leaves, &all)?;
            return Ok(Lines { lines: self.filtered(lines, &last, |_| true)?, items });
        }
        let work = |evaluator: &mut Self| evaluator.combined(start(), &join.right, leaves, for_right);
        let right = match left.lines.is_empty() && self.calls_code(Node::From(&join.right)) {
            true => self.untold("in which order tables are joined", work)?,
            false => work(self)?,
        };
        let names = shared(join, &left, &right, leaves);
        if join.kind == JoinKind::Inner && names.is_empty() {
            let Lines { lines, items } = self.product(left, right, &all)?;
            return Ok(Lines { lines: self.filtered(lines, &last, |_| true)?, items });
        }
        let Lines { lines, items } = self.matched(join, left, right, &own, &names, leaves)?;
        let lines = self.filtered(lines, outer, |part| part.names & !items == 0 && part.names != 0)?;
        Ok(Lines { lines, items })
    }

    /// The rows of a join some of which may have no partner, or which is made by columns of the same name.
    fn matched(&mut self, join: &Join, left: Lines, right: Lines, on: &[Part<'_>], names: &[String], leaves: &[Leaf<'_>]) -> Result<Lines> {
        let items = left.items | right.items;
        let on: Vec<&Part<'_>> = on.iter().collect();
        let (keeps_left, keeps_right) = match join.kind {
            JoinKind::Inner => (false, false),
            JoinKind::Left => (true, false),
            JoinKind::Right => (false, true),
            JoinKind::Full => (true, true),
        };
        if left.lines.len().saturating_mul(right.lines.len().max(1)) > MOST_ROWS * 40 {
            return Err(Stop::unknown("a query goes through too many rows", None));
        }
        let mut lines = Vec::new();
        let mut partners = vec![Some(false); right.lines.len()];
        for one in &left.lines {
            let mut partner = Some(false);
            for (at, other) in right.lines.iter().enumerate() {
                let mut line = Line { presence: Presence::Certain, ..with(one, other.clone()) };
                let equal = self.agree(one, other, names);
                if equal == Some(false) || !self.holds(&mut line, &on)? {
                    continue;
                }
                let matches = equal == Some(true) && line.presence == Presence::Certain;
                let presence = one.presence.and(other.presence);
                line.presence = if matches { presence } else { Presence::Maybe };
                let sure = |presence| if matches && presence == Presence::Certain { Some(true) } else { None };
                partner = stronger(partner, sure(other.presence));
                partners[at] = stronger(partners[at], sure(one.presence));
                lines.push(line);
            }
            if keeps_left && partner != Some(true) {
                let presence = if partner.is_none() { Presence::Maybe } else { one.presence };
                lines.push(Line { presence, ..with(one, nulls(leaves, right.items)) });
            }
        }
        if keeps_right {
            for (other, partner) in right.lines.iter().zip(partners) {
                if partner != Some(true) {
                    let presence = if partner.is_none() { Presence::Maybe } else { other.presence };
                    lines.push(Line { presence, ..with(&nulls(leaves, left.items), other.clone()) });
                }
            }
        }
        Ok(Lines { lines, items })
    }

    /// Whether two rows agree in columns of the same name.
    fn agree(&mut self, left: &Line, right: &Line, names: &[String]) -> Option<bool> {
        let value = |line: &Line, name: &String| {
            line.items.iter().find_map(|item| {
                let at = item.head.columns.iter().position(|column| **column == **name)?;
                item.values.get(at).cloned()
            })
        };
        let mut result = Some(true);
        for name in names {
            let (left, right) = (value(left, name).unwrap_or(Value::Unknown), value(right, name).unwrap_or(Value::Unknown));
            if left == Value::Null || right == Value::Null {
                return Some(false);
            }
            match same(self.run, &left, &right) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => result = None,
            }
        }
        result
    }

    /// The rows of a function in FROM.
    pub(super) fn function_rows(&mut self, function: &FunctionInFrom, head: &Head) -> Result<Table> {
        let untold = Table::untold(head.columns.clone());
        let [(call, _)] = &function.calls[..] else { return Ok(untold) };
        if let Some(set) = self.set_of(call)? {
            let Some(values) = set else { return Ok(untold) };
            let rows = values.into_iter().enumerate().map(|(at, value)| {
                let mut row = vec![value];
                if function.ordinality == Ordinality::Yes {
                    row.push(super::number(at as i128 + 1));
                }
                row.resize(head.columns.len(), Value::Unknown);
                (Rc::from(row), Presence::Certain)
            });
            return Ok(Table { columns: head.columns.clone(), rows: rows.collect() });
        }
        let Kind::Call(written) = &call.kind else {
            let value = self.expression(call)?;
            return Ok(Table { columns: head.columns.clone(), rows: vec![(Rc::from(vec![value]), Presence::Certain)] });
        };
        let name = written.name.last().map_or("", String::as_str);
        let version = self.run.world.target;
        let facts: Vec<_> = crate::postgres::facts::system().functions(name, version).collect();
        let gives_sets = facts.iter().any(|fact| fact.returns_set || fact.outputs().next().is_some());
        if head.columns.len() == 1 && !facts.is_empty() && !gives_sets {
            let value = self.expression(call)?;
            return Ok(Table { columns: head.columns.clone(), rows: vec![(Rc::from(vec![value]), Presence::Certain)] });
        }
        if facts.is_empty() {
            // What it does besides is done.
            self.expression(call)?;
        }
        Ok(untold)
    }
}

fn stronger(known: Option<bool>, found: Option<bool>) -> Option<bool> {
    if known == Some(true) || found == Some(true) { Some(true) } else { None }
}

/// A line and a row beside it.
fn with(line: &Line, row: Line) -> Line {
    let items = line.items.iter().cloned().chain(row.items).collect();
    Line { items, presence: line.presence.and(row.presence), failed: line.failed.clone().or(row.failed) }
}

/// A row of NULLs for items that have no partner.
fn nulls(leaves: &[Leaf<'_>], items: u64) -> Line {
    let own = leaves.iter().enumerate().filter(|(at, _)| items & (1 << at.min(&63)) != 0);
    let bound = own.map(|(_, leaf)| Bound { head: Rc::clone(&leaf.head), values: vec![Value::Null; leaf.head.columns.len()].into() });
    Line { items: bound.collect(), ..Line::default() }
}

/// Whether an item of FROM sees those before it.
fn sees_others(item: &FromItem) -> bool {
    match &item.kind {
        FromItemKind::Function(_) | FromItemKind::Special { .. } => true,
        FromItemKind::Query { lateral, .. } => *lateral == Lateral::Yes,
        FromItemKind::Relation(_) | FromItemKind::Join(_) | FromItemKind::Unread => false,
    }
}

/// The columns by which USING and NATURAL join.
fn shared(join: &Join, left: &Lines, right: &Lines, leaves: &[Leaf<'_>]) -> Vec<String> {
    match &join.condition {
        JoinCondition::Using(names, _) => names.clone(),
        JoinCondition::Natural => {
            let columns = |items: u64| {
                let own = leaves.iter().enumerate().filter(move |(at, _)| items & (1 << at.min(&63)) != 0);
                own.flat_map(|(_, leaf)| leaf.head.columns.iter()).collect::<Vec<_>>()
            };
            let others = columns(right.items);
            columns(left.items).into_iter().filter(|name| others.contains(name)).map(|name| name.to_string()).collect()
        }
        JoinCondition::On(_) | JoinCondition::Cross => Vec::new(),
    }
}

/// Splits a condition at AND.
fn split<'e>(condition: &'e Expression, leaves: &[Leaf<'_>], parts: &mut Vec<Part<'e>>) {
    if let Kind::And(items) = &condition.kind {
        return items.iter().for_each(|item| split(item, leaves, parts));
    }
    parts.push(Part::new(condition, leaves));
}
