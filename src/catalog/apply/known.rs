//! What the known rows of a table say about a new demand on them: that no value is null, that no two are alike, that each is there elsewhere.
//!
//! Invariant: what is said to fail does fail on a database that holds exactly these rows; where a value, or how two compare, can't be told,
//! so is the answer. That a table which is older than the migration may hold other rows is a condition, and no answer.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::evaluate::check::{self, Certainty, Key};
use crate::catalog::expression::Stored;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::TypeUse;
use crate::catalog::object::Standing;
use crate::catalog::run::Run;
use crate::catalog::store::Catalog;
use crate::catalog::{Address, ColumnNumber, Contents, Oid, Row, Value};
use crate::text::Span;

use super::partition::translated;
pub(super) use crate::catalog::evaluate::check::Nulls;

/// Whether a table is made by the running migration, so that nobody else can have put rows into it.
pub(super) fn is_new(run: &Run<'_>, table: Oid) -> bool {
    let migration = run.origin.migration;
    let made = |object: &crate::catalog::Object| object.standing == Standing::Made && object.origin.migration == migration;
    migration.is_some() && run.catalog.get(table).is_some_and(made)
}

/// Notes that a demand on a table's rows may fail where it holds others than the history put there: `if marketing.company {what}`.
pub(super) fn condition(run: &mut Run<'_>, table: Oid, sqlstate: &'static str, what: &str, span: Span) {
    if !is_new(run, table) && !run.session.truncated.contains(&table) {
        let shown = shown_name(&run.catalog, table);
        run.condition(sqlstate, format!("if {shown} {what}"), span);
    }
}

/// Whether the running statement added a column that is null in every row.
pub(super) fn is_null(run: &Run<'_>, column: Address) -> bool {
    let is_plain = |column: &crate::catalog::model::Column| column.default.is_none() && column.identity.is_none();
    run.added.contains(&column) && run.catalog.column(column).is_some_and(is_plain)
}

/// The name of an object with its schema's.
pub(super) fn shown_name(catalog: &Catalog, oid: Oid) -> String {
    let Some(object) = catalog.get(oid) else { return String::new() };
    match object.schema.and_then(|schema| catalog.get(schema)) {
        Some(schema) => format!("{}.{}", schema.name, object.name),
        None => object.name.to_string(),
    }
}

/// The rows of a table, if it has any; why they can't be told, if they can't.
pub(super) fn rows(catalog: &Catalog, table: Oid) -> std::result::Result<Vec<Row>, Arc<str>> {
    match catalog.rows.get(&table) {
        None => Ok(Vec::new()),
        Some(Contents::Rows(rows)) => Ok(rows.iter().cloned().collect()),
        Some(Contents::Unknown(why)) => Err(Arc::clone(why)),
    }
}

/// The tables that hold a table's rows: itself, and its partitions.
pub(super) fn members(run: &Run<'_>, table: Oid) -> Vec<Oid> {
    let mut all = vec![table];
    let mut at = 0;
    while let Some(table) = all.get(at).copied() {
        if run.catalog.relation(table).is_some_and(|relation| relation.partitioned.is_some()) {
            all.extend(run.catalog.children(table));
        }
        at += 1;
    }
    all
}

/// The rows of a table and its partitions, as its own.
pub(super) fn all_rows(run: &Run<'_>, table: Oid) -> std::result::Result<Vec<Row>, Arc<str>> {
    let mut all = Vec::new();
    for member in members(run, table) {
        all.extend(rows(&run.catalog, member)?.iter().map(|row| translated(run, member, table, row)));
    }
    Ok(all)
}

/// The value of a column in a row.
pub(super) fn value(row: &Row, column: ColumnNumber) -> &Value {
    row.get(&column).unwrap_or(&Value::Null)
}

/// Expects a demand that can't be checked row by row to hold: it does where there are no rows.
pub(super) fn expect_no_rows(run: &Run<'_>, table: Oid, at_most: usize, what: &str, span: Span) -> Result {
    match rows(&run.catalog, table) {
        Ok(rows) if rows.len() <= at_most => Ok(()),
        Ok(_) => Err(Stop::unknown(format!("it can't be told whether the rows of {} {what}", shown_name(&run.catalog, table)), span)),
        Err(why) => Err(Stop::unknown(&*why, span)),
    }
}

/// Expects that no row has a null in `column` (23502).
pub(super) fn expect_not_null(run: &mut Run<'_>, table: Oid, column: ColumnNumber, span: Span) -> Result {
    let name = run.catalog.column(Address::column(table, column)).map(|column| column.name.to_string()).unwrap_or_default();
    condition(run, table, "23502", &format!("has rows in which {name} is null"), span);
    let rows = rows(&run.catalog, table).map_err(|why| Stop::unknown(&*why, span))?;
    if rows.iter().any(|row| *value(row, column) == Value::Null) {
        let of = run.catalog.get(table).map(|object| object.name.to_string()).unwrap_or_default();
        return Err(Stop::fails("23502", format!("column \"{name}\" of relation \"{of}\" contains null values"), span));
    }
    if rows.iter().any(|row| *value(row, column) == Value::Unknown) {
        return Err(Stop::unknown(format!("a value of {name} can't be told"), span));
    }
    Ok(())
}

