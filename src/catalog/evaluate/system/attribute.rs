//! Columns: `pg_attribute`, `pg_attrdef`, and what the information schema says of types.

use super::{Entry, Hints, OTHER, has_open_schemas, open_schemas, relations};
use crate::catalog::Oid;
use crate::catalog::evaluate::{Value, number, objects, text};
use crate::catalog::model::{Column, Generated, Identity, RelationKind, TypeId, TypeUse};
use crate::catalog::object::{Class, Name};
use crate::catalog::rows::{Elsewhere, Reference};
use crate::catalog::run::Run;

/// The columns that every table has besides its own.
const SYSTEM: [(&str, i16); 6] = [("ctid", -1), ("xmin", -2), ("cmin", -3), ("xmax", -4), ("cmax", -5), ("tableoid", -6)];

/// `atttypmod`
pub(super) fn modifier(ty: &TypeUse) -> Value {
    let Some(modifier) = ty.modifier.as_deref() else { return number(-1) };
    let parsed = |text: &str| text.trim().parse::<i128>().ok();
    match ty.id {
        TypeId::BuiltIn("varchar" | "bpchar") => parsed(modifier).map_or(Value::NotNull, |length| number(length + 4)),
        TypeId::BuiltIn("numeric") => match modifier.split_once(',').map(|(precision, scale)| (parsed(precision), parsed(scale))) {
            Some((Some(precision), Some(scale))) => number(((precision << 16) | (scale & 0x7ff)) + 4),
            _ => Value::NotNull,
        },
        TypeId::BuiltIn("timestamp" | "timestamptz" | "time" | "timetz" | "bit" | "varbit") => {
            parsed(modifier).map_or(Value::NotNull, number)
        }
        _ => Value::NotNull,
    }
}

/// `pg_attribute`
pub(super) fn attributes(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let wanted = hints.name("attname");
    let mut entries = Vec::new();
    for (oid, object) in relations(run, None, hints.object("attrelid")) {
        let Some(relation) = object.relation() else { continue };
        for column in relation.columns.iter().filter(|column| wanted.is_none_or(|wanted| *column.name == *wanted)) {
            entries.push(attribute(run, oid, column));
        }
        if let RelationKind::Index(index) = &relation.kind {
            for (at, name) in index.column_names.iter().enumerate() {
                entries.push(Entry::certain(vec![
                    ("attrelid", objects::oid(oid)),
                    ("attname", text(Name::clone(name))),
                    ("attnum", number(at as i128 + 1)),
                    ("attisdropped", Value::Boolean(false)),
                ]));
            }
            continue;
        }
        if relation.is_table() {
            for (name, at) in SYSTEM.iter().filter(|(name, _)| wanted.is_none_or(|wanted| *name == wanted)) {
                entries.push(Entry::certain(vec![
                    ("attrelid", objects::oid(oid)),
                    ("attname", text(*name)),
                    ("attnum", number(*at)),
                    ("attnotnull", Value::Boolean(true)),
                    ("attisdropped", Value::Boolean(false)),
                ]));
            }
        }
        if !relation.columns_known {
            entries.push(Entry::maybe(vec![
                ("attrelid", objects::oid(oid)),
                ("attname", Value::Elsewhere(Elsewhere::Column(oid))),
                ("attisdropped", Value::Boolean(false)),
            ]));
        }
        // Dropped columns are still there, under names that nobody asks for.
        if relation.columns.len() as i128 != i128::from(relation.next_column) - 1 && wanted.is_none() {
            entries.push(Entry::maybe(vec![
                ("attrelid", objects::oid(oid)),
                ("attname", Value::NotNull),
                ("attisdropped", Value::Boolean(true)),
            ]));
        }
    }
    let elsewhere = hints.object("attrelid").is_none() && (has_open_schemas(run) || !open_schemas(run, Class::Relation).is_empty());
    let built_in = hints.object("attrelid").is_none_or(|oid| run.catalog.get(oid).is_none());
    if elsewhere || built_in {
        entries.push(Entry::maybe(vec![("attrelid", OTHER), ("attname", Value::NotNull)]));
    }
    entries
}

