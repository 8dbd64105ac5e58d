//! Indexes: `pg_index`, `pg_indexes`.

use super::{Entry, Hints, OTHER, has_open_schemas, relations, schema_name};
use crate::catalog::Oid;
use crate::catalog::evaluate::{Value, number, objects, text};
use crate::catalog::model::{Index, KeySubject, RelationKind};
use crate::catalog::object::{Class, Name, Object};
use crate::catalog::run::Run;

fn own<'r>(run: &'r Run<'_>, name: Option<&str>, oid: Option<Oid>, table: Option<Oid>) -> Vec<(Oid, &'r Object, &'r Index)> {
    let found = match table {
        Some(table) => run.catalog.parts(table, Class::Relation).collect(),
        None => relations(run, name, oid),
    };
    found.into_iter().filter_map(|(oid, object)| Some((oid, object, object.relation()?.index()?))).collect()
}

/// `pg_index`
pub(super) fn indexes(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let table = hints.object("indrelid");
    let mut entries: Vec<Entry> = own(run, None, hints.object("indexrelid"), table)
        .into_iter()
        .map(|(oid, _, index)| {
            let keys = index.keys.iter().map(|key| match key.subject {
                KeySubject::Column(column) => number(column),
                KeySubject::Expression(_) => number(0),
            });
            let all = keys.chain(index.include.iter().map(|column| number(*column)));
            Entry::certain(vec![
                ("indexrelid", objects::oid(oid)),
                ("indrelid", objects::oid(index.table)),
                ("indnatts", number((index.keys.len() + index.include.len()) as i128)),
                ("indnkeyatts", number(index.keys.len() as i128)),
                ("indisunique", Value::Boolean(index.unique)),
                ("indnullsnotdistinct", Value::Boolean(index.nulls_not_distinct)),
                ("indisprimary", Value::Boolean(index.primary)),
                ("indisexclusion", Value::Boolean(index.keys.iter().any(|key| key.exclusion.is_some()))),
                ("indimmediate", Value::Boolean(index.immediate)),
                ("indisvalid", Value::Boolean(index.valid)),
                ("indisready", Value::Boolean(true)),
                ("indislive", Value::Boolean(true)),
                ("indkey", Value::Array(all.collect())),
                ("indpred", if index.predicate.is_some() { Value::NotNull } else { Value::Null }),
                ("indexprs", if index.columns().any(|column| column.is_none()) { Value::NotNull } else { Value::Null }),
            ])
        })
        .collect();
    for (oid, object) in super::untold(run, table) {
        if super::is_assumed(object) {
            entries.push(Entry::maybe(vec![("indexrelid", OTHER), ("indrelid", objects::oid(oid))]));
        }
    }
    if has_open_schemas(run) && table.is_none() && hints.object("indexrelid").is_none() {
        entries.push(Entry::maybe(vec![("indexrelid", OTHER), ("indrelid", OTHER)]));
    }
    entries
}

/// `pg_indexes`
pub(super) fn listed(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let (name, table) = (hints.name("indexname"), hints.name("tablename"));
    let found = match (name, table) {
        (None, Some(table)) => {
            run.catalog.anywhere(Class::Relation, table).flat_map(|(table, _)| own(run, None, None, Some(table))).collect()
        }
        (name, _) => own(run, name, None, None),
    };
    let mut entries: Vec<Entry> = found
        .into_iter()
        .filter_map(|(_, object, index)| {
            let table = run.catalog.get(index.table)?;
            Some(Entry::certain(vec![
                ("schemaname", schema_name(run, table.schema?)),
                ("tablename", text(Name::clone(&table.name))),
                ("indexname", text(Name::clone(&object.name))),
                ("tablespace", object.relation()?.tablespace.clone().map_or(Value::Null, text)),
                ("indexdef", Value::NotNull),
            ]))
        })
        .collect();
    let called = |object: &Object, wanted: Option<&str>| wanted.is_none_or(|wanted| *object.name == *wanted);
    for (_, object) in super::untold(run, None).into_iter().filter(|(_, object)| called(object, name)) {
        if let Some(schema) = object.schema
            && matches!(object.relation().map(|relation| &relation.kind), Some(RelationKind::Unknown))
        {
            entries.push(Entry::maybe(vec![("schemaname", schema_name(run, schema)), ("indexname", text(Name::clone(&object.name)))]));
        }
    }
    // Those of tables that are shown elsewhere have names that are not taken, and so have their tables.
    for mut other in super::class::others(run, Class::Relation, "schemaname", "indexname", super::class::Shown::Nothing) {
        if let Some((_, name @ Value::Elsewhere(_))) = other.columns.iter().find(|(column, _)| *column == "indexname").cloned() {
            other.columns.push(("tablename", name));
        }
        entries.push(other);
    }
    for (_, table) in super::untold(run, None).into_iter().filter(|(_, object)| super::is_assumed(object) && called(object, table)) {
        if let Some(schema) = table.schema {
            entries.push(Entry::maybe(vec![
                ("schemaname", schema_name(run, schema)),
                ("tablename", text(Name::clone(&table.name))),
                ("indexname", super::other_name(Class::Relation, schema)),
            ]));
        }
    }
    entries
}
