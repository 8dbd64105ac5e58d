//! CREATE FUNCTION and CREATE PROCEDURE, in the order in which PostgreSQL refuses them (`CreateFunction`, `ProcedureCreate`).

use std::sync::Arc;

use super::arguments::{self, Returned};
use super::attributes::{self, Attributes};
use super::body;
use super::replace::{self, Replace};
use crate::catalog::apply::creation::new_name;
use crate::catalog::expression::link;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Options, Routine, RoutineBody, RoutineKind, TypeId};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, Dependency, Oid};
use crate::postgres::facts::{self, NameKind};
use crate::syntax::tree::{CreateFunction, FunctionBody, ObjectKind, Volatility};
use crate::text::Span;

pub(super) fn create(run: &mut Run<'_>, text: &str, create: &CreateFunction) -> Result {
    let schema = run.schema_for(text, create.name)?;
    let name = new_name(text, create.name)?;
    let attributes = attributes::read(run, text, &create.options, create.kind)?;
    let language = language(run, &attributes, create)?;
    let transforms = attributes.transform_types(run, text)?;
    let arguments = arguments::read(run, text, create)?;
    let returned = arguments::returned(run, text, create, &arguments)?;
    let kind = if create.kind == ObjectKind::Procedure { RoutineKind::Procedure } else { RoutineKind::Function };
    let span = create.name.span();
    let mut routine = Routine {
        kind,
        arguments,
        returns: returned.ty.clone(),
        returns_set: returned.set,
        language: Name::from(&*language.name),
        body: RoutineBody::Unknown,
        volatility: Volatility::Volatile,
        strict: false,
        security_definer: false,
        leakproof: false,
        parallel: 'u',
        window: false,
        cost: None,
        rows: None,
        support: None,
        transforms,
        settings: Options::new(),
        secured: Some(run.origin),
    };
    attributes.write(run, text, &mut routine);
    let written = body::read(run, text, &name, &routine, &attributes, span)?;
    routine.body = written;
    refuse_rows(&attributes, &returned)?;
    arguments::refuse_undetermined(&routine.arguments, &returned, span)?;
    let replace = create.replace.map_or(Replace::No, |_| Replace::Yes);
    let found = replace::replaced(run, schema, &name, &routine, replace, span)?;
    if create.replace.is_some() && found.is_none() {
        run.note_unreplaced(Class::Routine, schema, &name);
    }
    let oid = store(run, schema, &name, routine, found);
    depend(run, oid, schema, language.object, attributes.support_function());
    body::validate(run, text, oid, &attributes, span)
}

/// ROWS says how many rows a set has.
fn refuse_rows(attributes: &Attributes<'_>, returned: &Returned) -> Result {
    match &attributes.rows {
        Some((_, span)) if !returned.set => Err(Stop::fails("22023", "ROWS is not applicable when function does not return a set", *span)),
        _ => Ok(()),
    }
}

/// A routine's language.
struct Language {
    name: String,
    /// The object, if a statement or an extension of the history made it.
    object: Option<Oid>,
}

fn language(run: &mut Run<'_>, attributes: &Attributes<'_>, create: &CreateFunction) -> Result<Language> {
    let Some((name, span)) = &attributes.language else {
        return match attributes.body {
            Some((FunctionBody::Return(_) | FunctionBody::Atomic(_), _)) => Ok(Language { name: "sql".to_owned(), object: None }),
            _ => Err(Stop::fails("42P13", "no language specified", create.name.span())),
        };
    };
    find_language(run, name, *span).map(|object| Language { name: name.clone(), object })
}

/// The object of a language; none for those that every server has.
///
/// # Errors
/// 42704 if there is no such language, or if it can't be told.
pub(super) fn find_language(run: &mut Run<'_>, name: &str, span: Span) -> Result<Option<Oid>> {
    if facts::system().has(NameKind::Language, name, run.world.target) {
        return Ok(None);
    }
    if let Some(found) = run.find_in(Class::Language, Oid::NONE, name).map_err(|stop| stop.or_at(span))? {
        return Ok(Some(found));
    }
    let brings = |oid: &Oid| run.catalog.extension_facts(*oid).is_some_and(|facts| facts.has(NameKind::Language, name, run.world.target));
    if let Some(extension) = run.catalog.in_schema(Class::Extension, Oid::NONE).into_iter().find(brings) {
        return Ok(Some(extension));
    }
    if run.catalog.has_unknown_extension() {
        return Err(Stop::unknown(format!("whether an extension brings the language `{name}`"), span));
    }
    if run.may_assume(Class::Language, name) {
        return Ok(Some(run.assume(Class::Language, Oid::NONE, name, "42704", span)));
    }
    Err(Stop::fails("42704", format!("language \"{name}\" does not exist"), span))
}

/// Puts a routine into the catalog, in place of the one that it replaces: that keeps its owner, its privileges and its comment.
pub(super) fn store(run: &mut Run<'_>, schema: Oid, name: &str, routine: Routine, replaced: Option<Oid>) -> Oid {
    let body = Body::Routine(Arc::new(routine));
    let Some(oid) = replaced else {
        run.catalog.settle(Class::Routine, name);
        return run.catalog.add(Object::new(name, body, run.origin).in_schema(schema));
    };
    run.catalog.update(oid, |object| object.body = body);
    for kind in [Dependency::Normal, Dependency::Auto, Dependency::AutoExtension] {
        run.catalog.unlink_all(oid.into(), kind);
    }
    oid
}

/// Notes what a routine depends on: its schema, its language, its types, and what its defaults and its body use.
pub(super) fn depend(run: &mut Run<'_>, oid: Oid, schema: Oid, language: Option<Oid>, support: Option<Oid>) {
    run.catalog.link(oid, schema, Dependency::Normal);
    for on in language.into_iter().chain(support) {
        run.catalog.link(oid, on, Dependency::Normal);
    }
    let Some(routine) = run.catalog.get(oid).and_then(Object::routine).cloned() else { return };
    let types = routine.arguments.iter().filter_map(|argument| argument.ty.as_ref()).chain(&routine.returns).chain(&routine.transforms);
    for ty in types {
        if let TypeId::User(_) = ty.id {
            run.catalog.link_type(Address::whole(oid), ty);
        }
    }
    for default in routine.arguments.iter().filter_map(|argument| argument.default.as_ref()) {
        link(&mut run.catalog, oid, default, None);
    }
    if let RoutineBody::Sql(stored) = &routine.body {
        link(&mut run.catalog, oid, stored, None);
    }
}
