//! A routine of the same name and arguments that is there already, and what OR REPLACE may make of it (`ProcedureCreate`).

use super::arguments::{comes_out, input_names};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Routine, RoutineArgument, RoutineKind, TypeId, TypeUse};
use crate::catalog::object::{Class, Object};
use crate::catalog::run::Run;
use crate::catalog::typing::fact_type;
use crate::catalog::{Oid, reference};
use crate::text::Span;

/// Whether OR REPLACE is written.
#[derive(Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(super) enum Replace {
    Yes,
    No,
}

/// The routine of a schema that has this name and takes these types, which the new one replaces.
///
/// # Errors
/// 42723 if there is one and nothing says that it may be replaced, 42P13 and 42809 if the new one is too different; or if it can't be told.
pub(super) fn replaced(run: &mut Run<'_>, schema: Oid, name: &str, new: &Routine, replace: Replace, span: Span) -> Result<Option<Oid>> {
    let mut inputs = Vec::new();
    for input in new.inputs() {
        let Some(ty) = input else { return Err(Stop::unknown("the type of an argument can't be told", span)) };
        inputs.push(ty.clone());
    }
    let candidates = run.catalog.named(Class::Routine, schema, name).to_vec();
    let exists = || Stop::fails("42723", format!("function \"{name}\" already exists with same argument types"), span);
    let Some(found) = reference::matching(run, &candidates, &inputs, span)? else {
        if replace == Replace::No && is_member_of_extension(run, schema, name, &inputs) {
            return Err(exists());
        }
        if let Some(why) = run.catalog.doubted(Class::Routine, name) {
            return Err(Stop::unknown(&*why, span));
        }
        return Ok(None);
    };
    if replace == Replace::No {
        return Err(exists());
    }
    let Some(old) = run.catalog.get(found).and_then(Object::routine) else { return Ok(Some(found)) };
    compare(old, new, span)?;
    Ok(Some(found))
}

fn is_member_of_extension(run: &Run<'_>, schema: Oid, name: &str, inputs: &[TypeUse]) -> bool {
    run.catalog.extensions_in(schema).into_iter().any(|(_, facts)| {
        facts.functions(name, run.world.target).any(|function| {
            let own = function.inputs().map(|argument| fact_type(argument.type_name));
            function.inputs().count() == inputs.len()
                && own.zip(inputs).all(|(own, input)| matches!(input.id, TypeId::BuiltIn(_)) && own.is_same_type(input))
        })
    })
}

fn compare(old: &Routine, new: &Routine, span: Span) -> Result {
    if old.kind == RoutineKind::Unknown {
        return Ok(());
    }
    if old.kind != new.kind {
        return Err(Stop::fails("42809", "cannot change routine kind", span));
    }
    let changed = || match new.kind {
        RoutineKind::Procedure => "cannot change whether a procedure has output parameters",
        _ => "cannot change return type of existing function",
    };
    let fails = |message: &str| Err(Stop::fails("42P13", message, span));
    let untold = old.returns.is_none() != new.returns.is_none() && new.kind != RoutineKind::Procedure;
    if untold {
        return Err(Stop::unknown("what the existing function gives back can't be told", span));
    }
    let same = match (&old.returns, &new.returns) {
        (Some(old), Some(new)) => old.is_same_type(new),
        (None, None) => true,
        _ => false,
    };
    if !same || old.returns_set != new.returns_set {
        return fails(changed());
    }
    if new.returns.as_ref().is_some_and(|ty| ty.id == TypeId::BuiltIn("record") && !ty.array) && row(old) != row(new) {
        return fails("cannot change return type of existing function");
    }
    let mut names = input_names(&new.arguments);
    for old_name in input_names(&old.arguments) {
        let new_name = names.next();
        if !old_name.is_empty() && new_name != Some(old_name) {
            return fails(&format!("cannot change name of input parameter \"{old_name}\""));
        }
    }
    let (before, after) = (defaults(&old.arguments), defaults(&new.arguments));
    if after < before {
        return fails("cannot remove parameter defaults from existing function");
    }
    Ok(())
}

/// The row that the arguments that come out make up; a single one makes none.
fn row(routine: &Routine) -> Option<Vec<(&str, Option<&TypeUse>)>> {
    let out = routine.arguments.iter().filter(|argument| comes_out(argument.mode));
    let row: Vec<_> = out.map(|argument| (&*argument.name, argument.ty.as_ref())).collect();
    (row.len() > 1 || routine.kind == RoutineKind::Procedure && !row.is_empty()).then_some(row)
}

fn defaults(arguments: &[RoutineArgument]) -> usize {
    arguments.iter().filter(|argument| argument.default.is_some()).count()
}
