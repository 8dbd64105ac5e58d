//! UPDATE.

use std::rc::Rc;
use std::sync::Arc;

use super::super::partition::{deciding_columns, takes, translated};
use super::Outcome;
use super::conflict::unknown_row;
use super::demand::{checks, expect_row, expect_unique, sensitive};
use super::published::{Operation, expect_identity};
use super::reference::{Change, expect_referenced, follow, referencing};
use super::table::{self, Sort, Target, family, given, keep, rows};
use super::trigger::{self, Event};
use super::write::{Clauses, Writer};
use crate::catalog::Oid;
use crate::catalog::apply::session::expect_writable_relation;
use crate::catalog::evaluate::{Evaluator, Line, Presence};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::replay::deed::{self, Deeds};
use crate::catalog::rows::{Row, Value};
use crate::syntax::expression::{Assignment, AssignmentTarget, Condition, Expression, ExpressionKind as Kind, Inheritance, Update};

/// UPDATE
pub(super) fn update(evaluator: &mut Evaluator<'_, '_>, update: &Update) -> Result<Outcome> {
    let target = setting(table::target(evaluator.run, &update.target)?, &update.set);
    deed::redistribute(evaluator.run, target.oid);
    let returned = target.returned_columns(update.returning.as_ref());
    table::expect_no_rules(evaluator.run, &target, "UPDATE")?;
    expect_writable_relation(evaluator.run, target.oid, "UPDATE")?;
    let condition = match &update.condition {
        Some(Condition::Expression(condition)) => Some(condition),
        Some(Condition::CurrentOf(_)) => return Err(Stop::unknown("what a cursor stands on is not followed", target.span)),
        None => None,
    };
    let tables = match update.target.inheritance {
        Inheritance::WithChildren => family(evaluator.run, target.oid),
        Inheritance::Only => vec![target.oid],
    };
    if target.sort == Sort::View {
        return Err(Stop::unknown("what a change of a view does to its tables is not followed", target.span));
    }
    expect_identity(evaluator.run, &tables, Operation::Update, target.span)?;
    trigger::statement(evaluator.run, &target, Event::Update, trigger::Timing::Before)?;
    let mut returned_rows: Vec<Rc<[Value]>> = Vec::new();
    let mut changed: Vec<Changed> = Vec::new();
    let mut count = Some(0usize);
    for table in tables {
        if deed::holds_any_rows(evaluator.run, table) {
            let own = table::of(evaluator.run, table, target.name.clone(), target.span)?;
            any_row(evaluator, &own, |evaluator, row| {
                evaluator.combinations(&update.from, condition)?;
                assigned(evaluator, &own, &update.set, row).map(drop)
            });
            count = None;
        }
        // Untouched tables cost nothing.
        if !evaluator.run.catalog.rows.contains_key(&table) {
            continue;
        }
        let own = setting(table::of(evaluator.run, table, target.name.clone(), target.span)?, &update.set);
        if own.sort == Sort::Untold {
            count = None;
            continue;
        }
        match one_table(evaluator, &own, update, condition, target.oid, &mut changed, &mut returned_rows)? {
            Some(changed) => count = count.map(|count| count + changed),
            None => count = None,
        }
    }
    let mut writer = Writer::new(evaluator.run, &target, Clauses::default())?;
    for Changed { table, moved, .. } in &changed {
        for row in moved.iter().filter_map(|(_, new)| new.as_ref()) {
            let row = translated(evaluator.run, table.oid, target.oid, row);
            writer.put(evaluator, row)?;
        }
    }
    writer.finish(evaluator.run)?;
    for Changed { table, changes, moved } in &changed {
        let all: Vec<Change> = changes.iter().chain(moved).cloned().collect();
        follow(evaluator.run, table, &all)?;
        for (old, new) in changes {
            trigger::after_row(evaluator.run, table, Event::Update, Some(old), new.as_ref())?;
        }
        for (old, _) in moved {
            trigger::after_row(evaluator.run, table, Event::Delete, Some(old), None)?;
        }
    }
    trigger::statement(evaluator.run, &target, Event::Update, trigger::Timing::After)?;
    match count {
        Some(_) => Ok(Outcome { table: given(returned, returned_rows), count, changes: true }),
        None => Ok(Outcome::untold(returned)),
    }
}

