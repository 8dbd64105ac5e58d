//! DROP, VALIDATE and ALTER CONSTRAINT (`ATExecDropConstraint`, `ATExecValidateConstraint`, `ATExecAlterConstraint`).

use super::{Context, name_of};
use crate::catalog::apply::constraint::{Recursion, remove_not_null, validate_not_null};
use crate::catalog::apply::{known, lifecycle};
use crate::catalog::deletion::{self, Behavior};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Constraint, ConstraintKind};
use crate::catalog::object::{Class, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, Oid};
use crate::syntax::tree::{AttributeKind, ConstraintChange, DropPart, Ident};
use crate::text::Span;

fn missing(run: &Run<'_>, table: Oid, name: &str, span: Span) -> Stop {
    Stop::fails("42704", format!("constraint \"{name}\" of relation \"{}\" does not exist", name_of(run, table)), span)
}

fn body(run: &Run<'_>, oid: Oid) -> Option<Constraint> {
    run.catalog.get(oid).and_then(Object::constraint).cloned()
}

pub(super) fn drop_constraint(run: &mut Run<'_>, cx: Context<'_>, part: &DropPart, span: Span) -> Result {
    let (table, name) = (cx.table, part.name.value(cx.text()));
    let behavior = Behavior::from(part.behavior);
    if part.name.is_template(cx.text()) {
        return Err(Stop::unknown(format!("`{name}` is filled in by the tool"), part.name.span));
    }
    let found = if part.guard.is_written() {
        run.catalog.part(table, Class::Constraint, &name)
    } else {
        lifecycle::find_constraint(run, table, &name, part.name.span)?
    };
    let Some(oid) = found else {
        if !part.guard.is_written() {
            return Err(missing(run, table, &name, part.name.span));
        }
        if run.catalog.doubted(Class::Constraint, &name).is_some() {
            run.catalog.settle(Class::Constraint, &name);
        } else {
            run.note_absent(Class::Constraint, table, &name);
            run.catalog.note_gone(Class::Constraint, table, &*name);
        }
        return Ok(());
    };
    let constraint = body(run, oid);
    if let Some(constraint) = &constraint {
        if constraint.inherited > 0 || constraint.parent.is_some() {
            let message = format!("cannot drop inherited constraint \"{name}\" of relation \"{}\"", name_of(run, table));
            return Err(Stop::fails("42P16", message, part.name.span));
        }
        if constraint.kind == ConstraintKind::NotNull {
            return remove_not_null(run, table, oid, cx.recursion, part.name.span);
        }
    }
    let goes_down = constraint.as_ref().is_some_and(is_inheritable);
    deletion::delete(run, &[oid.into()], behavior, span)?;
    if goes_down {
        drop_below(run, cx, table, &name, span)?;
    }
    Ok(())
}

const fn is_inheritable(constraint: &Constraint) -> bool {
    matches!(constraint.kind, ConstraintKind::Check(_)) && !constraint.no_inherit
}

/// Takes a constraint away from children, or one of its sources.
fn drop_below(run: &mut Run<'_>, cx: Context<'_>, table: Oid, name: &str, span: Span) -> Result {
    let children = run.catalog.children(table);
    let is_partitioned = run.catalog.relation(table).is_some_and(|relation| relation.partitioned.is_some());
    if cx.recursion == Recursion::Only && is_partitioned && !children.is_empty() {
        let message = "cannot remove constraint from only the partitioned table when partitions exist";
        return Err(Stop::fails("42P16", message, span));
    }
    for child in children {
        let Some(oid) = run.catalog.part(child, Class::Constraint, name) else { continue };
        let Some(constraint) = body(run, oid) else { continue };
        if !is_inheritable(&constraint) || constraint.inherited == 0 {
            continue;
        }
        if cx.recursion == Recursion::Whole && constraint.inherited == 1 && !constraint.local {
            deletion::delete(run, &[oid.into()], Behavior::Restrict, span)?;
            drop_below(run, cx, child, name, span)?;
            continue;
        }
        let becomes_local = cx.recursion == Recursion::Only;
        change(run, oid, |constraint| {
            constraint.inherited -= 1;
            constraint.local |= becomes_local;
        });
    }
    Ok(())
}

fn change(run: &mut Run<'_>, oid: Oid, change: impl FnOnce(&mut Constraint)) {
    run.catalog.update(oid, |object| {
        if let Some(constraint) = object.constraint_mut() {
            change(constraint);
        }
    });
}

