//! Triggers: what they make of rows, and what they do besides.

use std::sync::Arc;

use super::conflict::unknown_row;
use super::table::Target;
use crate::catalog::Oid;
use crate::catalog::apply::code;
use crate::catalog::evaluate::check::head_of;
use crate::catalog::evaluate::{Evaluator, Variable, Variables, is_true, record};
use crate::catalog::expression::canonical::current_text;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::Trigger;
use crate::catalog::object::{Body, Class, Name};
use crate::catalog::rows::{Row, Value};
use crate::catalog::run::Run;
use crate::syntax::expression::read;
use crate::syntax::tree::{Firing, TriggerEventKind, TriggerLevel, TriggerTiming};

/// A change that triggers fire for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(super) enum Event {
    Insert,
    Update,
    Delete,
    Truncate,
}

/// Whether before the change or after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(super) enum Timing {
    Before,
    After,
}

impl Event {
    const fn kind(self) -> TriggerEventKind {
        match self {
            Event::Insert => TriggerEventKind::Insert,
            Event::Update => TriggerEventKind::Update,
            Event::Delete => TriggerEventKind::Delete,
            Event::Truncate => TriggerEventKind::Truncate,
        }
    }

    /// `TG_OP`
    const fn word(self) -> &'static str {
        match self {
            Event::Insert => "INSERT",
            Event::Update => "UPDATE",
            Event::Delete => "DELETE",
            Event::Truncate => "TRUNCATE",
        }
    }
}

/// The triggers that fire, by their names in order.
fn firing(
    run: &Run<'_>,
    table: Oid,
    event: Option<Event>,
    timing: Option<Timing>,
    level: Option<TriggerLevel>,
) -> Vec<(Name, Arc<Trigger>)> {
    let replica = matches!(run.session.settings.others.get("session_replication_role"), Some(Value::Text(role)) if &**role == "replica");
    let fires = |trigger: &Trigger| match trigger.firing {
        Firing::Enable => !replica,
        Firing::EnableAlways => true,
        Firing::EnableReplica => replica,
        Firing::Disable => false,
    };
    let is_at = |trigger: &Trigger| match timing {
        None => true,
        Some(Timing::Before) => trigger.timing == TriggerTiming::Before,
        Some(Timing::After) => trigger.timing == TriggerTiming::After,
    };
    let mut found: Vec<(Name, Arc<Trigger>)> = run
        .catalog
        .parts(table, Class::Trigger)
        .filter_map(|(_, object)| match &object.body {
            Body::Trigger(trigger) => Some((Arc::clone(&object.name), Arc::clone(trigger))),
            _ => None,
        })
        .filter(|(_, trigger)| fires(trigger) && is_at(trigger))
        .filter(|(_, trigger)| event.is_none_or(|event| trigger.events.contains(&event.kind())))
        .filter(|(_, trigger)| level.is_none_or(|level| trigger.level == level))
        .collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found
}

/// Whether a table has triggers at all that fire.
pub(super) fn fires(run: &Run<'_>, table: Oid) -> bool {
    !firing(run, table, None, None, None).is_empty()
}

/// Whether triggers fire for a statement, whatever rows it changes.
pub(super) fn has_statement_triggers(run: &Run<'_>, table: Oid, event: Event) -> bool {
    !firing(run, table, Some(event), None, Some(TriggerLevel::Statement)).is_empty()
}

/// Fires the triggers of a statement.
pub(super) fn statement(run: &mut Run<'_>, target: &Target, event: Event, timing: Timing) -> Result {
    for (name, trigger) in firing(run, target.oid, Some(event), Some(timing), Some(TriggerLevel::Statement)) {
        fire(run, target, (&name, &trigger), event, None, None)?;
    }
    Ok(())
}

/// Fires the triggers before a row changes: the row as they leave it; of a DELETE the old one, nothing if it does not change.
pub(super) fn before_row(run: &mut Run<'_>, target: &Target, event: Event, old: Option<&Row>, new: Option<Row>) -> Result<Option<Row>> {
    let mut current = new;
    for (name, trigger) in firing(run, target.oid, Some(event), Some(Timing::Before), Some(TriggerLevel::Row)) {
        match fire(run, target, (&name, &trigger), event, old, current.as_ref())? {
            Fired::Nothing => {}
            Fired::Row(row) if event != Event::Delete => current = Some(row),
            Fired::Row(_) => {}
            Fired::Skip => return Ok(None),
        }
    }
    if event == Event::Delete {
        return Ok(old.cloned());
    }
    // Generated columns are computed from what triggers leave.
    let Some(row) = current else { return Ok(None) };
    let mut values = (*row).clone();
    target.generate(run, &mut values)?;
    Ok(Some(if values == *row { row } else { Arc::new(values) }))
}

/// Fires the triggers after a row changed.
pub(super) fn after_row(run: &mut Run<'_>, target: &Target, event: Event, old: Option<&Row>, new: Option<&Row>) -> Result {
    for (name, trigger) in firing(run, target.oid, Some(event), Some(Timing::After), Some(TriggerLevel::Row)) {
        fire(run, target, (&name, &trigger), event, old, new)?;
    }
    Ok(())
}

