//! Floor 9: findings to text, one file a format.
//!
//! A report is a function from an outcome to bytes. Invariant: everything that goes to standard output is of the chosen format; whatever
//! else there is to say goes to standard error.

mod concise;
mod config_schema;
mod github;
mod human;
mod json;
mod patch;
mod replay;
mod schema;
mod statistics;

use std::borrow::Cow;
use std::io::{self, Write};

use crate::engine::Outcome;

pub use config_schema::config_schema;
pub use human::Style;
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
}

/// Writes `outcome` as `format`.
///
/// # Errors
/// What `out` gives.
pub fn write(out: &mut dyn Write, outcome: &Outcome, format: Format, style: Style) -> io::Result<()> {
    match format {
        Format::Human => human::write(out, outcome, style),
        Format::Concise => concise::write(out, outcome),
        Format::Json => json::write(out, outcome),
        Format::Github => github::write(out, outcome),
    }
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
