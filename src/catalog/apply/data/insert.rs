//! INSERT.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::Outcome;
use super::conflict;
use super::demand::{Answer, Uniques, condition, expect_row};
use super::reference::expect_referenced;
use super::table::{self, Sort, Target, family, forget, given, keep, rows};
use super::trigger::{self, Event};
use crate::catalog::evaluate::Evaluator;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::rows::{Row, Value};
use crate::catalog::run::Run;
use crate::syntax::expression::{Body, ConflictAction, Expression, ExpressionKind as Kind, Insert, InsertSource, Overriding};

/// A row as it is written: the columns that got a value; none for DEFAULT.
type Written = Vec<(i16, Option<Value>)>;

/// INSERT
pub(super) fn insert(evaluator: &mut Evaluator<'_, '_>, insert: &Insert) -> Result<Outcome> {
    let target = table::target(evaluator.run, &insert.target)?;
    let returned = target.returned_columns(insert.returning.as_ref());
    table::expect_no_rules(evaluator.run, &target, "INSERT")?;
    let columns = columns(&target, insert);
    let written = source(evaluator, insert, &target, &columns)?;
    let Some(written) = written else {
        return untold(evaluator.run, &target, insert, returned);
    };
    if written.is_empty() && !trigger::has_statement_triggers(evaluator.run, target.oid, Event::Insert) {
        return Ok(Outcome::nothing(returned));
    }
    match target.sort {
        Sort::Table => {}
        Sort::View => return Err(Stop::unknown("what a change of a view does to its tables is not followed", target.span)),
        Sort::Untold => {
            forget(evaluator.run, target.oid, "not all that it holds is known");
            return Ok(Outcome::untold(returned));
        }
        Sort::Partitioned => return partitioned(evaluator, &target, written, insert, returned),
    }
    put(evaluator, &target, written, insert, returned)
}

/// The columns that get values, in the order written; all without a list.
fn columns(target: &Target, insert: &Insert) -> Vec<Option<i16>> {
    if insert.columns.is_empty() {
        return target.columns.iter().map(|column| Some(column.number)).collect();
    }
    let number = |name: &str| target.columns.iter().find(|column| *column.name == *name).map(|column| column.number);
    insert.columns.iter().map(|column| number(&column.column).filter(|_| column.parts.is_empty())).collect()
}

