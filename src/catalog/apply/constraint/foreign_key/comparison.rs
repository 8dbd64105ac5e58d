//! Whether the columns of a foreign key can be compared: by an operator of the family that the referenced index has, or because one type
//! becomes the other unasked (`ATAddForeignKeyConstraint`).

use crate::catalog::apply::index::method::{default_class, fact_names};
use crate::catalog::collation::{is_collatable, is_nondeterministic};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Column, Type, TypeId, TypeUse};
use crate::catalog::object::{Body, Class, Name};
use crate::catalog::run::Run;
use crate::catalog::types::format_type;
use crate::catalog::{Address, Catalog, ColumnNumber, Oid};
use crate::postgres::facts::{CastContext, system};
use crate::text::Span;

/// The number of `=` in the families of btree.
const EQUAL: u8 = 3;

/// Expects that a referencing and a referenced column can be compared (42804).
pub(in crate::catalog::apply) fn expect_comparable(
    run: &Run<'_>,
    from: (Oid, ColumnNumber),
    to: (Oid, ColumnNumber),
    constraint: &Name,
    span: Span,
) -> Result {
    let column = |(table, number): (Oid, ColumnNumber)| run.catalog.column(Address::column(table, number));
    let (Some(from), Some(to)) = (column(from), column(to)) else { return Ok(()) };
    let (Some(from_type), Some(to_type)) = (&from.ty, &to.ty) else { return Ok(()) };
    match are_comparable(run, to_type, from_type)? {
        Some(true) if run.world.target.major() >= 18 => expect_same_order(run, from, to, constraint, span),
        Some(true) => Ok(()),
        Some(false) => {
            let message = format!(
                "foreign key constraint \"{constraint}\" cannot be implemented: key columns \"{}\" and \"{}\" are of incompatible types: {} and {}",
                from.name,
                to.name,
                format_type(&run.catalog, &from_type.bare()),
                format_type(&run.catalog, &to_type.bare()),
            );
            Err(Stop::fails("42804", message, span))
        }
        None => Err(Stop::unknown(format!("it can't be told whether the types of \"{}\" and \"{}\" compare", from.name, to.name), span)),
    }
}

/// Since version 18 both columns have one collation if either takes different texts for one.
fn expect_same_order(run: &Run<'_>, from: &Column, to: &Column, constraint: &Name, span: Span) -> Result {
    let takes_one = |column: &Column| column.ty.as_ref().and_then(|ty| is_collatable(run, ty));
    if let (Some(a), Some(b)) = (takes_one(from), takes_one(to))
        && a != b
    {
        return Err(Stop::fails("XX000", "key columns are not both collatable", span));
    }
    let is_loose = |column: &Column| column.collation.as_ref().is_some_and(|collation| is_nondeterministic(run, collation));
    if from.collation != to.collation && (is_loose(from) || is_loose(to)) {
        let message = format!(
            "foreign key constraint \"{constraint}\" cannot be implemented: key columns \"{}\" and \"{}\" have incompatible collations",
            from.name, to.name
        );
        return Err(Stop::fails("42P21", message, span));
    }
    Ok(())
}

fn are_comparable(run: &Run<'_>, to: &TypeUse, from: &TypeUse) -> Result<Option<bool>> {
    let (to, from) = (base(&run.catalog, to), base(&run.catalog, from));
    let (Some(to), Some(from)) = (to, from) else { return Ok(None) };
    if to.is_same_type(&from) {
        return Ok(Some(true));
    }
    let is_dark = |ty: &TypeUse| match ty.id {
        TypeId::BuiltIn(_) => false,
        TypeId::User(oid) => {
            !matches!(run.catalog.get(oid).and_then(|object| object.ty()), Some(Type::Enum(_) | Type::Range(_) | Type::Multirange(_)))
        }
    };
    if is_dark(&to) || is_dark(&from) {
        return Ok(None);
    }
    let version = run.world.target;
    let to_names = fact_names(&run.catalog, &to);
    let from_names = fact_names(&run.catalog, &from);
    let (Some(_), Some(from_name)) = (to_names.first(), from_names.first()) else { return Ok(None) };
    let Some(class) = default_class(run, "btree", &to) else { return Ok(None) };
    let Some(class) = system().operator_class("btree", &class, version) else { return Ok(None) };
    if class.input.starts_with("any") || class.input == "record" {
        return Ok(if has_own_cast(run, &from) { None } else { Some(false) });
    }
    let mut family = system().family("btree", class.family, version);
    let compares = family.any(|operator| operator.strategy == EQUAL && operator.left == class.input && operator.right == from_name);
    let becomes = from_name == class.input
        || system().cast(from_name, class.input, version).is_some_and(|cast| cast.context == CastContext::Implicit);
    if !compares && !becomes && has_own_cast(run, &from) {
        return Ok(None);
    }
    Ok(Some(compares || becomes))
}

/// What a domain is of; nothing if that can't be told.
fn base(catalog: &Catalog, ty: &TypeUse) -> Option<TypeUse> {
    let TypeId::User(oid) = ty.id else { return Some(ty.bare()) };
    match catalog.get(oid).and_then(|object| object.ty()) {
        Some(Type::Domain(domain)) if !ty.array => base(catalog, domain.base.as_ref()?),
        _ => Some(ty.bare()),
    }
}

/// Whether CREATE CAST made a cast from a type: then nobody here can tell what it becomes.
fn has_own_cast(run: &Run<'_>, from: &TypeUse) -> bool {
    let casts = run.catalog.named(Class::Cast, Oid::NONE, "").iter().filter_map(|oid| run.catalog.get(*oid));
    casts.into_iter().any(|object| matches!(&object.body, Body::Cast(cast) if cast.source.is_same_type(from)))
}
