//! What rules keep of a history from one look at it to the next, for an editor looks again after each change.
//!
//! Invariant: what is kept is what would be found anew, so that a rule is still a function of its context. What is read of a file counts for that very
//! text, and of a migration for those of all its files and settings; what is said of an object counts until [`Kept::renew`] hears that it may be
//! another. Nothing waits for another thread while it holds one of the locks.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::catalog::{Catalog, Oid};
use crate::migration::{Migration, Section, Sections, Sql};
use crate::text::SourceFile;

use super::schema_map::Comparison;

/// How many migrations are kept as they were read: what is found in one schema object after another is mostly mended in the same few.
const READ: usize = 4;

/// What is kept of one history.
#[derive(Debug, Default)]
pub struct Kept {
    /// What the header of each file says, by the file's path.
    headers: Mutex<HashMap<String, Header>>,
    of_end: Mutex<OfEnd>,
    /// The migrations that were read last.
    read: Mutex<VecDeque<Arc<ReadMigration>>>,
}

/// A text, and what its header says.
type Header = (Arc<str>, Arc<HeaderWords>);

/// What is kept of the schema that the history leaves.
#[derive(Debug, Default)]
struct OfEnd {
    end: Option<Catalog>,
    comparison: Comparison,
}

/// A migration with its trees.
#[derive(Debug)]
pub(super) struct ReadMigration {
    migration: Migration,
    pub(super) sections: Sections,
    pub(super) up: Sql,
    down: OnceLock<Sql>,
}

impl ReadMigration {
    fn of(migration: &Migration) -> Self {
        let sections = migration.sections();
        let up = sections.up.parse();
        Self { migration: migration.clone(), sections, up, down: OnceLock::new() }
    }

    /// Its down section, if it has one.
    pub(super) fn down(&self) -> Option<(&Section, &Sql)> {
        let section = self.sections.down.as_ref()?;
        Some((section, self.down.get_or_init(|| section.parse())))
    }

    /// Whether it is this one, whose sections follow from its files and from the settings beside them.
    fn is_of(&self, migration: &Migration) -> bool {
        texts(&self.migration).eq(texts(migration))
    }
}

/// The files that a migration's sections follow from, by their paths and where their texts lie in memory.
fn texts(migration: &Migration) -> impl Iterator<Item = (&str, *const str)> {
    migration.files().chain(migration.settings()).map(|file| (file.path(), std::ptr::from_ref(file.text())))
}

/// What a migration's header says of it.
#[derive(Debug)]
pub(super) struct HeaderWords {
    /// What it is for.
    pub(super) purpose: Option<String>,
    /// The schemas in which it works.
    pub(super) schemas: Option<Vec<String>>,
}

impl Kept {
    /// From now on the history leaves `end`. Of two schemas, `affected` says which objects may be others, be it by what they refer to; none for all.
    pub fn renew(&self, end: &Catalog, affected: impl FnOnce(&Catalog, &Catalog) -> Option<BTreeSet<Oid>>) {
        let mut of_end = locked(&self.of_end);
        match of_end.end.replace(end.clone()).and_then(|old| affected(&old, end)) {
            Some(affected) => of_end.comparison.forget(&affected),
            None => of_end.comparison = Comparison::default(),
        }
    }

    /// What the header of `source` says, which `read` reads.
    pub(super) fn header(&self, source: &SourceFile, read: impl FnOnce() -> HeaderWords) -> Arc<HeaderWords> {
        let text = source.shared_text();
        if let Some((_, words)) = locked(&self.headers).get(source.path()).filter(|(of, _)| Arc::ptr_eq(of, &text)) {
            return Arc::clone(words);
        }
        let words = Arc::new(read());
        locked(&self.headers).insert(source.path().to_owned(), (text, Arc::clone(&words)));
        words
    }

    /// A migration, read.
    pub(super) fn read(&self, migration: &Migration) -> Arc<ReadMigration> {
        let mut read = locked(&self.read);
        let known = read.iter().position(|one| one.is_of(migration)).and_then(|at| read.remove(at));
        let one = known.unwrap_or_else(|| Arc::new(ReadMigration::of(migration)));
        read.truncate(READ - 1);
        read.push_front(Arc::clone(&one));
        one
    }

    /// What is known of how the schema map departs from the schema.
    pub(super) fn with_comparison<R>(&self, compare: impl FnOnce(&mut Comparison) -> R) -> R {
        compare(&mut locked(&self.of_end).comparison)
    }
}

/// Nothing is left half done where a thread panicked.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::{Transaction, histories};

    #[test]
    fn a_migration_is_read_anew_where_a_text_or_a_setting_is_another() {
        let up = SourceFile::new("m/1_a/up.sql", "VACUUM");
        let migration = |up: &SourceFile, settings: &str| {
            let files = [up.clone(), SourceFile::new("m/1_a/metadata.toml", settings)];
            histories(&files)[0].migrations[0].clone()
        };
        let kept = Kept::default();
        let first = migration(&up, "run_in_transaction = true");
        let read = kept.read(&first);
        assert!(Arc::ptr_eq(&read, &kept.read(&first)));
        let other = kept.read(&migration(&up, "run_in_transaction = false"));
        assert_eq!((read.sections.up.transaction, other.sections.up.transaction), (Transaction::Tool, Transaction::Message));
        let edited = kept.read(&migration(&SourceFile::new("m/1_a/up.sql", "SELECT 1"), "run_in_transaction = true"));
        assert_eq!(&*edited.up.text, "SELECT 1");
    }

    #[test]
    fn a_header_counts_for_its_text() {
        let kept = Kept::default();
        let words = |purpose: &str| HeaderWords { purpose: Some(purpose.to_owned()), schemas: None };
        let (one, other) = (SourceFile::new("m/1.sql", "a"), SourceFile::new("m/1.sql", "a"));
        assert_eq!(kept.header(&one, || words("first")).purpose.as_deref(), Some("first"));
        assert_eq!(kept.header(&one.clone(), || words("second")).purpose.as_deref(), Some("first"));
        assert_eq!(kept.header(&other, || words("third")).purpose.as_deref(), Some("third"));
    }
}
