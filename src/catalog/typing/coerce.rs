//! Casts: which PostgreSQL makes unasked, in assignment, or only where they are written (`parse_coerce.c`; manual, 10 and CREATE CAST).

use super::ExprType;
use super::family::{base_type, category, element_of, is_pseudo};
use super::polymorphic::is_polymorphic;
use crate::catalog::Oid;
use crate::catalog::model::{RelationKind, Type, TypeId, TypeUse};
use crate::catalog::object::{Body, Class};
use crate::catalog::store::Catalog;
use crate::postgres::facts::{self, CastContext, CastMethod, Facts};
use crate::syntax::Version;

/// Where a cast is wanted. What is allowed in one place is allowed in the later ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// In any expression.
    Implicit,
    /// In assignment to a column.
    Assignment,
    /// Written: `::`, CAST.
    Explicit,
}

/// How a value of one type becomes one of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It is one already, or the bytes are the same: nothing is rewritten but for a modifier or a domain's checks.
    Same,
    /// By a function, or element by element.
    Converted,
    /// Through text: by the functions with which the types are written and read.
    Spelled,
    /// Not in this place.
    None,
    /// It can't be told.
    Untold,
}

/// How a value of `source` becomes one of `target` in this place.
pub fn coercion(catalog: &Catalog, version: Version, source: &TypeUse, target: &TypeUse, context: Context) -> Fit {
    if source.is_same_type(target) {
        return Fit::Same;
    }
    let (Some(from), Some(to)) = (base_type(catalog, source), base_type(catalog, target)) else { return Fit::Untold };
    if from.is_same_type(&to) {
        return Fit::Same;
    }
    let cast = declared(catalog, version, source, &to).or_else(|| declared(catalog, version, &from, &to));
    if let Some((wanted, method)) = cast
        && wanted <= context
    {
        return match method {
            CastMethod::Binary => Fit::Same,
            CastMethod::Function(_) => Fit::Converted,
            CastMethod::InOut => Fit::Spelled,
        };
    }
    // `int2vector` and `oidvector` are no arrays here.
    if let (true, Some(from), Some(to)) = (from.array && to.array, element_of(&from), element_of(&to)) {
        return match coercion(catalog, version, &from, &to, context) {
            Fit::Spelled => Fit::Converted,
            other => other,
        };
    }
    if let Some(fit) = row(catalog, &from, &to, context) {
        return fit;
    }
    through_text(catalog, &from, &to, context)
}

/// Whether a value of that type can be used where `target` is wanted, in this place; none if that can't be told.
pub fn can_coerce(catalog: &Catalog, version: Version, source: &ExprType, target: &TypeUse, context: Context) -> Option<bool> {
    if matches!(target.id, TypeId::BuiltIn("any")) && !target.array || is_polymorphic(target) {
        return Some(true);
    }
    match source {
        ExprType::Literal => Some(true),
        ExprType::Untold => None,
        ExprType::Known(source) => match coercion(catalog, version, source, target, context) {
            Fit::Same | Fit::Converted | Fit::Spelled => Some(true),
            Fit::None => Some(false),
            Fit::Untold => None,
        },
    }
}

/// The cast that stands in `pg_cast`, or is a user's or an extension's.
fn declared(catalog: &Catalog, version: Version, source: &TypeUse, target: &TypeUse) -> Option<(Context, CastMethod)> {
    if source.array || target.array {
        return None;
    }
    if let (TypeId::BuiltIn(from), TypeId::BuiltIn(to)) = (source.id, target.id) {
        return find(facts::system(), version, from, to);
    }
    for oid in catalog.in_schema(Class::Cast, Oid::NONE) {
        if let Some(Body::Cast(cast)) = catalog.get(oid).map(|object| &object.body)
            && cast.source.is_same_type(source)
            && cast.target.is_same_type(target)
        {
            let context = match cast.context {
                'i' => Context::Implicit,
                'a' => Context::Assignment,
                _ => Context::Explicit,
            };
            let method = match cast.function {
                Some(_) => CastMethod::Function(""),
                None if cast.definition.options.get("method").is_some_and(|method| &**method == "inout") => CastMethod::InOut,
                None => CastMethod::Binary,
            };
            return Some((context, method));
        }
    }
    let name = |ty: &TypeUse| match ty.id {
        TypeId::BuiltIn(name) => Some(name.to_owned()),
        TypeId::User(oid) => catalog.get(oid).map(|object| object.name.to_string()),
    };
    let extension = [source, target].into_iter().find_map(|ty| match ty.id {
        TypeId::User(oid) => catalog.get(oid)?.extension,
        TypeId::BuiltIn(_) => None,
    });
    let facts = catalog.extension_facts(extension?)?;
    find(facts, version, &name(source)?, &name(target)?)
}

