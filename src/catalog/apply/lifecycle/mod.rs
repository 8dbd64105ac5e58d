//! What happens to every kind of object in one way: DROP, RENAME, SET SCHEMA, OWNER TO, DEPENDS ON EXTENSION.

mod drop;
mod owner;
mod relocate;
mod rename;
mod rename_role;
mod rename_type;

pub(super) use owner::give_relation;
pub(super) use rename::{find_constraint, typed_tables};

use super::Statement;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::RelationKind;
use crate::catalog::object::Class;
use crate::catalog::reference::{self, Found};
use crate::catalog::run::Run;
use crate::catalog::{Address, Oid};
use crate::syntax::tree::{Guard, Name, Node, ObjectKind, ObjectRef};

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    let text = statement.text;
    match statement.node {
        Node::Drop(drop) => drop::apply(run, text, drop),
        Node::Rename(rename) => rename::apply(run, text, rename),
        Node::SetSchema(set) => relocate::apply(run, text, set),
        Node::SetOwner(set) => owner::apply(run, text, set),
        Node::DependsOnExtension(depends) => owner::depend(run, text, depends),
        _ => Err(Stop::unknown("this kind of statement is not replayed", None)),
    }
}

/// Whether ALTER says what it does to a relation as such, or RENAME, which takes any relation for an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alteration {
    /// RENAME
    Rename,
    /// SET SCHEMA
    SetSchema,
    /// Any action of ALTER TABLE.
    Action,
}

/// The relation that ALTER names; none if IF EXISTS passes over it.
///
/// # Errors
/// 42P01 or 3F000 if there is none, or if it can't be told.
pub(super) fn altered(run: &mut Run<'_>, text: &str, guard: Guard, name: Name) -> Result<Option<Oid>> {
    if !guard.is_written() {
        return run.relation(text, name).map(Some);
    }
    run.find(Class::Relation, text, name)
}

/// Expects a relation to be what the word behind ALTER says (`RangeVarCallbackForAlterRelation`).
///
/// # Errors
/// 42809 if it is not.
pub(super) fn expect_kind(run: &Run<'_>, text: &str, relation: Oid, kind: ObjectKind, name: Name, alteration: Alteration) -> Result {
    let Some(found) = run.catalog.relation(relation) else { return Ok(()) };
    let shown = name.object.value(text);
    let refuse = |message: String| Err(Stop::fails("42809", message, name.span()));
    let (fits, noun) = match kind {
        ObjectKind::Sequence => (matches!(found.kind, RelationKind::Sequence(_)), "a sequence"),
        ObjectKind::View => (matches!(found.kind, RelationKind::View(_)), "a view"),
        ObjectKind::MaterializedView => (matches!(found.kind, RelationKind::MaterializedView(_)), "a materialized view"),
        ObjectKind::ForeignTable => (matches!(found.kind, RelationKind::ForeignTable(..)), "a foreign table"),
        ObjectKind::Type => (found.kind == RelationKind::Composite, "a composite type"),
        ObjectKind::Index => (alteration == Alteration::Rename || found.index().is_some(), "an index"),
        _ => (true, ""),
    };
    if !fits && found.kind != RelationKind::Unknown {
        return refuse(format!("\"{shown}\" is not {noun}"));
    }
    if kind != ObjectKind::Type && found.kind == RelationKind::Composite {
        return refuse(format!("\"{shown}\" is a composite type"));
    }
    if alteration == Alteration::SetSchema && found.index().is_some() {
        return refuse(format!("cannot change schema of index \"{shown}\""));
    }
    Ok(())
}

/// An object that a statement changes and that is no relation.
///
/// # Errors
/// As those of [`reference::expect`]; unknown of what PostgreSQL brings itself.
fn expect_object(run: &mut Run<'_>, text: &str, object: &ObjectRef) -> Result<Address> {
    match reference::expect(run, text, object)? {
        Some(address) => Ok(address),
        None => Err(Stop::unknown("what becomes of an object that PostgreSQL or an extension brings is not followed", object.span)),
    }
}

/// The type that ALTER TYPE or ALTER DOMAIN names, which must be an object of its own.
///
/// # Errors
/// 42704 if there is none, 42809 for the row type of a table and for what is no domain.
fn expect_type(run: &mut Run<'_>, text: &str, object: &ObjectRef) -> Result<Oid> {
    let shown = |run: &Run<'_>, oid: Oid| run.catalog.get(oid).map(|object| object.name.to_string()).unwrap_or_default();
    match reference::find(run, text, object)? {
        Found::WrongKind(address, _) => {
            let message = format!("{} is not a domain", shown(run, address.object));
            return Err(Stop::fails("42809", message, object.span));
        }
        Found::Object(address) => {
            if let Some(relation) = run.catalog.relation(address.object)
                && !matches!(relation.kind, RelationKind::Composite | RelationKind::Unknown)
            {
                let message = format!("{} is a table's row type", shown(run, address.object));
                return Err(Stop::fails("42809", message, object.span));
            }
        }
        Found::Absent(_) => {
            if let Some(element) = array_of(run, text, object)? {
                return Err(Stop::fails("42809", format!("cannot alter array type {element}[]"), object.span));
            }
        }
        Found::BuiltIn => {}
    }
    expect_object(run, text, object).map(|address| address.object)
}

/// The type whose array a missing type is by its name, which begins with an underscore.
fn array_of(run: &mut Run<'_>, text: &str, object: &ObjectRef) -> Result<Option<String>> {
    let Some(name) = object.name().filter(|_| object.kind == ObjectKind::Type) else { return Ok(None) };
    let value = name.object.value(text);
    let Some(element) = value.strip_prefix('_') else { return Ok(None) };
    let schema = name.schema_value(text);
    for class in [Class::Type, Class::Relation] {
        if run.find_named(class, schema.as_deref(), element)?.is_some() {
            return Ok(Some(element.to_owned()));
        }
    }
    Ok(None)
}
