//! Foreign data wrappers and servers, and IMPORT FOREIGN SCHEMA.

use super::{add, edit, function_text, is_there, link_function, options, options_of, value, whole};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Options, TypeUse};
use crate::catalog::object::Class;
use crate::catalog::reference::{self, Found};
use crate::catalog::run::Run;
use crate::catalog::{Dependency, Oid, Standing};
use crate::syntax::literal;
use crate::syntax::tree::{
    AlterForeignDataWrapper, AlterServer, CreateForeignDataWrapper, CreateServer, Ident, ImportForeignSchema, Name, ObjectKind, ObjectName,
    ObjectRef, ServerVersion, WrapperFunction,
};
use crate::text::Span;

pub(super) fn create_wrapper(run: &mut Run<'_>, text: &str, create: &CreateForeignDataWrapper) -> Result {
    let name = value(text, create.name)?;
    if exists(run, text, ObjectKind::ForeignDataWrapper, create.name)? {
        return Err(Stop::fails("42710", format!("foreign-data wrapper \"{name}\" already exists"), create.name.span));
    }
    let mut said = Options::new();
    let functions = functions(run, text, &create.functions, &mut said, create.span)?;
    options::change(text, &mut said, &create.options)?;
    let oid = add(run, Class::ForeignDataWrapper, &name, None, said);
    for function in functions {
        run.catalog.link(oid, function, Dependency::Normal);
    }
    Ok(())
}

/// Whether there is an object of that name, of the catalog or an extension's.
fn exists(run: &mut Run<'_>, text: &str, kind: ObjectKind, ident: Ident) -> Result<bool> {
    let name = ObjectName::Named(Name::unqualified(ident));
    let found = reference::find(run, text, &ObjectRef { span: ident.span, kind, name })?;
    Ok(matches!(found, Found::Object(_) | Found::BuiltIn | Found::WrongKind(..)))
}

/// The object of that name; none for one that an extension brings.
fn existing(run: &mut Run<'_>, text: &str, kind: ObjectKind, ident: Ident) -> Result<Option<Oid>> {
    let name = ObjectName::Named(Name::unqualified(ident));
    Ok(reference::expect(run, text, &ObjectRef { span: ident.span, kind, name })?.map(|address| address.object))
}

/// HANDLER and VALIDATOR, each once.
fn functions(run: &mut Run<'_>, text: &str, written: &[WrapperFunction], said: &mut Options, span: Span) -> Result<Vec<Oid>> {
    let is_handler = |function: &WrapperFunction| matches!(function, WrapperFunction::Handler(_) | WrapperFunction::NoHandler(_));
    let handlers = written.iter().filter(|function| is_handler(function)).count();
    if handlers > 1 || written.len() - handlers > 1 {
        return Err(Stop::fails("42601", "conflicting or redundant options", span));
    }
    let mut found = Vec::new();
    for function in written {
        let (key, name, inputs) = match function {
            WrapperFunction::Handler(name) => ("handler", *name, Vec::new()),
            WrapperFunction::Validator(name) => ("validator", *name, vec![TypeUse::built_in("text").array(), TypeUse::built_in("oid")]),
            WrapperFunction::NoHandler(_) => {
                said.remove("handler");
                continue;
            }
            WrapperFunction::NoValidator(_) => {
                said.remove("validator");
                continue;
            }
        };
        let oid = reference::function_taking(run, text, name, &inputs)?;
        said.insert(key.into(), function_text(run, text, name, oid));
        found.extend(oid);
    }
    Ok(found)
}

pub(super) fn alter_wrapper(run: &mut Run<'_>, text: &str, alter: &AlterForeignDataWrapper) -> Result {
    let Some(oid) = existing(run, text, ObjectKind::ForeignDataWrapper, alter.name)? else {
        return Err(Stop::unknown("an extension's wrapper is not followed", alter.name.span));
    };
    let mut said = options_of(run, oid);
    let functions = functions(run, text, &alter.functions, &mut said, alter.span)?;
    options::change(text, &mut said, &alter.options)?;
    edit(run, oid, |own| *own = said);
    for function in functions {
        link_function(run, oid, Some(function));
    }
    Ok(())
}

pub(super) fn create_server(run: &mut Run<'_>, text: &str, create: &CreateServer) -> Result {
    let name = value(text, create.name)?;
    if is_there(run, Class::Server, &name, create.name.span)? {
        return match create.guard.is_written() {
            true => Ok(()),
            false => Err(Stop::fails("42710", format!("server \"{name}\" already exists"), create.name.span)),
        };
    }
    let wrapper = existing(run, text, ObjectKind::ForeignDataWrapper, create.wrapper)?;
    let mut said = Options::new();
    said.insert("wrapper".into(), create.wrapper.value(text).into());
    if let Some(kind) = create.kind {
        said.insert("type".into(), literal::value(text, kind).into());
    }
    set_version(text, &mut said, create.version);
    options::change(text, &mut said, &create.options)?;
    let oid = add(run, Class::Server, &name, None, said);
    let on = wrapper.or_else(|| extension_of_wrapper(run, &create.wrapper.value(text)));
    if let Some(on) = on {
        run.catalog.link(oid, on, Dependency::Normal);
    }
    Ok(())
}

/// The extension that brings a wrapper: what stands in the way when it is dropped.
fn extension_of_wrapper(run: &Run<'_>, name: &str) -> Option<Oid> {
    let target = run.world.target;
    let kind = crate::postgres::facts::NameKind::ForeignDataWrapper;
    let extensions = run.catalog.in_schema(Class::Extension, Oid::NONE);
    extensions.into_iter().find(|oid| run.catalog.extension_facts(*oid).is_some_and(|facts| facts.has(kind, name, target)))
}

fn set_version(text: &str, said: &mut Options, version: Option<ServerVersion>) {
    match version {
        Some(ServerVersion::Text(span)) => drop(said.insert("version".into(), literal::value(text, span).into())),
        Some(ServerVersion::Null(_)) => drop(said.remove("version")),
        None => {}
    }
}

pub(super) fn alter_server(run: &mut Run<'_>, text: &str, alter: &AlterServer) -> Result {
    let oid = whole(run, text, Class::Server, "server", alter.name)?;
    let mut said = options_of(run, oid);
    options::change(text, &mut said, &alter.options)?;
    set_version(text, &mut said, alter.version);
    edit(run, oid, |own| *own = said);
    Ok(())
}

pub(super) fn import(run: &mut Run<'_>, text: &str, import: &ImportForeignSchema) -> Result {
    let server = whole(run, text, Class::Server, "server", import.server)?;
    run.schema(&import.into.value(text), import.into.span)?;
    let wrapper = options_of(run, server).get("wrapper").cloned().unwrap_or_default();
    if let Some(oid) = run.catalog.named(Class::ForeignDataWrapper, Oid::NONE, &wrapper).first()
        && run.catalog.get(*oid).is_some_and(|object| object.standing == Standing::Made)
        && !options_of(run, *oid).contains_key("handler")
    {
        return Err(Stop::fails("55000", format!("foreign-data wrapper \"{wrapper}\" has no handler"), import.span));
    }
    Err(Stop::unknown("the tables of a foreign schema are known to its server only", import.span))
}
