//! What runs: routines, triggers, policies, rules.

use super::{Entry, Hints, OTHER, has_open_schemas, is_assumed, open_schemas, other_name, parts, schema_name, schema_of};
use crate::catalog::Oid;
use crate::catalog::evaluate::{NO_OBJECT, Value, number, objects, text};
use crate::catalog::model::{Routine, RoutineBody, RoutineKind};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::rows::Reference;
use crate::catalog::run::Run;
use crate::postgres::facts;
use crate::syntax::tree::{Firing, PolicyCommand, Volatility};

/// Rows for what tables may have besides which are only assumed.
fn others(run: &Run<'_>, of: Option<Oid>, entries: &mut Vec<Entry>, row: impl Fn(Option<(Oid, &Object)>) -> Vec<(&'static str, Value)>) {
    for (oid, object) in super::untold(run, of).into_iter().filter(|(_, object)| is_assumed(object)) {
        entries.push(Entry::maybe(row(Some((oid, object)))));
    }
    if of.is_none() && has_open_schemas(run) {
        entries.push(Entry::maybe(row(None)));
    }
}

/// `pg_trigger`
pub(super) fn triggers(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let of = hints.object("tgrelid");
    let mut entries = Vec::new();
    for (oid, object) in parts(run, Class::Trigger, of, hints.name("tgname")) {
        let Body::Trigger(trigger) = &object.body else {
            entries.push(Entry::certain(vec![
                ("tgrelid", object.of.map_or(OTHER, objects::oid)),
                ("tgname", text(Name::clone(&object.name))),
                ("tgisinternal", Value::Boolean(false)),
            ]));
            continue;
        };
        let enabled = match trigger.firing {
            Firing::Enable => "O",
            Firing::Disable => "D",
            Firing::EnableReplica => "R",
            Firing::EnableAlways => "A",
        };
        entries.push(Entry::certain(vec![
            ("oid", objects::oid(oid)),
            ("tgrelid", object.of.map_or(OTHER, objects::oid)),
            ("tgparentid", trigger.parent.map_or(NO_OBJECT, objects::oid)),
            ("tgname", text(Name::clone(&object.name))),
            ("tgfoid", trigger.function.map_or(OTHER, objects::oid)),
            ("tgenabled", text(enabled)),
            ("tgisinternal", Value::Boolean(false)),
            ("tgdeferrable", Value::Boolean(trigger.deferrable)),
            ("tginitdeferred", Value::Boolean(trigger.deferred)),
            ("tgnargs", number(trigger.arguments.len() as i128)),
        ]));
    }
    // Those behind foreign keys.
    let has_keys = |of: Oid| {
        run.catalog.constraints(of).any(|(_, constraint)| matches!(constraint.kind, crate::catalog::model::ConstraintKind::ForeignKey(_)))
    };
    if of.is_none_or(has_keys) && hints.name("tgname").is_none_or(|name| name.starts_with("RI_")) {
        entries.push(Entry::maybe(vec![("tgname", Value::NotNull), ("tgisinternal", Value::Boolean(true))]));
    }
    others(run, of, &mut entries, |table| vec![("tgrelid", table.map_or(OTHER, |(oid, _)| objects::oid(oid)))]);
    for name in run.catalog.doubts(Class::Trigger) {
        entries.push(Entry::maybe(vec![("tgname", text(Name::clone(name)))]));
    }
    entries
}

const fn command(command: PolicyCommand) -> (&'static str, &'static str) {
    match command {
        PolicyCommand::All => ("*", "ALL"),
        PolicyCommand::Select => ("r", "SELECT"),
        PolicyCommand::Insert => ("a", "INSERT"),
        PolicyCommand::Update => ("w", "UPDATE"),
        PolicyCommand::Delete => ("d", "DELETE"),
    }
}

/// `pg_policy`
pub(super) fn policies(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let of = hints.object("polrelid");
    let mut entries = Vec::new();
    for (oid, object) in parts(run, Class::Policy, of, hints.name("polname")) {
        let mut columns = vec![
            ("oid", objects::oid(oid)),
            ("polname", text(Name::clone(&object.name))),
            ("polrelid", object.of.map_or(OTHER, objects::oid)),
        ];
        if let Body::Policy(policy) = &object.body {
            columns.push(("polcmd", text(command(policy.command).0)));
            columns.push(("polpermissive", Value::Boolean(policy.permissive)));
        }
        entries.push(Entry::certain(columns));
    }
    others(run, of, &mut entries, |table| vec![("polrelid", table.map_or(OTHER, |(oid, _)| objects::oid(oid)))]);
    for name in run.catalog.doubts(Class::Policy) {
        entries.push(Entry::maybe(vec![("polname", text(Name::clone(name)))]));
    }
    entries
}

/// `pg_policies`
pub(super) fn listed_policies(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (_, object) in parts(run, Class::Policy, None, hints.name("policyname")) {
        let Some(table) = object.of.and_then(|of| run.catalog.get(of)) else { continue };
        let mut columns = vec![
            ("schemaname", table.schema.map_or(Value::Unknown, |schema| schema_name(run, schema))),
            ("tablename", text(Name::clone(&table.name))),
            ("policyname", text(Name::clone(&object.name))),
        ];
        if let Body::Policy(policy) = &object.body {
            columns.push(("cmd", text(command(policy.command).1)));
            columns.push(("permissive", text(if policy.permissive { "PERMISSIVE" } else { "RESTRICTIVE" })));
            columns.push(("roles", Value::Array(policy.roles.iter().map(|role| text(Name::clone(role))).collect())));
            columns.push(("qual", if policy.using.is_some() { Value::NotNull } else { Value::Null }));
            columns.push(("with_check", if policy.check.is_some() { Value::NotNull } else { Value::Null }));
        }
        entries.push(Entry::certain(columns));
    }
    others(run, None, &mut entries, |table| match table {
        Some((_, table)) => vec![
            ("schemaname", table.schema.map_or(Value::Unknown, |schema| schema_name(run, schema))),
            ("tablename", text(Name::clone(&table.name))),
        ],
        None => vec![("tablename", other_name(Class::Relation, Oid::NONE))],
    });
    for name in run.catalog.doubts(Class::Policy) {
        entries.push(Entry::maybe(vec![("policyname", text(Name::clone(name)))]));
    }
    entries
}

