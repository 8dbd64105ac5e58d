//! Schemas, roles, extensions, comments, publications.

use super::{Entry, Hints, OTHER, has_open_schemas, other_name, schema_name};
use crate::catalog::Oid;
use crate::catalog::evaluate::{Value, number, objects, text};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::rows::Reference;
use crate::catalog::run::{Knowledge, Run};
use crate::postgres::facts::{self, NameKind};

/// `pg_namespace`
pub(super) fn namespaces(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let all: Vec<Oid> = match hints.name("nspname") {
        Some(name) => run.catalog.named(Class::Schema, Oid::NONE, name).to_vec(),
        None => run.catalog.in_schema(Class::Schema, Oid::NONE),
    };
    let mut entries: Vec<Entry> = all
        .into_iter()
        .filter(|schema| *schema != Oid::PG_TEMP)
        .map(|schema| {
            Entry::certain(vec![("oid", objects::oid(schema)), ("nspname", schema_name(run, schema)), ("nspowner", owner(run, schema))])
        })
        .collect();
    entries.push(Entry::maybe(vec![("oid", objects::oid(Oid::PG_TEMP)), ("nspname", schema_name(run, Oid::PG_TEMP))]));
    entries.push(Entry::certain(vec![("oid", Value::Object(Reference::Oid, objects::TOAST)), ("nspname", text("pg_toast"))]));
    entries.extend(others(run, "nspname"));
    entries
}

fn owner(run: &Run<'_>, schema: Oid) -> Value {
    let name = run.catalog.get(schema).and_then(|object| object.owner.clone());
    match name {
        Some(name) => Value::Object(Reference::Oid, objects::role(run, &name)),
        None => Value::Object(Reference::Oid, objects::role(run, &run.world.user)),
    }
}

/// Rows for schemas that the history does not show.
pub(super) fn others(run: &Run<'_>, column: &'static str) -> Vec<Entry> {
    let mut entries = Vec::new();
    if has_open_schemas(run) {
        entries.push(Entry::maybe(vec![("oid", OTHER), (column, other_name(Class::Schema, Oid::NONE))]));
    }
    for name in run.catalog.doubts(Class::Schema) {
        entries.push(Entry::maybe(vec![("oid", OTHER), (column, text(Name::clone(name)))]));
    }
    entries
}

/// `pg_roles`, `pg_authid`, `pg_user`
pub(super) fn roles(run: &Run<'_>, relation: &str) -> Vec<Entry> {
    let is_user = relation == "pg_user";
    let (name_column, oid_column) = if is_user { ("usename", "usesysid") } else { ("rolname", "oid") };
    let entry = |name: &str, rest: Vec<(&'static str, Value)>| {
        let mut columns = vec![(oid_column, Value::Object(Reference::Oid, objects::role(run, name))), (name_column, text(name))];
        columns.extend(rest);
        columns
    };
    let superuser = if is_user { "usesuper" } else { "rolsuper" };
    let mut entries = Vec::new();
    let own = run.catalog.named(Class::Role, Oid::NONE, &run.world.user).is_empty();
    if own {
        let rest = vec![(superuser, Value::Boolean(true)), ("rolcanlogin", Value::Boolean(true))];
        entries.push(Entry::certain(entry(&run.world.user, rest)));
    }
    for oid in run.catalog.in_schema(Class::Role, Oid::NONE) {
        let Some(object) = run.catalog.get(oid) else { continue };
        let options = match &object.body {
            Body::Role(role) => role.options.clone(),
            _ => Default::default(),
        };
        let login = options.get("LOGIN").or_else(|| options.get("login")).map(|value| &**value != "false");
        let sure = object.standing == crate::catalog::Standing::Made && login.is_some();
        let columns = entry(&object.name, vec![("rolcanlogin", login.map_or(Value::Unknown, Value::Boolean))]);
        match (is_user, sure, login) {
            (true, true, Some(false)) => {}
            (true, false, _) => entries.push(Entry::maybe(columns)),
            _ => entries.push(Entry::certain(columns)),
        }
    }
    if !is_user {
        for fact in facts::system().names(NameKind::Role, run.world.target) {
            if run.catalog.named(Class::Role, Oid::NONE, fact.name).is_empty() {
                entries.push(Entry::certain(entry(fact.name, vec![("rolcanlogin", Value::Boolean(false))])));
            }
        }
    }
    if run.world.knowledge == Knowledge::Partial {
        entries.push(Entry::maybe(vec![(oid_column, OTHER), (name_column, other_name(Class::Role, Oid::NONE))]));
    }
    for name in run.catalog.doubts(Class::Role) {
        entries.push(Entry::maybe(vec![(oid_column, OTHER), (name_column, text(Name::clone(name)))]));
    }
    entries
}

