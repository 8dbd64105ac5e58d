//! Lines of data, read when somebody first asks for them. They are sorted by what they are looked up by, a word and perhaps another one: rows of
//! one word are found by a hash, and among them by binary search.
//!
//! Nothing in the data is checked here: a test writes every row again as its line.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;
use std::slice;
use std::sync::OnceLock;

use fnv::FnvBuildHasher;

use crate::syntax::Version;

use super::versions::Versions;

/// What one line, or one line with those indented below it, says.
pub(super) trait Row: Sized + 'static {
    /// Reads all lines of a table.
    fn read(source: &'static str) -> Vec<Self>;

    /// The versions that it holds for.
    fn versions(&self) -> Versions;
}

/// A row that is looked up by a word.
pub(super) trait Keyed: Row {
    /// What the lines are sorted by first.
    fn key(&self) -> &'static str;
}

/// Rows, and the text that they are read from.
pub(super) struct Table<T: 'static> {
    pub(super) source: &'static str,
    rows: OnceLock<Box<[T]>>,
    by_key: OnceLock<HashMap<&'static str, Range<usize>, FnvBuildHasher>>,
}

impl<T: Row> Table<T> {
    pub(super) const fn new(source: &'static str) -> Self {
        Self { source, rows: OnceLock::new(), by_key: OnceLock::new() }
    }

    /// All rows, of whatever version.
    pub(super) fn rows(&'static self) -> &'static [T] {
        self.rows.get_or_init(|| T::read(self.source).into_boxed_slice())
    }

    /// The rows of a version.
    pub(super) fn of(&'static self, version: Version) -> Found<T> {
        Found { rows: self.rows().iter(), version }
    }

    /// Those of them that `order` calls equal; it must agree with the order of the lines.
    pub(super) fn find(&'static self, version: Version, order: impl Fn(&T) -> Ordering) -> Found<T> {
        equal(self.rows(), version, order)
    }
}

impl<T: Keyed> Table<T> {
    /// The rows of a version that have this key.
    pub(super) fn with(&'static self, version: Version, key: &str) -> Found<T> {
        Found { rows: self.all_with(key).iter(), version }
    }

    /// Those of them that `order` calls equal; it must agree with the order of the lines of one key.
    pub(super) fn find_with(&'static self, version: Version, key: &str, order: impl Fn(&T) -> Ordering) -> Found<T> {
        equal(self.all_with(key), version, order)
    }

    /// The rows of all versions that have this key.
    pub(super) fn all_with(&'static self, key: &str) -> &'static [T] {
        let rows = self.rows();
        let by_key = self.by_key.get_or_init(|| {
            let mut at = 0;
            let runs = rows.chunk_by(|a, b| a.key() == b.key());
            runs.map(|run| {
                let start = at;
                at += run.len();
                (run[0].key(), start..at)
            })
            .collect()
        });
        by_key.get(key).map_or(&[], |range| &rows[range.clone()])
    }
}

fn equal<T: Row>(rows: &'static [T], version: Version, order: impl Fn(&T) -> Ordering) -> Found<T> {
    let first = rows.partition_point(|row| order(row) == Ordering::Less);
    let count = rows[first..].partition_point(|row| order(row) == Ordering::Equal);
    Found { rows: rows[first..first + count].iter(), version }
}

/// Rows of a version.
pub(super) struct Found<T: 'static> {
    rows: slice::Iter<'static, T>,
    version: Version,
}

impl<T> Clone for Found<T> {
    fn clone(&self) -> Self {
        Self { rows: self.rows.clone(), version: self.version }
    }
}

impl<T: Row> Iterator for Found<T> {
    type Item = &'static T;

    fn next(&mut self) -> Option<&'static T> {
        self.rows.find(|row| row.versions().contains(self.version))
    }
}

/// The rows of lines that each stand alone.
pub(super) fn lines<T>(source: &'static str, read: impl Fn(Fields, Versions) -> T) -> Vec<T> {
    source
        .lines()
        .map(|line| {
            let (line, versions) = Versions::of_line(line);
            read(Fields(line), versions)
        })
        .collect()
}

/// The words of a line that are still to be read.
pub(super) struct Fields(pub(super) &'static str);

impl Fields {
    /// The next word; empty where there is none.
    pub(super) fn word(&mut self) -> &'static str {
        let (word, rest) = self.0.split_once(' ').unwrap_or((self.0, ""));
        self.0 = rest;
        word
    }

    /// The next word, if it is `word`.
    pub(super) fn is_next(&mut self, word: &str) -> bool {
        let is_next = self.0.split(' ').next() == Some(word);
        if is_next {
            self.word();
        }
        is_next
    }

    /// What follows `key` and `=`, if that is the next word.
    pub(super) fn value(&mut self, key: &str) -> Option<&'static str> {
        self.0.strip_prefix(key)?.strip_prefix('=')?;
        Some(&self.word()[key.len() + 1..])
    }
}
