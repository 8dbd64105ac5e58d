//! What a change breaks in migrations that have not changed, and beside them: an index that goes and leaves a foreign key without one, a table
//! that the schema map does not have.
//!
//! Rules about the schema point at the statement that made a thing, wherever that stands. Where only changed migrations are reported, such a
//! finding would be lost. So the rules look at the schema before the first changed migration too: what they find in an older file at the end of
//! the history, and did not find there, is the change's doing, and is reported.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::migration::{History, Migration};
use crate::rules::Findings;

use super::changed::Changed;
use super::check::{Checked, Whole};
use super::deployed::Deployed;
use super::selection::Selection;
use super::workspace::Workspace;

/// A history before its first changed migration.
pub(super) struct Past<'h> {
    history: &'h History,
    first: u32,
    before: &'h Catalog,
    standing: OnceCell<BTreeMap<Arc<str>, Findings>>,
}

impl<'h> Past<'h> {
    /// That of `history`, whose first changed migration, at place `first`, finds the schema `before`.
    pub(super) const fn new(history: &'h History, first: u32, before: &'h Catalog) -> Self {
        Self { history, first, before, standing: OnceCell::new() }
    }

    /// Says since when.
    fn caused(&self, finding: Diagnostic) -> Diagnostic {
        let cause = &self.history.migrations[self.first as usize].up;
        finding.related(Arc::from(cause.path()), cause.first_line(), "not before this migration")
    }
}

impl<'a> Workspace<'a> {
    /// What rules found in the history as it was, by the file that they found it in.
    fn standing<'p>(&self, past: &'p Past<'_>, selection: &Selection<'_>) -> &'p BTreeMap<Arc<str>, Findings> {
        past.standing.get_or_init(|| {
            let migrations = past.history.migrations[..past.first as usize].to_vec();
            let history = History { migrations, ..past.history.clone() };
            let whole = Whole { history: &history, change: &(0..past.first).collect(), end: past.before, added: &BTreeSet::new() };
            self.check_history(whole, selection)
        })
    }

    /// Of what rules find in `history` as a whole, by file, what was not there in its past, in the files of the migrations of that, as far as these
    /// are linted at all.
    pub(super) fn aftermath(
        &self,
        past: &Past<'_>,
        of_history: &BTreeMap<Arc<str>, Findings>,
        is_linted: impl Fn(&Migration) -> bool,
        selection: Selection<'a>,
    ) -> Vec<Checked<'a>> {
        let older = &past.history.migrations[..past.first as usize];
        let deployed = Deployed::of(past.history, self.settings.config);
        let is_found = |migration: &Migration| migration.files().any(|file| of_history.contains_key(file.path()));
        let mut out = Vec::new();
        for (place, migration) in (0..).zip(older).filter(|(_, migration)| is_found(migration) && is_linted(migration)) {
            let files: BTreeSet<String> = migration.files().map(|file| file.path().to_owned()).collect();
            let now = files.iter().filter_map(|path| of_history.get(&**path)).flatten().cloned().collect();
            let new = self.new_since(past, now, &selection);
            if !new.is_empty() {
                let places = self.places(migration, deployed.standing(place), &files, selection);
                out.push(Checked::of(migration, places, new));
            }
        }
        out
    }

    /// Of `found` beside the migrations, what stands in a file that has changed, and what was not there in the past, if there is one; all of it where
    /// what it is held against `is_another`.
    pub(super) fn aftermath_beside(
        &self,
        past: Option<&Past<'_>>,
        (changed, is_another): (&Changed, bool),
        found: Findings,
        selection: &Selection<'_>,
    ) -> Findings {
        let is_changed = |finding: &Diagnostic| is_another || changed.has(&finding.primary.path);
        let (mut out, rest): (Findings, Findings) = found.into_iter().partition(is_changed);
        if let Some(past) = past {
            out.extend(self.new_since(past, rest, selection));
        }
        out
    }

    fn new_since(&self, past: &Past<'_>, found: Findings, selection: &Selection<'_>) -> Findings {
        let is_new = |finding: &Diagnostic| {
            let old = self.standing(past, selection).get(&finding.primary.path);
            !old.into_iter().flatten().any(|other| is_same(finding, other))
        };
        found.into_iter().filter(is_new).map(|finding| past.caused(finding)).collect()
    }
}

fn is_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.rule == b.rule && a.primary.path == b.primary.path && a.primary.span == b.primary.span && a.message == b.message
}
