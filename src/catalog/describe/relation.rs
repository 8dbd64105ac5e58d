//! Tables, views, sequences, composite types, and columns.

use crate::catalog::model::{
    Column, Generated, Identity, KeySubject, PartitionBound, Partitioned, Persistence, Relation, RelationKind, ReplicaIdentity, Sequence,
    TypeId, TypeUse,
};
use crate::catalog::object::Body;
use crate::catalog::store::Catalog;
use crate::catalog::types::format_type;
use crate::postgres::facts;
use crate::syntax::Version;
use crate::syntax::tree::PartitionStrategy;

use super::name::written;
use super::{COLUMN_ORDER, Description, Fact, index, name, qualified};

pub(super) fn relation(description: &mut Description, catalog: &Catalog, relation: &Relation) {
    let oid = description.address.object;
    description.relation = Some(oid);
    description.flag("unlogged", relation.persistence == Persistence::Unlogged);
    let mut options = relation.options.clone();
    if !has_toast(relation) {
        options.retain(|name, _| !name.starts_with("toast."));
    }
    description.options("option", &options);
    description.optional("access method", relation.method.as_deref());
    description.optional("tablespace", relation.tablespace.as_deref());
    let columns = || relation.columns.iter().map(|column| name(&column.name));
    match &relation.kind {
        RelationKind::Table => table(description, catalog, relation),
        RelationKind::ForeignTable(server, options) => {
            description.text("server", name(server));
            description.options("foreign option", options);
            table(description, catalog, relation);
        }
        RelationKind::View(view) | RelationKind::MaterializedView(view) => {
            description.query("query", &view.query);
            description.optional("check option", view.check_option);
            description.list("columns", columns());
            tied(description, catalog, relation);
        }
        RelationKind::Sequence(sequence) => sequence_facts(description, catalog, sequence),
        RelationKind::Index(index) => index::describe(description, catalog, index),
        RelationKind::Composite => description.list("columns", columns()),
        RelationKind::Unknown => {}
    }
}

fn table(description: &mut Description, catalog: &Catalog, relation: &Relation) {
    match (&relation.partition_bound, relation.parents.first()) {
        (Some(bound), Some(parent)) => {
            description.text("partition of", qualified(catalog, *parent));
            description.put("bound", bound_fact(bound));
        }
        _ => description.list("inherits", relation.parents.iter().map(|parent| qualified(catalog, *parent))),
    }
    if let Some(partitioned) = &relation.partitioned {
        partition_by(description, relation, partitioned);
    }
    description.optional("of type", relation.of_type.map(|ty| qualified(catalog, ty)));
    description.flag("row security", relation.row_security.enabled);
    description.flag("forced row security", relation.row_security.forced);
    description.list(COLUMN_ORDER, relation.columns.iter().map(|column| name(&column.name)));
    tied(description, catalog, relation);
}

/// What ties a relation to one of its indexes.
fn tied(description: &mut Description, catalog: &Catalog, relation: &Relation) {
    match relation.replica_identity {
        ReplicaIdentity::Default => {}
        ReplicaIdentity::Nothing => description.text("replica identity", "nothing"),
        ReplicaIdentity::Full => description.text("replica identity", "full"),
        ReplicaIdentity::Index(index) => description.text("replica identity", format!("index {}", qualified(catalog, index))),
    }
    description.optional("clustered on", relation.clustered_on.map(|index| qualified(catalog, index)));
}

fn partition_by(description: &mut Description, relation: &Relation, partitioned: &Partitioned) {
    description.text(
        "partition by",
        match partitioned.strategy {
            PartitionStrategy::List => "list",
            PartitionStrategy::Range => "range",
            PartitionStrategy::Hash => "hash",
        },
    );
    for (number, key) in (1..).zip(&partitioned.keys) {
        key_subject(description, format!("partition key {number}"), relation, &key.subject);
        description.optional(format!("partition key {number} collation"), key.collation.as_deref().map(written));
        description.optional(format!("partition key {number} class"), key.class.as_deref().map(name));
    }
}

