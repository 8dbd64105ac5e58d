//! What a run found.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::rules::Meta;
use crate::text::{SourceFile, Span};

use super::replay::Judged;

/// A diagnostic with what the reports need beside it.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What the rule said, with the severity that the configuration gives it.
    pub diagnostic: Diagnostic,
    /// The rule.
    pub rule: &'static Meta,
    /// Its file, from the configuration's folder, with `/`.
    pub path: String,
    /// Sixteen hexadecimal digits that stay the same when lines move: rule, path, the text at the place, and a count among equals.
    pub fingerprint: String,
}

/// A finding that is not reported, and why.
#[derive(Debug, Clone)]
pub struct Silenced {
    /// What would have been reported; its fingerprint is another one than those of all findings that are.
    pub finding: Finding,
    /// Who keeps it back.
    pub by: Silencer,
}

/// What keeps a finding out of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Silencer {
    /// A comment in the finding's file.
    Comment {
        /// The comment's bytes.
        span: Span,
        /// What it gives as the reason; none where it says nothing.
        reason: Option<String>,
    },
    /// The baseline: it was known before.
    Baseline,
}

/// The findings of a run, in order of path and place, and what was counted.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Sorted by path, place, rule.
    pub findings: Vec<Finding>,
    /// The texts that findings point into, by the path shown.
    pub sources: BTreeMap<Arc<str>, SourceFile>,
    /// How many migration files were linted.
    pub files: usize,
    /// The files in which something could have been found, from the configuration's folder, with `/`.
    pub linted: BTreeSet<String>,
    /// The migration files among them as shown, history by history in the order of their migrations.
    pub migrations: Vec<String>,
    /// What comments and the baseline keep back, in the order of findings.
    pub silenced: Vec<Silenced>,
    /// The files of migrations that don't apply, as shown, those that were not chosen included.
    pub failing: BTreeSet<String>,
    /// Of how many of the migrations that were linted it is unknown whether they apply.
    pub unknown: usize,
    /// What is proved of each migration that was linted, where that was asked for.
    pub verdicts: Vec<Judged>,
    /// Findings that a comment in the file allows.
    pub suppressed: usize,
    /// Findings that the baseline holds.
    pub baselined: usize,
    /// Which of the files that are named were linted.
    pub scope: Scope,
    /// What could not be read, and what else the user must know; for standard error.
    pub notes: Vec<Note>,
    /// How much of the configuration was read.
    pub configuration: Reading,
}

/// Which of the files that are named a run is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Scope {
    /// All of them.
    #[default]
    All,
    /// What has changed since a revision.
    ChangedSince(String),
    /// What the next commit changes.
    Staged,
}

/// How much of something was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading {
    /// All of it.
    #[default]
    Whole,
    /// Not all of it, perhaps nothing.
    Part,
}

/// Something to say about the run itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The run can't be trusted: exit status 2.
    Failure(String),
    /// Worth knowing; the exit status stays.
    Warning(String),
}

impl Outcome {
    /// How many findings of `severity` there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.diagnostic.severity == severity).count()
    }

    /// How many findings have a fix of just that applicability.
    pub fn mendable(&self, applicability: Applicability) -> usize {
        let fixes = self.findings.iter().filter_map(|finding| finding.diagnostic.fix.as_ref());
        fixes.filter(|fix| fix.applicability == applicability).count()
    }

    /// Whether anything could not be done.
    pub fn failed(&self) -> bool {
        self.configuration == Reading::Part || self.notes.iter().any(|note| matches!(note, Note::Failure(_)))
    }
}
