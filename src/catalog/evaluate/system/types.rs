//! Types: `pg_type`, `pg_enum`.

use super::{Entry, Hints, OTHER, has_open_schemas, is_assumed, open_schemas, other_name, schema_of};
use crate::catalog::Oid;
use crate::catalog::evaluate::{NO_OBJECT, Value, number, objects, text};
use crate::catalog::model::{RelationKind, Type};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::rows::Reference;
use crate::catalog::run::Run;
use crate::postgres::facts::{self, TypeKind};

fn reference(number: u32) -> Value {
    Value::Object(Reference::Oid, number)
}

/// The types, the row types of relations among them, that are called `name`; without one all.
fn own<'r>(run: &'r Run<'_>, name: Option<&str>) -> Vec<(Oid, &'r Object)> {
    let is_type = |object: &Object| match &object.body {
        Body::Type(_) => true,
        Body::Relation(relation) => objects::has_rows(&relation.kind),
        _ => false,
    };
    match name {
        None => run.catalog.objects().filter(|(_, object)| is_type(object)).collect(),
        Some(name) => {
            let mut found = Vec::new();
            for schema in run.catalog.in_schema(Class::Schema, Oid::NONE) {
                for class in [Class::Type, Class::Relation] {
                    found.extend(run.catalog.named(class, schema, name).iter().copied());
                }
            }
            found.into_iter().filter_map(|oid| Some((oid, run.catalog.get(oid)?))).filter(|(_, object)| is_type(object)).collect()
        }
    }
}

/// `pg_type`
pub(super) fn types(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let wanted = hints.name("typname");
    // The array of a type is called as that with a line before it, cut where it is too long.
    let element = wanted.and_then(|name| name.strip_prefix('_'));
    let mut entries = Vec::new();
    let names: Vec<Option<&str>> = match wanted {
        None => vec![None],
        Some(name) => [Some(name), element].into_iter().flatten().map(Some).collect(),
    };
    for name in names {
        for (oid, object) in own(run, name) {
            let (entry, array) = both(run, oid, object);
            match wanted {
                None => entries.extend([entry, array]),
                Some(wanted) if name == Some(wanted) => entries.push(entry),
                Some(_) => entries.push(array),
            }
        }
    }
    built_in(run, wanted, &mut entries);
    for schema in open_schemas(run, Class::Type) {
        entries.push(Entry::maybe(vec![
            ("oid", OTHER),
            ("typname", other_name(Class::Type, schema)),
            ("typnamespace", objects::oid(schema)),
        ]));
    }
    if has_open_schemas(run) {
        entries.push(Entry::maybe(vec![("oid", OTHER), ("typname", other_name(Class::Type, Oid::NONE)), ("typnamespace", OTHER)]));
    }
    for class in [Class::Type, Class::Relation] {
        for name in run.catalog.doubts(class) {
            entries.push(Entry::maybe(vec![("oid", OTHER), ("typname", text(Name::clone(name)))]));
        }
    }
    entries
}

