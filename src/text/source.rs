//! One file's text together with its name and line index.

use std::sync::{Arc, OnceLock};

use super::{LineIndex, Position, Span};

/// A text and the path that it is shown under.
#[derive(Debug, Clone)]
pub struct SourceFile {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    path: String,
    text: Arc<str>,
    lines: OnceLock<LineIndex>,
}

impl SourceFile {
    /// A file shown as `path`, with `/` between folders.
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self { inner: Arc::new(Inner { path: path.into(), text: text.into(), lines: OnceLock::new() }) }
    }

    /// The path as shown to people.
    pub fn path(&self) -> &str {
        &self.inner.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.inner.text
    }

    /// The text, shared.
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.inner.text)
    }

    /// Where lines begin, worked out the first time that somebody asks.
    pub fn lines(&self) -> &LineIndex {
        self.inner.lines.get_or_init(|| LineIndex::new(&self.inner.text))
    }

    /// Line and column, counted from 1, columns in characters, of byte `offset`.
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(self.text(), offset)
    }

    /// The span of the file's first line without its line end.
    pub fn first_line(&self) -> Span {
        self.lines().line(self.text(), 0)
    }
}
