//! What a change breaks in migrations that have not changed: an index that goes and leaves a foreign key without one.
//!
//! Rules about the schema point at the statement that made a thing, wherever that stands. Where only changed migrations are reported, such a
//! finding would be lost. So the rules look at the schema before the first changed migration too: what they find in an older file at the end of
//! the history, and did not find there, is the change's doing, and is reported.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::migration::{History, Migration};
use crate::rules::Findings;

use super::check::{Checked, Whole};
use super::deployed::Deployed;
use super::selection::Selection;
use super::workspace::Workspace;

impl<'a> Workspace<'a> {
    /// Of what rules find in `history` as a whole, by file, what was not there `before` its migration at place `first`, in the files of those
    /// before it; as far as these are linted at all.
    pub(super) fn aftermath(
        &self,
        (history, first): (&History, u32),
        before: &Catalog,
        of_history: &BTreeMap<Arc<str>, Findings>,
        is_linted: impl Fn(&Migration) -> bool,
        selection: Selection<'a>,
    ) -> Vec<Checked<'a>> {
        let (older, rest) = history.migrations.split_at(first as usize);
        let is_found = |migration: &&Migration| migration.files().any(|file| of_history.contains_key(file.path()));
        let Some(cause) = rest.first().filter(|_| older.iter().any(|migration| is_found(&migration))) else { return Vec::new() };
        let past = History { migrations: older.to_vec(), ..history.clone() };
        let whole = Whole { history: &past, change: &(0..first).collect(), end: before, added: &BTreeSet::new() };
        let standing = self.check_history(whole, &selection);
        let deployed = Deployed::of(history, self.settings.config);
        let mut out = Vec::new();
        for (place, migration) in (0..).zip(older).filter(|(_, migration)| is_found(migration) && is_linted(migration)) {
            let files: BTreeSet<String> = migration.files().map(|file| file.path().to_owned()).collect();
            let at = |found: &BTreeMap<Arc<str>, Findings>| files.iter().filter_map(|path| found.get(&**path)).flatten().cloned().collect();
            let (old, now): (Findings, Findings) = (at(&standing), at(of_history));
            let is_old = |finding: &Diagnostic| old.iter().any(|other| is_same(finding, other));
            let new: Findings = now.into_iter().filter(|finding| !is_old(finding)).map(|finding| caused(finding, cause)).collect();
            if !new.is_empty() {
                let places = self.places(migration, deployed.standing(place), &files, selection);
                out.push(Checked::of(migration, places, new));
            }
        }
        out
    }
}

fn is_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.rule == b.rule && a.primary.path == b.primary.path && a.primary.span == b.primary.span && a.message == b.message
}

/// Says since when.
fn caused(finding: Diagnostic, cause: &Migration) -> Diagnostic {
    finding.related(Arc::from(cause.up.path()), cause.up.first_line(), "not before this migration")
}
