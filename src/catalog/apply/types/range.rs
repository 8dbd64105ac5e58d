//! Range types, each with its multirange type from version 14 on.

use std::sync::Arc;

use super::base::{definition, refuse_repeated};
use super::{constructor, make, place, plain, shell_or_free};
use crate::catalog::collation;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Range, Type, TypeId, TypeUse};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::types::{format_type, type_use};
use crate::catalog::{Dependency, Oid};
use crate::postgres::facts::{self, CastContext, CastMethod, TypeKind};
use crate::syntax::tree::{self, Setting, SettingValue, TypeBase, TypeName};
use crate::text::Span;

pub(super) fn create(run: &mut Run<'_>, text: &str, name: tree::Name, options: &[Setting]) -> Result {
    let place = place(run, text, name)?;
    refuse_repeated(text, options)?;
    let mut subtype = None;
    let mut multirange = None;
    for setting in options {
        let option = setting.name.value(text);
        match option.as_ref() {
            "subtype" => subtype = Some((type_use(run, text, type_of(setting, &option)?)?, setting.span)),
            "multirange_type_name" if run.world.target.major() >= 14 => multirange = Some(name_of(setting, &option)?),
            "subtype_opclass" | "collation" | "canonical" | "subtype_diff" => drop(type_of(setting, &option)?),
            _ => return Err(Stop::fails("42601", format!("type attribute \"{option}\" not recognized"), setting.span)),
        }
    }
    let Some((subtype, at)) = subtype else {
        return Err(Stop::fails("42601", "type attribute \"subtype\" is required", name.span()));
    };
    refuse_pseudo(run, &subtype, at)?;
    let mut uses = Vec::new();
    for setting in options {
        uses.extend(check(run, text, setting, &subtype, place.shell.is_some())?);
    }
    if !options.iter().any(|setting| setting.name.is(text, "subtype_opclass")) {
        require_order(run, &subtype, at)?;
    }
    let multirange = if run.world.target.major() >= 14 {
        Some(multirange_name(run, text, multirange, &place.name, place.schema, name.span())?)
    } else {
        None
    };
    let mut definition = definition(text, options);
    definition.options.retain(|option, _| !matches!(&**option, "subtype" | "multirange_type_name"));
    let name = multirange.as_ref().map(|(_, name)| Name::clone(name)).unwrap_or_default();
    let range = Range { subtype: Some(subtype.clone()), multirange: name, definition };
    let oid = make(run, &place, Type::Range(range));
    run.catalog.link_type(oid, &subtype);
    for on in uses {
        run.catalog.link(oid, on, Dependency::Normal);
    }
    constructor::of_range(run, oid, &subtype);
    if let Some((schema, name)) = multirange {
        let object = Object::new(name, Body::Type(Arc::new(Type::Multirange(oid))), run.origin).in_schema(schema).part_of(oid);
        let made = run.catalog.add(object);
        run.catalog.link(made, oid, Dependency::Internal);
        constructor::of_multirange(run, made, oid);
    }
    Ok(())
}

fn type_of<'s>(setting: &'s Setting, option: &str) -> Result<&'s TypeName> {
    match &setting.value {
        Some(SettingValue::Type(ty)) => Ok(ty),
        Some(value) => Err(Stop::unknown(format!("{option} is written in another way than as a name"), value.span())),
        None => Err(Stop::fails("42601", format!("{option} requires a parameter"), setting.span)),
    }
}

fn name_of(setting: &Setting, option: &str) -> Result<tree::Name> {
    let ty = type_of(setting, option)?;
    match ty.base {
        TypeBase::Named(name) => Ok(name),
        TypeBase::BuiltIn(span, _) => Err(Stop::unknown(format!("{option} is written in another way than as a name"), span)),
    }
}

fn refuse_pseudo(run: &Run<'_>, subtype: &TypeUse, span: Span) -> Result {
    let TypeId::BuiltIn(name) = subtype.id else { return Ok(()) };
    let fact = facts::system().type_named(name, run.world.target);
    if !subtype.array && fact.is_some_and(|fact| fact.kind == TypeKind::Pseudo) {
        let shown = format_type(&run.catalog, subtype);
        return Err(Stop::fails("42804", format!("range subtype cannot be {shown}"), span));
    }
    Ok(())
}

