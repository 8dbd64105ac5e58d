//! Objects as values: the numbers that `oid` and `regclass` hold here, and the texts that name them.
//!
//! An object of the catalog has its own number; what has none there gets one from a range of its own: the row types of relations, arrays, and
//! what is built in. No number says anything about those of a server, so that they are compared with each other only.

use super::Value;
use super::text::identifier;
use crate::catalog::Oid;
use crate::catalog::expression::names;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{RelationKind, TypeId, TypeUse};
use crate::catalog::object::Class;
use crate::catalog::rows::Reference;
use crate::catalog::run::Run;
use crate::catalog::types;
use crate::catalog::typing::fact_type;
use crate::postgres::facts;
use crate::syntax::Version;
use crate::syntax::expression::{ExpressionKind, TypeRef, read};
use crate::text::Span;

/// The first number of the row types of relations.
const ROW_TYPES: u32 = 0x2000_0000;
/// The first number of arrays of what has the number that is added to it.
const ARRAYS: u32 = 0x4000_0000;
/// The first numbers of what is built in.
const TYPES: u32 = 0x8000_0000;
const RELATIONS: u32 = 0x9000_0000;
const FUNCTIONS: u32 = 0xA000_0000;
const ROLES: u32 = 0xB000_0000;
/// The schema of tables for long values.
pub(super) const TOAST: u32 = 0xC000_0000;

/// The number of an object of the catalog, as a value of type `oid`.
pub(super) const fn oid(oid: Oid) -> Value {
    Value::Object(Reference::Oid, oid.0)
}

/// The number of no object.
pub(super) const NO_OBJECT: Value = Value::Object(Reference::Oid, 0);

/// The number of a type.
pub(super) fn type_number(run: &Run<'_>, ty: &TypeUse) -> Option<u32> {
    Some(match ty.id {
        TypeId::User(oid) => {
            let row = if run.catalog.relation(oid).is_some() { ROW_TYPES } else { 0 };
            oid.0 + row + if ty.array { ARRAYS } else { 0 }
        }
        TypeId::BuiltIn(name) => {
            let name = if ty.array { format!("_{name}") } else { name.to_owned() };
            built_in_type(&name)?
        }
    })
}

/// The number of a type of `pg_catalog` by the name that it has there.
pub(super) fn built_in_type(name: &str) -> Option<u32> {
    let at = facts::system().types(Version::NEWEST).position(|fact| fact.name == name)?;
    Some(TYPES + at as u32)
}

/// The number of the row type of a relation.
pub(super) const fn row_type(relation: Oid) -> u32 {
    relation.0 + ROW_TYPES
}

/// The number of the array of a type.
pub(super) const fn array_type(ty: u32) -> u32 {
    ty + ARRAYS
}

/// The number of a relation that is built in.
pub(super) fn built_in_relation(name: &str) -> Option<u32> {
    let at = facts::system().relations(Version::NEWEST).position(|fact| fact.name == name)?;
    Some(RELATIONS + at as u32)
}

/// The number of a function that is built in.
pub(super) fn built_in_function(fact: &'static facts::FunctionFact) -> Option<u32> {
    let at = facts::system().all_functions(Version::NEWEST).position(|other| std::ptr::eq(other, fact))?;
    Some(FUNCTIONS + at as u32)
}

/// The number of a role: those that the server has from the start have no object.
pub(super) fn role(run: &Run<'_>, name: &str) -> u32 {
    match run.catalog.named(Class::Role, Oid::NONE, name) {
        [oid, ..] => oid.0,
        [] if *name == *run.world.user => ROLES,
        [] => {
            let at = facts::system().names(facts::NameKind::Role, run.world.target).position(|fact| fact.name == name);
            ROLES + at.map_or(1000, |at| at as u32 + 1)
        }
    }
}

/// A number as `regclass` and its kin write it; nothing if that can't be told.
pub(super) fn shown(run: &Run<'_>, reference: Reference, number: u32) -> Option<String> {
    match reference {
        Reference::Oid => None,
        _ if number == 0 => Some("-".to_owned()),
        Reference::Type => Some(visible_type(run, &type_of(run, number)?)),
        Reference::Class if number >= RELATIONS => built_in_relation_named(number).map(str::to_owned),
        Reference::Procedure => {
            let routine = run.catalog.get(Oid(number))?.routine()?;
            let types: Option<Vec<String>> = routine.inputs().map(|ty| Some(visible_type(run, &ty?.bare()))).collect();
            Some(format!("{}({})", shown(run, Reference::Routine, number)?, types?.join(",")))
        }
        Reference::Class | Reference::Namespace | Reference::Routine | Reference::Role => {
            let oid = Oid(number);
            let object = run.catalog.get(oid)?;
            let class = object.body.class();
            let visible = match object.schema {
                None => true,
                Some(schema) => is_visible(run, class, schema, &object.name)?,
            };
            match object.schema.and_then(|schema| run.catalog.get(schema)).filter(|_| !visible) {
                Some(schema) => Some(format!("{}.{}", identifier(&schema.name), identifier(&object.name))),
                None => Some(identifier(&object.name)),
            }
        }
    }
}

