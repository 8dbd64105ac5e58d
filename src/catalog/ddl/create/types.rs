//! Types and domains.

use crate::catalog::Oid;
use crate::catalog::ddl::{name, stored};
use crate::catalog::describe::written;
use crate::catalog::model::{Column, ConstraintKind, Definition, Domain, Range, Relation, Type};
use crate::catalog::object::{Class, Object};
use crate::catalog::store::Catalog;
use crate::syntax::expression::{identifier, string};

pub(super) fn create(catalog: &Catalog, oid: Oid, object: &Object, ty: &Type) -> Vec<String> {
    let own = name::qualified(catalog, oid);
    match ty {
        Type::Enum(labels) => {
            let labels: Vec<String> = labels.iter().map(|label| string(&label.text)).collect();
            vec![format!("CREATE TYPE {own} AS ENUM ({})", labels.join(", "))]
        }
        Type::Domain(found) => domain(catalog, oid, &own, found),
        Type::Range(found) => vec![range(catalog, object, &own, found)],
        // A shell comes before its functions, and what it is after them.
        Type::Base(definition) => vec![format!("CREATE TYPE {own} ({})", attributes(definition))],
        Type::Shell => vec![format!("CREATE TYPE {own}")],
        Type::Multirange(_) | Type::Unknown(_) => Vec::new(),
    }
}

fn attributes(definition: &Definition) -> String {
    let said = |(key, value): (&std::sync::Arc<str>, &std::sync::Arc<str>)| match &**value {
        "true" if matches!(&**key, "passedbyvalue") => key.to_string(),
        _ => format!("{key} = {value}"),
    };
    definition.options.iter().map(said).collect::<Vec<_>>().join(", ")
}

fn domain(catalog: &Catalog, oid: Oid, own: &str, domain: &Domain) -> Vec<String> {
    let mut text = format!("CREATE DOMAIN {own} AS {}", name::ty(catalog, domain.base.as_ref()));
    if let Some(collation) = &domain.collation {
        text += &format!(" COLLATE {}", written(collation));
    }
    if let Some(default) = &domain.default {
        text += &format!(" DEFAULT {}", stored::operand(catalog, default));
    }
    if domain.not_null {
        let own_name = catalog.get(oid).map(|object| format!("{}_not_null", object.name)).unwrap_or_default();
        let is_not_null = |object: &Object| object.constraint().is_some_and(|found| found.kind == ConstraintKind::NotNull);
        let constraints = catalog.parts(oid, Class::Constraint).filter(|(_, object)| is_not_null(object));
        // PostgreSQL 17 makes one of each NOT NULL that is written.
        let names: Vec<&str> = constraints.map(|(_, object)| &*object.name).collect();
        match names[..] {
            [] => text += " NOT NULL",
            [name] if name == own_name => text += " NOT NULL",
            _ => names.iter().for_each(|name| text += &format!(" CONSTRAINT {} NOT NULL", identifier(name))),
        }
    }
    // Those that hold for all values stand with the domain, the others follow.
    for (constraint, object) in catalog.parts(oid, Class::Constraint) {
        let Some(found) = object.constraint().filter(|found| found.validated) else { continue };
        if let (ConstraintKind::Check(_), Some(clause)) = (&found.kind, super::constraint::clause(catalog, constraint)) {
            text += &format!(" {clause}");
        }
    }
    vec![text]
}

fn range(catalog: &Catalog, object: &Object, own: &str, range: &Range) -> String {
    let mut said = vec![format!("subtype = {}", name::ty(catalog, range.subtype.as_ref()))];
    for (key, value) in &range.definition.options {
        said.push(format!("{key} = {value}"));
    }
    if !range.multirange.is_empty() {
        said.push(format!("multirange_type_name = {}", name::within(catalog, object.schema, &range.multirange)));
    }
    format!("CREATE TYPE {own} AS RANGE ({})", said.join(", "))
}

pub(super) fn composite(catalog: &Catalog, oid: Oid, relation: &Relation) -> Vec<String> {
    let attributes: Vec<String> = relation.columns.iter().map(|column| attribute(catalog, column)).collect();
    vec![format!("CREATE TYPE {} AS ({})", name::qualified(catalog, oid), attributes.join(", "))]
}

/// An attribute of a composite type.
pub(in crate::catalog::ddl) fn attribute(catalog: &Catalog, column: &Column) -> String {
    let collation = column.collation.as_ref().map(|collation| format!(" COLLATE {}", written(collation))).unwrap_or_default();
    format!("{} {}{collation}", identifier(&column.name), name::ty(catalog, column.ty.as_ref()))
}
