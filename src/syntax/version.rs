//! Major versions of PostgreSQL, and syntax that is younger than the oldest of them.

use std::fmt;

use crate::text::Span;

/// A major version, 12 or newer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u8);

impl Version {
    /// The oldest version that is known here.
    pub const OLDEST: Version = Version(12);
    /// The newest version that is known here.
    pub const NEWEST: Version = Version(18);

    /// The version that migrations are for if nobody says otherwise.
    pub const DEFAULT_TARGET: Version = Version(15);

    /// The version `major`, if it is known here.
    pub fn new(major: u8) -> Option<Version> {
        (Self::OLDEST.0..=Self::NEWEST.0).contains(&major).then_some(Version(major))
    }

    /// The number.
    pub const fn major(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A piece of syntax that not every known version reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// The first version that reads it.
    pub since: Version,
    /// Where it stands.
    pub span: Span,
    /// What it is called, as the subject of a sentence: `` `NULLS NOT DISTINCT` ``.
    pub what: &'static str,
}

impl Need {
    pub(super) const fn new(since: u8, span: Span, what: &'static str) -> Self {
        Self { since: Version(since), span, what }
    }
}
