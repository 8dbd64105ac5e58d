//! Foreign keys: whether each row has the one that it references, and what becomes of rows whose reference goes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::constraint::is_copy_for_referenced;
use super::super::index::build::same_column;
use super::super::known;
use super::super::partition::{lineage, translated};
use super::table::{self, Target, forget, keep, rows};
use crate::catalog::evaluate::check::{Certainty, Key, Nulls, key};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Constraint, ConstraintKind, ForeignKey};
use crate::catalog::object::{Name, Standing};
use crate::catalog::rows::{Row, Value};
use crate::catalog::run::Run;
use crate::catalog::{Address, Oid};
use crate::syntax::tree::Action;
use crate::text::Span;

/// A foreign key that references a table: its number, the table that it is of, and what it says, with the referenced table's own columns.
pub(super) type Reference = (Oid, Oid, ForeignKey);

/// The foreign keys that reference a table, or one that it is a partition of. What partitions that reference have is there once for each.
pub(super) fn referencing(run: &Run<'_>, table: Oid) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    for above in lineage(run, table) {
        for (address, ..) in run.catalog.dependents_of_any(above) {
            let Some(object) = run.catalog.get(address.object) else { continue };
            let (Some(of), Some(constraint)) = (object.of, object.constraint()) else { continue };
            let ConstraintKind::ForeignKey(key) = &constraint.kind else { continue };
            let is_known = found.iter().any(|(oid, ..)| *oid == address.object);
            if key.table != above || !constraint.enforced || is_known || is_copy_for_referenced(run, address.object) {
                continue;
            }
            let columns = key.columns.iter().filter_map(|column| same_column(run, above, table, *column)).collect();
            found.push((address.object, of, ForeignKey { columns, ..key.clone() }));
        }
    }
    found.sort_unstable_by_key(|(oid, ..)| *oid);
    found
}

/// The foreign keys of a table.
fn keys(run: &Run<'_>, table: Oid) -> Vec<(Oid, Name, Constraint, ForeignKey)> {
    // Those for single partitions of what is referenced are part of the one for the whole.
    let found = run.catalog.constraints(table).filter(|(oid, constraint)| constraint.enforced && !is_copy_for_referenced(run, *oid));
    let found = found.filter_map(|(oid, constraint)| match &constraint.kind {
        ConstraintKind::ForeignKey(key) => Some((oid, run.catalog.get(oid)?.name.clone(), constraint.clone(), key.clone())),
        _ => None,
    });
    found.collect()
}

fn values(row: &Row, columns: &[i16]) -> Vec<Value> {
    columns.iter().map(|column| row.get(column).cloned().unwrap_or(Value::Null)).collect()
}

fn key_of(run: &Run<'_>, table: Oid, row: &Row, own: &[i16], columns: &[i16]) -> Key {
    let types: Vec<_> =
        columns.iter().map(|number| run.catalog.column(Address::column(table, *number)).and_then(|column| column.ty.clone())).collect();
    key(&run.catalog, &values(row, own), &types, Nulls::Distinct)
}

/// Expects that new rows have what they reference (23503); what is deferred waits for the end of the transaction.
pub(super) fn expect_referenced(run: &mut Run<'_>, target: &Target, new: &[Row]) -> Result {
    if new.is_empty() {
        return Ok(());
    }
    for (oid, name, constraint, key) in keys(run, target.oid) {
        if is_deferred(run, oid, &constraint) {
            if !run.session.pending_events.contains(&target.oid) {
                run.session.pending_events.push(target.oid);
            }
            continue;
        }
        check(run, target.oid, &name, &constraint, &key, new, target.span)?;
    }
    Ok(())
}

/// Whether a constraint waits for the end of the transaction.
fn is_deferred(run: &Run<'_>, oid: Oid, constraint: &Constraint) -> bool {
    constraint.deferrable && run.session.in_block() && run.session.is_deferred(oid).unwrap_or(constraint.deferred)
}

