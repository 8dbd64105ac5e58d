//! Verdicts as JSON, version 1: frozen. A change that a reader could notice needs a new version.

use std::io::{self, Write};

use serde::Serialize;

use crate::catalog::replay::{Data, Reruns, Verdict};
use crate::engine::Judged;
use crate::text::{SourceFile, Span};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    migrations: Vec<MigrationV1<'a>>,
}

#[derive(Serialize)]
struct MigrationV1<'a> {
    id: &'a str,
    path: &'a str,
    applies: VerdictV1<'a>,
    reruns: Option<VerdictV1<'a>>,
    reverts: Option<VerdictV1<'a>>,
}

#[derive(Serialize)]
struct VerdictV1<'a> {
    verdict: &'static str,
    sqlstate: Option<&'static str>,
    reason: Option<&'a str>,
    span: Option<SpanV1>,
    conditions: Vec<ConditionV1<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'static str>,
}

#[derive(Serialize)]
struct ConditionV1<'a> {
    sqlstate: &'static str,
    reason: &'a str,
    span: Option<SpanV1>,
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

pub(super) fn write(out: &mut dyn Write, judged: &[Judged]) -> io::Result<()> {
    let document = Document { version: 1, migrations: judged.iter().map(migration).collect() };
    serde_json::to_writer(&mut *out, &document).map_err(io::Error::from)?;
    writeln!(out)
}

fn migration(judged: &Judged) -> MigrationV1<'_> {
    let down = judged.down.as_ref().unwrap_or(&judged.up);
    MigrationV1 {
        id: &judged.id,
        path: judged.up.path(),
        applies: verdict(&judged.applies, &judged.up),
        reruns: judged.reruns.as_ref().map(|reruns| of_reruns(reruns, &judged.up)),
        reverts: judged.reverts.as_ref().map(|reverts| verdict(reverts, down)),
    }
}

fn of_reruns<'a>(reruns: &'a Reruns, source: &SourceFile) -> VerdictV1<'a> {
    let data = match reruns.data {
        Data::Same => "same",
        Data::Changed => "changed",
        Data::Unknown => "unknown",
    };
    VerdictV1 { data: Some(data), ..verdict(&reruns.verdict, source) }
}

fn verdict<'a>(verdict: &'a Verdict, source: &SourceFile) -> VerdictV1<'a> {
    let span = |span: &Option<Span>| span.map(|span| span_v1(span, source));
    let word = verdict.word();
    match verdict {
        Verdict::Proved { conditions } => {
            let conditions = conditions.iter().map(|condition| ConditionV1 {
                sqlstate: condition.sqlstate,
                reason: &condition.reason,
                span: span(&condition.span),
            });
            VerdictV1 { verdict: word, sqlstate: None, reason: None, span: None, conditions: conditions.collect(), data: None }
        }
        Verdict::Refuted { sqlstate, reason, span: place, .. } => {
            VerdictV1 { verdict: word, sqlstate: *sqlstate, reason: Some(reason), span: span(place), conditions: Vec::new(), data: None }
        }
        Verdict::Unknown { reason, span: place } => {
            VerdictV1 { verdict: word, sqlstate: None, reason: Some(reason), span: span(place), conditions: Vec::new(), data: None }
        }
    }
}

fn span_v1(span: Span, source: &SourceFile) -> SpanV1 {
    let place = |offset: u32| {
        let position = source.position(offset);
        Place { offset, line: position.line, column: position.column }
    };
    SpanV1 { start: place(span.start), end: place(span.end) }
}
