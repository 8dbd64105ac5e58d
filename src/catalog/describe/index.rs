//! Indexes.

use crate::catalog::model::{Index, Relation};
use crate::catalog::store::Catalog;

use super::name::written;
use super::relation::key_subject;
use super::{Description, name, qualified};

/// An index that is not valid is left out by `pg_dump`, unless it is a partitioned table's.
pub(super) fn is_described(catalog: &Catalog, index: &Index) -> bool {
    index.valid || catalog.relation(index.table).is_some_and(|table| table.partitioned.is_some())
}

pub(super) fn describe(description: &mut Description, catalog: &Catalog, index: &Index) {
    description.relation = Some(index.table);
    description.text("table", qualified(catalog, index.table));
    description.text("method", name(&index.method));
    let Some(table) = catalog.relation(index.table) else { return };
    keys(description, index, table);
    let column = |number: &i16| table.column_at(*number).map(|column| name(&column.name));
    description.list("include", index.include.iter().filter_map(column));
    description.flag("unique", index.unique);
    description.flag("nulls not distinct", index.nulls_not_distinct);
    if let Some(predicate) = &index.predicate {
        description.expression("predicate", predicate);
    }
    description.optional("partition of", index.parent.map(|parent| qualified(catalog, parent)));
    description.optional("constraint", index.constraint.and_then(|oid| catalog.get(oid)).map(|object| name(&object.name)));
    if let Some(constraint) = index.constraint {
        description.part_of = super::identity(catalog, constraint);
    }
}

fn keys(description: &mut Description, index: &Index, table: &Relation) {
    for (number, key) in (1..).zip(&index.keys) {
        key_subject(description, format!("key {number}"), table, &key.subject);
        description.optional(format!("key {number} class"), key.class.as_deref());
        description.options(&format!("key {number} class option"), &key.class_options);
        description.optional(format!("key {number} collation"), key.collation.as_deref().map(written));
        let order = match (key.descending, key.nulls_first) {
            (false, false) => None,
            (false, true) => Some("nulls first"),
            (true, true) => Some("desc"),
            (true, false) => Some("desc nulls last"),
        };
        description.optional(format!("key {number} order"), order);
        description.optional(format!("key {number} operator"), key.exclusion.as_deref());
    }
}
