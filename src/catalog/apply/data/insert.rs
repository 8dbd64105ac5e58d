//! INSERT.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::known::{self, members};
use super::super::partition::takes_all;
use super::Outcome;
use super::table::{self, Sort, Target, forget};
use super::trigger::{self, Event};
use super::write::{Clauses, write};
use crate::catalog::apply::session::expect_writable_relation;
use crate::catalog::evaluate::{Evaluator, counted_by};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::replay::deed;
use crate::catalog::rows::{Row, Value};
use crate::catalog::run::Run;
use crate::syntax::expression::{Body, Expression, ExpressionKind as Kind, Insert, InsertSource, Overriding};

/// A row as it is written: the columns that got a value; none for DEFAULT.
pub(super) type Written = Vec<(i16, Option<Value>)>;

/// INSERT
pub(super) fn insert(evaluator: &mut Evaluator<'_, '_>, insert: &Insert) -> Result<Outcome> {
    let target = table::target(evaluator.run, &insert.target)?;
    deed::fill(evaluator.run, target.oid);
    let returned = target.returned_columns(insert.returning.as_ref());
    table::expect_no_rules(evaluator.run, &target, "INSERT")?;
    expect_writable_relation(evaluator.run, target.oid, "INSERT")?;
    let columns = columns(&target, insert);
    if let Some(last) = last_by_place(insert, &columns) {
        evaluator.run.catalog.note_filled(target.oid, last);
    }
    let written = source(evaluator, insert, &target, &columns)?;
    let Some(written) = written else {
        return untold(evaluator.run, &target, insert, returned);
    };
    note_numbered(evaluator.run, &target, &columns, &written);
    if written.is_empty() && !trigger::has_statement_triggers(evaluator.run, target.oid, Event::Insert) {
        return Ok(Outcome::nothing(returned));
    }
    match target.sort {
        Sort::Table | Sort::Partitioned => {}
        Sort::View => return Err(Stop::unknown("what a change of a view does to its tables is not followed", target.span)),
        Sort::Untold => {
            if insert.on_conflict.is_none() {
                let place = evaluator.run.origin.span;
                known::condition(evaluator.run, target.oid, "23505", "has rows with the same keys", place);
            }
            forget(evaluator.run, target.oid, "not all that it holds is known");
            return Ok(Outcome::untold(returned));
        }
    }
    let clauses = Clauses { on_conflict: insert.on_conflict.as_ref(), returning: insert.returning.as_ref() };
    write(evaluator, &target, written.into_iter().map(Ok), clauses)
}

/// The columns that get values, in the order written; all without a list.
fn columns(target: &Target, insert: &Insert) -> Vec<Option<i16>> {
    if insert.columns.is_empty() {
        return target.columns.iter().map(|column| Some(column.number)).collect();
    }
    let number = |name: &str| target.columns.iter().find(|column| *column.name == *name).map(|column| column.number);
    insert.columns.iter().map(|column| number(&column.column).filter(|_| column.parts.is_empty())).collect()
}

/// Notes where a column gets a value that a sequence would count.
fn note_numbered(run: &mut Run<'_>, target: &Target, columns: &[Option<i16>], written: &[Written]) {
    let is_counted = |number: &i16| target.column(*number).is_some_and(|column| counted_by(&run.catalog, column).is_some());
    let counted: Vec<i16> = columns.iter().copied().flatten().filter(is_counted).collect();
    let is_by_hand = |row: &Written| row.iter().any(|(number, value)| value.is_some() && counted.contains(number));
    if !counted.is_empty() && written.iter().any(is_by_hand) {
        run.catalog.note_numbered(target.oid, run.origin);
    }
}

/// The last column that gets a value because of its place.
fn last_by_place(insert: &Insert, columns: &[Option<i16>]) -> Option<i16> {
    let width = match &insert.source {
        _ if !insert.columns.is_empty() => 0,
        InsertSource::Default => 0,
        InsertSource::Query(query) => match &query.body {
            Body::Values(rows) => rows.first().map_or(0, Vec::len),
            _ => columns.len(),
        },
        InsertSource::Rows(_) => columns.len(),
    };
    columns.iter().take(width).copied().flatten().last()
}

