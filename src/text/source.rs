//! One file's text together with its name and line index.

use std::sync::{Arc, OnceLock};

use super::{LineIndex, Position, Span};

/// A text and its path. A clone shares both.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: Arc<str>,
    content: Arc<Content>,
}

#[derive(Debug)]
struct Content {
    text: Arc<str>,
    lines: OnceLock<LineIndex>,
}

impl SourceFile {
    /// A file called `path`, with `/` between folders.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), content: Arc::new(Content { text: text.into(), lines: OnceLock::new() }) }
    }

    /// The same text under another path.
    #[must_use]
    pub fn renamed(&self, path: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), content: Arc::clone(&self.content) }
    }

    /// The path: inside the engine from the root of the file system, in reports as it is shown to people.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.content.text
    }

    /// The text, shared.
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.content.text)
    }

    /// Where lines begin, worked out the first time that somebody asks.
    pub fn lines(&self) -> &LineIndex {
        self.content.lines.get_or_init(|| LineIndex::new(&self.content.text))
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
