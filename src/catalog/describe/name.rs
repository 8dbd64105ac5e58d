//! What objects are called: with their schema, always, and in quotes where a name needs them to read as one.

use std::borrow::Cow;

use crate::catalog::model::{RelationKind, Routine, RoutineKind, Type, TypeUse};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::store::Catalog;
use crate::catalog::types::format_type;
use crate::catalog::{Address, Oid};

use super::Identity;

/// A name as it is shown: in quotes if it holds anything but small letters, digits and underscores.
pub fn name(name: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.chars().all(plain) && !name.starts_with(|c: char| c.is_ascii_digit()) && !name.is_empty() {
        return Cow::Borrowed(name);
    }
    Cow::Owned(format!("\"{}\"", name.replace('"', "\"\"")))
}

/// A name that may have a schema before it, in quotes where it needs them.
pub(in crate::catalog) fn written(text: &str) -> String {
    let text = text.strip_prefix("pg_catalog.").unwrap_or(text);
    if text.contains('"') {
        return text.to_owned();
    }
    text.split('.').map(name).collect::<Vec<_>>().join(".")
}

/// The name of an object with its schema before it, if it lives in one.
pub fn qualified(catalog: &Catalog, oid: Oid) -> String {
    let Some(object) = catalog.get(oid) else { return String::new() };
    match object.schema.and_then(|schema| catalog.get(schema)) {
        Some(schema) => format!("{}.{}", name(&schema.name), name(&object.name)),
        None => name(&object.name).into_owned(),
    }
}

/// The same as people write it: with its schema unless that is `public`.
pub fn shown(catalog: &Catalog, oid: Oid) -> String {
    let name = qualified(catalog, oid);
    name.strip_prefix("public.").map(str::to_owned).unwrap_or(name)
}

/// What an object is called.
pub fn identity(catalog: &Catalog, oid: Oid) -> Option<Identity> {
    let object = catalog.get(oid)?;
    let own = qualified(catalog, oid);
    let text = match &object.body {
        Body::Relation(relation) => match &relation.kind {
            RelationKind::Composite => format!("type {own}"),
            _ => format!("{} {own}", relation.noun()),
        },
        Body::Type(ty) => match &**ty {
            Type::Domain(_) => format!("domain {own}"),
            _ => format!("type {own}"),
        },
        Body::Routine(routine) => format!("{} {own}", routine_noun(routine)) + &signature(catalog, routine),
        Body::Constraint(_) => match catalog.get(object.of?)?.body {
            Body::Type(_) => format!("constraint {} on domain {}", name(&object.name), qualified(catalog, object.of?)),
            _ => part("constraint", catalog, object)?,
        },
        Body::Default(default) => return identity_of_column(catalog, Address::column(object.of?, default.column)),
        Body::Trigger(_) => part("trigger", catalog, object)?,
        Body::Policy(_) => part("policy", catalog, object)?,
        Body::Rule(_) => part("rule", catalog, object)?,
        Body::Operator(operator) => {
            let schema = object.schema.and_then(|schema| catalog.get(schema)).map(|schema| format!("{}.", name(&schema.name)));
            let operand = |ty: &Option<TypeUse>| ty.as_ref().map_or("none".to_owned(), |ty| format_type(catalog, ty));
            let schema = schema.unwrap_or_default();
            format!("operator {schema}{} ({}, {})", object.name, operand(&operator.left), operand(&operator.right))
        }
        Body::OperatorClass(class) => format!("operator class {own} using {}", class.method),
        Body::OperatorFamily(family) => format!("operator family {own} using {}", family.method),
        Body::Cast(cast) => format!("cast ({} AS {})", format_type(catalog, &cast.source), format_type(catalog, &cast.target)),
        Body::Other(Class::UserMapping, _) => match object.of {
            Some(server) => format!("user mapping for {} on server {}", name(&object.name), qualified(catalog, server)),
            None => format!("user mapping {own}"),
        },
        body => format!("{} {own}", noun(body.class())),
    };
    Some(Identity::new(text))
}

/// What a column is called: `column public.t.a`.
pub fn identity_of_column(catalog: &Catalog, address: Address) -> Option<Identity> {
    let column = catalog.column(address)?;
    Some(of_column(&qualified(catalog, address.object), &column.name))
}

/// What a column of a relation with this qualified name is called.
pub(super) fn of_column(relation: &str, column: &str) -> Identity {
    Identity::new(format!("column {relation}.{}", name(column)))
}

/// What PostgreSQL calls the objects of a class, in small letters.
const fn noun(class: Class) -> &'static str {
    match class {
        Class::Schema => "schema",
        Class::Relation => "relation",
        Class::Type => "type",
        Class::Routine => "routine",
        Class::Constraint => "constraint",
        Class::Default => "default",
        Class::Trigger => "trigger",
        Class::Policy => "policy",
        Class::Rule => "rule",
        Class::Extension => "extension",
        Class::Role => "role",
        Class::Operator => "operator",
        Class::OperatorClass => "operator class",
        Class::OperatorFamily => "operator family",
        Class::Cast => "cast",
        Class::Statistics => "statistics",
        Class::Publication => "publication",
        Class::Subscription => "subscription",
        Class::Collation => "collation",
        Class::Conversion => "conversion",
        Class::TextSearchParser => "text search parser",
        Class::TextSearchDictionary => "text search dictionary",
        Class::TextSearchTemplate => "text search template",
        Class::TextSearchConfiguration => "text search configuration",
        Class::Language => "language",
        Class::Transform => "transform",
        Class::AccessMethod => "access method",
        Class::EventTrigger => "event trigger",
        Class::Tablespace => "tablespace",
        Class::ForeignDataWrapper => "foreign data wrapper",
        Class::Server => "server",
        Class::UserMapping => "user mapping",
        Class::Database => "database",
    }
}

/// `trigger x on public.t`
fn part(noun: &str, catalog: &Catalog, object: &Object) -> Option<String> {
    Some(format!("{noun} {} on {}", name(&object.name), qualified(catalog, object.of?)))
}

const fn routine_noun(routine: &Routine) -> &'static str {
    match routine.kind {
        RoutineKind::Function | RoutineKind::Unknown => "function",
        RoutineKind::Procedure => "procedure",
        RoutineKind::Aggregate => "aggregate",
    }
}

/// The types that a routine is told apart by: `(integer, text)`.
fn signature(catalog: &Catalog, routine: &Routine) -> String {
    let inputs = routine.inputs().map(|ty| ty.map_or("?".to_owned(), |ty| format_type(catalog, &ty.bare())));
    format!("({})", inputs.collect::<Vec<_>>().join(", "))
}