/// A type, and the array of it.
fn both(run: &Run<'_>, oid: Oid, object: &Object) -> (Entry, Entry) {
    let (kind, category, relation, base) = match &object.body {
        Body::Relation(found) => match found.kind {
            RelationKind::Unknown => (Value::Unknown, Value::NotNull, objects::oid(oid), NO_OBJECT),
            _ => (text("c"), text("C"), objects::oid(oid), NO_OBJECT),
        },
        Body::Type(ty) => match &**ty {
            Type::Enum(_) => (text("e"), text("E"), NO_OBJECT, NO_OBJECT),
            Type::Range(_) => (text("r"), text("R"), NO_OBJECT, NO_OBJECT),
            Type::Multirange(_) => (text("m"), text("R"), NO_OBJECT, NO_OBJECT),
            Type::Domain(domain) => {
                let base = domain.base.as_ref().and_then(|base| objects::type_number(run, base));
                (text("d"), Value::NotNull, NO_OBJECT, base.map_or(Value::NotNull, reference))
            }
            Type::Base(_) => (text("b"), Value::NotNull, NO_OBJECT, NO_OBJECT),
            Type::Shell => (text("p"), text("P"), NO_OBJECT, NO_OBJECT),
            Type::Unknown(_) => (Value::Unknown, Value::NotNull, NO_OBJECT, NO_OBJECT),
        },
        _ => (Value::Unknown, Value::Unknown, Value::Unknown, Value::Unknown),
    };
    let own = if object.relation().is_some() { objects::row_type(oid) } else { oid.0 };
    let array = objects::array_type(own);
    let defined = if matches!(object.ty(), Some(Type::Shell)) { Value::Boolean(false) } else { Value::Boolean(true) };
    let entry = Entry::certain(vec![
        ("oid", reference(own)),
        ("typname", text(Name::clone(&object.name))),
        ("typnamespace", schema_of(object)),
        ("typtype", kind),
        ("typcategory", category),
        ("typrelid", relation),
        ("typelem", NO_OBJECT),
        ("typarray", reference(array)),
        ("typbasetype", base),
        ("typisdefined", defined),
        (
            "typnotnull",
            match object.ty() {
                Some(Type::Domain(domain)) => Value::Boolean(domain.not_null),
                _ => Value::Boolean(false),
            },
        ),
    ]);
    let mut name = format!("_{}", object.name);
    while name.len() > 63 {
        name.pop();
    }
    let array = Entry {
        presence: if is_assumed(object) { super::Presence::Maybe } else { super::Presence::Certain },
        ..Entry::certain(vec![
            ("oid", reference(array)),
            ("typname", text(name)),
            ("typnamespace", schema_of(object)),
            ("typtype", text("b")),
            ("typcategory", text("A")),
            ("typrelid", NO_OBJECT),
            ("typelem", reference(own)),
            ("typarray", NO_OBJECT),
            ("typbasetype", NO_OBJECT),
            ("typisdefined", Value::Boolean(true)),
            ("typnotnull", Value::Boolean(false)),
        ])
    };
    (entry, array)
}

fn built_in(run: &Run<'_>, wanted: Option<&str>, entries: &mut Vec<Entry>) {
    let all = facts::system().types(run.world.target);
    for fact in all.filter(|fact| !fact.name.contains('.') && wanted.is_none_or(|wanted| fact.name == wanted)) {
        let number = objects::built_in_type(fact.name).map_or(OTHER, reference);
        let kind = match fact.kind {
            TypeKind::Base | TypeKind::Array => "b",
            TypeKind::Composite => "c",
            TypeKind::Domain => "d",
            TypeKind::Enum => "e",
            TypeKind::Pseudo => "p",
            TypeKind::Range => "r",
            TypeKind::Multirange => "m",
        };
        entries.push(Entry::certain(vec![
            ("oid", number),
            ("typname", text(fact.name)),
            ("typnamespace", objects::oid(Oid::PG_CATALOG)),
            ("typtype", text(kind)),
            ("typcategory", text(fact.category.to_string())),
            ("typrelid", if fact.kind == TypeKind::Composite { OTHER } else { NO_OBJECT }),
            ("typelem", fact.element.and_then(objects::built_in_type).map_or(NO_OBJECT, reference)),
            ("typisdefined", Value::Boolean(true)),
        ]));
    }
    // The row types of what is built in, and the types of the information schema.
    for schema in [Oid::PG_CATALOG, Oid::INFORMATION_SCHEMA] {
        entries.push(Entry::maybe(vec![
            ("oid", OTHER),
            ("typname", other_name(Class::Type, schema)),
            ("typnamespace", objects::oid(schema)),
        ]));
    }
}

/// `pg_enum`
pub(super) fn labels(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let wanted = hints.object("enumtypid");
    let mut entries = Vec::new();
    let all: Vec<(Oid, &Object)> = match wanted {
        Some(oid) => run.catalog.get(oid).map(|object| (oid, object)).into_iter().collect(),
        None => run.catalog.objects().filter(|(_, object)| object.ty().is_some()).collect(),
    };
    for (oid, object) in all {
        match object.ty() {
            Some(Type::Enum(labels)) => {
                for (at, label) in labels.iter().enumerate() {
                    entries.push(Entry::certain(vec![
                        ("oid", OTHER),
                        ("enumtypid", objects::oid(oid)),
                        ("enumlabel", text(label.text.clone())),
                        ("enumsortorder", number(at as i128 + 1)),
                    ]));
                }
            }
            Some(Type::Unknown(_)) => entries.push(Entry::maybe(vec![("enumtypid", objects::oid(oid))])),
            _ => {}
        }
    }
    if wanted.is_none() && has_open_schemas(run) {
        entries.push(Entry::maybe(vec![("enumtypid", OTHER)]));
    }
    entries
}