pub(super) fn validate(run: &mut Run<'_>, cx: Context<'_>, name: Ident, span: Span) -> Result {
    let value = name.value(cx.text());
    let Some(oid) = lifecycle::find_constraint(run, cx.table, &value, name.span)? else {
        return Err(missing(run, cx.table, &value, name.span));
    };
    let Some(constraint) = body(run, oid) else { return Ok(()) };
    let since_18 = run.world.target.major() >= 18;
    let fits = match constraint.kind {
        ConstraintKind::Check(_) | ConstraintKind::ForeignKey(_) => true,
        ConstraintKind::NotNull => return validate_not_null(run, cx.table, oid, cx.recursion, span),
        _ => false,
    };
    if !fits {
        let kinds = if since_18 { "foreign key, check, or not-null constraint" } else { "foreign key or check constraint" };
        let message = format!("constraint \"{value}\" of relation \"{}\" is not a {kinds}", name_of(run, cx.table));
        return Err(Stop::fails("42809", message, name.span));
    }
    if !constraint.enforced {
        return Err(Stop::fails("55000", "cannot validate NOT ENFORCED constraint", name.span));
    }
    let below = if is_inheritable(&constraint) { run.catalog.children(cx.table) } else { Vec::new() };
    let is_unvalidated = |oid: &Oid| {
        let part = run.catalog.part(*oid, Class::Constraint, &value);
        part.and_then(|oid| body(run, oid)).is_some_and(|constraint| !constraint.validated)
    };
    if cx.recursion == Recursion::Only && below.iter().any(is_unvalidated) {
        return Err(Stop::fails("42P16", "constraint must be validated on child tables too", span));
    }
    for child in below {
        let has_it = run.catalog.part(child, Class::Constraint, &value).is_some();
        if has_it {
            validate(run, Context { table: child, ..cx }, name, span)?;
        }
    }
    if constraint.validated {
        return Ok(());
    }
    match &constraint.kind {
        ConstraintKind::ForeignKey(key) if !key.columns.is_empty() => {
            known::expect_referenced(run, (cx.table, &constraint.columns), (key.table, &key.columns), &value, span)?;
        }
        ConstraintKind::Check(condition) => {
            known::condition(run, cx.table, "23514", "has rows that violate it", span);
            known::expect_fulfilled(run, cx.table, &condition.clone(), &value, span)?;
        }
        _ => {
            known::condition(run, cx.table, "23514", "has rows that violate it", span);
            known::expect_no_rows(run, cx.table, 0, "fulfil the constraint", span)?;
        }
    }
    change(run, oid, |constraint| constraint.validated = true);
    Ok(())
}

pub(super) fn alter(run: &mut Run<'_>, cx: Context<'_>, name: Ident, change_to: &ConstraintChange, span: Span) -> Result {
    let value = name.value(cx.text());
    let Some(oid) = lifecycle::find_constraint(run, cx.table, &value, name.span)? else {
        return Err(missing(run, cx.table, &value, name.span));
    };
    let Some(constraint) = body(run, oid) else { return Ok(()) };
    let ConstraintChange::Attributes(attributes) = change_to else {
        return inheritability(run, cx, oid, &constraint, &value, Inherit::Yes, span);
    };
    if attributes.find(AttributeKind::NoInherit).is_some() {
        return inheritability(run, cx, oid, &constraint, &value, Inherit::No, span);
    }
    if [AttributeKind::Enforced, AttributeKind::NotEnforced].into_iter().any(|kind| attributes.find(kind).is_some()) {
        let enforced = attributes.find(AttributeKind::Enforced).is_some();
        return enforceability(run, cx, oid, &constraint, &value, enforced, span);
    }
    if !matches!(constraint.kind, ConstraintKind::ForeignKey(_)) {
        let message = format!("constraint \"{value}\" of relation \"{}\" is not a foreign key constraint", name_of(run, cx.table));
        return Err(Stop::fails("42809", message, name.span));
    }
    if constraint.parent.is_some() {
        let message = format!("cannot alter constraint \"{value}\" on relation \"{}\"", name_of(run, cx.table));
        return Err(Stop::fails("55000", message, name.span));
    }
    let (deferrable, deferred) = (attributes.is_deferrable(), attributes.is_initially_deferred());
    let mut queue = vec![oid];
    while let Some(oid) = queue.pop() {
        change(run, oid, |constraint| {
            constraint.deferrable = deferrable;
            constraint.deferred = deferred;
        });
        let copies = run.catalog.dependents_of(Address::whole(oid)).map(|(dependent, _)| dependent.object);
        queue.extend(copies.filter(|copy| body(run, *copy).is_some_and(|constraint| constraint.parent == Some(oid))));
    }
    Ok(())
}

/// Whether children have a constraint too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inherit {
    Yes,
    No,
}

/// `[NO] INHERIT` (`ATExecAlterConstrInheritability`).
fn inheritability(
    run: &mut Run<'_>,
    cx: Context<'_>,
    oid: Oid,
    constraint: &Constraint,
    name: &str,
    wanted: Inherit,
    span: Span,
) -> Result {
    let table = name_of(run, cx.table);
    if constraint.kind != ConstraintKind::NotNull {
        let message = format!("constraint \"{name}\" of relation \"{table}\" is not a not-null constraint");
        return Err(Stop::fails("42809", message, span));
    }
    if constraint.no_inherit == (wanted == Inherit::No) {
        return Ok(());
    }
    if !run.catalog.children(cx.table).is_empty() || constraint.inherited > 0 {
        return Err(Stop::unknown("INHERIT of a constraint of tables with children is not followed", span));
    }
    change(run, oid, |constraint| constraint.no_inherit = wanted == Inherit::No);
    Ok(())
}

/// `[NOT] ENFORCED` (`ATExecAlterConstrEnforceability`).
fn enforceability(run: &mut Run<'_>, cx: Context<'_>, oid: Oid, constraint: &Constraint, name: &str, enforced: bool, span: Span) -> Result {
    let ConstraintKind::ForeignKey(key) = &constraint.kind else {
        let message = format!("cannot alter enforceability of constraint \"{name}\" of relation \"{}\"", name_of(run, cx.table));
        return Err(Stop::fails("42809", message, span));
    };
    if constraint.parent.is_some() || run.catalog.relation(key.table).is_none_or(|relation| relation.partitioned.is_some()) {
        return Err(Stop::unknown("ENFORCED of a key of partitions is not followed", span));
    }
    if enforced && !constraint.enforced {
        known::expect_referenced(run, (cx.table, &constraint.columns), (key.table, &key.columns), name, span)?;
    }
    change(run, oid, |constraint| {
        constraint.validated = if constraint.enforced == enforced { constraint.validated } else { enforced };
        constraint.enforced = enforced;
    });
    Ok(())
}
