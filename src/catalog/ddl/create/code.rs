//! Routines, triggers, policies and rules.

use super::Repeat;
use crate::catalog::ddl::{name, stored};
use crate::catalog::expression::Form;
use crate::catalog::model::{Definition, Policy, Routine, RoutineArgument, RoutineBody, RoutineKind, Rule, Trigger};
use crate::catalog::object::Object;
use crate::catalog::store::Catalog;
use crate::syntax::expression::{identifier, string};
use crate::syntax::tree::{ArgumentMode, Firing, PolicyCommand, TriggerEventKind, TriggerLevel, TriggerTiming, Volatility};

/// The variables whose values are lists of names, which stand without quotes around the whole.
const LISTS: [&str; 5] =
    ["search_path", "temp_tablespaces", "session_preload_libraries", "local_preload_libraries", "shared_preload_libraries"];

pub(super) fn routine(catalog: &Catalog, own: &str, routine: &Routine, repeat: Repeat) -> Vec<String> {
    let arguments: Vec<String> = routine
        .arguments
        .iter()
        .filter(|argument| argument.mode != ArgumentMode::Table)
        .map(|written| argument(catalog, written))
        .collect();
    if let RoutineBody::Aggregate(definition) = &routine.body {
        return vec![aggregate(own, &arguments, routine, definition, repeat)];
    }
    let noun = if routine.kind == RoutineKind::Procedure { "PROCEDURE" } else { "FUNCTION" };
    let mut text = format!("CREATE {}{noun} {own}({})", repeat.or_replace(), arguments.join(", "));
    if routine.kind != RoutineKind::Procedure {
        let table: Vec<String> = routine
            .arguments
            .iter()
            .filter(|argument| argument.mode == ArgumentMode::Table)
            .map(|column| argument(catalog, column))
            .collect();
        let set = if routine.returns_set { "SETOF " } else { "" };
        text += &match table.is_empty() {
            false => format!("\nRETURNS TABLE({})", table.join(", ")),
            true => format!("\nRETURNS {set}{}", name::ty(catalog, routine.returns.as_ref())),
        };
    }
    text += &format!("\nLANGUAGE {}{}", identifier(&routine.language), attributes(catalog, routine));
    match &routine.body {
        RoutineBody::Text(body) => text += &format!("\nAS {}", dollar_quoted(body)),
        RoutineBody::Object(file, symbol) => text += &format!("\nAS {}, {}", string(file), string(symbol)),
        RoutineBody::Sql(body) if body.form == Form::Statement => {
            let body = stored::text(catalog, body);
            let end = if body.is_empty() || body.ends_with(';') { "" } else { ";" };
            text += &format!("\nBEGIN ATOMIC\n{body}{end}\nEND");
        }
        RoutineBody::Sql(body) => text += &format!("\nRETURN {}", stored::text(catalog, body)),
        RoutineBody::Aggregate(_) | RoutineBody::Unknown => return Vec::new(),
    }
    vec![text]
}

fn argument(catalog: &Catalog, argument: &RoutineArgument) -> String {
    let mode = match argument.mode {
        ArgumentMode::In | ArgumentMode::Table => "",
        ArgumentMode::Out => "OUT ",
        ArgumentMode::InOut => "INOUT ",
        ArgumentMode::Variadic => "VARIADIC ",
    };
    let named = if argument.name.is_empty() { String::new() } else { format!("{} ", identifier(&argument.name)) };
    let default = argument.default.as_ref().map(|default| format!(" DEFAULT {}", stored::text(catalog, default))).unwrap_or_default();
    format!("{mode}{named}{}{default}", name::ty(catalog, argument.ty.as_ref()))
}

