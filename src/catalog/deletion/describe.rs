//! Objects as PostgreSQL's messages describe them (`getObjectDescription`): `constraint c on table s.t`.

use crate::catalog::model::{Routine, RoutineKind};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::run::Run;
use crate::catalog::types::format_type;
use crate::catalog::{Address, Oid};

/// An object or a column in the words of a message: with its schema, where `search_path` does not find it without.
pub fn describe(run: &Run<'_>, address: Address) -> String {
    let Some(object) = run.catalog.get(address.object) else { return "an object".to_owned() };
    if let (Some(relation), true) = (object.relation(), address.column != 0) {
        let column = relation.column_at(address.column).map(|column| &*column.name).unwrap_or_default();
        return format!("column {} of {} {}", quoted(column), relation.noun(), name(run, address.object, object));
    }
    let of = |run: &Run<'_>| object.of.map(|of| describe(run, of.into())).unwrap_or_default();
    match &object.body {
        Body::Relation(relation) => format!("{} {}", relation.noun(), name(run, address.object, object)),
        Body::Default(default) => {
            let column = object.of.map(|of| describe(run, Address::column(of, default.column))).unwrap_or_default();
            format!("default value for {column}")
        }
        Body::Constraint(_) if object.of.is_some_and(|of| run.catalog.relation(of).is_none()) => {
            format!("constraint {}", quoted(&object.name))
        }
        Body::Constraint(_) => format!("constraint {} on {}", quoted(&object.name), of(run)),
        Body::Trigger(_) => format!("trigger {} on {}", quoted(&object.name), of(run)),
        Body::Policy(_) => format!("policy {} on {}", quoted(&object.name), of(run)),
        Body::Rule(_) => format!("rule {} on {}", quoted(&object.name), of(run)),
        Body::Routine(routine) => {
            let noun = match routine.kind {
                RoutineKind::Procedure => "procedure",
                RoutineKind::Aggregate | RoutineKind::Function | RoutineKind::Unknown => "function",
            };
            format!("{noun} {}({})", name(run, address.object, object), inputs(run, routine))
        }
        Body::Cast(cast) => format!("cast from {} to {}", format_type(&run.catalog, &cast.source), format_type(&run.catalog, &cast.target)),
        Body::Publication(publication) if address.column != 0 => {
            let _ = publication;
            format!("publication of a table in publication {}", quoted(&object.name))
        }
        body => format!("{} {}", noun(body.class()), name(run, address.object, object)),
    }
}

/// The types of a routine's arguments, as its signature shows them.
fn inputs(run: &Run<'_>, routine: &Routine) -> String {
    let types = routine.inputs().map(|ty| ty.map_or_else(|| "?".to_owned(), |ty| format_type(&run.catalog, ty)));
    types.collect::<Vec<_>>().join(",")
}

fn noun(class: Class) -> &'static str {
    match class {
        Class::Schema => "schema",
        Class::Relation => "table",
        Class::Type => "type",
        Class::Routine => "function",
        Class::Constraint => "constraint",
        Class::Default => "default value",
        Class::Trigger => "trigger",
        Class::Policy => "policy",
        Class::Rule => "rule",
        Class::Extension => "extension",
        Class::Role => "role",
        Class::Operator => "operator",
        Class::OperatorClass => "operator class",
        Class::OperatorFamily => "operator family",
        Class::Cast => "cast",
        Class::Statistics => "statistics object",
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
        Class::ForeignDataWrapper => "foreign-data wrapper",
        Class::Server => "server",
        Class::UserMapping => "user mapping",
        Class::Database => "database",
    }
}

fn name(run: &Run<'_>, oid: Oid, object: &Object) -> String {
    let schema = object.schema.and_then(|schema| run.catalog.get(schema).map(|found| (schema, found)));
    match schema {
        Some((schema, found)) if !is_visible(run, schema, oid, object) => format!("{}.{}", quoted(&found.name), quoted(&object.name)),
        _ => quoted(&object.name),
    }
}

/// Whether the name alone finds an object.
fn is_visible(run: &Run<'_>, schema: Oid, oid: Oid, object: &Object) -> bool {
    let Ok(path) = run.path() else { return false };
    let class = object.body.class();
    let first = path.iter().find(|schema| !run.catalog.named(class, **schema, &object.name).is_empty());
    first == Some(&schema) && run.catalog.named(class, schema, &object.name).contains(&oid)
}

/// A name as SQL has to write it (`quote_identifier`; words that only the grammar reserves are not told).
fn quoted(name: &str) -> String {
    let is_plain = name.bytes().enumerate().all(|(at, byte)| match byte {
        b'a'..=b'z' | b'_' => true,
        b'0'..=b'9' => at > 0,
        _ => false,
    });
    if is_plain && !name.is_empty() { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}
