//! Queries: common table expressions, set operations, LIMIT.

use std::rc::Rc;

use super::compare::same;
use super::lazy::{is_constant, run_tables};
use super::subquery::Subqueries;
use super::{Evaluator, Presence, Table, Value, arithmetic};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::Name;
use crate::catalog::run::Run;
use crate::syntax::expression::{
    Body, CommonTableStatement, Constant, DataChange, Distinct, Expression, ExpressionKind as Kind, Node, Query, Recursion, SetOperation,
    SetOperator, TiesLimit, With,
};

type Row = (Rc<[Value]>, Presence);

impl Evaluator<'_, '_> {
    /// What a query gives.
    ///
    /// # Errors
    /// What PostgreSQL raises, or that it can't be told whether it does, or what is changed on the way.
    pub(in crate::catalog) fn query(&mut self, query: &Query) -> Result<Table> {
        self.query_for(query, None)
    }

    /// What a query gives of which no more than so many rows are asked for.
    ///
    /// # Errors
    /// What PostgreSQL raises, or that it can't be told whether it does, or what is changed on the way.
    pub(in crate::catalog) fn query_for(&mut self, query: &Query, most: Option<usize>) -> Result<Table> {
        if self.run.depth > 200 {
            return Err(Stop::unknown("queries are nested too deep", query.span));
        }
        self.run.depth += 1;
        let tables = self.tables.len();
        let group = self.group.take();
        let is_outermost = self.subqueries.is_none();
        let subqueries = self.subqueries.replace(Subqueries::default());
        let result = if is_outermost { self.expect_planned(query) } else { Ok(()) };
        let result = result.and_then(|()| self.query_inside(query, most));
        self.subqueries = subqueries;
        self.group = group;
        self.tables.truncate(tables);
        self.run.depth -= 1;
        result
    }

    fn query_inside(&mut self, query: &Query, asked: Option<usize>) -> Result<Table> {
        let before = self.before(query, asked);
        let nothing = query.limit.as_ref().is_some_and(|limit| is_constant(&limit.count, &Constant::Number("0".to_owned())));
        if let Some(with) = &query.with {
            let run = run_tables(with, Some(Node::Query(query)).filter(|_| !nothing));
            match self.is_order_told(with, &run) {
                true => self.with(with, &run)?,
                false => self.untold("in which order common table expressions are run", |evaluator| evaluator.with(with, &run))?,
            }
        }
        let range = self.range(query)?;
        if range.most() == Some(0) {
            return Ok(Table { columns: self.query_columns(query)?.0, rows: Vec::new() });
        }
        let most = range.most().map_or(asked, |most| Some(asked.map_or(most, |asked| most.min(asked))));
        let (table, ordered) = self.body(query).map_err(|stop| match most {
            Some(most) if !self.is_all_asked(query, most) => super::expression::perhaps(stop, "how many rows of a query are asked for"),
            _ => stop,
        })?;
        self.expect_whole(query, most, &table, before.as_ref())?;
        Ok(limited(range, query, table, ordered))
    }

    fn body(&mut self, query: &Query) -> Result<(Table, bool)> {
        Ok(match &query.body {
            Body::Select(select) => self.select(select, &query.order_by)?,
            Body::Values(rows) => {
                let mut table = Table { columns: numbered(rows.first().map_or(0, Vec::len)), rows: Vec::with_capacity(rows.len()) };
                for row in rows {
                    let values = row.iter().map(|value| self.expression(value)).collect::<Result<Vec<_>>>()?;
                    table.rows.push((values.into(), Presence::Certain));
                }
                (table, query.order_by.is_empty())
            }
            Body::SetOperation(operation) => {
                let mut table = self.set_operation(operation)?;
                let known = self.order_set(&mut table, query);
                (table, known)
            }
        })
    }

    /// Brings the common table expressions of a data change into scope.
    pub(in crate::catalog) fn with_of(&mut self, change: &DataChange) -> Result {
        match change.with() {
            Some(with) => self.with(with, &run_tables(with, Some(Node::Change(change)))),
            None => Ok(()),
        }
    }

    /// Brings those common table expressions into scope that are run.
    fn with(&mut self, with: &With, run: &[bool]) -> Result {
        for (table, is_run) in with.tables.iter().zip(run) {
            if !is_run && matches!(table.statement, CommonTableStatement::Query(_)) {
                continue;
            }
            let name = Name::from(table.name.as_str());
            let recursive = with.recursion == Recursion::Recursive && table.statement.reads(&table.name);
            let mut found = match &table.statement {
                CommonTableStatement::Query(query) if !recursive => self.query(query)?,
                CommonTableStatement::Query(query) => self.recursive(query, &name)?,
                CommonTableStatement::Change(change) => crate::catalog::apply::data::change_in(self, change)?,
            };
            for (column, name) in found.columns.iter_mut().zip(&table.columns) {
                *column = Name::from(name.as_str());
            }
            if table.search.is_some() || table.cycle.is_some() {
                found = Table::untold(found.columns);
            }
            self.tables.push((name, Rc::new(found)));
        }
        Ok(())
    }