/// `target` as one of which an UPDATE sets columns.
fn setting(target: Target, set: &[Assignment]) -> Target {
    Target { set: named_columns(&target, set), ..target }
}

/// What an UPDATE changed in one table.
struct Changed {
    table: Target,
    changes: Vec<Change>,
    /// Rows that belong into another partition now.
    moved: Vec<Change>,
}

/// Changes the rows of one table; how many, if that can't be told nothing.
fn one_table(
    evaluator: &mut Evaluator<'_, '_>,
    target: &Target,
    update: &Update,
    condition: Option<&Expression>,
    named: Oid,
    changed: &mut Vec<Changed>,
    returned: &mut Vec<Rc<[Value]>>,
) -> Result<Option<usize>> {
    let existing = match rows(evaluator.run, target.oid) {
        Ok(rows) => rows,
        Err(_) => {
            perhaps(evaluator, target, &update.set, &unknown_row(target), None)?;
            return Ok(None);
        }
    };
    let (touched, deciding) = (set_columns(target, &update.set), deciding_columns(evaluator.run, target.oid));
    let mut changes: Vec<Change> = Vec::new();
    let mut moved: Vec<Change> = Vec::new();
    let mut kept = imbl::Vector::new();
    let mut doubt = false;
    for old in &existing {
        let bound = target.bound(evaluator.run, old);
        let lines = evaluator.within(&[bound], |evaluator| evaluator.combinations(&update.from, condition))?;
        let Some(line) = lines.iter().find(|line| line.presence == Presence::Certain).or(lines.first()) else {
            kept.push_back(Arc::clone(old));
            continue;
        };
        // Of several rows to take values from nobody says which it is.
        if line.presence == Presence::Maybe || lines.len() > 1 {
            let new = perhaps(evaluator, target, &update.set, old, Some(line))?;
            let one = lines.len() == 1;
            kept.push_back(either(target, &touched, old, one.then_some(&new)));
            doubt = true;
            continue;
        }
        let bound = target.bound(evaluator.run, old);
        let new =
            evaluator.within(&[bound], |evaluator| evaluator.beside(line, |evaluator| assigned(evaluator, target, &update.set, old)))?;
        let Some(new) = trigger::before_row(evaluator.run, target, Event::Update, Some(old), Some(new))? else {
            kept.push_back(Arc::clone(old));
            continue;
        };
        let stays =
            !touched.iter().any(|column| deciding.contains(column)) && deciding.iter().all(|column| old.get(column) == new.get(column));
        match if stays { Some(true) } else { takes(evaluator.run, target.oid, &new)? } {
            Some(true) => {}
            Some(false) if named == target.oid => {
                let name = evaluator.run.catalog.get(named).map(|object| object.name.clone()).unwrap_or_default();
                let message = format!("new row for relation \"{name}\" violates partition constraint");
                return Err(Stop::fails("23514", message, target.span));
            }
            // It goes to another partition, as if it were deleted here and inserted there.
            Some(false) => {
                if trigger::before_row(evaluator.run, target, Event::Delete, Some(old), None)?.is_none() {
                    kept.push_back(Arc::clone(old));
                    continue;
                }
                returned.push(target.returned(evaluator, update.returning.as_ref(), &new, (!update.from.is_empty()).then_some(line))?);
                moved.push((Arc::clone(old), Some(new)));
                continue;
            }
            None => return Err(Stop::unknown("whether a row stays in its partition can't be told", target.span)),
        }
        expect_row(evaluator.run, target, &new)?;
        returned.push(target.returned(evaluator, update.returning.as_ref(), &new, (!update.from.is_empty()).then_some(line))?);
        kept.push_back(Arc::clone(&new));
        changes.push((Arc::clone(old), Some(new)));
    }
    // Nothing else follows from it, or the first row in doubt would have ended it.
    if doubt {
        keep(evaluator.run, target.oid, kept);
        return Ok(None);
    }
    if changes.is_empty() && moved.is_empty() {
        return Ok(Some(0));
    }
    let keys = sensitive(evaluator.run, target.oid);
    if touched.iter().any(|column| keys.contains(column)) {
        expect_unique(evaluator.run, target, kept.iter())?;
    }
    keep(evaluator.run, target.oid, kept);
    let new: Vec<Row> = changes.iter().filter_map(|(_, new)| new.clone()).collect();
    if touched.iter().any(|column| keys.contains(column)) {
        expect_referenced(evaluator.run, target, &new)?;
    }
    let count = changes.len() + moved.len();
    changed.push(Changed { table: target.clone(), changes, moved });
    Ok(Some(count))
}