/// Expects that no two rows have the same values in `columns` (23505).
pub(super) fn expect_unique(run: &mut Run<'_>, table: Oid, columns: &[ColumnNumber], nulls: Nulls, index: &str, span: Span) -> Result {
    let names: Vec<String> = run
        .catalog
        .relation(table)
        .map_or_else(Vec::new, |relation| crate::catalog::naming::column_names(relation, columns).into_iter().map(str::to_owned).collect());
    let are_alike = |column: &ColumnNumber| nulls == Nulls::NotDistinct && is_null(run, Address::column(table, *column));
    if !columns.iter().any(|column| run.added.contains(&Address::column(table, *column)) && !are_alike(column)) {
        condition(run, table, "23505", &format!("has rows that have {} in common", names.join(", ")), span);
    }
    let rows = rows(&run.catalog, table).map_err(|why| Stop::unknown(&*why, span))?;
    let types = types_of(&run.catalog, table, columns);
    let mut seen = HashSet::new();
    let mut doubtful = false;
    for row in &rows {
        match key(&run.catalog, row, columns, &types, nulls) {
            Key::Never => {}
            Key::Unknown => doubtful |= rows.len() > 1,
            Key::Is(parts, certainty) => {
                doubtful |= certainty == Certainty::Identity && rows.len() > 1;
                if !seen.insert(parts) {
                    return Err(Stop::fails("23505", format!("could not create unique index \"{index}\""), span));
                }
            }
        }
    }
    if doubtful {
        return Err(Stop::unknown(format!("it can't be told whether rows have {} in common", names.join(", ")), span));
    }
    Ok(())
}

/// One end of a reference: a table, and its columns in order.
pub(super) type End<'e> = (Oid, &'e [ColumnNumber]);

/// Expects that every row of `from` is found in `to` (23503). A null anywhere satisfies MATCH SIMPLE.
pub(super) fn expect_referenced(run: &mut Run<'_>, from: End<'_>, to: End<'_>, constraint: &str, span: Span) -> Result {
    if !from.1.iter().any(|column| is_null(run, Address::column(from.0, *column))) {
        condition(run, from.0, "23503", &format!("has rows that {} does not have", shown_name(&run.catalog, to.0)), span);
    }
    let referencing = all_rows(run, from.0).map_err(|why| Stop::unknown(&*why, span))?;
    if referencing.is_empty() {
        return Ok(());
    }
    let unknown = |why: &str| Stop::unknown(format!("it can't be told whether each row has a match: {why}"), span);
    let referenced = all_rows(run, to.0).map_err(|why| unknown(&why))?;
    let types = types_of(&run.catalog, to.0, to.1);
    let mut present = HashSet::new();
    let mut certain = true;
    for row in &referenced {
        match key(&run.catalog, row, to.1, &types, Nulls::Distinct) {
            Key::Is(parts, certainty) => {
                certain &= certainty == Certainty::Equality;
                present.insert(parts);
            }
            Key::Never => {}
            Key::Unknown => certain = false,
        }
    }
    for row in &referencing {
        match key(&run.catalog, row, from.1, &types, Nulls::Distinct) {
            Key::Never => {}
            Key::Unknown => return Err(unknown("a value is not known")),
            Key::Is(parts, _) if present.contains(&parts) => {}
            Key::Is(_, Certainty::Equality) if certain => {
                let table = run.catalog.get(from.0).map(|object| object.name.to_string()).unwrap_or_default();
                let message = format!("insert or update on table \"{table}\" violates foreign key constraint \"{constraint}\"");
                return Err(Stop::fails("23503", message, span));
            }
            Key::Is(..) => return Err(unknown("a value is not known")),
        }
    }
    Ok(())
}

fn types_of(catalog: &Catalog, table: Oid, columns: &[ColumnNumber]) -> Vec<Option<TypeUse>> {
    columns.iter().map(|number| catalog.column(Address::column(table, *number)).and_then(|column| column.ty.clone())).collect()
}

/// The key that the columns of a row make.
fn key(catalog: &Catalog, row: &Row, columns: &[ColumnNumber], types: &[Option<TypeUse>], nulls: Nulls) -> Key {
    let values: Vec<Value> = columns.iter().map(|column| value(row, *column).clone()).collect();
    check::key(catalog, &values, types, nulls)
}

/// Expects that every row fulfils a condition (23514).
pub(super) fn expect_fulfilled(run: &mut Run<'_>, table: Oid, condition: &Stored, constraint: &str, span: Span) -> Result {
    let name = run.catalog.get(table).map(|object| object.name.to_string()).unwrap_or_default();
    for row in rows(&run.catalog, table).map_err(|why| Stop::unknown(&*why, span))? {
        match check::fulfils(run, table, condition, &row).map_err(|stop| stop.at(span))? {
            Some(true) => {}
            Some(false) => {
                let message = format!("check constraint \"{constraint}\" of relation \"{name}\" is violated by some row");
                return Err(Stop::fails("23514", message, span));
            }
            None => return Err(Stop::unknown(format!("it can't be told whether the rows of {name} fulfil the constraint"), span)),
        }
    }
    Ok(())
}
