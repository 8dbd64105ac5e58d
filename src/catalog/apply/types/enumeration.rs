//! Enums: their labels.
//!
//! A label that ALTER TYPE adds can't be used before the transaction is committed (manual, ALTER TYPE); from version 17 on it can if the
//! type is as new as the label.

use std::sync::Arc;

use super::{existing, make, own, place};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Column, Label, LabelSource, NamedLabel, Type, TypeId};
use crate::catalog::object::Body;
use crate::catalog::rows::{Contents, Value};
use crate::catalog::run::Run;
use crate::catalog::{ColumnNumber, Oid, types};
use crate::syntax::literal;
use crate::syntax::tree::{AlterEnum, Clause, EnumAction, EnumPlace, Name};
use crate::text::Span;

/// The longest label, in bytes: it is stored as a name.
const MAX: usize = 63;

pub(super) fn create(run: &mut Run<'_>, text: &str, name: Name, written: &[Span]) -> Result {
    let place = place(run, text, name)?;
    let mut labels: Vec<Label> = Vec::with_capacity(written.len());
    for span in written {
        let label = checked(text, *span)?;
        if labels.iter().any(|other| *other.text == *label) {
            let message = "duplicate key value violates unique constraint \"pg_enum_typid_label_index\"";
            return Err(Stop::fails("23505", message, *span));
        }
        labels.push(Label::new(label, labels.len()));
    }
    let oid = make(run, &place, Type::Enum(labels));
    if run.session.is_nested() {
        run.session.nested_types.push(oid);
    }
    Ok(())
}

/// What a label says.
///
/// # Errors
/// 42602 if it is too long.
fn checked(text: &str, span: Span) -> Result<Arc<str>> {
    let label = literal::value(text, span);
    if label.len() > MAX {
        return Err(Stop::fails("42602", format!("invalid enum label \"{label}\""), span));
    }
    Ok(Arc::from(label))
}

pub(super) fn alter(run: &mut Run<'_>, text: &str, alter: &AlterEnum) -> Result {
    let ty = existing(run, text, alter.name)?;
    let (oid, labels) = match own(run, &ty) {
        Some((oid, Type::Enum(labels))) => (oid, labels.clone()),
        Some((oid, Type::Unknown(named))) => return alter_assumed(run, text, oid, named.clone(), alter.action),
        _ => {
            let shown = types::format_type(&run.catalog, &ty);
            return Err(Stop::fails("42809", format!("{shown} is not an enum"), alter.name.span()));
        }
    };
    match alter.action {
        EnumAction::Add { guard, label, place } => {
            let new = checked(text, label)?;
            if labels.iter().any(|other| other.text == new) {
                if guard.is_written() {
                    return Ok(());
                }
                return Err(exists(&new, label));
            }
            let at = position(text, &labels, place)?;
            change(run, oid, |labels| labels.insert(at, Label::new(Arc::clone(&new), labels.len())));
            let nested = run.session.is_nested() || run.session.nested_types.contains(&oid);
            if run.world.target.major() < 17 || nested || !is_new(run, oid) {
                run.session.pending_labels.push((oid, new));
            }
        }
        EnumAction::Rename { label, to } => {
            let (old, new) = (literal::value(text, label), checked(text, to)?);
            let at = find(&labels, &old, label)?;
            if labels.iter().any(|other| other.text == new) {
                return Err(exists(&new, to));
            }
            for (ty, pending) in &mut run.session.pending_labels {
                if *ty == oid && **pending == *old {
                    *pending = Arc::clone(&new);
                }
            }
            rename_in_rows(run, oid, &old, &new);
            change(run, oid, |labels| {
                let old = std::mem::replace(&mut labels[at].text, new);
                labels[at].former.push(old);
            });
        }
    }
    Ok(())
}

