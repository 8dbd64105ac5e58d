//! Access methods and operator classes: what an index may be made of (manual, 11.2, 11.10; 38.16).
//!
//! They are PostgreSQL's own, those that the history makes, and those that its extensions bring. An extension of which nothing is known may
//! bring any of them: then what is written is taken as it is. In a partial history an extension that no file creates may be there too.

use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{RelationKind, Type, TypeId, TypeUse};
use crate::catalog::object::{Body, Class, Name};
use crate::catalog::run::{Knowledge, Run};
use crate::catalog::types::format_type;
use crate::catalog::{Catalog, Oid};
use crate::postgres::facts::{CastContext, CastMethod, Extension, Facts, NameKind, OperatorClass, extension, extensions, system};
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
pub(in crate::catalog::apply) fn abilities(run: &mut Run<'_>, method: &str, span: Span) -> Result<Abilities> {
    let version = run.world.target;
    let none = Abilities { unique: false, include: false, multicolumn: false, order: false, exclusion: false };
    Ok(match method {
        "btree" => ALL,
        "hash" => Abilities { exclusion: true, ..none },
        "gist" => Abilities { include: true, multicolumn: true, exclusion: true, ..none },
        "gin" | "brin" => Abilities { multicolumn: true, ..none },
        "spgist" => Abilities { include: version.major() >= 14, exclusion: true, ..none },
        _ => {
            let is_method = |facts: &'static Facts| {
                let mut methods = facts.names(NameKind::AccessMethod, version);
                methods.any(|fact| fact.name == method && fact.detail == "index")
            };
            let own = !run.catalog.named(Class::AccessMethod, Oid::NONE, method).is_empty();
            if !own && !is_there(run, is_method, &format!("access method {method}"), (Class::AccessMethod, method), span) {
                return Err(Stop::fails("42704", format!("access method \"{method}\" does not exist"), span));
            }
            ALL
        }
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

/// What the extensions that are there bring, as far as that is known.
pub(super) fn present(run: &Run<'_>) -> impl Iterator<Item = Option<&'static Facts>> {
    let extensions = run.catalog.in_schema(Class::Extension, Oid::NONE);
    extensions.into_iter().filter_map(|oid| run.catalog.get(oid)).map(|object| extension(&object.name).and_then(Extension::members))
}

/// Whether PostgreSQL or an extension brings something; one that may be there is assumed to be, with a condition that says so.
fn is_there(run: &mut Run<'_>, brings: impl Fn(&'static Facts) -> bool, what: &str, (class, name): (Class, &str), span: Span) -> bool {
    if brings(system()) || present(run).any(|facts| facts.is_none_or(&brings)) {
        return true;
    }
    if run.world.knowledge == Knowledge::Complete {
        return false;
    }
    let mut bringing = extensions().iter().filter(|extension| extension.members().is_some_and(&brings)).peekable();
    let creates = run.world.creates;
    // What an extension brings that some file creates is not there before that file.
    let assumable = if bringing.peek().is_some() {
        bringing.any(|extension| !creates(Class::Extension, extension.name))
    } else {
        !creates(class, name)
    };
    if assumable {
        run.condition("42704", format!("unless {what}, which no file creates, is there"), span);
    }
    assumable
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
    match (written, ty) {
        (None, None) => Ok(None),
        (None, Some(ty)) => expect_default_class(run, method, ty, span).map(|()| None),
        (Some(written), ty) => written_class(run, text, method, ty, written),
    }
}

fn expect_default_class(run: &mut Run<'_>, method: &str, ty: &TypeUse, span: Span) -> Result {
    let version = run.world.target;
    let names = fact_names(&run.catalog, ty);
    if names.is_empty() || default_class(run, method, ty).is_some() {
        return Ok(());
    }
    let shown = format_type(&run.catalog, &ty.bare());
    let brings = |facts: &'static Facts| {
        facts.operator_classes(method, version).any(|class| class.is_default && names.iter().any(|name| name == class.input))
    };
    let may_come = matches!(method, "gin" | "gist") || !matches!(method, "btree" | "hash" | "brin" | "spgist");
    let what = format!("an operator class of {method} for {shown}");
    let is_unknown = present(run).any(|facts| facts.is_none());
    if is_unknown || (may_come && is_there(run, brings, &what, (Class::OperatorClass, ""), span)) {
        return Ok(());
    }
    let message = format!("data type {shown} has no default operator class for access method \"{method}\"");
    Err(Stop::fails("42704", message, span))
}

fn written_class(run: &mut Run<'_>, text: &str, method: &str, ty: Option<&TypeUse>, written: &OperatorClassUse) -> Result<Option<Name>> {
    let name = written.name;
    let value = name.object.value(text);
    let version = run.world.target;
    let in_system = name.schema.is_none_or(|schema| schema.is(text, "pg_catalog"));
    if let Some(schema) = name.schema
        && !in_system
    {
        run.schema(&schema.value(text), schema.span)?;
    }
    if let Some(own) = own_class(run, text, method, written) {
        return Ok(Some(own));
    }
    let built_in = if in_system { system().operator_class(method, &value, version) } else { None };
    let brought = || present(run).flatten().find_map(|facts| facts.operator_class(method, &value, version));
    let Some(class) = built_in.or_else(brought) else {
        let brings = |facts: &'static Facts| facts.operator_class(method, &value, version).is_some();
        if is_there(run, brings, &format!("operator class {value}"), (Class::OperatorClass, &value), name.span()) {
            return Ok(Some(Name::from(&*value)));
        }
        let message = format!("operator class \"{}\" does not exist for access method \"{method}\"", name.display(text));
        return Err(Stop::fails("42704", message, name.span()));
    };
    let Some(ty) = ty else { return Ok(Some(Name::from(class.name))) };
    if accepts(run, class, ty) == Some(false) {
        let shown = format_type(&run.catalog, &ty.bare());
        let message = format!("operator class \"{value}\" does not accept data type {shown}");
        return Err(Stop::fails("42804", message, name.span()));
    }
    let is_default = default_class(run, method, ty).is_some_and(|default| &*default == class.name);
    Ok((!is_default).then(|| Name::from(class.name)))
}

/// A class that CREATE OPERATOR CLASS made.
fn own_class(run: &mut Run<'_>, text: &str, method: &str, written: &OperatorClassUse) -> Option<Name> {
    let found = run.find(Class::OperatorClass, text, written.name).ok().flatten()?;
    let object = run.catalog.get(found)?;
    let Body::OperatorClass(class) = &object.body else { return None };
    (&*class.method == method).then(|| Name::clone(&object.name))
}

/// The class that an index takes for a type unless told otherwise: of PostgreSQL's, of the history's, or of an extension that is there.
pub(in crate::catalog::apply) fn default_class(run: &Run<'_>, method: &str, ty: &TypeUse) -> Option<Name> {
    if let Some(own) = own_default(run, method, ty) {
        return run.catalog.get(own).map(|object| Name::clone(&object.name));
    }
    let version = run.world.target;
    // Most types have one of their own, which is found without a look at what else is there.
    let own = fact_names(&run.catalog, ty).into_iter().next()?;
    if let Some(class) = system().operator_classes(method, version).find(|class| class.is_default && *class.input == *own) {
        return Some(Name::from(class.name));
    }
    let accepted = accepted_inputs(run, ty);
    let mut found: Option<&OperatorClass> = None;
    for facts in [system()].into_iter().chain(present(run).flatten()) {
        for class in facts.operator_classes(method, version).filter(|class| class.is_default) {
            match accepted.iter().position(|input| input == class.input) {
                Some(0) => return Some(Name::from(class.name)),
                Some(_) => {
                    let preferred = |class: &OperatorClass| system().type_named(class.input, version).is_some_and(|fact| fact.preferred);
                    if found.is_none_or(|before| !preferred(before) && preferred(class)) {
                        found = Some(class);
                    }
                }
                None => {}
            }
        }
    }
    found.map(|class| Name::from(class.name))
}

fn own_default(run: &Run<'_>, method: &str, ty: &TypeUse) -> Option<Oid> {
    let TypeId::User(oid) = ty.id else { return None };
    let mut candidates = run.catalog.dependents_of(oid.into()).map(|(address, _)| address.object);
    candidates.find(|oid| match run.catalog.get(*oid).map(|object| &object.body) {
        Some(Body::OperatorClass(class)) => {
            class.default && &*class.method == method && class.ty.as_ref().is_some_and(|other| other.is_same_type(ty))
        }
        _ => false,
    })
}

/// What has to stay for a key on a value of type `ty` to have its operator class, which is the type's default where none is named: the class,
/// or the extension that brings it.
pub(super) fn provider(run: &mut Run<'_>, method: &str, class: Option<&str>, ty: Option<&TypeUse>) -> Option<Oid> {
    let version = run.world.target;
    let accepted = match (class, ty) {
        (None, Some(ty)) => match own_default(run, method, ty) {
            Some(own) => return Some(own),
            // The rest of the defaults are of PostgreSQL's types or of the extension's own.
            None if matches!(method, "gin" | "gist") => accepted_inputs(run, ty),
            None => return None,
        },
        (None, None) => return None,
        (Some(_), _) => Vec::new(),
    };
    let brings = |facts: &'static Facts| match class {
        Some(name) => facts.operator_class(method, name, version).is_some(),
        None => facts.operator_classes(method, version).any(|class| class.is_default && accepted.iter().any(|input| input == class.input)),
    };
    if let Some(name) = class
        && let Ok(Some(own)) = run.find_named(Class::OperatorClass, None, name)
    {
        return Some(own);
    }
    if brings(system()) {
        return None;
    }
    let mut extensions = run.catalog.in_schema(Class::Extension, Oid::NONE).into_iter();
    extensions.find(|oid| run.catalog.extension_facts(*oid).is_some_and(brings))
}

