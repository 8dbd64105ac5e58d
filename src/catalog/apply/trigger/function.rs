//! The function that a trigger calls: one without arguments, of the pseudo-type that says what it is for.

use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::TypeId;
use crate::catalog::object::{Class, Name, Object};
use crate::catalog::reference::Found;
use crate::catalog::run::Run;
use crate::catalog::{Oid, reference};
use crate::postgres::facts;
use crate::syntax::tree::{self, Arguments, ObjectKind, ObjectName, ObjectRef, RoutineRef, TriggerAction};

/// A function that is called.
pub(super) struct Called {
    /// The function, if it is an object of the catalog.
    pub(super) oid: Option<Oid>,
    /// The extension that it comes from.
    pub(super) extension: Option<Oid>,
    /// What it is called, with its schema if it is no object.
    pub(super) name: Name,
}

/// The function that a trigger calls, which returns `wanted`.
///
/// # Errors
/// 42883 if there is none without arguments, 42P17 if it returns something else, or if it can't be told.
pub(super) fn called(run: &mut Run<'_>, text: &str, action: &TriggerAction, wanted: &str) -> Result<Called> {
    let span = action.function.span();
    let shown = action.function.display(text);
    let wrong = || Stop::fails("42P17", format!("function {shown} must return type {wanted}"), span);
    if let Some((extension, result)) = of_extension(run, text, action.function)? {
        return match result == Some(wanted) {
            true => Ok(Called { oid: None, extension: Some(extension), name: shown.into() }),
            false => Err(wrong()),
        };
    }
    let arguments = Arguments { span, direct: Vec::new(), order_by: None, ordered: Vec::new() };
    let routine = RoutineRef { name: action.function, arguments: Some(arguments) };
    let object = ObjectRef { span, kind: ObjectKind::Function, name: ObjectName::Routine(routine) };
    let found = match reference::find(run, text, &object)? {
        // Procedures and aggregates are not looked for.
        Found::WrongKind(..) => return Err(Stop::fails("42883", format!("function {shown}() does not exist"), span)),
        _ => reference::expect(run, text, &object)?,
    };
    let Some(found) = found else {
        let name = action.function.object.value(text);
        let own = |function: &&facts::FunctionFact| function.inputs().next().is_none();
        let fact = facts::system().functions(&name, run.world.target).find(own);
        return match fact.and_then(|fact| fact.result) == Some(wanted) {
            true => Ok(Called { oid: None, extension: None, name: shown.into() }),
            false => Err(wrong()),
        };
    };
    let routine = run.catalog.get(found.object).and_then(Object::routine);
    match routine.and_then(|routine| routine.returns.as_ref()) {
        Some(ty) if ty.array || ty.id != TypeId::BuiltIn(word(wanted)) => Err(wrong()),
        _ => Ok(Called { oid: Some(found.object), extension: None, name: shown.into() }),
    }
}

/// The same word, for as long as the program runs.
fn word(wanted: &str) -> &'static str {
    if wanted == "trigger" { "trigger" } else { "event_trigger" }
}

/// A function without arguments that an extension brings, unless an object is found before it: the extension, and what the function returns.
fn of_extension(run: &mut Run<'_>, text: &str, name: tree::Name) -> Result<Option<(Oid, Option<&'static str>)>> {
    let object = name.object.value(text);
    let schemas = match name.schema {
        Some(schema) => run.find_schema(&schema.value(text))?.into_iter().collect(),
        None => run.path()?,
    };
    for schema in schemas {
        let has_none = |oid: &Oid| run.catalog.get(*oid).and_then(Object::routine).is_some_and(|routine| routine.inputs().next().is_none());
        if run.catalog.named(Class::Routine, schema, &object).iter().any(has_none) {
            return Ok(None);
        }
        for (extension, facts) in run.catalog.extensions_in(schema) {
            let fact = facts.functions(&object, run.world.target).find(|function| function.inputs().next().is_none());
            if let Some(fact) = fact {
                return Ok(Some((extension, fact.result)));
            }
        }
    }
    Ok(None)
}
