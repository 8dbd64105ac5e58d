//! CREATE TRIGGER, in the order in which PostgreSQL refuses it (`CreateTriggerFiringOn`).

use std::sync::Arc;

use super::function::{self, Called};
use super::{condition, transition};
use crate::catalog::apply::partition;
use crate::catalog::expression::link;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Constraint, ConstraintKind, Relation, RelationKind, Trigger};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, ColumnNumber, Dependency, Oid};
use crate::syntax::literal;
use crate::syntax::tree::{CreateTrigger, Firing, Ident, TriggerEventKind, TriggerLevel, TriggerTiming};
use crate::text::Span;

pub(super) fn create(run: &mut Run<'_>, text: &str, create: &CreateTrigger) -> Result {
    let table = run.relation(text, create.table)?;
    let Some(object) = run.catalog.get(table) else { return Ok(()) };
    let shown = object.name.to_string();
    let Some(relation) = object.relation().cloned() else { return Ok(()) };
    let level = create.level.map_or(TriggerLevel::Statement, |clause| clause.value);
    expect_kind(run, create, level, &relation, &shown)?;
    let from = match &create.from {
        Some(clause) => Some(run.relation(text, clause.value)?),
        None => None,
    };
    expect_possible(create, level)?;
    let transitions = transition::read(text, create, level, &relation, &shown)?;
    let when = condition::read_when(run, text, create, level, table)?;
    let called = function::called(run, text, &create.action, "trigger")?;
    let name = Name::from(create.name.value(text).as_ref());
    let replaced = replaced(run, create, table, &name, &shown)?;
    let columns = columns(run, text, create, table, &shown)?;
    let mut events: Vec<TriggerEventKind> = create.events.iter().map(|event| event.kind).collect();
    events.sort_unstable();
    let trigger = Trigger {
        timing: create.timing.value,
        events,
        columns,
        level,
        when,
        function: called.oid,
        function_name: Name::clone(&called.name),
        arguments: create.action.arguments.iter().map(|span| argument(text, *span)).collect(),
        old_table: transitions.old,
        new_table: transitions.new,
        constraint: None,
        from,
        deferrable: create.attributes.is_deferrable(),
        deferred: create.attributes.is_initially_deferred(),
        firing: Firing::Enable,
        parent: None,
    };
    let oid = store(run, table, &name, trigger, replaced);
    depend(run, oid, table, &called);
    if create.constraint.is_some() {
        add_constraint(run, oid, table, &name, create.name.span)?;
    }
    if level == TriggerLevel::Row && relation.partitioned.is_some() {
        clone(run, oid, table, create.name.span)?;
    }
    Ok(())
}

/// What kinds of relations have what kinds of triggers.
fn expect_kind(run: &Run<'_>, create: &CreateTrigger, level: TriggerLevel, relation: &Relation, shown: &str) -> Result {
    let span = create.table.span();
    let fails = |sqlstate, message: String| Err(Stop::fails(sqlstate, message, span));
    let instead = create.timing.value == TriggerTiming::InsteadOf;
    let row = level == TriggerLevel::Row;
    match relation.kind {
        RelationKind::Table if relation.partitioned.is_some() => {
            if instead {
                return fails("42809", format!("\"{shown}\" is a table"));
            }
            if row && create.timing.value == TriggerTiming::Before && run.world.target.major() < 13 {
                return fails("42809", format!("\"{shown}\" is a partitioned table"));
            }
            match row && !create.transitions.is_empty() {
                true => fails("0A000", format!("\"{shown}\" is a partitioned table")),
                false => Ok(()),
            }
        }
        RelationKind::Table if instead => fails("42809", format!("\"{shown}\" is a table")),
        RelationKind::Table | RelationKind::Unknown => Ok(()),
        RelationKind::View(_) => {
            let truncates = create.events.iter().any(|event| event.kind == TriggerEventKind::Truncate);
            match (!instead && row) || truncates {
                true => fails("42809", format!("\"{shown}\" is a view")),
                false => Ok(()),
            }
        }
        RelationKind::ForeignTable(..) => match instead || create.constraint.is_some() {
            true => fails("42809", format!("\"{shown}\" is a foreign table")),
            false => Ok(()),
        },
        _ if run.world.target.major() < 14 => fails("42809", format!("\"{shown}\" is not a table or view")),
        _ => fails("42809", format!("relation \"{shown}\" cannot have triggers")),
    }
}

