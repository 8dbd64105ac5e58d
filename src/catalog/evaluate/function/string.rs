//! Functions of texts.

use super::super::text::{identifier, literal, shown, written};
use super::super::{Value, arithmetic, number, text};
use super::pattern;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::run::Run;

/// What a function gives whose arguments are not NULL; nothing if it is none of these.
pub(super) fn call(run: &Run<'_>, name: &str, arguments: &[Value]) -> Result<Option<Value>> {
    const ALL: &[&str] = &[
        "lower",
        "upper",
        "length",
        "char_length",
        "character_length",
        "octet_length",
        "btrim",
        "ltrim",
        "rtrim",
        "replace",
        "substring",
        "substr",
        "left",
        "right",
        "split_part",
        "position",
        "strpos",
        "repeat",
        "reverse",
        "quote_ident",
        "quote_literal",
        "lpad",
        "rpad",
        "starts_with",
        "chr",
        "ascii",
        "to_hex",
        "regexp_replace",
        "translate",
    ];
    if !ALL.contains(&name) {
        return Ok(None);
    }
    let unknown = if arguments.contains(&Value::Unknown) { Value::Unknown } else { Value::NotNull };
    // `substring(bytea, …)` and its kin are no text.
    let subject = match arguments.first() {
        Some(value @ (Value::Text(_) | Value::Object(..))) => shown(run, value),
        Some(value @ (Value::Number(_) | Value::Boolean(_) | Value::Exact(_))) if name.starts_with("quote_") => shown(run, value),
        _ => None,
    };
    let Some(subject) = subject else {
        let number = match (name, arguments) {
            ("chr", [code]) => {
                arithmetic::integer(code).and_then(|code| char::from_u32(code.try_into().ok()?)).map(|c| text(c.to_string()))
            }
            ("to_hex", [value]) => arithmetic::integer(value).filter(|value| *value >= 0).map(|value| text(format!("{value:x}"))),
            _ => None,
        };
        return Ok(Some(number.unwrap_or(unknown)));
    };
    let word = |at: usize| match arguments.get(at) {
        Some(Value::Text(text)) => Some(text.to_string()),
        _ => None,
    };
    let count = |at: usize| arguments.get(at).and_then(arithmetic::integer);
    Ok(Some(of_text(name, &subject, arguments.len(), &word, &count).unwrap_or(unknown)))
}

fn of_text(
    name: &str,
    subject: &str,
    arguments: usize,
    word: &dyn Fn(usize) -> Option<String>,
    count: &dyn Fn(usize) -> Option<i128>,
) -> Option<Value> {
    let length = || subject.chars().count() as i128;
    let characters = |from: i128, to: i128| {
        let (from, to) = (from.clamp(0, length()) as usize, to.clamp(0, length()) as usize);
        text(subject.chars().take(to).skip(from).collect::<String>())
    };
    let trimmed = || match arguments {
        1 => Some(vec![' ']),
        _ => Some(word(1)?.chars().collect()),
    };
    Some(match name {
        "lower" if subject.is_ascii() => text(subject.to_ascii_lowercase()),
        "upper" if subject.is_ascii() => text(subject.to_ascii_uppercase()),
        "length" | "char_length" | "character_length" => number(length()),
        "octet_length" => number(subject.len() as i128),
        "btrim" => text(subject.trim_matches(&trimmed()?[..])),
        "ltrim" => text(subject.trim_start_matches(&trimmed()?[..])),
        "rtrim" => text(subject.trim_end_matches(&trimmed()?[..])),
        "replace" => match word(1)? {
            from if from.is_empty() => text(subject),
            from => text(subject.replace(&from, &word(2)?)),
        },
        "substring" | "substr" => {
            let from = count(1)?;
            match arguments {
                2 => characters(from - 1, length()),
                3 => characters(from - 1, (from - 1).saturating_add(count(2)?)),
                _ => return None,
            }
        }
        "left" => match count(1)? {
            many if many < 0 => characters(0, length() + many),
            many => characters(0, many),
        },
        "right" => match count(1)? {
            many if many < 0 => characters(-many, length()),
            many => characters(length() - many, length()),
        },
        "split_part" => {
            let (separator, at) = (word(1)?, usize::try_from(count(2)? - 1).ok()?);
            match separator.is_empty() {
                true => return None,
                false => text(subject.split(separator.as_str()).nth(at).unwrap_or_default()),
            }
        }
        // The grammar has `position(a IN b)` as `position(b, a)`.
        "position" | "strpos" => {
            let found = subject.find(&word(1)?).map_or(0, |at| subject[..at].chars().count() as i128 + 1);
            number(found)
        }
        "repeat" => match usize::try_from(count(1)?.max(0)).ok()? {
            many if many.saturating_mul(subject.len()) <= 10_000 => text(subject.repeat(many)),
            _ => return None,
        },
        "reverse" => text(subject.chars().rev().collect::<String>()),
        "quote_ident" => text(identifier(subject)),
        "quote_literal" => text(literal(subject)),
        "lpad" | "rpad" => {
            let wanted = usize::try_from(count(1)?.max(0)).ok().filter(|wanted| *wanted <= 10_000)?;
            let fill = if arguments == 3 { word(2)? } else { " ".to_owned() };
            let own: String = subject.chars().take(wanted).collect();
            let missing = wanted - own.chars().count();
            let padding: String = fill.chars().cycle().take(if fill.is_empty() { 0 } else { missing }).collect();
            text(if name == "lpad" { padding + &own } else { own + &padding })
        }
        "starts_with" => Value::Boolean(subject.starts_with(&word(1)?)),
        "ascii" => number(subject.chars().next().map_or(0, |c| i128::from(u32::from(c)))),
        "regexp_replace" => {
            let flags = if arguments == 4 { word(3)? } else { String::new() };
            text(pattern::replace(subject, &word(1)?, &word(2)?, &flags)?)
        }
        "translate" => {
            let (from, to): (Vec<char>, Vec<char>) = (word(1)?.chars().collect(), word(2)?.chars().collect());
            let translated = subject.chars().filter_map(|c| match from.iter().position(|other| *other == c) {
                Some(at) => to.get(at).copied(),
                None => Some(c),
            });
            text(translated.collect::<String>())
        }
        _ => return None,
    })
}

