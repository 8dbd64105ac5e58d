//! What kind of type a type is: its category, its base type, its elements.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::catalog::model::{Domain, RelationKind, Type, TypeId, TypeUse};
use crate::catalog::object::Body;
use crate::catalog::store::Catalog;
use crate::postgres::facts::{self, TypeFact, TypeKind};
use crate::syntax::Version;

/// The built-in type `name`, of the newest version that has it: what a type is hardly differs between them.
///
/// Choosing an operator asks this some hundred times, so the answers are kept by name.
fn fact(name: &str) -> Option<&'static TypeFact> {
    static TYPES: LazyLock<HashMap<&'static str, &'static TypeFact>> =
        LazyLock::new(|| facts::system().types(Version::NEWEST).map(|fact| (fact.name, fact)).collect());
    TYPES.get(name).copied()
}

/// A type of `pg_catalog` by the name that facts give it: `_int4` is an array.
pub fn fact_type(name: &'static str) -> TypeUse {
    // All array types are called like that; the facts of nothing else are looked up.
    if !name.starts_with('_') && !name.contains("._") {
        return TypeUse::built_in(name);
    }
    match fact(name) {
        Some(TypeFact { kind: TypeKind::Array, element: Some(element), .. }) => TypeUse::built_in(element).array(),
        _ => TypeUse::built_in(name),
    }
}

/// The letter of its category, and whether it is preferred there; none if that can't be told.
pub fn category(catalog: &Catalog, ty: &TypeUse) -> Option<(char, Preferred)> {
    if ty.array {
        return Some(('A', Preferred::No));
    }
    match ty.id {
        TypeId::BuiltIn(name) => {
            let fact = fact(name)?;
            Some((fact.category, if fact.preferred { Preferred::Yes } else { Preferred::No }))
        }
        TypeId::User(oid) => {
            let letter = match &catalog.get(oid)?.body {
                Body::Relation(relation) if !matches!(relation.kind, RelationKind::Unknown) => 'C',
                Body::Type(ty) => match &**ty {
                    Type::Enum(_) => 'E',
                    Type::Range(_) | Type::Multirange(_) => 'R',
                    Type::Domain(Domain { base, .. }) => return category(catalog, base.as_ref()?),
                    Type::Base(definition) => {
                        let letter = definition.options.get("category").and_then(|letter| letter.chars().next());
                        let preferred = definition.options.get("preferred").is_some_and(|value| &**value == "true");
                        return Some((letter.unwrap_or('U'), if preferred { Preferred::Yes } else { Preferred::No }));
                    }
                    Type::Shell | Type::Unknown(_) => return None,
                },
                _ => return None,
            };
            Some((letter, Preferred::No))
        }
    }
}

/// Whether a type is the preferred one of its category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Preferred {
    No,
    Yes,
}

/// Whether its category is known to be this letter.
pub fn has_category(catalog: &Catalog, ty: &TypeUse, letter: char) -> bool {
    category(catalog, ty).is_some_and(|(found, _)| found == letter)
}

/// What a domain is a domain over, through all its layers; any other type itself.
pub fn base_type(catalog: &Catalog, ty: &TypeUse) -> Option<TypeUse> {
    if ty.array {
        return Some(ty.clone());
    }
    match ty.id {
        TypeId::BuiltIn(name) => match fact(name) {
            Some(TypeFact { kind: TypeKind::Domain, base: Some(base), .. }) => Some(fact_type(base)),
            _ => Some(ty.clone()),
        },
        TypeId::User(oid) => match catalog.get(oid).map(|object| &object.body) {
            Some(Body::Type(found)) => match &**found {
                Type::Domain(domain) => base_type(catalog, domain.base.as_ref()?),
                Type::Unknown(_) => None,
                _ => Some(ty.clone()),
            },
            _ => Some(ty.clone()),
        },
    }
}

/// The type of its elements, if it is an array.
pub fn element_of(ty: &TypeUse) -> Option<TypeUse> {
    match (ty.array, ty.id) {
        (true, _) => Some(TypeUse { array: false, ..ty.clone() }),
        // Types of fixed length with subscripts, and two that are arrays in all but name.
        (false, TypeId::BuiltIn("int2vector")) => Some(TypeUse::built_in("int2")),
        (false, TypeId::BuiltIn("oidvector")) => Some(TypeUse::built_in("oid")),
        _ => None,
    }
}

/// An array of it; an array of arrays is an array.
pub fn array_of(ty: &TypeUse) -> TypeUse {
    ty.clone().array()
}

/// Whether it is one of the types that no column has: `anyelement`, `record`, `trigger`.
pub fn is_pseudo(ty: &TypeUse) -> bool {
    match ty.id {
        TypeId::BuiltIn(name) => fact(name).is_some_and(|fact| fact.kind == TypeKind::Pseudo),
        TypeId::User(_) => false,
    }
}
