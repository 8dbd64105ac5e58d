//! The names that PostgreSQL finds for constraints and indexes that have none (`ChooseConstraintName`, `ChooseIndexName`, `makeObjectName`
//! in its source): table, columns, and a word for the kind.
//!
//! If the name is taken already, PostgreSQL appends a number: that is not foretold here. Nor is the name of a CHECK, which depends on the
//! columns in its expression, nor that of an index on expressions.

use std::borrow::Cow;

use crate::syntax::tree::{
    ColumnConstraintKind, ConstraintIndex, CreateIndex, Ident, IndexKey, Key, KeySubject, Name, TableConstraintKind,
};

use super::object::Unnamed;

/// The longest name, in bytes.
const MAX: usize = 63;

/// What PostgreSQL calls `unnamed`, a part of `of`, if that can be told.
pub(super) fn default_name(text: &str, of: Name, unnamed: Unnamed<'_>) -> Option<String> {
    let table = of.object.value(text);
    let name = |columns: &[Ident], label: &str| Some(object_name(&table, &joined(text, columns), label));
    match unnamed {
        Unnamed::Constraint(constraint) => match &constraint.kind {
            TableConstraintKind::PrimaryKey(_) => name(&[], "pkey"),
            TableConstraintKind::Unique(_, key) => name(&key_columns(key), "key"),
            TableConstraintKind::ForeignKey(key) => name(&key.columns, "fkey"),
            TableConstraintKind::NotNull(column) => name(&[*column], "not_null"),
            TableConstraintKind::Check(_)
            | TableConstraintKind::Exclude(_)
            | TableConstraintKind::UniqueUsing(_)
            | TableConstraintKind::PrimaryKeyUsing(_) => None,
        },
        Unnamed::DomainConstraint(constraint) => match constraint.kind {
            ColumnConstraintKind::Check(_) => name(&[], "check"),
            ColumnConstraintKind::NotNull => name(&[], "not_null"),
            _ => None,
        },
        Unnamed::Index(index) => name(&index_columns(index)?, "idx"),
        Unnamed::Statistics | Unnamed::Schema | Unnamed::All => None,
    }
}

fn key_columns(key: &Key) -> Vec<Ident> {
    let ConstraintIndex { include, .. } = &key.index;
    key.columns.iter().copied().chain(include.iter().flat_map(|include| include.value.iter().copied())).collect()
}

/// The columns of an index, if it is on nothing else.
fn index_columns(index: &CreateIndex) -> Option<Vec<Ident>> {
    let include = index.include.iter().flat_map(|include| &include.value);
    index.keys.iter().chain(include).map(|key: &IndexKey| column_of(key)).collect()
}

fn column_of(key: &IndexKey) -> Option<Ident> {
    match key.subject {
        KeySubject::Column(column) => Some(column),
        KeySubject::Call(_) | KeySubject::Expression(_) => None,
    }
}

/// `a_b_c`: no further than the column with which it becomes too long for a name.
fn joined(text: &str, columns: &[Ident]) -> String {
    let mut joined = String::new();
    for column in columns {
        if joined.len() > MAX {
            break;
        }
        if !joined.is_empty() {
            joined.push('_');
        }
        joined.push_str(&column.value(text));
    }
    joined
}

/// `table_columns_label`, the longer of the first two cut until it fits.
fn object_name(table: &str, columns: &str, label: &str) -> String {
    let overhead = label.len() + 1 + usize::from(!columns.is_empty());
    let (mut first, mut second) = (table.len(), columns.len());
    while first + second + overhead > MAX {
        if first > second { first -= 1 } else { second -= 1 }
    }
    let parts = [cut(table, first), cut(columns, second), Cow::Borrowed(label)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

/// The first `length` bytes, no character cut in two.
fn cut(name: &str, length: usize) -> Cow<'_, str> {
    let mut end = length;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    Cow::Borrowed(&name[..end])
}
