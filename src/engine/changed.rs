//! What has changed since a revision, as far as a workspace's files go: which of them are reported, and which migrations are new.
//!
//! A migration has changed with any of its files, the tool's settings beside it included: what a changed down file spoils may be told of the up
//! file. A migration whose version was there under another name is not new.

use std::collections::{BTreeMap, BTreeSet};

use crate::migration::{History, Migration};

use super::git::{Changes, Commit};

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// There was none of its name.
    Added,
    /// It had another content.
    Modified,
}

/// The files of a workspace that have changed, by their whole paths.
#[derive(Debug, Clone)]
pub(super) struct Changed {
    files: BTreeMap<String, Change>,
    /// Those that are not there any more.
    gone: Vec<String>,
    /// What was there before, if git knows.
    before: Option<Commit>,
}

impl Changed {
    /// What `changes` says of `files`.
    pub(super) fn new<'f>(changes: &Changes, files: impl Iterator<Item = &'f str>) -> Self {
        let files = changes.among(files).map(|(path, change)| (path.to_owned(), change)).collect();
        Self { files, gone: changes.gone().to_vec(), before: Some(changes.before()) }
    }

    /// That of a workspace to which the files at `paths` were added.
    pub(super) fn added_files(paths: impl Iterator<Item = String>) -> Self {
        Self { files: paths.map(|path| (path, Change::Added)).collect(), gone: Vec::new(), before: None }
    }

    /// What became of the file at `path`; nothing if it is as it was.
    pub(super) fn of(&self, path: &str) -> Option<Change> {
        self.files.get(path).copied()
    }

    /// The files that are not there any more, with what they said.
    pub(super) fn gone(&self) -> impl Iterator<Item = (&str, Vec<u8>)> {
        self.gone.iter().filter_map(|path| Some((path.as_str(), self.content_before(path)?)))
    }

    /// What the file at `path` said before; none where nobody knows.
    pub(super) fn content_before(&self, path: &str) -> Option<Vec<u8>> {
        self.before.as_ref()?.content(path)
    }

    /// Whether it is known what was there before.
    pub(super) const fn knows_before(&self) -> bool {
        self.before.is_some()
    }

    /// Whether the file at `path` has changed.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Whether one of the files at `paths`, or one below `folder`, is not there any more.
    pub(super) fn misses(&self, folder: &str, paths: &[String]) -> bool {
        let is_below = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.gone.iter().any(|gone| is_below(gone) || paths.contains(gone))
    }

    /// Notes that the text of the file at `path` is another one, whatever else is known of it.
    pub(super) fn modify(&mut self, path: String) {
        self.files.entry(path).or_insert(Change::Modified);
    }

    /// Those of `selected` that belong to a migration that has changed; of files that are no migrations, those that have changed themselves.
    pub(super) fn narrow(&self, selected: &BTreeSet<String>, histories: &[History]) -> BTreeSet<String> {
        let migrations = histories.iter().flat_map(|history| &history.migrations);
        let touched = migrations.filter(|migration| self.touches(migration)).flat_map(Migration::files).map(|file| file.path().to_owned());
        touched.chain(self.files.keys().cloned()).filter(|path| selected.contains(path)).collect()
    }

    fn touches(&self, migration: &Migration) -> bool {
        migration.files().chain(migration.settings()).any(|file| self.has(file.path()))
    }

    /// The up files of the migrations of `history` whose versions were not there.
    pub(super) fn added<'h>(&self, history: &'h History) -> BTreeSet<&'h str> {
        let gone: BTreeSet<String> = self.gone.iter().filter_map(|path| history.version_of(path)).collect();
        let is_new = |migration: &&Migration| {
            let is_gone = migration.version.as_ref().is_some_and(|version| gone.contains(version));
            self.files.get(migration.up.path()) == Some(&Change::Added) && !is_gone
        };
        history.migrations.iter().filter(is_new).map(|migration| migration.up.path()).collect()
    }
}
