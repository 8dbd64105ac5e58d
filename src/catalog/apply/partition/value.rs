//! The values of bounds: constants, as PostgreSQL deparses them, and how they compare.
//!
//! Only what is a constant, or a cast of one, is evaluated; of anything else the value is not known.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::catalog::apply::Statement;
use crate::catalog::evaluate::moment::{Moment, apart};
use crate::catalog::evaluate::{Compared, compare_texts};
use crate::catalog::expression::analysis::{Place, Scope, expression, expression_as};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Type, TypeId, TypeUse};
use crate::catalog::rows::Value;
use crate::catalog::run::Run;
use crate::syntax::expression::{Constant, Expression, ExpressionKind, read, string};
use crate::syntax::tree::Expr;

/// The value of an expression as a value of a key's type, deparsed; none if it can't be told.
pub(super) fn evaluate(run: &mut Run<'_>, statement: Statement<'_>, written: Expr, ty: Option<&TypeUse>) -> Result<Option<Arc<str>>> {
    let scope = Scope::none(Place::PartitionBound);
    match ty {
        Some(ty) => expression_as(run, statement.text, written.span, &scope, ty)?,
        None => expression(run, statement.text, written.span, &scope)?,
    };
    let tree = read(&statement.text[written.span]);
    let Some(constant) = constant(&tree) else { return Ok(None) };
    if let (Constant::Number(number), Some(TypeUse { id: TypeId::BuiltIn(name @ ("int2" | "int4")), array: false, .. })) = (&constant, ty)
        && let Ok(value) = number.parse::<i128>()
    {
        let (word, max) = if *name == "int2" { ("smallint", i128::from(i16::MAX)) } else { ("integer", i128::from(i32::MAX)) };
        if value > max || value < -max - 1 {
            return Err(Stop::fails("22003", format!("{word} out of range"), written.span));
        }
    }
    Ok(ty.and_then(|ty| deparsed(run, &constant, ty)).map(Arc::from))
}

/// Whether a text is nothing but a constant.
pub(super) fn is_constant(text: &str) -> bool {
    constant(&read(text)).is_some()
}

fn constant(tree: &Expression) -> Option<Constant> {
    match &tree.kind {
        ExpressionKind::Constant(constant) => Some(constant.clone()),
        ExpressionKind::Cast(value, ty) if ty.modifiers.is_empty() && ty.array_dimensions == 0 => match constant(value)? {
            // A text keeps its meaning only if the type that it is cast to says no more than the key's.
            text @ Constant::String(_) => Some(text),
            number @ Constant::Number(_) => {
                let name = ty.name.last().map(String::as_str);
                matches!(name, Some("int2" | "int4" | "int8" | "numeric")).then_some(number)
            }
            other => Some(other),
        },
        ExpressionKind::Operator(operator) if operator.left.is_none() && operator.sign() == "-" => match constant(&operator.right)? {
            Constant::Number(number) => Some(Constant::Number(match number.strip_prefix('-') {
                Some(positive) => positive.to_owned(),
                None => format!("-{number}"),
            })),
            _ => None,
        },
        _ => None,
    }
}

/// A constant of a type as `pg_get_expr` writes it.
fn deparsed(run: &Run<'_>, constant: &Constant, ty: &TypeUse) -> Option<String> {
    if *constant == Constant::Null {
        return Some("NULL".to_owned());
    }
    if ty.array {
        return None;
    }
    let text = match constant {
        Constant::String(text) | Constant::Number(text) => text.clone(),
        Constant::Boolean(is) => is.to_string(),
        Constant::Null | Constant::Bits(_) => return None,
    };
    let name = match ty.id {
        TypeId::BuiltIn(name) => name,
        TypeId::User(oid) => {
            return match run.catalog.get(oid)?.ty()? {
                Type::Enum(_) => Some(string(&text)),
                _ => None,
            };
        }
    };
    let trimmed = text.trim();
    match name {
        "int2" | "int4" | "int8" => {
            let number = trimmed.parse::<i64>().ok()?;
            Some(if name == "int4" && number >= 0 { number.to_string() } else { format!("'{number}'") })
        }
        "numeric" if ty.modifier.is_none() => {
            let plain = trimmed.strip_prefix('-').unwrap_or(trimmed).bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            if !plain || trimmed.starts_with('.') || trimmed.ends_with('.') {
                return None;
            }
            let bare = trimmed.starts_with(|c: char| c.is_ascii_digit()) && trimmed.contains('.');
            Some(if bare { trimmed.to_owned() } else { format!("'{trimmed}'") })
        }
        "text" => Some(string(&text)),
        "varchar" => {
            let limit = ty.modifier.as_ref().and_then(|modifier| modifier.parse::<usize>().ok());
            (limit.is_none_or(|limit| text.chars().count() <= limit)).then(|| string(&text))
        }
        "bool" => match trimmed.to_ascii_lowercase().as_str() {
            "t" | "true" | "yes" | "on" | "1" | "y" => Some("true".to_owned()),
            "f" | "false" | "no" | "off" | "0" | "n" => Some("false".to_owned()),
            _ => None,
        },
        "bytea" => {
            let digits = trimmed.strip_prefix("\\x")?;
            let is_hex = digits.len() % 2 == 0 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_hex.then(|| format!("'\\x{}'", digits.to_ascii_lowercase()))
        }
        "uuid" => {
            let digits: String = trimmed.chars().filter(char::is_ascii_hexdigit).map(|digit| digit.to_ascii_lowercase()).collect();
            (digits.len() == 32)
                .then(|| format!("'{}-{}-{}-{}-{}'", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]))
        }
        "date" => Moment::read(trimmed).filter(|moment| moment.is_date()).map(|moment| format!("'{}'", moment.date())),
        "timestamp" => Moment::read(trimmed).filter(|moment| moment.offset.is_none()).map(|moment| format!("'{}'", moment.shown())),
        // Without an offset it is a time of the session's zone, which is the server's: the one in which PostgreSQL shows it again.
        "timestamptz" if !run.session.settings.others.contains_key("timezone") => {
            Moment::read(trimmed).map(|moment| format!("'{}+00'", moment.in_utc().shown()))
        }
        _ => None,
    }
}

