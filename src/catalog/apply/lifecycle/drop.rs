//! DROP of every kind of object that has no statement of its own (PostgreSQL's `RemoveObjects`, `RemoveRelations`).
//!
//! All objects are looked up first, in the order written, and then dropped at once.

use crate::catalog::deletion::{self, Behavior, describe};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{RelationKind, RoutineKind};
use crate::catalog::object::{Body, Class};
use crate::catalog::reference::{self, Absence, Found, Missing, class_of};
use crate::catalog::run::Run;
use crate::catalog::{Address, Oid};
use crate::syntax::tree::{Drop, ObjectKind, ObjectName, ObjectRef};

/// Drops what a statement names.
pub(super) fn apply(run: &mut Run<'_>, text: &str, drop: &Drop) -> Result {
    let behavior = Behavior::from(drop.behavior);
    if let Some(span) = drop.concurrently {
        let refused = |message: &str| Err(Stop::fails("0A000", message, span));
        if drop.objects.len() > 1 {
            return refused("DROP INDEX CONCURRENTLY does not support dropping multiple objects");
        }
        if behavior == Behavior::Cascade {
            return refused("DROP INDEX CONCURRENTLY does not support CASCADE");
        }
    }
    let mut addresses = Vec::with_capacity(drop.objects.len());
    for object in &drop.objects {
        if let Some(address) = one(run, text, drop, object, behavior)? {
            addresses.push(address);
        }
    }
    deletion::delete(run, &addresses, behavior, drop.span)
}

/// What one name means; nothing if IF EXISTS passes over it.
fn one(run: &mut Run<'_>, text: &str, drop: &Drop, object: &ObjectRef, behavior: Behavior) -> Result<Option<Address>> {
    if drop.guard.is_written() && passes_over_doubt(run, text, object, behavior) {
        return Ok(None);
    }
    let found = reference::find(run, text, object)?;
    if matches!(found, Found::Absent(_)) && object.kind == ObjectKind::Rule {
        expect_no_view_rule(run, text, object)?;
    }
    if matches!(found, Found::Absent(_))
        && let Some(element) = super::array_of(run, text, object)?
    {
        let message = format!("cannot drop type {element}[] because type {element} requires it");
        return Err(Stop::fails("2BP01", message, object.span));
    }
    match found {
        Found::Object(address) => {
            check(run, drop, object, address)?;
            Ok(Some(address))
        }
        Found::BuiltIn => Err(built_in(run, text, object)),
        Found::WrongKind(_, failure) => Err(Stop::Fails(failure)),
        // An access method must be there even so; a language need not.
        Found::Absent(absence) if drop.guard.is_written() && (absence.missing != Missing::Method || drop.kind == ObjectKind::Transform) => {
            note_gone(run, text, object, &absence)?;
            Ok(None)
        }
        Found::Absent(absence) if absence.assumable => {
            let address = reference::expect(run, text, object)?;
            if let Some(address) = address {
                settle_kind(run, object.kind, address.object);
            }
            Ok(address)
        }
        Found::Absent(absence) => Err(missing(text, object, *absence)),
    }
}

/// Whether IF EXISTS takes away a doubt whether there is such an object: it is gone in both cases. Where something else may need it,
/// that can't be told without CASCADE.
fn passes_over_doubt(run: &mut Run<'_>, text: &str, object: &ObjectRef, behavior: Behavior) -> bool {
    let class = class_of(object.kind);
    let name = match (&object.name, object.name()) {
        (_, Some(name)) => name.object,
        (ObjectName::Member { name, .. }, None) => *name,
        _ => return false,
    };
    let value = name.value(text);
    let is_needed_by_none = matches!(class, Class::Trigger | Class::Policy | Class::Rule | Class::Statistics | Class::EventTrigger)
        || object.kind == ObjectKind::Index;
    if run.catalog.doubted(class, &value).is_none() || !(is_needed_by_none || behavior == Behavior::Cascade) {
        return false;
    }
    match reference::find(run, text, object) {
        Ok(_) => false,
        Err(_) => {
            run.catalog.settle(class, &value);
            true
        }
    }
}

/// The rule that a view is made of goes only with the view; it is no object of its own here.
fn expect_no_view_rule(run: &mut Run<'_>, text: &str, object: &ObjectRef) -> Result {
    let Some((Some(of), name)) = object.member() else { return Ok(()) };
    let Some(view) = run.find(Class::Relation, text, of)? else { return Ok(()) };
    if !name.is(text, "_RETURN") || run.catalog.relation(view).is_none_or(|relation| relation.view().is_none()) {
        return Ok(());
    }
    let shown = describe(run, Address::whole(view));
    let message = format!("cannot drop rule _RETURN on {shown} because {shown} requires it");
    Err(Stop::fails("2BP01", message, object.span))
}

