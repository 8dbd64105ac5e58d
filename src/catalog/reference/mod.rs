//! What a reference to an object means: `TABLE s.t`, `FUNCTION f(integer)`, `TRIGGER x ON t`, as DROP, COMMENT ON, ALTER and GRANT write it.
//!
//! [`find`] only looks; [`expect`] raises what PostgreSQL raises (`get_object_address`), and assumes what a statement needs and no file
//! makes. Invariant: where it can't be told what a reference means, that is [`Stop::Unknown`] and no answer.

mod member;
mod named;
mod operator;
mod role;
mod routine;

use std::sync::Arc;

use super::failure::{Failure, Result, Stop};
use super::model::{Routine, RoutineBody, RoutineKind, TypeUse};
use super::object::{Body, Class};
use super::run::Run;
use super::{Address, Oid};
use crate::syntax::tree::{self, ObjectKind, ObjectName, ObjectRef, Volatility};
use crate::text::Span;

pub use member::SYSTEM_COLUMNS;
pub use named::{class_of, find_type};
pub use operator::{access_method, cast, operator_between, transform_name};
pub use role::{PUBLIC, grantee, role, role_named, role_taken};
pub use routine::{candidates, function_taking, matching, signature};

/// What a reference means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// An object of the catalog, or a column of one.
    Object(Address),
    /// One that PostgreSQL or an extension brings, and that is no object of the catalog.
    BuiltIn,
    /// Nothing.
    Absent(Box<Absence>),
    /// An object of that name, but of another kind: `"v" is not a table` (42809).
    WrongKind(Address, Box<Failure>),
}

/// That a reference means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// What is missing.
    pub missing: Missing,
    /// What COMMENT ON raises for it, and most others; DROP of a relation has words of its own.
    pub failure: Failure,
    /// Whether it is only that no file makes it: the database may have it.
    pub assumable: bool,
}

/// What is missing where a reference means nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The object itself.
    Object,
    /// The relation or domain that it would belong to.
    Whole,
    /// The schema before its name, or before its relation's.
    Schema,
    /// A type that it takes.
    Type,
    /// The access method or language that it would be for.
    Method,
}

/// What `object` means, in a statement of `text`. Nothing is assumed.
///
/// # Errors
/// If it can't be told; 42725 where a name without arguments means several routines.
pub fn find(run: &mut Run<'_>, text: &str, object: &ObjectRef) -> Result<Found> {
    match &object.name {
        ObjectName::Named(name) => named::find(run, text, object.kind, *name),
        ObjectName::Type(ty) => named::find_written_type(run, text, object.kind, ty),
        ObjectName::Member { name, of } => member::find(run, text, object, *name, *of),
        ObjectName::Routine(routine) => routine::find(run, text, object.kind, routine, object.span),
        ObjectName::Operator(written) => operator::find(run, text, written, object.span),
        ObjectName::OfMethod { name, method } => operator::find_of_method(run, text, object.kind, *name, *method),
        ObjectName::Cast { source, target } => operator::find_cast(run, text, source, target, object.span),
        ObjectName::Transform { ty, language } => operator::find_transform(run, text, ty, *language, object.span),
        ObjectName::LargeObject(span) => Err(Stop::unknown("large objects are not followed", *span)),
    }
}

/// The object that `object` means; none for one that PostgreSQL or an extension brings.
///
/// # Errors
/// What PostgreSQL raises where there is none (42P01, 42704, 42883, 42703, 3F000, …) or where it is of another kind (42809), or if it can't
/// be told.
pub fn expect(run: &mut Run<'_>, text: &str, object: &ObjectRef) -> Result<Option<Address>> {
    match find(run, text, object)? {
        Found::Object(address) => Ok(Some(address)),
        Found::BuiltIn => Ok(None),
        Found::WrongKind(_, failure) => Err(Stop::Fails(failure)),
        Found::Absent(absence) if absence.assumable => match assume(run, text, object, &absence)? {
            Some(address) => Ok(Some(address)),
            None => Err(Stop::Fails(Box::new(absence.failure))),
        },
        Found::Absent(absence) => Err(Stop::Fails(Box::new(absence.failure))),
    }
}

/// Assumes an object that a statement needs and that no file makes.
fn assume(run: &mut Run<'_>, text: &str, object: &ObjectRef, absence: &Absence) -> Result<Option<Address>> {
    let sqlstate = absence.failure.sqlstate;
    match &object.name {
        ObjectName::Named(name) if is_relation_kind(object.kind) => Ok(run.find_relation(text, *name)?.map(Address::whole)),
        ObjectName::Named(name) if object.kind == ObjectKind::Extension => {
            let value = name.object.value(text);
            Ok(Some(super::apply::assume_extension(run, &value, name.span())?.into()))
        }
        ObjectName::Named(name) => assume_named(run, text, class_of(object.kind), *name, sqlstate),
        ObjectName::Type(ty) => match ty.base {
            tree::TypeBase::Named(name) => assume_named(run, text, Class::Type, name, sqlstate),
            tree::TypeBase::BuiltIn(..) => Ok(None),
        },
        ObjectName::Member { name, of: Some(of) } => member::assume(run, text, object, *name, *of, sqlstate),
        ObjectName::Routine(routine) => {
            let inputs = match &routine.arguments {
                Some(arguments) => Some(signature(run, text, arguments)?),
                None => None,
            };
            let oid = assume_routine(run, text, routine.name, inputs, object.span)?;
            Ok(Some(oid.into()))
        }
        _ => Err(Stop::unknown("no file creates this, and it can't be told whether it is there", object.span)),
    }
}

