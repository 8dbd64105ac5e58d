//! What the two say differently of one file, and how often they agree.

use std::fmt;
use std::ops::AddAssign;

use super::ours::{Ours, Verdict};
use super::theirs::Theirs;

/// One difference, ready to be read.
pub struct Difference {
    pub sort: Sort,
    file: String,
    line: usize,
    statement: String,
    ours: String,
    theirs: String,
}

/// What differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    Split,
    /// PostgreSQL accepts it, we don't.
    Accepted,
    /// PostgreSQL rejects it, we don't.
    Rejected,
    Kind,
    Facts,
}

/// How often two of a kind agree.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ratio {
    pub same: usize,
    pub all: usize,
}

/// How often the two agree.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub split: Ratio,
    /// Of those that PostgreSQL accepts.
    pub accepted: Ratio,
    /// Of those that PostgreSQL rejects.
    pub rejected: Ratio,
    /// Of the DDL that both accept: kind and facts.
    pub ddl: Ratio,
    /// Of everything else that both accept: kind and facts.
    pub others: Ratio,
    /// Statements whose verdict says nothing of ours.
    pub left_out: usize,
}

impl Ratio {
    fn count(&mut self, same: bool) {
        self.all += 1;
        self.same += usize::from(same);
    }

    /// From 0 to 1; 1 of nothing.
    pub fn share(self) -> f64 {
        if self.all == 0 { 1.0 } else { self.same as f64 / self.all as f64 }
    }
}

impl AddAssign for Ratio {
    fn add_assign(&mut self, other: Self) {
        self.same += other.same;
        self.all += other.all;
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.split += other.split;
        self.accepted += other.accepted;
        self.rejected += other.rejected;
        self.ddl += other.ddl;
        self.others += other.others;
        self.left_out += other.left_out;
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { sort, file, line, statement, ours, theirs } = self;
        write!(f, "{sort:?} {file}:{line}: {}\n    ours:   {ours}\n    theirs: {theirs}", statement.replace('\n', "\n    "))
    }
}

/// Compares the statements of one file, both in order.
pub fn compare(file: &str, bytes: &[u8], ours: &[Ours], theirs: &[Theirs]) -> (Tally, Vec<Difference>) {
    let mut comparison = Comparison { file, bytes, tally: Tally::default(), differences: Vec::new() };
    let mut unmatched = ours.iter().peekable();
    for their in theirs {
        while let Some(our) = unmatched.next_if(|our| our.span.start < their.start) {
            comparison.only_ours(our);
        }
        match unmatched.next_if(|our| (our.span.start, our.span.end) == (their.start, their.end)) {
            Some(our) => comparison.both(our, their),
            None => comparison.only_theirs(their),
        }
    }
    unmatched.for_each(|our| comparison.only_ours(our));
    (comparison.tally, comparison.differences)
}

struct Comparison<'c> {
    file: &'c str,
    bytes: &'c [u8],
    tally: Tally,
    differences: Vec<Difference>,
}

impl Comparison<'_> {
    fn only_ours(&mut self, our: &Ours) {
        self.tally.split.count(false);
        self.differ(Sort::Split, (our.span.start, our.span.end), "a statement".to_owned(), "none that begins and ends there".to_owned());
    }

    fn only_theirs(&mut self, their: &Theirs) {
        self.tally.split.count(false);
        if !their.is_left_out() {
            if their.accepted { self.tally.accepted.count(false) } else { self.tally.rejected.count(false) }
        }
        self.differ(Sort::Split, (their.start, their.end), "none that begins and ends there".to_owned(), "a statement".to_owned());
    }

    fn both(&mut self, our: &Ours, their: &Theirs) {
        self.tally.split.count(true);
        if their.is_left_out() {
            self.tally.left_out += 1;
        } else if their.accepted {
            self.accepted(our, their);
        } else {
            let rejected = matches!(our.verdict, Verdict::Rejected(_));
            self.tally.rejected.count(rejected);
            if !rejected {
                self.differ(Sort::Rejected, (their.start, their.end), our.verdict.word().to_owned(), their.error.clone());
            }
        }
    }

    fn accepted(&mut self, our: &Ours, their: &Theirs) {
        let place = (their.start, their.end);
        let Verdict::Accepted { kind, facts, .. } = &our.verdict else {
            self.tally.accepted.count(false);
            let why = match &our.verdict {
                Verdict::Rejected(why) => why.clone(),
                other => other.word().to_owned(),
            };
            return self.differ(Sort::Accepted, place, why, their.kind.clone());
        };
        self.tally.accepted.count(true);
        let same = *kind == their.kind && *facts == their.facts;
        if their.is_ddl() {
            self.tally.ddl.count(same)
        } else {
            self.tally.others.count(same)
        }
        if *kind != their.kind {
            self.differ(Sort::Kind, place, (*kind).to_owned(), their.kind.clone());
        } else if !same {
            let (ours, theirs) = apart(facts, &their.facts);
            self.differ(Sort::Facts, place, ours, theirs);
        }
    }

    fn differ(&mut self, sort: Sort, (start, end): (u32, u32), ours: String, theirs: String) {
        let (start, end) = (start as usize, end as usize);
        let line = self.bytes[..start].iter().filter(|&&byte| byte == b'\n').count() + 1;
        let statement = String::from_utf8_lossy(&self.bytes[start..end]).into_owned();
        self.differences.push(Difference { sort, file: self.file.to_owned(), line, statement, ours, theirs });
    }
}

impl Verdict {
    const fn word(&self) -> &'static str {
        match self {
            Verdict::Accepted { .. } => "accepted",
            Verdict::Rejected(_) => "rejected",
            Verdict::Template => "a template",
        }
    }
}

/// The facts that only one of two sorted lists holds.
fn apart(ours: &[String], theirs: &[String]) -> (String, String) {
    let (mut only_ours, mut only_theirs) = (Vec::new(), theirs.to_vec());
    for fact in ours {
        match only_theirs.iter().position(|other| other == fact) {
            Some(at) => drop(only_theirs.remove(at)),
            None => only_ours.push(fact.clone()),
        }
    }
    (only_ours.join(" | "), only_theirs.join(" | "))
}