/// Follows what code that is called for each row of a table does, where that may hold any: what it locks is told, and nothing else.
pub(super) fn any_row(evaluator: &mut Evaluator<'_, '_>, target: &Target, work: impl FnOnce(&mut Evaluator<'_, '_>, &Row) -> Result) {
    let row = unknown_row(target);
    let bound = target.bound(evaluator.run, &row);
    evaluator.run.deeds.iter_mut().for_each(Deeds::begin_untold);
    // What can't be followed is none of the statement's own business: whether that succeeds is told without these rows.
    let _ = evaluator.within(&[bound], |evaluator| work(evaluator, &row));
    deed::end_untold(evaluator.run);
}

/// A row of which nobody knows whether it is the old one or the new one; none for the latter if that can't be told either.
fn either(target: &Target, touched: &[i16], old: &Row, new: Option<&Row>) -> Row {
    let mut row = (**old).clone();
    for column in target.columns.iter().filter(|column| touched.contains(&column.number)) {
        let values = [old.get(&column.number), new.and_then(|new| new.get(&column.number))];
        let value = match values {
            [Some(before), Some(after)] if before == after => continue,
            _ if column.not_null => Value::NotNull,
            [Some(before), Some(after)] if ![before, after].iter().any(|value| matches!(value, Value::Null | Value::Unknown)) => {
                Value::NotNull
            }
            _ => Value::Unknown,
        };
        row.insert(column.number, value);
    }
    Arc::new(row)
}

/// A row as it perhaps is changed: what the change demands must hold for certain.
fn perhaps(evaluator: &mut Evaluator<'_, '_>, target: &Target, set: &[Assignment], old: &Row, line: Option<&Line>) -> Result<Row> {
    let touched = set_columns(target, set);
    let keys = sensitive(evaluator.run, target.oid);
    let unknown = || Stop::unknown("which rows are changed can't be told, and whether that breaks a constraint", target.span);
    if touched.iter().any(|column| keys.contains(column))
        || trigger::fires(evaluator.run, target.oid)
        || is_referenced(evaluator, target.oid, &touched)
    {
        return Err(unknown());
    }
    let bound = target.bound(evaluator.run, old);
    let new = evaluator.within(&[bound], |evaluator| match line {
        Some(line) => evaluator.beside(line, |evaluator| assigned(evaluator, target, set, old)),
        None => assigned(evaluator, target, set, old),
    });
    let new = new.map_err(|_| unknown())?;
    for column in target.columns.iter().filter(|column| column.not_null && touched.contains(&column.number)) {
        if matches!(new.get(&column.number), None | Some(Value::Null | Value::Unknown)) {
            return Err(unknown());
        }
    }
    let deciding = deciding_columns(evaluator.run, target.oid);
    if touched.iter().any(|column| deciding.contains(column)) && !matches!(takes(evaluator.run, target.oid, &new), Ok(Some(true))) {
        return Err(unknown());
    }
    for (_, condition) in checks(evaluator.run, target.oid) {
        let concerned = !condition.is_whole() || condition.columns_of(target.oid).iter().any(|column| touched.contains(column));
        if concerned && !matches!(crate::catalog::evaluate::check::fulfils(evaluator.run, target.oid, &condition, &new), Ok(Some(true))) {
            return Err(unknown());
        }
    }
    Ok(new)
}

