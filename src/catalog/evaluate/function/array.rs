//! Functions of arrays, and those that give several rows.

use super::super::cast::parse_array;
use super::super::compare::same;
use super::super::text::written;
use super::super::{Value, arithmetic, number, text};
use crate::catalog::failure::Result;
use crate::catalog::run::Run;

/// How many rows a series may have.
const MOST: i128 = 10_000;

/// The elements of an array; nothing if they can't be told.
pub(in crate::catalog::evaluate) fn elements(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Array(items) => Some(items.clone()),
        Value::Text(written) => parse_array(written),
        _ => None,
    }
}

/// What a function gives whose arguments are not NULL; nothing if it is none of these.
pub(super) fn call(run: &Run<'_>, name: &str, arguments: &[Value]) -> Result<Option<Value>> {
    let items = arguments.first().and_then(elements);
    Ok(Some(match (name, items, arguments) {
        ("array_length" | "array_upper", Some(items), [_, dimension]) => match arithmetic::integer(dimension) {
            Some(1) if items.is_empty() => Value::Null,
            Some(1) => number(items.len() as i128),
            _ => Value::Unknown,
        },
        ("array_lower", Some(items), [_, _]) => {
            if items.is_empty() {
                Value::Null
            } else {
                number(1)
            }
        }
        ("cardinality", Some(items), [_]) => number(items.len() as i128),
        ("array_length" | "array_upper" | "array_lower" | "cardinality", _, _) => Value::Unknown,
        ("string_to_array" | "regexp_split_to_array", _, [Value::Text(subject), Value::Text(separator), ..])
            if name == "string_to_array" =>
        {
            match (subject.is_empty(), separator.is_empty(), arguments.len()) {
                (true, _, 2) => Value::Array(Vec::new()),
                (false, false, 2) => Value::Array(subject.split(&**separator).map(text).collect()),
                _ => Value::NotNull,
            }
        }
        ("string_to_array" | "regexp_split_to_array", _, _) => Value::NotNull,
        _ => {
            let _ = run;
            return Ok(None);
        }
    }))
}

/// Functions that take NULL for an array or an element.
pub(super) fn lenient(run: &Run<'_>, name: &str, arguments: &[Value]) -> Result<Option<Value>> {
    let value = match (name, arguments) {
        ("array_append", [array, item]) | ("array_prepend", [item, array]) => match (array, elements(array)) {
            (Value::Null, _) => Value::Array(vec![item.clone()]),
            (_, Some(mut items)) => {
                items.insert(if name == "array_append" { items.len() } else { 0 }, item.clone());
                Value::Array(items)
            }
            _ => Value::NotNull,
        },
        ("array_cat", [left, right]) => match (left, right) {
            (Value::Null, other) | (other, Value::Null) => other.clone(),
            (Value::Array(left), Value::Array(right)) => Value::Array(left.iter().chain(right).cloned().collect()),
            _ => Value::Unknown,
        },
        ("array_to_string", [array, separator, rest @ ..]) => match (elements(array), separator) {
            _ if *array == Value::Null || *separator == Value::Null => Value::Null,
            (Some(items), Value::Text(separator)) => {
                let null = match rest.first() {
                    Some(Value::Text(null)) => Some(null.to_string()),
                    None | Some(Value::Null) => None,
                    Some(_) => return Ok(Some(Value::NotNull)),
                };
                let parts: Option<Vec<Option<String>>> = items
                    .iter()
                    .map(|item| match item {
                        Value::Null => Some(null.clone()),
                        item => written(run, item).map(Some),
                    })
                    .collect();
                parts.map_or(Value::NotNull, |parts| text(parts.into_iter().flatten().collect::<Vec<_>>().join(separator)))
            }
            _ => Value::NotNull,
        },
        ("array_position", [array, wanted]) => match elements(array) {
            Some(items) => {
                let mut found = Value::Null;
                for (at, item) in items.iter().enumerate() {
                    match same(run, item, wanted) {
                        Some(true) => {
                            found = number(at as i128 + 1);
                            break;
                        }
                        Some(false) => {}
                        None => {
                            found = Value::Unknown;
                            break;
                        }
                    }
                }
                found
            }
            None if *array == Value::Null => Value::Null,
            None => Value::Unknown,
        },
        ("array_remove", [array, unwanted]) => match elements(array) {
            Some(items) => {
                let kept: Option<Vec<Option<Value>>> =
                    items.into_iter().map(|item| same(run, &item, unwanted).map(|same| (!same).then_some(item))).collect();
                kept.map_or(Value::NotNull, |kept| Value::Array(kept.into_iter().flatten().collect()))
            }
            None if *array == Value::Null => Value::Null,
            None => Value::Unknown,
        },
        _ => Value::Unknown,
    };
    Ok(Some(value))
}

/// The values of `generate_series`; nothing if they can't be told.
pub(in crate::catalog::evaluate) fn series(arguments: &[Value]) -> Option<Vec<Value>> {
    let numbers: Vec<i128> = arguments.iter().map(arithmetic::integer).collect::<Option<_>>()?;
    let (from, to, step) = match numbers[..] {
        [from, to] => (from, to, 1),
        [from, to, step] if step != 0 => (from, to, step),
        _ => return None,
    };
    let count = ((to - from) / step + 1).max(0);
    let count = if (to - from).signum() * step.signum() < 0 { 0 } else { count };
    (count <= MOST).then(|| (0..count).map(|at| number(from + at * step)).collect())
}

/// The rows of a function that gives a set of single values: none of it if it is no such function, and in it nothing if they can't be told.
pub(in crate::catalog::evaluate) fn set(name: &str, arguments: &[Value]) -> Option<Option<Vec<Value>>> {
    match name {
        "unnest" => Some(match arguments {
            [Value::Null] => Some(Vec::new()),
            [array] => elements(array),
            _ => None,
        }),
        "generate_series" => Some(match arguments.contains(&Value::Null) {
            true => Some(Vec::new()),
            false => series(arguments),
        }),
        "string_to_table" => Some(match arguments {
            [Value::Text(subject), Value::Text(separator)] if !separator.is_empty() => {
                Some(subject.split(&**separator).map(text).collect())
            }
            _ => None,
        }),
        "generate_subscripts" => Some(match arguments {
            [array, _] => elements(array).map(|items| (1..=items.len() as i128).map(number).collect()),
            _ => None,
        }),
        "regexp_split_to_table"
        | "jsonb_array_elements"
        | "json_array_elements"
        | "jsonb_array_elements_text"
        | "json_array_elements_text"
        | "jsonb_object_keys"
        | "json_object_keys"
        | "regexp_matches" => Some(None),
        _ => None,
    }
}
