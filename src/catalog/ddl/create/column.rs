//! Columns.

use super::identity_options;
use crate::catalog::ddl::{name, stored};
use crate::catalog::describe::{is_plain_not_null, not_null_of, written};
use crate::catalog::model::{Column, Generated, Identity, RelationKind, SequenceOptions, TypeId};
use crate::catalog::object::{Body, Standing};
use crate::catalog::store::Catalog;
use crate::catalog::{Address, Oid};
use crate::syntax::expression::identifier;

/// A column whose type, NOT NULL, default and sequence are what `serial` is short for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalog::ddl) struct Serial {
    /// The sequence.
    pub(in crate::catalog::ddl) sequence: Oid,
    /// `serial`, `bigserial` …
    pub(in crate::catalog::ddl) word: &'static str,
}

/// What `serial` would make of a column, if that is exactly what it is.
pub(in crate::catalog::ddl) fn serial(catalog: &Catalog, relation: Oid, column: &Column) -> Option<Serial> {
    let table = catalog.get(relation)?;
    let (word, options) = match column.ty.as_ref()?.id {
        TypeId::BuiltIn("int2") => ("smallserial", SequenceOptions::SMALLINT),
        TypeId::BuiltIn("int4") => ("serial", SequenceOptions::INTEGER),
        TypeId::BuiltIn("int8") => ("bigserial", SequenceOptions::BIGINT),
        _ => return None,
    };
    let Body::Default(default) = &catalog.get(column.default?)?.body else { return None };
    let uses = &default.expression.uses;
    let [used] = &uses[..] else { return None };
    let sequence = used.what.address().object;
    let object = catalog.get(sequence)?;
    let RelationKind::Sequence(found) = &object.relation()?.kind else { return None };
    let name = format!("{}_{}_seq", table.name, column.name);
    let is_it = *object.name == name
        && name.len() < 64
        && object.schema == table.schema
        && object.owner == table.owner
        && object.comment.is_none()
        && object.privileges.is_none()
        && found.options == options
        && found.owned_by == Some(Address::column(relation, column.number))
        && default.expression.text.starts_with("nextval('")
        && default.expression.text.ends_with("'::regclass)")
        && column.not_null
        && !column.ty.as_ref()?.array
        && object.standing == Standing::Made
        && object.relation()?.persistence == table.relation()?.persistence;
    is_it.then_some(Serial { sequence, word })
}

/// `a integer DEFAULT 0 NOT NULL`
pub(in crate::catalog::ddl) fn definition(catalog: &Catalog, relation: Oid, column: &Column) -> String {
    let name = identifier(&column.name);
    let mut text = match serial(catalog, relation, column) {
        Some(serial) => return format!("{name} {}", serial.word),
        None => format!("{name} {}", name::ty(catalog, column.ty.as_ref())),
    };
    if let Some(compression) = &column.compression {
        text += &format!(" COMPRESSION {}", compression.to_lowercase());
    }
    if let Some(collation) = &column.collation {
        text += &format!(" COLLATE {}", written(collation));
    }
    let is_foreign = catalog.relation(relation).is_some_and(|relation| matches!(relation.kind, RelationKind::ForeignTable(..)));
    if is_foreign {
        text += &super::foreign_options(column.options.iter().map(|(key, value)| (&**key, &**value)));
    }
    text + &constraints(catalog, relation, column)
}

/// What may also stand behind the name of a column that another table or a type defines.
pub(super) fn constraints(catalog: &Catalog, relation: Oid, column: &Column) -> String {
    let mut text = String::new();
    let from_parent = column.generated.is_some() && !is_partition(catalog, relation) && is_generated_in_parent(catalog, relation, column);
    if let Some(Body::Default(default)) = column.default.and_then(|oid| catalog.get(oid)).map(|object| &object.body)
        && !from_parent
    {
        text += &match column.generated {
            Some(generated) => {
                let expression = stored::parenthesised(&stored::text(catalog, &default.expression));
                let kind = if generated == Generated::Stored { "STORED" } else { "VIRTUAL" };
                format!(" GENERATED ALWAYS AS {expression} {kind}")
            }
            None => format!(" DEFAULT {}", stored::operand(catalog, &default.expression)),
        };
    }
    if let Some((identity, sequence)) = column.identity.filter(|(_, sequence)| !is_of_parent(catalog, relation, column, *sequence)) {
        let kind = if identity == Identity::Always { "ALWAYS" } else { "BY DEFAULT" };
        text += &format!(" GENERATED {kind} AS IDENTITY{}", identity_options(catalog, relation, column, sequence));
    }
    if says_not_null(catalog, relation, column) {
        text += " NOT NULL";
    }
    text
}

/// Whether the definition says NOT NULL: not so where a constraint with a name of its own does, or a parent.
fn says_not_null(catalog: &Catalog, relation: Oid, column: &Column) -> bool {
    column.not_null
        && not_null_of(catalog, Address::column(relation, column.number)).is_none_or(|(object, constraint)| {
            (constraint.local || is_partition(catalog, relation)) && is_plain_not_null(catalog, object, constraint)
        })
}

/// Whether a parent says how the column is generated, which its child may not say again.
fn is_generated_in_parent(catalog: &Catalog, relation: Oid, column: &Column) -> bool {
    let parents = catalog.relation(relation).map(|relation| &relation.parents[..]).unwrap_or_default();
    let mut same = parents.iter().filter_map(|parent| catalog.relation(*parent)?.column(&column.name));
    same.any(|column| column.generated.is_some())
}

/// Whether the identity of a partition's column is its table's.
fn is_of_parent(catalog: &Catalog, relation: Oid, column: &Column, sequence: Oid) -> bool {
    let parents = catalog.relation(relation).map(|relation| &relation.parents[..]).unwrap_or_default();
    let mut same = parents.iter().filter_map(|parent| catalog.relation(*parent)?.column(&column.name));
    same.any(|column| column.identity.is_some_and(|(_, other)| other == sequence))
}

fn is_partition(catalog: &Catalog, relation: Oid) -> bool {
    catalog.relation(relation).is_some_and(|relation| relation.partition_bound.is_some())
}
