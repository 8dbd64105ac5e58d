//! What a replay says of each migration: a table for people, or JSON.

mod human;
mod json;
mod sentence;

use std::io::{self, Write};

use crate::engine::Judged;

use super::Style;

pub(super) use sentence::{told, words};

/// How verdicts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerdictFormat {
    /// A table, and below it what is to be said of each migration.
    Human,
    /// One JSON document, version 1.
    Json,
}

/// Writes what is said of migrations.
///
/// # Errors
/// What `out` gives.
pub fn verdicts(out: &mut dyn Write, judged: &[Judged], format: VerdictFormat, style: Style) -> io::Result<()> {
    match format {
        VerdictFormat::Human => human::write(out, judged, style),
        VerdictFormat::Json => json::write(out, judged),
    }
}
