//! Files beside the migrations that rules ask about: the README of their folder, the schema map.
//!
//! They are read before any rule runs, so that a rule stays a function of its context. Invariant: a file that is missing is told apart from
//! one that could not be read, since the first is a finding and the second is not. What a text says is read when somebody first asks, and kept until
//! it is set anew: an editor asks again whenever a migration changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::text::SourceFile;

use super::readme::Readme;
use super::schema_map;

/// A file beside the migrations.
#[derive(Debug, Clone)]
pub enum Document {
    /// Its text.
    Text(SourceFile),
    /// It is there, and could not be read as UTF-8: a note has said so.
    Unreadable,
}

/// Files beside the migrations, by whole path with `/`; what is not among them is not there.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    by_path: BTreeMap<String, Held>,
    missing: BTreeSet<String>,
}

/// A file, and what its text says, as far as somebody has asked.
#[derive(Debug, Clone)]
struct Held {
    document: Document,
    readme: OnceLock<Arc<Readme>>,
    schema_map: OnceLock<schema_map::Reading>,
}

impl Documents {
    /// Sets the file at `path`.
    pub fn set(&mut self, path: impl Into<String>, document: Document) {
        let path = path.into();
        self.missing.remove(&path);
        self.by_path.insert(path, Held { document, readme: OnceLock::new(), schema_map: OnceLock::new() });
    }

    /// The file at `path`; none if it is not there.
    pub fn get(&self, path: &str) -> Option<&Document> {
        self.by_path.get(path).map(|held| &held.document)
    }

    /// What the file at `path` says as a README, if it has a text.
    pub(super) fn readme(&self, path: &str) -> Option<&Readme> {
        let (held, source) = (self.by_path.get(path)?, self.text(path)?);
        Some(held.readme.get_or_init(|| Arc::new(Readme::read(source.text()))))
    }

    /// What the file at `path` says as a schema map, or where it is no JSON; none if it has no text.
    pub fn schema_map(&self, path: &str) -> Option<&schema_map::Reading> {
        let (held, source) = (self.by_path.get(path)?, self.text(path)?);
        Some(held.schema_map.get_or_init(|| schema_map::read(source.text())))
    }

    /// The paths of those that are there.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.by_path.keys().map(String::as_str)
    }

    /// Notes that there is nothing at `path`, which the configuration names.
    pub fn set_missing(&mut self, path: impl Into<String>) {
        self.missing.insert(path.into());
    }

    /// Whether it was looked for, and nothing is at `path`.
    pub fn is_missing(&self, path: &str) -> bool {
        self.missing.contains(path)
    }

    /// The text of the file at `path`.
    pub fn text(&self, path: &str) -> Option<&SourceFile> {
        match self.get(path)? {
            Document::Text(source) => Some(source),
            Document::Unreadable => None,
        }
    }
}