/// What a trigger gave.
enum Fired {
    /// It did not fire, or nothing hangs on what it gave.
    Nothing,
    /// The row as it left it.
    Row(Row),
    /// That the row stays as it is.
    Skip,
}

fn fire(run: &mut Run<'_>, target: &Target, named: (&str, &Trigger), event: Event, old: Option<&Row>, new: Option<&Row>) -> Result<Fired> {
    let (name, trigger) = named;
    // UPDATE OF asks which columns the statement sets, whatever values they get (`TriggerEnabled`).
    if event == Event::Update && !trigger.columns.is_empty() && !trigger.columns.iter().any(|column| target.set.contains(column)) {
        // Of the generated ones it depends on the version which count as set.
        let is_generated = |number: &i16| target.column(*number).is_some_and(|column| column.generated.is_some());
        return match trigger.columns.iter().any(is_generated) {
            true => Err(Stop::unknown(format!("whether the trigger {name} fires can't be told"), target.span)),
            false => Ok(Fired::Nothing),
        };
    }
    if let Some(when) = &trigger.when {
        match holds(run, target, &current_text(&run.catalog, when), old, new)? {
            Some(true) => {}
            Some(false) => return Ok(Fired::Nothing),
            None => return Err(Stop::unknown(format!("whether the trigger {name} fires can't be told"), target.span)),
        }
    }
    let before = trigger.timing == TriggerTiming::Before && trigger.level == TriggerLevel::Row;
    let Some(function) = trigger.function else {
        // What is built in, or an extension's, changes nothing but the row.
        let row = new.filter(|_| before).map(|_| unknown_row(target));
        return Ok(row.map_or(Fired::Nothing, Fired::Row));
    };
    let variables = variables(run, target, name, trigger, event, old, new);
    let gave = code::call_trigger(run, function, variables, target.span)?;
    if !before {
        return Ok(Fired::Nothing);
    }
    Ok(match gave {
        Some(Value::Null) => Fired::Skip,
        Some(Value::Record(fields)) if fields.len() == target.columns.len() => {
            let mut row = new.or(old).map(|row| (**row).clone()).unwrap_or_default();
            for (column, (_, value)) in target.columns.iter().zip(fields) {
                // What the function left alone is of the column's type already.
                if row.get(&column.number) == Some(&value) {
                    continue;
                }
                let value = target.fitted(run, column, value)?;
                row.insert(column.number, value);
            }
            Fired::Row(Arc::new(row))
        }
        _ => Fired::Row(unknown_row(target)),
    })
}

fn holds(run: &mut Run<'_>, target: &Target, condition: &str, old: Option<&Row>, new: Option<&Row>) -> Result<Option<bool>> {
    let Some(relation) = run.catalog.relation(target.oid) else { return Ok(None) };
    let heads = [("old", old, head_of("old", relation)), ("new", new, head_of("new", relation))];
    let rows: Vec<_> = heads.into_iter().filter_map(|(_, row, head)| Some((head, target.values(run, row?)))).collect();
    let value = Evaluator::new(run).value_in(&rows, &read(condition))?;
    Ok(is_true(&value))
}

/// What a trigger's function finds.
fn variables(
    run: &Run<'_>,
    target: &Target,
    name: &str,
    trigger: &Trigger,
    event: Event,
    old: Option<&Row>,
    new: Option<&Row>,
) -> Variables {
    let text = |value: &str| Value::Text(Arc::from(value));
    let columns: Vec<Name> = target.columns.iter().map(|column| Arc::clone(&column.name)).collect();
    let row = |row: Option<&Row>| row.map_or(Value::Null, |row| record(&columns, &target.values(run, row)));
    let object = run.catalog.get(target.oid);
    let table = object.map(|object| object.name.to_string()).unwrap_or_default();
    let schema = object.and_then(|object| object.schema).and_then(|schema| run.catalog.get(schema));
    let timing = match trigger.timing {
        TriggerTiming::Before => "BEFORE",
        TriggerTiming::After => "AFTER",
        TriggerTiming::InsteadOf => "INSTEAD OF",
    };
    let level = if trigger.level == TriggerLevel::Row { "ROW" } else { "STATEMENT" };
    let mut variables = Variables::default();
    variables.open(None);
    let schema_name = schema.map(|schema| schema.name.to_string()).unwrap_or_default();
    for (name, value) in [
        ("new", row(new)),
        ("old", row(old)),
        ("tg_name", text(name)),
        ("tg_when", text(timing)),
        ("tg_level", text(level)),
        ("tg_op", text(event.word())),
        ("tg_relid", Value::Object(crate::catalog::Reference::Oid, target.oid.0)),
        ("tg_relname", text(&table)),
        ("tg_table_name", text(&table)),
        ("tg_table_schema", text(&schema_name)),
        ("tg_nargs", Value::Number(Arc::from(trigger.arguments.len().to_string()))),
        ("tg_argv", Value::Array(trigger.arguments.iter().map(|argument| text(argument)).collect())),
    ] {
        variables.declare(Variable::new(name, None, value));
    }
    variables
}