/// What a key is: a column's name, or an expression.
pub(super) fn key_subject(description: &mut Description, property: String, relation: &Relation, subject: &KeySubject) {
    match subject {
        KeySubject::Column(column) => match relation.column_at(*column) {
            Some(column) => description.text(property, name(&column.name)),
            None => description.put(property, Fact::Unknown),
        },
        KeySubject::Expression(expression) => description.expression(property, expression),
    }
}

fn bound_fact(bound: &PartitionBound) -> Fact {
    partition_bound(bound).map_or(Fact::Unknown, Fact::Text)
}

/// Which rows a partition takes, as `pg_get_expr` writes it; none if that can't be told.
pub fn partition_bound(bound: &PartitionBound) -> Option<String> {
    Some(match bound {
        PartitionBound::Default => "DEFAULT".to_owned(),
        PartitionBound::List(values) => format!("FOR VALUES IN ({})", values.join(", ")),
        PartitionBound::Range(from, to) => format!("FOR VALUES FROM ({}) TO ({})", from.join(", "), to.join(", ")),
        PartitionBound::Hash { modulus, remainder } => format!("FOR VALUES WITH (modulus {modulus}, remainder {remainder})"),
        PartitionBound::Unknown => return None,
    })
}

fn sequence_facts(description: &mut Description, catalog: &Catalog, sequence: &Sequence) {
    let options = &sequence.options;
    let ty = match options.ty {
        "int2" => "smallint",
        "int4" => "integer",
        "int8" => "bigint",
        other => other,
    };
    description.text("type", ty);
    for (property, value) in [
        ("start", options.start),
        ("increment", options.increment),
        ("minimum", options.min),
        ("maximum", options.max),
        ("cache", options.cache),
    ] {
        description.text(property, value.to_string());
    }
    description.flag("cycle", options.cycle);
    if let Some(address) = sequence.owned_by
        && let Some(column) = catalog.column(address)
    {
        let owner = format!("{}.{}", qualified(catalog, address.object), name(&column.name));
        description.text(if sequence.identity { "identity of" } else { "owned by" }, owner);
        description.part_of = super::identity_of_column(catalog, address);
    }
}

pub(super) fn column(description: &mut Description, catalog: &Catalog, relation: &Relation, column: &Column) {
    match &column.ty {
        Some(ty) => description.text("type", format_type(catalog, ty)),
        None => description.put("type", Fact::Unknown),
    }
    description.flag("not null", column.not_null);
    if let Some(oid) = column.default
        && let Some(Body::Default(default)) = catalog.get(oid).map(|object| &object.body)
    {
        description.expression(if column.generated.is_some() { "generated as" } else { "default" }, &default.expression);
    }
    description.optional(
        "generated",
        column.generated.map(|generated| match generated {
            Generated::Stored => "stored",
            Generated::Virtual => "virtual",
        }),
    );
    description.optional(
        "identity",
        column.identity.map(|(identity, _)| match identity {
            Identity::Always => "always",
            Identity::ByDefault => "by default",
        }),
    );
    description.optional("collation", column.collation.as_deref().map(written));
    description.optional("storage", column.storage.as_deref().map(str::to_lowercase));
    description.optional("compression", column.compression.as_deref().map(str::to_lowercase));
    description.optional("statistics", column.statistics.map(|target| target.to_string()));
    description.options("option", &column.options);
    // A partition is written with all its columns, and then attached.
    description.flag("inherited", !column.local && relation.partition_bound.is_none());
    super::privilege::of_column(description, column.privileges.as_deref());
    description.optional("comment", column.comment.as_deref());
}

/// Whether a table has values that may be stored apart: what is said of that is forgotten otherwise.
fn has_toast(relation: &Relation) -> bool {
    let is_plain = |ty: &TypeUse| match ty.id {
        TypeId::BuiltIn(name) if !ty.array => {
            facts::system().type_named(name, Version::NEWEST).is_some_and(|fact| fact.storage == facts::Storage::Plain)
        }
        _ => false,
    };
    !relation.columns_known || relation.columns.iter().any(|column| !column.ty.as_ref().is_some_and(is_plain))
}