/// Whether a foreign key references one of these columns.
fn is_referenced(evaluator: &Evaluator<'_, '_>, table: Oid, columns: &[i16]) -> bool {
    referencing(evaluator.run, table).iter().any(|(_, _, key)| key.columns.iter().any(|column| columns.contains(column)))
}

/// The columns that are set, and those that are generated from them.
pub(super) fn set_columns(target: &Target, set: &[Assignment]) -> Vec<i16> {
    let mut numbers = named_columns(target, set);
    numbers.extend(target.columns.iter().filter(|column| column.generated.is_some()).map(|column| column.number));
    numbers
}

/// The columns that SET names.
fn named_columns(target: &Target, set: &[Assignment]) -> Vec<i16> {
    let names = set.iter().flat_map(|assignment| assignment.target.columns());
    let column = |name: &str| target.columns.iter().find(|column| *column.name == *name);
    names.filter_map(|name| column(&name.column)).map(|column| column.number).collect()
}

/// A row with what SET gives it, the old values being in scope.
pub(super) fn assigned(evaluator: &mut Evaluator<'_, '_>, target: &Target, set: &[Assignment], old: &Row) -> Result<Row> {
    let mut row = (**old).clone();
    // In the order of the columns, whichever way they are written (`rewriteTargetListIU`).
    let number = |assignment: &&Assignment| named_columns(target, std::slice::from_ref(*assignment)).into_iter().min();
    let mut set: Vec<&Assignment> = set.iter().collect();
    set.sort_by_key(number);
    for assignment in set {
        let columns = assignment.target.columns();
        let values: Vec<Option<Value>> = match (&assignment.target, &assignment.value.kind) {
            (AssignmentTarget::One(_), Kind::Default) => vec![None],
            (AssignmentTarget::One(_), _) => vec![Some(evaluator.value(&assignment.value)?)],
            (AssignmentTarget::Many(_), Kind::Row(items, _)) => {
                let value = |item: &Expression| match item.kind {
                    Kind::Default => Ok(None),
                    _ => evaluator.value(item).map(Some),
                };
                items.iter().map(value).collect::<Result<_>>()?
            }
            (AssignmentTarget::Many(_), Kind::Scalar(query)) => {
                let table = evaluator.query(query)?;
                match (&table.rows[..], table.is_certain()) {
                    ([], true) => vec![Some(Value::Null); columns.len()],
                    ([(row, _)], true) => row.iter().cloned().map(Some).collect(),
                    ([_, _, ..], true) => {
                        return Err(Stop::fails("21000", "more than one row returned by a subquery used as an expression", target.span));
                    }
                    _ => vec![Some(Value::Unknown); columns.len()],
                }
            }
            (AssignmentTarget::Many(_), _) => vec![Some(Value::Unknown); columns.len()],
        };
        for (column, value) in columns.iter().zip(values) {
            let Some(own) = target.columns.iter().find(|own| *own.name == *column.column) else { continue };
            let value = match value {
                _ if !column.parts.is_empty() => Value::NotNull,
                Some(value) => target.fitted(evaluator.run, own, value)?,
                None => target.default(evaluator.run, own)?,
            };
            row.insert(own.number, value);
        }
    }
    target.generate(evaluator.run, &mut row)?;
    Ok(Arc::new(row))
}
