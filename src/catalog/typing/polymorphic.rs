//! Polymorphic types: what `anyelement` and its kin are in one call (manual, 38.2.5; `enforce_generic_type_consistency`).

use super::ExprType;
use super::family::{array_of, base_type, element_of};
use crate::catalog::model::{RelationKind, Type, TypeId, TypeUse};
use crate::catalog::object::Body;
use crate::catalog::store::Catalog;
use crate::postgres::facts;
use crate::syntax::Version;

/// Whether it is one of them.
pub fn is_polymorphic(ty: &TypeUse) -> bool {
    family(ty).is_some()
}

/// Its family: those of one must agree in a call.
fn family(ty: &TypeUse) -> Option<Family> {
    let TypeId::BuiltIn(name) = ty.id else { return None };
    Some(match name {
        "anyelement" | "anynonarray" | "anyenum" => Family::Element,
        "anyarray" => Family::Array,
        "anyrange" => Family::Range,
        "anymultirange" => Family::Multirange,
        "anycompatible" | "anycompatiblenonarray" => Family::CompatibleElement,
        "anycompatiblearray" => Family::CompatibleArray,
        "anycompatiblerange" => Family::CompatibleRange,
        "anycompatiblemultirange" => Family::CompatibleMultirange,
        _ => return None,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Element,
    Array,
    Range,
    Multirange,
    CompatibleElement,
    CompatibleArray,
    CompatibleRange,
    CompatibleMultirange,
}

/// The type that `result` is in a call that hands `arguments` over to `declared`.
pub fn result_of(catalog: &Catalog, version: Version, result: &TypeUse, declared: &[Option<TypeUse>], arguments: &[ExprType]) -> ExprType {
    let Some(wanted) = family(result) else { return ExprType::Known(result.clone()) };
    let compatible =
        matches!(wanted, Family::CompatibleElement | Family::CompatibleArray | Family::CompatibleRange | Family::CompatibleMultirange);
    let mut elements = Vec::new();
    let mut ranges = Vec::new();
    for (declared, argument) in declared.iter().zip(arguments) {
        let Some(declared) = declared else { return ExprType::Untold };
        let Some(found) = family(declared) else { continue };
        let argument = match argument {
            ExprType::Untold => return ExprType::Untold,
            ExprType::Literal => continue,
            ExprType::Known(ty) => ty.bare(),
        };
        match found {
            Family::Element if !compatible => elements.push(argument),
            Family::CompatibleElement if compatible => elements.push(argument),
            Family::Array | Family::CompatibleArray if compatible == (found == Family::CompatibleArray) => {
                let Some(argument) = base_type(catalog, &argument) else { return ExprType::Untold };
                elements.extend(element_of(&argument));
            }
            Family::Range | Family::CompatibleRange => {
                let Some(argument) = base_type(catalog, &argument) else { return ExprType::Untold };
                let Some(subtype) = subtype(catalog, &argument) else { return ExprType::Untold };
                elements.push(subtype);
                ranges.push(argument);
            }
            Family::Multirange | Family::CompatibleMultirange => return ExprType::Untold,
            _ => {}
        }
    }
    let types: Vec<ExprType> = elements.into_iter().map(ExprType::Known).collect();
    let Ok(ExprType::Known(element)) = super::common_type(catalog, version, &types) else {
        return if types.is_empty() && matches!(wanted, Family::CompatibleElement) { ExprType::built_in("text") } else { ExprType::Untold };
    };
    match wanted {
        Family::Element | Family::CompatibleElement => ExprType::Known(element),
        Family::Array | Family::CompatibleArray => ExprType::Known(array_of(&element)),
        Family::Range | Family::CompatibleRange => ranges.first().cloned().map_or(ExprType::Untold, ExprType::Known),
        Family::Multirange | Family::CompatibleMultirange => ExprType::Untold,
    }
}

/// Whether `argument` can be handed over to `declared` by its shape alone; none if that can't be told.
pub fn accepts(catalog: &Catalog, declared: &TypeUse, argument: &ExprType) -> Option<bool> {
    let TypeId::BuiltIn(name) = declared.id else { return Some(true) };
    let argument = match argument {
        ExprType::Literal => return Some(true),
        ExprType::Untold => return None,
        ExprType::Known(ty) => ty,
    };
    let base = base_type(catalog, argument);
    let argument = match name {
        // Of a domain what it is over counts, but for enums.
        "anyenum" => argument,
        _ => &base?,
    };
    Some(match name {
        "anyarray" | "anycompatiblearray" => argument.array || element_of(argument).is_some() || argument.id == TypeId::BuiltIn("anyarray"),
        "anynonarray" | "anycompatiblenonarray" => !argument.array,
        "anyenum" => !argument.array && is_enum(catalog, argument)?,
        "anyrange" | "anycompatiblerange" => !argument.array && subtype(catalog, argument).is_some(),
        "anymultirange" | "anycompatiblemultirange" => !argument.array && is_multirange(catalog, argument)?,
        _ => true,
    })
}

/// Whether arguments agree in what their polymorphic types are (`check_generic_type_consistency`); none if that can't be told.
pub fn consistent(catalog: &Catalog, version: Version, declared: &[TypeUse], arguments: &[ExprType]) -> Option<bool> {
    let mut exact = Agreement::default();
    let mut compatible = Agreement::default();
    let mut common: Vec<ExprType> = Vec::new();
    for (declared, argument) in declared.iter().zip(arguments) {
        let Some(found) = family(declared) else { continue };
        let argument = match argument {
            ExprType::Literal => continue,
            ExprType::Untold => return None,
            // What pg_statistic holds is an array of anything.
            ExprType::Known(TypeUse { id: TypeId::BuiltIn("anyarray"), .. }) => continue,
            ExprType::Known(ty) => ty.bare(),
        };
        let agrees = match found {
            Family::Element => agree(&mut exact.element, argument),
            Family::Array => element_of(&base_type(catalog, &argument)?).is_none_or(|element| agree(&mut exact.element, element)),
            Family::Range => agree(&mut exact.range, base_type(catalog, &argument)?),
            Family::Multirange => agree(&mut exact.range, range_of(catalog, &base_type(catalog, &argument)?)?),
            Family::CompatibleElement => {
                common.push(ExprType::Known(argument));
                true
            }
            Family::CompatibleArray => {
                common.extend(element_of(&base_type(catalog, &argument)?).map(ExprType::Known));
                true
            }
            Family::CompatibleRange => agree(&mut compatible.range, base_type(catalog, &argument)?),
            Family::CompatibleMultirange => agree(&mut compatible.range, range_of(catalog, &base_type(catalog, &argument)?)?),
        };
        if !agrees {
            return Some(false);
        }
    }
    if let Some(range) = &exact.range
        && !agree(&mut exact.element, subtype(catalog, range)?)
    {
        return Some(false);
    }
    let wanted = match &compatible.range {
        Some(range) => Some(subtype(catalog, range)?),
        None => None,
    };
    common.extend(wanted.clone().map(ExprType::Known));
    match (super::common_type(catalog, version, &common), wanted) {
        (Ok(ExprType::Untold), _) => None,
        (Ok(ExprType::Known(found)), Some(wanted)) => Some(found.is_same_type(&wanted)),
        (Ok(_), _) => Some(true),
        (Err(_), _) => Some(false),
    }
}

/// What the arguments so far say that the polymorphic types are.
#[derive(Debug, Default)]
struct Agreement {
    element: Option<TypeUse>,
    range: Option<TypeUse>,
}

fn agree(slot: &mut Option<TypeUse>, ty: TypeUse) -> bool {
    slot.get_or_insert_with(|| ty.clone()).is_same_type(&ty)
}

/// The range type whose multirange type it is.
fn range_of(catalog: &Catalog, ty: &TypeUse) -> Option<TypeUse> {
    match ty.id {
        TypeId::BuiltIn(name) => facts::system()
            .types(Version::NEWEST)
            .find(|fact| fact.name == name.replace("multirange", "range"))
            .map(|fact| TypeUse::built_in(fact.name)),
        TypeId::User(oid) => match catalog.get(oid)?.ty()? {
            Type::Multirange(range) => Some(TypeUse::user(*range)),
            _ => None,
        },
    }
}

fn is_enum(catalog: &Catalog, ty: &TypeUse) -> Option<bool> {
    match ty.id {
        TypeId::BuiltIn(_) => Some(false),
        TypeId::User(oid) => match &catalog.get(oid)?.body {
            Body::Type(ty) => match &**ty {
                Type::Enum(_) => Some(true),
                Type::Unknown(_) | Type::Shell => None,
                _ => Some(false),
            },
            Body::Relation(relation) if matches!(relation.kind, RelationKind::Unknown) => None,
            _ => Some(false),
        },
    }
}

fn is_multirange(catalog: &Catalog, ty: &TypeUse) -> Option<bool> {
    match ty.id {
        TypeId::BuiltIn(name) => Some(name.ends_with("multirange")),
        TypeId::User(oid) if matches!(catalog.get(oid)?.ty(), Some(Type::Multirange(_))) => Some(true),
        TypeId::User(_) => is_enum(catalog, ty).map(|_| false),
    }
}

fn subtype(catalog: &Catalog, ty: &TypeUse) -> Option<TypeUse> {
    match ty.id {
        TypeId::BuiltIn(name) => {
            let fact = facts::system().type_named(name, Version::NEWEST)?;
            fact.subtype.map(super::fact_type)
        }
        TypeId::User(oid) => match catalog.get(oid)?.ty()? {
            Type::Range(range) => range.subtype.clone(),
            _ => None,
        },
    }
}
