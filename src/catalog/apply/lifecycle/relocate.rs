//! SET SCHEMA: what moves, and what moves along (PostgreSQL's `ExecAlterObjectSchemaStmt`).

use std::sync::Arc;

use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{RelationKind, Sequence};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, Dependency, Oid};
use crate::syntax::tree::{Ident, ObjectKind, ObjectName, SetSchema};
use crate::text::Span;

use super::rename::{has_row_type, name_of};
use super::{Alteration, altered, expect_kind, expect_object, expect_type};

pub(super) fn apply(run: &mut Run<'_>, text: &str, set: &SetSchema) -> Result {
    match (set.object.kind, &set.object.name) {
        (
            kind @ (ObjectKind::Table
            | ObjectKind::View
            | ObjectKind::MaterializedView
            | ObjectKind::Sequence
            | ObjectKind::Index
            | ObjectKind::ForeignTable),
            ObjectName::Named(name),
        ) => {
            let Some(oid) = altered(run, text, set.guard, *name)? else { return Ok(()) };
            expect_kind(run, text, oid, kind, *name, Alteration::SetSchema)?;
            if let Some(RelationKind::Sequence(Sequence { owned_by: Some(_), .. })) = run.catalog.relation(oid).map(|found| &found.kind) {
                return Err(Stop::fails("0A000", "cannot move an owned sequence into another schema", name.span()));
            }
            let to = target(run, text, set.schema)?;
            expect_movable(run, oid, to, set.schema.span)?;
            relation(run, oid, to, set.schema.span)
        }
        (ObjectKind::Type | ObjectKind::Domain, _) => {
            let oid = expect_type(run, text, &set.object)?;
            let to = target(run, text, set.schema)?;
            expect_movable(run, oid, to, set.schema.span)?;
            if run.catalog.relation(oid).is_some() {
                return relation(run, oid, to, set.schema.span);
            }
            let name = name_of(&run.catalog, oid);
            if run.catalog.get(oid).and_then(|object| object.schema) != Some(to) {
                expect_free_type(run, to, &name, set.schema.span)?;
            }
            constraints(run, oid, to);
            move_to(run, oid, to);
            Ok(())
        }
        (ObjectKind::Extension, _) => {
            let address = expect_object(run, text, &set.object)?;
            let to = target(run, text, set.schema)?;
            extension(run, address.object, to, set.span)
        }
        _ => {
            let address = expect_object(run, text, &set.object)?;
            let to = target(run, text, set.schema)?;
            let Some(object) = run.catalog.get(address.object) else { return Ok(()) };
            if object.schema == Some(to) {
                return Ok(());
            }
            let name = object.name.clone();
            expect_free(run, address.object, to, &name, set.schema.span)?;
            expect_unnamed(run, address.object, set.span)?;
            move_to(run, address.object, to);
            Ok(())
        }
    }
}

fn target(run: &mut Run<'_>, text: &str, schema: Ident) -> Result<Oid> {
    let value = schema.value(text);
    if schema.is_template(text) {
        return Err(Stop::unknown(format!("`{value}` is filled in by the tool"), schema.span));
    }
    run.schema(&value, schema.span)
}

fn expect_movable(run: &Run<'_>, oid: Oid, to: Oid, span: Span) -> Result {
    let from = run.catalog.get(oid).and_then(|object| object.schema);
    if from != Some(to) && (to == Oid::PG_TEMP || from == Some(Oid::PG_TEMP)) {
        return Err(Stop::fails("0A000", "cannot move objects into or out of temporary schemas", span));
    }
    Ok(())
}

