//! Sequences, those of identity columns included.

use super::Repeat;
use crate::catalog::Oid;
use crate::catalog::ddl::name;
use crate::catalog::model::{Column, Persistence, Relation, RelationKind, Sequence, SequenceOptions};
use crate::catalog::store::Catalog;
use crate::syntax::expression::identifier;

/// Nothing for the sequence of an identity column, which comes with the column.
pub(super) fn create(catalog: &Catalog, oid: Oid, relation: &Relation, sequence: &Sequence, repeat: Repeat) -> Vec<String> {
    if sequence.identity {
        return Vec::new();
    }
    let unlogged = if relation.persistence == Persistence::Unlogged { "UNLOGGED " } else { "" };
    let mut text = format!("CREATE {unlogged}SEQUENCE {}{}", repeat.if_not_exists(), name::qualified(catalog, oid));
    if sequence.options.ty != "int8" {
        text += &format!(" AS {}", word(sequence.options.ty));
    }
    for option in differing(&defaults(sequence.options.ty, sequence.options.increment), &sequence.options) {
        text += &format!(" {option}");
    }
    vec![text]
}

/// A sequence of a type with nothing said but its direction.
pub(in crate::catalog::ddl) fn defaults(ty: &str, increment: i64) -> SequenceOptions {
    let of = match ty {
        "int2" => SequenceOptions::SMALLINT,
        "int4" => SequenceOptions::INTEGER,
        _ => SequenceOptions::BIGINT,
    };
    if increment >= 0 {
        return of;
    }
    // Which way it goes has to be said.
    SequenceOptions { start: -1, min: -of.max - 1, max: -1, ..of }
}

const fn word(ty: &str) -> &str {
    match ty.as_bytes() {
        b"int2" => "smallint",
        b"int4" => "integer",
        _ => "bigint",
    }
}

/// What has to be said to make `to` of `from`, its type apart.
pub(in crate::catalog::ddl) fn differing(from: &SequenceOptions, to: &SequenceOptions) -> Vec<String> {
    let mut said = Vec::new();
    for (words, was, is) in [
        ("START WITH", from.start, to.start),
        ("INCREMENT BY", from.increment, to.increment),
        ("MINVALUE", from.min, to.min),
        ("MAXVALUE", from.max, to.max),
        ("CACHE", from.cache, to.cache),
    ] {
        if was != is {
            said.push(format!("{words} {is}"));
        }
    }
    match (from.cycle, to.cycle) {
        (false, true) => said.push("CYCLE".to_owned()),
        (true, false) => said.push("NO CYCLE".to_owned()),
        _ => {}
    }
    said
}

/// ` (START WITH 10)`: what an identity column says of its sequence, its name included unless it is the one that PostgreSQL chooses.
pub(in crate::catalog::ddl) fn identity(catalog: &Catalog, relation: Oid, column: &Column, sequence: Oid) -> String {
    let (Some(object), Some(table)) = (catalog.get(sequence), catalog.get(relation)) else { return String::new() };
    let Some(RelationKind::Sequence(found)) = object.relation().map(|relation| &relation.kind) else { return String::new() };
    let mut said = Vec::new();
    if *object.name != format!("{}_{}_seq", table.name, column.name) || object.schema != table.schema {
        said.push(format!("SEQUENCE NAME {}", name::qualified(catalog, sequence)));
    }
    said.extend(differing(&defaults(found.options.ty, found.options.increment), &found.options));
    if said.is_empty() { String::new() } else { format!(" ({})", said.join(" ")) }
}

/// `ALTER SEQUENCE s OWNED BY t.a`
pub(in crate::catalog::ddl) fn owned(catalog: &Catalog, oid: Oid) -> Option<String> {
    let RelationKind::Sequence(sequence) = &catalog.relation(oid)?.kind else { return None };
    let own = name::qualified(catalog, oid);
    match sequence.owned_by {
        Some(column) => {
            let (table, column) = (name::qualified(catalog, column.object), identifier(&catalog.column(column)?.name));
            Some(format!("ALTER SEQUENCE {own} OWNED BY {table}.{column}"))
        }
        None => Some(format!("ALTER SEQUENCE {own} OWNED BY NONE")),
    }
}