fn find(facts: &'static Facts, version: Version, source: &str, target: &str) -> Option<(Context, CastMethod)> {
    let cast = facts.cast(source, target, version)?;
    let context = match cast.context {
        CastContext::Implicit => Context::Implicit,
        CastContext::Assignment => Context::Assignment,
        CastContext::Explicit => Context::Explicit,
    };
    Some((context, cast.method))
}

/// Rows and records: a row becomes `record` unasked, and a record a row where that is written; a child's row becomes its parent's.
fn row(catalog: &Catalog, from: &TypeUse, to: &TypeUse, context: Context) -> Option<Fit> {
    if from.array || to.array {
        return None;
    }
    let relation = |ty: &TypeUse| match ty.id {
        TypeId::User(oid) => catalog.relation(oid),
        TypeId::BuiltIn(_) => None,
    };
    let is_record = |ty: &TypeUse| ty.id == TypeId::BuiltIn("record");
    match (relation(from), relation(to)) {
        (Some(_), None) if is_record(to) => Some(Fit::Same),
        (None, Some(_)) if is_record(from) => Some(Fit::Converted),
        (Some(child), Some(_)) => match to.id {
            TypeId::User(parent) if child.parents.contains(&parent) => Some(Fit::Converted),
            _ if matches!(child.kind, RelationKind::Unknown) => Some(Fit::Untold),
            _ if context == Context::Explicit => Some(Fit::None),
            _ => None,
        },
        _ => None,
    }
}

/// Every type becomes a string by its output function in assignment, and a string every type by its input function where that is written.
fn through_text(catalog: &Catalog, from: &TypeUse, to: &TypeUse, context: Context) -> Fit {
    if context == Context::Implicit {
        return match [from, to].into_iter().any(|ty| is_unknown(catalog, ty)) {
            true => Fit::Untold,
            false => Fit::None,
        };
    }
    let is_string = |ty: &TypeUse| category(catalog, ty).is_some_and(|(letter, _)| letter == 'S');
    let is_convertible = |ty: &TypeUse| !is_pseudo(ty) || ty.id == TypeId::BuiltIn("record");
    if is_string(to) || (context == Context::Explicit && is_string(from) && is_convertible(to)) {
        return Fit::Spelled;
    }
    if [from, to].into_iter().any(|ty| is_unknown(catalog, ty)) { Fit::Untold } else { Fit::None }
}

fn is_unknown(catalog: &Catalog, ty: &TypeUse) -> bool {
    let TypeId::User(oid) = ty.id else { return false };
    match catalog.get(oid).map(|object| &object.body) {
        Some(Body::Type(ty)) => matches!(&**ty, Type::Unknown(_) | Type::Shell),
        Some(Body::Relation(relation)) => matches!(relation.kind, RelationKind::Unknown),
        _ => true,
    }
}

/// The type that the branches of a CASE, the rows of VALUES, the parts of a UNION or the elements of an array get (manual, 10.5).
///
/// # Errors
/// The two types of which neither becomes the other.
pub fn common_type(catalog: &Catalog, version: Version, types: &[ExprType]) -> Result<ExprType, (TypeUse, TypeUse)> {
    if types.contains(&ExprType::Untold) {
        return Ok(ExprType::Untold);
    }
    let mut known = types.iter().filter_map(ExprType::known);
    let Some(first) = known.next() else { return Ok(ExprType::Literal) };
    if types.iter().filter_map(ExprType::known).all(|ty| ty.is_same_type(first)) && types.iter().all(|ty| ty.known().is_some()) {
        let same = types.iter().filter_map(ExprType::known).all(|ty| ty.modifier == first.modifier);
        return Ok(ExprType::Known(if same { first.clone() } else { first.bare() }));
    }
    let Some(mut chosen) = base_type(catalog, first) else { return Ok(ExprType::Untold) };
    for next in known {
        let Some(next) = base_type(catalog, next) else { return Ok(ExprType::Untold) };
        if next.is_same_type(&chosen) {
            continue;
        }
        let (Some((own, preferred)), Some((other, _))) = (category(catalog, &chosen), category(catalog, &next)) else {
            return Ok(ExprType::Untold);
        };
        if own != other {
            return Err((chosen, next));
        }
        let forward = can_coerce(catalog, version, &ExprType::Known(chosen.clone()), &next, Context::Implicit);
        let backward = can_coerce(catalog, version, &ExprType::Known(next.clone()), &chosen, Context::Implicit);
        match (forward, backward) {
            (None, _) | (_, None) => return Ok(ExprType::Untold),
            (Some(true), Some(false)) if preferred == super::family::Preferred::No => chosen = next,
            _ => {}
        }
    }
    for ty in types.iter().filter_map(ExprType::known) {
        match can_coerce(catalog, version, &ExprType::Known(ty.clone()), &chosen, Context::Implicit) {
            Some(false) => return Err((chosen, ty.clone())),
            None => return Ok(ExprType::Untold),
            Some(true) => {}
        }
    }
    Ok(ExprType::Known(chosen.bare()))
}
