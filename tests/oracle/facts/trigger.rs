//! Triggers, event triggers, rules.

use migration_lint::syntax::tree::{
    AlterEventTrigger, CreateEventTrigger, CreateRule, CreateTrigger, Firing, RuleEvent, RuleMode, Transition, TransitionScope,
    TransitionState, TriggerEventKind, TriggerLevel, TriggerTiming,
};

use super::words::list;
use super::{Facts, Kind};

pub fn create(f: &mut Facts, node: &CreateTrigger) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.ident(node.name)));
    f.say(format!("table {}", words.name(node.table)));
    f.written("replace", &node.replace);
    f.written("constraint", &node.constraint);
    f.say(match node.timing.value {
        TriggerTiming::Before => "timing before",
        TriggerTiming::After => "timing after",
        TriggerTiming::InsteadOf => "timing instead-of",
    });
    events(f, node);
    if node.level.is_some_and(|level| level.value == TriggerLevel::Row) {
        f.say("row");
    }
    f.written("when", &node.when);
    f.say(format!("function {}", words.name(node.action.function)));
    if !node.action.arguments.is_empty() {
        f.say(format!("arguments {}", node.action.arguments.len()));
    }
    f.maybe("from", node.from.map(|from| words.name(from.value)));
    if node.attributes.is_deferrable() {
        f.say("deferrable");
    }
    if node.attributes.is_initially_deferred() {
        f.say("initially-deferred");
    }
    for transition in &node.transitions {
        referencing(f, transition);
    }
    "CreateTrigStmt"
}

fn events(f: &mut Facts, node: &CreateTrigger) {
    let mut kinds: Vec<TriggerEventKind> = node.events.iter().map(|event| event.kind).collect();
    kinds.sort();
    let events = kinds.into_iter().map(|kind| match kind {
        TriggerEventKind::Insert => "insert",
        TriggerEventKind::Delete => "delete",
        TriggerEventKind::Update => "update",
        TriggerEventKind::Truncate => "truncate",
    });
    f.say(format!("events {}", list(events)));
    let columns: Vec<_> = node.events.iter().flat_map(|event| &event.columns).collect();
    if !columns.is_empty() {
        f.say(format!("update-of {}", f.words.idents(columns)));
    }
}

fn referencing(f: &mut Facts, transition: &Transition) {
    let state = match transition.state {
        TransitionState::Old => "old",
        TransitionState::New => "new",
    };
    let scope = match transition.scope {
        TransitionScope::Table => "table",
        TransitionScope::Row => "row",
    };
    f.say(format!("referencing {state} {scope} {}", f.words.ident(transition.name)));
}

pub fn create_event(f: &mut Facts, node: &CreateEventTrigger) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.ident(node.name)));
    f.say(format!("event {}", words.ident(node.event)));
    f.say(format!("function {}", words.name(node.action.function)));
    for filter in &node.filters {
        let values = list(filter.values.iter().map(|&value| words.string(value)));
        f.say(format!("when {} {values}", words.ident(filter.variable)));
    }
    "CreateEventTrigStmt"
}

pub fn alter_event(f: &mut Facts, node: &AlterEventTrigger) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    f.say(match node.firing {
        Firing::Enable => "enable",
        Firing::EnableAlways => "enable-always",
        Firing::EnableReplica => "enable-replica",
        Firing::Disable => "disable",
    });
    "AlterEventTrigStmt"
}

pub fn create_rule(f: &mut Facts, node: &CreateRule) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.ident(node.name)));
    f.say(format!("table {}", words.name(node.table)));
    f.written("replace", &node.replace);
    f.say(match node.event.value {
        RuleEvent::Select => "event select",
        RuleEvent::Insert => "event insert",
        RuleEvent::Update => "event update",
        RuleEvent::Delete => "event delete",
    });
    if node.mode.is_some_and(|mode| mode.value == RuleMode::Instead) {
        f.say("instead");
    }
    f.written("where", &node.condition);
    for (number, action) in node.actions.iter().enumerate() {
        let (kind, _) = super::of(words.text, &action.node);
        f.say(format!("action {} {kind}", number + 1));
    }
    "RuleStmt"
}
