//! What is said of a migration: proved, refuted or unknown.

use crate::catalog::difference::Difference;
use crate::catalog::failure::{Condition, Stop};
use crate::catalog::store::Catalog;
use crate::text::Span;

/// What is said of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It holds on a database that holds exactly what the history put there.
    Proved {
        /// What could go wrong elsewhere, in order, each once.
        conditions: Vec<Condition>,
    },
    /// It does not hold.
    Refuted {
        /// What PostgreSQL raises; none where it is the migration's tool that fails, or nothing does and the schema is another.
        sqlstate: Option<&'static str>,
        /// What happens.
        reason: String,
        /// Where, in the section's file.
        span: Option<Span>,
        /// What is otherwise than it should be, where nothing fails.
        differences: Vec<Difference>,
    },
    /// It can't be told.
    Unknown {
        /// Why.
        reason: String,
        /// Where, in the section's file.
        span: Option<Span>,
    },
}

/// Whether a migration can be run once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reruns {
    /// Whether it runs and leaves the schema as it is.
    pub verdict: Verdict,
    /// What becomes of the rows that it writes.
    pub data: Data,
}

/// What a second run makes of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Data {
    /// They are the same.
    Same,
    /// They are others.
    Changed,
    /// It can't be told.
    Unknown,
}

impl Verdict {
    /// What `stop` and the conditions that were met say.
    pub(super) fn of(stop: Option<Stop>, mut conditions: Vec<Condition>) -> Verdict {
        match stop {
            None => {
                let mut seen = std::collections::BTreeSet::new();
                conditions.retain(|condition| seen.insert((condition.sqlstate, condition.reason.clone())));
                Verdict::Proved { conditions }
            }
            Some(Stop::Fails(failure)) => {
                let sqlstate = Some(failure.sqlstate).filter(|sqlstate| !sqlstate.is_empty());
                Verdict::Refuted { sqlstate, reason: failure.message, span: failure.span, differences: Vec::new() }
            }
            Some(Stop::Unknown(doubt)) => Verdict::Unknown { reason: doubt.reason, span: doubt.span },
        }
    }

    /// Of a migration that is written for another database, and was not applied.
    pub fn foreign() -> Verdict {
        Verdict::Unknown { reason: "it is written for another database".to_owned(), span: None }
    }

    /// The same behind a program, of which nobody knows what it has done: what it may have mended is no failure.
    pub fn after_program(self, name: &str) -> Verdict {
        match self {
            Verdict::Refuted { sqlstate: Some(sqlstate), reason, span, .. } if !matches!(sqlstate, "42601" | "25001") => {
                Verdict::Unknown { reason: format!("{reason}, unless {name}, a program that runs before it, has changed that"), span }
            }
            verdict => verdict,
        }
    }

    /// What is then said of anything that stands on it, where it is not known what the migration leaves.
    pub(super) fn after_unknown(&self) -> Option<Verdict> {
        match self {
            Verdict::Unknown { reason, .. } => {
                Some(Verdict::Unknown { reason: format!("it can't be told what the migration leaves: {reason}"), span: None })
            }
            _ => None,
        }
    }

    /// What is otherwise than it should be, where nothing fails.
    pub fn differences(&self) -> &[Difference] {
        match self {
            Verdict::Refuted { differences, .. } => differences,
            _ => &[],
        }
    }

    /// The same of a text whose bytes stand elsewhere: where, `place` says.
    pub fn placed(self, place: impl Fn(Span) -> Span) -> Verdict {
        match self {
            Verdict::Proved { mut conditions } => {
                conditions.iter_mut().for_each(|condition| condition.span = condition.span.map(&place));
                Verdict::Proved { conditions }
            }
            Verdict::Refuted { sqlstate, reason, span, differences } => {
                Verdict::Refuted { sqlstate, reason, span: span.map(place), differences }
            }
            Verdict::Unknown { reason, span } => Verdict::Unknown { reason, span: span.map(place) },
        }
    }

    /// The word for it.
    pub const fn word(&self) -> &'static str {
        match self {
            Verdict::Proved { .. } => "proved",
            Verdict::Refuted { .. } => "refuted",
            Verdict::Unknown { .. } => "unknown",
        }
    }

    /// Whether it is proved.
    pub const fn is_proved(&self) -> bool {
        matches!(self, Verdict::Proved { .. })
    }

    /// Whether it can't be told.
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Verdict::Unknown { .. })
    }

    /// Whether it is refuted.
    pub const fn is_refuted(&self) -> bool {
        matches!(self, Verdict::Refuted { .. })
    }
}

impl Data {
    pub(super) fn compare(before: &Catalog, after: &Catalog) -> Data {
        let unknown = |catalog: &Catalog| catalog.rows.values().any(|rows| matches!(rows, crate::catalog::rows::Contents::Unknown(_)));
        match (before.rows == after.rows, unknown(before) || unknown(after)) {
            (true, false) => Data::Same,
            (false, false) => Data::Changed,
            (_, true) => Data::Unknown,
        }
    }
}
