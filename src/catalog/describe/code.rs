//! Routines, triggers, policies and rules.

use crate::catalog::model::{Policy, Routine, RoutineArgument, RoutineBody, RoutineKind, Rule, Trigger};
use crate::catalog::object::{Body, Object};
use crate::catalog::store::Catalog;
use crate::catalog::types::format_type;
use crate::syntax::tree::{ArgumentMode, Firing, PolicyCommand, TriggerEventKind, TriggerLevel, TriggerTiming, Volatility};

use super::{Description, Fact, name, qualified};

/// A partition's copy of a trigger follows from the partitioned table's, unless it fires at other times.
pub(super) fn is_described(catalog: &Catalog, trigger: &Trigger) -> bool {
    match trigger.parent.and_then(|oid| catalog.get(oid)).map(|object| &object.body) {
        Some(Body::Trigger(parent)) => parent.firing != trigger.firing,
        _ => true,
    }
}

pub(super) fn routine(description: &mut Description, catalog: &Catalog, routine: &Routine) {
    description.list("arguments", routine.arguments.iter().map(|written| argument(catalog, written)));
    for (number, written) in (1..).zip(&routine.arguments) {
        if let Some(default) = &written.default {
            description.expression(format!("default of argument {number}"), default);
        }
    }
    match &routine.returns {
        Some(ty) => {
            let set = if routine.returns_set { "SETOF " } else { "" };
            description.text("returns", format!("{set}{}", format_type(catalog, ty)));
        }
        None if routine.kind == RoutineKind::Procedure => {}
        None => description.put("returns", Fact::Unknown),
    }
    match &routine.body {
        RoutineBody::Text(text) => description.text("body", &**text),
        RoutineBody::Object(file, symbol) => description.list("object", [&**file, &**symbol]),
        RoutineBody::Sql(stored) => description.query("sql body", stored),
        RoutineBody::Aggregate(definition) => description.definition(definition),
        RoutineBody::Unknown => description.put("body", Fact::Unknown),
    }
    if routine.kind != RoutineKind::Aggregate {
        description.text("language", name(&routine.language));
        let volatility = match routine.volatility {
            Volatility::Immutable => Some("immutable"),
            Volatility::Stable => Some("stable"),
            Volatility::Volatile => None,
        };
        description.optional("volatility", volatility);
        description.flag("strict", routine.strict);
        description.flag("window", routine.window);
    }
    description.flag("security definer", routine.security_definer);
    description.flag("leakproof", routine.leakproof);
    let parallel = match routine.parallel {
        'r' => Some("restricted"),
        's' => Some("safe"),
        _ => None,
    };
    description.optional("parallel", parallel);
    description.optional("cost", routine.cost.as_deref());
    description.optional("rows", routine.rows.as_deref());
    description.optional("support", routine.support.as_deref());
    description.list("transforms", routine.transforms.iter().map(|ty| format_type(catalog, ty)));
    description.options("setting", &routine.settings);
}

/// `OUT a integer`
fn argument(catalog: &Catalog, argument: &RoutineArgument) -> String {
    let mode = match argument.mode {
        ArgumentMode::In => "",
        ArgumentMode::Out => "OUT ",
        ArgumentMode::InOut => "INOUT ",
        ArgumentMode::Variadic => "VARIADIC ",
        ArgumentMode::Table => "TABLE ",
    };
    let ty = argument.ty.as_ref().map_or("?".to_owned(), |ty| format_type(catalog, &ty.bare()));
    if argument.name.is_empty() { format!("{mode}{ty}") } else { format!("{mode}{} {ty}", name(&argument.name)) }
}

pub(super) fn trigger(description: &mut Description, catalog: &Catalog, object: &Object, trigger: &Trigger) {
    description.text(
        "timing",
        match trigger.timing {
            TriggerTiming::Before => "before",
            TriggerTiming::After => "after",
            TriggerTiming::InsteadOf => "instead of",
        },
    );
    let event = |kind: &TriggerEventKind| match kind {
        TriggerEventKind::Insert => "insert",
        TriggerEventKind::Delete => "delete",
        TriggerEventKind::Update => "update",
        TriggerEventKind::Truncate => "truncate",
    };
    let mut events: Vec<&str> = trigger.events.iter().map(event).collect();
    events.sort_unstable();
    description.list("events", events);
    let table = object.of.and_then(|oid| catalog.relation(oid));
    let column = |number: &i16| table?.column_at(*number).map(|column| name(&column.name));
    description.list("columns", trigger.columns.iter().filter_map(column));
    description.text("level", if trigger.level == TriggerLevel::Row { "row" } else { "statement" });
    if let Some(when) = &trigger.when {
        description.expression("when", when);
    }
    match trigger.function {
        Some(function) => description.text("function", qualified(catalog, function)),
        None => description.text("function", &*trigger.function_name),
    }
    description.list("arguments", trigger.arguments.iter().map(|argument| &**argument));
    description.optional("old table", trigger.old_table.as_deref().map(name));
    description.optional("new table", trigger.new_table.as_deref().map(name));
    description.flag("constraint", trigger.constraint.is_some());
    description.optional("from", trigger.from.map(|table| qualified(catalog, table)));
    description.flag("deferrable", trigger.deferrable);
    description.flag("initially deferred", trigger.deferred);
    description.optional("firing", firing(trigger.firing));
}

const fn firing(firing: Firing) -> Option<&'static str> {
    match firing {
        Firing::Enable => None,
        Firing::EnableAlways => Some("always"),
        Firing::EnableReplica => Some("replica"),
        Firing::Disable => Some("disabled"),
    }
}

pub(super) fn policy(description: &mut Description, policy: &Policy) {
    description.text("kind", if policy.permissive { "permissive" } else { "restrictive" });
    description.text(
        "command",
        match policy.command {
            PolicyCommand::All => "all",
            PolicyCommand::Select => "select",
            PolicyCommand::Insert => "insert",
            PolicyCommand::Update => "update",
            PolicyCommand::Delete => "delete",
        },
    );
    let mut roles: Vec<&str> = policy.roles.iter().map(|role| &**role).collect();
    roles.sort_unstable();
    description.list("roles", roles);
    if let Some(using) = &policy.using {
        description.expression("using", using);
    }
    if let Some(check) = &policy.check {
        description.expression("check", check);
    }
}

pub(super) fn rule(description: &mut Description, rule: &Rule) {
    description.text("event", rule.event.to_lowercase());
    description.flag("instead", rule.instead);
    if let Some(condition) = &rule.condition {
        description.expression("condition", condition);
    }
    for (number, action) in (1..).zip(&rule.actions) {
        description.query(format!("action {number}"), action);
    }
    description.optional("firing", firing(rule.firing));
}
