//! The information schema.

use super::class::{Shown, built_in_of, kind, others};
use super::constraint::{Listing, listed};
use super::{Entry, Hints, Presence, attribute, relations, schema, schema_name};
use crate::catalog::Oid;
use crate::catalog::evaluate::{Value, number, text};
use crate::catalog::model::{Identity, RoutineKind, Type};
use crate::catalog::object::{Body, Class, Name};
use crate::catalog::rows::Elsewhere;
use crate::catalog::run::Run;
use crate::syntax::tree::{TriggerEventKind, TriggerLevel, TriggerTiming};

/// The rows of a view of the information schema; nothing of one that is not modelled.
pub(super) fn entries(run: &Run<'_>, name: &str, hints: &Hints) -> Option<Vec<Entry>> {
    Some(match name {
        "schemata" => schemata(run),
        "tables" => tables(run, hints),
        "views" => views(run, hints),
        "columns" => columns(run, hints),
        "sequences" => sequences(run, hints),
        "domains" => domains(run),
        "routines" => routines(run),
        "triggers" => triggers(run),
        "foreign_tables" => foreign_tables(run),
        "table_constraints" => listed(run, hints, Listing::Tables),
        "key_column_usage" => listed(run, hints, Listing::Keys),
        "constraint_column_usage" => listed(run, hints, Listing::Columns),
        "constraint_table_usage" => listed(run, hints, Listing::Used),
        "referential_constraints" => listed(run, hints, Listing::References),
        "check_constraints" => listed(run, hints, Listing::Checks),
        _ => return None,
    })
}

fn schemata(run: &Run<'_>) -> Vec<Entry> {
    let all = run.catalog.in_schema(Class::Schema, Oid::NONE).into_iter().filter(|schema| *schema != Oid::PG_TEMP);
    let rows = all.map(|oid| Entry::certain(vec![("catalog_name", Value::NotNull), ("schema_name", schema_name(run, oid))]));
    let toast = Entry::certain(vec![("catalog_name", Value::NotNull), ("schema_name", text("pg_toast"))]);
    rows.chain([toast]).chain(schema::others(run, "schema_name")).collect()
}

fn tables(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let rows = relations(run, hints.name("table_name"), None).into_iter().filter_map(|(_, object)| {
        let schema = object.schema?;
        let word = match kind(run, object) {
            Some("r" | "p") if schema == Oid::PG_TEMP => Some("LOCAL TEMPORARY"),
            Some("r" | "p") => Some("BASE TABLE"),
            Some("v") => Some("VIEW"),
            Some("f") => Some("FOREIGN"),
            Some(_) => return None,
            None => None,
        };
        let presence = if word.is_some() { Presence::Certain } else { Presence::Maybe };
        let columns = vec![
            ("table_catalog", Value::NotNull),
            ("table_schema", schema_name(run, schema)),
            ("table_name", text(Name::clone(&object.name))),
            ("table_type", word.map_or(Value::NotNull, text)),
        ];
        Some(Entry { columns, presence })
    });
    let built_in = |kind, word: &str| built_in_of(run, hints, kind, "table_schema", "table_name", &[("table_type", text(word))]);
    let built_in = built_in("r", "BASE TABLE").into_iter().chain(built_in("v", "VIEW"));
    rows.chain(built_in).chain(others(run, Class::Relation, "table_schema", "table_name", Shown::BuiltIn)).collect()
}

fn views(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let rows = relations(run, hints.name("table_name"), None).into_iter().filter_map(|(_, object)| {
        let presence = match kind(run, object) {
            Some("v") => Presence::Certain,
            Some(_) => return None,
            None => Presence::Maybe,
        };
        let columns = vec![
            ("table_catalog", Value::NotNull),
            ("table_schema", schema_name(run, object.schema?)),
            ("table_name", text(Name::clone(&object.name))),
            ("view_definition", Value::NotNull),
        ];
        Some(Entry { columns, presence })
    });
    let built_in = built_in_of(run, hints, "v", "table_schema", "table_name", &[("view_definition", Value::NotNull)]);
    rows.chain(built_in).chain(others(run, Class::Relation, "table_schema", "table_name", Shown::BuiltIn)).collect()
}

fn columns(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let mut entries = Vec::new();
    let wanted = hints.name("column_name");
    for (oid, object) in relations(run, hints.name("table_name"), None) {
        let (Some(relation), Some(schema)) = (object.relation(), object.schema) else { continue };
        // Materialized views and what has no rows are not listed.
        let presence = match kind(run, object) {
            Some("r" | "p" | "v" | "f") => Presence::Certain,
            Some(_) => continue,
            None => Presence::Certain,
        };
        let place = || {
            vec![
                ("table_catalog", Value::NotNull),
                ("table_schema", schema_name(run, schema)),
                ("table_name", text(Name::clone(&object.name))),
            ]
        };
        for column in relation.columns.iter().filter(|column| wanted.is_none_or(|wanted| *column.name == *wanted)) {
            let mut columns = place();
            let yes = |is: bool| text(if is { "YES" } else { "NO" });
            columns.extend([
                ("column_name", text(Name::clone(&column.name))),
                ("ordinal_position", number(column.number)),
                (
                    "column_default",
                    match column.default {
                        Some(_) if column.generated.is_none() => Value::NotNull,
                        _ => Value::Null,
                    },
                ),
                ("is_nullable", yes(!column.not_null)),
                ("is_identity", yes(column.identity.is_some())),
                (
                    "identity_generation",
                    column
                        .identity
                        .map_or(Value::Null, |(identity, _)| text(if identity == Identity::Always { "ALWAYS" } else { "BY DEFAULT" })),
                ),
                ("is_generated", text(if column.generated.is_some() { "ALWAYS" } else { "NEVER" })),
                ("generation_expression", if column.generated.is_some() { Value::NotNull } else { Value::Null }),
            ]);
            columns.extend(attribute::described(run, column.ty.as_ref()));
            entries.push(Entry { columns, presence });
        }
        if !relation.columns_known {
            let mut columns = place();
            columns.push(("column_name", Value::Elsewhere(Elsewhere::Column(oid))));
            entries.push(Entry::maybe(columns));
        }
    }
    for (schema, name, fact) in super::built_in(run, hints.name("table_name"), hints.name("table_schema")) {
        let columns = fact.columns(run.world.target).filter(|column| wanted.is_none_or(|wanted| column.name == wanted));
        entries.extend(columns.map(|column| {
            Entry::certain(vec![("table_schema", schema_name(run, schema)), ("table_name", text(name)), ("column_name", text(column.name))])
        }));
    }
    entries.extend(others(run, Class::Relation, "table_schema", "table_name", Shown::BuiltIn));
    entries
}