fn assume_routine(run: &mut Run<'_>, text: &str, name: tree::Name, inputs: Option<Vec<TypeUse>>, span: Span) -> Result<Oid> {
    let found = home(run, text, name)?;
    let oid = run.assume(Class::Routine, found, &name.object.value(text), "42883", span);
    run.catalog.update(oid, |object| object.body = Body::Routine(Arc::new(assumed_routine(inputs))));
    Ok(oid)
}

fn assume_named(run: &mut Run<'_>, text: &str, class: Class, name: tree::Name, sqlstate: &'static str) -> Result<Option<Address>> {
    let schema = if named::has_schema(class) { home(run, text, name)? } else { Oid::NONE };
    Ok(Some(run.assume(class, schema, &name.object.value(text), sqlstate, name.span()).into()))
}

/// The schema in which what is assumed is: the one that is written, or the first of the path.
fn home(run: &mut Run<'_>, text: &str, name: tree::Name) -> Result<Oid> {
    match name.schema {
        Some(schema) => run.schema(&schema.value(text), schema.span),
        None => run.creation_schema(name.span()),
    }
}

/// A routine of which nothing is known but what it takes, and not that if no arguments are written.
fn assumed_routine(inputs: Option<Vec<TypeUse>>) -> Routine {
    let argument = |ty| super::model::RoutineArgument { name: "".into(), mode: tree::ArgumentMode::In, ty, default: None };
    Routine {
        kind: RoutineKind::Unknown,
        arguments: inputs.into_iter().flatten().map(|ty| argument(Some(ty))).collect(),
        returns: None,
        returns_set: false,
        language: "".into(),
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
        transforms: Vec::new(),
        settings: super::model::Options::new(),
        secured: None,
    }
}

/// Nothing of that name, and whether nobody can say so for certain.
fn absent(missing: Missing, sqlstate: &'static str, message: String, span: Span, assumable: bool) -> Found {
    let failure = Failure { sqlstate, message, span: Some(span) };
    Found::Absent(Box::new(Absence { missing, failure, assumable }))
}

fn wrong_kind(address: Address, message: String, span: Span) -> Found {
    Found::WrongKind(address, Box::new(Failure { sqlstate: "42809", message, span: Some(span) }))
}

/// A written schema: there, or what is to be said of it.
fn written_schema(run: &mut Run<'_>, text: &str, schema: tree::Ident) -> Result<std::result::Result<Oid, Found>> {
    let value = schema.value(text);
    if schema.is_template(text) {
        return Err(Stop::unknown(format!("`{value}` is filled in by the tool"), schema.span));
    }
    Ok(match run.find_schema(&value)? {
        Some(found) => Ok(found),
        None => {
            let assumable = run.may_assume_in(Class::Schema, Oid::NONE, &value);
            Err(absent(Missing::Schema, "3F000", format!("schema \"{value}\" does not exist"), schema.span, assumable))
        }
    })
}

/// The schemas in which a name is looked for, in order; or what is to be said of a written one that is missing.
fn scopes(run: &mut Run<'_>, text: &str, name: tree::Name) -> Result<std::result::Result<Vec<Oid>, Found>> {
    if name.object.is_template(text) {
        return Err(Stop::unknown(format!("`{}` is filled in by the tool", name.object.value(text)), name.span()));
    }
    match name.schema {
        Some(schema) => Ok(written_schema(run, text, schema)?.map(|schema| vec![schema])),
        None => Ok(Ok(run.path().map_err(|stop| stop.or_at(name.span()))?)),
    }
}

/// Where what a name means would be if a file made it; for telling whether it is gone.
fn home_of(scopes: &[Oid]) -> Oid {
    scopes.iter().copied().find(|schema| *schema >= Oid::FIRST).or_else(|| scopes.first().copied()).unwrap_or(Oid::NONE)
}

/// Whether a word for a kind says which relations it means.
const fn is_relation_kind(kind: ObjectKind) -> bool {
    use ObjectKind::{ForeignTable, Index, MaterializedView, Sequence, Table, View};
    matches!(kind, Table | View | MaterializedView | Sequence | Index | ForeignTable)
}

#[cfg(test)]
mod tests;
