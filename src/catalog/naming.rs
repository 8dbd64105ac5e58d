//! The names that PostgreSQL finds for what has none: table, columns and a word for the kind, and a number where that is taken.

use super::Oid;
use super::model::Relation;
use super::object::Class;
use super::store::Catalog;

/// The longest name, in bytes (`NAMEDATALEN` - 1).
const MAX: usize = 63;

/// `first_second_label`, the longer of the first two cut until it fits (`makeObjectName`).
pub fn object_name(first: &str, second: &str, label: &str) -> String {
    let overhead = if label.is_empty() { 0 } else { label.len() + 1 } + usize::from(!second.is_empty());
    let (mut first_len, mut second_len) = (first.len(), second.len());
    while first_len + second_len + overhead > MAX {
        if first_len > second_len { first_len -= 1 } else { second_len -= 1 }
    }
    let parts = [cut(first, first_len), cut(second, second_len), label];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

/// The first `length` bytes, no character cut in two.
fn cut(name: &str, length: usize) -> &str {
    let mut end = length.min(name.len());
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}

/// A name for a relation (an index, a sequence) that is free in `schema` (`ChooseRelationName`).
pub fn relation_name(catalog: &Catalog, schema: Oid, first: &str, second: &str, label: &str) -> String {
    relation_name_asked(catalog, schema, first, second, label, |_| ())
}

/// The same; every name that is tried is told to `tried`.
pub fn relation_name_asked(catalog: &Catalog, schema: Oid, first: &str, second: &str, label: &str, tried: impl Fn(&str)) -> String {
    free(first, second, label, |name| {
        tried(name);
        catalog.named(Class::Relation, schema, name).is_empty()
    })
}

/// A name for a relation that backs a constraint: free among the relations and the constraints of `schema`.
pub fn constraint_index_name(catalog: &Catalog, schema: Oid, first: &str, second: &str, label: &str) -> String {
    free(first, second, label, |name| catalog.named(Class::Relation, schema, name).is_empty() && !has_constraint(catalog, schema, name))
}

/// A name for a constraint that is free among all constraints of `schema`, and is none of `others` (`ChooseConstraintName`).
pub fn constraint_name(catalog: &Catalog, schema: Oid, first: &str, second: &str, label: &str, others: &[&str]) -> String {
    free(first, second, label, |name| !others.contains(&name) && !has_constraint(catalog, schema, name))
}

fn free(first: &str, second: &str, label: &str, is_free: impl Fn(&str) -> bool) -> String {
    let mut pass = 0u32;
    loop {
        let numbered = if pass == 0 { label.to_owned() } else { format!("{label}{pass}") };
        let name = object_name(first, second, &numbered);
        if is_free(&name) {
            return name;
        }
        pass += 1;
    }
}

/// Whether a constraint of some relation or domain in `schema` is called `name`.
fn has_constraint(catalog: &Catalog, schema: Oid, name: &str) -> bool {
    catalog.constraint_named(schema, name)
}

/// `a_b_c`: columns joined, no further than the one with which it becomes too long for a name (`ChooseForeignKeyConstraintNameAddition`,
/// `ChooseIndexNameAddition`).
pub fn joined<'n>(columns: impl IntoIterator<Item = &'n str>) -> String {
    let mut joined = String::new();
    for column in columns {
        if joined.len() > MAX {
            break;
        }
        if !joined.is_empty() {
            joined.push('_');
        }
        joined.push_str(column);
    }
    joined
}

/// The names of these columns of a relation.
pub fn column_names<'r>(relation: &'r Relation, columns: &[super::ColumnNumber]) -> Vec<&'r str> {
    columns.iter().filter_map(|number| relation.column_at(*number)).map(|column| &*column.name).collect()
}
