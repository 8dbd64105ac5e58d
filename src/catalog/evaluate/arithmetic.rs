//! Numbers in decimal digits: how they compare, and what comes of whole ones.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Value, number};

/// A decimal number: its sign, the digits before its point without leading zeros, those behind it without trailing ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decimal<'t> {
    negative: bool,
    whole: &'t str,
    fraction: &'t str,
}

impl<'t> Decimal<'t> {
    /// Reads `-12.50`; nothing with an exponent.
    pub(super) fn read(text: &'t str) -> Option<Decimal<'t>> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !plain(whole) || !plain(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        Some(Decimal { negative: negative && !(whole.is_empty() && fraction.is_empty()), whole, fraction })
    }

    /// The number without what does not count.
    pub(super) fn plain(&self) -> String {
        let whole = if self.whole.is_empty() { "0" } else { self.whole };
        let sign = if self.negative { "-" } else { "" };
        if self.fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{}", self.fraction) }
    }

    fn magnitude(&self, other: &Decimal<'_>) -> Ordering {
        let whole = self.whole.len().cmp(&other.whole.len()).then_with(|| self.whole.cmp(other.whole));
        whole.then_with(|| self.fraction.cmp(other.fraction))
    }

    /// How two compare.
    pub(super) fn compare(&self, other: &Decimal<'_>) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
        }
    }

    /// Its digits behind the point, rounded to `scale`, half away from zero, and written with exactly so many.
    pub(super) fn rounded(&self, scale: usize) -> Option<String> {
        let kept: String = self.fraction.chars().chain(std::iter::repeat('0')).take(scale).collect();
        let up = self.fraction.as_bytes().get(scale).is_some_and(|digit| *digit >= b'5');
        let all: i128 = format!("0{}{kept}", self.whole).parse().ok()?;
        let all = (all + i128::from(up)).to_string();
        let all = if all.len() <= scale { format!("{}{all}", "0".repeat(scale + 1 - all.len())) } else { all };
        let (whole, fraction) = all.split_at(all.len() - scale);
        let sign = if self.negative && all.bytes().any(|digit| digit != b'0') { "-" } else { "" };
        Some(if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
    }
}

/// A whole number.
pub(super) fn integer(value: &Value) -> Option<i128> {
    match value {
        Value::Number(text) => text.parse().ok(),
        _ => None,
    }
}

/// What an operator makes of two whole numbers; nothing where that depends on more than the numbers.
pub(super) fn calculate(sign: &str, left: &Value, right: &Value) -> Option<Value> {
    let (left, right) = (integer(left)?, integer(right)?);
    Some(number(match sign {
        "+" => left.checked_add(right)?,
        "-" => left.checked_sub(right)?,
        "*" => left.checked_mul(right)?,
        "/" => left.checked_div(right)?,
        "%" => left.checked_rem(right)?,
        "&" => left & right,
        "|" => left | right,
        _ => return None,
    }))
}

/// The number with the other sign.
pub(super) fn negated(value: &Value) -> Value {
    match value {
        Value::Number(text) => match text.strip_prefix('-') {
            Some(positive) => Value::Number(Arc::from(positive)),
            None if Decimal::read(text).is_some_and(|number| number.whole.is_empty() && number.fraction.is_empty()) => value.clone(),
            None => Value::Number(Arc::from(format!("-{text}"))),
        },
        Value::Null => Value::Null,
        Value::Unknown => Value::Unknown,
        _ => Value::NotNull,
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn decimals_are_rounded_as_numeric_is() {
        let rounded = |text: &str, scale| Decimal::read(text).and_then(|number| number.rounded(scale));
        assert_eq!(rounded("1.005", 2).as_deref(), Some("1.01"));
        assert_eq!(rounded("-0.5", 0).as_deref(), Some("-1"));
        assert_eq!(rounded("7", 2).as_deref(), Some("7.00"));
        assert_eq!(rounded("0.04", 1).as_deref(), Some("0.0"));
    }

    #[test]
    fn decimals_compare_by_value() {
        let compare = |a, b| Decimal::read(a).expect("a number").compare(&Decimal::read(b).expect("a number"));
        assert!(
            compare("10", "9").is_gt() && compare("-10", "9").is_lt() && compare("1.50", "01.5").is_eq() && compare("-2", "-1").is_lt()
        );
    }
}