fn built_in_relation_named(number: u32) -> Option<&'static str> {
    facts::system().relations(Version::NEWEST).nth((number - RELATIONS) as usize).map(|fact| fact.name)
}

/// Whether a name alone finds what is called so in `schema`.
pub(super) fn is_visible(run: &Run<'_>, class: Class, schema: Oid, name: &str) -> Option<bool> {
    let path = run.path().ok()?;
    let first = path.iter().find(|entry| !run.catalog.named(class, **entry, name).is_empty());
    Some(path.contains(&schema) && first == Some(&schema))
}

/// The type with this number.
pub(super) fn type_of(run: &Run<'_>, number: u32) -> Option<TypeUse> {
    if number >= TYPES {
        return facts::system().types(Version::NEWEST).nth((number - TYPES) as usize).map(|fact| fact_type(fact.name));
    }
    let array = number >= ARRAYS;
    let number = if array { number - ARRAYS } else { number };
    let oid = Oid(if number >= ROW_TYPES { number - ROW_TYPES } else { number });
    run.catalog.get(oid)?;
    Some(TypeUse { array, ..TypeUse::user(oid) })
}

/// A type as `format_type` and `regtype` write it: without its schema where that is on the search path.
pub(super) fn visible_type(run: &Run<'_>, ty: &TypeUse) -> String {
    let full = types::format_type(&run.catalog, ty);
    let TypeId::User(oid) = ty.id else { return full };
    let Some(object) = run.catalog.get(oid) else { return full };
    let visible = object.schema.is_some_and(|schema| is_visible(run, object.body.class(), schema, &object.name) == Some(true));
    let schema = object.schema.and_then(|schema| run.catalog.get(schema)).map(|schema| format!("{}.", identifier(&schema.name)));
    match schema {
        Some(schema) if visible => full.strip_prefix(&schema).map_or(full.clone(), str::to_owned),
        _ => full,
    }
}

/// What a text means that names an object: its number, or none if there is none; nothing if that can't be told.
pub(super) fn find(run: &mut Run<'_>, reference: Reference, text: &str) -> Result<Option<Option<u32>>> {
    if text == "-" {
        return Ok(Some(Some(0)));
    }
    match reference {
        Reference::Class => relation(run, text),
        Reference::Type => find_type(run, text),
        Reference::Routine | Reference::Procedure => routine(run, text),
        Reference::Namespace => {
            let Some(parts) = names(text) else { return Ok(None) };
            let name = parts.first().cloned().unwrap_or_default();
            match run.find_schema(&name)? {
                Some(found) => Ok(Some(Some(found.0))),
                None => Ok(absent(run, Class::Schema, &name)),
            }
        }
        Reference::Role => {
            let Some(parts) = names(text) else { return Ok(None) };
            let name = parts.first().cloned().unwrap_or_default();
            let known = *name == *run.world.user
                || !run.catalog.named(Class::Role, Oid::NONE, &name).is_empty()
                || facts::system().has(facts::NameKind::Role, &name, run.world.target);
            Ok(if known { Some(Some(role(run, &name))) } else { absent(run, Class::Role, &name) })
        }
        Reference::Oid => Ok(None),
    }
}

/// That there is no such object, unless one may be assumed.
fn absent(run: &Run<'_>, class: Class, name: &str) -> Option<Option<u32>> {
    if run.may_assume(class, name) { None } else { Some(None) }
}

fn split(parts: &[String]) -> Option<(Option<&str>, &str)> {
    match parts {
        [name] => Some((None, name)),
        [.., schema, name] => Some((Some(schema), name)),
        [] => None,
    }
}

fn relation(run: &mut Run<'_>, text: &str) -> Result<Option<Option<u32>>> {
    let Some(parts) = names(text) else {
        return Err(Stop::fails("42602", "invalid name syntax", None));
    };
    let Some((schema, name)) = split(&parts) else { return Ok(None) };
    if schema.is_none_or(|schema| schema == "pg_catalog")
        && let Some(number) = facts::system().relation(name, run.world.target).and_then(|fact| built_in_relation(fact.name))
    {
        return Ok(Some(Some(number)));
    }
    if schema == Some("information_schema") {
        return Ok(Some(built_in_relation(&format!("information_schema.{name}"))));
    }
    match run.find_named(Class::Relation, schema, name)? {
        Some(found) => Ok(Some(Some(found.0))),
        None if assumable(run, Class::Relation, schema, name)? => Ok(None),
        None => Ok(Some(None)),
    }
}

