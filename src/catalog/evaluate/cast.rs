//! Casts: the value that a value becomes as one of another type, and what of it PostgreSQL refuses.

use std::sync::Arc;

use super::arithmetic::{Decimal, integer};
use super::compare::boolean;
use super::moment::{self, Moment, TODAY};
use super::text::shown;
use super::{Evaluator, Head, Value, number, objects, text};
use crate::catalog::Oid;
use crate::catalog::expression::canonical::current_text;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{ConstraintKind, Type, TypeId, TypeUse};
use crate::catalog::object::{Class, Object};
use crate::catalog::rows::Reference;
use crate::catalog::run::Run;
use crate::catalog::types::format_type;
use crate::syntax::expression::read;

/// The characters of `2024-01-31 12:30:00`: no time of a day is written in fewer.
const SHORTEST_TIME: usize = 19;

/// Who asks for a cast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalog) enum Cast {
    /// `a::t`, which cuts what is too long.
    Explicit,
    /// A column or variable that gets a value.
    Assignment,
}

/// A value as one of type `ty`.
///
/// # Errors
/// What the type's input function or the cast raises: 22P02, 22003, 22001, 42P01; 23502 and 23514 of a domain.
pub(in crate::catalog) fn cast(run: &mut Run<'_>, value: Value, ty: &TypeUse, how: Cast) -> Result<Value> {
    if ty.array {
        return array(run, value, ty, how);
    }
    match ty.id {
        TypeId::User(oid) => user(run, value, oid, how),
        TypeId::BuiltIn(name) => match value {
            Value::Null => Ok(Value::Null),
            Value::Unknown => Ok(Value::Unknown),
            value => built_in(run, value, name, ty.modifier.as_deref(), how),
        },
    }
}

fn invalid(shown: &str, text: &str) -> Stop {
    Stop::fails("22P02", format!("invalid input syntax for type {shown}: \"{text}\""), None)
}