    /// A recursive query: if what it begins with is empty, all of it is.
    fn recursive(&mut self, query: &Query, name: &Name) -> Result<Table> {
        let Body::SetOperation(operation) = &query.body else { return self.query(query) };
        let Some(first) = operation.parts.first() else { return self.query(query) };
        let start = self.query(first)?;
        if start.rows.is_empty() {
            return Ok(start);
        }
        let _ = name;
        Ok(Table::untold(start.columns))
    }

    fn set_operation(&mut self, operation: &SetOperation) -> Result<Table> {
        let mut parts = Vec::with_capacity(operation.parts.len());
        for part in &operation.parts {
            // Since 18 the planner leaves out what it knows to make no difference (INTERSECT and EXCEPT of nothing).
            let of_nothing = operation.operator != SetOperator::Union
                && self.run.world.target.major() >= 18
                && parts.first().is_some_and(|first: &Table| first.rows.is_empty());
            if of_nothing && operation.parts.first().is_some_and(gives_nothing) {
                parts.push(Table { columns: self.query_columns(part)?.0, rows: Vec::new() });
                continue;
            }
            if of_nothing && self.calls_code(Node::Query(part)) {
                return Err(Stop::unknown("whether the server runs what nothing is compared with can't be told", None));
            }
            parts.push(self.query(part)?);
        }
        let mut parts = parts.into_iter();
        let Some(mut table) = parts.next() else { return Ok(Table { columns: Vec::new(), rows: Vec::new() }) };
        let once = operation.distinct != Distinct::All;
        for part in parts {
            table.rows = match operation.operator {
                SetOperator::Union => table.rows.into_iter().chain(part.rows).collect(),
                SetOperator::Intersect => kept(self.run, table.rows, &part.rows, true),
                SetOperator::Except => kept(self.run, table.rows, &part.rows, false),
            };
        }
        if !once && operation.operator != SetOperator::Union && !table.rows.is_empty() {
            return Ok(Table::untold(table.columns));
        }
        if once {
            table.rows = unique(self.run, table.rows);
        }
        Ok(table)
    }

    fn order_set(&mut self, table: &mut Table, query: &Query) -> bool {
        let mut at = Vec::new();
        for key in &query.order_by {
            let position = match &key.value.kind {
                Kind::Column(parts) => table.columns.iter().position(|column| parts.last().is_some_and(|name| **column == **name)),
                Kind::Constant(Constant::Number(number)) => number.parse::<usize>().ok().and_then(|at| at.checked_sub(1)),
                _ => None,
            };
            match position {
                Some(position) => at.push(position),
                None => return false,
            }
        }
        let mut rows: Vec<(Row, Vec<Value>)> = std::mem::take(&mut table.rows)
            .into_iter()
            .map(|row| {
                let keys = at.iter().map(|at| row.0.get(*at).cloned().unwrap_or(Value::Unknown)).collect();
                (row, keys)
            })
            .collect();
        let known = super::aggregate::sort(self.run, &mut rows, &query.order_by);
        table.rows = rows.into_iter().map(|(row, _)| row).collect();
        known
    }

    /// LIMIT and OFFSET, which are evaluated before any row is asked for.
    fn range(&mut self, query: &Query) -> Result<Range> {
        let mut count = |expression: &Expression, sqlstate, word| -> Result<Count> {
            let number = match self.expression(expression)? {
                Value::Null => return Ok(Count::All),
                Value::Text(digits) => arithmetic::integer(&Value::Number(digits)),
                value => arithmetic::integer(&value),
            };
            match number.map(usize::try_from) {
                Some(Ok(count)) => Ok(Count::Is(count)),
                Some(Err(_)) => Err(Stop::fails(sqlstate, format!("{word} must not be negative"), expression.span)),
                None => Ok(Count::Untold),
            }
        };
        let offset = query.offset.as_ref().map_or(Ok(Count::All), |offset| count(offset, "2201X", "OFFSET"))?;
        let limit = match &query.limit {
            None => Count::All,
            Some(limit) => match count(&limit.count, "2201W", "LIMIT")? {
                Count::Is(_) if limit.ties == TiesLimit::WithTies => Count::Untold,
                count => count,
            },
        };
        Ok(Range { offset, limit })
    }
}

/// Which rows of a query are asked for.
#[derive(Debug, Clone, Copy)]
struct Range {
    offset: Count,
    limit: Count,
}

/// A number of rows.
#[derive(Debug, Clone, Copy)]
enum Count {
    Is(usize),
    /// All of them, or, of those that are left out, none.
    All,
    Untold,
}

