//! Reading a tree into settings: each question names what it wants, and what it gets instead becomes an error with its place.

use crate::text::Span;

use super::ConfigError;
use super::error::suggest;
use super::yaml::{Node, Value};

/// A mapping that is being read, and the errors so far.
pub(super) struct Section<'n, 'e> {
    entries: &'n [(Node, Node)],
    /// As it is called in messages: `database.migrations`.
    path: String,
    errors: &'e mut Vec<ConfigError>,
}

impl<'n, 'e> Section<'n, 'e> {
    /// The mapping `node`, called `path`; anything but a mapping or nothing is an error.
    pub(super) fn new(node: &'n Node, path: impl Into<String>, errors: &'e mut Vec<ConfigError>) -> Self {
        let path = path.into();
        let entries = match &node.value {
            Value::Map(entries) => entries.as_slice(),
            Value::Null => &[],
            other => {
                errors.push(wrong_kind(node.span, &path, "a mapping", other));
                &[]
            }
        };
        Self { entries, path, errors }
    }

    /// The value of `key`, unless it is missing or null.
    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|(k, _)| k.value == Value::Text(key.to_owned())).map(|(_, value)| value).filter(|n| n.value != Value::Null)
    }

    /// The mapping at `key`, if it is there.
    pub(super) fn section(&mut self, key: &str) -> Option<Section<'n, '_>> {
        let node = self.get(key)?;
        let path = self.path_of(key);
        Some(Section::new(node, path, self.errors))
    }

    /// Keys, values and where the keys stand.
    pub(super) fn entries(&self) -> impl Iterator<Item = (String, Span, &'n Node)> + use<'n> {
        self.entries.iter().map(|(key, value)| (scalar_text(key), key.span, value))
    }

    pub(super) fn bool(&mut self, key: &str) -> Option<bool> {
        let node = self.get(key)?;
        match node.value {
            Value::Bool(value) => Some(value),
            _ => self.wrong(key, node, "`true` or `false`"),
        }
    }

    pub(super) fn text(&mut self, key: &str) -> Option<(String, Span)> {
        let node = self.get(key)?;
        match &node.value {
            Value::Text(value) => Some((value.clone(), node.span)),
            Value::Int(_) | Value::Float(_) => Some((scalar_text(node), node.span)),
            _ => self.wrong(key, node, "text"),
        }
    }

    pub(super) fn int(&mut self, key: &str) -> Option<(i64, Span)> {
        let node = self.get(key)?;
        match node.value {
            Value::Int(value) => Some((value, node.span)),
            _ => self.wrong(key, node, "a whole number"),
        }
    }

    /// A list of texts; one text alone stands for a list of one.
    pub(super) fn texts(&mut self, key: &str) -> Option<Vec<(String, Span)>> {
        let node = self.get(key)?;
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            Value::Text(_) => std::slice::from_ref(node),
            _ => return self.wrong(key, node, "a list of texts"),
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match &item.value {
                Value::Text(text) => texts.push((text.clone(), item.span)),
                Value::Int(_) | Value::Float(_) => texts.push((scalar_text(item), item.span)),
                other => {
                    let error = wrong_kind(item.span, &self.path_of(key), "a list of texts", other);
                    self.errors.push(error);
                }
            }
        }
        Some(texts)
    }

    /// One of `words`.
    pub(super) fn word<T: Copy>(&mut self, key: &str, words: &[(&'static str, T)]) -> Option<T> {
        let (text, span) = self.text(key)?;
        match words.iter().find(|(word, _)| *word == text) {
            Some((_, value)) => Some(*value),
            None => {
                let path = self.path_of(key);
                self.error(
                    ConfigError::new(span, format!("`{path}` can't be `{text}`")).help(suggest(&text, words.iter().map(|(word, _)| *word))),
                );
                None
            }
        }
    }

    /// Reports every key that is none of `known`.
    pub(super) fn only(&mut self, known: &[&'static str]) {
        for (key, span, _) in self.entries() {
            if !known.contains(&key.as_str()) {
                let path = &self.path;
                let error = ConfigError::new(span, format!("`{path}` has no key `{key}`")).help(suggest(&key, known.iter().copied()));
                self.errors.push(error);
            }
        }
    }

    pub(super) fn error(&mut self, error: ConfigError) {
        self.errors.push(error);
    }

    /// `section.key`, for messages.
    pub(super) fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn wrong<T>(&mut self, key: &str, node: &Node, wanted: &str) -> Option<T> {
        let error = wrong_kind(node.span, &self.path_of(key), wanted, &node.value);
        self.errors.push(error);
        None
    }
}

pub(super) fn wrong_kind(span: Span, path: &str, wanted: &str, found: &Value) -> ConfigError {
    ConfigError::new(span, format!("`{path}` must be {wanted}, and is {}", found.kind()))
}

/// A scalar as it would be written bare; empty for lists and mappings.
fn scalar_text(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Null | Value::List(_) | Value::Map(_) => String::new(),
    }
}