/// What no trigger can be.
fn expect_possible(create: &CreateTrigger, level: TriggerLevel) -> Result {
    let row = level == TriggerLevel::Row;
    if let Some(event) = create.events.iter().find(|event| event.kind == TriggerEventKind::Truncate)
        && row
    {
        return Err(Stop::fails("0A000", "TRUNCATE FOR EACH ROW triggers are not supported", event.span));
    }
    if create.timing.value != TriggerTiming::InsteadOf {
        return Ok(());
    }
    if !row {
        return Err(Stop::fails("0A000", "INSTEAD OF triggers must be FOR EACH ROW", create.timing.span));
    }
    if let Some(clause) = &create.when {
        return Err(Stop::fails("0A000", "INSTEAD OF triggers cannot have WHEN conditions", clause.span));
    }
    match create.events.iter().find(|event| !event.columns.is_empty()) {
        Some(event) => Err(Stop::fails("0A000", "INSTEAD OF triggers cannot have column lists", event.span)),
        None => Ok(()),
    }
}

/// The trigger that the new one replaces.
///
/// # Errors
/// 42710 if one has the name and may not be replaced.
fn replaced(run: &mut Run<'_>, create: &CreateTrigger, table: Oid, name: &str, shown: &str) -> Result<Option<Oid>> {
    let Some(oid) = run.catalog.part(table, Class::Trigger, name) else {
        return match run.catalog.doubted(Class::Trigger, name) {
            Some(why) => Err(Stop::unknown(&*why, create.name.span)),
            None => Ok(None),
        };
    };
    let fails = |what: &str| Err(Stop::fails("42710", format!("trigger \"{name}\" for relation \"{shown}\" {what}"), create.name.span));
    if create.replace.is_none() {
        return fails("already exists");
    }
    match run.catalog.get(oid).map(|object| &object.body) {
        Some(Body::Trigger(trigger)) if trigger.parent.is_some() => fails("is an internal or a child trigger"),
        Some(Body::Trigger(trigger)) if trigger.constraint.is_some() => fails("is a constraint trigger"),
        _ => Ok(Some(oid)),
    }
}

/// UPDATE OF.
fn columns(run: &mut Run<'_>, text: &str, create: &CreateTrigger, table: Oid, shown: &str) -> Result<Vec<ColumnNumber>> {
    let mut numbers = Vec::new();
    for ident in create.events.iter().flat_map(|event| &event.columns) {
        let name = ident.value(text);
        let Some(address) = run.find_column(table, &name, ident.span)? else {
            return Err(Stop::fails("42703", format!("column \"{name}\" of relation \"{shown}\" does not exist"), ident.span));
        };
        if numbers.contains(&address.column) {
            return Err(Stop::fails("42701", format!("column \"{name}\" specified more than once"), ident.span));
        }
        numbers.push(address.column);
    }
    Ok(numbers)
}

/// What is passed to the function: constants and words alike as texts.
fn argument(text: &str, span: Span) -> Arc<str> {
    let written = &text[span];
    match written.as_bytes().first() {
        Some(b'"') => Arc::from(Ident { span }.value(text)),
        Some(first) if first.is_ascii_digit() || matches!(first, b'.' | b'-' | b'+') => Arc::from(written),
        _ if written.ends_with('\'') || written.ends_with('$') => Arc::from(literal::value(text, span)),
        _ => Arc::from(Ident { span }.value(text)),
    }
}

