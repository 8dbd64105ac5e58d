//! Functions and operators of dates and times.

use std::sync::Arc;

use super::super::moment::{Interval, Moment, TODAY};
use super::super::{Value, arithmetic, number, text};
use crate::catalog::failure::{Result, Stop};

/// What a function gives whose arguments are not NULL; nothing if it is none of these, or if that can't be told.
///
/// # Errors
/// 22008 for a date that there is not.
pub(super) fn call(name: &str, arguments: &[Value]) -> Result<Option<Value>> {
    if let ("make_date", [year, month, day]) = (name, arguments)
        && let (Some(year @ 1..), Some(month), Some(day)) =
            (arithmetic::integer(year), arithmetic::integer(month), arithmetic::integer(day))
    {
        let written = format!("{year:04}-{month:02}-{day:02}");
        let missing = || Stop::fails("22008", format!("date field value out of range: {year}-{month:02}-{day:02}"), None);
        return spelled(&written).map(Some).ok_or_else(missing);
    }
    Ok(value_of(name, arguments))
}

fn value_of(name: &str, arguments: &[Value]) -> Option<Value> {
    match (name, arguments) {
        ("to_char", [value, Value::Text(format)]) => formatted(value, format).map(text),
        ("date_trunc", [Value::Text(field), value]) => truncated(field, value),
        ("date_part" | "extract", [Value::Text(field), value]) => part(field, value).map(number),
        ("to_date", [Value::Text(written), Value::Text(format)]) => {
            let digits: String = match &**format {
                "YYYYMMDD" if written.len() == 8 => format!("{}-{}-{}", written.get(..4)?, written.get(4..6)?, written.get(6..)?),
                "YYYY_MM_DD" => written.replace('_', "-"),
                "YYYY-MM-DD" => written.to_string(),
                _ => return None,
            };
            spelled(&digits)
        }
        _ => None,
    }
}

/// A date that there is.
fn spelled(written: &str) -> Option<Value> {
    let moment = Moment::read(written).filter(Moment::is_date)?;
    Some(Value::Spelled(moment.date().into()))
}

