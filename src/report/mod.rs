//! Floor 9: findings to text, one file a format.
//!
//! A report is a function from an outcome to bytes. Invariant: everything that goes to standard output is of the chosen format; whatever
//! else there is to say goes to standard error.

mod checkstyle;
mod concise;
mod config_schema;
mod destination;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod markdown;
mod patch;
mod place;
mod rdjson;
mod replay;
mod sarif;
mod schema;
mod statistics;
mod xml;

use std::borrow::Cow;
use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::{Finding, Outcome};

pub use config_schema::config_schema;
pub use destination::Destination;
pub use human::Style;
pub use markdown::step_summary;
pub use patch::patch;
pub use replay::{VerdictFormat, verdicts};
pub use schema::{SchemaFormat, page, schemas};
pub use statistics::statistics;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people: the lines of the file, marked.
    #[default]
    Human,
    /// One line a finding: `path:line:column: severity[rule] message`.
    Concise,
    /// One JSON document, version 1.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// SARIF 2.1.0.
    Sarif,
    /// GitLab's Code Quality.
    Gitlab,
    /// JUnit's XML: a test for each migration file.
    Junit,
    /// Checkstyle's XML.
    Checkstyle,
    /// The Reviewdog Diagnostic Format.
    Rdjson,
    /// A comment on a pull request.
    Markdown,
}

impl Format {
    /// Whether it tells what is proved of the migrations.
    pub fn tells_verdicts(self) -> bool {
        self == Format::Markdown
    }
}

/// Writes `outcome` as `format`. Gives the limits of its readers that the report is over, one sentence each.
///
/// # Errors
/// What `out` gives.
pub fn write(out: &mut dyn Write, outcome: &Outcome, format: Format, destination: &Destination<'_>) -> io::Result<Vec<String>> {
    match format {
        Format::Human => human::write(out, outcome, destination.style)?,
        Format::Concise => concise::write(out, outcome)?,
        Format::Json => json::write(out, outcome)?,
        Format::Github => {
            github::write(out, outcome, destination)?;
            return Ok(github::over_limits(outcome));
        }
        Format::Sarif => {
            let mut counted = Counted { out, bytes: 0 };
            sarif::write(&mut counted, outcome, destination)?;
            return Ok(sarif::over_limits(outcome, counted.bytes));
        }
        Format::Gitlab => gitlab::write(out, outcome, destination)?,
        Format::Junit => junit::write(out, outcome, destination)?,
        Format::Checkstyle => checkstyle::write(out, outcome)?,
        Format::Rdjson => rdjson::write(out, outcome)?,
        Format::Markdown => markdown::write(out, outcome, destination)?,
    }
    Ok(Vec::new())
}

/// Counts the bytes that pass.
struct Counted<'o> {
    out: &'o mut dyn Write,
    bytes: u64,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The findings of each file; they stand in the order of files.
fn by_file(findings: &[Finding]) -> impl Iterator<Item = &[Finding]> {
    findings.chunk_by(|a, b| a.diagnostic.primary.path == b.diagnostic.primary.path)
}

/// What is wrong, and on the next line what to do about it.
fn advised(found: &Diagnostic) -> String {
    let help = found.help.as_deref().map(|help| format!("\n{help}")).unwrap_or_default();
    format!("{}{help}", found.message)
}

/// `2 errors`, `1 warning`, `3 info`: what there is of each severity, the gravest first.
fn severities(number: impl Fn(Severity) -> usize) -> Vec<String> {
    let told = |severity: Severity| match number(severity) {
        0 => None,
        n if severity == Severity::Info => Some(format!("{n} info")),
        n => Some(count(n, severity.word())),
    };
    Severity::ALL.into_iter().filter_map(told).collect()
}

/// `text` without line ends and control characters, which a quoted identifier may bring into a message.
fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) { text.replace(char::is_control, " ").into() } else { text.into() }
}

/// `line` in pieces of at most `width` characters, cut between words; from the second on they are indented.
pub fn wrapped(line: &str, width: usize) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut current = String::new();
    for word in line.split(' ') {
        let longer = current.chars().count() + 1 + word.chars().count();
        if !current.trim().is_empty() && longer > width {
            pieces.push(std::mem::replace(&mut current, "  ".to_owned()));
        }
        if !current.trim().is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    pieces.push(current);
    pieces
}

/// `1 file`, `2 files`.
fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
