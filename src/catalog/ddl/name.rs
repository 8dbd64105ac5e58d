//! Names as statements write them: with their schema, and in quotes where PostgreSQL's grammar needs them.

use crate::catalog::model::{RelationKind, Routine, RoutineKind, Type, TypeUse};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::store::Catalog;
use crate::catalog::types::format_type;
use crate::catalog::{Address, ColumnNumber, Oid};
use crate::syntax::expression::{identifier, qualified as joined};

/// The name of an object with its schema before it, if it lives in one.
pub(super) fn qualified(catalog: &Catalog, oid: Oid) -> String {
    let Some(object) = catalog.get(oid) else { return String::new() };
    within(catalog, object.schema, &object.name)
}

/// A name with a schema before it.
pub(super) fn within(catalog: &Catalog, schema: Option<Oid>, name: &str) -> String {
    match schema.and_then(|schema| catalog.get(schema)) {
        Some(schema) => joined(&[schema.name.to_string(), name.to_owned()]),
        None => identifier(name),
    }
}

/// The names of columns: `a, "b c"`.
pub(super) fn columns(catalog: &Catalog, relation: Oid, numbers: &[ColumnNumber]) -> String {
    let name = |number: &ColumnNumber| catalog.column(Address::column(relation, *number)).map(|column| identifier(&column.name));
    numbers.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

/// A type.
pub(super) fn ty(catalog: &Catalog, ty: Option<&TypeUse>) -> String {
    ty.map_or_else(|| "unknown".to_owned(), |ty| format_type(catalog, ty))
}

/// What a role is called among grantees.
pub(super) fn grantee(name: &str) -> String {
    if name == crate::catalog::reference::PUBLIC { "PUBLIC".to_owned() } else { role(name) }
}

/// A role; the words that stand for one in the catalog are no names.
pub(super) fn role(name: &str) -> String {
    match name {
        "current_user" | "session_user" | "current_role" => name.to_uppercase(),
        _ => identifier(name),
    }
}

/// The types by which a routine is told apart: `(integer, VARIADIC text[])`.
fn signature(catalog: &Catalog, routine: &Routine) -> String {
    let inputs: Vec<String> = routine.inputs().map(|input| ty(catalog, input.map(TypeUse::bare).as_ref())).collect();
    match routine.kind {
        RoutineKind::Aggregate if inputs.is_empty() => "(*)".to_owned(),
        _ => format!("({})", inputs.join(", ")),
    }
}

/// An object as COMMENT ON and ALTER name it: `TABLE public.t`, `FUNCTION public.f(integer)`, `TRIGGER x ON public.t`.
pub(super) fn reference(catalog: &Catalog, oid: Oid) -> Option<String> {
    let (noun, rest) = parts(catalog, oid)?;
    Some(format!("{noun} {rest}"))
}

/// The same in two: what it is, and which one, so that `IF EXISTS` may stand between.
pub(super) fn parts(catalog: &Catalog, oid: Oid) -> Option<(&'static str, String)> {
    let object = catalog.get(oid)?;
    let own = qualified(catalog, oid);
    let on = |of: Oid| format!("{} ON {}", identifier(&object.name), qualified(catalog, of));
    Some(match &object.body {
        Body::Routine(routine) => (noun(object)?, own + &signature(catalog, routine)),
        Body::Constraint(_) => match catalog.get(object.of?)?.body {
            Body::Type(_) => ("CONSTRAINT", format!("{} ON DOMAIN {}", identifier(&object.name), qualified(catalog, object.of?))),
            _ => ("CONSTRAINT", on(object.of?)),
        },
        Body::Trigger(_) => ("TRIGGER", on(object.of?)),
        Body::Policy(_) => ("POLICY", on(object.of?)),
        Body::Rule(_) => ("RULE", on(object.of?)),
        Body::Operator(operator) => {
            let left = operator.left.as_ref().map_or_else(|| "NONE".to_owned(), |left| format_type(catalog, left));
            ("OPERATOR", format!("{} ({left}, {})", sign(catalog, object), ty(catalog, operator.right.as_ref())))
        }
        Body::OperatorClass(class) => ("OPERATOR CLASS", format!("{own} USING {}", class.method)),
        Body::OperatorFamily(family) => ("OPERATOR FAMILY", format!("{own} USING {}", family.method)),
        Body::Cast(cast) => ("CAST", format!("({} AS {})", format_type(catalog, &cast.source), format_type(catalog, &cast.target))),
        Body::Other(Class::UserMapping, _) => {
            ("USER MAPPING", format!("FOR {} SERVER {}", grantee(&object.name), qualified(catalog, object.of?)))
        }
        Body::Other(Class::Transform, _) => {
            let (ty, language) = transform(catalog, object);
            ("TRANSFORM", format!("FOR {ty} LANGUAGE {language}"))
        }
        Body::Default(_) | Body::Other(Class::Database, _) => return None,
        _ => (noun(object)?, own),
    })
}

/// The type and the language of a transform.
pub(super) fn transform(catalog: &Catalog, object: &Object) -> (String, String) {
    match object.of {
        Some(of) => (qualified(catalog, of), identifier(&object.name)),
        None => {
            let (ty, language) = object.name.rsplit_once(' ').unwrap_or((&object.name, "sql"));
            (ty.to_owned(), identifier(language))
        }
    }
}

/// An operator's sign with its schema.
pub(super) fn sign(catalog: &Catalog, object: &Object) -> String {
    let schema = object.schema.and_then(|schema| catalog.get(schema)).map(|schema| identifier(&schema.name) + ".");
    schema.unwrap_or_default() + &object.name
}

/// What statements call an object of this kind: `TABLE`, `MATERIALIZED VIEW`.
pub(super) fn noun(object: &Object) -> Option<&'static str> {
    Some(match &object.body {
        Body::Relation(relation) => match relation.kind {
            RelationKind::Table | RelationKind::Unknown => "TABLE",
            RelationKind::View(_) => "VIEW",
            RelationKind::MaterializedView(_) => "MATERIALIZED VIEW",
            RelationKind::Sequence(_) => "SEQUENCE",
            RelationKind::Index(_) => "INDEX",
            RelationKind::ForeignTable(..) => "FOREIGN TABLE",
            RelationKind::Composite => "TYPE",
        },
        Body::Type(ty) if matches!(**ty, Type::Domain(_)) => "DOMAIN",
        Body::Type(_) => "TYPE",
        Body::Routine(routine) => match routine.kind {
            RoutineKind::Function | RoutineKind::Unknown => "FUNCTION",
            RoutineKind::Procedure => "PROCEDURE",
            RoutineKind::Aggregate => "AGGREGATE",
        },
        body => match body.class() {
            Class::Schema => "SCHEMA",
            Class::Extension => "EXTENSION",
            Class::Operator => "OPERATOR",
            Class::OperatorClass => "OPERATOR CLASS",
            Class::OperatorFamily => "OPERATOR FAMILY",
            Class::Statistics => "STATISTICS",
            Class::Publication => "PUBLICATION",
            Class::Subscription => "SUBSCRIPTION",
            Class::Collation => "COLLATION",
            Class::Conversion => "CONVERSION",
            Class::TextSearchParser => "TEXT SEARCH PARSER",
            Class::TextSearchDictionary => "TEXT SEARCH DICTIONARY",
            Class::TextSearchTemplate => "TEXT SEARCH TEMPLATE",
            Class::TextSearchConfiguration => "TEXT SEARCH CONFIGURATION",
            Class::Language => "LANGUAGE",
            Class::AccessMethod => "ACCESS METHOD",
            Class::EventTrigger => "EVENT TRIGGER",
            Class::Tablespace => "TABLESPACE",
            Class::ForeignDataWrapper => "FOREIGN DATA WRAPPER",
            Class::Server => "SERVER",
            _ => return None,
        },
    })
}