/// The rows that are written; nothing if they can't be told.
fn source(evaluator: &mut Evaluator<'_, '_>, insert: &Insert, target: &Target, columns: &[Option<i16>]) -> Result<Option<Vec<Written>>> {
    let placed = |values: Vec<Option<Value>>| -> Written {
        values.into_iter().zip(columns).filter_map(|(value, column)| Some(((*column)?, value))).collect()
    };
    let overridden = |row: Written| -> Written {
        let keeps = |number: i16| {
            insert.overriding != Some(Overriding::User) || target.column(number).is_none_or(|column| column.identity.is_none())
        };
        row.into_iter().filter(|(number, _)| keeps(*number)).collect()
    };
    match &insert.source {
        InsertSource::Default => Ok(Some(vec![Written::new()])),
        InsertSource::Rows(_) => Ok(None),
        InsertSource::Query(query) => match &query.body {
            Body::Values(rows) if query.with.is_none() && query.limit.is_none() && query.offset.is_none() => {
                let mut written = Vec::with_capacity(rows.len());
                for row in rows {
                    let value = |evaluator: &mut Evaluator<'_, '_>, expression: &Expression| match expression.kind {
                        Kind::Default => Ok(None),
                        _ => evaluator.value(expression).map(Some),
                    };
                    let values = row.iter().map(|expression| value(evaluator, expression)).collect::<Result<Vec<_>>>()?;
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
    if trigger::fires(run, target.oid) {
        return Err(Stop::unknown("what triggers make of rows that can't be told is not known", target.span));
    }
    for table in family(run, target.oid) {
        forget(run, table, "more rows were put into it than are followed");
    }
    Ok(Outcome::untold(returned))
}

/// A partitioned table's rows go to its partitions: to which can't be told.
fn partitioned(
    evaluator: &mut Evaluator<'_, '_>,
    target: &Target,
    written: Vec<Written>,
    insert: &Insert,
    returned: Vec<crate::catalog::object::Name>,
) -> Result<Outcome> {
    let partitions = family(evaluator.run, target.oid);
    if written.is_empty() {
        return Ok(Outcome::nothing(returned));
    }
    if partitions.len() == 1 {
        let name = &target.name;
        return Err(Stop::fails("23514", format!("no partition of relation \"{name}\" found for row"), target.span));
    }
    let is_default = |oid: &crate::catalog::Oid| {
        let bound = evaluator.run.catalog.relation(*oid).and_then(|relation| relation.partition_bound.clone());
        bound == Some(crate::catalog::model::PartitionBound::Default)
    };
    if !partitions.iter().any(is_default) {
        return Err(Stop::unknown("which partition a row goes to is not followed", target.span));
    }
    for row in written {
        let row = complete(evaluator.run, target, row)?;
        expect_row(evaluator.run, target, &row)?;
        expect_referenced(evaluator.run, target, &[row])?;
    }
    if trigger::fires(evaluator.run, target.oid) || insert.on_conflict.is_some() {
        return Err(Stop::unknown("which partition a row goes to is not followed", target.span));
    }
    for partition in partitions {
        forget(evaluator.run, partition, "which partition a row went to is not followed");
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

/// Puts rows into an ordinary table.
fn put(
    evaluator: &mut Evaluator<'_, '_>,
    target: &Target,
    written: Vec<Written>,
    insert: &Insert,
    returned: Vec<crate::catalog::object::Name>,
) -> Result<Outcome> {
    let existing = rows(evaluator.run, target.oid);
    let mut all = match &existing {
        Ok(rows) => rows.clone(),
        Err(_) => imbl::Vector::new(),
    };
    let mut uniques = Uniques::of(evaluator.run, target.oid, all.iter())?;
    let arbiter = conflict::arbiter(evaluator.run, target, insert, &uniques)?;
    if insert.on_conflict.is_none() {
        condition(evaluator.run, target);
    }
    trigger::statement(evaluator.run, target, Event::Insert, trigger::Timing::Before)?;
    let mut new: Vec<Row> = Vec::new();
    let mut changes: Vec<(Row, Option<Row>)> = Vec::new();
    let mut outcome_rows: Vec<Rc<[Value]>> = Vec::new();
    let mut doubtful = None;
    'rows: for row in written {
        let row = complete(evaluator.run, target, row)?;
        let Some(row) = trigger::before_row(evaluator.run, target, Event::Insert, None, Some(row))? else { continue };
        expect_row(evaluator.run, target, &row)?;
        for at in 0..uniques.indexes.len() {
            let unique = &uniques.indexes[at];
            let arbitrates = arbiter.as_ref().is_some_and(|arbiter| arbiter.is_of(unique.oid));
            let answer = match &existing {
                // It is asked what nobody knows.
                Err(_) => Answer::Doubtful,
                Ok(_) => unique.ask(evaluator.run, target.oid, &row)?,
            };
            match (answer, &insert.on_conflict) {
                (Answer::Free, _) => {}
                (Answer::Taken(_), Some(on_conflict)) if arbitrates && on_conflict.action == ConflictAction::Nothing => continue 'rows,
                (Answer::Taken(old), Some(on_conflict)) if arbitrates => {
                    if new.iter().any(|row| Arc::ptr_eq(row, &old)) {
                        let message = "ON CONFLICT DO UPDATE command cannot affect row a second time";
                        return Err(Stop::fails("21000", message, target.span));
                    }
                    match conflict::update(evaluator, target, on_conflict, &old, &row)? {
                        conflict::Updated::Not => {}
                        conflict::Updated::To(changed) => {
                            expect_row(evaluator.run, target, &changed)?;
                            all = all.into_iter().map(|row| if Arc::ptr_eq(&row, &old) { Arc::clone(&changed) } else { row }).collect();
                            uniques = Uniques::of(evaluator.run, target.oid, all.iter())?;
                            outcome_rows.push(target.returned(evaluator, insert.returning.as_ref(), &changed, None)?);
                            changes.push((old, Some(Arc::clone(&changed))));
                            new.push(changed);
                        }
                        conflict::Updated::Perhaps => doubtful = Some("whether a row is updated can't be told"),
                    }
                    continue 'rows;
                }
                (Answer::Doubtful, Some(on_conflict)) if arbitrates => {
                    doubtful = Some("whether rows are in the way of those that are inserted can't be told");
                    if let ConflictAction::Update(..) = on_conflict.action
                        && !conflict::is_harmless(evaluator, target, on_conflict)?
                    {
                        return Err(unique.doubtful(target.span));
                    }
                    new.push(Arc::clone(&row));
                    continue 'rows;
                }
                (Answer::Taken(_), _) if unique.is_deferred() => {}
                (Answer::Taken(_), _) => return Err(unique.violated(target.span)),
                (Answer::Doubtful, _) => return Err(unique.doubtful(target.span)),
            }
        }
        uniques.add(evaluator.run, target.oid, &row)?;
        all.push_back(Arc::clone(&row));
        outcome_rows.push(target.returned(evaluator, insert.returning.as_ref(), &row, None)?);
        new.push(row);
    }
    let count = new.len();
    match (existing, doubtful) {
        (Ok(_), None) => keep(evaluator.run, target.oid, all),
        (Ok(_), Some(why)) => forget(evaluator.run, target.oid, why),
        (Err(_), _) => {}
    }
    after(evaluator.run, target, &new, &changes)?;
    if doubtful.is_some() {
        return Ok(Outcome::untold(returned));
    }
    Ok(Outcome { table: given(returned, outcome_rows), count: Some(count) })
}

/// What follows once all rows are there.
fn after(run: &mut Run<'_>, target: &Target, new: &[Row], changes: &[(Row, Option<Row>)]) -> Result {
    let deferred = run.catalog.indexes(target.oid).any(|(_, index)| !index.immediate);
    if deferred && let Ok(rows) = rows(run, target.oid) {
        let by_default = |index: &crate::catalog::model::Index| {
            let constraint = index.constraint.and_then(|oid| run.catalog.get(oid)?.constraint());
            index
                .constraint
                .and_then(|oid| run.session.is_deferred(oid))
                .unwrap_or(constraint.is_some_and(|constraint| constraint.deferred))
        };
        let waits = run.session.in_block() && run.catalog.indexes(target.oid).any(|(_, index)| !index.immediate && by_default(index));
        if waits {
            if !run.session.pending_events.contains(&target.oid) {
                run.session.pending_events.push(target.oid);
            }
        } else {
            let rows: Vec<Row> = rows.iter().cloned().collect();
            super::demand::expect_unique(run, target, &rows)?;
        }
    }
    expect_referenced(run, target, new)?;
    super::reference::follow(run, target, changes)?;
    for row in new {
        trigger::after_row(run, target, Event::Insert, None, Some(row))?;
    }
    trigger::statement(run, target, Event::Insert, trigger::Timing::After)
}