/// Checks an option that names something else, and gives what it names if that is an object of the catalog.
fn check(run: &mut Run<'_>, text: &str, setting: &Setting, subtype: &TypeUse, has_shell: bool) -> Result<Option<Oid>> {
    let option = setting.name.value(text);
    match option.as_ref() {
        "subtype_opclass" => {
            let name = name_of(setting, &option)?;
            if let Some(found) = run.find(Class::OperatorClass, text, name)? {
                return Ok(Some(found));
            }
            let object = name.object.value(text);
            let known = facts::system().operator_class("btree", &object, run.world.target).is_some();
            if known || run.may_assume(Class::OperatorClass, &object) {
                return Ok(None);
            }
            let message = format!("operator class \"{}\" does not exist for access method \"btree\"", name.display(text));
            Err(Stop::fails("42704", message, name.span()))
        }
        "collation" => {
            let name = name_of(setting, &option)?;
            collation::collation(run, text, name, Some(subtype))?;
            run.find(Class::Collation, text, name)
        }
        "canonical" if !has_shell => {
            let message = "cannot specify a canonical function without a pre-created shell type";
            Err(Stop::fails("42P17", message, setting.span))
        }
        "canonical" | "subtype_diff" => {
            let name = name_of(setting, &option)?;
            if let Some(found) = run.find(Class::Routine, text, name)? {
                return Ok(Some(found));
            }
            let object = name.object.value(text);
            if facts::system().knows_function(&object) || run.may_assume(Class::Routine, &object) {
                return Ok(None);
            }
            let shown = format_type(&run.catalog, &subtype.bare());
            let message = format!("function {}({shown}, {shown}) does not exist", name.display(text));
            Err(Stop::fails("42883", message, name.span()))
        }
        _ => Ok(None),
    }
}

/// Ranges need an order: a btree operator class of the subtype, or of a type that it is binary coercible to.
fn require_order(run: &Run<'_>, subtype: &TypeUse, span: Span) -> Result {
    let TypeId::BuiltIn(name) = subtype.id else { return Ok(()) };
    let (facts, version) = (facts::system(), run.world.target);
    let is_base = facts.type_named(name, version).is_some_and(|fact| fact.kind == TypeKind::Base);
    let has_class = |name: &str| facts.default_operator_class("btree", name, version).is_some();
    let binary = |cast: &&facts::Cast| cast.method == CastMethod::Binary && cast.context == CastContext::Implicit;
    if subtype.array || !is_base || has_class(name) || facts.casts_from(name, version).filter(binary).any(|cast| has_class(cast.target)) {
        return Ok(());
    }
    let shown = format_type(&run.catalog, subtype);
    let message = format!("data type {shown} has no default operator class for access method \"btree\"");
    Err(Stop::fails("42704", message, span))
}

/// The name of a range's multirange type: the one that is asked for, or the range's with `multi` before `range`, or with `_multirange` at its
/// end (`makeMultirangeTypeName`).
fn multirange_name(
    run: &mut Run<'_>,
    text: &str,
    written: Option<tree::Name>,
    range: &str,
    schema: Oid,
    span: Span,
) -> Result<(Oid, Name)> {
    let (schema, name, span) = match written {
        Some(name) => {
            let schema = if name.schema.is_some() { run.schema_for(text, name)? } else { schema };
            (schema, name.object.value(text).into_owned(), plain(name).span)
        }
        None => (schema, chosen_name(range), span),
    };
    let taken = run.find_in(Class::Type, schema, &name)?.and_then(|oid| run.catalog.get(oid)).and_then(Object::ty).is_some();
    if taken || shell_or_free(run, schema, &name, span)?.is_some() {
        return Err(Stop::fails("42710", format!("type \"{name}\" already exists"), span));
    }
    Ok((schema, name.into()))
}

fn chosen_name(range: &str) -> String {
    const MAX: usize = 63;
    let (before, after) = match range.find("range") {
        Some(at) => (&range[..at], format!("multi{}", &range[at..])),
        None => (clipped(range, MAX - "_multirange".len()), "_multirange".to_owned()),
    };
    clipped(&format!("{before}{after}"), MAX).to_owned()
}

fn clipped(name: &str, max: usize) -> &str {
    let mut end = max.min(name.len());
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}

#[cfg(test)]
mod tests {
    use super::chosen_name;

    #[test]
    fn a_multirange_is_called_after_its_range() {
        assert_eq!(chosen_name("pricerange"), "pricemultirange");
        assert_eq!(chosen_name("price"), "price_multirange");
    }
}
