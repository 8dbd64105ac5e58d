//! Tables, foreign tables and partitions.
//!
//! A table is written with its columns, its CHECK constraints and its keys; foreign keys follow when all tables are there. A partition is a
//! table of its own that is attached once its indexes are there: so that they keep their names.

use super::{Repeat, column, constraint, index};
use crate::catalog::Oid;
use crate::catalog::ddl::{name, stored};
use crate::catalog::describe::{is_plain_not_null, written};
use crate::catalog::model::{
    Column, ConstraintKind, KeySubject, PartitionBound, Partitioned, Persistence, Relation, RelationKind, ReplicaIdentity,
};
use crate::catalog::object::{Body, Object};
use crate::catalog::store::Catalog;
use crate::syntax::expression::identifier;
use crate::syntax::tree::PartitionStrategy;

pub(super) fn create(catalog: &Catalog, oid: Oid, object: &Object, relation: &Relation, repeat: Repeat) -> Vec<String> {
    let is_partition = relation.partition_bound.is_some();
    let own = |column: &&Column| column.local || is_partition;
    let mut items: Vec<String> = match relation.of_type {
        Some(_) => relation.columns.iter().filter_map(|written| with_options(catalog, oid, written)).collect(),
        None => relation.columns.iter().filter(own).map(|written| column::definition(catalog, oid, written)).collect(),
    };
    let inline = constraint::inline(catalog, oid);
    let is_said = |oid: &&Oid| {
        let object = catalog.get(**oid);
        object.and_then(|object| Some((object, object.constraint()?))).is_some_and(|(object, constraint)| {
            constraint.kind == ConstraintKind::NotNull && is_plain_not_null(catalog, object, constraint)
        })
    };
    items.extend(inline.iter().filter(|oid| !is_said(oid)).filter_map(|oid| constraint::clause(catalog, *oid)));
    let persistence = match relation.persistence {
        Persistence::Permanent => "",
        Persistence::Unlogged => "UNLOGGED ",
        Persistence::Temporary => "TEMPORARY ",
    };
    let foreign = if matches!(relation.kind, RelationKind::ForeignTable(..)) { "FOREIGN " } else { "" };
    let mut text = format!("CREATE {foreign}{persistence}TABLE {}{}", repeat.if_not_exists(), name::qualified(catalog, oid));
    let list = match items.is_empty() {
        true => "()".to_owned(),
        false => format!("(\n    {}\n)", items.join(",\n    ")),
    };
    text += &match relation.of_type {
        Some(ty) if items.is_empty() => format!(" OF {}", name::qualified(catalog, ty)),
        Some(ty) => format!(" OF {} {list}", name::qualified(catalog, ty)),
        None => format!(" {list}"),
    };
    if !is_partition && !relation.parents.is_empty() {
        let parents: Vec<String> = relation.parents.iter().map(|parent| name::qualified(catalog, *parent)).collect();
        text += &format!("\nINHERITS ({})", parents.join(", "));
    }
    if let Some(partitioned) = &relation.partitioned {
        text += &format!("\nPARTITION BY {}", partition_by(catalog, relation, partitioned));
    }
    if let RelationKind::ForeignTable(server, options) = &relation.kind {
        let options = super::foreign_options(options.iter().map(|(key, value)| (&**key, &**value)));
        text += &format!("\nSERVER {}{options}", identifier(server));
    }
    if let Some(method) = &relation.method {
        text += &format!("\nUSING {}", identifier(method));
    }
    if !relation.options.is_empty() {
        text += &format!("\n{}", super::with(&relation.options).trim_start());
    }
    if let Some(tablespace) = &relation.tablespace {
        text += &format!("\nTABLESPACE {}", identifier(tablespace));
    }
    let mut statements = vec![text];
    statements.extend(further(catalog, oid, object, relation));
    statements
}

