//! The functions that make values of range types and multiranges: they are called as their type is, and come and go with it (manual, 8.17).

use std::sync::Arc;

use crate::catalog::model::{Options, Routine, RoutineArgument, RoutineBody, RoutineKind, TypeUse};
use crate::catalog::object::{Body, Object};
use crate::catalog::run::Run;
use crate::catalog::{Dependency, Oid};
use crate::syntax::tree::{ArgumentMode, Volatility};

/// From two bounds, and from two bounds and a text that says which of them belong to the range.
pub(super) fn of_range(run: &mut Run<'_>, range: Oid, subtype: &TypeUse) {
    let bound = || (ArgumentMode::In, subtype.bare());
    add(run, range, vec![bound(), bound()]);
    add(run, range, vec![bound(), bound(), (ArgumentMode::In, TypeUse::built_in("text"))]);
}

/// From no range, from one, and from any number.
pub(super) fn of_multirange(run: &mut Run<'_>, multirange: Oid, range: Oid) {
    add(run, multirange, Vec::new());
    add(run, multirange, vec![(ArgumentMode::In, TypeUse::user(range))]);
    add(run, multirange, vec![(ArgumentMode::Variadic, TypeUse::user(range).array())]);
}

fn add(run: &mut Run<'_>, ty: Oid, arguments: Vec<(ArgumentMode, TypeUse)>) {
    let Some(object) = run.catalog.get(ty) else { return };
    let (name, schema) = (object.name.clone(), object.schema);
    let argument = |(mode, ty)| RoutineArgument { name: "".into(), mode, ty: Some(ty), default: None };
    let routine = Routine {
        kind: RoutineKind::Function,
        arguments: arguments.into_iter().map(argument).collect(),
        returns: Some(TypeUse::user(ty)),
        returns_set: false,
        language: "internal".into(),
        body: RoutineBody::Unknown,
        volatility: Volatility::Immutable,
        strict: false,
        security_definer: false,
        leakproof: false,
        parallel: 's',
        window: false,
        cost: None,
        rows: None,
        support: None,
        transforms: Vec::new(),
        settings: Options::new(),
        secured: None,
    };
    let made = Object { schema, ..Object::new(name, Body::Routine(Arc::new(routine)), run.origin) };
    let oid = run.catalog.add(made);
    run.catalog.link(oid, ty, Dependency::Internal);
}
