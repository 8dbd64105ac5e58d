//! INSERT.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::super::known::{self, members};
use super::super::partition::takes_all;
use super::Outcome;
use super::table::{self, Sort, Target, forget};
use super::trigger::{self, Event};
use super::write::{Clauses, write};
use crate::catalog::Oid;
use crate::catalog::apply::session::expect_writable_relation;
use crate::catalog::evaluate::{Evaluator, counted_by};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::replay::deed;
use crate::catalog::rows::{Row, Value};
use crate::catalog::run::Run;
use crate::syntax::expression::{Body, Expression, ExpressionKind as Kind, Insert, InsertSource, Node, Overriding, Query};

/// A row as it is written: what each column gets; what goes to none is computed all the same.
pub(super) type Written<'q> = Vec<(Option<i16>, Given<'q>)>;

/// What a column gets.
#[derive(Debug, Clone)]
pub(super) enum Given<'q> {
    Default,
    /// A value that becomes one of the column's type.
    Value(Value),
    /// One that is of that type.
    Fitted(Value),
    /// What is computed before the row gets its defaults.
    WithRow(&'q Expression),
    /// What is computed when the columns before have got their defaults.
    WithColumn(&'q Expression),
}

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
            for (_, given) in written.iter().flatten() {
                if let Given::WithRow(expression) | Given::WithColumn(expression) = given {
                    evaluator.value(expression)?;
                }
            }
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
fn note_numbered(run: &mut Run<'_>, target: &Target, columns: &[Option<i16>], written: &[Written<'_>]) {
    let is_counted = |number: &i16| target.column(*number).is_some_and(|column| counted_by(&run.catalog, column).is_some());
    let counted: Vec<i16> = columns.iter().copied().flatten().filter(is_counted).collect();
    let is_counted = |number: Option<i16>| number.is_some_and(|number| counted.contains(&number));
    let is_by_hand = |row: &Written<'_>| row.iter().any(|(number, given)| !matches!(given, Given::Default) && is_counted(*number));
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
fn source<'q>(
    evaluator: &mut Evaluator<'_, '_>,
    insert: &'q Insert,
    target: &Target,
    columns: &[Option<i16>],
) -> Result<Option<Vec<Written<'q>>>> {
    let is_overridden =
        |number: i16| insert.overriding == Some(Overriding::User) && target.column(number).is_some_and(|column| column.identity.is_some());
    let kept: Vec<Option<i16>> = columns.iter().map(|column| column.filter(|number| !is_overridden(*number))).collect();
    match &insert.source {
        InsertSource::Default => Ok(Some(vec![Written::new()])),
        InsertSource::Rows(_) => Ok(None),
        InsertSource::Query(query) => match &query.body {
            Body::Values(rows) if query.with.is_none() && query.limit.is_none() && query.offset.is_none() => {
                let is_alone = rows.len() == 1;
                let mut written = |row: &'q Vec<Expression>| -> Result<Written<'q>> {
                    let values = row.iter().zip(columns.iter().zip(&kept));
                    // Of a single row, what is overridden is not even computed.
                    let values = values.filter(|(_, (column, kept))| !is_alone || column == kept);
                    values.map(|(value, (_, kept))| Ok((*kept, given(evaluator, target, *kept, value, is_alone)?))).collect()
                };
                rows.iter().map(&mut written).collect::<Result<_>>().map(Some)
            }
            _ => rows_of_query(evaluator, query, target, columns, &kept),
        },
    }
}
/// What a value of VALUES gives a column: what counts is computed in its turn, everything else before anything is counted, as the planner does.
fn given<'q>(
    evaluator: &mut Evaluator<'_, '_>,
    target: &Target,
    number: Option<i16>,
    value: &'q Expression,
    is_alone: bool,
) -> Result<Given<'q>> {
    if value.kind == Kind::Default {
        return Ok(Given::Default);
    }
    if evaluator.counts(value) {
        return Ok(if is_alone { Given::WithColumn(value) } else { Given::WithRow(value) });
    }
    let value = evaluator.value(value)?;
    Ok(match number.and_then(|number| target.column(number)) {
        Some(column) => Given::Fitted(target.fitted(evaluator.run, column, value)?),
        None => Given::Value(value),
    })
}

/// The rows that a query gives; nothing if they can't be told. Columns that are not `kept` are overridden.
fn rows_of_query<'q>(
    evaluator: &mut Evaluator<'_, '_>,
    query: &Query,
    target: &Target,
    columns: &[Option<i16>],
    kept: &[Option<i16>],
) -> Result<Option<Vec<Written<'q>>>> {
    let table = evaluator.query(query).map_err(|stop| match stop {
        Stop::Fails(_) if kept != columns => Stop::unknown("whether what is overridden is computed can't be told", query.span),
        stop => stop,
    })?;
    if !table.is_certain() {
        return Ok(None);
    }
    let rest = target.columns.iter().filter(|column| !kept.contains(&Some(column.number)));
    let counted: Vec<Oid> = rest.filter_map(|column| counted_by(&evaluator.run.catalog, column)).collect();
    if !table.rows.is_empty() && evaluator.counts_any(Node::Query(query), &counted) {
        return Err(Stop::unknown("in which order the query and the defaults of the table count can't be told", query.span));
    }
    let written = |(row, _): &(Rc<[Value]>, _)| kept.iter().copied().zip(row.iter().cloned().map(Given::Value)).collect();
    Ok(Some(table.rows.iter().map(written).collect()))
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
pub(super) fn complete(evaluator: &mut Evaluator<'_, '_>, target: &Target, written: Written<'_>) -> Result<Row> {
    let mut given: BTreeMap<i16, Given<'_>> = BTreeMap::new();
    for (number, value) in written {
        let value = match value {
            Given::WithRow(expression) => Given::Value(evaluator.value(expression)?),
            value => value,
        };
        given.extend(number.map(|number| (number, value)));
    }
    let mut row: BTreeMap<i16, Value> = BTreeMap::new();
    for column in target.columns.iter().filter(|column| column.generated.is_none()) {
        let value = match given.remove(&column.number) {
            Some(Given::Fitted(value)) => value,
            Some(Given::Value(value)) => target.fitted(evaluator.run, column, value)?,
            Some(Given::WithRow(expression) | Given::WithColumn(expression)) => {
                let value = evaluator.value(expression)?;
                target.fitted(evaluator.run, column, value)?
            }
            Some(Given::Default) | None => target.default(evaluator.run, column)?,
        };
        row.insert(column.number, value);
    }
    target.generate(evaluator.run, &mut row)?;
    Ok(Arc::new(row))
}