/// A value to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Datum {
    Null,
    Number(String),
    /// Its texts compare as the values do.
    Ordered(String),
    /// The place of an enum's label.
    Place(usize),
    /// Equal values have equal texts; the order is a collation's.
    Text(String),
    Unknown,
}

impl Datum {
    /// Reads a deparsed value.
    pub(super) fn read(run: &Run<'_>, deparsed: &str, ty: Option<&TypeUse>) -> Datum {
        if deparsed == "NULL" {
            return Datum::Null;
        }
        let bare = deparsed.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
        let text = bare.map_or_else(|| deparsed.to_owned(), |text| text.replace("''", "'"));
        let Some(ty) = ty else { return Datum::Unknown };
        match ty.id {
            TypeId::BuiltIn("int2" | "int4" | "int8" | "numeric") => Datum::Number(text),
            TypeId::BuiltIn("date" | "timestamp" | "timestamptz" | "uuid" | "bool" | "bytea") => Datum::Ordered(text),
            TypeId::BuiltIn("text" | "varchar") => Datum::Text(text),
            TypeId::BuiltIn(_) => Datum::Unknown,
            TypeId::User(oid) => match run.catalog.get(oid).and_then(|object| object.ty()) {
                Some(Type::Enum(labels)) => labels.iter().position(|label| *label.text == *text).map_or(Datum::Unknown, Datum::Place),
                _ => Datum::Unknown,
            },
        }
    }

    /// The value of a row as one of a key's type.
    pub(super) fn of(run: &Run<'_>, value: &Value, ty: Option<&TypeUse>) -> Datum {
        let Some(ty) = ty else { return Datum::Unknown };
        let written = match value {
            Value::Null => Constant::Null,
            Value::Boolean(is) => Constant::Boolean(*is),
            Value::Number(text) | Value::Text(text) | Value::Exact(text) | Value::Spelled(text) => Constant::String(text.to_string()),
            _ => return Datum::Unknown,
        };
        deparsed(run, &written, ty).map_or(Datum::Unknown, |deparsed| Datum::read(run, &deparsed, Some(ty)))
    }

    pub(super) fn equals(&self, other: &Datum) -> Option<bool> {
        match (self, other) {
            (Datum::Null, Datum::Null) => Some(true),
            (Datum::Null, _) | (_, Datum::Null) => Some(false),
            (Datum::Text(a), Datum::Text(b)) => Some(a == b),
            _ => self.compare(other).map(|order| order == Ordering::Equal),
        }
    }

    pub(super) fn compare(&self, other: &Datum) -> Option<Ordering> {
        match (self, other) {
            (Datum::Number(a), Datum::Number(b)) => compare_numbers(a, b),
            (Datum::Ordered(a), Datum::Ordered(b)) if apart(a, b) => None,
            (Datum::Ordered(a), Datum::Ordered(b)) => Some(a.cmp(b)),
            (Datum::Place(a), Datum::Place(b)) => Some(a.cmp(b)),
            (Datum::Text(a), Datum::Text(b)) => match compare_texts(a, b) {
                Compared::Is(order) => Some(order),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Compares decimal numbers of any size.
fn compare_numbers(a: &str, b: &str) -> Option<Ordering> {
    let parts = |text: &str| -> Option<(bool, String, String)> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0').to_owned(), fraction.trim_end_matches('0').to_owned());
        let zero = whole.is_empty() && fraction.is_empty();
        Some((negative && !zero, whole, fraction))
    };
    let ((negative_a, whole_a, fraction_a), (negative_b, whole_b, fraction_b)) = (parts(a)?, parts(b)?);
    if negative_a != negative_b {
        return Some(if negative_a { Ordering::Less } else { Ordering::Greater });
    }
    let size = whole_a.len().cmp(&whole_b.len()).then_with(|| whole_a.cmp(&whole_b)).then_with(|| fraction_a.cmp(&fraction_b));
    Some(if negative_a { size.reverse() } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_by_value() {
        assert_eq!(compare_numbers("10", "9"), Some(Ordering::Greater));
        assert_eq!(compare_numbers("-10", "-9.5"), Some(Ordering::Less));
        assert_eq!(compare_numbers("-0", "0.0"), Some(Ordering::Equal));
        assert_eq!(compare_numbers("1e3", "1"), None);
    }
}
