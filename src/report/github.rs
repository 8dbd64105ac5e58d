//! Workflow commands of GitHub Actions, which become annotations on the changed lines.
//!
//! `::error file=…,line=…,endLine=…,col=…,endColumn=…,title=…::message`; in the message `%`, CR and LF are escaped, in properties also `:` and
//! `,`. Paths count from the repository's root. GitHub drops columns where the place is on several lines.

use std::io::{self, Write};

use crate::diagnostic::Severity;
use crate::engine::Outcome;

use super::place::{Unit, visible_range};
use super::{Destination, advised, count};

/// How many annotations of a level GitHub shows of one step.
const SHOWN: usize = 10;

pub(super) fn write(out: &mut dyn Write, outcome: &Outcome, destination: &Destination<'_>) -> io::Result<()> {
    for finding in &outcome.findings {
        let found = &finding.diagnostic;
        let level = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        write!(out, "::{level} file={}", property(&destination.name(&found.primary.path)))?;
        if outcome.sources.contains_key(&found.primary.path) {
            let place = visible_range(outcome, &found.primary, Unit::Characters);
            write!(out, ",line={},endLine={}", place.start.line, place.end.line)?;
            if place.start.line == place.end.line {
                write!(out, ",col={},endColumn={}", place.start.column, place.end.column)?;
            }
        }
        writeln!(out, ",title={}::{}", property(found.rule), message(&advised(found)))?;
    }
    Ok(())
}

/// Which of the findings of `outcome` become no annotations.
pub(super) fn over_limits(outcome: &Outcome) -> Vec<String> {
    let over = |severity: &Severity| outcome.count(*severity).checked_sub(SHOWN).filter(|&more| more > 0);
    let over = Severity::ALL.iter().filter_map(|severity| Some(count(over(severity)?, severity.word())));
    let over: Vec<String> = over.collect();
    if over.is_empty() {
        return Vec::new();
    }
    vec![format!("GitHub shows {SHOWN} annotations of a kind in a step: {} more stand only in its log and summary", over.join(", "))]
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_field_is_escaped() {
        assert_eq!(message("100%\na:b"), "100%25%0Aa:b");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
