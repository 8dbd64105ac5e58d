//! Composite types: relations of which only the row type matters.

use std::sync::Arc;

use super::place;
use crate::catalog::collation;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Column, Relation, RelationKind, TypeId, TypeUse};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::run::Run;
use crate::catalog::types::type_use;
use crate::catalog::{Address, Dependency};
use crate::postgres::facts::{self, TypeKind};
use crate::syntax::tree::{self, Name};
use crate::text::Span;

pub(super) fn create(run: &mut Run<'_>, text: &str, name: Name, attributes: &[tree::Column]) -> Result {
    let place = place(run, text, name)?;
    if let Some(attribute) = duplicate(text, attributes) {
        let message = format!("column \"{}\" specified more than once", attribute.name.value(text));
        return Err(Stop::fails("42701", message, attribute.name.span));
    }
    let mut relation = Relation::new(RelationKind::Composite);
    let mut pseudo = None;
    for attribute in attributes {
        let column = column(run, text, attribute)?;
        if let Some(ty) = &column.ty
            && let Some(found) = pseudo_type(run, ty)
        {
            pseudo.get_or_insert((column.name.clone(), found, attribute.span));
        }
        relation.add_column(column);
    }
    if let Some((column, ty, span)) = pseudo {
        return Err(Stop::fails("42P16", format!("column \"{column}\" has pseudo-type {ty}"), span));
    }
    if run.find_in(Class::Relation, place.schema, &place.name)?.is_some() {
        return Err(Stop::fails("42P07", format!("relation \"{}\" already exists", place.name), name.span()));
    }
    if place.shell.is_some() {
        return Err(Stop::unknown("a shell type becomes a composite type", name.span()));
    }
    let columns = relation.columns.clone();
    run.catalog.settle(Class::Type, &place.name);
    run.catalog.settle(Class::Relation, &place.name);
    let object = Object::new(place.name.as_str(), Body::Relation(Arc::new(relation)), run.origin).in_schema(place.schema);
    let oid = run.catalog.add(object);
    run.catalog.link(oid, place.schema, Dependency::Normal);
    for (column, attribute) in columns.iter().zip(attributes) {
        let at = Address::column(oid, column.number);
        if let Some(ty) = &column.ty {
            run.catalog.link_type(at, ty);
        }
        if let Some(clause) = &attribute.collation {
            collation::link(run, at, text, clause.value)?;
        }
    }
    Ok(())
}

fn duplicate<'c>(text: &str, attributes: &'c [tree::Column]) -> Option<&'c tree::Column> {
    let is_repeated = |at: usize| attributes[..at].iter().any(|other| other.name.value(text) == attributes[at].name.value(text));
    (0..attributes.len()).find(|at| is_repeated(*at)).map(|at| &attributes[at])
}

fn column(run: &mut Run<'_>, text: &str, attribute: &tree::Column) -> Result<Column> {
    let name = attribute.name.value(text);
    let Some(written) = &attribute.ty else { return Ok(Column::new(0, name.as_ref(), None)) };
    let ty = type_use(run, text, written)?;
    let collation = match &attribute.collation {
        Some(clause) => collation::collation(run, text, clause.value, Some(&ty))?,
        None => None,
    };
    if let Some(setof) = written.setof {
        return Err(setof_column(&name, setof));
    }
    Ok(Column { collation, ..Column::new(0, name.as_ref(), Some(ty)) })
}

fn setof_column(name: &str, span: Span) -> Stop {
    Stop::fails("42P16", format!("column \"{name}\" cannot be declared SETOF"), span)
}

/// The name of a type that no column can have.
fn pseudo_type(run: &Run<'_>, ty: &TypeUse) -> Option<&'static str> {
    let TypeId::BuiltIn(name) = ty.id else { return None };
    let fact = facts::system().type_named(name, run.world.target)?;
    let name = if ty.array && name == "record" { "record[]" } else { name };
    (fact.kind == TypeKind::Pseudo && (!ty.array || name == "record[]")).then_some(name)
}
