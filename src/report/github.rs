//! Workflow commands of GitHub Actions, which become annotations on the changed lines.
//!
//! `::error file=…,line=…,endLine=…,col=…,endColumn=…,title=…::message`; in the message `%`, CR and LF are escaped, in properties also `:` and `,`.

use std::io::{self, Write};

use crate::diagnostic::Severity;
use crate::engine::Outcome;

pub(super) fn write(out: &mut dyn Write, outcome: &Outcome) -> io::Result<()> {
    for finding in &outcome.findings {
        let found = &finding.diagnostic;
        let level = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        write!(out, "::{level} file={}", property(&found.primary.path))?;
        if let Some(source) = outcome.sources.get(&found.primary.path) {
            let span = found.primary.span;
            // A line that holds no byte of the place, such as the one after the last, is no line of it.
            let last = source.text()[span].trim_end_matches(['\n', '\r']).len() as u32;
            let (start, end) = (source.position(span.start), source.position(span.start + last));
            write!(out, ",line={},endLine={}", start.line, end.line)?;
            // Columns are allowed only where the annotation stays on one line.
            if start.line == end.line {
                write!(out, ",col={},endColumn={}", start.column, end.column)?;
            }
        }
        let help = found.help.as_deref().map(|help| format!("\n{help}")).unwrap_or_default();
        writeln!(out, ",title={}::{}", property(found.rule), message(&format!("{}{help}", found.message)))?;
    }
    Ok(())
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
