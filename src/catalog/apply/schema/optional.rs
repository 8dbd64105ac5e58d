//! Extensions that are only there if the server offers them, because code goes on where it does not:
//! `BEGIN CREATE EXTENSION vector; EXCEPTION WHEN OTHERS THEN NULL; END`.
//!
//! The catalog has such an extension, as a server has that offers it. Invariant: whoever needs it, or something that it brings, meets the condition that the
//! code did not.

use std::sync::Arc;

use crate::catalog::object::{Body, Class};
use crate::catalog::run::Run;
use crate::catalog::store::Catalog;
use crate::catalog::{Address, Dependency, Oid};
use crate::syntax::Version;
use crate::text::Span;

/// What a server says that does not offer an extension: since 15 by name, before that what the operating system says of the file.
pub(in crate::catalog) fn missing(version: Version) -> &'static str {
    const NAMED: u8 = 15;
    if version.major() >= NAMED { "0A000" } else { "58P01" }
}

/// The condition that CREATE EXTENSION meets.
pub(super) fn unless_offered(name: &str) -> String {
    format!("unless the server offers the extension {name}")
}

/// Takes the condition that the server offers an extension from the code that met it since there were `met` conditions, and leaves it to what needs
/// the extension.
pub(in crate::catalog) fn leave(run: &mut Run<'_>, met: usize) {
    for oid in run.catalog.in_schema(Class::Extension, Oid::NONE) {
        let Some(name) = run.catalog.get(oid).map(|object| unless_offered(&object.name)) else { continue };
        let before = run.conditions.len();
        let mut at = 0;
        run.conditions.retain(|condition| {
            at += 1;
            at <= met || condition.reason != name
        });
        if run.conditions.len() < before {
            mark(&mut run.catalog, oid, true);
        }
    }
}

/// Whether conditions that were met since there were `met` of them ask for an extension.
pub(in crate::catalog) fn is_asked_for(run: &Run<'_>, met: usize) -> bool {
    let sqlstate = missing(run.world.target);
    run.conditions.get(met..).is_some_and(|new| new.iter().any(|condition| condition.sqlstate == sqlstate))
}

pub(super) fn is_optional(catalog: &Catalog, extension: Oid) -> bool {
    matches!(catalog.get(extension).map(|object| &object.body), Some(Body::Extension(extension)) if extension.optional)
}

pub(super) fn mark(catalog: &mut Catalog, extension: Oid, optional: bool) {
    catalog.update(extension, |object| {
        if let Body::Extension(extension) = &mut object.body {
            Arc::make_mut(extension).optional = optional;
        }
    });
}

/// Notes that something needs an object, which may be such an extension or a member of one.
pub(in crate::catalog) fn need(run: &mut Run<'_>, oid: Oid, span: impl Into<Option<Span>>) {
    let Some(object) = run.catalog.get(oid) else { return };
    let sqlstate = match object.body.class() {
        Class::Type => "42704",
        Class::Relation => "42P01",
        // Its functions and operators are no objects.
        _ => "42883",
    };
    let extension = object.extension.unwrap_or(oid);
    if is_optional(&run.catalog, extension) {
        note(run, extension, sqlstate, span);
    }
}

fn note(run: &mut Run<'_>, extension: Oid, sqlstate: &'static str, span: impl Into<Option<Span>>) {
    let Some(name) = run.catalog.get(extension).map(|object| Arc::clone(&object.name)) else { return };
    let reason = format!("unless the server offers the extension {name}, without which the migrations before go on");
    if run.conditions.iter().all(|condition| condition.reason != reason) {
        run.condition(sqlstate, reason, span);
    }
}

/// Notes which such extensions something needs that is there now and was not before.
pub(in crate::catalog) fn need_what_is_new(run: &mut Run<'_>, before: &Catalog) {
    if !run.catalog.any_in_schema(Class::Extension, Oid::NONE, |extension| is_optional(&run.catalog, extension)) {
        return;
    }
    for extension in run.catalog.in_schema(Class::Extension, Oid::NONE) {
        if !is_optional(&run.catalog, extension) {
            continue;
        }
        let of: Vec<Oid> = run.catalog.members(extension).chain([extension]).collect();
        let is_new = |of: &Oid| {
            let edge = |(dependent, column, kind): (Address, i16, Dependency)| {
                kind != Dependency::Extension && !before.dependents_of_any(*of).any(|other| other == (dependent, column, kind))
            };
            before.get(*of).is_some() && run.catalog.dependents_of_any(*of).any(edge)
        };
        let is_relation = |of: &Oid| run.catalog.relation(*of).is_some();
        if let Some(needed) = of.into_iter().find(is_new) {
            let sqlstate = if is_relation(&needed) { "42P01" } else { "42704" };
            note(run, extension, sqlstate, None);
        }
    }
}
