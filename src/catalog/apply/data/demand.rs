//! What a table demands of a row that is put into it: no nulls where none may be, conditions, keys that nobody else has.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::super::known;
use super::table::Target;
use crate::catalog::Oid;
use crate::catalog::evaluate::check::{Certainty, Key, Nulls, differ, fulfils, key, stored_value};
use crate::catalog::expression::Stored;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{ConstraintKind, Index, IndexKey, KeySubject, RelationKind, TypeUse};
use crate::catalog::object::{Class, Name};
use crate::catalog::rows::{Row, Value};
use crate::catalog::run::Run;
use crate::text::Span;

/// How many rows are compared one by one, where their keys do not tell them apart.
const MANY: usize = 200;

/// Expects that a row has no null where none may be (23502), and fulfils every condition (23514).
pub(super) fn expect_row(run: &mut Run<'_>, target: &Target, row: &Row) -> Result {
    for column in target.columns.iter().filter(|column| column.not_null) {
        match row.get(&column.number) {
            None | Some(Value::Null) => {
                let table = run.catalog.get(target.oid).map(|object| object.name.to_string()).unwrap_or_default();
                let message = format!("null value in column \"{}\" of relation \"{table}\" violates not-null constraint", column.name);
                return Err(Stop::fails("23502", message, target.span));
            }
            Some(Value::Unknown) => {
                return Err(Stop::unknown(format!("whether the value of {} is null can't be told", column.name), target.span));
            }
            Some(_) => {}
        }
    }
    for (name, condition) in checks(run, target.oid) {
        match fulfils(run, target.oid, &condition, row).map_err(|stop| stop.at(target.span))? {
            Some(true) => {}
            Some(false) => {
                let table = run.catalog.get(target.oid).map(|object| object.name.to_string()).unwrap_or_default();
                let message = format!("new row for relation \"{table}\" violates check constraint \"{name}\"");
                return Err(Stop::fails("23514", message, target.span));
            }
            None => return Err(Stop::unknown(format!("whether a row fulfils the constraint {name} can't be told"), target.span)),
        }
    }
    Ok(())
}

/// The conditions of a table, by their names in order, as PostgreSQL checks them.
pub(super) fn checks(run: &Run<'_>, table: Oid) -> Vec<(Name, Stored)> {
    let parts = run.catalog.parts(table, Class::Constraint);
    let mut checks: Vec<(Name, Stored)> = parts
        .filter_map(|(_, object)| {
            let constraint = object.constraint().filter(|constraint| constraint.enforced)?;
            match &constraint.kind {
                ConstraintKind::Check(condition) => Some((Arc::clone(&object.name), condition.clone())),
                _ => None,
            }
        })
        .collect();
    checks.sort_by(|(one, _), (other, _)| one.cmp(other));
    checks
}

/// The unique indexes of a table, with the keys of its rows.
pub(super) struct Uniques {
    pub(super) indexes: Vec<Unique>,
}

/// A unique index.
pub(super) struct Unique {
    pub(super) oid: Oid,
    pub(super) name: Name,
    pub(super) index: Arc<Index>,
    /// Whether it refuses only at the end of the statement or later.
    deferred: bool,
    types: Vec<Option<TypeUse>>,
    keys: HashMap<Vec<Option<String>>, Row>,
    /// The rows that it holds.
    rows: Vec<Row>,
    /// Those of which another key may be the same.
    vague: Vec<Row>,
}

/// What an index says to a row.
pub(super) enum Answer {
    /// It has no such key.
    Free,
    /// This row has it.
    Taken(Row),
    /// Nobody can tell.
    Doubtful,
}

impl Uniques {
    /// Those of a table that holds these rows.
    pub(super) fn of<'r>(run: &mut Run<'_>, table: Oid, rows: impl IntoIterator<Item = &'r Row>) -> Result<Uniques> {
        let mut indexes = Vec::new();
        let found: Vec<(Oid, Name)> =
            run.catalog.parts(table, Class::Relation).map(|(oid, object)| (oid, Arc::clone(&object.name))).collect();
        for (oid, name) in found {
            let Some(RelationKind::Index(index)) = run.catalog.relation(oid).map(|relation| &relation.kind) else { continue };
            let index = Arc::clone(index);
            if index.unique || index.keys.iter().any(|key| key.exclusion.is_some()) {
                indexes.push(Unique::new(run, table, oid, name, index));
            }
        }
        let mut uniques = Uniques { indexes };
        for row in rows {
            for unique in &mut uniques.indexes {
                unique.add(run, table, row)?;
            }
        }
        Ok(uniques)
    }

    /// Adds a row to all of them.
    pub(super) fn add(&mut self, run: &mut Run<'_>, table: Oid, row: &Row) -> Result {
        self.indexes.iter_mut().try_for_each(|unique| unique.add(run, table, row))
    }
}

