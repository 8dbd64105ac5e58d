//! Reading a tree into settings: each question names what it wants, and what it gets instead becomes an error with its place.

use crate::text::Span;

use super::ConfigError;
use super::error::suggest;
use super::yaml::{Node, Value};

/// What to do where a key stands twice.
pub(super) const TOGETHER: &str = "one of the two would not count: put them together";

/// A mapping that is being read, and the errors so far.
pub(super) struct Section<'n, 'e> {
    entries: &'n [(Node, Node)],
    /// As it is called in messages: `database.migrations`.
    path: String,
    errors: &'e mut Vec<ConfigError>,
}

impl<'n, 'e> Section<'n, 'e> {
    /// The mapping `node`, called `path` (the whole file if that is empty); anything but a mapping or nothing is an error.
    pub(super) fn new(node: &'n Node, path: impl Into<String>, errors: &'e mut Vec<ConfigError>) -> Self {
        let path = path.into();
        let entries = match &node.value {
            Value::Map(entries) => entries.as_slice(),
            Value::Null => &[],
            other => {
                let called = if path.is_empty() { "the configuration".to_owned() } else { format!("`{path}`") };
                errors.push(ConfigError::new(node.span, format!("{called} must be a mapping, and is {}", other.kind())));
                &[]
            }
        };
        Self { entries, path, errors }
    }

    /// The value of `key`, unless it is missing or null. That it stands there twice is an error.
    pub(super) fn get(&mut self, key: &str) -> Option<&'n Node> {
        let entries = self.entries;
        let mut found = entries.iter().filter(|(name, _)| scalar_text(name).as_deref() == Some(key));
        let (_, value) = found.next()?;
        for (again, _) in found {
            let error = ConfigError::new(again.span, format!("`{}` stands here for the second time", self.path_of(key)));
            self.error(error.help(TOGETHER));
        }
        (value.value != Value::Null).then_some(value)
    }

    /// The mapping at `key`, if it is there.
    pub(super) fn section(&mut self, key: &str) -> Option<Section<'n, '_>> {
        let node = self.get(key)?;
        let path = self.path_of(key);
        Some(Section::new(node, path, self.errors))
    }

    /// Keys, values and where the keys stand.
    pub(super) fn entries(&self) -> impl Iterator<Item = (String, Span, &'n Node)> + use<'n> {
        self.entries.iter().map(|(key, value)| (scalar_text(key).unwrap_or_else(|| key.value.kind().to_owned()), key.span, value))
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
            Value::Text(text) | Value::Number(text) => Some((text.clone(), node.span)),
            _ => self.wrong(key, node, "text"),
        }
    }

    /// A number, in quotes or not; a number with a point is not what is wanted.
    pub(super) fn number(&mut self, key: &str) -> Option<(&'n str, Span)> {
        let node = self.get(key)?;
        match &node.value {
            Value::Text(text) | Value::Number(text) if text.parse::<u64>().is_ok() => Some((text, node.span)),
            Value::Text(text) | Value::Number(text) => {
                let error = ConfigError::new(node.span, format!("`{}` must be a whole number, and is `{text}`", self.path_of(key)));
                self.error(error);
                None
            }
            _ => self.wrong(key, node, "a whole number"),
        }
    }

    /// A list of texts; one text alone stands for a list of one.
    pub(super) fn texts(&mut self, key: &str) -> Option<Vec<(String, Span)>> {
        let node = self.get(key)?;
        let path = self.path_of(key);
        Some(texts(node, &path, self.errors))
    }

    /// The texts of `node`, which is called `path`.
    pub(super) fn list(&mut self, path: &str, node: &Node) -> Vec<(String, Span)> {
        texts(node, path, self.errors)
    }

    /// Those texts of `node`, which is called `path`, that are among `known`.
    pub(super) fn words(&mut self, path: &str, node: &Node, known: &[&'static str]) -> Vec<String> {
        let (words, others): (Vec<_>, Vec<_>) = self.list(path, node).into_iter().partition(|(text, _)| known.contains(&text.as_str()));
        for (text, span) in others {
            let help = suggest(&text, known.iter().copied());
            self.error(ConfigError::new(span, format!("`{path}` can't be `{text}`")).help(help));
        }
        words.into_iter().map(|(text, _)| text).collect()
    }

    /// The number `node`, which is called `path` and may be the only item of a list; none if it is none.
    pub(super) fn count(&mut self, path: &str, node: &Node) -> Vec<String> {
        let only = match &node.value {
            Value::List(items) if items.len() == 1 => &items[0],
            _ => node,
        };
        match &only.value {
            Value::Text(text) | Value::Number(text) if text.parse::<u32>().is_ok() => vec![text.clone()],
            other => {
                self.error(match other {
                    Value::Text(text) | Value::Number(text) => {
                        ConfigError::new(only.span, format!("`{path}` must be a whole number, and is `{text}`"))
                    }
                    other => wrong_kind(only.span, path, "a whole number", other),
                });
                Vec::new()
            }
        }
    }

    /// The items of the list at `key`.
    pub(super) fn items(&mut self, key: &str) -> Option<&'n [Node]> {
        let node = self.get(key)?;
        match &node.value {
            Value::List(items) => Some(items),
            _ => self.wrong(key, node, "a list"),
        }
    }

    /// The mapping `item` of the list at `key`.
    pub(super) fn item(&mut self, key: &str, item: &'n Node) -> Section<'n, '_> {
        let path = format!("{}[]", self.path_of(key));
        Section::new(item, path, self.errors)
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

    /// Reports every key that is none of `known`; whether there was none.
    pub(super) fn only(&mut self, known: &[&'static str]) -> bool {
        let before = self.errors.len();
        for (key, span, _) in self.entries() {
            if !known.contains(&key.as_str()) {
                let path = &self.path;
                let error = ConfigError::new(span, format!("`{path}` has no key `{key}`")).help(suggest(&key, known.iter().copied()));
                self.errors.push(error);
            }
        }
        self.errors.len() == before
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

/// The texts of a list, or one text alone; anything else is an error of what is called `path`.
pub(super) fn texts(node: &Node, path: &str, errors: &mut Vec<ConfigError>) -> Vec<(String, Span)> {
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        // Among texts a number may be a name; alone it is a slip.
        Value::Number(_) => {
            errors.push(wrong_kind(node.span, path, "a list of texts", &node.value));
            &[]
        }
        _ => std::slice::from_ref(node),
    };
    let mut texts = Vec::with_capacity(items.len());
    for item in items {
        match &item.value {
            Value::Text(text) | Value::Number(text) => texts.push((text.clone(), item.span)),
            other => errors.push(wrong_kind(item.span, path, "a list of texts", other)),
        }
    }
    texts
}

pub(super) fn wrong_kind(span: Span, path: &str, wanted: &str, found: &Value) -> ConfigError {
    ConfigError::new(span, format!("`{path}` must be {wanted}, and is {}", found.kind()))
}

/// A scalar as it would be written bare.
fn scalar_text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}