/// Whether an object may be assumed where a name looks for it.
fn assumable(run: &mut Run<'_>, class: Class, schema: Option<&str>, name: &str) -> Result<bool> {
    if !run.may_assume(class, name) {
        return Ok(false);
    }
    match schema {
        Some(schema) => match run.find_schema(schema)? {
            Some(found) => Ok(run.may_assume_in(class, found, name)),
            None => Ok(run.may_assume(Class::Schema, schema)),
        },
        None => {
            let path = run.path()?;
            Ok(path.iter().any(|schema| *schema >= Oid::FIRST && run.may_assume_in(class, *schema, name)))
        }
    }
}

/// The type that a text writes.
pub(super) fn written_type(text: &str) -> Option<TypeRef> {
    let expression = read(&format!("null::{text}"));
    match expression.kind {
        ExpressionKind::Cast(_, ty) => Some(*ty),
        _ => None,
    }
}

fn find_type(run: &mut Run<'_>, text: &str) -> Result<Option<Option<u32>>> {
    let Some(written) = written_type(text) else { return Ok(None) };
    let name = written.name.last().cloned().unwrap_or_default();
    let schema = written.name.len().checked_sub(2).map(|at| written.name[at].clone());
    // Resolving would assume what may be there.
    let parts: Vec<&str> = written.name.iter().map(String::as_str).collect();
    let known = |run: &mut Run<'_>| -> Result<bool> {
        let builtin = facts::system().type_named(&name, run.world.target).is_some();
        let plain = run.find_named(Class::Type, schema.as_deref(), &name)?.is_some();
        Ok(builtin || plain || run.find_named(Class::Relation, schema.as_deref(), &name)?.is_some())
    };
    if parts.is_empty() || (!known(run)? && assumable(run, Class::Type, schema.as_deref(), &name)?) {
        return Ok(None);
    }
    match types::resolve(run, &written, Span::empty(0)) {
        Ok(found) => Ok(type_number(run, &found).map(Some)),
        Err(Stop::Fails(failure)) if matches!(failure.sqlstate, "42704" | "3F000") => Ok(Some(None)),
        Err(stop) => Err(stop),
    }
}

fn routine(run: &mut Run<'_>, text: &str) -> Result<Option<Option<u32>>> {
    let (name, arguments) = match text.split_once('(') {
        Some((name, rest)) => (name, rest.trim_end().strip_suffix(')')),
        None => (text, None),
    };
    let Some(parts) = names(name) else { return Ok(None) };
    let Some((schema, name)) = split(&parts) else { return Ok(None) };
    let path = match schema {
        Some(schema) => run.find_schema(schema)?.into_iter().collect(),
        None => run.path()?,
    };
    let mut types = Vec::new();
    for argument in arguments.unwrap_or_default().split(',').map(str::trim).filter(|argument| !argument.is_empty()) {
        let Some(written) = written_type(argument) else { return Ok(None) };
        match types::resolve(run, &written, Span::empty(0)) {
            Ok(found) => types.push(found),
            Err(Stop::Fails(_)) => return Ok(Some(None)),
            Err(stop) => return Err(stop),
        }
    }
    let mut found = Vec::new();
    for schema in path {
        let here = run.catalog.named(Class::Routine, schema, name).to_vec();
        found.extend(here.into_iter().filter(|oid| {
            let Some(routine) = run.catalog.get(*oid).and_then(|object| object.routine()) else { return false };
            let inputs: Vec<_> = routine.inputs().collect();
            arguments.is_none()
                || (inputs.len() == types.len()
                    && inputs.iter().zip(&types).all(|(input, ty)| input.is_none_or(|input| input.is_same_type(ty))))
        }));
        if schema == Oid::PG_CATALOG {
            let facts: Vec<_> = facts::system().functions(name, run.world.target).collect();
            let fits = |fact: &&&'static facts::FunctionFact| {
                let inputs: Vec<TypeUse> = fact.inputs().map(|input| fact_type(input.type_name)).collect();
                arguments.is_none() || (inputs.len() == types.len() && inputs.iter().zip(&types).all(|(input, ty)| input.is_same_type(ty)))
            };
            found.extend(facts.iter().filter(fits).filter_map(|fact| built_in_function(fact)).map(Oid));
        }
        let brought = run.catalog.extensions_in(schema);
        if brought.iter().any(|(_, facts)| facts.functions(name, run.world.target).next().is_some()) {
            return Ok(None);
        }
    }
    match found[..] {
        [oid] => Ok(Some(Some(oid.0))),
        // A name alone that means several is none; with arguments the first schema's is meant.
        [oid, ..] => Ok(Some(arguments.is_some().then_some(oid.0))),
        [] if run.catalog.doubted(Class::Routine, name).is_some() || run.catalog.has_unknown_extension() => Ok(None),
        [] => match assumable(run, Class::Routine, schema, name)? {
            true => Ok(None),
            false => Ok(Some(None)),
        },
    }
}

/// Whether a relation has rows of its own.
pub(super) const fn has_rows(kind: &RelationKind) -> bool {
    !matches!(kind, RelationKind::Index(_) | RelationKind::Sequence(_))
}
