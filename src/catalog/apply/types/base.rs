//! Base types, whose functions are compiled code, and the shells that stand for them until they are defined.

use std::sync::Arc;

use super::{Place, existing, make, own, place, plain};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Definition, Type, TypeId};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::run::Run;
use crate::catalog::types::format_type;
use crate::catalog::{Dependency, Oid};
use crate::postgres::facts;
use crate::syntax::tree::{AlterTypeOptions, Name, Setting, SettingValue, TypeBase};

pub(super) fn create_shell(run: &mut Run<'_>, text: &str, name: Name) -> Result {
    let place = place(run, text, name)?;
    if place.shell.is_some() {
        return Err(Stop::fails("42710", format!("type \"{}\" already exists", place.name), name.span()));
    }
    make(run, &place, Type::Shell);
    Ok(())
}

pub(super) fn create(run: &mut Run<'_>, text: &str, name: Name, options: &[Setting]) -> Result {
    let place = place(run, text, name)?;
    if place.shell.is_none() {
        return Err(Stop::fails("42710", format!("type \"{}\" does not exist", place.name), name.span()));
    }
    refuse_repeated(text, options)?;
    for (option, what) in [("input", "input"), ("output", "output")] {
        if !options.iter().any(|setting| setting.name.is(text, option)) {
            return Err(Stop::fails("42P17", format!("type {what} function must be specified"), name.span()));
        }
    }
    let mut functions = Vec::new();
    for setting in options {
        if let Some(function) = function(run, text, setting, &place)? {
            functions.push(function);
        }
    }
    let oid = make(run, &place, Type::Base(definition(text, options)));
    for function in functions {
        run.catalog.link(oid, function, Dependency::Normal);
    }
    Ok(())
}

pub(super) fn refuse_repeated(text: &str, options: &[Setting]) -> Result {
    for (at, setting) in options.iter().enumerate() {
        if options[..at].iter().any(|other| other.name.value(text) == setting.name.value(text)) {
            return Err(Stop::fails("42601", "conflicting or redundant options", setting.span));
        }
    }
    Ok(())
}

/// The function that an option of a base type names, if it is one of the catalog's.
///
/// # Errors
/// 42883 if there is none of that name; whether its arguments fit is the compiled code's business.
fn function(run: &mut Run<'_>, text: &str, setting: &Setting, place: &Place) -> Result<Option<Oid>> {
    let argument = match setting.name.value(text).as_ref() {
        "input" => "cstring",
        "receive" => "internal",
        "output" | "send" => place.name.as_str(),
        "typmod_in" => "cstring[]",
        "typmod_out" => "integer",
        "analyze" | "subscript" => "internal",
        _ => return Ok(None),
    };
    let Some(SettingValue::Type(ty)) = &setting.value else { return Ok(None) };
    let TypeBase::Named(name) = ty.base else { return Ok(None) };
    if let Some(found) = run.find(Class::Routine, text, name)? {
        return Ok(Some(found));
    }
    let object = name.object.value(text);
    if facts::system().knows_function(&object) || run.may_assume(Class::Routine, &object) {
        return Ok(None);
    }
    let message = format!("function {}({argument}) does not exist", name.display(text));
    Err(Stop::fails("42883", message, name.span()))
}

/// What options say, by their names.
pub(super) fn definition(text: &str, options: &[Setting]) -> Definition {
    let said = options.iter().map(|setting| {
        let value = setting.value.as_ref().map(|value| &text[value.span()]).unwrap_or("true");
        (Arc::from(setting.name.value(text)), Arc::from(value))
    });
    Definition { options: said.collect() }
}

/// `ALTER TYPE … SET (…)`, of a base type.
pub(super) fn alter(run: &mut Run<'_>, text: &str, alter: &AlterTypeOptions) -> Result {
    const KNOWN: [&str; 7] = ["storage", "receive", "send", "typmod_in", "typmod_out", "analyze", "subscript"];
    let ty = existing(run, text, alter.name)?;
    for setting in &alter.options {
        let option = setting.name.value(text);
        if !KNOWN.contains(&&*option) {
            return Err(Stop::fails("42601", format!("type attribute \"{option}\" not recognized"), setting.span));
        }
    }
    match own(run, &ty) {
        Some((oid, Type::Base(_))) => {
            let more = definition(text, &alter.options);
            run.catalog.update(oid, |object: &mut Object| {
                if let Body::Type(ty) = &mut object.body
                    && let Type::Base(definition) = Arc::make_mut(ty)
                {
                    definition.options.extend(more.options);
                }
            });
            Ok(())
        }
        Some((_, Type::Unknown(_))) => Ok(()),
        None if matches!(ty.id, TypeId::BuiltIn(_)) => Err(Stop::unknown("a type of PostgreSQL's own is changed", plain(alter.name).span)),
        _ => {
            let message = format!("{} is not a base type", format_type(&run.catalog, &ty));
            Err(Stop::fails("42809", message, alter.name.span()))
        }
    }
}