fn check(run: &mut Run<'_>, table: Oid, name: &str, constraint: &Constraint, key: &ForeignKey, new: &[Row], span: Span) -> Result {
    let others = key.table;
    let Some(object) = run.catalog.get(others) else { return Ok(()) };
    let assumed = object.standing == Standing::Assumed;
    let any_key = new.iter().any(|row| values(row, &constraint.columns).iter().all(|value| *value != Value::Null));
    // Nothing is known of the rows, and perhaps not even which columns are referenced.
    if assumed || key.columns.is_empty() {
        if any_key {
            let shown = known::shown_name(&run.catalog, others);
            run.condition("23503", format!("unless {shown} has the rows that are referenced"), span);
        }
        return Ok(());
    }
    let mut present: BTreeMap<Vec<Option<String>>, ()> = BTreeMap::new();
    let mut exact = true;
    let mut doubt: Option<String> = None;
    for member in known::members(run, others) {
        match rows(run, member) {
            Ok(rows) => {
                for row in &rows {
                    let row = translated(run, member, others, row);
                    match key_of(run, others, &row, &key.columns, &key.columns) {
                        Key::Is(parts, certainty) => {
                            exact &= certainty == Certainty::Equality;
                            present.insert(parts, ());
                        }
                        Key::Never => {}
                        Key::Unknown => exact = false,
                    }
                }
            }
            Err(why) => doubt = Some(why.to_string()),
        }
    }
    for row in new {
        match key_of(run, others, row, &constraint.columns, &key.columns) {
            Key::Never => {}
            Key::Is(parts, _) if present.contains_key(&parts) => {}
            Key::Is(_, Certainty::Equality) if exact && doubt.is_none() => {
                let table = run.catalog.get(table).map(|object| object.name.to_string()).unwrap_or_default();
                let message = format!("insert or update on table \"{table}\" violates foreign key constraint \"{name}\"");
                return Err(Stop::fails("23503", message, span));
            }
            _ => {
                let why = doubt.unwrap_or_else(|| "a value is not known".to_owned());
                return Err(Stop::unknown(format!("whether {name} finds the row that is referenced can't be told: {why}"), span));
            }
        }
    }
    Ok(())
}

/// Checks what waited for the end of the transaction.
///
/// # Errors
/// 23503 if a row references what is not there, 23505 if a key is there twice; or that it can't be told.
pub(in crate::catalog) fn check_deferred(run: &mut Run<'_>) -> Result {
    let span = Span::empty(0);
    for table in std::mem::take(&mut run.session.pending_events) {
        let Some(object) = run.catalog.get(table) else { continue };
        let name = object.name.clone();
        let own = match rows(run, table) {
            Ok(rows) => rows,
            Err(why) => return Err(Stop::unknown(&*why, None)),
        };
        let new: Vec<Row> = own.iter().cloned().collect();
        for (_, name, constraint, key) in keys(run, table).into_iter().filter(|(_, _, constraint, _)| constraint.deferrable) {
            check(run, table, &name, &constraint, &key, &new, span)?;
        }
        let target = table::of(run, table, name, span)?;
        super::demand::expect_unique(run, &target, &new)?;
    }
    Ok(())
}

/// What a row was, and what it is; none where it is no more.
pub(super) type Change = (Row, Option<Row>);

/// Follows the foreign keys that reference rows which change or go.
pub(super) fn follow(run: &mut Run<'_>, target: &Target, changes: &[Change]) -> Result {
    follow_to(run, target, changes, 0)
}

fn follow_to(run: &mut Run<'_>, target: &Target, changes: &[Change], depth: u32) -> Result {
    if changes.is_empty() {
        return Ok(());
    }
    if depth > 20 {
        return Err(Stop::unknown("foreign keys lead on too far", target.span));
    }
    for (oid, of, key) in referencing(run, target.oid) {
        let Some((name, constraint)) = run.catalog.get(oid).and_then(|object| Some((object.name.clone(), object.constraint()?.clone())))
        else {
            continue;
        };
        one_key(run, target, changes, (oid, of, &name, &constraint, &key), depth)?;
    }
    Ok(())
}