impl Unique {
    fn new(run: &Run<'_>, table: Oid, oid: Oid, name: Name, index: Arc<Index>) -> Unique {
        let types = index.keys.iter().map(|key| match &key.subject {
            KeySubject::Column(number) => {
                run.catalog.column(crate::catalog::Address::column(table, *number)).and_then(|column| column.ty.clone())
            }
            KeySubject::Expression(stored) => stored.ty.clone(),
        });
        let types = types.collect();
        let constraint = index.constraint.and_then(|oid| run.catalog.get(oid)).and_then(|object| object.constraint());
        let deferred = constraint.is_some_and(|constraint| constraint.deferrable);
        Unique { oid, name, index, deferred, types, keys: HashMap::new(), rows: Vec::new(), vague: Vec::new() }
    }

    /// The key of a row; none if the row is not in the index.
    fn key(&self, run: &mut Run<'_>, table: Oid, row: &Row) -> Result<Option<Key>> {
        if let Some(predicate) = &self.index.predicate {
            match stored_value(run, table, predicate, row)? {
                Value::Boolean(true) => {}
                Value::Boolean(false) | Value::Null => return Ok(None),
                _ => return Ok(Some(Key::Unknown)),
            }
        }
        let values = self.values(run, table, row)?;
        self.expect_span(run, table, &values)?;
        let nulls = if self.index.nulls_not_distinct { Nulls::NotDistinct } else { Nulls::Distinct };
        Ok(Some(key(&run.catalog, &values, &self.types, nulls)))
    }

    /// Expects of a key whose last column is a range of times that it is not empty.
    fn expect_span(&self, run: &Run<'_>, table: Oid, values: &[Value]) -> Result {
        let is_temporal = self.index.unique && self.index.keys.last().is_some_and(|key| key.exclusion.is_some());
        let Some(Value::Text(span) | Value::Spelled(span) | Value::Exact(span)) = values.last().filter(|_| is_temporal) else {
            return Ok(());
        };
        if !is_empty(span) {
            return Ok(());
        }
        let table = run.catalog.get(table).map(|object| object.name.to_string()).unwrap_or_default();
        Err(Stop::fails("23514", format!("empty WITHOUT OVERLAPS value found in relation \"{table}\""), None))
    }

    fn values(&self, run: &mut Run<'_>, table: Oid, row: &Row) -> Result<Vec<Value>> {
        let value = |part: &IndexKey| match &part.subject {
            KeySubject::Column(number) => Ok(row.get(number).cloned().unwrap_or(Value::Null)),
            KeySubject::Expression(stored) => stored_value(run, table, stored, row),
        };
        self.index.keys.iter().map(value).collect()
    }

    fn add(&mut self, run: &mut Run<'_>, table: Oid, row: &Row) -> Result {
        let (key, certainty) = match self.key(run, table, row)? {
            None | Some(Key::Never) => return Ok(()),
            Some(Key::Unknown) => (None, Certainty::Identity),
            Some(Key::Is(parts, certainty)) => (Some(parts), certainty),
        };
        if certainty == Certainty::Identity {
            self.vague.push(Arc::clone(row));
        }
        if let Some(key) = key {
            self.keys.insert(key, Arc::clone(row));
        }
        self.rows.push(Arc::clone(row));
        Ok(())
    }

    /// What it says to a row.
    pub(super) fn ask(&self, run: &mut Run<'_>, table: Oid, row: &Row) -> Result<Answer> {
        let excludes = !self.index.unique;
        Ok(match self.key(run, table, row)? {
            None | Some(Key::Never) => Answer::Free,
            _ if self.rows.is_empty() => Answer::Free,
            // How the operators of an exclusion compare is not known.
            _ if excludes => Answer::Doubtful,
            Some(Key::Unknown) => self.apart(run, table, row, &self.rows)?,
            Some(Key::Is(parts, certainty)) => match (self.keys.get(&parts), certainty) {
                (Some(row), _) => Answer::Taken(Arc::clone(row)),
                (None, Certainty::Equality) => self.apart(run, table, row, &self.vague)?,
                (None, Certainty::Identity) => self.apart(run, table, row, &self.rows)?,
            },
        })
    }

    /// What it says to a row that only these can be in the way of: a part of the key may tell them apart although others are vague.
    fn apart(&self, run: &mut Run<'_>, table: Oid, row: &Row, others: &[Row]) -> Result<Answer> {
        if others.len() > MANY {
            return Ok(Answer::Doubtful);
        }
        let values = self.values(run, table, row)?;
        for other in others {
            let others = self.values(run, table, other)?;
            if !differ(&run.catalog, &values, &others, &self.types) {
                return Ok(Answer::Doubtful);
            }
        }
        Ok(Answer::Free)
    }

