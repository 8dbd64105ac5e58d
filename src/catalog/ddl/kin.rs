//! What goes with what: parts with their whole, members with their extension, a serial's sequence with its column; and whose names are whose.

use super::{create, name};
use crate::catalog::describe;
use crate::catalog::model::{ConstraintKind, RelationKind};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::store::Catalog;
use crate::catalog::{Address, Dependency, Oid};
use crate::syntax::expression::string;

/// What comes with a column: its default, and the sequence of its identity, or that of a serial.
pub(super) fn with_column(catalog: &Catalog, address: Address) -> Vec<Oid> {
    let Some(column) = catalog.column(address) else { return Vec::new() };
    let serial = create::serial(catalog, address.object, column).map(|serial| serial.sequence);
    column.default.into_iter().chain(column.identity.map(|(_, sequence)| sequence)).chain(serial).collect()
}

/// The sequences that fall with a table or a column.
pub(super) fn sequences_of(catalog: &Catalog, address: Address) -> Vec<Oid> {
    let dependents = catalog.dependents_of_any(address.object).filter(|(_, column, _)| address.column == 0 || *column == address.column);
    let is_sequence = |oid: &Oid| catalog.relation(*oid).is_some_and(|relation| relation.sequence().is_some());
    dependents.map(|(dependent, ..)| dependent.object).filter(is_sequence).collect()
}

/// Whether a table has a constraint only because its parents have it.
pub(super) fn comes_from_parent(catalog: &Catalog, object: &Object) -> bool {
    let is_partition = object.of.and_then(|of| catalog.relation(of)).is_some_and(|relation| relation.partition_bound.is_some());
    object.constraint().is_some_and(|constraint| {
        let follows = !is_partition || matches!(constraint.kind, ConstraintKind::Exclude(_));
        !constraint.local && constraint.inherited > 0 && follows
    })
}

/// The constraint of a parent that says the same, where that may not hold of older rows and this does.
pub(super) fn unvalidated_of_parent(catalog: &Catalog, object: &Object) -> Option<Oid> {
    object.constraint().filter(|constraint| constraint.validated)?;
    let parents = object.of.and_then(|of| catalog.relation(of)).map(|relation| &relation.parents[..]).unwrap_or_default();
    let same = |parent: &Oid| catalog.part(*parent, Class::Constraint, &object.name);
    parents.iter().filter_map(same).find(|oid| {
        let found = catalog.get(*oid).and_then(Object::constraint);
        found.is_some_and(|constraint| !constraint.validated && constraint.enforced)
    })
}

/// The table of what a partition's part is of its partitioned table's.
pub(super) fn is_of_parent(catalog: &Catalog, oid: Oid) -> Option<Oid> {
    let object = catalog.get(oid)?;
    match &object.body {
        Body::Relation(relation) => relation.index().filter(|index| index.parent.is_some()).map(|index| index.table),
        Body::Constraint(constraint) => object.of.filter(|_| constraint.parent.is_some() || constraint.inherited > 0),
        _ => None,
    }
}

/// What takes a partition off its partitioned table before it is dropped, which has to be where foreign keys reference that table.
pub(super) fn detached(catalog: &Catalog, oid: Oid) -> Option<String> {
    let relation = catalog.relation(oid).filter(|relation| relation.partition_bound.is_some())?;
    let parent = *relation.parents.first()?;
    let references = |object: &Object| match object.constraint().map(|constraint| &constraint.kind) {
        Some(ConstraintKind::ForeignKey(key)) => key.table == parent,
        _ => false,
    };
    let is_referenced = catalog.dependents_of_any(parent).any(|(dependent, ..)| catalog.get(dependent.object).is_some_and(references));
    is_referenced.then(|| format!("ALTER TABLE {} DETACH PARTITION {}", name::qualified(catalog, parent), name::qualified(catalog, oid)))
}

/// What something is a part of, and goes along with.
pub(super) fn whole_of(catalog: &Catalog, oid: Oid) -> Option<Address> {
    let object = catalog.get(oid)?;
    match &object.body {
        Body::Default(default) => return Some(Address::column(object.of?, default.column)),
        Body::Relation(relation) => match &relation.kind {
            RelationKind::Index(index) => return Some(Address::whole(index.constraint.unwrap_or(index.table))),
            RelationKind::Sequence(sequence) => return sequence.owned_by,
            _ if relation.partition_bound.is_some() => return relation.parents.first().copied().map(Address::whole),
            _ => {}
        },
        _ => {}
    }
    object.of.or(object.extension).map(Address::whole)
}

/// Something, and what goes along with it: its parts, and the members of an extension.
pub(super) fn along(catalog: &Catalog, taken: Address) -> Vec<Address> {
    let mut found = vec![taken];
    let mut at = 0;
    while let Some(address) = found.get(at).copied() {
        at += 1;
        let parts = catalog.all_parts(address.object).filter(|_| address.column == 0).map(Address::whole);
        let members = catalog.dependents_of(address).filter(|(_, kind)| *kind == Dependency::Extension).map(|(member, _)| member);
        let more: Vec<Address> = parts.chain(members).filter(|more| !found.contains(more)).collect();
        found.extend(more);
    }
    found
}

/// The names that an object has for itself in its schema, or in its table.
pub(super) fn names(catalog: &Catalog, oid: Oid) -> Vec<String> {
    let Some(object) = catalog.get(oid) else { return Vec::new() };
    match &object.body {
        // Types and relations share theirs.
        Body::Relation(_) | Body::Type(_) => vec![describe::qualified(catalog, oid)],
        Body::Default(_) => Vec::new(),
        _ => describe::identity(catalog, oid).into_iter().map(|identity| identity.as_str().to_owned()).collect(),
    }
}

pub(super) fn column_name(table: &str, column: &str) -> String {
    format!("column {table}.{column}")
}

/// A name that no type or relation has in the schema of `object`.
pub(super) fn spare_name(catalog: &Catalog, object: &Object) -> String {
    const MAX: usize = 58;
    let schema = object.schema.unwrap_or(Oid::NONE);
    let short: String = object.name.chars().take(MAX).collect();
    let taken = |name: &str| [Class::Type, Class::Relation].iter().any(|class| !catalog.named(*class, schema, name).is_empty());
    let names = std::iter::once(format!("{short}_old")).chain((1..).map(|number| format!("{short}_{number}")));
    names.into_iter().find(|name| !taken(name)).unwrap_or_else(|| string(&short))
}