impl Range {
    /// How many rows are asked for, those among them that are left out.
    const fn most(self) -> Option<usize> {
        match (self.limit, self.offset) {
            (Count::Is(0), _) => Some(0),
            (Count::Is(limit), Count::Is(offset)) => Some(limit.saturating_add(offset)),
            (Count::Is(limit), Count::All) => Some(limit),
            // Which of them can't be told, and so neither how many.
            (Count::Untold, _) | (_, Count::Untold) => Some(1),
            (Count::All, _) => None,
        }
    }
}

/// What LIMIT and OFFSET leave.
fn limited(range: Range, query: &Query, mut table: Table, ordered: bool) -> Table {
    let ordered = ordered && table.is_certain();
    match range.offset {
        Count::All | Count::Is(0) => {}
        Count::Is(skipped) if ordered => drop(table.rows.drain(..skipped.min(table.rows.len()))),
        Count::Is(skipped) if skipped >= table.rows.len() && table.is_certain() => table.rows.clear(),
        _ => table = perhaps(table),
    }
    let most = match range.limit {
        Count::All => return table,
        Count::Is(most) => most,
        Count::Untold => return perhaps(table),
    };
    // Which of several rows comes first without ORDER BY is nobody's promise.
    if table.is_certain() && (table.rows.len() <= most || (ordered && !query.order_by.is_empty())) {
        table.rows.truncate(most);
        return table;
    }
    some_of(table, most)
}

/// So many of the rows, whichever: what they have in common is known of each.
fn some_of(mut table: Table, most: usize) -> Table {
    let certain = table.rows.iter().filter(|(_, presence)| *presence == Presence::Certain).count().min(most);
    let Some((first, _)) = table.rows.first().cloned() else { return table };
    let null = |at: usize| table.rows.iter().any(|(row, _)| matches!(row[at], Value::Null | Value::Unknown));
    let shared = (0..first.len()).map(|at| match table.rows.iter().all(|(row, _)| row[at] == first[at]) {
        true => first[at].clone(),
        false if null(at) => Value::Unknown,
        false => Value::NotNull,
    });
    let shared: Rc<[Value]> = shared.collect();
    let perhaps = most > certain && table.rows.len() > certain;
    let rows = std::iter::repeat_n((Rc::clone(&shared), Presence::Certain), certain);
    table.rows = rows.chain(perhaps.then_some((shared, Presence::Maybe))).collect();
    table
}

/// Each of the rows, or not.
fn perhaps(mut table: Table) -> Table {
    table.rows.iter_mut().for_each(|(_, presence)| *presence = Presence::Maybe);
    table
}

/// `column1`, `column2` …
fn numbered(count: usize) -> Vec<Name> {
    (1..=count).map(|at| Name::from(format!("column{at}"))).collect()
}

fn same_row(run: &Run<'_>, left: &[Value], right: &[Value]) -> Option<bool> {
    let mut result = Some(true);
    for (left, right) in left.iter().zip(right) {
        match same(run, left, right) {
            Some(false) => return Some(false),
            Some(true) => {}
            None => result = None,
        }
    }
    result
}

/// The rows that are, or are not, among others.
fn kept(run: &Run<'_>, rows: Vec<Row>, others: &[Row], wanted: bool) -> Vec<Row> {
    let mut result = Vec::with_capacity(rows.len());
    for (row, presence) in rows {
        let mut found = Some(false);
        for (other, there) in others {
            match (same_row(run, &row, other), there) {
                (Some(true), Presence::Certain) => {
                    found = Some(true);
                    break;
                }
                (Some(false), _) => {}
                _ => found = None,
            }
        }
        match found {
            Some(found) if found == wanted => result.push((row, presence)),
            Some(_) => {}
            None => result.push((row, Presence::Maybe)),
        }
    }
    result
}

/// Each row once.
pub(super) fn unique(run: &Run<'_>, rows: Vec<Row>) -> Vec<Row> {
    let mut result: Vec<Row> = Vec::with_capacity(rows.len());
    'rows: for (row, mut presence) in rows {
        for (other, there) in &mut result {
            match same_row(run, &row, other) {
                Some(true) => {
                    if presence == Presence::Certain {
                        *there = Presence::Certain;
                    }
                    continue 'rows;
                }
                Some(false) => {}
                None => presence = Presence::Maybe,
            }
        }
        result.push((row, presence));
    }
    result
}

/// Whether a query is written to give no rows: `WHERE false`.
fn gives_nothing(query: &Query) -> bool {
    let Body::Select(select) = &query.body else { return false };
    select.condition.as_ref().is_some_and(|condition| is_constant(condition, &Constant::Boolean(false)))
        && select.group_by.is_none()
        && select.targets.iter().all(|target| !super::aggregate::has_aggregate(&target.value))
}