/// Whether a class indexes values of a type: its own, or one whose bytes are the same; none if that can't be told.
fn accepts(run: &Run<'_>, class: &OperatorClass, ty: &TypeUse) -> Option<bool> {
    let accepted = accepted_inputs(run, ty);
    if accepted.is_empty() { None } else { Some(accepted.iter().any(|input| input == class.input)) }
}

/// The types whose operator classes index values of a type: itself first, then the kinds of types that it is one of, and those whose bytes are
/// the same. Nothing if they can't be told.
fn accepted_inputs(run: &Run<'_>, ty: &TypeUse) -> Vec<String> {
    let mut inputs = fact_names(&run.catalog, ty);
    let Some(first) = inputs.first().cloned() else { return inputs };
    let version = run.world.target;
    for facts in [system()].into_iter().chain(present(run).flatten()) {
        let casts = facts.casts_from(&first, version);
        let same = casts.filter(|cast| cast.method == CastMethod::Binary && cast.context == CastContext::Implicit);
        inputs.extend(same.map(|cast| cast.target.to_owned()));
    }
    inputs
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
            Some(Body::Type(_)) if catalog.get(oid).is_some_and(|object| object.extension.is_some()) => {
                catalog.get(oid).map(|object| vec![object.name.to_string()]).unwrap_or_default()
            }
            Some(Body::Type(ty)) => match &**ty {
                Type::Enum(_) => known(&["anyenum"]),
                Type::Range(_) => known(&["anyrange"]),
                Type::Multirange(_) => known(&["anymultirange"]),
                Type::Domain(domain) => domain.base.as_ref().map_or_else(Vec::new, |base| fact_names(catalog, base)),
                Type::Base(_) | Type::Shell | Type::Unknown(_) => Vec::new(),
            },
            _ => Vec::new(),
        },
    }
}
