//! `||`: strings, arrays and their elements put together (manual, PostgreSQL 15, 9.4 and 9.19).
//!
//! NULL makes NULL of a string, and is nothing or an element beside an array. A NULL does not say what it would be, but what is written may.

use super::operator::result_of_unknown;
use super::{Value, function, text};
use crate::catalog::run::Run;
use crate::syntax::expression::{Constant, Expression, ExpressionKind as Kind};

/// What `||` gives between two operands as they are written.
pub(super) fn concatenated(run: &Run<'_>, left: (&Expression, Value), right: (&Expression, Value)) -> Value {
    let written = [left.0, right.0];
    match [left.1, right.1] {
        // Beside a constant of no type, an array stays what it is.
        [array @ Value::Array(_), Value::Null] | [Value::Null, array @ Value::Array(_)] if written.into_iter().any(is_null) => array,
        [Value::Null, other] | [other, Value::Null]
            if !matches!(other, Value::Array(_)) && written.into_iter().any(|operand| is_null(operand) || is_string(operand)) =>
        {
            Value::Null
        }
        [left, right] => concatenate(run, &left, &right),
    }
}

/// What `||` gives between two values.
pub(super) fn concatenate(run: &Run<'_>, left: &Value, right: &Value) -> Value {
    let shown = |value| super::text::shown(run, value);
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Value::Unknown,
        (Value::Array(left), Value::Array(right)) => Value::Array(left.iter().chain(right).cloned().collect()),
        (Value::Array(items), item @ (Value::Text(_) | Value::Number(_))) => Value::Array(items.iter().chain([item]).cloned().collect()),
        (item @ (Value::Text(_) | Value::Number(_)), Value::Array(items)) => {
            Value::Array([item].into_iter().chain(items).cloned().collect())
        }
        _ => match shown(left).zip(shown(right)) {
            Some((left, right)) => text(left + &right),
            None => result_of_unknown(&[left, right]),
        },
    }
}

/// A constant in quotes is an array beside one.
pub(super) fn beside(written: &Expression, value: Value, other: &Value) -> Value {
    match (&value, other) {
        (Value::Text(_), Value::Array(others)) if written.as_constant().is_some() => {
            let number = others.iter().any(|item| matches!(item, Value::Number(_)));
            let item = |item: Value| match item {
                Value::Text(digits) if number => Value::Number(digits),
                item => item,
            };
            function::elements(&value).map_or(Value::NotNull, |items| Value::Array(items.into_iter().map(item).collect()))
        }
        _ => value,
    }
}

fn is_null(operand: &Expression) -> bool {
    operand.as_constant() == Some(&Constant::Null)
}

/// Whether what stands beside it is a string, and so is what comes of both: it can't be an array, nor be put into one.
fn is_string(operand: &Expression) -> bool {
    match &operand.kind {
        Kind::Constant(Constant::String(text)) => !text.trim_start().starts_with(['{', '[']),
        Kind::Operator(operator) if operator.sign() == "||" => operator.left.iter().chain([&operator.right]).any(is_string),
        _ => false,
    }
}
