//! Our own statements against their record: no difference at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::difference::{self, Difference, Sort, Tally};
use super::{ours, recorder, theirs};

/// How many differences a failure shows.
const SHOWN: usize = 25;

fn comparison() -> (Tally, Vec<Difference>) {
    let record = theirs::read(&recorder::folder().join("record.jsonl"));
    let mut tally = Tally::default();
    let mut differences = Vec::new();
    for (file, bytes) in files() {
        let theirs = record.get(&file).map_or(&[][..], Vec::as_slice);
        let (counted, found) = difference::compare(&file, &bytes, &ours::statements(&bytes), theirs);
        tally += counted;
        differences.extend(found);
    }
    (tally, differences)
}

fn files() -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(recorder::folder().join("statements")).expect("our statements");
    let paths = entries.map(|entry| entry.expect("an entry that can be read").path());
    paths
        .map(|path| (path.file_name().expect("a file").to_string_lossy().into_owned(), fs::read(&path).expect("a file that can be read")))
        .collect()
}

/// Fails with the differences of a sort, if there are any.
fn assert_same(sort: Sort) {
    let (_, differences) = comparison();
    let found: Vec<String> = differences.iter().filter(|difference| difference.sort == sort).map(Difference::to_string).collect();
    let shown = &found[..found.len().min(SHOWN)];
    assert!(found.is_empty(), "{} differences, of which {} are:\n{}", found.len(), shown.len(), shown.join("\n"));
}

#[test]
fn statements_end_where_postgresql_ends_them() {
    assert_same(Sort::Split);
}

#[test]
fn what_postgresql_accepts_is_accepted() {
    assert_same(Sort::Accepted);
}

#[test]
fn what_postgresql_rejects_is_rejected() {
    assert_same(Sort::Rejected);
}

#[test]
fn kinds_are_the_same() {
    assert_same(Sort::Kind);
}

#[test]
fn facts_are_the_same() {
    assert_same(Sort::Facts);
}

#[test]
fn the_record_holds_our_statements_and_nothing_is_left_out_for_another_reason_than_it_says() {
    let record = theirs::read(&recorder::folder().join("record.jsonl"));
    let files = files();
    let unknown: BTreeSet<_> = record.keys().filter(|file| !files.contains_key(*file)).collect();
    assert!(unknown.is_empty(), "the record has files that are no more: {unknown:?}");
    let (tally, _) = comparison();
    let left_out = record.values().flatten().filter(|statement| statement.is_left_out());
    assert_eq!(tally.left_out, left_out.count(), "statements with placeholders, and those that only older versions accept");
    assert!(tally.accepted.all + tally.rejected.all > 1500, "{tally:?}");
}
