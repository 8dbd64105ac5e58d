//! CREATE and ALTER EXTENSION (PostgreSQL's `CreateExtensionInternal`).
//!
//! Whether the server offers an extension is a condition: no file can show it. Where code goes on without it, that is a condition of whatever needs
//! the extension later, and not of the code (`optional`). What a known one brings are facts of floor 3, apart from its types and relations, which are
//! made as objects by `members`.

use std::sync::Arc;

use super::{members, optional};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::Extension;
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, Dependency, Oid, Standing, reference};
use crate::postgres::facts;
use crate::syntax::literal;
use crate::syntax::tree::{AlterExtension, CreateExtension, ExtensionAction, ExtensionOption, ObjectRef, WordOrString};
use crate::text::Span;

/// What extension is wanted.
pub(in crate::catalog::apply) struct Request<'n> {
    /// Its name.
    pub name: &'n str,
    /// Where it is named.
    pub span: Span,
    /// SCHEMA
    pub schema: Option<(String, Span)>,
    /// VERSION
    pub version: Option<Name>,
    /// Whether what it requires is brought along.
    pub cascade: Option<Span>,
}

pub(super) fn apply(run: &mut Run<'_>, text: &str, create: &CreateExtension) -> Result {
    let name = create.name.value(text);
    let span = create.name.span;
    if create.name.is_template(text) {
        return Err(Stop::unknown(format!("`{name}` is filled in by the tool"), span));
    }
    let mut request = Request { name: &name, span, schema: None, version: None, cascade: None };
    if let Some(found) = run.find_in(Class::Extension, Oid::NONE, &name).map_err(|stop| stop.or_at(span))? {
        if !create.guard.is_written() {
            return Err(already(&name, span));
        }
        if optional::is_optional(&run.catalog, found) {
            offered(run, &request);
            optional::mark(&mut run.catalog, found, false);
        }
        return Ok(());
    }
    for option in &create.options {
        let repeated = match option {
            ExtensionOption::Schema(schema) => request.schema.replace((schema.value(text).into_owned(), schema.span)).map(|_| schema.span),
            ExtensionOption::Version(version) => request.version.replace(word(text, *version)).map(|_| create.span),
            ExtensionOption::Cascade(span) => request.cascade.replace(*span),
        };
        if let Some(span) = repeated {
            return Err(Stop::fails("42601", "conflicting or redundant options", span));
        }
    }
    self::create(run, &request)
}

fn word(text: &str, word: WordOrString) -> Name {
    match word {
        WordOrString::Word(ident) => Name::from(&*ident.value(text)),
        WordOrString::String(span) => Name::from(&*literal::value(text, span)),
    }
}

fn already(name: &str, span: Span) -> Stop {
    Stop::fails("42710", format!("extension \"{name}\" already exists"), span)
}

/// Creates an extension, which is known not to be there yet.
///
/// # Errors
/// 3F000 without its schema, 42704 without what it requires, 42710, 42P07 and 42723 where a name is taken.
pub(in crate::catalog::apply) fn create(run: &mut Run<'_>, request: &Request<'_>) -> Result {
    let known = facts::extension(request.name);
    offered(run, request);
    let target = run.world.target;
    let own = known.and_then(|known| known.schema(target));
    let schema = match (&request.schema, own) {
        (Some((name, span)), Some(own)) if name != own => {
            let message = format!("extension \"{}\" must be installed in schema \"{own}\"", request.name);
            return Err(Stop::fails("0A000", message, *span));
        }
        (_, Some("pg_catalog")) => Oid::PG_CATALOG,
        (_, Some(own)) => match run.find_schema(own)? {
            Some(found) => found,
            None => super::add(run, own, None),
        },
        (Some((name, span)), None) => run.schema(name, *span)?,
        (None, None) => run.creation_schema(request.span)?,
    };
    let mut required = Vec::new();
    for name in known.into_iter().flat_map(|known| known.requires(target)) {
        required.push(require(run, request, name)?);
    }
    install(run, request.name, schema, request.version.clone(), &required, request.span, Standing::Made).map(drop)
}

/// Notes that the server must offer the extension.
fn offered(run: &mut Run<'_>, request: &Request<'_>) {
    run.condition(optional::missing(run.world.target), optional::unless_offered(request.name), request.span);
}

/// An extension that another one requires.
fn require(run: &mut Run<'_>, request: &Request<'_>, name: &str) -> Result<Oid> {
    if let Some(found) = run.find_in(Class::Extension, Oid::NONE, name)? {
        return Ok(found);
    }
    if request.cascade.is_some() {
        create(run, &Request { name, span: request.span, schema: request.schema.clone(), version: None, cascade: request.cascade })?;
        return run
            .find_in(Class::Extension, Oid::NONE, name)?
            .ok_or_else(|| Stop::unknown("an extension that was just made", request.span));
    }
    if run.may_assume_in(Class::Extension, Oid::NONE, name) {
        return assume(run, name, request.span);
    }
    Err(Stop::fails("42704", format!("required extension \"{name}\" is not installed"), request.span))
}