/// What CREATE TABLE has no place for.
fn further(catalog: &Catalog, oid: Oid, _object: &Object, relation: &Relation) -> Vec<String> {
    let table = name::qualified(catalog, oid);
    let mut statements = Vec::new();
    let foreign = if matches!(relation.kind, RelationKind::ForeignTable(..)) { "FOREIGN " } else { "" };
    for written in &relation.columns {
        let name = identifier(&written.name);
        let mut say = |text: String| statements.push(format!("ALTER {foreign}TABLE ONLY {table} ALTER COLUMN {name} {text}"));
        if let Some(storage) = &written.storage {
            say(format!("SET STORAGE {}", storage.to_uppercase()));
        }
        if let Some(target) = written.statistics {
            say(format!("SET STATISTICS {target}"));
        }
        if foreign.is_empty() && !written.options.is_empty() {
            say(format!("SET ({})", super::settings(&written.options)));
        }
        // A column that a parent defines comes with the parent's default.
        if !written.local && relation.partition_bound.is_none() {
            match default(catalog, written) {
                Some(own) if inherited_default(catalog, relation, written).as_ref() != Some(&own) => match written.generated {
                    Some(_) => say(format!("SET EXPRESSION AS {}", stored::parenthesised(&own))),
                    None => say(format!("SET DEFAULT {own}")),
                },
                None if inherited_default(catalog, relation, written).is_some() && written.generated.is_none() => {
                    say("DROP DEFAULT".to_owned());
                }
                _ => {}
            }
        }
    }
    if relation.row_security.enabled {
        statements.push(format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"));
    }
    if relation.row_security.forced {
        statements.push(format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY"));
    }
    match relation.replica_identity {
        ReplicaIdentity::Nothing => statements.push(format!("ALTER TABLE {table} REPLICA IDENTITY NOTHING")),
        ReplicaIdentity::Full => statements.push(format!("ALTER TABLE {table} REPLICA IDENTITY FULL")),
        ReplicaIdentity::Default | ReplicaIdentity::Index(_) => {}
    }
    statements
}

/// The tables that inherit from a table, its partitions aside.
pub(super) fn children(catalog: &Catalog, table: Oid) -> impl Iterator<Item = (Oid, &Relation)> {
    let dependents = catalog.dependents_of_any(table).map(|(dependent, ..)| dependent.object);
    let relations = dependents.filter_map(|oid| Some((oid, catalog.relation(oid)?)));
    relations.filter(move |(_, relation)| relation.parents.contains(&table) && relation.partition_bound.is_none())
}

/// Whether a table makes a generated column, which it has from a parent, in its own way.
pub(super) fn has_own_expression(catalog: &Catalog, relation: &Relation) -> bool {
    let mut generated = relation.columns.iter().filter(|column| !column.local && column.generated.is_some());
    generated.any(|column| default(catalog, column) != inherited_default(catalog, relation, column))
}

fn default(catalog: &Catalog, column: &Column) -> Option<String> {
    match &catalog.get(column.default?)?.body {
        Body::Default(default) => Some(stored::operand(catalog, &default.expression)),
        _ => None,
    }
}

fn inherited_default(catalog: &Catalog, relation: &Relation, column: &Column) -> Option<String> {
    let parents = relation.parents.iter().filter_map(|parent| catalog.relation(*parent));
    parents.filter_map(|parent| default(catalog, parent.column(&column.name)?)).next()
}

/// What a table that is made of a type says of a column more than the type.
fn with_options(catalog: &Catalog, oid: Oid, written: &Column) -> Option<String> {
    let constraints = column::constraints(catalog, oid, written);
    (!constraints.is_empty()).then(|| format!("{} WITH OPTIONS{constraints}", identifier(&written.name)))
}

/// `RANGE (a, lower(b))`
fn partition_by(catalog: &Catalog, relation: &Relation, partitioned: &Partitioned) -> String {
    let strategy = match partitioned.strategy {
        PartitionStrategy::List => "LIST",
        PartitionStrategy::Range => "RANGE",
        PartitionStrategy::Hash => "HASH",
    };
    let method = if partitioned.strategy == PartitionStrategy::Hash { "hash" } else { "btree" };
    let key = |key: &crate::catalog::model::PartitionKey| {
        let mut text = match &key.subject {
            KeySubject::Column(number) => relation.column_at(*number).map(|column| identifier(&column.name)).unwrap_or_default(),
            KeySubject::Expression(expression) => stored::key(catalog, expression),
        };
        if let Some(collation) = &key.collation {
            text += &format!(" COLLATE {}", written(collation));
        }
        if let Some(class) = &key.class {
            text += &format!(" {}", index::class(catalog, method, None, class));
        }
        text
    };
    format!("{strategy} ({})", partitioned.keys.iter().map(key).collect::<Vec<_>>().join(", "))
}

/// `FOR VALUES IN (1, 2)`
pub(in crate::catalog::ddl) fn bound(bound: &PartitionBound) -> Option<String> {
    Some(match bound {
        PartitionBound::Default => "DEFAULT".to_owned(),
        PartitionBound::List(values) => format!("FOR VALUES IN ({})", values.join(", ")),
        PartitionBound::Range(from, to) => format!("FOR VALUES FROM ({}) TO ({})", from.join(", "), to.join(", ")),
        PartitionBound::Hash { modulus, remainder } => format!("FOR VALUES WITH (MODULUS {modulus}, REMAINDER {remainder})"),
        PartitionBound::Unknown => return None,
    })
}

/// What puts a partition in its place; nothing for what is no partition. A NOT NULL of its own is said once more: to be attached makes it its
/// table's.
pub(in crate::catalog::ddl) fn attach(catalog: &Catalog, oid: Oid) -> Vec<String> {
    let Some(relation) = catalog.relation(oid) else { return Vec::new() };
    let bound = relation.partition_bound.as_ref().and_then(bound);
    let (Some(parent), Some(bound)) = (relation.parents.first(), bound) else { return Vec::new() };
    let (parent, table) = (name::qualified(catalog, *parent), name::qualified(catalog, oid));
    let own = catalog
        .constraints(oid)
        .filter(|(_, constraint)| constraint.kind == ConstraintKind::NotNull && constraint.local && constraint.inherited > 0);
    let own = own.filter_map(|(oid, _)| constraint::clause(catalog, oid)).map(|clause| format!("ALTER TABLE {table} ADD {clause}"));
    std::iter::once(format!("ALTER TABLE {parent} ATTACH PARTITION {table} {bound}")).chain(own).collect()
}

/// What ties a relation to one of its indexes.
pub(in crate::catalog::ddl) fn ties(catalog: &Catalog, oid: Oid) -> Vec<(Oid, String)> {
    let Some(relation) = catalog.relation(oid) else { return Vec::new() };
    let noun = if matches!(relation.kind, RelationKind::MaterializedView(_)) { "MATERIALIZED VIEW" } else { "TABLE" };
    let index = |oid: Oid| catalog.get(oid).map(|object| identifier(&object.name)).unwrap_or_default();
    let mut statements = Vec::new();
    if let ReplicaIdentity::Index(found) = relation.replica_identity {
        statements
            .push((found, format!("ALTER TABLE ONLY {} REPLICA IDENTITY USING INDEX {}", name::qualified(catalog, oid), index(found))));
    }
    if let Some(found) = relation.clustered_on {
        statements.push((found, format!("ALTER {noun} {} CLUSTER ON {}", name::qualified(catalog, oid), index(found))));
    }
    statements
}
