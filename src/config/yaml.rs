//! A YAML document as a tree that knows its places.
//!
//! The crate gives the byte range of each key and value; merge keys and aliases are resolved, and a value that comes through an alias has
//! the place where it is used.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use crate::text::Span;

use super::ConfigError;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its bytes; for a list or mapping, those of its first line.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A number with a point.
    Float(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values, in the order of the file.
    Map(Vec<(Node, Node)>),
}

impl Value {
    /// What it is called in a message.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Int(_) | Value::Float(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }
}

/// Reads a whole document; an empty one is an empty mapping.
///
/// # Errors
/// What is not YAML, or not one document, or uses a key twice.
pub(super) fn parse(text: &str) -> Result<Node, ConfigError> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = (text.len() - body.len()) as u32;
    let parsed: Result<Option<Spanned<Raw>>, _> = serde_saphyr::from_str(body);
    match parsed {
        Ok(Some(raw)) => Ok(raw.node(skipped)),
        Ok(None) => Ok(Node { span: Span::empty(0), value: Value::Map(Vec::new()) }),
        Err(error) => {
            let error = error.without_snippet();
            let span = error.location().map_or(Span::empty(0), |place| span_of(place, skipped));
            Err(ConfigError::new(span, format!("this is not valid YAML: {}", first_line(&error.to_string()))))
        }
    }
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or("").to_owned()
}

fn span_of(place: serde_saphyr::Location, skipped: u32) -> Span {
    let start = place.span().byte_offset().unwrap_or(0) as u32 + skipped;
    Span::new(start, start + place.span().byte_len().unwrap_or(0) as u32)
}

/// The tree as the deserialiser makes it.
#[derive(Debug)]
enum Raw {
    Scalar(Value),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

trait IntoNode {
    fn node(self, skipped: u32) -> Node;
}

impl IntoNode for Spanned<Raw> {
    fn node(self, skipped: u32) -> Node {
        let value = match self.value {
            Raw::Scalar(value) => value,
            Raw::List(items) => Value::List(items.into_iter().map(|item| item.node(skipped)).collect()),
            Raw::Map(entries) => Value::Map(entries.into_iter().map(|(key, value)| (key.node(skipped), value.node(skipped))).collect()),
        };
        Node { span: span_of(self.referenced, skipped), value }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Null))
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Int(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Scalar(i64::try_from(value).map_or(Value::Float(value as f64), Value::Int)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Text(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}
