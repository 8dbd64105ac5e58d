//! Indexes that back no constraint.

use super::Repeat;
use crate::catalog::Oid;
use crate::catalog::ddl::{name, stored};
use crate::catalog::describe::written;
use crate::catalog::model::{Index, IndexKey, KeySubject, Relation};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::store::Catalog;
use crate::syntax::expression::{identifier, qualified};

pub(super) fn create(catalog: &Catalog, oid: Oid, object: &Object, relation: &Relation, index: &Index, repeat: Repeat) -> Vec<String> {
    if index.constraint.is_some() {
        return Vec::new();
    }
    let unique = if index.unique { "UNIQUE " } else { "" };
    // Of a partitioned table's index that some partition lacks.
    let only = if index.valid { "" } else { "ONLY " };
    let table = name::qualified(catalog, index.table);
    let keys: Vec<String> = index.keys.iter().map(|written| key(catalog, oid, index, written)).collect();
    let mut text = format!("CREATE {unique}INDEX {}{} ON {only}{table}", repeat.if_not_exists(), identifier(&object.name));
    if &*index.method != "btree" {
        text += &format!(" USING {}", identifier(&index.method));
    }
    text += &format!(" ({})", keys.join(", "));
    if !index.include.is_empty() {
        text += &format!(" INCLUDE ({})", name::columns(catalog, index.table, &index.include));
    }
    if index.nulls_not_distinct {
        text += " NULLS NOT DISTINCT";
    }
    text += &super::with(&relation.options);
    if let Some(tablespace) = &relation.tablespace {
        text += &format!(" TABLESPACE {}", identifier(tablespace));
    }
    if let Some(predicate) = &index.predicate {
        text += &format!(" WHERE {}", stored::text(catalog, predicate));
    }
    vec![text]
}

/// What makes an index a part of the partitioned table's, where that was made for its own table only and so does not find it by itself.
pub(in crate::catalog::ddl) fn attach(catalog: &Catalog, oid: Oid) -> Option<String> {
    let parent = catalog.relation(oid)?.index()?.parent?;
    let is_alone = catalog.relation(parent)?.index().is_some_and(|parent| !parent.valid);
    is_alone.then(|| format!("ALTER INDEX {} ATTACH PARTITION {}", name::qualified(catalog, parent), name::qualified(catalog, oid)))
}

/// A key: `a`, `lower(b) COLLATE "C" text_pattern_ops DESC NULLS LAST`.
pub(super) fn key(catalog: &Catalog, oid: Oid, index: &Index, key: &IndexKey) -> String {
    let mut text = match &key.subject {
        KeySubject::Column(number) => name::columns(catalog, index.table, &[*number]),
        KeySubject::Expression(expression) => stored::key(catalog, expression),
    };
    if let Some(collation) = &key.collation {
        text += &format!(" COLLATE {}", written(collation));
    }
    if let Some(name) = &key.class {
        text += &format!(" {}", class(catalog, &index.method, Some(oid), name));
    }
    if !key.class_options.is_empty() {
        let named = if key.class.is_some() { String::new() } else { default_class(catalog, index, key) };
        text += &format!("{named}({})", super::settings(&key.class_options));
    }
    match (key.descending, key.nulls_first) {
        (false, false) => {}
        (false, true) => text += " NULLS FIRST",
        (true, true) => text += " DESC",
        (true, false) => text += " DESC NULLS LAST",
    }
    text
}

/// The operator class of a key that is of its type's default class: where it has options, it has to be named.
fn default_class(catalog: &Catalog, index: &Index, key: &IndexKey) -> String {
    let ty = match &key.subject {
        KeySubject::Column(number) => {
            catalog.column(crate::catalog::Address::column(index.table, *number)).and_then(|column| column.ty.clone())
        }
        KeySubject::Expression(expression) => expression.ty.clone(),
    };
    let name = match ty.map(|ty| ty.id) {
        Some(crate::catalog::model::TypeId::BuiltIn(name)) => name.to_owned(),
        Some(crate::catalog::model::TypeId::User(oid)) => catalog.get(oid).map(|object| object.name.to_string()).unwrap_or_default(),
        None => String::new(),
    };
    let facts = crate::postgres::facts::system();
    let found = facts.default_operator_class(&index.method, &name, crate::syntax::Version::DEFAULT_TARGET);
    match found {
        Some(class) => format!(" {}", class.name),
        None => format!(" {}_{name}_ops", index.method),
    }
}

/// An operator class with its schema, where it is in one that has to be told.
pub(super) fn class(catalog: &Catalog, method: &str, index: Option<Oid>, class: &str) -> String {
    if class.contains('.') {
        return class.split('.').map(identifier).collect::<Vec<_>>().join(".");
    }
    let on = index.into_iter().flat_map(|index| catalog.dependencies_of_any(index)).map(|(_, on, _)| on.object);
    for oid in on {
        if let Some(object) = catalog.get(oid)
            && matches!(object.body, Body::OperatorClass(_))
            && *object.name == *class
        {
            return name::qualified(catalog, oid);
        }
    }
    let extensions = catalog.in_schema(Class::Extension, Oid::NONE);
    let schema = extensions.into_iter().find_map(|oid| {
        let facts = catalog.extension_facts(oid)?;
        let Body::Extension(extension) = &catalog.get(oid)?.body else { return None };
        let schema = catalog.get(extension.schema?)?;
        let target = crate::syntax::Version::DEFAULT_TARGET;
        facts.operator_class(method, class, target).map(|_| schema.name.to_string())
    });
    match schema.filter(|schema| schema != "pg_catalog") {
        Some(schema) => qualified(&[schema, class.to_owned()]),
        None => identifier(class),
    }
}