/// Moves a relation, and with it its row type, indexes, constraints and owned sequences.
fn relation(run: &mut Run<'_>, oid: Oid, to: Oid, span: Span) -> Result {
    if run.catalog.get(oid).and_then(|object| object.schema) == Some(to) {
        return Ok(());
    }
    one_relation(run, oid, to, span)?;
    let indexes: Vec<Oid> = run.catalog.indexes(oid).map(|(index, _)| index).collect();
    for index in indexes {
        one_relation(run, index, to, span)?;
    }
    let sequences: Vec<Oid> = run
        .catalog
        .dependents_of_any(oid)
        .map(|(dependent, ..)| dependent.object)
        .filter(|dependent| owner_of(run, *dependent) == Some(oid))
        .collect();
    for sequence in sequences {
        one_relation(run, sequence, to, span)?;
    }
    constraints(run, oid, to);
    Ok(())
}

fn owner_of(run: &Run<'_>, sequence: Oid) -> Option<Oid> {
    match &run.catalog.relation(sequence)?.kind {
        RelationKind::Sequence(sequence) => sequence.owned_by.map(|column| column.object),
        _ => None,
    }
}

fn one_relation(run: &mut Run<'_>, oid: Oid, to: Oid, span: Span) -> Result {
    let name = name_of(&run.catalog, oid);
    if run.find_in(Class::Relation, to, &name).map_err(|stop| stop.or_at(span))?.is_some() {
        let schema = name_of(&run.catalog, to);
        return Err(Stop::fails("42P07", format!("relation \"{name}\" already exists in schema \"{schema}\""), span));
    }
    if has_row_type(run, oid) {
        expect_free_type(run, to, &name, span)?;
    }
    move_to(run, oid, to);
    Ok(())
}

fn expect_free_type(run: &mut Run<'_>, schema: Oid, name: &str, span: Span) -> Result {
    let is_type = run.find_in(Class::Type, schema, name).map_err(|stop| stop.or_at(span))?.is_some();
    let row = run.find_in(Class::Relation, schema, name).map_err(|stop| stop.or_at(span))?;
    if is_type || row.is_some_and(|row| has_row_type(run, row)) {
        let schema = name_of(&run.catalog, schema);
        return Err(Stop::fails("42710", format!("type \"{name}\" already exists in schema \"{schema}\""), span));
    }
    Ok(())
}

fn constraints(run: &mut Run<'_>, of: Oid, to: Oid) {
    let found: Vec<Oid> = run.catalog.parts(of, Class::Constraint).map(|(oid, _)| oid).collect();
    for constraint in found {
        run.catalog.update(constraint, |object| object.schema = Some(to));
    }
}

fn move_to(run: &mut Run<'_>, oid: Oid, to: Oid) {
    let Some(from) = run.catalog.get(oid).and_then(|object| object.schema) else { return };
    run.catalog.update(oid, |object| object.schema = Some(to));
    let is_linked = run.catalog.dependencies_of(Address::whole(oid)).any(|(on, _)| on == Address::whole(from));
    if is_linked {
        run.catalog.unlink(Address::whole(oid), Address::whole(from), Dependency::Normal);
        run.catalog.link(oid, to, Dependency::Normal);
    } else if from < Oid::FIRST && run.catalog.relation(oid).is_none_or(|relation| relation.index().is_none()) {
        run.catalog.link(oid, to, Dependency::Normal);
    }
    if let Some(object) = run.catalog.get(oid) {
        let (class, name) = (object.body.class(), object.name.clone());
        run.catalog.settle(class, &name);
    }
}

/// Extensions whose control files say `relocatable = false`.
const FIXED: [&str; 6] = ["plpgsql", "postgis", "postgis_topology", "pg_cron", "timescaledb", "adminpack"];
/// Extensions whose control files say `relocatable = true`.
const MOVABLE: [&str; 17] = [
    "btree_gin",
    "btree_gist",
    "citext",
    "cube",
    "fuzzystrmatch",
    "hstore",
    "intarray",
    "isn",
    "ltree",
    "pg_stat_statements",
    "pg_trgm",
    "pgcrypto",
    "postgres_fdw",
    "tablefunc",
    "unaccent",
    "uuid-ossp",
    "vector",
];