/// What an object must be to be dropped by this statement, beyond its kind.
fn check(run: &mut Run<'_>, drop: &Drop, object: &ObjectRef, address: Address) -> Result {
    let Some(found) = run.catalog.get(address.object) else { return Ok(()) };
    match &found.body {
        Body::Routine(routine) if drop.kind == ObjectKind::Function && routine.kind == RoutineKind::Aggregate => {
            Err(Stop::fails("42809", format!("\"{}\" is an aggregate function", found.name), object.span))
        }
        Body::Relation(relation) if matches!(drop.kind, ObjectKind::Type | ObjectKind::Domain) => match relation.kind {
            RelationKind::Composite | RelationKind::Unknown => Ok(()),
            _ => {
                let whole = describe(run, address);
                let name = whole.split_once(' ').map_or(&*whole, |(_, name)| name).trim_start_matches("view ").trim_start_matches("table ");
                let message = format!("cannot drop type {name} because {whole} requires it");
                Err(Stop::fails("2BP01", message, object.span))
            }
        },
        Body::Relation(relation) if drop.concurrently.is_some() => {
            let table = relation.index().map(|index| index.table);
            let is_partitioned = table.and_then(|table| run.catalog.relation(table)).is_some_and(|table| table.partitioned.is_some());
            if is_partitioned {
                let message = format!("cannot drop partitioned index \"{}\" concurrently", found.name);
                return Err(Stop::fails("0A000", message, object.span));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// A relation that was only assumed is of the kind that DROP says.
fn settle_kind(run: &mut Run<'_>, kind: ObjectKind, oid: Oid) {
    if kind == ObjectKind::Table {
        run.catalog.update_relation(oid, |relation| {
            if relation.kind == RelationKind::Unknown {
                relation.kind = RelationKind::Table;
            }
        });
    }
}

/// What PostgreSQL itself brings can't be dropped, nor what an extension brings.
fn built_in(run: &mut Run<'_>, text: &str, object: &ObjectRef) -> Stop {
    let shown = &text[object.span];
    if class_of(object.kind) == Class::Relation {
        return match object.name().map(|name| run.own_relation(text, name)) {
            Some(Ok(Some(fact))) => Run::kept(fact, object.span),
            Some(Err(stop)) => stop,
            _ => Stop::unknown("what it does to drop a relation of PostgreSQL's own is not told", object.span),
        };
    }
    let noun = object.kind.sql().to_ascii_lowercase();
    Stop::fails("2BP01", format!("cannot drop {noun} {shown} because it is required by the database system"), object.span)
}

/// That there is no such object, in the words of DROP.
fn missing(text: &str, object: &ObjectRef, absence: Absence) -> Stop {
    let mut failure = absence.failure;
    if absence.missing == Missing::Object
        && let Some(name) = object.name()
        && class_of(object.kind) == Class::Relation
    {
        let value = name.object.value(text);
        failure.message = format!("{} \"{value}\" does not exist", object.kind.sql().to_ascii_lowercase());
        if matches!(object.kind, ObjectKind::Index | ObjectKind::ForeignTable) {
            failure.sqlstate = "42704";
        }
    }
    Stop::Fails(Box::new(failure))
}

/// Notes that something is not there, whatever was assumed before.
fn note_gone(run: &mut Run<'_>, text: &str, object: &ObjectRef, absence: &Absence) -> Result {
    if !absence.assumable || absence.missing != Missing::Object {
        return Ok(());
    }
    let class = class_of(object.kind);
    match &object.name {
        ObjectName::Member { name, of: Some(of) } => {
            let whole = run.find(if object.kind == ObjectKind::DomainConstraint { Class::Type } else { Class::Relation }, text, *of)?;
            if let Some(whole) = whole {
                run.note_absent(class, whole, &name.value(text));
                run.catalog.note_gone(class, whole, &*name.value(text));
            }
        }
        ObjectName::Named(name) | ObjectName::OfMethod { name, .. } => {
            let scope = match name.schema {
                _ if !has_schema(class) => Some(Oid::NONE),
                Some(schema) => run.find_schema(&schema.value(text))?,
                None => Some(run.creation_schema(name.span())?),
            };
            if let Some(scope) = scope {
                run.note_absent(class, scope, &name.object.value(text));
                run.catalog.note_gone(class, scope, &*name.object.value(text));
            }
        }
        _ => {}
    }
    Ok(())
}

/// Whether the objects of a class are found by way of `search_path`.
const fn has_schema(class: Class) -> bool {
    !matches!(
        class,
        Class::Schema
            | Class::Extension
            | Class::Role
            | Class::Publication
            | Class::Subscription
            | Class::Language
            | Class::AccessMethod
            | Class::EventTrigger
            | Class::Tablespace
            | Class::ForeignDataWrapper
            | Class::Server
            | Class::Database
    )
}
