//! Publications, and what is in them.

use crate::catalog::model::{Publication, PublishedTable};
use crate::catalog::store::Catalog;
use crate::catalog::{Address, Oid};

use super::{Description, Identity, name, qualified};

pub(super) fn publication(description: &mut Description, publication: &Publication) {
    description.flag("all tables", publication.all_tables);
    description.options("option", &publication.options);
}

/// `table public.t in publication p`, with columns and a filter, and `schema s in publication p`.
pub(super) fn members(
    found: &mut Vec<(Identity, Description)>,
    catalog: &Catalog,
    identity: &Identity,
    oid: Oid,
    publication: &Publication,
) {
    let mut member = |what: String, relation: Option<Oid>, published: &PublishedTable| {
        let mut description = Description::new(Address::whole(oid));
        description.part_of = Some(identity.clone());
        description.relation = relation;
        let table = relation.and_then(|oid| catalog.relation(oid));
        if let Some(columns) = &published.columns {
            let column = |number: &i16| table?.column_at(*number).map(|column| name(&column.name));
            description.list("columns", columns.iter().filter_map(column));
        }
        if let Some(filter) = &published.filter {
            description.expression("filter", filter);
        }
        found.push((Identity::new(format!("{what} in {identity}")), description));
    };
    for (table, published) in &publication.tables {
        member(format!("table {}", qualified(catalog, *table)), Some(*table), published);
    }
    for schema in &publication.schemas {
        member(format!("schema {}", qualified(catalog, *schema)), None, &PublishedTable::default());
    }
}