fn one_key(
    run: &mut Run<'_>,
    target: &Target,
    changes: &[Change],
    reference: (Oid, Oid, &str, &Constraint, &ForeignKey),
    depth: u32,
) -> Result {
    let (oid, of, name, constraint, key) = reference;
    let changed: Vec<&Change> =
        changes.iter().filter(|(old, new)| new.as_ref().is_none_or(|new| values(old, &key.columns) != values(new, &key.columns))).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let own = match rows(run, of) {
        Ok(rows) => rows,
        Err(why) => return Err(Stop::unknown(format!("whether rows reference what goes can't be told: {why}"), target.span)),
    };
    if own.is_empty() {
        if matches!(key.on_delete, Action::NoAction | Action::Restrict) {
            known::condition(run, of, "23503", "has rows that reference what is deleted", run.origin.span);
        }
        return Ok(());
    }
    let called = run.catalog.get(of).map(|object| object.name.clone()).unwrap_or_default();
    let below = table::of(run, of, called, target.span)?;
    let mut kept = own.clone();
    let mut next: Vec<Change> = Vec::new();
    for (old, new) in changed {
        let wanted = key_of(run, target.oid, old, &key.columns, &key.columns);
        let action = if new.is_none() { key.on_delete } else { key.on_update };
        for at in (0..kept.len()).rev() {
            let row = Arc::clone(&kept[at]);
            // A row that references itself goes along.
            if of == target.oid && changes.iter().any(|(old, new)| new.is_none() && Arc::ptr_eq(old, &row)) {
                continue;
            }
            let found = key_of(run, target.oid, &row, &constraint.columns, &key.columns);
            match (&wanted, &found) {
                (Key::Never, _) | (_, Key::Never) => continue,
                (Key::Is(one, _), Key::Is(other, _)) if one == other => {}
                (Key::Is(_, Certainty::Equality), Key::Is(_, Certainty::Equality)) => continue,
                _ => return Err(Stop::unknown("whether a row references what goes can't be told", target.span)),
            }
            let changed = match action {
                Action::NoAction | Action::Restrict => {
                    if action == Action::NoAction && is_deferred(run, oid, constraint) {
                        if !run.session.pending_events.contains(&of) {
                            run.session.pending_events.push(of);
                        }
                        continue;
                    }
                    let table = run.catalog.get(target.oid).map(|object| object.name.to_string()).unwrap_or_default();
                    let message = format!("update or delete on table \"{table}\" violates foreign key constraint \"{name}\"");
                    return Err(Stop::fails("23503", message, target.span));
                }
                Action::Cascade => match new {
                    None => None,
                    Some(new) => {
                        let mut changed = (*row).clone();
                        for (own, other) in constraint.columns.iter().zip(&key.columns) {
                            changed.insert(*own, new.get(other).cloned().unwrap_or(Value::Null));
                        }
                        Some(Arc::new(changed))
                    }
                },
                Action::SetNull => {
                    let columns =
                        if key.on_delete_columns.is_empty() || new.is_some() { &constraint.columns } else { &key.on_delete_columns };
                    let mut changed = (*row).clone();
                    columns.iter().for_each(|column| drop(changed.insert(*column, Value::Null)));
                    Some(Arc::new(changed))
                }
                Action::SetDefault => {
                    let columns =
                        if key.on_delete_columns.is_empty() || new.is_some() { &constraint.columns } else { &key.on_delete_columns };
                    let mut changed = (*row).clone();
                    for column in below.columns.iter().filter(|column| columns.contains(&column.number)) {
                        changed.insert(column.number, below.default(run, column)?);
                    }
                    Some(Arc::new(changed))
                }
            };
            next.push((row, changed.clone()));
            match changed {
                Some(changed) => drop(kept.set(at, changed)),
                None => drop(kept.remove(at)),
            }
        }
    }
    if next.is_empty() {
        return Ok(());
    }
    if super::trigger::fires(run, of) {
        forget(run, of, "a trigger fires for rows that a foreign key changes");
        return Ok(());
    }
    for (_, new) in &next {
        if let Some(new) = new {
            super::demand::expect_row(run, &below, new)?;
        }
    }
    keep(run, of, kept);
    // What is set to a default must be found again.
    let new: Vec<Row> = next.iter().filter_map(|(_, new)| new.clone()).collect();
    if key.on_delete == Action::SetDefault || key.on_update == Action::SetDefault {
        expect_referenced(run, &below, &new)?;
    }
    follow_to(run, &below, &next, depth + 1)
}
