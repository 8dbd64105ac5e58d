//! GitLab's Code Quality report: a list of violations, as `artifacts:reports:codequality` takes it (GitLab 17, Code Quality, report format).
//!
//! GitLab compares the fingerprints of two branches, so that each stands once in a document. Paths count from the repository's root.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::engine::{Finding, Outcome};

use super::place::{Unit, visible_range};
use super::{Destination, one_line};

#[derive(Serialize)]
struct Violation<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

/// From 1; the last one belongs to it.
#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(super) fn write(out: &mut dyn Write, outcome: &Outcome, destination: &Destination<'_>) -> io::Result<()> {
    let violations: Vec<Violation<'_>> = outcome.findings.iter().map(|finding| violation(outcome, destination, finding)).collect();
    serde_json::to_writer(&mut *out, &violations).map_err(io::Error::from)?;
    writeln!(out)
}

fn violation<'a>(outcome: &Outcome, destination: &Destination<'_>, finding: &'a Finding) -> Violation<'a> {
    let found = &finding.diagnostic;
    let place = visible_range(outcome, &found.primary, Unit::Characters);
    Violation {
        description: one_line(&found.message).into_owned(),
        check_name: found.rule,
        fingerprint: &finding.fingerprint,
        severity: match found.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        location: Location { path: destination.name(&found.primary.path), lines: Lines { begin: place.start.line, end: place.end.line } },
    }
}
