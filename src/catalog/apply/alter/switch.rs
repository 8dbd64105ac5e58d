//! What is switched on and off: triggers, rules, row-level security.

use std::sync::Arc;

use super::{Context, name_of};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::{Body, Class, Standing};
use crate::catalog::run::Run;
use crate::catalog::{Address, Oid};
use crate::syntax::tree::{Firing, Ident, RowSecurity, TriggerChoice};

pub(super) fn trigger(run: &mut Run<'_>, cx: Context<'_>, firing: Firing, choice: TriggerChoice) -> Result {
    let mut queue: Vec<Oid> = match choice {
        TriggerChoice::Named(name) => vec![part(run, cx, Class::Trigger, name)?],
        TriggerChoice::All(_) | TriggerChoice::User(_) => run.catalog.parts(cx.table, Class::Trigger).map(|(oid, _)| oid).collect(),
    };
    while let Some(oid) = queue.pop() {
        run.catalog.update(oid, |object| {
            if let Body::Trigger(trigger) = &mut object.body {
                Arc::make_mut(trigger).firing = firing;
            }
        });
        let copies = run.catalog.dependents_of(Address::whole(oid)).map(|(dependent, _)| dependent.object);
        let of_it = |copy: &Oid| {
            let body = run.catalog.get(*copy).map(|object| &object.body);
            matches!(body, Some(Body::Trigger(trigger)) if trigger.parent == Some(oid))
        };
        queue.extend(copies.filter(of_it));
    }
    Ok(())
}

pub(super) fn rule(run: &mut Run<'_>, cx: Context<'_>, firing: Firing, name: Ident) -> Result {
    let oid = part(run, cx, Class::Rule, name)?;
    run.catalog.update(oid, |object| {
        if let Body::Rule(rule) = &mut object.body {
            Arc::make_mut(rule).firing = firing;
        }
    });
    Ok(())
}

/// A trigger or a rule of the table.
fn part(run: &mut Run<'_>, cx: Context<'_>, class: Class, name: Ident) -> Result<Oid> {
    let value = name.value(cx.text());
    if let Some(found) = run.catalog.part(cx.table, class, &value) {
        return Ok(found);
    }
    if let Some(why) = run.catalog.doubted(class, &value) {
        return Err(Stop::unknown(&*why, name.span));
    }
    if let Some(assumed) = run.assume_part(class, cx.table, &value, "42704", name.span) {
        return Ok(assumed);
    }
    // The triggers behind foreign keys have names that nobody writes but a dump.
    if class == Class::Trigger && value.starts_with("RI_ConstraintTrigger_") {
        return Err(Stop::unknown("the triggers behind a foreign key are not followed", name.span));
    }
    if run.catalog.get(cx.table).is_some_and(|object| object.standing == Standing::Assumed && object.relation().is_none()) {
        return Err(Stop::unknown("nothing is known of this relation", name.span));
    }
    let (noun, of) = if class == Class::Trigger { ("trigger", "table") } else { ("rule", "relation") };
    Err(Stop::fails("42704", format!("{noun} \"{value}\" for {of} \"{}\" does not exist", name_of(run, cx.table)), name.span))
}

pub(super) fn row_security(run: &mut Run<'_>, cx: Context<'_>, change: RowSecurity) {
    let origin = run.origin;
    run.catalog.update_relation(cx.table, |relation| {
        let before = relation.row_security;
        let now = &mut relation.row_security;
        match change {
            RowSecurity::Enable => now.enabled = true,
            RowSecurity::Disable => now.enabled = false,
            RowSecurity::Force => now.forced = true,
            RowSecurity::NoForce => now.forced = false,
        }
        if now.enabled != before.enabled {
            now.switched = Some(origin);
        }
    });
}
