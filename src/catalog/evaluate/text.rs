//! Values as texts: what a cast to `text` gives, what output functions write, how names and strings are quoted.

use super::Value;
use super::moment::Moment;
use super::objects;
use crate::catalog::run::Run;
use crate::syntax::lexer::{Category, Keyword};

/// What a cast to `text` gives; nothing if that can't be told.
pub(in crate::catalog) fn shown(run: &Run<'_>, value: &Value) -> Option<String> {
    Some(match value {
        Value::Boolean(is) => is.to_string(),
        Value::Number(text) | Value::Text(text) | Value::Exact(text) => text.to_string(),
        Value::Object(reference, number) => objects::shown(run, *reference, *number)?,
        Value::Array(items) => {
            let mut shown_items = Vec::with_capacity(items.len());
            for item in items {
                shown_items.push(match item {
                    Value::Null => "NULL".to_owned(),
                    item => element(&written(run, item)?),
                });
            }
            format!("{{{}}}", shown_items.join(","))
        }
        // Of other types it is not known whether that is how they are shown.
        Value::Spelled(text) if Moment::read(text).is_some_and(|moment| *moment.date() == **text || *moment.shown() == **text) => {
            text.to_string()
        }
        Value::Null
        | Value::Fresh(_)
        | Value::Sometime(..)
        | Value::Spelled(_)
        | Value::Record(_)
        | Value::Elsewhere(_)
        | Value::NotNull
        | Value::Unknown => {
            return None;
        }
    })
}

/// What an output function writes, as `format` and `concat` do.
pub(in crate::catalog) fn written(run: &Run<'_>, value: &Value) -> Option<String> {
    match value {
        Value::Boolean(is) => Some(if *is { "t" } else { "f" }.to_owned()),
        other => shown(run, other),
    }
}

/// An element of an array, in quotes if it needs them.
fn element(text: &str) -> String {
    let special = |c: char| c.is_whitespace() || matches!(c, '{' | '}' | ',' | '"' | '\\');
    if text.is_empty() || text.contains(special) || text.eq_ignore_ascii_case("null") {
        return format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    }
    text.to_owned()
}

/// A name as `quote_ident` writes it.
pub(in crate::catalog) fn identifier(name: &str) -> String {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
    let reserved = Keyword::lookup(name.as_bytes()).is_some_and(|keyword| keyword.category() != Category::Unreserved);
    match starts && name.chars().all(plain) && !reserved {
        true => name.to_owned(),
        false => format!("\"{}\"", name.replace('"', "\"\"")),
    }
}

/// A string as `quote_literal` writes it.
pub(in crate::catalog) fn literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    match quoted.contains('\\') {
        true => format!("E'{}'", quoted.replace('\\', "\\\\")),
        false => format!("'{quoted}'"),
    }
}
