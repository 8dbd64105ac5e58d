//! Tables in outline: columns, indexes, foreign keys, checks, triggers.

use std::collections::BTreeMap;

use super::{Column, ForeignKey, Index, Table, certainty, comment};
use crate::catalog::describe::qualified;
use crate::catalog::model::{ConstraintKind, Generated, Identity, Index as IndexBody, KeySubject, Relation};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::store::Catalog;
use crate::catalog::types::format_type;
use crate::catalog::{Address, ColumnNumber, Oid, ddl};
use crate::syntax::tree::Action;

pub(super) fn table(catalog: &Catalog, oid: Oid, object: &Object, relation: &Relation) -> Table {
    let partition = relation.partition_bound.as_ref().and(relation.parents.first());
    let mut table = Table {
        comment: comment(object),
        origin: object.origin,
        partition_of: partition.map(|parent| qualified(catalog, *parent)),
        columns: columns(catalog, relation),
        indexes: BTreeMap::new(),
        foreign_keys: BTreeMap::new(),
        checks: BTreeMap::new(),
        triggers: BTreeMap::new(),
        certainty: certainty(catalog, oid, object),
    };
    for (index, body) in catalog.indexes(oid) {
        if let Some(object) = catalog.get(index) {
            table.indexes.insert(object.name.clone(), index_of(catalog, index, body));
        }
    }
    for (part, object) in catalog.parts(oid, Class::Constraint) {
        let Some(constraint) = object.constraint() else { continue };
        match &constraint.kind {
            ConstraintKind::ForeignKey(key) => {
                let Some(target) = catalog.get(key.table) else { continue };
                let schema = target.schema.and_then(|schema| catalog.get(schema)).map(|schema| schema.name.clone());
                let foreign_key = ForeignKey {
                    columns: names(catalog, oid, &constraint.columns),
                    schema: schema.unwrap_or_else(|| "public".into()),
                    table: target.name.clone(),
                    referenced: names(catalog, key.table, &key.columns),
                    on_delete: action(key.on_delete),
                    on_update: action(key.on_update),
                };
                table.foreign_keys.insert(object.name.clone(), foreign_key);
            }
            ConstraintKind::Check(_) | ConstraintKind::Exclude(_) => {
                let text = ddl::constraint_text(catalog, part).unwrap_or_default();
                table.checks.insert(object.name.clone(), text);
            }
            _ => {}
        }
    }
    for (_, object) in catalog.parts(oid, Class::Trigger) {
        if let Body::Trigger(trigger) = &object.body
            && trigger.constraint.is_none_or(|constraint| catalog.get(constraint).is_some_and(|of| of.name == object.name))
        {
            table.triggers.insert(object.name.clone(), ddl::trigger_text(catalog, object, trigger));
        }
    }
    table
}

pub(super) fn columns(catalog: &Catalog, relation: &Relation) -> Vec<Column> {
    let column = |column: &crate::catalog::model::Column| {
        let expression = match column.default.and_then(|oid| catalog.get(oid)).map(|object| &object.body) {
            Some(Body::Default(default)) => Some(ddl::expression_text(catalog, &default.expression)),
            _ => None,
        };
        let (default, generated) = match column.generated {
            Some(Generated::Stored | Generated::Virtual) => (None, expression),
            None => (expression, None),
        };
        Column {
            name: column.name.clone(),
            ty: column.ty.as_ref().map(|ty| format_type(catalog, ty)),
            nullable: !column.not_null,
            default,
            generated,
            identity: column.identity.map(|(identity, _)| match identity {
                Identity::Always => "ALWAYS",
                Identity::ByDefault => "BY DEFAULT",
            }),
            comment: column.comment.as_ref().map(|comment| comment.to_string()),
        }
    };
    relation.columns.iter().map(column).collect()
}

fn index_of(catalog: &Catalog, oid: Oid, index: &IndexBody) -> Index {
    let key = |key: &crate::catalog::model::IndexKey| match (&key.subject, key.descending) {
        // As it is called, so that it can be found among the columns.
        (KeySubject::Column(number), false) => names(catalog, index.table, &[*number]).concat(),
        _ => ddl::key_text(catalog, oid, index, key),
    };
    Index {
        keys: index.keys.iter().map(key).collect(),
        method: index.method.clone(),
        unique: index.unique,
        primary: index.primary,
        condition: index.predicate.as_ref().map(|predicate| ddl::expression_text(catalog, predicate)),
    }
}

fn names(catalog: &Catalog, relation: Oid, numbers: &[ColumnNumber]) -> Vec<Name> {
    numbers.iter().filter_map(|number| catalog.column(Address::column(relation, *number)).map(|column| column.name.clone())).collect()
}

const fn action(action: Action) -> &'static str {
    match action {
        Action::NoAction => "NO ACTION",
        Action::Restrict => "RESTRICT",
        Action::Cascade => "CASCADE",
        Action::SetNull => "SET NULL",
        Action::SetDefault => "SET DEFAULT",
    }
}
