//! ALTER FUNCTION, PROCEDURE, ROUTINE with options.

use std::sync::Arc;

use super::attributes;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::RoutineKind;
use crate::catalog::object::{Body, Object};
use crate::catalog::run::Run;
use crate::catalog::{Dependency, reference};
use crate::syntax::tree::{AlterFunction, ObjectKind};

pub(super) fn alter(run: &mut Run<'_>, text: &str, alter: &AlterFunction) -> Result {
    let Some(found) = reference::expect(run, text, &alter.object)? else { return Ok(()) };
    let oid = found.object;
    let Some(object) = run.catalog.get(oid) else { return Ok(()) };
    let name = object.name.clone();
    let Some(mut routine) = object.routine().cloned() else { return Ok(()) };
    if routine.kind == RoutineKind::Aggregate {
        return Err(Stop::fails("42809", format!("\"{name}\" is an aggregate function"), alter.object.span));
    }
    let kind = if routine.kind == RoutineKind::Procedure { ObjectKind::Procedure } else { ObjectKind::Function };
    let attributes = attributes::read(run, text, &alter.options, kind)?;
    if let Some((_, span)) = &attributes.rows
        && !routine.returns_set
        && routine.kind == RoutineKind::Function
    {
        return Err(Stop::fails("22023", "ROWS is not applicable when function does not return a set", *span));
    }
    let before = (routine.security_definer, routine.settings.clone());
    attributes.write(run, text, &mut routine);
    if before != (routine.security_definer, routine.settings.clone()) {
        routine.secured = Some(run.origin);
    }
    if let Some(support) = attributes.support_function() {
        run.catalog.link(oid, support, Dependency::Normal);
    }
    run.catalog.update(oid, |object: &mut Object| object.body = Body::Routine(Arc::new(routine)));
    Ok(())
}
