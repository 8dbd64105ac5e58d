//! What rules keep of a history from one look at it to the next, for an editor looks again after each change.
//!
//! Invariant: what is kept is what would be found anew. What is read of a text counts for that very text; what is said of an object counts until
//! [`Kept::renew`] hears that it may be another.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::catalog::{Catalog, Oid};
use crate::text::SourceFile;

use super::schema_map::Comparison;

/// What is kept of one history.
#[derive(Debug, Default)]
pub struct Kept {
    /// What the header of each file says, by the file's path.
    headers: Mutex<HashMap<String, (Arc<str>, Arc<HeaderWords>)>>,
    of_end: Mutex<OfEnd>,
}

/// What is kept of the schema that the history leaves.
#[derive(Debug, Default)]
struct OfEnd {
    end: Option<Catalog>,
    comparison: Comparison,
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

    /// What is known of how the schema map departs from the schema.
    pub(super) fn with_comparison<R>(&self, compare: impl FnOnce(&mut Comparison) -> R) -> R {
        compare(&mut locked(&self.of_end).comparison)
    }
}

/// Nothing is left half done where a thread panicked.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
