//! Access methods and operator classes: what an index may be made of (manual, 11.2, 11.10; 38.16).
//!
//! An extension that nothing is known of may bring any of them: then what is written is taken as it is, and nothing is refused.

use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{RelationKind, Type, TypeId, TypeUse};
use crate::catalog::object::{Body, Class, Name};
use crate::catalog::run::{Knowledge, Run};
use crate::catalog::types::format_type;
use crate::catalog::{Catalog, Oid};
use crate::postgres::facts::{CastContext, CastMethod, NameKind, OperatorClass, system};
use crate::syntax::Version;
use crate::syntax::tree::{Clause, Ident, OperatorClassUse};
use crate::text::Span;

/// What an access method can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalog::apply) struct Abilities {
    /// UNIQUE
    pub unique: bool,
    /// INCLUDE
    pub include: bool,
    /// More than one key.
    pub multicolumn: bool,
    /// ASC, DESC, NULLS FIRST.
    pub order: bool,
    /// EXCLUDE
    pub exclusion: bool,
}

const ALL: Abilities = Abilities { unique: true, include: true, multicolumn: true, order: true, exclusion: true };

/// What the access method called `method` can do.
///
/// # Errors
/// 42704 if there is none.
pub(in crate::catalog::apply) fn abilities(run: &Run<'_>, method: &str, span: Span) -> Result<Abilities> {
    let version = run.world.target;
    let none = Abilities { unique: false, include: false, multicolumn: false, order: false, exclusion: false };
    Ok(match method {
        "btree" => ALL,
        "hash" => Abilities { exclusion: true, ..none },
        "gist" => Abilities { include: true, multicolumn: true, exclusion: true, ..none },
        "gin" | "brin" => Abilities { multicolumn: true, ..none },
        "spgist" => Abilities { include: version.major() >= 14, exclusion: true, ..none },
        _ if system().names(NameKind::AccessMethod, version).any(|fact| fact.name == method && fact.detail == "index") => ALL,
        _ if !run.catalog.named(Class::AccessMethod, Oid::NONE, method).is_empty() || may_be_an_extensions(run) => ALL,
        _ => return Err(Stop::fails("42704", format!("access method \"{method}\" does not exist"), span)),
    })
}

/// The access method that is written; btree if none is.
pub(in crate::catalog::apply) fn method_name(text: &str, written: Option<&Clause<Ident>>) -> Name {
    match written {
        None => Name::from("btree"),
        // `rtree` was replaced by gist, and still means it.
        Some(clause) if clause.value.is(text, "rtree") => Name::from("gist"),
        Some(clause) => Name::from(&*clause.value.value(text)),
    }
}

/// The operator class of a key on a value of type `ty`; none if that is the type's default, or if it can't be told which it is.
///
/// # Errors
/// 42704 if there is none, 42804 if it is for another type.
pub(in crate::catalog::apply) fn operator_class(
    run: &mut Run<'_>,
    text: &str,
    method: &str,
    ty: Option<&TypeUse>,
    written: Option<&OperatorClassUse>,
    span: Span,
) -> Result<Option<Name>> {
    let Some(written) = written else {
        let Some(ty) = ty else { return Ok(None) };
        if default_class(run, method, ty)?.is_some() || !knows_classes_of(run, method, ty) {
            return Ok(None);
        }
        let shown = format_type(&run.catalog, &ty.bare());
        let message = format!("data type {shown} has no default operator class for access method \"{method}\"");
        return Err(Stop::fails("42704", message, span));
    };
    let name = written.name;
    let value = name.object.value(text);
    if let Some(schema) = name.schema
        && !schema.is(text, "pg_catalog")
    {
        run.schema(&schema.value(text), schema.span)?;
    }
    let version = run.world.target;
    let built_in = if name.schema.is_none_or(|schema| schema.is(text, "pg_catalog")) {
        system().operator_class(method, &value, version)
    } else {
        None
    };
    let Some(class) = built_in else {
        return match own_class(run, text, method, written) {
            Some(own) => Ok(Some(own)),
            None if may_be_an_extensions(run) => {
                if run.world.knowledge == Knowledge::Partial && run.catalog.in_schema(Class::Extension, Oid::NONE).is_empty() {
                    run.condition("42704", format!("unless operator class {value}, which no file creates, is there"), name.span());
                }
                Ok(Some(Name::from(&*value)))
            }
            None => {
                let shown = name.display(text);
                let message = format!("operator class \"{shown}\" does not exist for access method \"{method}\"");
                Err(Stop::fails("42704", message, name.span()))
            }
        };
    };
    let Some(ty) = ty else { return Ok(Some(Name::from(class.name))) };
    if accepts(&run.catalog, class, ty, version) == Some(false) {
        let shown = format_type(&run.catalog, &ty.bare());
        let message = format!("operator class \"{value}\" does not accept data type {shown}");
        return Err(Stop::fails("42804", message, name.span()));
    }
    let is_default = default_class(run, method, ty)?.is_some_and(|default| &*default == class.name);
    Ok((!is_default).then(|| Name::from(class.name)))
}

