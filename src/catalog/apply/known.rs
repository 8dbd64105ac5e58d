//! What the known rows of a table say about a new demand on them: that no value is null, that no two are alike, that each is there elsewhere.
//!
//! Invariant: what is said to fail does fail on a database that holds exactly these rows; where a value, or how two compare, can't be told,
//! so is the answer. That a table which is older than the migration may hold other rows is a condition, and no answer.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Type, TypeId, TypeUse};
use crate::catalog::object::Standing;
use crate::catalog::run::Run;
use crate::catalog::store::Catalog;
use crate::catalog::{Address, ColumnNumber, Contents, Oid, Row, Value};
use crate::text::Span;

/// Whether a table is made by the running migration, so that nobody else can have put rows into it.
pub(super) fn is_new(run: &Run<'_>, table: Oid) -> bool {
    let migration = run.origin.migration;
    let made = |object: &crate::catalog::Object| object.standing == Standing::Made && object.origin.migration == migration;
    migration.is_some() && run.catalog.get(table).is_some_and(made)
}

/// Notes that a demand on a table's rows may fail where it holds others than the history put there: `if marketing.company {what}`.
pub(super) fn condition(run: &mut Run<'_>, table: Oid, sqlstate: &'static str, what: &str, span: Span) {
    if !is_new(run, table) {
        let shown = shown_name(&run.catalog, table);
        run.condition(sqlstate, format!("if {shown} {what}"), span);
    }
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

/// How nulls compare in a unique index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(super) enum Nulls {
    Distinct,
    NotDistinct,
}

/// Expects that no two rows have the same values in `columns` (23505).
pub(super) fn expect_unique(run: &mut Run<'_>, table: Oid, columns: &[ColumnNumber], nulls: Nulls, index: &str, span: Span) -> Result {
    let names: Vec<String> = run
        .catalog
        .relation(table)
        .map_or_else(Vec::new, |relation| crate::catalog::naming::column_names(relation, columns).into_iter().map(str::to_owned).collect());
    condition(run, table, "23505", &format!("has rows that have {} in common", names.join(", ")), span);
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
    condition(run, from.0, "23503", &format!("has rows that {} does not have", shown_name(&run.catalog, to.0)), span);
    let referencing = rows(&run.catalog, from.0).map_err(|why| Stop::unknown(&*why, span))?;
    if referencing.is_empty() {
        return Ok(());
    }
    let unknown = |why: &str| Stop::unknown(format!("it can't be told whether each row has a match: {why}"), span);
    let referenced = rows(&run.catalog, to.0).map_err(|why| unknown(&why))?;
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

/// What of a row is compared.
enum Key {
    /// It is like no other: a null.
    Never,
    /// Nobody can tell.
    Unknown,
    /// These texts.
    Is(Vec<Option<String>>, Certainty),
}

/// What two equal, and two different, texts of values say about the values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Certainty {
    /// Equal texts are equal values, different ones are different.
    Equality,
    /// Equal texts are equal values; different ones may be so too.
    Identity,
}

fn key(catalog: &Catalog, row: &Row, columns: &[ColumnNumber], types: &[Option<TypeUse>], nulls: Nulls) -> Key {
    let mut parts = Vec::with_capacity(columns.len());
    let mut certainty = Certainty::Equality;
    let mut unknown = false;
    for (column, ty) in columns.iter().zip(types) {
        match (value(row, *column), nulls) {
            (Value::Null, Nulls::Distinct) => return Key::Never,
            (Value::Null, Nulls::NotDistinct) => parts.push(None),
            (value, _) => match canonical(catalog, value, ty.as_ref()) {
                None => unknown = true,
                Some((text, how)) => {
                    if how == Certainty::Identity {
                        certainty = how;
                    }
                    parts.push(Some(text));
                }
            },
        }
    }
    if unknown { Key::Unknown } else { Key::Is(parts, certainty) }
}

/// A value of a type as a text.
fn canonical(catalog: &Catalog, value: &Value, ty: Option<&TypeUse>) -> Option<(String, Certainty)> {
    let sort = ty.map_or(Sort::Other, |ty| sort(catalog, ty));
    match (value, sort) {
        (Value::Boolean(is), _) => Some((is.to_string(), Certainty::Equality)),
        (Value::Number(text) | Value::Text(text), Sort::Number) => match plain_number(text) {
            Some(number) => Some((number, Certainty::Equality)),
            None => Some((text.to_string(), Certainty::Identity)),
        },
        (Value::Number(text), Sort::Text) | (Value::Text(text), Sort::Text) => Some((text.to_string(), Certainty::Equality)),
        (Value::Text(text), Sort::Uuid) => {
            let digits: String = text.chars().filter(char::is_ascii_hexdigit).map(|digit| digit.to_ascii_lowercase()).collect();
            Some((digits, Certainty::Equality))
        }
        (Value::Number(text) | Value::Text(text), _) => Some((text.to_string(), Certainty::Identity)),
        _ => None,
    }
}

/// How the texts of a type's values compare.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Number,
    /// Byte by byte.
    Text,
    Uuid,
    Other,
}

fn sort(catalog: &Catalog, ty: &TypeUse) -> Sort {
    if ty.array {
        return Sort::Other;
    }
    match ty.id {
        TypeId::BuiltIn("int2" | "int4" | "int8" | "numeric" | "oid") => Sort::Number,
        TypeId::BuiltIn("text" | "varchar" | "name" | "char") => Sort::Text,
        TypeId::BuiltIn("uuid") => Sort::Uuid,
        TypeId::BuiltIn(_) => Sort::Other,
        TypeId::User(oid) => match catalog.get(oid).and_then(crate::catalog::Object::ty) {
            Some(Type::Enum(_)) => Sort::Text,
            Some(Type::Domain(domain)) => domain.base.as_ref().map_or(Sort::Other, |base| sort(catalog, base)),
            _ => Sort::Other,
        },
    }
}

/// A decimal number without what does not count: `007.50` is `7.5`.
fn plain_number(text: &str) -> Option<String> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if digits.len() <= usize::from(digits.contains('.')) || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    let sign = if negative && (whole != "0" || !fraction.is_empty()) { "-" } else { "" };
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

#[cfg(test)]
mod tests {
    use super::plain_number;

    #[test]
    fn numbers_are_compared_by_value() {
        let same = |a: &str, b: &str| assert_eq!(plain_number(a), plain_number(b));
        same("1", "01.0");
        same("-0", "0");
        same("10.50", "+10.5");
        assert_ne!(plain_number("1"), plain_number("-1"));
        assert_eq!(plain_number("1e3"), None);
        assert_eq!(plain_number("."), None);
    }
}