fn foreign_tables(run: &Run<'_>) -> Vec<Entry> {
    let rows = relations(run, None, None).into_iter().filter_map(|(_, object)| {
        let presence = match kind(run, object) {
            Some("f") => Presence::Certain,
            Some(_) => return None,
            None => Presence::Maybe,
        };
        let schema = schema_name(run, object.schema?);
        let columns = vec![("foreign_table_schema", schema), ("foreign_table_name", text(Name::clone(&object.name)))];
        Some(Entry { columns, presence })
    });
    rows.chain(others(run, Class::Relation, "foreign_table_schema", "foreign_table_name", Shown::BuiltIn)).collect()
}

fn sequences(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let rows = relations(run, hints.name("sequence_name"), None).into_iter().filter_map(|(_, object)| {
        let presence = match kind(run, object) {
            Some("S") => Presence::Certain,
            Some(_) => return None,
            None => Presence::Maybe,
        };
        let columns = vec![("sequence_schema", schema_name(run, object.schema?)), ("sequence_name", text(Name::clone(&object.name)))];
        Some(Entry { columns, presence })
    });
    rows.chain(others(run, Class::Relation, "sequence_schema", "sequence_name", Shown::BuiltIn)).collect()
}

fn domains(run: &Run<'_>) -> Vec<Entry> {
    let rows = run.catalog.objects().filter_map(|(_, object)| {
        let presence = match object.ty()? {
            Type::Domain(_) => Presence::Certain,
            Type::Unknown(_) => Presence::Maybe,
            _ => return None,
        };
        let columns = vec![("domain_schema", schema_name(run, object.schema?)), ("domain_name", text(Name::clone(&object.name)))];
        Some(Entry { columns, presence })
    });
    rows.chain(others(run, Class::Type, "domain_schema", "domain_name", Shown::Nothing)).collect()
}

fn routines(run: &Run<'_>) -> Vec<Entry> {
    let rows = run.catalog.objects().filter_map(|(_, object)| {
        let word = match object.routine()?.kind {
            RoutineKind::Function => text("FUNCTION"),
            RoutineKind::Procedure => text("PROCEDURE"),
            RoutineKind::Aggregate => Value::Null,
            RoutineKind::Unknown => Value::Unknown,
        };
        Some(Entry::certain(vec![
            ("specific_schema", schema_name(run, object.schema?)),
            ("routine_schema", schema_name(run, object.schema?)),
            ("routine_name", text(Name::clone(&object.name))),
            ("routine_type", word),
        ]))
    });
    rows.chain(others(run, Class::Routine, "routine_schema", "routine_name", Shown::Nothing)).collect()
}

fn triggers(run: &Run<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (_, object) in run.catalog.objects() {
        let Body::Trigger(trigger) = &object.body else { continue };
        let Some(table) = object.of.and_then(|of| run.catalog.get(of)) else { continue };
        for event in &trigger.events {
            let word = match event {
                TriggerEventKind::Insert => "INSERT",
                TriggerEventKind::Delete => "DELETE",
                TriggerEventKind::Update => "UPDATE",
                // That of TRUNCATE is not in the standard.
                TriggerEventKind::Truncate => continue,
            };
            let schema = table.schema.map_or(Value::NotNull, |schema| schema_name(run, schema));
            entries.push(Entry::certain(vec![
                ("trigger_schema", schema.clone()),
                ("trigger_name", text(Name::clone(&object.name))),
                ("event_manipulation", text(word)),
                ("event_object_schema", schema),
                ("event_object_table", text(Name::clone(&table.name))),
                ("action_orientation", text(if trigger.level == TriggerLevel::Row { "ROW" } else { "STATEMENT" })),
                (
                    "action_timing",
                    text(match trigger.timing {
                        TriggerTiming::Before => "BEFORE",
                        TriggerTiming::After => "AFTER",
                        TriggerTiming::InsteadOf => "INSTEAD OF",
                    }),
                ),
            ]));
        }
    }
    for (_, object) in relations(run, None, None).into_iter().filter(|(_, object)| super::is_assumed(object)) {
        entries.push(Entry::maybe(vec![("event_object_table", text(Name::clone(&object.name)))]));
    }
    if super::has_open_schemas(run) {
        entries.push(Entry::maybe(vec![("event_object_table", super::other_name(Class::Relation, Oid::NONE))]));
    }
    for name in run.catalog.doubts(Class::Trigger) {
        entries.push(Entry::maybe(vec![("trigger_name", text(Name::clone(name)))]));
    }
    entries
}