/// A class that CREATE OPERATOR CLASS made.
fn own_class(run: &mut Run<'_>, text: &str, method: &str, written: &OperatorClassUse) -> Option<Name> {
    let found = run.find(Class::OperatorClass, text, written.name).ok().flatten()?;
    let object = run.catalog.get(found)?;
    let Body::OperatorClass(class) = &object.body else { return None };
    (&*class.method == method).then(|| Name::clone(&object.name))
}

/// Whether an extension of which nothing is known may bring whatever is missing.
fn may_be_an_extensions(run: &Run<'_>) -> bool {
    run.world.knowledge == Knowledge::Partial || !run.catalog.in_schema(Class::Extension, Oid::NONE).is_empty()
}

/// Whether all operator classes that there may be for a type are known.
fn knows_classes_of(run: &Run<'_>, method: &str, ty: &TypeUse) -> bool {
    let of_extension = matches!(method, "gin" | "gist") || !matches!(method, "btree" | "hash" | "brin" | "spgist");
    if of_extension && may_be_an_extensions(run) {
        return false;
    }
    match ty.id {
        TypeId::BuiltIn(_) => true,
        TypeId::User(oid) => match run.catalog.get(oid).map(|object| &object.body) {
            Some(Body::Type(ty)) => !matches!(&**ty, Type::Unknown | Type::Shell),
            Some(Body::Relation(relation)) => !matches!(relation.kind, RelationKind::Unknown),
            _ => false,
        },
    }
}

/// The class that an index takes for a type unless told otherwise.
pub(in crate::catalog::apply) fn default_class(run: &Run<'_>, method: &str, ty: &TypeUse) -> Result<Option<Name>> {
    if let Some(own) = own_default(run, method, ty) {
        return Ok(Some(own));
    }
    let version = run.world.target;
    let mut found: Option<&OperatorClass> = None;
    for class in system().operator_classes(method, version).filter(|class| class.is_default) {
        match fact_names(&run.catalog, ty).first() {
            Some(exact) if exact == class.input => return Ok(Some(Name::from(class.name))),
            _ => {}
        }
        if accepts(&run.catalog, class, ty, version) == Some(true) {
            let preferred = |class: &OperatorClass| system().type_named(class.input, version).is_some_and(|fact| fact.preferred);
            if found.is_none_or(|before| !preferred(before) && preferred(class)) {
                found = Some(class);
            }
        }
    }
    Ok(found.map(|class| Name::from(class.name)))
}

fn own_default(run: &Run<'_>, method: &str, ty: &TypeUse) -> Option<Name> {
    let TypeId::User(oid) = ty.id else { return None };
    let candidates = run.catalog.dependents_of(oid.into()).filter_map(|(address, _)| run.catalog.get(address.object));
    let mut classes = candidates.filter_map(|object| match &object.body {
        Body::OperatorClass(class) if class.default && &*class.method == method => Some((object, class)),
        _ => None,
    });
    classes.find(|(_, class)| class.ty.as_ref().is_some_and(|other| other.is_same_type(ty))).map(|(object, _)| Name::clone(&object.name))
}

/// Whether a class of PostgreSQL's own indexes values of a type: its own, or one whose bytes are the same.
fn accepts(catalog: &Catalog, class: &OperatorClass, ty: &TypeUse, version: Version) -> Option<bool> {
    let names = fact_names(catalog, ty);
    if names.is_empty() {
        return None;
    }
    let direct = names.iter().any(|name| name == class.input);
    let coerced = names.first().is_some_and(|name| {
        let mut casts = system().casts_from(name, version);
        casts.any(|cast| cast.target == class.input && cast.method == CastMethod::Binary && cast.context == CastContext::Implicit)
    });
    Some(direct || coerced)
}

/// What floor 3 calls a type, and the kinds of types that it is one of; nothing if that can't be told.
pub(in crate::catalog::apply) fn fact_names(catalog: &Catalog, ty: &TypeUse) -> Vec<String> {
    let known = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    match ty.id {
        TypeId::BuiltIn(name) if ty.array => vec![format!("_{name}"), "anyarray".to_owned()],
        TypeId::BuiltIn(name) => {
            let mut names = vec![name.to_owned()];
            if name.ends_with("multirange") {
                names.push("anymultirange".to_owned());
            } else if name.ends_with("range") {
                names.push("anyrange".to_owned());
            }
            names
        }
        TypeId::User(_) if ty.array => known(&["anyarray"]),
        TypeId::User(oid) => match catalog.get(oid).map(|object| &object.body) {
            Some(Body::Relation(relation)) if relation.kind != RelationKind::Unknown => known(&["record"]),
            Some(Body::Type(ty)) => match &**ty {
                Type::Enum(_) => known(&["anyenum"]),
                Type::Range(_) => known(&["anyrange"]),
                Type::Domain(domain) => domain.base.as_ref().map_or_else(Vec::new, |base| fact_names(catalog, base)),
                Type::Base(_) | Type::Shell | Type::Unknown => Vec::new(),
            },
            _ => Vec::new(),
        },
    }
}
