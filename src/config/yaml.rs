//! A YAML document as a tree that knows its places.
//!
//! The crate gives the byte range of each key and value; merge keys and aliases are resolved, and a value that comes through an alias has
//! the place where it is used. Scalars are read as YAML 1.1 and 1.2 agree or else as most tools do (`yes` and `off` are booleans), and a
//! number keeps its writing, since `04` and `1.10` are texts to us. A key that stands in a mapping twice is kept twice: whoever asks for it
//! says so, and what belongs to other tools is theirs to judge.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::{DuplicateKeyPolicy, NonFiniteFloatPolicy};
use serde_saphyr::{Options, Spanned};

use crate::text::Span;

use super::ConfigError;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    /// Its bytes; for a list or mapping, those of its first line.
    pub(super) span: Span,
    /// What it is.
    pub(super) value: Value,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(String),
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
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }
}

/// Reads a whole document; an empty one is an empty mapping.
///
/// # Errors
/// What is not YAML, or not one document.
pub(super) fn parse(text: &str) -> Result<Node, ConfigError> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = (text.len() - body.len()) as u32;
    let parsed: Result<Option<Spanned<Raw>>, _> = serde_saphyr::from_str_with_options(body, options());
    match parsed {
        Ok(Some(raw)) => Ok(Source { body, skipped }.node(raw)),
        Ok(None) => Ok(Node { span: Span::empty(skipped), value: Value::Map(Vec::new()) }),
        Err(error) => Err(Source { body, skipped }.error(error.without_snippet())),
    }
}

/// Deeper than any configuration, and shallow enough for a thread's stack.
const MAX_DEPTH: usize = 32;
/// More than any configuration has, aliases resolved.
const MAX_NODES: usize = 100_000;

fn options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_nodes: MAX_NODES, max_depth: MAX_DEPTH, flow_nesting_limit: MAX_DEPTH },
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        ignore_binary_tag_for_string: true,
        with_snippet: false,
    }
}

/// The tree as the deserialiser makes it.
#[derive(Debug)]
enum Raw {
    Null,
    Bool(bool),
    Number,
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

/// The text that a tree was read from.
#[derive(Clone, Copy)]
struct Source<'s> {
    body: &'s str,
    /// How many bytes of the file stand before it.
    skipped: u32,
}

impl Source<'_> {
    fn node(self, raw: Spanned<Raw>) -> Node {
        let written = self.span_of(raw.defined);
        let value = match raw.value {
            Raw::Null => Value::Null,
            Raw::Bool(value) => Value::Bool(value),
            Raw::Number => Value::Number(self.body.get(written.range()).unwrap_or_default().to_owned()),
            Raw::Text(text) => Value::Text(text),
            Raw::List(items) => Value::List(items.into_iter().map(|item| self.node(item)).collect()),
            Raw::Map(entries) => Value::Map(entries.into_iter().map(|(key, value)| (self.node(key), self.node(value))).collect()),
        };
        let here = self.span_of(raw.referenced);
        let last = match &value {
            _ if here != written => None,
            Value::List(items) => Some(items.last().map(|item| item.span)),
            Value::Map(entries) => Some(entries.last().map(|(_, value)| value.span)),
            _ => None,
        };
        let span = last.map_or(here, |last| self.first_line(here, last.unwrap_or(here)));
        Node { span: Span::new(span.start + self.skipped, span.end + self.skipped), value }
    }

    /// The first line of a list or mapping that begins with `first`, its bracket or nothing, and whose last value is `last`.
    fn first_line(self, first: Span, last: Span) -> Span {
        let end = last.end.saturating_sub(self.skipped).clamp(first.end, self.body.len() as u32);
        let close = if self.body[first.range()].starts_with('[') { ']' } else { '}' };
        let rest = self.body[first.start as usize..].lines().next().unwrap_or_default();
        let inside = &rest[..rest.len().min((end - first.start) as usize)];
        let after = &rest[inside.len()..];
        let closed = if first.is_empty() { None } else { after.find(close).map(|at| inside.len() + at + 1) };
        let length = closed.unwrap_or_else(|| inside.trim_end().len());
        Span::new(first.start, first.start + length as u32)
    }

    fn error(self, error: &serde_saphyr::Error) -> ConfigError {
        let place = error.location().map(|place| self.span_of(place)).unwrap_or_default();
        let text = match error {
            serde_saphyr::Error::MultipleDocuments { .. } => "a second document begins here".to_owned(),
            serde_saphyr::Error::Budget { .. } => "it nests deeper, or holds more values and aliases, than a configuration does".to_owned(),
            other => other.to_string(),
        };
        let text = text.lines().next().unwrap_or_default();
        let text = text.split(" at line ").next().unwrap_or(text);
        let end = place.end.max(place.start + self.mark_at(place.start));
        let span = Span::new(place.start + self.skipped, end + self.skipped);
        let error = ConfigError::new(span, format!("this is not valid YAML: {text}"));
        match self.body[place.start as usize..].starts_with('*') {
            true => error.help("a value that begins with `*` refers to an anchor: put quotes around one that is only text"),
            false => error,
        }
    }

    /// The bytes of the body at a place, of which the parser may know the line and the column alone.
    fn span_of(self, place: serde_saphyr::Location) -> Span {
        if let Some(start) = place.span().byte_offset() {
            return Span::new(start as u32, (start + place.span().byte_len().unwrap_or(0)) as u32);
        }
        let (line, column) = (place.line().saturating_sub(1) as usize, place.column().saturating_sub(1) as usize);
        let Some(line) = self.body.split_inclusive('\n').nth(line) else { return Span::empty(self.body.len() as u32) };
        let start = line.as_ptr() as usize - self.body.as_ptr() as usize;
        let inside: usize = line.chars().take(column).map(char::len_utf8).sum();
        Span::empty((start + inside) as u32)
    }

    /// The length of the character at byte `at`, if it can be seen.
    fn mark_at(self, at: u32) -> u32 {
        self.body[at as usize..].chars().next().filter(|c| !c.is_whitespace()).map_or(0, char::len_utf8) as u32
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
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, _value: i64) -> Result<Raw, E> {
        Ok(Raw::Number)
    }

    fn visit_u64<E>(self, _value: u64) -> Result<Raw, E> {
        Ok(Raw::Number)
    }

    fn visit_f64<E>(self, _value: f64) -> Result<Raw, E> {
        Ok(Raw::Number)
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
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
