//! UPDATE and DELETE of tables that a publication publishes: subscribers have to find the row (PostgreSQL 15, 31.1).
//!
//! `CheckCmdReplicaIdentity` asks before any row is looked at, so that a statement fails on an empty table too.

use crate::catalog::Oid;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Persistence, Publication, ReplicaIdentity};
use crate::catalog::object::{Body, Class, Object, Standing};
use crate::catalog::run::Run;
use crate::text::Span;

/// What is done to rows that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Update,
    Delete,
}

/// Expects tables to have a replica identity where the operation is published.
///
/// # Errors
/// 55000 of the first that has none.
pub(super) fn expect_identity(run: &Run<'_>, tables: &[Oid], operation: Operation, span: Span) -> Result {
    let publications = run.catalog.in_schema(Class::Publication, Oid::NONE);
    if publications.is_empty() {
        return Ok(());
    }
    let (verb, word) = match operation {
        Operation::Update => ("update", "updates"),
        Operation::Delete => ("delete from", "deletes"),
    };
    for oid in tables {
        let Some(object) = run.catalog.get(*oid).filter(|object| object.standing == Standing::Made) else { continue };
        let is_published = publications.iter().any(|publication| match run.catalog.get(*publication).map(|object| &object.body) {
            Some(Body::Publication(publication)) => publishes(publication, &word[..word.len() - 1]) && has(run, publication, *oid),
            _ => false,
        });
        if is_published && !has_identity(run, *oid, object) {
            let message =
                format!("cannot {verb} table \"{}\" because it does not have a replica identity and publishes {word}", object.name);
            return Err(Stop::fails("55000", message, span));
        }
    }
    Ok(())
}

fn publishes(publication: &Publication, operation: &str) -> bool {
    publication.options.get("publish").is_none_or(|list| list.split(", ").any(|published| published == operation))
}

/// Whether a publication has a table, by itself, by its schema, or by a table that it is a partition of.
fn has(run: &Run<'_>, publication: &Publication, table: Oid) -> bool {
    let Some(object) = run.catalog.get(table) else { return false };
    let Some(relation) = object.relation() else { return false };
    publication.all_tables
        || publication.tables.contains_key(&table)
        || object.schema.is_some_and(|schema| publication.schemas.contains(&schema))
        || (relation.partition_bound.is_some() && relation.parents.iter().any(|parent| has(run, publication, *parent)))
}

/// Whether old rows can be told: those of tables without logs are not published, and those of partitioned tables are in their partitions.
fn has_identity(run: &Run<'_>, table: Oid, object: &Object) -> bool {
    let Some(relation) = object.relation() else { return true };
    if relation.persistence != Persistence::Permanent || relation.partitioned.is_some() || !relation.is_table() {
        return true;
    }
    match relation.replica_identity {
        ReplicaIdentity::Full | ReplicaIdentity::Index(_) => true,
        ReplicaIdentity::Nothing => false,
        ReplicaIdentity::Default => run.catalog.indexes(table).any(|(_, index)| index.primary && index.immediate),
    }
}
