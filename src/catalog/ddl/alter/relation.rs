//! Tables, views, sequences and indexes as a whole.

use super::{Alteration, Pair};
use crate::catalog::Oid;
use crate::catalog::ddl::create::{parameter, sequence_options, setting};
use crate::catalog::ddl::{create, name};
use crate::catalog::model::{Index, Options, Persistence, Relation, RelationKind, ReplicaIdentity, Sequence};
use crate::syntax::expression::{identifier, string};

pub(super) fn alter(pair: &Pair<'_>, changed: &[&str]) -> Alteration {
    let (oid, old) = (pair.is.address.object, pair.was.address.object);
    let (Some(was), Some(is)) = (pair.old.relation(old), pair.new.relation(oid)) else { return Alteration::Anew };
    let own = name::qualified(pair.new, oid);
    let noun = pair.new.get(oid).and_then(name::noun).unwrap_or("TABLE");
    let statements = match (&was.kind, &is.kind) {
        (RelationKind::Table | RelationKind::Unknown, RelationKind::Table) => table(pair, was, is, changed, &own),
        (RelationKind::ForeignTable(_, was_options), RelationKind::ForeignTable(_, is_options)) => {
            foreign(was_options, is_options, changed, &own)
        }
        (RelationKind::View(_), RelationKind::View(_)) => view(pair, was, is, changed, &own),
        (RelationKind::MaterializedView(_), RelationKind::MaterializedView(_)) => {
            let replaced = changed.iter().any(|property| matches!(*property, "query" | "columns"));
            (!replaced).then(|| common(was, is, changed, &format!("ALTER {noun} {own}")))
        }
        (RelationKind::Sequence(was_numbers), RelationKind::Sequence(is_numbers)) => {
            Some(sequence(was, is, was_numbers, is_numbers, changed, &own))
        }
        (RelationKind::Index(_), RelationKind::Index(found)) => index(pair, was, is, found, changed, &own),
        (RelationKind::Composite, RelationKind::Composite) => Some(Vec::new()),
        _ => None,
    };
    let Some(mut statements) = statements else { return Alteration::Anew };
    super::object::said(pair, changed, &mut statements);
    Alteration::Statements(statements)
}

fn table(pair: &Pair<'_>, was: &Relation, is: &Relation, changed: &[&str], own: &str) -> Option<Vec<String>> {
    let has = |property: &str| changed.contains(&property);
    if changed.iter().any(|property| property.starts_with("partition by") || property.starts_with("partition key")) {
        return None;
    }
    let mut statements = Vec::new();
    let mut say = |text: String| statements.push(format!("ALTER TABLE {own} {text}"));
    if has("inherits") {
        for gone in was.parents.iter().filter(|parent| !is.parents.contains(parent)) {
            say(format!("NO INHERIT {}", name::qualified(pair.old, *gone)));
        }
        for new in is.parents.iter().filter(|parent| !was.parents.contains(parent)) {
            say(format!("INHERIT {}", name::qualified(pair.new, *new)));
        }
    }
    if has("of type") {
        say(is.of_type.map_or("NOT OF".to_owned(), |ty| format!("OF {}", name::qualified(pair.new, ty))));
    }
    if has("row security") {
        say(format!("{} ROW LEVEL SECURITY", if is.row_security.enabled { "ENABLE" } else { "DISABLE" }));
    }
    if has("forced row security") {
        say(format!("{} ROW LEVEL SECURITY", if is.row_security.forced { "FORCE" } else { "NO FORCE" }));
    }
    if has("replica identity") {
        match is.replica_identity {
            ReplicaIdentity::Default => say("REPLICA IDENTITY DEFAULT".to_owned()),
            ReplicaIdentity::Nothing => say("REPLICA IDENTITY NOTHING".to_owned()),
            ReplicaIdentity::Full => say("REPLICA IDENTITY FULL".to_owned()),
            // It is told with the index.
            ReplicaIdentity::Index(_) => {}
        }
    }
    if has("clustered on") && is.clustered_on.is_none() {
        say("SET WITHOUT CLUSTER".to_owned());
    }
    if has("access method") {
        say(format!("SET ACCESS METHOD {}", is.method.as_deref().map_or("heap".to_owned(), identifier)));
    }
    if has("unlogged") {
        say(format!("SET {}", if is.persistence == Persistence::Unlogged { "UNLOGGED" } else { "LOGGED" }));
    }
    if (has("bound") || has("partition of"))
        && let Some(parent) = was.parents.first().filter(|_| was.partition_bound.is_some())
    {
        statements.push(format!("ALTER TABLE {} DETACH PARTITION {own}", name::qualified(pair.old, *parent)));
    }
    statements.extend(common(was, is, changed, &format!("ALTER TABLE {own}")));
    Some(statements)
}