    /// That a key is there twice.
    pub(super) fn violated(&self, span: Span) -> Stop {
        let (sqlstate, what) = if self.index.unique {
            ("23505", "duplicate key value violates unique")
        } else {
            ("23P01", "conflicting key value violates exclusion")
        };
        Stop::fails(sqlstate, format!("{what} constraint \"{}\"", self.name), span)
    }

    /// That nobody can tell whether a key is there twice.
    pub(super) fn doubtful(&self, span: Span) -> Stop {
        Stop::unknown(format!("whether a row has a key of {} that is taken can't be told", self.name), span)
    }

    /// Whether it is asked only when the statement, or the transaction, ends.
    pub(super) const fn is_deferred(&self) -> bool {
        self.deferred
    }
}

/// Whether a range says that nothing is in it: one between two ends that are the same, unless both are in it.
fn is_empty(span: &str) -> bool {
    let inner = span.trim().strip_prefix(['[', '(']).and_then(|rest| rest.strip_suffix([']', ')']));
    match inner.and_then(|inner| inner.split_once(',')) {
        Some((low, high)) => low == high && !low.is_empty() && !(span.starts_with('[') && span.ends_with(']')),
        None => span.trim().eq_ignore_ascii_case("empty"),
    }
}

/// Expects that no two of all rows of a table have a key in common.
pub(super) fn expect_unique<'r>(run: &mut Run<'_>, target: &Target, rows: impl IntoIterator<Item = &'r Row>) -> Result {
    let mut uniques = Uniques::of(run, target.oid, [])?;
    let mut doubt = None;
    for row in rows {
        for unique in &mut uniques.indexes {
            match unique.ask(run, target.oid, row)? {
                Answer::Free => {}
                Answer::Taken(_) => return Err(unique.violated(target.span)),
                Answer::Doubtful => doubt = doubt.or_else(|| Some(unique.doubtful(target.span))),
            }
            unique.add(run, target.oid, row)?;
        }
    }
    doubt.map_or(Ok(()), Err)
}

/// Expects that a new index finds no two rows that have a key in common (23505, 23P01).
pub(in crate::catalog::apply) fn expect_index(run: &mut Run<'_>, table: Oid, index: &Index, name: &str, span: Span) -> Result {
    let rows = match super::table::rows(run, table) {
        Ok(rows) => rows,
        Err(why) => return Err(Stop::unknown(&*why, span)),
    };
    let mut unique = Unique::new(run, table, Oid::NONE, Name::from(name), Arc::new(index.clone()));
    for row in &rows {
        match unique.ask(run, table, row).map_err(|stop| stop.at(span))? {
            Answer::Free => {}
            Answer::Taken(_) if index.unique => {
                return Err(Stop::fails("23505", format!("could not create unique index \"{name}\""), span));
            }
            Answer::Taken(_) | Answer::Doubtful => return Err(unique.doubtful(span)),
        }
        unique.add(run, table, row).map_err(|stop| stop.at(span))?;
    }
    Ok(())
}

/// Expects that what an index is on can be told of each known row.
///
/// # Errors
/// What an expression raises.
pub(in crate::catalog::apply) fn expect_keys(run: &mut Run<'_>, table: Oid, index: &Index, name: &str, span: Span) -> Result {
    let Ok(rows) = super::table::rows(run, table) else { return Ok(()) };
    let keys = Unique::new(run, table, Oid::NONE, Name::from(name), Arc::new(index.clone()));
    rows.iter().try_for_each(|row| match keys.ask(run, table, row) {
        Err(stop @ Stop::Fails(_)) => Err(stop.at(span)),
        _ => Ok(()),
    })
}

/// Notes that keys of new rows may be taken where a table is older than the migration.
pub(super) fn condition(run: &mut Run<'_>, target: &Target) {
    let unique = run.catalog.indexes(target.oid).any(|(_, index)| index.unique);
    if unique {
        known::condition(run, target.oid, "23505", "has other rows with the same keys", run.origin.span);
    }
}

/// The columns that the indexes, foreign keys and conditions of a table are about.
pub(super) fn sensitive(run: &Run<'_>, table: Oid) -> HashSet<i16> {
    let mut columns: HashSet<i16> = HashSet::new();
    for (_, index) in run.catalog.indexes(table).filter(|(_, index)| index.unique) {
        for part in &index.keys {
            match &part.subject {
                KeySubject::Column(number) => drop(columns.insert(*number)),
                KeySubject::Expression(stored) => columns.extend(stored.columns_of(table)),
            }
        }
    }
    for (_, constraint) in run.catalog.constraints(table) {
        if matches!(constraint.kind, ConstraintKind::ForeignKey(_) | ConstraintKind::Exclude(_)) {
            columns.extend(&constraint.columns);
        }
    }
    columns
}