/// Assumes an extension that no file creates and a statement needs, with what it brings, in the schema where new objects go.
///
/// # Errors
/// Where that schema can't be told.
pub(in crate::catalog) fn assume(run: &mut Run<'_>, name: &str, span: Span) -> Result<Oid> {
    run.condition("42704", format!("unless the extension {name}, which no file creates, is there"), span);
    let schema = match facts::extension(name).and_then(|known| known.schema(run.world.target)) {
        Some("pg_catalog") => Oid::PG_CATALOG,
        Some(own) => run.schema(own, span)?,
        None => run.creation_schema(span)?,
    };
    install(run, name, schema, None, &[], span, Standing::Assumed)
}

fn install(
    run: &mut Run<'_>,
    name: &str,
    schema: Oid,
    version: Option<Name>,
    required: &[Oid],
    span: Span,
    standing: Standing,
) -> Result<Oid> {
    let members = facts::extension(name).and_then(facts::Extension::members);
    run.catalog.settle(Class::Extension, name);
    let body = Body::Extension(Arc::new(Extension { schema: Some(schema), version, known: members.is_some(), optional: false }));
    let owner = run.session.settings.role.clone();
    let oid = run.catalog.add(Object { standing, owner, ..Object::new(name, body, run.origin) });
    run.catalog.link(oid, schema, Dependency::Normal);
    for other in required {
        run.catalog.link(oid, *other, Dependency::Normal);
    }
    if let Some(members) = members {
        members::add(run, oid, schema, members, span)?;
    }
    Ok(oid)
}

pub(super) fn alter(run: &mut Run<'_>, text: &str, alter: &AlterExtension) -> Result {
    let name = alter.name.value(text);
    let span = alter.name.span;
    let oid = match run.find_in(Class::Extension, Oid::NONE, &name).map_err(|stop| stop.or_at(span))? {
        Some(oid) => oid,
        None if run.may_assume_in(Class::Extension, Oid::NONE, &name) => assume(run, &name, span)?,
        None => return Err(Stop::fails("42704", format!("extension \"{name}\" does not exist"), span)),
    };
    match &alter.action {
        ExtensionAction::Update(versions) => {
            if let [_, second, ..] = &versions[..] {
                let _ = second;
                return Err(Stop::fails("42601", "conflicting or redundant options", alter.span));
            }
            let version = versions.first().map(|version| word(text, *version));
            let default = facts::extension(&name).and_then(|known| known.default_version(run.world.target));
            if let Some(version) = version.as_ref().filter(|version| Some(&***version) != default) {
                run.condition("22023", format!("unless the server offers version {version} of the extension {name}"), span);
            }
            run.catalog.update(oid, |object| {
                if let Body::Extension(extension) = &mut object.body {
                    Arc::make_mut(extension).version = version;
                }
            });
            Ok(())
        }
        ExtensionAction::Add(member) => join(run, text, oid, &name, member),
        ExtensionAction::Drop(member) => leave(run, text, oid, &name, member),
    }
}

fn join(run: &mut Run<'_>, text: &str, extension: Oid, name: &str, member: &ObjectRef) -> Result {
    let Some(address) = reference::expect(run, text, member)? else { return built_in(member) };
    let already = run.catalog.get(address.object).and_then(|object| object.extension);
    if let Some(other) = already {
        let other = run.catalog.get(other).map(|object| object.name.to_string()).unwrap_or_default();
        let message = format!("{} {} is already a member of extension \"{other}\"", noun(member), &text[member.span]);
        return Err(Stop::fails("55000", message, member.span));
    }
    if run.catalog.get(extension).is_some_and(|object| object.name.as_ref() == name) && address.object == extension {
        return Err(Stop::fails("55000", "an extension can't be a member of itself", member.span));
    }
    run.catalog.update(address.object, |object| object.extension = Some(extension));
    run.catalog.link(address.object, extension, Dependency::Extension);
    Ok(())
}

fn leave(run: &mut Run<'_>, text: &str, extension: Oid, name: &str, member: &ObjectRef) -> Result {
    let Some(address) = reference::expect(run, text, member)? else { return built_in(member) };
    if run.catalog.get(address.object).and_then(|object| object.extension) != Some(extension) {
        let message = format!("{} {} is not a member of extension \"{name}\"", noun(member), &text[member.span]);
        return Err(Stop::fails("55000", message, member.span));
    }
    run.catalog.update(address.object, |object| object.extension = None);
    run.catalog.unlink(Address::whole(address.object), Address::whole(extension), Dependency::Extension);
    Ok(())
}

fn built_in(member: &ObjectRef) -> Result {
    Err(Stop::unknown("which functions an extension has after ALTER EXTENSION is not followed", member.span))
}

fn noun(member: &ObjectRef) -> String {
    member.kind.sql().to_ascii_lowercase()
}
