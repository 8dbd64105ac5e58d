//! Putting rows into a table, or into the partitions of one.

use std::rc::Rc;
use std::sync::Arc;

use imbl::Vector;

use super::super::known::members;
use super::super::partition::{Route, parent, route, takes, takes_all, translated};
use super::Outcome;
use super::conflict::{self, Arbiter};
use super::demand::{Answer, Uniques, condition, expect_row, expect_unique};
use super::insert::{Written, complete};
use super::reference::{Change, expect_referenced, follow};
use super::table::{self, Sort, Target, forget, given, keep, rows};
use super::trigger::{self, Event, Timing};
use crate::catalog::Oid;
use crate::catalog::evaluate::Evaluator;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::Index;
use crate::catalog::rows::{Row, Value};
use crate::catalog::run::Run;
use crate::syntax::expression::{ConflictAction, OnConflict, Returning};

/// What an INSERT says besides its rows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Clauses<'c> {
    pub(super) on_conflict: Option<&'c OnConflict>,
    pub(super) returning: Option<&'c Returning>,
}

/// Puts rows into a table, as INSERT and COPY do.
pub(super) fn write<'c>(
    evaluator: &mut Evaluator<'_, '_>,
    target: &Target,
    written: impl Iterator<Item = Result<Written<'c>>>,
    clauses: Clauses<'_>,
) -> Result<Outcome> {
    let mut writer = Writer::new(evaluator.run, target, clauses)?;
    if clauses.on_conflict.is_none() {
        condition(evaluator.run, target);
    }
    trigger::statement(evaluator.run, target, Event::Insert, Timing::Before)?;
    let mut returned: Vec<Rc<[Value]>> = Vec::new();
    for row in written {
        let row = complete(evaluator, target, row?)?;
        if let Some(row) = writer.put(evaluator, row)? {
            returned.push(target.returned(evaluator, clauses.returning, &row, None)?);
        }
    }
    let count = writer.finish(evaluator.run)?;
    trigger::statement(evaluator.run, target, Event::Insert, Timing::After)?;
    let columns = target.returned_columns(clauses.returning);
    Ok(match count {
        Some(_) => Outcome { table: given(columns, returned), count, changes: true },
        None => Outcome::untold(columns),
    })
}

/// Puts rows into a table one by one; they are there once it has finished.
pub(super) struct Writer<'t> {
    target: &'t Target,
    clauses: Clauses<'t>,
    arbiter: Option<Arbiter>,
    /// The tables that rows went to.
    places: Vec<Place>,
    /// Rows of which it can't be told to which partition they go.
    floating: Vec<Row>,
    /// Their keys.
    floating_keys: Uniques,
}

/// A table that holds rows itself.
struct Place {
    target: Target,
    existing: std::result::Result<(), Arc<str>>,
    all: Vector<Row>,
    uniques: Uniques,
    new: Vec<Row>,
    changes: Vec<Change>,
    /// Why it can't be told what it holds in the end.
    doubtful: Option<&'static str>,
}

impl Place {
    fn new(run: &mut Run<'_>, target: Target) -> Result<Place> {
        let (existing, all) = match rows(run, target.oid) {
            Ok(rows) => (Ok(()), rows),
            Err(why) => (Err(why), Vector::new()),
        };
        let uniques = Uniques::of(run, target.oid, all.iter())?;
        Ok(Place { target, existing, all, uniques, new: Vec::new(), changes: Vec::new(), doubtful: None })
    }

    fn ask(&self, run: &mut Run<'_>, at: usize, row: &Row) -> Result<Answer> {
        match &self.existing {
            // It is asked what nobody knows.
            Err(_) => Ok(Answer::Doubtful),
            Ok(()) => self.uniques.indexes[at].ask(run, self.target.oid, row),
        }
    }
}