/// `pg_extension`
pub(super) fn extensions(run: &Run<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for oid in run.catalog.in_schema(Class::Extension, Oid::NONE) {
        let Some(object) = run.catalog.get(oid) else { continue };
        let (schema, version) = match &object.body {
            Body::Extension(extension) => {
                (extension.schema.map_or(Value::NotNull, objects::oid), extension.version.clone().map_or(Value::NotNull, text))
            }
            _ => (Value::NotNull, Value::NotNull),
        };
        entries.push(Entry::certain(vec![
            ("oid", objects::oid(oid)),
            ("extname", text(Name::clone(&object.name))),
            ("extnamespace", schema),
            ("extversion", version),
        ]));
    }
    if run.world.knowledge == Knowledge::Partial {
        entries.push(Entry::maybe(vec![("oid", OTHER), ("extname", other_name(Class::Extension, Oid::NONE))]));
    }
    for name in run.catalog.doubts(Class::Extension) {
        entries.push(Entry::maybe(vec![("oid", OTHER), ("extname", text(Name::clone(name)))]));
    }
    entries
}

/// `pg_description`
pub(super) fn descriptions(run: &Run<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut add = |oid: Oid, column: i16, comment: &str| {
        entries.push(Entry::certain(vec![("objoid", objects::oid(oid)), ("objsubid", number(column)), ("description", text(comment))]));
    };
    for (oid, object) in run.catalog.objects() {
        if let Some(comment) = &object.comment {
            add(oid, 0, comment);
        }
        for column in object.relation().into_iter().flat_map(|relation| &relation.columns) {
            if let Some(comment) = &column.comment {
                add(oid, column.number, comment);
            }
        }
    }
    entries.push(Entry::maybe(vec![("objoid", OTHER)]));
    if has_open_schemas(run) {
        entries.push(Entry::maybe(Vec::new()));
    }
    entries
}

/// The objects of a class that live in no schema, by their names.
pub(super) fn named(run: &Run<'_>, class: Class, column: &'static str) -> Vec<Entry> {
    let entry = |oid: Oid| {
        let object = run.catalog.get(oid)?;
        Some(Entry::certain(vec![("oid", objects::oid(oid)), (column, text(Name::clone(&object.name)))]))
    };
    let mut entries: Vec<Entry> = run.catalog.in_schema(class, Oid::NONE).into_iter().filter_map(entry).collect();
    if run.world.knowledge == Knowledge::Partial {
        entries.push(Entry::maybe(vec![("oid", OTHER), (column, other_name(class, Oid::NONE))]));
    }
    for name in run.catalog.doubts(class) {
        entries.push(Entry::maybe(vec![("oid", OTHER), (column, text(Name::clone(name)))]));
    }
    entries
}

/// `pg_publication`
pub(super) fn publications(run: &Run<'_>) -> Vec<Entry> {
    let mut entries = named(run, Class::Publication, "pubname");
    for entry in &mut entries {
        let found = entry.columns.iter().find_map(|(column, value)| match value {
            Value::Object(_, number) if *column == "oid" => run.catalog.get(Oid(*number)),
            _ => None,
        });
        if let Some(Object { body: Body::Publication(publication), .. }) = found {
            entry.columns.push(("puballtables", Value::Boolean(publication.all_tables)));
        }
    }
    entries
}

/// `pg_publication_tables`, `pg_publication_rel`; nothing where a publication is of more than tables by name.
pub(super) fn published(run: &Run<'_>, relation: &str) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    for oid in run.catalog.in_schema(Class::Publication, Oid::NONE) {
        let object = run.catalog.get(oid)?;
        let Body::Publication(publication) = &object.body else { return None };
        if relation == "pg_publication_tables" && (publication.all_tables || !publication.schemas.is_empty()) {
            return None;
        }
        for table in publication.tables.keys() {
            let found = run.catalog.get(*table)?;
            entries.push(Entry::certain(match relation {
                "pg_publication_rel" => vec![("prpubid", objects::oid(oid)), ("prrelid", objects::oid(*table))],
                _ => vec![
                    ("pubname", text(Name::clone(&object.name))),
                    ("schemaname", found.schema.map_or(Value::NotNull, |schema| schema_name(run, schema))),
                    ("tablename", text(Name::clone(&found.name))),
                ],
            }));
        }
    }
    if run.world.knowledge == Knowledge::Partial {
        entries.push(Entry::maybe(Vec::new()));
    }
    Some(entries)
}

/// `pg_language`
pub(super) fn languages(run: &Run<'_>) -> Vec<Entry> {
    let mut entries = named(run, Class::Language, "lanname");
    let built_in = facts::system().names(NameKind::Language, run.world.target).map(|fact| fact.name).collect::<Vec<_>>();
    let plpgsql = (!built_in.contains(&"plpgsql")).then_some("plpgsql");
    for name in built_in.into_iter().chain(plpgsql) {
        entries.push(Entry::certain(vec![("oid", OTHER), ("lanname", text(name))]));
    }
    entries
}