/// Storage parameters and the tablespace.
fn common(was: &Relation, is: &Relation, changed: &[&str], alter: &str) -> Vec<String> {
    let mut statements = Vec::new();
    if was.options != is.options {
        let gone: Vec<String> = was.options.keys().filter(|key| !is.options.contains_key(*key)).map(|key| parameter(key)).collect();
        if !gone.is_empty() {
            statements.push(format!("{alter} RESET ({})", gone.join(", ")));
        }
        let set = is.options.iter().filter(|(key, value)| was.options.get(*key) != Some(*value));
        let set: Vec<String> = set.map(|(key, value)| format!("{} = {}", parameter(key), setting(value))).collect();
        if !set.is_empty() {
            statements.push(format!("{alter} SET ({})", set.join(", ")));
        }
    }
    if changed.contains(&"tablespace") {
        statements.push(format!("{alter} SET TABLESPACE {}", is.tablespace.as_deref().map_or("pg_default".to_owned(), identifier)));
    }
    statements
}

fn foreign(was: &Options, is: &Options, changed: &[&str], own: &str) -> Option<Vec<String>> {
    if changed.contains(&"server") {
        return None;
    }
    let changes = foreign_changes(was, is);
    Some(if changes.is_empty() { Vec::new() } else { vec![format!("ALTER FOREIGN TABLE {own} OPTIONS ({})", changes.join(", "))] })
}

/// `ADD a 'x', SET b 'y', DROP c`
pub(super) fn foreign_changes(was: &Options, is: &Options) -> Vec<String> {
    let mut changes: Vec<String> = was.keys().filter(|key| !is.contains_key(*key)).map(|key| format!("DROP {}", identifier(key))).collect();
    for (key, value) in is {
        match was.get(key) {
            Some(old) if old == value => {}
            Some(_) => changes.push(format!("SET {} {}", identifier(key), string(value))),
            None => changes.push(format!("ADD {} {}", identifier(key), string(value))),
        }
    }
    changes
}

/// A view may only be replaced by one that has its columns, and perhaps more.
fn view(pair: &Pair<'_>, was: &Relation, is: &Relation, changed: &[&str], own: &str) -> Option<Vec<String>> {
    let replaced = changed.iter().any(|property| matches!(*property, "query" | "columns" | "check option"));
    if !replaced {
        return Some(common(was, is, changed, &format!("ALTER VIEW {own}")));
    }
    let described = |catalog, ty: &Option<crate::catalog::model::TypeUse>| name::ty(catalog, ty.as_ref());
    let keeps = was.columns_known
        && is.columns_known
        && was.columns.len() <= is.columns.len()
        && was.columns.iter().zip(&is.columns).all(|(was, is)| {
            was.name == is.name && was.ty.is_some() && is.ty.is_some() && described(pair.old, &was.ty) == described(pair.new, &is.ty)
        });
    keeps.then(|| create::object(pair.new, pair.is.address.object, create::Repeat::Harmless))
}

fn sequence(was: &Relation, is: &Relation, old: &Sequence, new: &Sequence, changed: &[&str], own: &str) -> Vec<String> {
    let mut statements = Vec::new();
    let mut said = Vec::new();
    if old.options.ty != new.options.ty {
        let word = match new.options.ty {
            "int2" => "smallint",
            "int4" => "integer",
            _ => "bigint",
        };
        said.push(format!("AS {word}"));
    }
    said.extend(sequence_options(&old.options, &new.options));
    if !said.is_empty() {
        statements.push(format!("ALTER SEQUENCE {own} {}", said.join(" ")));
    }
    if was.persistence != is.persistence {
        statements
            .push(format!("ALTER SEQUENCE {own} SET {}", if is.persistence == Persistence::Unlogged { "UNLOGGED" } else { "LOGGED" }));
    }
    if changed.contains(&"owned by") && new.owned_by.is_none() {
        statements.push(format!("ALTER SEQUENCE {own} OWNED BY NONE"));
    }
    statements
}

fn index(pair: &Pair<'_>, was: &Relation, is: &Relation, found: &Index, changed: &[&str], own: &str) -> Option<Vec<String>> {
    let other = |property: &&&str| {
        let word = **property;
        !(word.starts_with("option ") || matches!(word, "tablespace" | "comment" | "partition of" | "privileges"))
    };
    if changed.iter().any(|property| other(&property)) {
        return None;
    }
    let mut statements = common(was, is, changed, &format!("ALTER INDEX {own}"));
    // Attaching a table attaches its indexes (PostgreSQL 15, ALTER TABLE).
    let comes_with_table =
        was.index().and_then(|index| pair.old.relation(index.table)).is_some_and(|table| table.partition_bound.is_none());
    if changed.contains(&"partition of") && !comes_with_table {
        let parent: Oid = found.parent?;
        statements.push(format!("ALTER INDEX {} ATTACH PARTITION {own}", name::qualified(pair.new, parent)));
    }
    Some(statements)
}