fn attribute(run: &Run<'_>, relation: Oid, column: &Column) -> Entry {
    let ty = column.ty.as_ref();
    let type_number = ty.and_then(|ty| objects::type_number(run, ty));
    let empty = |value: Option<&'static str>| text(value.unwrap_or(""));
    Entry::certain(vec![
        ("attrelid", objects::oid(relation)),
        ("attname", text(Name::clone(&column.name))),
        ("atttypid", type_number.map_or(Value::NotNull, |number| Value::Object(Reference::Oid, number))),
        ("atttypmod", ty.map_or(Value::NotNull, modifier)),
        ("attnum", number(column.number)),
        ("attnotnull", Value::Boolean(column.not_null)),
        ("atthasdef", Value::Boolean(column.default.is_some())),
        ("attidentity", empty(column.identity.map(|(identity, _)| if identity == Identity::Always { "a" } else { "d" }))),
        ("attgenerated", empty(column.generated.map(|generated| if generated == Generated::Stored { "s" } else { "v" }))),
        ("attisdropped", Value::Boolean(false)),
        ("attislocal", Value::Boolean(column.local)),
        ("attinhcount", number(column.inherited)),
        ("attstattarget", column.statistics.map_or(if run.world.target.major() >= 17 { Value::Null } else { number(-1) }, number)),
    ])
}

/// `pg_attrdef`
pub(super) fn defaults(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (oid, object) in relations(run, None, hints.object("adrelid")) {
        for column in object.relation().into_iter().flat_map(|relation| &relation.columns) {
            if let Some(default) = column.default {
                entries.push(Entry::certain(vec![
                    ("oid", objects::oid(default)),
                    ("adrelid", objects::oid(oid)),
                    ("adnum", number(column.number)),
                ]));
            }
        }
        if object.relation().is_some_and(|relation| !relation.columns_known) {
            entries.push(Entry::maybe(vec![("adrelid", objects::oid(oid))]));
        }
    }
    if has_open_schemas(run) && hints.object("adrelid").is_none() {
        entries.push(Entry::maybe(vec![("adrelid", OTHER)]));
    }
    entries
}

/// `data_type`, `udt_name` and their kin of the information schema.
pub(super) fn described(run: &Run<'_>, ty: Option<&TypeUse>) -> Vec<(&'static str, Value)> {
    let Some(ty) = ty else { return vec![("data_type", Value::NotNull), ("udt_name", Value::NotNull), ("udt_schema", Value::NotNull)] };
    let base = crate::catalog::typing::base_type(&run.catalog, ty).unwrap_or_else(|| ty.clone());
    let is_domain = base.id != ty.id;
    let array = base.array;
    let (schema, name) = match base.id {
        TypeId::BuiltIn(name) => (text("pg_catalog"), name.to_owned()),
        TypeId::User(oid) => match run.catalog.get(oid) {
            Some(object) => (object.schema.map_or(Value::NotNull, |schema| super::schema_name(run, schema)), object.name.to_string()),
            None => (Value::NotNull, String::new()),
        },
    };
    let data_type = match base.id {
        _ if array => text("ARRAY"),
        TypeId::User(_) => text("USER-DEFINED"),
        TypeId::BuiltIn(_) => text(crate::catalog::types::format_type(&run.catalog, &base.bare())),
    };
    let parsed = |text: &str| text.trim().parse::<i128>().ok();
    let modifier = ty.modifier.as_deref().or(base.modifier.as_deref());
    let length = match (base.id, modifier) {
        _ if array => Value::Null,
        (TypeId::BuiltIn("varchar" | "bpchar" | "bit" | "varbit"), Some(modifier)) => parsed(modifier).map_or(Value::NotNull, number),
        _ => Value::Null,
    };
    let (precision, scale) = match (base.id, modifier.and_then(|modifier| modifier.split_once(','))) {
        _ if array => (Value::Null, Value::Null),
        (TypeId::BuiltIn("int2"), _) => (number(16), number(0)),
        (TypeId::BuiltIn("int4"), _) => (number(32), number(0)),
        (TypeId::BuiltIn("int8"), _) => (number(64), number(0)),
        (TypeId::BuiltIn("float4"), _) => (number(24), Value::Null),
        (TypeId::BuiltIn("float8"), _) => (number(53), Value::Null),
        (TypeId::BuiltIn("numeric"), Some((precision, scale))) => {
            (parsed(precision).map_or(Value::NotNull, number), parsed(scale).map_or(Value::NotNull, number))
        }
        _ => (Value::Null, Value::Null),
    };
    let mut columns = vec![
        ("data_type", data_type),
        ("udt_catalog", Value::NotNull),
        ("udt_schema", schema),
        ("udt_name", text(if array { format!("_{name}") } else { name })),
        ("character_maximum_length", length),
        ("numeric_precision", precision),
        ("numeric_scale", scale),
    ];
    if let (TypeId::User(oid), true) = (ty.id, is_domain) {
        let object = run.catalog.get(oid);
        columns.push(("domain_name", object.map_or(Value::NotNull, |object| text(Name::clone(&object.name)))));
        columns.push((
            "domain_schema",
            object.and_then(|object| object.schema).map_or(Value::NotNull, |schema| super::schema_name(run, schema)),
        ));
    } else {
        columns.push(("domain_name", Value::Null));
        columns.push(("domain_schema", Value::Null));
    }
    columns
}
