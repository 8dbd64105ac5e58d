//! Lines of data, read when somebody first asks for them, and found by binary search: the data are sorted by what they are looked up by.
//!
//! Nothing in the data is checked here: a test writes every row again as its line.

use std::cmp::Ordering;
use std::slice;
use std::sync::OnceLock;

use crate::syntax::Version;

use super::versions::Versions;

/// What one line, or one line with those indented below it, says.
pub(super) trait Row: Sized + 'static {
    /// Reads all lines of a table.
    fn read(source: &'static str) -> Vec<Self>;

    /// The versions that it holds for.
    fn versions(&self) -> Versions;
}

/// Rows, and the text that they are read from.
pub(super) struct Table<T: 'static> {
    pub(super) source: &'static str,
    rows: OnceLock<Box<[T]>>,
}

impl<T: Row> Table<T> {
    pub(super) const fn new(source: &'static str) -> Self {
        Self { source, rows: OnceLock::new() }
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
        let rows = self.rows();
        let first = rows.partition_point(|row| order(row) == Ordering::Less);
        let count = rows[first..].partition_point(|row| order(row) == Ordering::Equal);
        Found { rows: rows[first..first + count].iter(), version }
    }
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