/// Functions that take NULL for a text.
pub(super) fn lenient(run: &Run<'_>, name: &str, arguments: &[Value]) -> Result<Option<Value>> {
    let value = match (name, arguments) {
        ("quote_nullable", [Value::Null]) => text("NULL"),
        ("quote_nullable", [value]) => shown(run, value).map_or(Value::NotNull, |value| text(literal(&value))),
        ("concat", _) => {
            let parts: Option<Vec<String>> =
                arguments.iter().filter(|value| **value != Value::Null).map(|value| written(run, value)).collect();
            parts.map_or(Value::NotNull, |parts| text(parts.concat()))
        }
        ("concat_ws", [separator, parts @ ..]) => {
            let parts: Option<Vec<String>> = parts.iter().filter(|value| **value != Value::Null).map(|value| written(run, value)).collect();
            match (separator, parts) {
                (Value::Null, _) => Value::Null,
                (Value::Text(separator), Some(parts)) => text(parts.join(separator)),
                _ => Value::Unknown,
            }
        }
        ("format", [Value::Null, ..]) => Value::Null,
        ("format", [Value::Text(format), arguments @ ..]) => format_text(run, format, arguments)?.map_or(Value::NotNull, text),
        _ => Value::Unknown,
    };
    Ok(Some(value))
}

/// What `format` writes; nothing if that can't be told.
fn format_text(run: &Run<'_>, format: &str, arguments: &[Value]) -> Result<Option<String>> {
    let mut result = String::new();
    let mut next = 0;
    let mut chars = format.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '%' {
            result.push(c);
            continue;
        }
        if chars.next_if_eq(&'%').is_some() {
            result.push('%');
            continue;
        }
        let mut digits = String::new();
        while let Some(digit) = chars.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        if !digits.is_empty() {
            match (chars.next_if_eq(&'$'), digits.parse::<usize>()) {
                (Some(_), Ok(position)) if position > 0 => next = position - 1,
                // A width.
                _ => return Ok(None),
            }
        }
        let Some(kind) = chars.next() else {
            return Err(Stop::fails("22023", "unterminated format() type specifier", None));
        };
        if !matches!(kind, 's' | 'I' | 'L') {
            if kind == '-' || kind == '*' {
                return Ok(None);
            }
            return Err(Stop::fails("22023", format!("unrecognized format() type specifier \"{kind}\""), None));
        }
        let Some(argument) = arguments.get(next) else {
            return Err(Stop::fails("22023", "too few arguments for format()", None));
        };
        next += 1;
        match (kind, argument) {
            ('s', Value::Null) => {}
            ('L', Value::Null) => result.push_str("NULL"),
            (_, Value::Null) => return Err(Stop::fails("22004", "null values cannot be formatted as an SQL identifier", None)),
            (kind, argument) => {
                let Some(shown) = written(run, argument) else { return Ok(None) };
                match kind {
                    's' => result.push_str(&shown),
                    'I' => result.push_str(&identifier(&shown)),
                    _ => result.push_str(&literal(&shown)),
                }
            }
        }
    }
    Ok(Some(result))
}
