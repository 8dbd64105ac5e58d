//! The JSON report, version 1: frozen. A change that a reader could notice needs a new version.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Applicability, Diagnostic, FileEdit, Fix, Label, Severity};
use crate::engine::{Finding, Outcome, fitted};
use crate::text::{SourceFile, Span};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    files: usize,
    findings: Vec<FindingV1<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct FindingV1<'a> {
    path: &'a str,
    rule: &'static str,
    group: &'static str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    /// Null until the rule's page has an address.
    url: Option<&'static str>,
    span: SpanV1,
    related: Vec<Related<'a>>,
    fix: Option<FixV1<'a>>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    span: SpanV1,
    message: &'a str,
}

#[derive(Serialize)]
struct SpanV1 {
    start: Place,
    end: Place,
}

/// Bytes from 0; line and column from 1, columns in characters.
#[derive(Serialize)]
struct Place {
    offset: u32,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct FixV1<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<EditV1<'a>>,
}

#[derive(Serialize)]
struct EditV1<'a> {
    path: &'a str,
    start: u32,
    end: u32,
    /// Its lines end as those of the file do.
    text: String,
}

#[derive(Serialize)]
struct Summary {
    error: usize,
    warning: usize,
    info: usize,
    suppressed: usize,
    baselined: usize,
}

pub(super) fn write(out: &mut dyn Write, outcome: &Outcome) -> io::Result<()> {
    let document = Document {
        version: 1,
        files: outcome.files,
        findings: outcome.findings.iter().map(|finding| finding_v1(outcome, finding)).collect(),
        summary: Summary {
            error: outcome.count(Severity::Error),
            warning: outcome.count(Severity::Warning),
            info: outcome.count(Severity::Info),
            suppressed: outcome.suppressed,
            baselined: outcome.baselined,
        },
    };
    serde_json::to_writer(&mut *out, &document).map_err(io::Error::from)?;
    writeln!(out)
}

fn finding_v1<'a>(outcome: &'a Outcome, finding: &'a Finding) -> FindingV1<'a> {
    let found: &Diagnostic = &finding.diagnostic;
    FindingV1 {
        path: &found.primary.path,
        rule: found.rule,
        group: finding.rule.group.id(),
        severity: found.severity.word(),
        message: &found.message,
        help: found.help.as_deref(),
        url: finding.rule.url(),
        span: span_v1(outcome, &found.primary),
        related: found
            .related
            .iter()
            .map(|label| Related { path: &label.path, span: span_v1(outcome, label), message: &label.message })
            .collect(),
        fix: found.fix.as_ref().map(|fix| fix_v1(outcome, fix)),
        fingerprint: &finding.fingerprint,
    }
}

fn span_v1(outcome: &Outcome, label: &Label) -> SpanV1 {
    let source = outcome.sources.get(&label.path);
    SpanV1 { start: place(source, Span::empty(label.span.start)), end: place(source, Span::empty(label.span.end)) }
}

fn place(source: Option<&SourceFile>, at: Span) -> Place {
    let (line, column) = source.map_or((1, 1), |source| {
        let position = source.position(at.start);
        (position.line, position.column)
    });
    Place { offset: at.start, line, column }
}

fn fix_v1<'a>(outcome: &Outcome, fix: &'a Fix) -> FixV1<'a> {
    FixV1 {
        title: &fix.title,
        applicability: match fix.applicability {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
            Applicability::Display => "display",
        },
        edits: fix.edits.iter().map(|edit| edit_v1(outcome, edit)).collect(),
    }
}

fn edit_v1<'a>(outcome: &Outcome, file_edit: &'a FileEdit) -> EditV1<'a> {
    let text = outcome.sources.get(&file_edit.path).map_or("", SourceFile::text);
    let edit = fitted(text, &file_edit.edit);
    EditV1 { path: &file_edit.path, start: edit.span.start, end: edit.span.end, text: edit.text }
}
