//! One finding of one rule.

use std::sync::Arc;

use crate::text::Span;

use super::{Fix, Severity};

/// A place with a word on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The file as shown to people, relative to the working directory.
    pub path: Arc<str>,
    /// Bytes of that file.
    pub span: Span,
    /// What there is to say about it; may be empty for a primary place.
    pub message: String,
}

/// What of a file a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// The text at its place.
    Place,
    /// All of it.
    File,
}

/// What one rule found in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's id.
    pub rule: &'static str,
    /// As the rule gives it, or as the configuration overrides it.
    pub severity: Severity,
    /// What is wrong, in the user's own identifiers; one sentence, no full stop.
    pub message: String,
    /// Where; its message is what stands under the mark.
    pub primary: Label,
    /// What of its file it is about.
    pub extent: Extent,
    /// Other places that explain it.
    pub related: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// How to repair it.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding without related places, help or fix.
    pub fn new(rule: &'static str, severity: Severity, path: Arc<str>, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity,
            message: message.into(),
            primary: Label { path, span, message: String::new() },
            extent: Extent::Place,
            related: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// The same about its file as a whole: its place is then the first line, whatever that says.
    #[must_use]
    pub fn about_file(mut self) -> Self {
        self.extent = Extent::File;
        self
    }

    /// The same with words under the mark.
    #[must_use]
    pub fn labelled(mut self, message: impl Into<String>) -> Self {
        self.primary.message = message.into();
        self
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with one more place.
    #[must_use]
    pub fn related(mut self, path: Arc<str>, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Label { path, span, message: message.into() });
        self
    }

    /// The same with a repair, if there is one.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into();
        self
    }
}
