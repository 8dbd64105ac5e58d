//! The Reviewdog Diagnostic Format, one document (`rdjson`). Columns are bytes of UTF-8 from 1.
//!
//! A suggestion replaces one range of the finding's own file, and a reviewer accepts suggestions one by one. So a fix of several edits is one
//! suggestion over all of them, and a fix that changes another file is none.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Applicability, Label, Severity};
use crate::engine::{Finding, Outcome, fitted};
use crate::text::{self, Edit, Position, SourceFile, Span};

use super::advised;
use super::place::{self, Unit, range};

#[derive(Serialize)]
struct Document<'a> {
    source: Source,
    diagnostics: Vec<DiagnosticOf<'a>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct DiagnosticOf<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<RelatedLocation<'a>>,
}

#[derive(Serialize)]
struct RelatedLocation<'a> {
    message: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'static str>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

pub(super) fn write(out: &mut dyn Write, outcome: &Outcome) -> io::Result<()> {
    let diagnostics = outcome.findings.iter().map(|finding| diagnostic(outcome, finding)).collect();
    let document = Document { source: Source { name: "migration-lint" }, diagnostics };
    serde_json::to_writer(&mut *out, &document).map_err(io::Error::from)?;
    writeln!(out)
}

fn diagnostic<'a>(outcome: &Outcome, finding: &'a Finding) -> DiagnosticOf<'a> {
    let found = &finding.diagnostic;
    DiagnosticOf {
        message: advised(found),
        location: location(outcome, &found.primary),
        severity: match found.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        code: Code { value: found.rule, url: finding.rule.url() },
        suggestions: suggestion(outcome, finding).into_iter().collect(),
        related_locations: found
            .related
            .iter()
            .map(|label| RelatedLocation { message: &label.message, location: location(outcome, label) })
            .collect(),
    }
}

fn location<'a>(outcome: &Outcome, label: &'a Label) -> Location<'a> {
    Location { path: &label.path, range: of_range(range(outcome, label, Unit::Bytes)) }
}

fn of_range(range: place::Range) -> Range {
    let place = |position: Position| Place { line: position.line, column: position.column };
    Range { start: place(range.start), end: place(range.end) }
}

fn suggestion(outcome: &Outcome, finding: &Finding) -> Option<Suggestion> {
    let found = &finding.diagnostic;
    let fix = found.fix.as_ref().filter(|fix| fix.applicability != Applicability::Display)?;
    let source = outcome.sources.get(&found.primary.path)?;
    if fix.edits.iter().any(|edit| edit.path != found.primary.path) {
        return None;
    }
    let edits: Vec<Edit> = fix.edits.iter().map(|edit| fitted(source.text(), &edit.edit)).collect();
    let span = edits.iter().map(|edit| edit.span).reduce(Span::to)?;
    let text = replacement(source, span, &edits)?;
    Some(Suggestion { range: of_range(place::range_of(source, span, Unit::Bytes)), text })
}

/// What stands in `span` after `edits`, which all lie in it; none if they overlap.
fn replacement(source: &SourceFile, span: Span, edits: &[Edit]) -> Option<String> {
    let moved = |edit: &Edit| Edit { span: Span::new(edit.span.start - span.start, edit.span.end - span.start), text: edit.text.clone() };
    text::apply(&source.text()[span], &edits.iter().map(moved).collect::<Vec<_>>()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_with_text_between_them_are_one_replacement() {
        let source = SourceFile::new("a.sql", "one two three");
        let edits = [Edit::insertion(13, "!"), Edit::replacement(Span::new(4, 7), "2")];
        assert_eq!(replacement(&source, Span::new(4, 13), &edits).as_deref(), Some("2 three!"));
    }
}
