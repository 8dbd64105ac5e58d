//! Casts (manual, 53.10 `pg_cast`), without those that every type has: to and from strings by its input and output functions.

use super::table::{Fields, Keyed, Row, lines};
use super::versions::Versions;

/// How one type becomes another. Both are the same where the cast applies a modifier: `varchar(10)`.
#[derive(Debug, Clone)]
pub struct Cast {
    /// From.
    pub source: &'static str,
    /// To.
    pub target: &'static str,
    /// Where it happens unasked.
    pub context: CastContext,
    /// How it is done.
    pub method: CastMethod,
    /// The versions that have it as it is here.
    pub versions: Versions,
}

/// Where a cast happens. What is allowed in one place is allowed in the later ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CastContext {
    /// In any expression.
    Implicit,
    /// In assignment to a column, and wherever PostgreSQL treats something like one (DEFAULT, ALTER COLUMN TYPE without USING).
    Assignment,
    /// Only where CAST or `::` asks for it.
    Explicit,
}

/// How a cast is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CastMethod {
    /// By a function of this name.
    Function(&'static str),
    /// Not at all: the bytes are the same. ALTER COLUMN TYPE writes no row again.
    Binary,
    /// Through text, by the types' output and input functions.
    InOut,
}

impl Row for Cast {
    fn read(source: &'static str) -> Vec<Self> {
        lines(source, read)
    }

    fn versions(&self) -> Versions {
        self.versions
    }
}

impl Keyed for Cast {
    fn key(&self) -> &'static str {
        self.source
    }
}

fn read(mut fields: Fields, versions: Versions) -> Cast {
    Cast {
        source: fields.word(),
        target: fields.word(),
        context: match fields.word() {
            "implicit" => CastContext::Implicit,
            "assignment" => CastContext::Assignment,
            _ => CastContext::Explicit,
        },
        method: match fields.value("function") {
            Some(function) => CastMethod::Function(function),
            None if fields.is_next("binary") => CastMethod::Binary,
            None => CastMethod::InOut,
        },
        versions,
    }
}
