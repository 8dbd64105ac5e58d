//! Constraints of tables: what CREATE TABLE and ALTER TABLE say in two syntaxes, and adding one to a table.
//!
//! A constraint that stands in a column's definition is the same as one that stands by itself; [`Request`] is either. Each kind is added by
//! its own file, in the order of PostgreSQL's checks, to the table and to those below it that must have it too.
mod check;
mod foreign_key;
mod key;
mod not_null;
mod request;

pub(super) use check::{add_check, add_written_check, inherit_check};
pub(super) use foreign_key::{clone_foreign_keys, expect_comparable, is_copy_for_referenced};
pub(super) use key::{add_key, is_virtual, prepare_key, prepare_keys};
pub(super) use not_null::{
    disinherit_not_null, give_not_null, inherit_not_null, inheritable, is_constraint, not_null_of, record_not_null,
    remove as remove_not_null, set_not_null, validate as validate_not_null,
};
pub(super) use request::{Demand, Request, check_column_attributes};

use super::Statement;
pub(super) use super::index::build::Recursion;
use super::index::build::is_partitioned;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, ColumnNumber, Dependency, Oid, model, naming};
use crate::syntax::tree::TableConstraint;
use crate::text::Span;
use std::sync::Arc;

/// Adds a constraint that stands by itself: `ADD CONSTRAINT …`.
///
/// # Errors
/// 42710 or 42P07 if its name is taken, 42703 if a column is missing, what else PostgreSQL raises for its kind, and what the known rows break.
pub(super) fn add_table_constraint(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    constraint: &TableConstraint,
    recursion: Recursion,
) -> Result {
    add(run, statement, table, &Request::of_table(constraint), recursion)
}

/// Adds a constraint, which comes from its own clause of a statement of the file.
pub(super) fn add(run: &mut Run<'_>, statement: Statement<'_>, table: Oid, request: &Request<'_>, recursion: Recursion) -> Result {
    let origin = run.origin;
    run.origin = run.origin_of(request.span);
    let result = add_demanded(run, statement, table, request, recursion);
    run.origin = origin;
    result
}

fn add_demanded(run: &mut Run<'_>, statement: Statement<'_>, table: Oid, request: &Request<'_>, recursion: Recursion) -> Result {
    match &request.demand {
        Demand::Check(expression) => add_check(run, statement, table, request, *expression, recursion),
        Demand::NotNull(column) => not_null::add_named(run, statement, table, request, *column, recursion),
        Demand::Key { .. } | Demand::Exclude(_) => {
            let new = prepare_key(run, statement, table, request)?;
            key::add_key(run, table, new, recursion)
        }
        Demand::UsingIndex(kind, index) => key::use_index(run, statement, table, request, *kind, *index),
        Demand::ForeignKey { .. } => foreign_key::add_foreign_key(run, statement, table, request, recursion),
    }
}

/// The name of a table, for messages and implied names.
pub(super) fn table_name(run: &Run<'_>, table: Oid) -> Name {
    run.catalog.get(table).map_or_else(|| Name::from(""), |object| Name::clone(&object.name))
}

/// The number of a column of a table; one that is assumed where nobody knows the table's columns.
pub(super) fn column_number(run: &mut Run<'_>, table: Oid, name: &str, span: Span) -> Result<Option<ColumnNumber>> {
    Ok(run.find_column(table, name, span)?.map(|address| address.column))
}

/// The schema of a table.
pub(super) fn schema_of(run: &Run<'_>, table: Oid) -> Oid {
    run.catalog.get(table).and_then(|object| object.schema).unwrap_or(Oid::NONE)
}

/// Expects that no constraint of the table has the name that is written.
fn expect_new(run: &Run<'_>, table: Oid, name: &str, span: Span) -> Result {
    if run.catalog.part(table, Class::Constraint, name).is_none() {
        return Ok(());
    }
    let message = format!("constraint \"{name}\" for relation \"{}\" already exists", table_name(run, table));
    Err(Stop::fails("42710", message, span))
}

/// A name for a constraint that has none: table, columns, a word for the kind.
fn chosen_name(run: &Run<'_>, table: Oid, columns: &[ColumnNumber], label: &str) -> Name {
    let relation = run.catalog.relation(table);
    let names = relation.map_or_else(Vec::new, |relation| naming::column_names(relation, columns));
    let joined = naming::joined(names);
    Name::from(naming::constraint_name(&run.catalog, schema_of(run, table), &table_name(run, table), &joined, label, &[]))
}

/// Puts a constraint into the catalog; it falls with each of its columns, or with the table if it has none.
pub(super) fn store(run: &mut Run<'_>, table: Oid, name: Name, constraint: model::Constraint) -> Oid {
    let columns = constraint.columns.clone();
    let schema = run.catalog.get(table).and_then(|object| object.schema);
    let object = Object::new(name, Body::Constraint(Arc::new(constraint)), run.origin).part_of(table);
    let oid = run.catalog.add(Object { schema, ..object });
    for column in &columns {
        run.catalog.link(oid, Address::column(table, *column), Dependency::Auto);
    }
    if columns.is_empty() {
        run.catalog.link(oid, table, Dependency::Auto);
    }
    oid
}

/// The tables that must have whatever `table` gets: partitions and tables that inherit.
fn children(run: &Run<'_>, table: Oid) -> Vec<Oid> {
    run.catalog.children(table)
}
