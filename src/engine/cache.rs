//! What is kept from one run to the next: the schema that the first migrations of a history leave, which have not changed since.
//!
//! A hook looks at what is about to be committed, and that comes last. To replay thousands of migrations for it again and again, which are what
//! they were, would be most of its work. So such a run keeps the catalog before the first migration that it reports in the
//! repository's own folder (`.git/migration-lint`), one file a history. Invariants: what is kept is taken only by the same build of the program,
//! on the same start, for migrations that are letter by letter the same, and if the rest of the history still gives the same answers; whatever is
//! wrong with the file, or stands in the way of writing it, costs time and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::catalog::{Catalog, Class};
use crate::migration::{History, Kind, Migration};
use crate::rules::{MentionsBefore, Names};

use super::dialects::{Dialects, Foreign, foreign};
use super::git::{self, Changes};
use super::index::Index;
use super::start::Start;
use super::workspace::Workspace;
use super::write;

/// As many migrations are replayed in no time.
const FEW: u32 = 64;

/// What is older is taken away when something is written: thirty days.
const LONG: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Where histories are kept.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
}

/// What holds after the first migrations of a history.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// What each of them is.
    signs: Vec<u64>,
    /// Those that may be of another database, and those that are.
    suspects: BTreeSet<u32>,
    foreign: BTreeSet<u32>,
    /// Those that fail.
    failing: BTreeSet<u32>,
    /// What was asked of the history as a whole while they were replayed, and the answers.
    answers: Answers,
    /// The names that they mention, if somebody wanted to know.
    mentions: Option<MentionsBefore>,
    /// What they leave.
    catalog: Catalog,
}

/// Whether the files make something of a class that is called so.
type Answers = BTreeMap<(Class, String), bool>;

impl Cache {
    /// That of the repository of which something has changed, or whose index is read; none where git does not say where it keeps that.
    pub fn of(changes: Option<&Changes>, index: Option<&Index>) -> Option<Cache> {
        let folder = match (index, changes) {
            (Some(index), _) => git::kept_in_hook(index.directory()),
            (None, Some(changes)) => git::kept_in(changes.root()),
            (None, None) => None,
        };
        Some(Cache { folder: folder?.join("migration-lint") })
    }

    fn file(&self, history: &History) -> PathBuf {
        self.folder.join(format!("{:016x}.cache", hash(&history.folder)))
    }

    /// What is kept of `history`.
    fn read(&self, history: &History, key: u64) -> Option<Kept> {
        let bytes = fs::read(self.file(history)).ok()?;
        let (head, body) = bytes.split_at_checked(HEAD)?;
        (head == self::head(key, body)).then(|| postcard::from_bytes(body).ok()).flatten()
    }

    fn write(&self, history: &History, key: u64, kept: &Kept) {
        let Ok(body) = postcard::to_stdvec(kept) else { return };
        let mut bytes = head(key, &body).to_vec();
        bytes.extend(body);
        write::keep(&self.file(history), &bytes);
        self.tidy();
    }

    /// Takes away what nobody has written for a long time: of a worktree that is gone, of a run that was stopped.
    fn tidy(&self) {
        let is_old = |file: &fs::DirEntry| {
            let written = file.metadata().and_then(|file| file.modified()).ok();
            written.and_then(|at| at.elapsed().ok()).is_some_and(|age| age > LONG)
        };
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        files.filter(is_old).for_each(|file| drop(fs::remove_file(file.path())));
    }
}

/// A history, and what is known of its first migrations.
#[derive(Debug)]
pub(super) struct Resumed<'h> {
    pub(super) history: &'h History,
    /// How many of its migrations need not be replayed.
    pub(super) places: u32,
    /// What they leave.
    pub(super) catalog: Catalog,
    /// Those of them that fail.
    pub(super) failing: BTreeSet<u32>,
    /// The names of the whole history.
    pub(super) names: Names,
    /// Its migrations that are of another database, by the paths of their up files.
    pub(super) foreign: BTreeMap<&'h str, Foreign>,
    keeping: Option<Keeping>,
}

/// What is to be kept, as far as it is known before anything is replayed.
#[derive(Debug)]
struct Keeping {
    cache: Cache,
    key: u64,
    signs: Vec<u64>,
    suspects: BTreeSet<u32>,
    answers: Noted,
}

/// What is asked of the history as a whole while its first migrations are replayed.
#[derive(Debug)]
pub(super) struct Noted {
    /// How many those are.
    places: u32,
    answers: Mutex<Answers>,
}

impl Noted {
    /// Notes what was answered to the migration at `place`.
    pub(super) fn note(&self, place: u32, class: Class, name: &str, answer: bool) {
        if place < self.places {
            self.answers.lock().unwrap_or_else(PoisonError::into_inner).insert((class, name.to_owned()), answer);
        }
    }
}