impl<'t> Writer<'t> {
    /// One for rows of `target`.
    ///
    /// # Errors
    /// What an ON CONFLICT clause raises that means no index.
    pub(super) fn new(run: &mut Run<'_>, target: &'t Target, clauses: Clauses<'t>) -> Result<Writer<'t>> {
        let floating_keys = Uniques::of(run, target.oid, [])?;
        let arbiter = conflict::arbiter(run, target, clauses.on_conflict, &floating_keys)?;
        Ok(Writer { target, clauses, arbiter, places: Vec::new(), floating: Vec::new(), floating_keys })
    }

    /// Puts one row, which has all its values; the row as it is in the end, if there is one to be returned.
    ///
    /// # Errors
    /// What PostgreSQL raises, or that it can't be told.
    pub(super) fn put(&mut self, evaluator: &mut Evaluator<'_, '_>, row: Row) -> Result<Option<Row>> {
        let direct = self.target.sort != Sort::Partitioned;
        if !direct {
            expect_taken(evaluator.run, self.target, &row)?;
        }
        self.expect_apart(evaluator.run, &row)?;
        let (oid, row) = match route(evaluator.run, self.target.oid, &row)? {
            Route::To(oid, row) => (oid, row),
            Route::Nowhere(table) => {
                let name = evaluator.run.catalog.get(table).map(|object| object.name.clone()).unwrap_or_default();
                let message = format!("no partition of relation \"{name}\" found for row");
                return Err(Stop::fails("23514", message, self.target.span));
            }
            Route::Untold(table, why) => return self.float(evaluator.run, table, row, &why),
        };
        let at = self.place(evaluator.run, oid)?;
        let own = self.places[at].target.clone();
        let Some(kept) = trigger::before_row(evaluator.run, &own, Event::Insert, None, Some(Arc::clone(&row)))? else { return Ok(None) };
        expect_row(evaluator.run, &own, &kept)?;
        if direct || kept != row {
            expect_taken(evaluator.run, &own, &kept)?;
        }
        let put = self.put_into(evaluator, at, kept)?;
        Ok(put.map(|row| translated(evaluator.run, oid, self.target.oid, &row)))
    }

    /// The place of a table.
    fn place(&mut self, run: &mut Run<'_>, oid: Oid) -> Result<usize> {
        if let Some(at) = self.places.iter().position(|place| place.target.oid == oid) {
            return Ok(at);
        }
        let own = match oid == self.target.oid {
            true => self.target.clone(),
            false => table::of(run, oid, Arc::clone(&self.target.name), self.target.span)?,
        };
        if own.sort != Sort::Table {
            let name = run.catalog.get(oid).map(|object| object.name.clone()).unwrap_or_default();
            return Err(Stop::unknown(format!("whether {name} takes rows is known to its server only"), self.target.span));
        }
        self.places.push(Place::new(run, own)?);
        Ok(self.places.len() - 1)
    }

    /// Expects that no row that is somewhere has a key of this one.
    fn expect_apart(&self, run: &mut Run<'_>, row: &Row) -> Result {
        for unique in self.floating_keys.indexes.iter().filter(|_| !self.floating.is_empty()) {
            if !matches!(unique.ask(run, self.target.oid, row)?, Answer::Free) {
                return Err(unique.doubtful(self.target.span));
            }
        }
        Ok(())
    }

    /// Puts a row into one of the partitions of `table`, nobody knows which.
    fn float(&mut self, run: &mut Run<'_>, table: Oid, row: Row, why: &str) -> Result<Option<Row>> {
        let below = members(run, table);
        if self.arbiter.is_some() || !takes_all(run, table) || below.iter().any(|table| trigger::fires(run, *table)) {
            return Err(Stop::unknown(why, self.target.span));
        }
        expect_row(run, self.target, &row)?;
        for oid in below {
            if run.catalog.relation(oid).is_none_or(|relation| relation.partitioned.is_some()) {
                continue;
            }
            let at = self.place(run, oid)?;
            let place = &self.places[at];
            let own = translated(run, self.target.oid, oid, &row);
            for at in 0..place.uniques.indexes.len() {
                if !matches!(place.ask(run, at, &own)?, Answer::Free) {
                    return Err(place.uniques.indexes[at].doubtful(self.target.span));
                }
            }
            self.places[at].doubtful = Some("which partition a row went to can't be told");
        }
        self.floating_keys.add(run, self.target.oid, &row)?;
        self.floating.push(Arc::clone(&row));
        Ok(Some(row))
    }

    /// Puts a row that is as it should be into a table itself.
    fn put_into(&mut self, evaluator: &mut Evaluator<'_, '_>, at: usize, row: Row) -> Result<Option<Row>> {
        let span = self.target.span;
        let place = &mut self.places[at];
        let oid = place.target.oid;
        // Those that ON CONFLICT means are asked before the row is put there, and the others as it is.
        let arbitrates = |oid: Oid| self.arbiter.as_ref().is_some_and(|arbiter| arbiter.is_of(evaluator.run, oid));
        let mut order: Vec<(usize, bool)> =
            place.uniques.indexes.iter().enumerate().map(|(at, unique)| (at, arbitrates(unique.oid))).collect();
        order.sort_by_key(|(_, arbitrates)| !arbitrates);
        for (at, arbitrates) in order {
            let answer = place.ask(evaluator.run, at, &row)?;
            let unique = &place.uniques.indexes[at];
            match (answer, self.clauses.on_conflict.filter(|_| arbitrates)) {
                (Answer::Free, _) => {}
                (Answer::Taken(_), Some(clause)) if clause.action == ConflictAction::Nothing => return Ok(None),
                (Answer::Taken(old), Some(clause)) => {
                    if place.new.iter().any(|row| Arc::ptr_eq(row, &old)) {
                        return Err(Stop::fails("21000", "ON CONFLICT DO UPDATE command cannot affect row a second time", span));
                    }
                    match conflict::update(evaluator, &place.target, clause, &old, &row)? {
                        conflict::Updated::Not => return Ok(None),
                        conflict::Updated::Perhaps => {
                            place.doubtful = Some("whether a row is updated can't be told");
                            return Ok(None);
                        }
                        conflict::Updated::To(changed) => {
                            expect_unmoved(evaluator.run, &place.target, &changed)?;
                            expect_row(evaluator.run, &place.target, &changed)?;
                            let all = std::mem::take(&mut place.all).into_iter();
                            place.all = all.map(|row| if Arc::ptr_eq(&row, &old) { Arc::clone(&changed) } else { row }).collect();
                            place.uniques = Uniques::of(evaluator.run, oid, place.all.iter())?;
                            place.changes.push((old, Some(Arc::clone(&changed))));
                            place.new.push(Arc::clone(&changed));
                            return Ok(Some(changed));
                        }
                    }
                }
                (Answer::Doubtful, Some(clause)) => {
                    place.doubtful = Some("whether rows are in the way of those that are inserted can't be told");
                    if let ConflictAction::Update(..) = clause.action
                        && !conflict::is_harmless(evaluator, &place.target, clause)?
                    {
                        return Err(unique.doubtful(span));
                    }
                    place.new.push(row);
                    return Ok(None);
                }
                (Answer::Taken(_), None) if unique.is_deferred() => {}
                (Answer::Taken(_), None) => return Err(unique.violated(span)),
                (Answer::Doubtful, None) => return Err(unique.doubtful(span)),
            }
        }
        place.uniques.add(evaluator.run, oid, &row)?;
        place.all.push_back(Arc::clone(&row));
        place.new.push(Arc::clone(&row));
        Ok(Some(row))
    }

    /// Has the tables hold their rows, and checks what waits until all are there; how many there are, if that can be told.
    ///
    /// # Errors
    /// What PostgreSQL raises, or that it can't be told.
    pub(super) fn finish(self, run: &mut Run<'_>) -> Result<Option<usize>> {
        let mut count = Some(self.floating.len());
        for place in &self.places {
            match (&place.existing, place.doubtful) {
                (Ok(()), None) => keep(run, place.target.oid, place.all.clone()),
                (Ok(()), Some(why)) => forget(run, place.target.oid, why),
                (Err(_), _) => {}
            }
            // Of a row that goes to a partition, whichever, it is certain that it is there.
            let conflicting = place.doubtful.is_some() && self.floating.is_empty();
            count = count.filter(|_| !conflicting).map(|count| count + place.new.len());
        }
        expect_referenced(run, self.target, &self.floating)?;
        for place in &self.places {
            check_deferrable(run, &place.target)?;
            expect_referenced(run, &place.target, &place.new)?;
            follow(run, &place.target, &place.changes)?;
        }
        for place in &self.places {
            for row in &place.new {
                trigger::after_row(run, &place.target, Event::Insert, None, Some(row))?;
            }
        }
        Ok(count)
    }
}

/// Expects that a partition takes a row that is put into it directly (23514).
fn expect_taken(run: &mut Run<'_>, target: &Target, row: &Row) -> Result {
    if parent(run, target.oid).is_none() {
        return Ok(());
    }
    let name = run.catalog.get(target.oid).map(|object| object.name.clone()).unwrap_or_default();
    match takes(run, target.oid, row)? {
        Some(true) => Ok(()),
        Some(false) => Err(Stop::fails("23514", format!("new row for relation \"{name}\" violates partition constraint"), target.span)),
        None => Err(Stop::unknown(format!("whether a row belongs into {name} can't be told: the files do not show its key"), target.span)),
    }
}

/// Expects that DO UPDATE leaves a row in its partition.
fn expect_unmoved(run: &mut Run<'_>, target: &Target, row: &Row) -> Result {
    match takes(run, target.oid, row)? {
        Some(true) => Ok(()),
        Some(false) => Err(Stop::fails("0A000", "invalid ON UPDATE specification", target.span)),
        None => Err(Stop::unknown("whether a row stays in its partition can't be told", target.span)),
    }
}

/// Checks keys that may wait until the statement ends, or notes that they wait until the transaction does.
fn check_deferrable(run: &mut Run<'_>, target: &Target) -> Result {
    let deferrable = |index: &Index| !index.immediate;
    if !run.catalog.indexes(target.oid).any(|(_, index)| deferrable(index)) {
        return Ok(());
    }
    let Ok(rows) = rows(run, target.oid) else { return Ok(()) };
    let is_deferred = |index: &Index| {
        let constraint = index.constraint.and_then(|oid| run.catalog.get(oid)?.constraint());
        let said = index.constraint.and_then(|oid| run.session.is_deferred(oid));
        said.unwrap_or(constraint.is_some_and(|constraint| constraint.deferred))
    };
    let waits = run.session.in_block() && run.catalog.indexes(target.oid).any(|(_, index)| deferrable(index) && is_deferred(index));
    if waits {
        if !run.session.pending_events.contains(&target.oid) {
            run.session.pending_events.push(target.oid);
        }
        return Ok(());
    }
    let rows: Vec<Row> = rows.iter().cloned().collect();
    expect_unique(run, target, &rows)
}