fn store(run: &mut Run<'_>, table: Oid, name: &Name, trigger: Trigger, replaced: Option<Oid>) -> Oid {
    let body = Body::Trigger(Arc::new(trigger));
    match replaced {
        Some(oid) => {
            run.catalog.update(oid, |object| object.body = body);
            for kind in [Dependency::Normal, Dependency::Auto, Dependency::AutoExtension] {
                run.catalog.unlink_all(oid.into(), kind);
            }
            oid
        }
        None => run.catalog.add(Object::new(Name::clone(name), body, run.origin).part_of(table)),
    }
}

/// Notes what a trigger depends on: its function, its table, the columns and whatever else it names.
fn depend(run: &mut Run<'_>, oid: Oid, table: Oid, called: &Called) {
    let Some(Body::Trigger(trigger)) = run.catalog.get(oid).map(|object| object.body.clone()) else { return };
    for on in called.oid.into_iter().chain(called.extension) {
        run.catalog.link(oid, on, Dependency::Normal);
    }
    for on in [Some(table), trigger.from].into_iter().flatten() {
        run.catalog.link(oid, on, Dependency::Auto);
    }
    for column in &trigger.columns {
        run.catalog.link(oid, Address::column(table, *column), Dependency::Normal);
    }
    if let Some(when) = &trigger.when {
        link(&mut run.catalog, oid, when, None);
    }
}

/// The constraint of a constraint trigger, by which SET CONSTRAINTS finds it.
fn add_constraint(run: &mut Run<'_>, trigger: Oid, table: Oid, name: &Name, span: Span) -> Result {
    if run.catalog.part(table, Class::Constraint, name).is_some() {
        let message = "duplicate key value violates unique constraint \"pg_constraint_conrelid_contypid_conname_index\"";
        return Err(Stop::fails("23505", message, span));
    }
    let Some(Body::Trigger(made)) = run.catalog.get(trigger).map(|object| object.body.clone()) else { return Ok(()) };
    let constraint = Constraint {
        deferrable: made.deferrable,
        deferred: made.deferred,
        ..Constraint::new(ConstraintKind::Trigger(trigger), Vec::new())
    };
    let schema = run.catalog.get(table).and_then(|object| object.schema);
    let object = Object::new(Name::clone(name), Body::Constraint(Arc::new(constraint)), run.origin).part_of(table);
    let oid = run.catalog.add(Object { schema, ..object });
    run.catalog.link(oid, table, Dependency::Auto);
    run.catalog.link(oid, trigger, Dependency::Internal);
    run.catalog.update(trigger, |object| {
        if let Body::Trigger(trigger) = &mut object.body {
            Arc::make_mut(trigger).constraint = Some(oid);
        }
    });
    Ok(())
}

/// Gives every partition its part of the trigger, anew if it is replaced.
fn clone(run: &mut Run<'_>, trigger: Oid, table: Oid, span: Span) -> Result {
    let old: Vec<Oid> = clones(run, trigger);
    for oid in old {
        run.catalog.remove(oid);
    }
    let Some(object) = run.catalog.get(trigger).cloned() else { return Ok(()) };
    let Body::Trigger(made) = &object.body else { return Ok(()) };
    for child in run.catalog.children(table) {
        partition::clone_trigger(run, table, child, (trigger, &object, made), span)?;
    }
    Ok(())
}

/// The parts of a trigger in partitions, at whatever depth.
fn clones(run: &Run<'_>, trigger: Oid) -> Vec<Oid> {
    let mut found = Vec::new();
    let mut above = vec![trigger];
    while let Some(next) = above.pop() {
        let below = run.catalog.dependents_of(next.into()).filter(|(_, kind)| *kind == Dependency::PartitionPrimary);
        let below: Vec<Oid> = below.map(|(address, _)| address.object).collect();
        found.extend(&below);
        above.extend(below);
    }
    found
}
