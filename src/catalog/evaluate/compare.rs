//! How values compare, and the logic of three values.

use std::cmp::Ordering;

use super::Value;
use super::arithmetic::Decimal;
use super::moment::{Moment, apart};
use crate::catalog::Oid;
use crate::catalog::object::Class;
use crate::catalog::rows::Elsewhere;
use crate::catalog::run::{Knowledge, Run};
use crate::postgres::facts::{self, Facts, NameKind};

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalog) enum Compared {
    /// One of them is NULL.
    Null,
    /// So.
    Is(Ordering),
    /// They are not equal; in which order they are can't be told.
    Different,
    /// It can't be told.
    Unknown,
}

/// Compares two values of one type.
pub(in crate::catalog) fn compare(run: &Run<'_>, left: &Value, right: &Value) -> Compared {
    use Value::{Array, Boolean, Elsewhere as Other, Exact, Fresh, Null, Number, Object, Record, Sometime, Spelled, Text};
    match (left, right) {
        (Null, _) | (_, Null) => Compared::Null,
        (Boolean(left), Boolean(right)) => Compared::Is(left.cmp(right)),
        (Boolean(is), Text(text)) | (Text(text), Boolean(is)) => match boolean(text) {
            Some(other) if other == *is => Compared::Is(Ordering::Equal),
            Some(_) => Compared::Different,
            None => Compared::Unknown,
        },
        (Number(left), Number(right)) | (Number(left), Text(right)) | (Text(left), Number(right)) => {
            match (Decimal::read(left), Decimal::read(right)) {
                (Some(left), Some(right)) => Compared::Is(left.compare(&right)),
                _ => Compared::Unknown,
            }
        }
        (Text(left), Text(right)) => compare_texts(left, right),
        (Exact(left) | Text(left), Exact(right) | Text(right)) => match left == right {
            true => Compared::Is(Ordering::Equal),
            false => Compared::Different,
        },
        (Spelled(left) | Text(left), Spelled(right) | Text(right)) => match left == right {
            true => Compared::Is(Ordering::Equal),
            false => compare_times(left, right),
        },
        (Sometime(left, one), Sometime(right, other)) if left == right => Compared::Is(one.cmp(other)),
        (Fresh(left), Fresh(right)) => equal_or_different(left == right),
        (Fresh(_), Number(_) | Text(_) | Exact(_) | Spelled(_)) | (Number(_) | Text(_) | Exact(_) | Spelled(_), Fresh(_)) => {
            Compared::Different
        }
        (Object(_, left), Object(_, right)) => equal_or_different(left == right),
        // Other servers number otherwise; 0 is no object anywhere.
        (Object(_, object), Number(number)) | (Number(number), Object(_, object)) => match number.parse() {
            Ok(0u32) => equal_or_different(*object == 0),
            _ => Compared::Unknown,
        },
        (Other(Elsewhere::Number), Object(..)) | (Object(..), Other(Elsewhere::Number)) => Compared::Different,
        (Other(other), Text(name)) | (Text(name), Other(other)) => match may_be(run, *other, name) {
            true => Compared::Unknown,
            false => Compared::Different,
        },
        (Array(left), Array(right)) if left.len() == right.len() => {
            all(left.iter().zip(right).map(|(left, right)| compare(run, left, right)))
        }
        (Array(_), Array(_)) => Compared::Different,
        (Record(left), Record(right)) if left.len() == right.len() => {
            all(left.iter().zip(right).map(|((_, left), (_, right))| compare(run, left, right)))
        }
        _ => Compared::Unknown,
    }
}

const fn equal_or_different(equal: bool) -> Compared {
    if equal { Compared::Is(Ordering::Equal) } else { Compared::Different }
}

/// How rows compare whose parts compare so.
fn all(parts: impl Iterator<Item = Compared>) -> Compared {
    let mut result = Compared::Is(Ordering::Equal);
    for part in parts {
        match (result, part) {
            (Compared::Is(Ordering::Equal), part) => result = part,
            (Compared::Unknown | Compared::Null, Compared::Is(Ordering::Less | Ordering::Greater) | Compared::Different) => {
                return Compared::Different;
            }
            _ => {}
        }
    }
    result
}

