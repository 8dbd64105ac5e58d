//! What the client has been told, so that it is told only what is new, and asked questions about what it sees.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lsp_types::notification::PublishDiagnostics;
use lsp_types::{Diagnostic, MessageType, PublishDiagnosticsParams};

use crate::engine::{Finding, Note, Settled, absolute};

use super::client::Client;
use super::configuration::Configuration;
use super::document::Document;
use super::finding::{diagnostic, mistake};
use super::uri::uri_of;

/// What is shown of the files of all projects.
#[derive(Debug, Clone, Default)]
pub(super) struct Board(Arc<Mutex<Posts>>);

#[derive(Debug, Default)]
struct Posts {
    files: BTreeMap<PathBuf, Shown>,
    count: u64,
}

/// What was found in the files of a project, by their whole paths.
#[derive(Debug, Default)]
pub(super) struct Told {
    findings: BTreeMap<PathBuf, Vec<Finding>>,
    /// What is shown of them.
    pub(super) board: Board,
    /// The files of which something was shown.
    files: BTreeSet<PathBuf>,
    /// The configuration's file, and what is wrong with it.
    mistakes: Option<(PathBuf, Vec<Diagnostic>)>,
    noted: BTreeSet<String>,
}

/// What is shown of a file.
#[derive(Debug, Default)]
struct Shown {
    diagnostics: Vec<Diagnostic>,
    /// A number that no other state of a file has.
    state: u64,
}

impl Board {
    fn posts(&self) -> MutexGuard<'_, Posts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is shown of a file, and the number of that state.
    pub(super) fn shown(&self, path: &Path) -> (Vec<Diagnostic>, u64) {
        self.posts().files.get(path).map_or((Vec::new(), 0), |shown| (shown.diagnostics.clone(), shown.state))
    }

    /// The files of which something was shown.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        self.posts().files.keys().cloned().collect()
    }

    /// Shows something of a file; whether that is something else than before.
    fn show(&self, path: &Path, diagnostics: &[Diagnostic]) -> bool {
        let mut posts = self.posts();
        let before = posts.files.get(path).map(|shown| shown.diagnostics.as_slice()).unwrap_or_default();
        if *before == *diagnostics {
            return false;
        }
        posts.count += 1;
        let state = posts.count;
        posts.files.insert(path.to_owned(), Shown { diagnostics: diagnostics.to_vec(), state });
        true
    }
}

impl Told {
    /// Nothing yet; what is shown is shown on `board`.
    pub(super) fn on(board: Board) -> Self {
        Self { board, ..Self::default() }
    }

    /// What was found in a file.
    pub(super) fn findings(&self, path: &Path) -> &[Finding] {
        self.findings.get(path).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether something was shown of a file.
    pub(super) fn has(&self, path: &Path) -> bool {
        self.files.contains(path)
    }

    /// The files of which something was shown.
    pub(super) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.iter()
    }

    /// Shows what is found now.
    pub(super) fn settle(&mut self, client: &Client, folder: &Path, open: &BTreeMap<PathBuf, Document>, settled: Settled) {
        let Settled { files, mut outcome } = settled;
        let mut found: BTreeMap<PathBuf, (Vec<Finding>, Vec<Diagnostic>)> = BTreeMap::new();
        for file in files {
            found.entry(absolute(folder, Path::new(&file))).or_default();
        }
        for finding in std::mem::take(&mut outcome.findings) {
            let place = found.entry(absolute(folder, Path::new(&*finding.diagnostic.primary.path))).or_default();
            place.1.push(diagnostic(&finding, &outcome, folder, client.encoding));
            place.0.push(finding);
        }
        let mut is_new = false;
        for (path, (findings, diagnostics)) in found {
            is_new |= self.show(client, open, &path, diagnostics);
            match findings.is_empty() {
                true => drop(self.findings.remove(&path)),
                false => drop(self.findings.insert(path, findings)),
            }
        }
        if is_new {
            client.refresh();
        }
    }

    /// Shows what is wrong with the configuration.
    pub(super) fn configure(&mut self, client: &Client, configuration: &Configuration) {
        let Configuration { source, errors, notes, .. } = configuration;
        let now = source.as_ref().map(|source| {
            let diagnostics = errors.iter().map(|error| mistake(error, source, client.encoding)).collect();
            (PathBuf::from(source.path()), diagnostics)
        });
        let before = std::mem::replace(&mut self.mistakes, now);
        let now = self.mistakes.as_ref().map(|(path, _)| path.clone());
        for path in before.map(|(path, _)| path).into_iter().filter(|path| Some(path) != now.as_ref()).chain(now.clone()) {
            self.publish(client, None, &path, &self.board.shown(&path).0);
        }
        self.note(client, notes);
        self.noted.clear();
    }

    /// Shows a file; whether that is something else than before.
    fn show(&mut self, client: &Client, open: &BTreeMap<PathBuf, Document>, path: &Path, diagnostics: Vec<Diagnostic>) -> bool {
        if !self.board.show(path, &diagnostics) {
            return false;
        }
        self.files.insert(path.to_owned());
        let is_migration = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("sql"));
        if !(client.can.pull && is_migration) {
            self.publish(client, open.get(path).map(|document| document.version), path, &diagnostics);
        }
        true
    }

    fn publish(&self, client: &Client, version: Option<i32>, path: &Path, found: &[Diagnostic]) {
        let mistakes = self.mistakes.iter().filter(|(file, _)| file == path).flat_map(|(_, mistakes)| mistakes);
        let diagnostics = mistakes.chain(found).cloned().collect();
        if let Some(uri) = uri_of(path) {
            client.notify::<PublishDiagnostics>(PublishDiagnosticsParams { uri, diagnostics, version });
        }
    }

    /// Writes what there is to say of reading files into the client's log.
    pub(super) fn note(&mut self, client: &Client, notes: &[Note]) {
        for note in notes {
            match note {
                Note::Failure(text) => client.log(MessageType::ERROR, text),
                Note::Warning(text) => client.log(MessageType::WARNING, text),
            }
        }
    }

    /// Writes something into the client's log, if that was not the last thing to be said of it.
    pub(super) fn note_once(&mut self, client: &Client, note: Option<String>) {
        if let Some(note) = note.filter(|note| self.noted.insert(note.clone())) {
            client.log(MessageType::ERROR, note);
        }
    }

    /// Takes back what is shown.
    pub(super) fn take_back(&mut self, client: &Client, open: &BTreeMap<PathBuf, Document>) {
        self.mistakes = None;
        self.take_back_findings(client, open);
    }

    /// Takes back what was found; what is wrong with the configuration stays.
    pub(super) fn take_back_findings(&mut self, client: &Client, open: &BTreeMap<PathBuf, Document>) {
        self.findings.clear();
        for path in std::mem::take(&mut self.files) {
            self.show(client, open, &path, Vec::new());
        }
    }
}
