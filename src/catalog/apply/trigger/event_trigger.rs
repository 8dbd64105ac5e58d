//! Event triggers (`CreateEventTrigger`).

use std::sync::Arc;

use super::function;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::Definition;
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::run::Run;
use crate::catalog::{Dependency, Oid};
use crate::syntax::literal;
use crate::syntax::tree::{AlterEventTrigger, CreateEventTrigger, Firing};
use crate::text::Span;

pub(super) fn create(run: &mut Run<'_>, text: &str, create: &CreateEventTrigger) -> Result {
    let event = create.event.value(text);
    let known = matches!(&*event, "ddl_command_start" | "ddl_command_end" | "sql_drop" | "table_rewrite")
        || (event == "login" && run.world.target.major() >= 17);
    if !known {
        return Err(Stop::fails("42601", format!("unrecognized event name \"{event}\""), create.event.span));
    }
    let mut definition = Definition::default();
    definition.options.insert(Arc::from("event"), Arc::from(&*event));
    for (at, filter) in create.filters.iter().enumerate() {
        let variable = filter.variable.value(text);
        if variable != "tag" {
            return Err(Stop::fails("42601", format!("unrecognized filter variable \"{variable}\""), filter.variable.span));
        }
        if event == "login" {
            return Err(Stop::fails("0A000", "tag filtering is not supported for login event triggers", filter.span));
        }
        if at > 0 {
            return Err(Stop::fails("42601", format!("filter variable \"{variable}\" specified more than once"), filter.span));
        }
        for tag in &filter.values {
            expect_tag(&event, &literal::value(text, *tag), *tag)?;
        }
        let tags: Vec<String> = filter.values.iter().map(|tag| literal::value(text, *tag).to_uppercase()).collect();
        definition.options.insert(Arc::from("tag"), Arc::from(tags.join(", ")));
    }
    let name = create.name.value(text);
    if run.find_in(Class::EventTrigger, Oid::NONE, &name).map_err(|stop| stop.or_at(create.name.span))?.is_some() {
        return Err(Stop::fails("42710", format!("event trigger \"{name}\" already exists"), create.name.span));
    }
    let called = function::called(run, text, &create.action, "event_trigger")?;
    definition.options.insert(Arc::from("function"), Arc::from(&*called.name));
    run.catalog.settle(Class::EventTrigger, &name);
    let object = Object::new(name.as_ref(), Body::Other(Class::EventTrigger, Arc::new(definition)), run.origin);
    let oid = run.catalog.add(object);
    for on in called.oid.into_iter().chain(called.extension) {
        run.catalog.link(oid, on, Dependency::Normal);
    }
    Ok(())
}

/// Expects that an event happens for commands of a tag (manual, "Event Trigger Firing Matrix"; `validate_ddl_tags`).
fn expect_tag(event: &str, tag: &str, span: Span) -> Result {
    const VERBS: [&str; 11] =
        ["ALTER", "COMMENT", "CREATE", "DROP", "GRANT", "IMPORT", "REFRESH", "REINDEX", "REVOKE", "SECURITY", "SELECT"];
    const SHARED: [&str; 4] = ["DATABASE", "TABLESPACE", "ROLE", "EVENT TRIGGER"];
    let upper = tag.to_uppercase();
    let (verb, object) = upper.split_once(' ').unwrap_or((&upper, ""));
    if !VERBS.contains(&verb) {
        let message = format!("filter value \"{tag}\" not recognized for filter variable \"tag\"");
        return Err(Stop::fails("42601", message, span));
    }
    let rewrites = matches!(&*upper, "ALTER TABLE" | "ALTER TYPE" | "ALTER MATERIALIZED VIEW");
    if (event == "table_rewrite" && !rewrites) || (matches!(verb, "ALTER" | "CREATE" | "DROP") && SHARED.contains(&object)) {
        return Err(Stop::fails("0A000", format!("event triggers are not supported for {upper}"), span));
    }
    Ok(())
}

pub(super) fn alter(run: &mut Run<'_>, text: &str, alter: &AlterEventTrigger) -> Result {
    let name = alter.name.value(text);
    let span = alter.name.span;
    let found = match run.find_in(Class::EventTrigger, Oid::NONE, &name).map_err(|stop| stop.or_at(span))? {
        Some(found) => found,
        None if run.may_assume_in(Class::EventTrigger, Oid::NONE, &name) => {
            run.assume(Class::EventTrigger, Oid::NONE, &name, "42704", span)
        }
        None => return Err(Stop::fails("42704", format!("event trigger \"{name}\" does not exist"), span)),
    };
    let firing = match alter.firing {
        Firing::Enable => None,
        Firing::EnableAlways => Some("always"),
        Firing::EnableReplica => Some("replica"),
        Firing::Disable => Some("disabled"),
    };
    run.catalog.update(found, |object| {
        if let Body::Other(_, definition) = &mut object.body {
            let options = &mut Arc::make_mut(definition).options;
            match firing {
                Some(firing) => drop(options.insert(Arc::from("firing"), Arc::from(firing))),
                None => drop(options.remove("firing")),
            }
        }
    });
    Ok(())
}
