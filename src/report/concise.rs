//! One line a finding, as compilers write them, so that editors and `grep` can read it.

use std::io::{self, Write};

use crate::engine::{Finding, Outcome};

use super::one_line;
use super::place::{Unit, range};

pub(super) fn write(out: &mut dyn Write, outcome: &Outcome) -> io::Result<()> {
    outcome.findings.iter().try_for_each(|finding| writeln!(out, "{}", line(outcome, finding)))
}

/// `path:line:column: severity[rule] message`.
pub(super) fn line(outcome: &Outcome, finding: &Finding) -> String {
    let found = &finding.diagnostic;
    let start = range(outcome, &found.primary, Unit::Characters).start;
    let message = one_line(&found.message);
    format!("{}:{}:{}: {}[{}] {message}", found.primary.path, start.line, start.column, found.severity, found.rule)
}