/// What `+`, `-` and `*` make of dates, times and spans of time; nothing of anything else, or if it can't be told.
pub(in crate::catalog::evaluate) fn calculate(sign: &str, left: &Value, right: &Value) -> Option<Value> {
    if let (Value::Spelled(span), Value::Number(_), "*") | (Value::Number(_), Value::Spelled(span), "*") = (left, right, sign) {
        let factor = i64::try_from(arithmetic::integer(left).or_else(|| arithmetic::integer(right))?).ok()?;
        return Some(Value::Spelled(Interval::read(span)?.times(factor).written().into()));
    }
    let factor = match sign {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    if let (Value::Spelled(_), Value::Sometime(..) | Value::Spelled(_), "+") = (left, right, sign)
        && moment(left).is_none()
        && interval(left).is_some()
    {
        return calculate("+", right, left);
    }
    match (left, right) {
        (Value::Sometime(when, days), _) => {
            let span = interval(right)?.times(factor);
            let later = TODAY.plus_days(i64::from(*days)).plus(span);
            let days = later.day_number() - TODAY.day_number();
            let name: Arc<str> = if span.micros == 0 { Arc::clone(when) } else { return None };
            Some(Value::Sometime(name, i32::try_from(days).ok()?))
        }
        (Value::Spelled(_), Value::Number(_)) => {
            let days = i64::try_from(arithmetic::integer(right)?).ok()?;
            Some(Value::Spelled(moment(left).filter(Moment::is_date)?.plus_days(days * factor).date().into()))
        }
        (Value::Spelled(_), Value::Spelled(_)) => match (moment(left)?, moment(right)) {
            (one, Some(other)) if sign == "-" && one.is_date() && other.is_date() => Some(number(one.day_number() - other.day_number())),
            (_, Some(_)) => None,
            (one, None) => Some(Value::Spelled(shown(one.plus(interval(right)?.times(factor))).into())),
        },
        _ => None,
    }
}

/// The moment that a value is; only where no zone but UTC plays a part.
fn moment(value: &Value) -> Option<Moment> {
    match value {
        Value::Spelled(text) => Moment::read(text).filter(|moment| matches!(moment.offset, None | Some(0))),
        _ => None,
    }
}

fn interval(value: &Value) -> Option<Interval> {
    match value {
        Value::Spelled(text) => Interval::read(text),
        _ => None,
    }
}

fn shown(moment: Moment) -> String {
    let zone = if moment.offset.is_some() { "+00" } else { "" };
    moment.shown() + zone
}

/// The day of a value, and its time if that is known.
fn day(value: &Value) -> Option<(Moment, bool)> {
    match value {
        Value::Sometime(_, days) => Some((TODAY.plus_days(i64::from(*days)), false)),
        value => moment(value).filter(|moment| moment.offset.is_none()).map(|moment| (moment, true)),
    }
}

/// `to_char`
fn formatted(value: &Value, format: &str) -> Option<String> {
    let (moment, has_time) = day(value)?;
    let (hour, minute, second) = (moment.seconds / 3600, moment.seconds / 60 % 60, moment.seconds % 60);
    let mut result = String::new();
    let mut rest = format;
    while let Some(next) = rest.chars().next() {
        let fields: [(&str, i64, usize, bool); 10] = [
            ("YYYY", moment.year, 4, true),
            ("YY", moment.year % 100, 2, true),
            ("MM", moment.month, 2, true),
            ("DDD", moment.day_number() - Moment { month: 1, day: 1, ..moment }.day_number() + 1, 3, true),
            ("DD", moment.day, 2, true),
            ("Q", (moment.month + 2) / 3, 1, true),
            ("HH24", hour, 2, has_time),
            ("MI", minute, 2, has_time),
            ("SS", second, 2, has_time),
            ("MS", moment.micros / 1000, 3, has_time),
        ];
        let upper = rest.to_ascii_uppercase();
        if let Some((field, value, width, is_known)) = fields.iter().find(|(field, ..)| upper.starts_with(field)) {
            if !is_known {
                return None;
            }
            result.push_str(&format!("{value:0width$}"));
            rest = &rest[field.len()..];
        } else if let Some(quoted) = rest.strip_prefix('"') {
            let (inside, after) = quoted.split_once('"')?;
            result.push_str(inside);
            rest = after;
        } else if next.is_alphabetic() || next == '\\' {
            return None;
        } else {
            result.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    Some(result)
}

/// `date_trunc`
fn truncated(field: &str, value: &Value) -> Option<Value> {
    let (whole, has_time) = day(value)?;
    let midnight = Moment { seconds: 0, micros: 0, has_time: true, ..whole };
    let field = field.to_ascii_lowercase();
    let moment = match field.as_str() {
        "year" => Moment { month: 1, day: 1, ..midnight },
        "quarter" => Moment { month: (whole.month - 1) / 3 * 3 + 1, day: 1, ..midnight },
        "month" => Moment { day: 1, ..midnight },
        "week" => midnight.plus_days(-weekday(whole)),
        "day" => midnight,
        "hour" if has_time => Moment { seconds: whole.seconds / 3600 * 3600, ..midnight },
        "minute" if has_time => Moment { seconds: whole.seconds / 60 * 60, ..midnight },
        "second" if has_time => Moment { seconds: whole.seconds, ..midnight },
        _ => return None,
    };
    Some(Value::Spelled(moment.shown().into()))
}

/// The days since Monday.
fn weekday(moment: Moment) -> i64 {
    const A_MONDAY: Moment = Moment { year: 2024, month: 1, day: 1, ..TODAY };
    (moment.day_number() - A_MONDAY.day_number()).rem_euclid(7)
}

/// `date_part`
fn part(field: &str, value: &Value) -> Option<i64> {
    let (moment, has_time) = day(value)?;
    Some(match field.to_ascii_lowercase().as_str() {
        "year" => moment.year,
        "quarter" => (moment.month + 2) / 3,
        "month" => moment.month,
        "day" => moment.day,
        "dow" => (weekday(moment) + 1) % 7,
        "isodow" => weekday(moment) + 1,
        "doy" => moment.day_number() - Moment { month: 1, day: 1, ..moment }.day_number() + 1,
        "hour" if has_time => moment.seconds / 3600,
        "minute" if has_time => moment.seconds / 60 % 60,
        _ => return None,
    })
}
