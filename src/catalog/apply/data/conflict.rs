//! ON CONFLICT.

use std::sync::Arc;

use super::demand::Uniques;
use super::table::Target;
use super::update::assigned;
use crate::catalog::Oid;
use crate::catalog::evaluate::check::head_of;
use crate::catalog::evaluate::{Evaluator, is_true};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::KeySubject;
use crate::catalog::object::Class;
use crate::catalog::rows::{Row, Value};
use crate::catalog::run::Run;
use crate::syntax::expression::{ConflictAction, ConflictTarget, OnConflict, read};

/// The indexes whose conflicts are meant.
#[derive(Debug)]
pub(super) enum Arbiter {
    All,
    These(Vec<Oid>),
}

impl Arbiter {
    /// Whether a conflict in an index is meant: in one of those that are, or in a partition's part of one.
    pub(super) fn is_of(&self, run: &Run<'_>, index: Oid) -> bool {
        let above = |index: &Oid| run.catalog.relation(*index)?.index()?.parent;
        match self {
            Arbiter::All => true,
            Arbiter::These(indexes) => std::iter::successors(Some(index), above).any(|index| indexes.contains(&index)),
        }
    }
}

/// The indexes that an ON CONFLICT clause means; nothing without one.
///
/// # Errors
/// 42P10 if there is none on those columns, 42704 if there is no such constraint.
pub(super) fn arbiter(run: &Run<'_>, target: &Target, clause: Option<&OnConflict>, uniques: &Uniques) -> Result<Option<Arbiter>> {
    let Some(on_conflict) = clause else { return Ok(None) };
    let found = match &on_conflict.target {
        None => return Ok(Some(Arbiter::All)),
        Some(ConflictTarget::Constraint(name)) => {
            let Some(oid) = run.catalog.part(target.oid, Class::Constraint, name) else {
                let message = format!("constraint \"{name}\" for table \"{}\" does not exist", target.name);
                return Err(Stop::fails("42704", message, target.span));
            };
            run.catalog.get(oid).and_then(|object| object.constraint()).and_then(|constraint| constraint.index()).into_iter().collect()
        }
        Some(ConflictTarget::Keys(keys, predicate)) => {
            let mut wanted: Vec<String> = keys.iter().map(|key| key.value.to_string()).collect();
            wanted.sort();
            wanted.dedup();
            let fits = |unique: &&super::demand::Unique| {
                let own = unique.index.keys.iter().map(|key| match &key.subject {
                    KeySubject::Column(number) => target.column(*number).map(|column| crate::syntax::expression::identifier(&column.name)),
                    KeySubject::Expression(stored) => Some(read(&stored.text).to_string()),
                });
                let Some(mut own) = own.collect::<Option<Vec<String>>>() else { return false };
                own.sort();
                own.dedup();
                // A partial index serves where the clause says so.
                let partial = unique.index.predicate.is_some() && predicate.is_none();
                unique.index.unique && unique.index.valid && own == wanted && !partial && !unique.index.is_exclusion()
            };
            uniques.indexes.iter().filter(fits).map(|unique| unique.oid).collect::<Vec<Oid>>()
        }
    };
    if found.is_empty() {
        let expressions = uniques.indexes.iter().any(|unique| unique.index.columns().any(|column| column.is_none()));
        if expressions {
            return Err(Stop::unknown("which index an ON CONFLICT clause means can't be told", target.span));
        }
        let message = "there is no unique or exclusion constraint matching the ON CONFLICT specification";
        return Err(Stop::fails("42P10", message, target.span));
    }
    Ok(Some(Arbiter::These(found)))
}

/// What DO UPDATE makes of a row.
pub(super) enum Updated {
    /// Nothing: its WHERE does not hold.
    Not,
    To(Row),
    /// Nobody can tell.
    Perhaps,
}

/// DO UPDATE
pub(super) fn update(evaluator: &mut Evaluator<'_, '_>, target: &Target, clause: &OnConflict, old: &Row, new: &Row) -> Result<Updated> {
    let ConflictAction::Update(set, condition) = &clause.action else { return Ok(Updated::Not) };
    let Some(relation) = evaluator.run.catalog.relation(target.oid) else { return Ok(Updated::Perhaps) };
    let excluded = (head_of("excluded", relation), target.values(evaluator.run, new));
    let own = target.bound(evaluator.run, old);
    let holds = evaluator.within(&[own, excluded], |evaluator| {
        let holds = match condition {
            Some(condition) => is_true(&evaluator.value(condition)?),
            None => Some(true),
        };
        match holds {
            Some(true) => assigned(evaluator, target, set, old).map(Some).map(Some),
            Some(false) => Ok(Some(None)),
            None => Ok(None),
        }
    })?;
    match holds {
        None => Ok(Updated::Perhaps),
        Some(None) => Ok(Updated::Not),
        Some(Some(changed)) => Ok(Updated::To(changed)),
    }
}

/// Whether DO UPDATE can't fail whatever row it meets: it gives columns of which nothing is demanded what the new row has.
pub(super) fn is_harmless(evaluator: &mut Evaluator<'_, '_>, target: &Target, clause: &OnConflict) -> Result<bool> {
    let ConflictAction::Update(set, _) = &clause.action else { return Ok(true) };
    let demanding = super::demand::sensitive(evaluator.run, target.oid);
    let checked = !super::demand::checks(evaluator.run, target.oid).is_empty();
    let columns = set.iter().flat_map(|assignment| assignment.target.columns());
    let mut numbers = columns.filter_map(|column| target.columns.iter().find(|own| *own.name == *column.column));
    Ok(!checked && numbers.all(|column| !demanding.contains(&column.number)))
}

/// A row of which nothing is known.
pub(super) fn unknown_row(target: &Target) -> Row {
    Arc::new(target.columns.iter().map(|column| (column.number, if column.not_null { Value::NotNull } else { Value::Unknown })).collect())
}