/// Whether there may be something of a name that the history does not show.
fn may_be(run: &Run<'_>, other: Elsewhere, name: &str) -> bool {
    let target = run.world.target;
    match other {
        Elsewhere::Number => true,
        Elsewhere::Column(relation) => {
            let is_known = run.catalog.relation(relation).is_some_and(|relation| relation.column(name).is_some());
            !is_known && !run.catalog.is_column_gone(relation, name)
        }
        Elsewhere::Name(class, scope) if scope == Oid::PG_CATALOG => has(facts::system(), run, class, name) != Some(false),
        Elsewhere::Name(class, scope) if scope == Oid::INFORMATION_SCHEMA => {
            has(facts::system(), run, class, &format!("information_schema.{name}")) != Some(false)
        }
        Elsewhere::Name(Class::Schema, _) if name.starts_with("pg_") => {
            name.starts_with("pg_toast") || name.starts_with("pg_temp") || facts::system().has(NameKind::Schema, name, target)
        }
        // Whoever asks for a constraint by its name means the one that a file makes, if one does.
        Elsewhere::Name(Class::Constraint, _) => {
            (run.world.knowledge == Knowledge::Partial || run.catalog.has_unknown_extension())
                && !(run.world.creates)(Class::Constraint, name)
        }
        Elsewhere::Name(class, scope) => {
            let unique = !matches!(class, Class::Routine | Class::Trigger | Class::Policy);
            if unique && !run.catalog.named(class, scope, name).is_empty() {
                return false;
            }
            let extensions = run.catalog.extensions_in(scope);
            let brought = extensions.iter().any(|(_, facts)| has(facts, run, class, name) != Some(false));
            brought || run.catalog.has_unknown_extension() || run.may_assume_in(class, scope, name)
        }
    }
}

/// Whether facts say that there is something of this name, for classes that they tell of.
fn has(facts: &'static Facts, run: &Run<'_>, class: Class, name: &str) -> Option<bool> {
    let target = run.world.target;
    Some(match class {
        Class::Relation => facts.relation(name, target).is_some() || name.starts_with("pg_"),
        Class::Type => facts.type_named(name, target).is_some() || facts.relation(name, target).is_some(),
        Class::Routine => facts.functions(name, target).next().is_some(),
        _ => return None,
    })
}

/// Texts, of which the order depends on the collation unless all of them are small letters and digits.
pub(in crate::catalog) fn compare_texts(left: &str, right: &str) -> Compared {
    let order = left.cmp(right);
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if order == Ordering::Equal || (plain(left) && plain(right)) || shape(left).eq(shape(right)) {
        Compared::Is(order)
    } else {
        Compared::Different
    }
}

/// A text with each small letter and digit replaced, so that two of one shape compare character by character in any collation.
fn shape(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { 'x' } else { c })
}

/// Dates compare, and times of one form as they are written; whatever else is not equally spelled may be equal or not.
fn compare_times(left: &str, right: &str) -> Compared {
    if let (Some(left), Some(right)) = (Moment::read(left), Moment::read(right)) {
        return if apart(&left.date(), &right.date()) { Compared::Unknown } else { Compared::Is(left.compare(right)) };
    }
    const FORMS: &[&str] = &["99:99:99", "99:99"];
    let form = |text: &str| text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect::<String>();
    let (left_form, right_form) = (form(left), form(right));
    match left_form == right_form && FORMS.contains(&left_form.as_str()) {
        true => Compared::Is(left.cmp(right)),
        false => Compared::Unknown,
    }
}

/// What PostgreSQL reads as a boolean.
pub(in crate::catalog) fn boolean(text: &str) -> Option<bool> {
    let word = text.trim().to_ascii_lowercase();
    let is = |full: &str, least: usize| word.len() >= least && full.starts_with(&word);
    match () {
        () if is("true", 1) || is("yes", 1) || word == "on" || word == "1" => Some(true),
        () if is("false", 1) || is("no", 1) || is("off", 2) || word == "0" => Some(false),
        () => None,
    }
}

/// The values of a comparison that comes out so.
pub(super) fn holds(sign: &str, compared: Compared) -> Value {
    let order = match compared {
        Compared::Null => return Value::Null,
        Compared::Unknown => return Value::Unknown,
        Compared::Different => {
            return match sign {
                "=" => Value::Boolean(false),
                "<>" => Value::Boolean(true),
                _ => Value::NotNull,
            };
        }
        Compared::Is(order) => order,
    };
    Value::Boolean(match sign {
        "=" => order.is_eq(),
        "<>" => order.is_ne(),
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        ">=" => order.is_ge(),
        _ => return Value::Unknown,
    })
}

/// Whether a value is true, as a condition: NULL is not; nothing if that can't be told.
pub(in crate::catalog) fn is_true(value: &Value) -> Option<bool> {
    match value {
        Value::Boolean(is) => Some(*is),
        Value::Null => Some(false),
        Value::Text(text) => boolean(text),
        _ => None,
    }
}

/// NOT
pub(super) fn not(value: Value) -> Value {
    match value {
        Value::Boolean(is) => Value::Boolean(!is),
        Value::Text(text) => boolean(&text).map_or(Value::Unknown, |is| Value::Boolean(!is)),
        other => other,
    }
}

/// Whether two values are equal, NULLs too; nothing if that can't be told.
pub(in crate::catalog) fn same(run: &Run<'_>, left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Null, Value::Null) => Some(true),
        (Value::Null, Value::Unknown) | (Value::Unknown, Value::Null) => None,
        (Value::Null, _) | (_, Value::Null) => Some(false),
        _ => match compare(run, left, right) {
            Compared::Is(order) => Some(order.is_eq()),
            Compared::Different => Some(false),
            Compared::Null | Compared::Unknown => None,
        },
    }
}
