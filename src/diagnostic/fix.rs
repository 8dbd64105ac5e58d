//! A repair that goes with a finding.

use std::sync::Arc;

use crate::text::Edit;

/// Whether a fix may be applied without a person reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applicability {
    /// Shown, never applied: it holds something that only a person can fill in.
    Display,
    /// Applied on request only: it may change what the migration does.
    Unsafe,
    /// Never changes what the migration does.
    Safe,
}

/// An edit of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEdit {
    /// The file as shown to people, relative to the working directory.
    pub path: Arc<str>,
    /// What changes there.
    pub edit: Edit,
}

/// The edits that mend one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative: ``add `IF NOT EXISTS` ``.
    pub title: String,
    /// How far it can be trusted.
    pub applicability: Applicability,
    /// Never empty.
    pub edits: Vec<FileEdit>,
    /// Which fixes it waits for.
    pub stage: Stage,
}

impl Fix {
    /// One that waits for no other.
    pub fn new(title: impl Into<String>, applicability: Applicability, edits: Vec<FileEdit>) -> Fix {
        Fix { title: title.into(), applicability, edits, stage: Stage::Text }
    }

    /// The same at another stage.
    pub fn at(self, stage: Stage) -> Fix {
        Fix { stage, ..self }
    }
}

/// What a fix is made from. Where several are applied, those of a stage wait until none of an earlier one is left, for what they are made from is only
/// then what it is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The statement that it mends.
    Text,
    /// The statement as it is in the end: what is put around it keeps others from mending it.
    Statement,
    /// The columns of all tables.
    Columns,
    /// All that a migration does.
    Migration,
}
