//! One line a finding, as compilers write them, so that editors and `grep` can read it.

use std::io::{self, Write};

use crate::engine::Outcome;

use super::one_line;

pub(super) fn write(out: &mut dyn Write, outcome: &Outcome) -> io::Result<()> {
    for finding in &outcome.findings {
        let found = &finding.diagnostic;
        let (line, column) = match outcome.sources.get(&found.primary.path) {
            Some(source) => {
                let position = source.position(found.primary.span.start);
                (position.line, position.column)
            }
            None => (1, 1),
        };
        writeln!(out, "{}:{line}:{column}: {}[{}] {}", found.primary.path, found.severity, found.rule, one_line(&found.message))?;
    }
    Ok(())
}