/// The rows that are written; nothing if they can't be told.
fn source(evaluator: &mut Evaluator<'_, '_>, insert: &Insert, target: &Target, columns: &[Option<i16>]) -> Result<Option<Vec<Written>>> {
    let placed = |values: Vec<Option<Value>>| -> Written {
        values.into_iter().zip(columns).filter_map(|(value, column)| Some(((*column)?, value))).collect()
    };
    let keeps =
        |number: i16| insert.overriding != Some(Overriding::User) || target.column(number).is_none_or(|column| column.identity.is_none());
    let overridden = |row: Written| -> Written { row.into_iter().filter(|(number, _)| keeps(*number)).collect() };
    match &insert.source {
        InsertSource::Default => Ok(Some(vec![Written::new()])),
        InsertSource::Rows(_) => Ok(None),
        InsertSource::Query(query) => match &query.body {
            Body::Values(rows) if query.with.is_none() && query.limit.is_none() && query.offset.is_none() => {
                let mut written = Vec::with_capacity(rows.len());
                // Of a single row, what is overridden is not even computed.
                let is_dropped = |at: usize| rows.len() == 1 && columns.get(at).copied().flatten().is_some_and(|number| !keeps(number));
                for row in rows {
                    let value = |evaluator: &mut Evaluator<'_, '_>, (at, expression): (usize, &Expression)| match expression.kind {
                        Kind::Default => Ok(None),
                        _ if is_dropped(at) => Ok(None),
                        _ => evaluator.value(expression).map(Some),
                    };
                    let values = row.iter().enumerate().map(|value_at| value(evaluator, value_at)).collect::<Result<Vec<_>>>()?;
                    written.push(overridden(placed(values)));
                }
                Ok(Some(written))
            }
            _ => {
                let table = evaluator.query(query)?;
                match table.is_certain() {
                    true => {
                        let rows = table.rows.iter().map(|(row, _)| overridden(placed(row.iter().cloned().map(Some).collect())));
                        Ok(Some(rows.collect()))
                    }
                    false => Ok(None),
                }
            }
        },
    }
}

/// Rows that can't be told are put into a table.
fn untold(run: &mut Run<'_>, target: &Target, insert: &Insert, returned: Vec<crate::catalog::object::Name>) -> Result<Outcome> {
    let literal = matches!(insert.source, InsertSource::Rows(_));
    let demands = run.catalog.constraints(target.oid).next().is_some()
        || target.columns.iter().any(|column| column.not_null)
        || run.catalog.indexes(target.oid).any(|(_, index)| index.unique);
    if target.sort == Sort::View || (!literal && demands && target.sort != Sort::Untold) {
        return Err(Stop::unknown("which rows are put into the table can't be told", target.span));
    }
    if !takes_all(run, target.oid) {
        return Err(Stop::unknown("which partitions the rows go to can't be told, as the files do not show what they hold", target.span));
    }
    if members(run, target.oid).into_iter().any(|table| trigger::fires(run, table)) {
        return Err(Stop::unknown("what triggers make of rows that can't be told is not known", target.span));
    }
    for table in members(run, target.oid) {
        forget(run, table, "more rows were put into it than are followed");
    }
    Ok(Outcome::untold(returned))
}

/// A row with the values of all columns.
pub(super) fn complete(run: &mut Run<'_>, target: &Target, written: Written) -> Result<Row> {
    let mut row: BTreeMap<i16, Value> = BTreeMap::new();
    let mut given: BTreeMap<i16, Option<Value>> = written.into_iter().collect();
    for column in &target.columns {
        if column.generated.is_some() {
            continue;
        }
        let value = match given.remove(&column.number).flatten() {
            Some(value) => target.fitted(run, column, value)?,
            None => target.default(run, column)?,
        };
        row.insert(column.number, value);
    }
    target.generate(run, &mut row)?;
    Ok(Arc::new(row))
}
