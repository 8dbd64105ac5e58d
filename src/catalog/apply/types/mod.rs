//! Types and domains.
//!
//! A relation's row type has the relation's name in the relation's schema, so that types and most relations share their names.

mod base;
mod composite;
mod constructor;
mod domain;
mod domain_constraint;
mod domain_use;
mod enumeration;
mod range;

use std::sync::Arc;

pub(in crate::catalog) use domain_use::tables as tables_of_domain;

use super::Statement;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{RelationKind, Type, TypeId, TypeUse};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::run::Run;
use crate::catalog::types::type_use;
use crate::catalog::{Dependency, Oid, reference};
use crate::syntax::tree::{Name, Node, ObjectKind, ObjectName, ObjectRef, TypeBase, TypeDefinition, TypeName};
use crate::text::Span;

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    let text = statement.text;
    match statement.node {
        Node::CreateType(create) => match &create.definition {
            TypeDefinition::Composite(columns) => composite::create(run, text, create.name, columns),
            TypeDefinition::Enum(labels) => enumeration::create(run, text, create.name, labels),
            TypeDefinition::Range(options) => range::create(run, text, create.name, options),
            TypeDefinition::Base(options) => base::create(run, text, create.name, options),
            TypeDefinition::Shell => base::create_shell(run, text, create.name),
        },
        Node::AlterEnum(alter) => enumeration::alter(run, text, alter),
        Node::AlterTypeOptions(alter) => base::alter(run, text, alter),
        Node::CreateDomain(create) => domain::create(run, text, create),
        Node::AlterDomain(alter) => domain::alter(run, text, alter),
        _ => Err(Stop::unknown("this kind of statement is not replayed", None)),
    }
}

/// Where a new type goes: its schema, its name, and the shell that stands there and that it fills.
struct Place {
    schema: Oid,
    name: String,
    shell: Option<Oid>,
}

/// The place of a new type.
///
/// # Errors
/// 42710 if there is a type of that name already, or if it can't be told.
fn place(run: &mut Run<'_>, text: &str, name: Name) -> Result<Place> {
    let schema = run.schema_for(text, name)?;
    let written = name.object.value(text);
    if name.object.is_template(text) {
        return Err(Stop::unknown(format!("`{written}` is filled in by the tool"), name.span()));
    }
    let shell = shell_or_free(run, schema, &written, name.span())?;
    Ok(Place { schema, name: written.into_owned(), shell })
}

/// The shell type that stands where a new type is to go, if anything does.
///
/// # Errors
/// 42710 if it is another type, or the row type of a relation.
fn shell_or_free(run: &mut Run<'_>, schema: Oid, name: &str, span: Span) -> Result<Option<Oid>> {
    let taken = || Stop::fails("42710", format!("type \"{name}\" already exists"), span);
    if let Some(found) = run.find_in(Class::Type, schema, name).map_err(|stop| stop.or_at(span))? {
        return match run.catalog.get(found).and_then(Object::ty) {
            Some(Type::Shell) => Ok(Some(found)),
            _ => Err(taken()),
        };
    }
    match run.find_in(Class::Relation, schema, name).map_err(|stop| stop.or_at(span))? {
        Some(relation) if has_row_type(run, relation) => Err(taken()),
        _ => Ok(None),
    }
}

/// Whether a relation has a row type: an index has none, and from version 14 on a sequence has none either.
pub(in crate::catalog) fn has_row_type(run: &Run<'_>, relation: Oid) -> bool {
    match run.catalog.relation(relation).map(|relation| &relation.kind) {
        Some(RelationKind::Index(_)) | None => false,
        Some(RelationKind::Sequence(_)) => run.world.target.major() < 14,
        Some(_) => true,
    }
}

/// Makes a type in its place.
fn make(run: &mut Run<'_>, place: &Place, ty: Type) -> Oid {
    if let Some(shell) = place.shell {
        let origin = run.origin;
        run.catalog.update(shell, |object| {
            object.body = Body::Type(Arc::new(ty));
            object.origin = origin;
        });
        return shell;
    }
    run.catalog.settle(Class::Type, &place.name);
    let object = Object::new(place.name.as_str(), Body::Type(Arc::new(ty)), run.origin).in_schema(place.schema);
    let oid = run.catalog.add(object);
    run.catalog.link(oid, place.schema, Dependency::Normal);
    oid
}

/// The type that a name means; where no file makes it, one that is assumed.
///
/// # Errors
/// 42704 if there is none or only a shell, or if it can't be told.
fn existing(run: &mut Run<'_>, text: &str, name: Name) -> Result<TypeUse> {
    let object = ObjectRef { span: name.span(), kind: ObjectKind::Type, name: ObjectName::Named(name) };
    reference::expect(run, text, &object)?;
    type_use(run, text, &plain(name))
}

/// A name, as a type that is written.
fn plain(name: Name) -> TypeName {
    TypeName {
        span: name.span(),
        setof: None,
        base: TypeBase::Named(name),
        modifiers: Vec::new(),
        interval_fields: None,
        array_dimensions: 0,
        percent_type: None,
    }
}

/// The type that a use means, if it is an object of its own.
fn own<'r>(run: &'r Run<'_>, ty: &TypeUse) -> Option<(Oid, &'r Type)> {
    match ty.id {
        TypeId::User(oid) if !ty.array => Some((oid, run.catalog.get(oid)?.ty()?)),
        _ => None,
    }
}