fn attributes(catalog: &Catalog, routine: &Routine) -> String {
    let mut text = String::new();
    if !routine.transforms.is_empty() {
        let types: Vec<String> = routine.transforms.iter().map(|ty| format!("FOR TYPE {}", name::ty(catalog, Some(ty)))).collect();
        text += &format!("\nTRANSFORM {}", types.join(", "));
    }
    if routine.window {
        text += " WINDOW";
    }
    if routine.kind != RoutineKind::Procedure {
        match routine.volatility {
            Volatility::Immutable => text += " IMMUTABLE",
            Volatility::Stable => text += " STABLE",
            Volatility::Volatile => {}
        }
        if routine.strict {
            text += " STRICT";
        }
        if routine.leakproof {
            text += " LEAKPROOF";
        }
        match routine.parallel {
            's' => text += " PARALLEL SAFE",
            'r' => text += " PARALLEL RESTRICTED",
            _ => {}
        }
    }
    if routine.security_definer {
        text += " SECURITY DEFINER";
    }
    if let Some(cost) = &routine.cost {
        text += &format!(" COST {cost}");
    }
    if let Some(rows) = &routine.rows {
        text += &format!(" ROWS {rows}");
    }
    if let Some(support) = &routine.support {
        text += &format!(" SUPPORT {support}");
    }
    for (variable, value) in &routine.settings {
        let value = if LISTS.contains(&&**variable) { list(value) } else { string(value) };
        text += &format!("\nSET {} TO {value}", super::parameter(variable));
    }
    text
}

/// A list of names, each in quotes where it needs them; none at all is said by an empty one.
fn list(value: &str) -> String {
    if value.trim().is_empty() || value.trim() == "\"\"" { "''".to_owned() } else { value.to_owned() }
}

/// A body in quotes that it does not hold itself.
fn dollar_quoted(body: &str) -> String {
    let tag = ["$$", "$function$", "$_$", "$body$"].into_iter().find(|tag| !body.contains(tag) && !body.ends_with('$'));
    match tag {
        Some(tag) => format!("{tag}{body}{tag}"),
        None => string(body),
    }
}

fn aggregate(own: &str, arguments: &[String], routine: &Routine, definition: &Definition, repeat: Repeat) -> String {
    let quoted = ["initcond", "minitcond"];
    let mut said = Vec::new();
    for first in ["sfunc", "stype"] {
        said.extend(definition.options.get(first).map(|value| format!("{} = {value}", first.to_uppercase())));
    }
    for (key, value) in definition.options.iter().filter(|(key, _)| !["sfunc", "stype"].contains(&&***key)) {
        let upper = key.to_uppercase();
        said.push(match &**value {
            value if quoted.contains(&&**key) => format!("{upper} = {}", string(value)),
            "true" => upper,
            value => format!("{upper} = {value}"),
        });
    }
    match routine.parallel {
        's' => said.push("PARALLEL = SAFE".to_owned()),
        'r' => said.push("PARALLEL = RESTRICTED".to_owned()),
        _ => {}
    }
    let arguments = if arguments.is_empty() { "*".to_owned() } else { arguments.join(", ") };
    format!("CREATE {}AGGREGATE {own}({arguments}) (\n    {}\n)", repeat.or_replace(), said.join(",\n    "))
}

pub(super) fn trigger(catalog: &Catalog, object: &Object, trigger: &Trigger) -> Vec<String> {
    let Some(table) = object.of else { return Vec::new() };
    let on = name::qualified(catalog, table);
    if trigger.parent.is_some() {
        // It came with the partitioned table's, and only fires at other times.
        return vec![fires("TABLE", &on, "TRIGGER", &object.name, trigger.firing)];
    }
    let timing = match trigger.timing {
        TriggerTiming::Before => "BEFORE",
        TriggerTiming::After => "AFTER",
        TriggerTiming::InsteadOf => "INSTEAD OF",
    };
    let event = |event: &TriggerEventKind| match event {
        TriggerEventKind::Insert => "INSERT".to_owned(),
        TriggerEventKind::Delete => "DELETE".to_owned(),
        TriggerEventKind::Truncate => "TRUNCATE".to_owned(),
        TriggerEventKind::Update if trigger.columns.is_empty() => "UPDATE".to_owned(),
        TriggerEventKind::Update => format!("UPDATE OF {}", name::columns(catalog, table, &trigger.columns)),
    };
    let events: Vec<String> = trigger.events.iter().map(event).collect();
    let constraint = if trigger.constraint.is_some() { "CONSTRAINT " } else { "" };
    let mut text = format!("CREATE {constraint}TRIGGER {}\n    {timing} {} ON {on}", identifier(&object.name), events.join(" OR "));
    if let Some(from) = trigger.from {
        text += &format!("\n    FROM {}", name::qualified(catalog, from));
    }
    if trigger.deferrable {
        text += "\n    DEFERRABLE";
    }
    if trigger.deferred {
        text += " INITIALLY DEFERRED";
    }
    if trigger.old_table.is_some() || trigger.new_table.is_some() {
        text += "\n    REFERENCING";
        for (word, table) in [("OLD", &trigger.old_table), ("NEW", &trigger.new_table)] {
            if let Some(table) = table {
                text += &format!(" {word} TABLE AS {}", identifier(table));
            }
        }
    }
    text += if trigger.level == TriggerLevel::Row { "\n    FOR EACH ROW" } else { "\n    FOR EACH STATEMENT" };
    if let Some(when) = &trigger.when {
        text += &format!("\n    WHEN {}", stored::parenthesised(&stored::text(catalog, when)));
    }
    let function = match trigger.function {
        Some(function) => name::qualified(catalog, function),
        None => trigger.function_name.to_string(),
    };
    let arguments: Vec<String> = trigger.arguments.iter().map(|argument| string(argument)).collect();
    text += &format!("\n    EXECUTE FUNCTION {function}({})", arguments.join(", "));
    let mut statements = vec![text];
    if trigger.firing != Firing::Enable {
        statements.push(fires("TABLE", &on, "TRIGGER", &object.name, trigger.firing));
    }
    statements
}

