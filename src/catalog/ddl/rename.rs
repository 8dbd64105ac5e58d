//! Objects that are there under another name, or in another schema: the same object is told by its number.
//!
//! Each statement is written as the catalog stands before it, and then done to the catalog, so that what comes after finds the new names.

use super::name;
use crate::catalog::model::RelationKind;
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::store::Catalog;
use crate::catalog::{Address, Oid};
use crate::syntax::expression::identifier;

/// A new name.
pub(super) struct Rename {
    /// Whose.
    pub(super) object: Oid,
    /// `ALTER TABLE a RENAME TO b`
    pub(super) sql: String,
}

/// Gives everything in `catalog` the name that it has in `to`.
pub(super) fn all(catalog: &mut Catalog, to: &Catalog) -> Vec<Rename> {
    let mut renames = Vec::new();
    let mut changed = catalog.changed(to);
    // A schema's name is in the names of what it holds.
    changed.sort_by_key(|oid| (catalog.get(*oid).map(|object| object.body.class()) != Some(Class::Schema), *oid));
    for oid in changed {
        let (Some(was), Some(is)) = (catalog.get(oid), to.get(oid)) else { continue };
        if was.extension.is_some() || matches!(was.body, Body::Default(_) | Body::Role(_)) {
            continue;
        }
        let follows = follows(catalog, was);
        let (old_schema, new_schema, new_name) = (was.schema, is.schema, is.name.clone());
        let moved = old_schema != new_schema;
        if moved && let Some(schema) = new_schema {
            if !follows.schema
                && let Some(reference) = name::reference(catalog, oid)
                && let Some(target) = to.get(schema)
            {
                let sql = format!("ALTER {reference} SET SCHEMA {}", identifier(&target.name));
                renames.push(Rename { object: oid, sql });
            }
            catalog.update(oid, |object| object.schema = Some(schema));
        }
        if catalog.get(oid).is_some_and(|object| object.name != new_name) {
            if !follows.name {
                if let Some(other) = holder(catalog, oid, &new_name) {
                    let spare = spare(&new_name, |name| holder(catalog, oid, name).is_some());
                    renames.extend(renamed(catalog, other, &spare).map(|sql| Rename { object: other, sql }));
                    catalog.update(other, |object| object.name = spare.into());
                }
                renames.extend(renamed(catalog, oid, &new_name).map(|sql| Rename { object: oid, sql }));
            }
            catalog.update(oid, |object| object.name = new_name);
        }
        columns(catalog, to, oid, &mut renames);
    }
    renames
}

/// What of an object's name changes when that of another does.
struct Follows {
    name: bool,
    schema: bool,
}

fn follows(catalog: &Catalog, object: &Object) -> Follows {
    let is_part = object.of.is_some();
    match object.relation().map(|relation| &relation.kind) {
        Some(RelationKind::Index(index)) => Follows { name: index.constraint.is_some(), schema: true },
        // It moves with the table of its column.
        Some(RelationKind::Sequence(sequence)) => Follows { name: false, schema: sequence.owned_by.is_some() },
        _ => {
            let is_multirange = matches!(object.ty(), Some(crate::catalog::model::Type::Multirange(_)));
            let parent = match &object.body {
                Body::Trigger(trigger) => trigger.parent,
                Body::Constraint(constraint) => constraint.parent,
                _ => None,
            };
            Follows { name: parent.is_some_and(|parent| catalog.get(parent).is_some()), schema: is_part || is_multirange }
        }
    }
}

/// What has a name that an object shall have, if something has.
fn holder(catalog: &Catalog, oid: Oid, name: &str) -> Option<Oid> {
    let object = catalog.get(oid)?;
    let class = object.body.class();
    let found = match (class, object.of) {
        // They are told apart by their arguments too.
        (Class::Routine | Class::Operator, _) => None,
        (Class::Constraint | Class::Trigger | Class::Policy | Class::Rule, Some(of)) => catalog.part(of, class, name),
        (Class::Relation | Class::Type, _) => {
            let schema = object.schema?;
            [Class::Relation, Class::Type].iter().find_map(|class| catalog.named(*class, schema, name).first().copied())
        }
        _ => catalog.named(class, object.schema.unwrap_or(Oid::NONE), name).first().copied(),
    };
    found.filter(|found| *found != oid)
}

/// A name like another that is not taken.
fn spare(name: &str, taken: impl Fn(&str) -> bool) -> String {
    const MAX: usize = 58;
    let short: String = name.chars().take(MAX).collect();
    let mut names = std::iter::once(format!("{short}_new")).chain((1..1_000).map(|number| format!("{short}_{number}")));
    names.find(|name| !taken(name)).unwrap_or(short)
}

fn renamed(catalog: &Catalog, oid: Oid, new: &str) -> Option<String> {
    let object = catalog.get(oid)?;
    let new = identifier(new);
    Some(match &object.body {
        Body::Constraint(_) => {
            let of = object.of?;
            let noun = if matches!(catalog.get(of)?.body, Body::Type(_)) { "DOMAIN" } else { "TABLE" };
            format!("ALTER {noun} {} RENAME CONSTRAINT {} TO {new}", name::qualified(catalog, of), identifier(&object.name))
        }
        Body::Cast(_) | Body::Operator(_) | Body::Extension(_) | Body::Other(Class::UserMapping | Class::Transform, _) => return None,
        _ => format!("ALTER {} RENAME TO {new}", name::reference(catalog, oid)?),
    })
}

fn columns(catalog: &mut Catalog, to: &Catalog, oid: Oid, renames: &mut Vec<Rename>) {
    let (Some(was), Some(is)) = (catalog.relation(oid), to.relation(oid)) else { return };
    let noun = match was.kind {
        RelationKind::Index(_) | RelationKind::Sequence(_) => return,
        RelationKind::View(_) => "VIEW",
        RelationKind::MaterializedView(_) => "MATERIALIZED VIEW",
        RelationKind::Composite => "TYPE",
        RelationKind::ForeignTable(..) => "FOREIGN TABLE",
        _ => "TABLE",
    };
    let what = if noun == "TYPE" { "ATTRIBUTE" } else { "COLUMN" };
    let changed: Vec<(crate::catalog::ColumnNumber, String)> = was
        .columns
        .iter()
        .filter_map(|column| Some((column.number, is.column_at(column.number).filter(|new| new.name != column.name)?.name.to_string())))
        .collect();
    for (number, new) in changed {
        let Some(relation) = catalog.relation(oid) else { return };
        let mut steps = vec![(number, new.clone())];
        if let Some(other) = relation.column(&new).filter(|other| other.number != number) {
            let spare = spare(&new, |name| relation.column(name).is_some() || is.column(name).is_some());
            steps.insert(0, (other.number, spare));
        }
        for (number, new) in steps {
            let address = Address::column(oid, number);
            let Some(column) = catalog.column(address) else { continue };
            // What a table inherits is renamed with its parent's.
            if column.inherited == 0 {
                let (old, new) = (identifier(&column.name), identifier(&new));
                let sql = format!("ALTER {noun} {} RENAME {what} {old} TO {new}", name::qualified(catalog, oid));
                renames.push(Rename { object: oid, sql });
            }
            catalog.update_column(address, |column| column.name = new.into());
        }
    }
}