impl Workspace<'_> {
    /// `history`, in the folder called `folder`, with what is kept of what comes before its migration at `first`, or of all of it; nothing, where
    /// nothing is to be kept.
    pub(super) fn resume<'h>(&self, history: &'h History, folder: &str, first: Option<u32>) -> Resumed<'h> {
        let start = self.settings.start.catalog(history.layout.tracking_table());
        let cache = self.cache.as_ref().filter(|_| first.is_none_or(|first| first >= FEW));
        let Some((cache, key)) = cache.and_then(|cache| Some((cache, key(self.settings.start, &start)?))) else {
            let (names, foreign) = (Names::new(), foreign(history, folder));
            return Resumed { history, places: 0, catalog: start, failing: BTreeSet::new(), names, foreign, keeping: None };
        };
        let mut signs: Vec<u64> = history.migrations.par_iter().map(Migration::sign).collect();
        let end = first.map_or(signs.len(), |first| first as usize);
        let mut kept = cache.read(history, key).filter(|kept| kept.signs.len() <= end && signs.starts_with(&kept.signs));
        signs.truncate(end);
        let places = kept.as_ref().map_or(0, |kept| kept.signs.len() as u32);
        let is_plain = |place| kept.as_ref().is_some_and(|kept| place < places && !kept.suspects.contains(&place));
        let dialects = Dialects::read_but(history, is_plain);
        let suspects = dialects.suspects().take_while(|place| (*place as usize) < end).collect();
        let foreign = dialects.foreign(history, folder);
        let mentions = kept.as_mut().and_then(|kept| kept.mentions.take());
        let names = mentions.map_or_else(Names::new, |mentions| Names::resumed(history, places, mentions));
        let holds = |kept: &Kept| {
            let mut answers = kept.answers.iter();
            kept.foreign == foreign_among(history, &foreign, places)
                && answers.all(|((class, name), answer)| names.are_new(history, *class, name) == *answer)
        };
        let kept = kept.filter(holds).map(|kept| (places, kept.catalog, kept.failing, kept.answers));
        let (places, catalog, failing, answers) = kept.unwrap_or_else(|| (0, start, BTreeSet::new(), Answers::new()));
        let answers = Noted { places: end as u32, answers: Mutex::new(answers) };
        let keeping = Some(Keeping { cache: cache.clone(), key, signs, suspects, answers });
        Resumed { history, places, catalog, failing, names, foreign, keeping }
    }
}

impl Resumed<'_> {
    /// Where answers are noted that depend on the history as a whole.
    pub(super) fn noted(&self) -> Option<&Noted> {
        self.keeping.as_ref().map(|keeping| &keeping.answers)
    }

    /// Keeps what is there before the first change, `catalog`, if it took time to find out; `failing` are all migrations that fail.
    pub(super) fn keep(self, catalog: &Catalog, failing: &BTreeSet<u32>) {
        let Some(Keeping { cache, key, signs, suspects, answers: Noted { places, answers } }) = self.keeping else { return };
        // A baseline begins anew, and does not find what the migrations before it leave.
        let is_baseline = self.history.migrations.get(places as usize).is_some_and(|first| first.kind == Kind::Baseline);
        if places - self.places < FEW || is_baseline || !catalog.can_be_written() {
            return;
        }
        let kept = Kept {
            signs,
            suspects,
            foreign: foreign_among(self.history, &self.foreign, places),
            failing: failing.range(..places).copied().collect(),
            answers: answers.into_inner().unwrap_or_else(PoisonError::into_inner),
            mentions: self.names.before(places),
            catalog: catalog.clone(),
        };
        cache.write(self.history, key, &kept);
    }
}

/// The places of the first `places` migrations that are of another database.
fn foreign_among(history: &History, foreign: &BTreeMap<&str, Foreign>, places: u32) -> BTreeSet<u32> {
    let first = (0..places).zip(&history.migrations);
    first.filter(|(_, migration)| foreign.contains_key(migration.up.path())).map(|(place, _)| place).collect()
}

/// For whom something is kept: a build of the program that begins with `catalog`; none where it can't be told apart from others.
fn key(start: &Start, catalog: &Catalog) -> Option<u64> {
    let program = std::env::current_exe().ok()?;
    let file = fs::metadata(&program).ok()?;
    let begins = postcard::to_stdvec(catalog).ok()?;
    Some(hash((env!("CARGO_PKG_VERSION"), program, file.len(), file.modified().ok()?, start.target, start.knowledge, begins)))
}

/// The length of a file's beginning, in bytes.
const HEAD: usize = 16;

/// The beginning of a file with `body`: for whom it is, and what must come behind it.
fn head(key: u64, body: &[u8]) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    head[..8].copy_from_slice(&key.to_le_bytes());
    head[8..].copy_from_slice(&hash(body).to_le_bytes());
    head
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