/// The rows that hold a label hold it under its new name.
fn rename_in_rows(run: &mut Run<'_>, ty: Oid, old: &str, new: &Arc<str>) {
    let holders: Vec<(Oid, Vec<ColumnNumber>)> = run
        .catalog
        .rows
        .keys()
        .filter_map(|table| {
            let is_of = |column: &&Column| column.ty.as_ref().is_some_and(|own| own.id == TypeId::User(ty));
            let columns = run.catalog.relation(*table)?.columns.iter().filter(is_of).map(|column| column.number).collect();
            Some((*table, columns))
        })
        .collect();
    for (table, columns) in holders {
        let Some(Contents::Rows(rows)) = run.catalog.rows.get_mut(&table) else { continue };
        for row in rows.iter_mut() {
            let holds = |column: &&ColumnNumber| matches!(row.get(column), Some(Value::Exact(label)) if **label == *old);
            let held: Vec<ColumnNumber> = columns.iter().filter(holds).copied().collect();
            for column in held {
                Arc::make_mut(row).insert(column, Value::Exact(Arc::clone(new)));
            }
        }
    }
}

/// The same of an enum that is only assumed: of its labels those are known that statements named.
fn alter_assumed(run: &mut Run<'_>, text: &str, oid: Oid, mut named: Vec<NamedLabel>, action: EnumAction) -> Result {
    let place = |named: &[NamedLabel], text: &str| named.iter().position(|other| *other.label.text == *text);
    match action {
        EnumAction::Add { guard, label, .. } => {
            let new = checked(text, label)?;
            match place(&named, &new) {
                Some(_) if guard.is_written() => return Ok(()),
                Some(_) => return Err(exists(&new, label)),
                None => named.push(NamedLabel { label: Label::new(Arc::clone(&new), named.len()), source: LabelSource::Added }),
            }
            run.session.pending_labels.push((oid, new));
        }
        EnumAction::Rename { label, to } => {
            let (old, new) = (literal::value(text, label), checked(text, to)?);
            if place(&named, &new).is_some() {
                return Err(exists(&new, to));
            }
            let at = place(&named, &old).unwrap_or(named.len());
            if at == named.len() {
                if named.iter().any(|other| other.label.former.iter().any(|former| **former == *old)) {
                    return Err(Stop::fails("22023", format!("\"{old}\" is not an existing enum label"), label));
                }
                named.push(NamedLabel { label: Label::new(Arc::from(&*old), named.len()), source: LabelSource::Assumed });
            }
            let renamed = &mut named[at].label;
            let old = std::mem::replace(&mut renamed.text, new);
            renamed.former.push(old);
        }
    }
    run.catalog.update(oid, |object| object.body = Body::Type(Arc::new(Type::Unknown(named))));
    Ok(())
}

fn exists(label: &str, span: Span) -> Stop {
    Stop::fails("42710", format!("enum label \"{label}\" already exists"), span)
}

fn find(labels: &[Label], label: &str, span: Span) -> Result<usize> {
    let missing = || Stop::fails("22023", format!("\"{label}\" is not an existing enum label"), span);
    labels.iter().position(|other| *other.text == *label).ok_or_else(missing)
}

/// Where among its labels a new one goes.
fn position(text: &str, labels: &[Label], place: Option<Clause<EnumPlace>>) -> Result<usize> {
    match place.map(|clause| clause.value) {
        None => Ok(labels.len()),
        Some(EnumPlace::Before(span)) => find(labels, &literal::value(text, span), span),
        Some(EnumPlace::After(span)) => Ok(find(labels, &literal::value(text, span), span)? + 1),
    }
}

fn change(run: &mut Run<'_>, oid: Oid, change: impl FnOnce(&mut Vec<Label>)) {
    run.catalog.update(oid, |object| {
        if let Body::Type(ty) = &mut object.body
            && let Type::Enum(labels) = Arc::make_mut(ty)
        {
            change(labels);
        }
    });
}

/// Whether the open transaction made the type.
fn is_new(run: &Run<'_>, oid: Oid) -> bool {
    run.session.block.as_ref().is_some_and(|block| block.before.catalog.get(oid).is_none())
}
