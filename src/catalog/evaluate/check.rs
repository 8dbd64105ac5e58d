//! What known rows say to what a table demands of them: keys that are compared, and conditions that must hold.

use std::rc::Rc;
use std::sync::Arc;

use super::arithmetic::Decimal;
use super::{Evaluator, Head, Value};
use crate::catalog::Oid;
use crate::catalog::expression::Stored;
use crate::catalog::expression::canonical::current_text;
use crate::catalog::failure::Result;
use crate::catalog::model::{Relation, Type, TypeId, TypeUse};
use crate::catalog::object::Object;
use crate::catalog::rows::Row;
use crate::catalog::run::Run;
use crate::catalog::store::Catalog;
use crate::syntax::expression::read;

/// How nulls compare in a unique index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(in crate::catalog) enum Nulls {
    Distinct,
    NotDistinct,
}

/// What of a row is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::catalog) enum Key {
    /// It is like no other: a null.
    Never,
    /// Nobody can tell.
    Unknown,
    /// These texts.
    Is(Vec<Option<String>>, Certainty),
}

/// What two equal, and two different, texts of values say about the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalog) enum Certainty {
    /// Equal texts are equal values, different ones are different.
    Equality,
    /// Equal texts are equal values; different ones may be so too.
    Identity,
}

/// The key that values of these types make.
pub(in crate::catalog) fn key(catalog: &Catalog, values: &[Value], types: &[Option<TypeUse>], nulls: Nulls) -> Key {
    let mut parts = Vec::with_capacity(values.len());
    let mut certainty = Certainty::Equality;
    let mut unknown = false;
    for (value, ty) in values.iter().zip(types) {
        match (value, nulls) {
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

/// Whether two rows of values of these types differ for certain.
pub(in crate::catalog) fn differ(catalog: &Catalog, one: &[Value], other: &[Value], types: &[Option<TypeUse>]) -> bool {
    one.iter().zip(other).zip(types).any(|((one, other), ty)| {
        let [one, other] = [one, other].map(|value| canonical(catalog, value, ty.as_ref()));
        matches!((one, other), (Some((one, Certainty::Equality)), Some((other, Certainty::Equality))) if one != other)
    })
}

/// A value of a type as a text.
fn canonical(catalog: &Catalog, value: &Value, ty: Option<&TypeUse>) -> Option<(String, Certainty)> {
    let sort = ty.map_or(Sort::Other, |ty| sort(catalog, ty));
    let digits = |text: &str| text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect::<String>();
    match (value, sort) {
        (Value::Boolean(is), _) => Some((is.to_string(), Certainty::Equality)),
        (Value::Fresh(number), _) => Some((format!("\u{0}{number}"), Certainty::Equality)),
        (Value::Exact(text), _) => Some((text.to_string(), Certainty::Equality)),
        (Value::Number(text) | Value::Text(text), Sort::Number) => match Decimal::read(text) {
            Some(number) => Some((number.plain(), Certainty::Equality)),
            None => Some((text.to_string(), Certainty::Identity)),
        },
        (Value::Number(text), Sort::Text) | (Value::Text(text), Sort::Text) => Some((text.to_string(), Certainty::Equality)),
        (Value::Text(text) | Value::Spelled(text), Sort::Folded) => Some((text.to_lowercase(), Certainty::Equality)),
        (Value::Text(text) | Value::Spelled(text), Sort::Date) if digits(text) == "9999-99-99" && !text.starts_with("77") => {
            Some((text.to_string(), Certainty::Equality))
        }
        (Value::Text(text), Sort::Uuid) => {
            let digits: String = text.chars().filter(char::is_ascii_hexdigit).map(|digit| digit.to_ascii_lowercase()).collect();
            Some((digits, Certainty::Equality))
        }
        (Value::Sometime(when, days), _) => Some((format!("{when} {days}"), Certainty::Identity)),
        (Value::Number(text) | Value::Text(text) | Value::Spelled(text), _) => Some((text.to_string(), Certainty::Identity)),
        _ => None,
    }
}

/// How the texts of a type's values compare.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Number,
    /// Byte by byte.
    Text,
    /// Whatever the case.
    Folded,
    Date,
    Uuid,
    Other,
}

fn sort(catalog: &Catalog, ty: &TypeUse) -> Sort {
    if ty.array {
        return Sort::Other;
    }
    match ty.id {
        TypeId::BuiltIn("int2" | "int4" | "int8" | "numeric" | "oid") => Sort::Number,
        TypeId::BuiltIn("text" | "varchar" | "name" | "char" | "bpchar") => Sort::Text,
        TypeId::BuiltIn("uuid") => Sort::Uuid,
        TypeId::BuiltIn("date") => Sort::Date,
        TypeId::BuiltIn(_) => Sort::Other,
        TypeId::User(oid) => match catalog.get(oid).and_then(Object::ty) {
            Some(Type::Enum(_)) => Sort::Text,
            Some(Type::Domain(domain)) => domain.base.as_ref().map_or(Sort::Other, |base| sort(catalog, base)),
            _ if catalog.get(oid).is_some_and(|object| &*object.name == "citext") => Sort::Folded,
            _ => Sort::Other,
        },
    }
}

/// The columns of a relation, as a row called `name`.
pub(in crate::catalog) fn head_of(name: &str, relation: &Relation) -> Rc<Head> {
    let columns = relation.columns.iter().map(|column| Arc::clone(&column.name)).collect();
    Rc::new(Head { name: Some(Arc::from(name)), columns, complete: relation.columns_known })
}

/// The values of a row in the order of its relation's columns.
pub(in crate::catalog) fn values_of(relation: &Relation, row: &Row) -> Rc<[Value]> {
    let absent = || if relation.columns_known { Value::Null } else { Value::Unknown };
    relation.columns.iter().map(|column| row.get(&column.number).cloned().unwrap_or_else(absent)).collect()
}

/// The value of a stored expression for a row of a table.
///
/// # Errors
/// What PostgreSQL raises, or that it can't be told whether it does.
pub(in crate::catalog) fn stored_value(run: &mut Run<'_>, table: Oid, stored: &Stored, row: &Row) -> Result<Value> {
    let Some(object) = run.catalog.get(table) else { return Ok(Value::Unknown) };
    let Some(relation) = object.relation() else { return Ok(Value::Unknown) };
    let rows = [(head_of(&object.name, relation), values_of(relation, row))];
    let tree = read(&current_text(&run.catalog, stored));
    Evaluator::new(run).value_in(&rows, &tree)
}

/// Whether a row fulfils a condition, as CHECK means it: NULL is no violation; nothing if that can't be told.
///
/// # Errors
/// What PostgreSQL raises, or that it can't be told whether it does.
pub(in crate::catalog) fn fulfils(run: &mut Run<'_>, table: Oid, condition: &Stored, row: &Row) -> Result<Option<bool>> {
    Ok(match stored_value(run, table, condition, row)? {
        Value::Null => Some(true),
        value => super::is_true(&value),
    })
}