/// `ALTER TABLE t ENABLE ALWAYS TRIGGER x`
pub(in crate::catalog::ddl) fn fires(noun: &str, on: &str, what: &str, name: &str, firing: Firing) -> String {
    let when = match firing {
        Firing::Enable => "ENABLE",
        Firing::EnableAlways => "ENABLE ALWAYS",
        Firing::EnableReplica => "ENABLE REPLICA",
        Firing::Disable => "DISABLE",
    };
    format!("ALTER {noun} {on} {when} {what} {}", identifier(name))
}

pub(super) fn policy(catalog: &Catalog, object: &Object, policy: &Policy) -> Vec<String> {
    let Some(table) = object.of else { return Vec::new() };
    let mut text = format!("CREATE POLICY {} ON {}", identifier(&object.name), name::qualified(catalog, table));
    if !policy.permissive {
        text += " AS RESTRICTIVE";
    }
    match policy.command {
        PolicyCommand::All => {}
        PolicyCommand::Select => text += " FOR SELECT",
        PolicyCommand::Insert => text += " FOR INSERT",
        PolicyCommand::Update => text += " FOR UPDATE",
        PolicyCommand::Delete => text += " FOR DELETE",
    }
    let roles: Vec<String> = policy.roles.iter().map(|role| name::grantee(role)).collect();
    if !roles.is_empty() && roles != ["PUBLIC"] {
        text += &format!(" TO {}", roles.join(", "));
    }
    for (word, expression) in [("USING", &policy.using), ("WITH CHECK", &policy.check)] {
        if let Some(expression) = expression {
            text += &format!(" {word} {}", stored::parenthesised(&stored::text(catalog, expression)));
        }
    }
    vec![text]
}

pub(super) fn rule(catalog: &Catalog, object: &Object, rule: &Rule, repeat: Repeat) -> Vec<String> {
    let Some(table) = object.of else { return Vec::new() };
    let on = name::qualified(catalog, table);
    let mut text = format!("CREATE {}RULE {} AS\n    ON {} TO {on}", repeat.or_replace(), identifier(&object.name), rule.event);
    if let Some(condition) = &rule.condition {
        text += &format!("\n    WHERE {}", stored::parenthesised(&stored::text(catalog, condition)));
    }
    let instead = if rule.instead { "INSTEAD " } else { "" };
    let actions: Vec<String> = rule.actions.iter().map(|action| stored::text(catalog, action)).collect();
    text += &match &actions[..] {
        [] => format!("\n    DO {instead}NOTHING"),
        [only] => format!("\n    DO {instead}{only}"),
        several => format!("\n    DO {instead}({})", several.join("; ")),
    };
    let mut statements = vec![text];
    if rule.firing != Firing::Enable {
        statements.push(fires("TABLE", &on, "RULE", &object.name, rule.firing));
    }
    statements
}