/// An extension moves with what it brings, if it may.
fn extension(run: &mut Run<'_>, oid: Oid, to: Oid, span: Span) -> Result {
    let Some(object) = run.catalog.get(oid) else { return Ok(()) };
    let Body::Extension(extension) = &object.body else { return Ok(()) };
    let from = extension.schema;
    if from == Some(to) {
        return Ok(());
    }
    let name = object.name.to_string();
    if FIXED.contains(&&*name) {
        return Err(Stop::fails("0A000", format!("extension \"{name}\" does not support SET SCHEMA"), span));
    }
    if !MOVABLE.contains(&&*name) {
        return Err(Stop::unknown(format!("it can't be told whether the extension {name} may move"), span));
    }
    let members: Vec<Oid> = run.catalog.members(oid).collect();
    for member in members {
        move_to(run, member, to);
    }
    run.catalog.update(oid, |object| {
        if let Body::Extension(extension) = &mut object.body {
            Arc::make_mut(extension).schema = Some(to);
        }
    });
    if let Some(from) = from {
        run.catalog.unlink(oid.into(), from.into(), Dependency::Normal);
    }
    run.catalog.link(oid, to, Dependency::Normal);
    Ok(())
}

/// Expects a name to be free among the objects of an object's class in a schema, or in the whole database.
///
/// # Errors
/// 42723 for a routine, 42710 for the rest.
pub(super) fn expect_free(run: &mut Run<'_>, oid: Oid, schema: Oid, name: &str, span: Span) -> Result {
    let Some(object) = run.catalog.get(oid) else { return Ok(()) };
    let class = object.body.class();
    if let Some(why) = run.catalog.doubted(class, name) {
        return Err(Stop::unknown(&*why, span));
    }
    let others = run.catalog.named(class, schema, name);
    let in_schema = if schema == Oid::NONE { String::new() } else { format!(" in schema \"{}\"", name_of(&run.catalog, schema)) };
    let Some(other) = others.iter().find(|other| collide(object, run.catalog.get(**other))) else { return Ok(()) };
    let shown = crate::catalog::deletion::describe(run, Address::whole(*other));
    let noun = shown.split_once(&format!(" {name}")).map_or("object", |(noun, _)| noun).to_owned();
    match class {
        Class::Routine => {
            let list = shown.split_once('(').map(|(_, list)| list).unwrap_or(")");
            Err(Stop::fails("42723", format!("function {name}({list} already exists{in_schema}"), span))
        }
        _ => Err(Stop::fails("42710", format!("{noun} \"{name}\" already exists{in_schema}"), span)),
    }
}

/// Whether two objects of a class can't have one name.
fn collide(object: &Object, other: Option<&Object>) -> bool {
    match (&object.body, other.map(|other| &other.body)) {
        (Body::Routine(one), Some(Body::Routine(other))) => {
            let (one, other): (Vec<_>, Vec<_>) = (one.inputs().collect(), other.inputs().collect());
            one.len() == other.len() && one.iter().zip(&other).all(|pair| matches!(pair, (Some(a), Some(b)) if a.is_same_type(b)))
        }
        (Body::OperatorClass(one), Some(Body::OperatorClass(other))) => one.method == other.method,
        (Body::OperatorFamily(one), Some(Body::OperatorFamily(other))) => one.method == other.method,
        (_, other) => other.is_some(),
    }
}

/// Expects that nothing in the catalog tells an object by its name.
///
/// # Errors
/// Unknown of a collation, an operator class and their kin that something uses.
pub(super) fn expect_unnamed(run: &Run<'_>, oid: Oid, span: Span) -> Result {
    let Some(object) = run.catalog.get(oid) else { return Ok(()) };
    let by_name = matches!(
        object.body.class(),
        Class::Collation | Class::OperatorClass | Class::OperatorFamily | Class::AccessMethod | Class::Language | Class::ForeignDataWrapper
    );
    if by_name && run.catalog.dependents_of_any(oid).next().is_some() {
        return Err(Stop::unknown(format!("what uses {} is not followed", object.name), span));
    }
    Ok(())
}