fn built_in(run: &mut Run<'_>, value: Value, name: &'static str, modifier: Option<&str>, how: Cast) -> Result<Value> {
    match name {
        "uuid" | "text" | "varchar" if matches!(value, Value::Fresh(_)) => Ok(value),
        "bool" => Ok(match value {
            Value::Text(text) => Value::Boolean(boolean(&text).ok_or_else(|| invalid("boolean", &text))?),
            Value::Number(_) => integer(&value).map_or(Value::NotNull, |number| Value::Boolean(number != 0)),
            Value::Boolean(_) => value,
            _ => Value::NotNull,
        }),
        "int2" | "int4" | "int8" => whole(value, name),
        "numeric" => decimal(value, modifier),
        "float4" | "float8" => Ok(match value {
            Value::Number(digits) | Value::Text(digits) => match Decimal::read(&digits) {
                Some(number) => Value::Number(Arc::from(number.plain())),
                None => Value::Spelled(digits),
            },
            _ => Value::NotNull,
        }),
        "text" | "varchar" | "bpchar" | "name" | "char" => string(run, &value, name, modifier, how),
        "uuid" => match value {
            Value::Text(text) => uuid(&text),
            Value::Exact(_) => Ok(value),
            _ => Ok(Value::NotNull),
        },
        "regclass" => reference(run, value, Reference::Class),
        "regtype" => reference(run, value, Reference::Type),
        "regnamespace" => reference(run, value, Reference::Namespace),
        "regproc" => reference(run, value, Reference::Routine),
        "regprocedure" => reference(run, value, Reference::Procedure),
        "regrole" => reference(run, value, Reference::Role),
        "oid" => Ok(match value {
            Value::Object(_, number) => Value::Object(Reference::Oid, number),
            Value::Text(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Value::Number(digits),
            Value::Number(_) | Value::Elsewhere(_) => value,
            _ => Value::NotNull,
        }),
        "date" | "timestamp" | "timestamptz" => time(run, &value, name, modifier),
        "time" | "timetz" => Ok(match value {
            Value::Text(text) if begins_with_digit(&text) => spelled(text.trim()),
            _ => Value::NotNull,
        }),
        "record" | "any" | "anyelement" | "unknown" | "cstring" => Ok(value),
        "json" | "jsonb" => Ok(match value {
            Value::Text(text) if super::json::is_valid(&text) => Value::Spelled(text),
            Value::Text(_) => return Err(Stop::fails("22P02", "invalid input syntax for type json", None)),
            _ => Value::NotNull,
        }),
        _ => Ok(match value {
            Value::Text(text) => Value::Spelled(text),
            Value::Spelled(_) => Value::NotNull,
            other => match other {
                Value::Record(_) => other,
                _ => Value::NotNull,
            },
        }),
    }
}

fn begins_with_digit(text: &str) -> bool {
    text.trim().bytes().next().is_some_and(|byte| byte.is_ascii_digit())
}

/// A date, or a date with a time.
fn time(run: &Run<'_>, value: &Value, name: &'static str, modifier: Option<&str>) -> Result<Value> {
    let (text, is_time) = match value {
        Value::Sometime(_, days) if name == "date" => return Ok(spelled(&TODAY.plus_days(i64::from(*days)).date())),
        Value::Sometime(..) if name == "timestamptz" => return Ok(value.clone()),
        Value::Sometime(when, days) => return Ok(Value::Sometime(format!("local {when}").into(), *days)),
        Value::Text(text) if moment::says_none(text) => {
            let shown = format_type(&run.catalog, &TypeUse::built_in(name));
            return Err(Stop::fails("22007", format!("invalid input syntax for type {shown}: \"{text}\""), None));
        }
        Value::Text(text) => (text.trim(), false),
        Value::Spelled(text) => (&**text, true),
        _ => return Ok(Value::NotNull),
    };
    // What says when it is said is another value each time, but for its day.
    let days = match text {
        "today" => Some(0),
        "tomorrow" => Some(1),
        "yesterday" => Some(-1),
        "now" if name == "date" => Some(0),
        _ => None,
    };
    let read = match days {
        Some(days) => Some(TODAY.plus_days(days)),
        None => Moment::read(text),
    };
    let plain_zone = !run.session.settings.others.contains_key("timezone");
    Ok(match (read, name) {
        // A time of some zone falls on a day that hangs on the session's.
        (Some(moment), "date") if !is_time || moment.offset.is_none() => spelled(&moment.date()),
        (Some(moment), "timestamp") if modifier.is_none() && (!is_time || moment.offset.is_none()) => spelled(&moment.shown()),
        (Some(moment), "timestamptz") if modifier.is_none() && plain_zone => spelled(&(moment.in_utc().shown() + "+00")),
        (_, "timestamptz") if is_time => value.clone(),
        _ if begins_with_digit(text) && !is_time => spelled(text),
        _ => Value::NotNull,
    })
}

fn spelled(text: &str) -> Value {
    Value::Spelled(Arc::from(text))
}

fn whole(value: Value, name: &str) -> Result<Value> {
    let (shown, min, max) = match name {
        "int2" => ("smallint", i128::from(i16::MIN), i128::from(i16::MAX)),
        "int4" => ("integer", i128::from(i32::MIN), i128::from(i32::MAX)),
        _ => ("bigint", i128::from(i64::MIN), i128::from(i64::MAX)),
    };
    let found: i128 = match &value {
        Value::Number(digits) => match Decimal::read(digits).and_then(|decimal| decimal.rounded(0)) {
            Some(rounded) => match rounded.parse() {
                Ok(found) => found,
                Err(_) => return Err(Stop::fails("22003", format!("{shown} out of range"), None)),
            },
            None => return Ok(Value::NotNull),
        },
        Value::Text(text) => {
            let digits = text.trim();
            let plain = digits.strip_prefix(['+', '-']).unwrap_or(digits);
            match digits.parse() {
                Ok(found) if plain.bytes().all(|byte| byte.is_ascii_digit()) => found,
                _ if plain.starts_with('0') || plain.contains('_') => return Ok(Value::NotNull),
                _ => return Err(invalid(shown, text)),
            }
        }
        Value::Boolean(is) => i128::from(*is),
        _ => return Ok(Value::NotNull),
    };
    match (min..=max).contains(&found) {
        true => Ok(number(found)),
        false => match &value {
            Value::Text(text) => Err(Stop::fails("22003", format!("value \"{text}\" is out of range for type {shown}"), None)),
            _ => Err(Stop::fails("22003", format!("{shown} out of range"), None)),
        },
    }
}

fn decimal(value: Value, modifier: Option<&str>) -> Result<Value> {
    let digits = match &value {
        Value::Number(digits) | Value::Text(digits) => digits,
        _ => return Ok(Value::NotNull),
    };
    let Some(found) = Decimal::read(digits) else {
        let plain = digits.trim().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-._".contains(&byte));
        return if plain && !digits.trim().is_empty() { Ok(Value::NotNull) } else { Err(invalid("numeric", digits)) };
    };
    let Some(modifier) = modifier else { return Ok(Value::Number(Arc::from(digits.trim()))) };
    let (precision, scale) = modifier.split_once(',').unwrap_or((modifier, "0"));
    let (Ok(precision), Ok(scale)) = (precision.parse::<usize>(), scale.parse::<usize>()) else { return Ok(Value::NotNull) };
    let Some(rounded) = found.rounded(scale) else { return Ok(Value::NotNull) };
    let before = rounded.trim_start_matches('-').split('.').next().unwrap_or_default().trim_start_matches('0').len();
    match before > precision.saturating_sub(scale) {
        true => Err(Stop::fails("22003", "numeric field overflow", None)),
        false => Ok(Value::Number(Arc::from(rounded))),
    }
}

fn string(run: &Run<'_>, value: &Value, name: &str, modifier: Option<&str>, how: Cast) -> Result<Value> {
    let length = modifier.and_then(|modifier| modifier.parse::<usize>().ok());
    let Some(found) = shown(run, value) else {
        if matches!(value, Value::Sometime(..)) && how == Cast::Assignment && length.is_some_and(|length| length < SHORTEST_TIME) {
            return Err(too_long(name, length));
        }
        return Ok(if matches!(value, Value::Elsewhere(_)) { value.clone() } else { Value::NotNull });
    };
    let limit = match name {
        "name" => {
            let mut end = found.len().min(63);
            while !found.is_char_boundary(end) {
                end -= 1;
            }
            return Ok(text(&found[..end]));
        }
        "char" => return Ok(text(found.chars().take(1).collect::<String>())),
        _ => length,
    };
    let found = match limit {
        Some(limit) if found.chars().count() > limit => {
            let kept: String = found.chars().take(limit).collect();
            let cut_blanks = found.chars().skip(limit).all(|c| c == ' ');
            if how == Cast::Assignment && !cut_blanks {
                return Err(too_long(name, Some(limit)));
            }
            kept
        }
        _ => found,
    };
    // Blanks at the end of `character` count for nothing.
    Ok(text(if name == "bpchar" { found.trim_end_matches(' ') } else { &found }))
}

fn too_long(name: &str, length: Option<usize>) -> Stop {
    let word = if name == "bpchar" { "character" } else { "character varying" };
    Stop::fails("22001", format!("value too long for type {word}({})", length.unwrap_or_default()), None)
}

fn uuid(written: &str) -> Result<Value> {
    let digits: String = written.chars().filter(char::is_ascii_hexdigit).map(|digit| digit.to_ascii_lowercase()).collect();
    let plain = written.trim().bytes().all(|byte| byte.is_ascii_hexdigit() || b"-{}".contains(&byte));
    if digits.len() != 32 || !plain {
        return Err(invalid("uuid", written));
    }
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    Ok(Value::Exact(Arc::from(parts.join("-"))))
}

fn reference(run: &mut Run<'_>, value: Value, to: Reference) -> Result<Value> {
    match value {
        Value::Object(_, number) => Ok(Value::Object(to, number)),
        Value::Text(name) if name.bytes().all(|byte| byte.is_ascii_digit()) && !name.is_empty() => Ok(Value::NotNull),
        Value::Text(name) => match objects::find(run, to, &name)? {
            Some(Some(number)) => Ok(Value::Object(to, number)),
            Some(None) => {
                let (sqlstate, noun) = match to {
                    Reference::Class => ("42P01", "relation"),
                    Reference::Type => ("42704", "type"),
                    Reference::Namespace => ("3F000", "schema"),
                    Reference::Routine | Reference::Procedure => ("42883", "function"),
                    Reference::Role => ("42704", "role"),
                    Reference::Oid => return Ok(Value::NotNull),
                };
                Err(Stop::fails(sqlstate, format!("{noun} \"{name}\" does not exist"), None))
            }
            None => Ok(Value::NotNull),
        },
        Value::Elsewhere(_) => Ok(value),
        _ => Ok(Value::NotNull),
    }
}

fn array(run: &mut Run<'_>, value: Value, ty: &TypeUse, how: Cast) -> Result<Value> {
    let element = TypeUse { array: false, ..ty.clone() };
    let items = match value {
        Value::Null => return Ok(Value::Null),
        Value::Unknown => return Ok(Value::Unknown),
        Value::Array(items) => items,
        Value::Text(written) => match parse_array(&written) {
            Some(items) => items,
            None if written.trim_start().starts_with(['{', '[']) => return Ok(Value::NotNull),
            None => return Err(Stop::fails("22P02", format!("malformed array literal: \"{written}\""), None)),
        },
        _ => return Ok(Value::NotNull),
    };
    let items = items.into_iter().map(|item| match item {
        Value::Array(_) => Ok(item),
        item => cast(run, item, &element, how),
    });
    Ok(Value::Array(items.collect::<Result<_>>()?))
}

/// The elements of `{a,"b c",NULL}`; nothing of one with several dimensions.
pub(super) fn parse_array(written: &str) -> Option<Vec<Value>> {
    let inner = written.trim().strip_prefix('{')?.strip_suffix('}')?;
    let mut items = Vec::new();
    if inner.trim().is_empty() {
        return Some(items);
    }
    let mut chars = inner.chars().peekable();
    loop {
        while chars.next_if(|c| c.is_whitespace()).is_some() {}
        let mut item = String::new();
        let quoted = chars.next_if_eq(&'"').is_some();
        loop {
            match chars.peek() {
                Some('"') if quoted => {
                    chars.next();
                    break;
                }
                Some('\\') => {
                    chars.next();
                    item.push(chars.next()?);
                }
                Some(',') | None if !quoted => break,
                Some('{' | '}' | '"') if !quoted => return None,
                Some(_) => item.extend(chars.next()),
                None => return None,
            }
        }
        while chars.next_if(|c| c.is_whitespace()).is_some() {}
        items.push(match quoted {
            true => text(item),
            false if item.trim().eq_ignore_ascii_case("null") => Value::Null,
            false => text(item.trim_end()),
        });
        match chars.next() {
            Some(',') => {}
            Some(_) => return None,
            None => return Some(items),
        }
    }
}

fn user(run: &mut Run<'_>, value: Value, oid: Oid, how: Cast) -> Result<Value> {
    let found = run.catalog.get(oid).and_then(Object::ty).cloned();
    match found {
        Some(Type::Domain(domain)) => {
            let base = match &domain.base {
                Some(base) => cast(run, value, base, how)?,
                None => value,
            };
            domain_checks(run, oid, &base, domain.not_null)?;
            Ok(base)
        }
        Some(Type::Enum(labels)) => Ok(match value {
            Value::Null | Value::Unknown | Value::Exact(_) => value,
            Value::Text(label) if labels.iter().any(|known| known.text == label) => Value::Exact(label),
            Value::Text(label) => {
                let name = run.catalog.get(oid).map(|object| object.name.to_string()).unwrap_or_default();
                return Err(Stop::fails("22P02", format!("invalid input value for enum {name}: \"{label}\""), None));
            }
            _ => Value::NotNull,
        }),
        _ => Ok(match value {
            Value::Null | Value::Unknown | Value::Record(_) => value,
            Value::Text(text) => Value::Spelled(text),
            _ => Value::NotNull,
        }),
    }
}

/// Whether a value fulfils what a domain demands.
fn domain_checks(run: &mut Run<'_>, domain: Oid, value: &Value, not_null: bool) -> Result {
    let name = run.catalog.get(domain).map(|object| object.name.to_string()).unwrap_or_default();
    if not_null && *value == Value::Null {
        return Err(Stop::fails("23502", format!("domain {name} does not allow null values"), None));
    }
    let parts = run.catalog.parts(domain, Class::Constraint);
    let checks = parts.filter_map(|(_, object)| match &object.constraint()?.kind {
        ConstraintKind::Check(check) => Some((Arc::clone(&object.name), check.clone())),
        _ => None,
    });
    for (constraint, check) in checks.collect::<Vec<_>>() {
        let head = Head::new(None, vec![Arc::from("value")]);
        let row = [(std::rc::Rc::new(head), vec![value.clone()].into())];
        let tree = read(&current_text(&run.catalog, &check));
        match Evaluator::new(run).value_in(&row, &tree)? {
            Value::Boolean(true) | Value::Null => {}
            Value::Boolean(false) => {
                let message = format!("value for domain {name} violates check constraint \"{constraint}\"");
                return Err(Stop::fails("23514", message, None));
            }
            _ => return Err(Stop::unknown(format!("it can't be told whether a value fulfils the domain {name}"), None)),
        }
    }
    Ok(())
}
