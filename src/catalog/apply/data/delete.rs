//! DELETE.

use std::rc::Rc;
use std::sync::Arc;

use super::Outcome;
use super::published::{Operation, expect_identity};
use super::reference::{Change, follow, referencing};
use super::table::{self, Sort, Target, family, forget, given, keep, rows};
use super::trigger::{self, Event};
use super::update::any_row;
use crate::catalog::Oid;
use crate::catalog::apply::session::expect_writable_relation;
use crate::catalog::evaluate::{Evaluator, Presence};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::replay::deed;
use crate::catalog::rows::Value;
use crate::syntax::expression::{Condition, Delete, Expression, Inheritance};

/// DELETE
pub(super) fn delete(evaluator: &mut Evaluator<'_, '_>, delete: &Delete) -> Result<Outcome> {
    let target = table::target(evaluator.run, &delete.target)?;
    let returned = target.returned_columns(delete.returning.as_ref());
    table::expect_no_rules(evaluator.run, &target, "DELETE")?;
    expect_writable_relation(evaluator.run, target.oid, "DELETE")?;
    let condition = match &delete.condition {
        Some(Condition::Expression(condition)) => Some(condition),
        Some(Condition::CurrentOf(_)) => return Err(Stop::unknown("what a cursor stands on is not followed", target.span)),
        None => None,
    };
    if target.sort == Sort::View {
        return Err(Stop::unknown("what a change of a view does to its tables is not followed", target.span));
    }
    let tables = match delete.target.inheritance {
        Inheritance::WithChildren => family(evaluator.run, target.oid),
        Inheritance::Only => vec![target.oid],
    };
    expect_identity(evaluator.run, &tables, Operation::Delete, target.span)?;
    trigger::statement(evaluator.run, &target, Event::Delete, trigger::Timing::Before)?;
    let mut returned_rows: Vec<Rc<[Value]>> = Vec::new();
    let mut count = Some(0usize);
    for table in &tables {
        if deed::holds_any_rows(evaluator.run, *table) {
            let own = table::of(evaluator.run, *table, target.name.clone(), target.span)?;
            any_row(evaluator, &own, |evaluator, _| evaluator.combinations(&delete.using, condition).map(drop));
            count = None;
        }
        if !evaluator.run.catalog.rows.contains_key(table) {
            continue;
        }
        let own = table::of(evaluator.run, *table, target.name.clone(), target.span)?;
        match one_table(evaluator, &own, delete, condition, &mut returned_rows)? {
            Some(gone) => count = count.map(|count| count + gone),
            None => count = None,
        }
    }
    let keeps_some = |table: &Oid| trigger::fires(evaluator.run, *table);
    if condition.is_none() && delete.using.is_empty() && !tables.iter().any(keeps_some) {
        deed::empty(evaluator.run, &tables, deed::Emptied::Deleted);
    }
    trigger::statement(evaluator.run, &target, Event::Delete, trigger::Timing::After)?;
    match count {
        Some(_) => Ok(Outcome { table: given(returned, returned_rows), count, changes: true }),
        None => Ok(Outcome::untold(returned)),
    }
}

fn one_table(
    evaluator: &mut Evaluator<'_, '_>,
    target: &Target,
    delete: &Delete,
    condition: Option<&Expression>,
    returned: &mut Vec<Rc<[Value]>>,
) -> Result<Option<usize>> {
    let existing = match rows(evaluator.run, target.oid) {
        Ok(rows) => rows,
        Err(why) => {
            if is_referenced_by_rows(evaluator, target) || trigger::fires(evaluator.run, target.oid) {
                return Err(Stop::unknown(&*why, target.span));
            }
            if condition.is_none() && delete.using.is_empty() {
                evaluator.run.catalog.rows.remove(&target.oid);
            }
            return Ok(None);
        }
    };
    let mut changes: Vec<Change> = Vec::new();
    let mut kept = imbl::Vector::new();
    let mut doubt = false;
    for old in &existing {
        let bound = target.bound(evaluator.run, old);
        let lines = evaluator.within(&[bound], |evaluator| evaluator.combinations(&delete.using, condition))?;
        let Some(line) = lines.iter().find(|line| line.presence == Presence::Certain).or(lines.first()) else {
            kept.push_back(Arc::clone(old));
            continue;
        };
        if line.presence == Presence::Maybe {
            doubt = true;
            continue;
        }
        if trigger::before_row(evaluator.run, target, Event::Delete, Some(old), None)?.is_none() {
            kept.push_back(Arc::clone(old));
            continue;
        }
        let beside = (!delete.using.is_empty()).then_some(line);
        returned.push(target.returned(evaluator, delete.returning.as_ref(), old, beside)?);
        changes.push((Arc::clone(old), None));
    }
    if doubt {
        if is_referenced_by_rows(evaluator, target) || trigger::fires(evaluator.run, target.oid) {
            return Err(Stop::unknown("which rows are deleted can't be told", target.span));
        }
        forget(evaluator.run, target.oid, "which rows a DELETE deleted can't be told");
        return Ok(None);
    }
    if changes.is_empty() {
        return Ok(Some(0));
    }
    keep(evaluator.run, target.oid, kept);
    follow(evaluator.run, target, &changes)?;
    for (old, _) in &changes {
        trigger::after_row(evaluator.run, target, Event::Delete, Some(old), None)?;
    }
    Ok(Some(changes.len()))
}

/// Whether a table that has rows references this one.
fn is_referenced_by_rows(evaluator: &Evaluator<'_, '_>, target: &Target) -> bool {
    let run = &evaluator.run;
    referencing(run, target.oid).iter().any(|(_, of, _)| run.catalog.rows.contains_key(of))
}