/// `pg_rules`, without those of views.
pub(super) fn rules(run: &Run<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (_, object) in parts(run, Class::Rule, None, None) {
        let Some(table) = object.of.and_then(|of| run.catalog.get(of)) else { continue };
        entries.push(Entry::certain(vec![
            ("schemaname", table.schema.map_or(Value::Unknown, |schema| schema_name(run, schema))),
            ("tablename", text(Name::clone(&table.name))),
            ("rulename", text(Name::clone(&object.name))),
        ]));
    }
    entries.push(Entry::maybe(vec![("schemaname", text("pg_catalog"))]));
    if has_open_schemas(run) {
        entries.push(Entry::maybe(Vec::new()));
    }
    entries
}

/// `prokind`
const fn kind(routine: &Routine) -> Option<&'static str> {
    Some(match routine.kind {
        _ if routine.window => "w",
        RoutineKind::Function => "f",
        RoutineKind::Procedure => "p",
        RoutineKind::Aggregate => "a",
        RoutineKind::Unknown => return None,
    })
}

/// `pg_proc`
pub(super) fn routines(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let wanted = hints.name("proname");
    let found: Vec<(Oid, &Object)> = match wanted {
        Some(name) => {
            let schemas = run.catalog.in_schema(Class::Schema, Oid::NONE);
            let found = schemas.into_iter().flat_map(|schema| run.catalog.named(Class::Routine, schema, name).iter().copied());
            found.filter_map(|oid| Some((oid, run.catalog.get(oid)?))).collect()
        }
        None => run.catalog.objects().filter(|(_, object)| object.routine().is_some()).collect(),
    };
    let mut entries = Vec::new();
    for (oid, object) in found {
        let Some(routine) = object.routine() else { continue };
        let types: Option<Vec<Value>> =
            routine.inputs().map(|ty| objects::type_number(run, &ty?.bare()).map(|number| Value::Object(Reference::Oid, number))).collect();
        let sure = !is_assumed(object);
        let returns = routine.returns.as_ref().and_then(|ty| objects::type_number(run, ty));
        let flag = |is: bool| if sure { Value::Boolean(is) } else { Value::Unknown };
        entries.push(Entry::certain(vec![
            ("oid", objects::oid(oid)),
            ("proname", text(Name::clone(&object.name))),
            ("pronamespace", schema_of(object)),
            ("prokind", kind(routine).map_or(Value::Unknown, text)),
            ("prosecdef", flag(routine.security_definer)),
            ("proleakproof", flag(routine.leakproof)),
            ("proisstrict", flag(routine.strict)),
            ("proretset", flag(routine.returns_set)),
            (
                "provolatile",
                text(match routine.volatility {
                    Volatility::Immutable => "i",
                    Volatility::Stable => "s",
                    Volatility::Volatile => "v",
                }),
            ),
            ("pronargs", if sure { number(routine.inputs().count() as i128) } else { Value::Unknown }),
            ("prorettype", returns.filter(|_| sure).map_or(Value::NotNull, |number| Value::Object(Reference::Oid, number))),
            ("proargtypes", types.filter(|_| sure).map_or(Value::NotNull, Value::Array)),
            (
                "prosrc",
                match &routine.body {
                    RoutineBody::Text(body) if sure => text(body.clone()),
                    _ => Value::NotNull,
                },
            ),
        ]));
    }
    for fact in wanted.into_iter().flat_map(|name| facts::system().functions(name, run.world.target)) {
        entries.push(Entry::certain(vec![
            ("oid", objects::built_in_function(fact).map_or(OTHER, |number| Value::Object(Reference::Oid, number))),
            ("proname", text(fact.name)),
            ("pronamespace", objects::oid(Oid::PG_CATALOG)),
        ]));
    }
    if wanted.is_none() {
        entries.push(Entry::maybe(vec![
            ("oid", OTHER),
            ("proname", other_name(Class::Routine, Oid::PG_CATALOG)),
            ("pronamespace", objects::oid(Oid::PG_CATALOG)),
        ]));
    }
    entries.push(Entry::maybe(vec![
        ("oid", OTHER),
        ("proname", other_name(Class::Routine, Oid::INFORMATION_SCHEMA)),
        ("pronamespace", objects::oid(Oid::INFORMATION_SCHEMA)),
    ]));
    for schema in open_schemas(run, Class::Routine) {
        entries.push(Entry::maybe(vec![
            ("oid", OTHER),
            ("proname", other_name(Class::Routine, schema)),
            ("pronamespace", objects::oid(schema)),
        ]));
    }
    if has_open_schemas(run) {
        entries.push(Entry::maybe(vec![("oid", OTHER), ("proname", other_name(Class::Routine, Oid::NONE)), ("pronamespace", OTHER)]));
    }
    for name in run.catalog.doubts(Class::Routine) {
        entries.push(Entry::maybe(vec![("oid", OTHER), ("proname", text(Name::clone(name)))]));
    }
    entries
}
