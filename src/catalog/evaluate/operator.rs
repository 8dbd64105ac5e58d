//! Operators on values.

use super::compare::{compare, holds};
use super::{Value, arithmetic};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::rows::Elsewhere;
use crate::catalog::run::Run;

/// What an operator makes of its operands.
///
/// # Errors
/// 22012 for a division by zero.
pub(super) fn apply(run: &Run<'_>, sign: &str, left: Option<&Value>, right: &Value) -> Result<Value> {
    let Some(left) = left else {
        return Ok(match sign {
            "-" => arithmetic::negated(right),
            "+" => right.clone(),
            _ => result_of_unknown(&[right]),
        });
    };
    match sign {
        "=" | "<>" | "<" | "<=" | ">" | ">=" => return Ok(holds(sign, compare(run, left, right))),
        _ if *left == Value::Null || *right == Value::Null => {
            // Only what puts arrays together is not strict.
            return Ok(if sign == "||" { super::concatenate::concatenate(run, left, right) } else { Value::Null });
        }
        "/" | "%" if arithmetic::integer(right) == Some(0) && !matches!(left, Value::Unknown) => {
            return Err(Stop::fails("22012", "division by zero", None));
        }
        "+" | "-" | "*" | "/" | "%" | "&" | "|" => {
            if let Some(result) = arithmetic::calculate(sign, left, right).or_else(|| super::function::calculate_time(sign, left, right)) {
                return Ok(result);
            }
        }
        "||" => return Ok(super::concatenate::concatenate(run, left, right)),
        "~~" | "!~~" | "~~*" | "!~~*" => {
            if let (Some(subject), Value::Text(pattern)) = (subject(left), right) {
                let fold = sign.ends_with('*');
                let is = if fold { like(&subject.to_lowercase(), &pattern.to_lowercase()) } else { like(subject, pattern) };
                return Ok(Value::Boolean(is != sign.starts_with('!')));
            }
            if let (Value::Elsewhere(Elsewhere::Name(_, scope)), Value::Text(pattern)) = (left, right) {
                return Ok(super::system::pattern_of_others(*scope, pattern, sign.starts_with('!')));
            }
        }
        "~" | "!~" | "~*" | "!~*" => {
            if let (Some(subject), Value::Text(pattern)) = (subject(left), right)
                && let Some(is) = super::function::matches(subject, pattern, sign.ends_with('*'))
            {
                return Ok(Value::Boolean(is != sign.starts_with('!')));
            }
        }
        "->" | "->>" => return Ok(super::json::part(left, right, sign)),
        // Of what is there, these may give nothing: a part of a document, a place where lines meet.
        "#>" | "#>>" | "@@" | "@?" | "#" | "##" | "?@" | "?~" | "?@>" | "?<@" | "?^@" => return Ok(Value::Unknown),
        "@>" | "<@" | "&&" => {
            if let (Value::Array(left), Value::Array(right)) = (left, right) {
                return Ok(arrays(run, sign, left, right));
            }
        }
        _ => {}
    }
    Ok(result_of_unknown(&[left, right]))
}

/// The value of an operator of which no more can be told than that it is not null: all built-in ones are strict, and few give NULL for
/// anything else.
pub(super) fn result_of_unknown(operands: &[&Value]) -> Value {
    match operands.iter().any(|value| matches!(value, Value::Unknown)) {
        true => Value::Unknown,
        false => Value::NotNull,
    }
}

/// The text of a value that patterns are matched with.
fn subject(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) | Value::Exact(text) => Some(text),
        _ => None,
    }
}

fn arrays(run: &Run<'_>, sign: &str, left: &[Value], right: &[Value]) -> Value {
    let holds = |item: &Value, of: &[Value]| {
        let found: Vec<Option<bool>> = of.iter().map(|other| compare(run, item, other).is_equal()).collect();
        if found.contains(&Some(true)) {
            Some(true)
        } else if found.contains(&None) {
            None
        } else {
            Some(false)
        }
    };
    let all = |items: &[Value], of: &[Value]| {
        let found: Vec<Option<bool>> = items.iter().map(|item| holds(item, of)).collect();
        if found.contains(&Some(false)) {
            Some(false)
        } else if found.contains(&None) {
            None
        } else {
            Some(true)
        }
    };
    let result = match sign {
        "@>" => all(right, left),
        "<@" => all(left, right),
        _ => {
            let found: Vec<Option<bool>> = left.iter().map(|item| holds(item, right)).collect();
            if found.contains(&Some(true)) {
                Some(true)
            } else if found.contains(&None) {
                None
            } else {
                Some(false)
            }
        }
    };
    result.map_or(Value::NotNull, Value::Boolean)
}

/// Whether a text is like a pattern of LIKE, with the backslash as its escape.
pub(super) fn like(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) = (text.chars().collect(), pattern.chars().collect());
    let (mut at, mut in_pattern) = (0, 0);
    // Where to go on if what follows the last `%` does not match here.
    let mut retry: Option<(usize, usize)> = None;
    while at < text.len() {
        let matched = match pattern.get(in_pattern) {
            Some('%') => {
                retry = Some((at, in_pattern + 1));
                in_pattern += 1;
                continue;
            }
            Some('_') => Some(1),
            Some('\\') => pattern.get(in_pattern + 1).filter(|c| **c == text[at]).map(|_| 2),
            Some(c) if *c == text[at] => Some(1),
            _ => None,
        };
        match (matched, retry) {
            (Some(length), _) => {
                at += 1;
                in_pattern += length;
            }
            (None, Some((from, next))) => {
                retry = Some((from + 1, next));
                (at, in_pattern) = (from + 1, next);
            }
            (None, None) => return false,
        }
    }
    pattern[in_pattern..].iter().all(|c| *c == '%')
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn patterns_of_like() {
        assert!(like("tmp_a", "tmp\\_%") && like("abc", "a_c") && like("abc", "%") && like("", "%") && like("a.b.c", "%.c"));
        assert!(!like("tmpXa", "tmp\\_%") && !like("abc", "ab") && !like("", "_") && like("aab", "%ab"));
    }
}
