//! Since when our statements are read, against PostgreSQL's servers: as `versions.py` has written it down.

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;

use super::ours::{self, Verdict};
use super::{recorder, theirs};

/// One line of `versions.jsonl`: a statement that some server does not read.
#[derive(Debug, Deserialize)]
struct Younger {
    file: String,
    index: usize,
    start: u32,
    end: u32,
    /// The first version from which on all read it.
    since: u8,
}

/// Everything is read since the oldest version at least.
const OLDEST: u8 = 12;

/// What 12 and 13 read, and refuse only when they run it: what it needs is what runs it.
const READ_AND_REFUSED: &[&str] = &["CREATE STATISTICS s (mcv) ON (a + b), lower(c), d FROM t", "CREATE STATISTICS s ON (a -> 'x') FROM t"];

/// `versions.jsonl` by file and place.
fn younger() -> BTreeMap<(String, u32, u32), Younger> {
    let text = fs::read_to_string(recorder::folder().join("versions.jsonl")).expect("what versions.py has written");
    let lines = text.lines().map(|line| serde_json::from_str::<Younger>(line).expect("a line of versions.py"));
    lines.map(|line| ((line.file.clone(), line.start, line.end), line)).collect()
}

#[test]
fn syntax_is_as_old_as_the_servers_say() {
    let younger = younger();
    let mut wrong = Vec::new();
    for file in theirs::read(&recorder::folder().join("record.jsonl")).into_keys() {
        let bytes = fs::read(recorder::folder().join("statements").join(&file)).expect("a file of our statements");
        for our in ours::statements(&bytes) {
            let Verdict::Accepted { since, .. } = our.verdict else { continue };
            let text = String::from_utf8_lossy(&bytes[our.span.start as usize..our.span.end as usize]);
            let expected = younger.get(&(file.clone(), our.span.start, our.span.end)).map_or(OLDEST, |line| line.since);
            if since.max(OLDEST) != expected && !READ_AND_REFUSED.contains(&&*text) {
                wrong.push(format!("{file}: ours {since}, the servers' {expected}: {text}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} needs differ; after a change of the statements run `tests/oracle/versions.py`:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_servers_were_asked_of_the_statements_that_are_there() {
    let record = theirs::read(&recorder::folder().join("record.jsonl"));
    for line in younger().values() {
        let statement = record.get(&line.file).and_then(|statements| statements.get(line.index));
        let same = statement.is_some_and(|statement| statement.accepted && (statement.start, statement.end) == (line.start, line.end));
        assert!(same, "the statements have changed, run `tests/oracle/versions.py`: {line:?}");
    }
}
