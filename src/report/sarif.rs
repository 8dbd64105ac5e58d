//! SARIF 2.1.0 (OASIS), as code scanning services read it.
//!
//! Lines end where ours do, and the document says so (`newlineSequences`); columns are UTF-16 code units, which is also what readers count that
//! don't ask (`columnKind`). Paths count from the repository's root. What comments and the baseline keep back is there too, with `suppressions`
//! that say why. A fix is there if it changes only files of the repository and needs nothing filled in. Invariant: nothing is left out because
//! there is much of it; what a service would not take is told.

use std::collections::BTreeMap;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Value, json};

use crate::diagnostic::{Applicability, Diagnostic, FileEdit, Fix, Label, Severity};
use crate::engine::{Finding, Note, Outcome, Silencer, fitted};
use crate::rules::Meta;
use crate::text::{Edit, SourceFile};

use super::place::{Range, Unit, range, range_of};
use super::{Destination, advised, one_line};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name by which the document calls the repository's root.
const ROOT: &str = "%SRCROOT%";

/// What stands in a URI's path as it is (RFC 3986, 3.3).
pub(super) const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// What GitHub's code scanning takes of one run, shows of it, and takes of one file after gzip.
const TAKEN: usize = 25_000;
const SHOWN: usize = 5_000;
const MEGABYTES: u64 = 10;

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    invocations: [Value; 1],
    original_uri_base_ids: Value,
    column_kind: &'static str,
    newline_sequences: [&'static str; 3],
    results: Vec<ResultOf<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultOf<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Value,
    locations: [Value; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Value>,
    partial_fingerprints: BTreeMap<&'static str, &'a str>,
    /// Empty for what is not suppressed: where some results have it, all should (SARIF 2.1.0, 3.27.23).
    suppressions: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Value>,
}

pub(super) fn write(out: &mut dyn Write, outcome: &Outcome, destination: &Destination<'_>) -> io::Result<()> {
    let report = Report { outcome, destination };
    let silenced = outcome.silenced.iter().map(|silenced| &silenced.finding);
    let mut indexes: BTreeMap<&'static str, (usize, &'static Meta)> =
        outcome.findings.iter().chain(silenced).map(|finding| (finding.rule.id, (0, finding.rule))).collect();
    indexes.values_mut().enumerate().for_each(|(index, (place, _))| *place = index);
    let rules: Vec<Value> = indexes.values().map(|(_, rule)| descriptor(rule)).collect();
    let index = |finding: &Finding| indexes.get(finding.rule.id).map_or(0, |(index, _)| *index);
    let open = outcome.findings.iter().map(|finding| report.result(finding, index(finding), None));
    let silenced = outcome.silenced.iter().map(|one| report.result(&one.finding, index(&one.finding), Some(&one.by)));
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: json!({"driver": {
                "name": "migration-lint",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }}),
            invocations: [invocation(outcome)],
            original_uri_base_ids: json!({ROOT: {"description": {"text": "The root of the repository."}}}),
            column_kind: "utf16CodeUnits",
            newline_sequences: ["\r\n", "\n", "\r"],
            results: open.chain(silenced).collect(),
        }],
    };
    serde_json::to_writer(&mut *out, &log).map_err(io::Error::from)?;
    writeln!(out)
}

/// What GitHub would not take or show of a document of `bytes`.
pub(super) fn over_limits(outcome: &Outcome, bytes: u64) -> Vec<String> {
    let results = outcome.findings.len() + outcome.silenced.len();
    let mut told = Vec::new();
    if results > TAKEN {
        told.push(format!(
            "the report has {results} results: GitHub refuses a run of more than {TAKEN}; report fewer files or rules at a time"
        ));
    } else if results > SHOWN {
        told.push(format!("the report has {results} results: GitHub shows the gravest {SHOWN} of a run"));
    }
    if bytes > MEGABYTES * 1_000_000 {
        let megabytes = bytes.div_ceil(1_000_000);
        told.push(format!("the report has {megabytes} MB: GitHub refuses one that has more than {MEGABYTES} MB when it is compressed"));
    }
    told
}

fn descriptor(rule: &Meta) -> Value {
    let summary = rule.summary().split_whitespace().collect::<Vec<_>>().join(" ");
    let mut descriptor = json!({
        "id": rule.id,
        "name": pascal_case(rule.id),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": rule.body(), "markdown": rule.body()},
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"tags": [rule.group.id()]},
    });
    if let Some(url) = rule.url() {
        descriptor["helpUri"] = url.into();
    }
    descriptor
}

/// `RequireHeader` for `require-header`.
fn pascal_case(id: &str) -> String {
    let capital = |word: &str| word.get(..1).map(str::to_ascii_uppercase).unwrap_or_default() + word.get(1..).unwrap_or_default();
    id.split('-').map(capital).collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// What there is to say of the run itself.
fn invocation(outcome: &Outcome) -> Value {
    let notification = |level: &str, text: &str| json!({"level": level, "message": {"text": text}});
    let notes = outcome.notes.iter().map(|note| match note {
        Note::Failure(text) => notification("error", text),
        Note::Warning(text) => notification("warning", text),
    });
    json!({"executionSuccessful": !outcome.failed(), "toolExecutionNotifications": notes.collect::<Vec<_>>()})
}

struct Report<'r> {
    outcome: &'r Outcome,
    destination: &'r Destination<'r>,
}

impl Report<'_> {
    fn result<'a>(&self, finding: &'a Finding, rule_index: usize, silencer: Option<&Silencer>) -> ResultOf<'a> {
        let found: &Diagnostic = &finding.diagnostic;
        let related = found
            .related
            .iter()
            .enumerate()
            .map(|(id, label)| json!({"id": id, "message": {"text": one_line(&label.message)}, "physicalLocation": self.place(label)}));
        // What is not to be mended has no fix.
        let fix = found.fix.as_ref().filter(|_| silencer.is_none());
        ResultOf {
            rule_id: found.rule,
            rule_index,
            level: level(found.severity),
            message: json!({"text": advised(found)}),
            locations: [json!({"physicalLocation": self.place(&found.primary)})],
            related_locations: related.collect(),
            partial_fingerprints: BTreeMap::from([("migrationLint/v1", finding.fingerprint.as_str())]),
            suppressions: silencer.iter().map(|silencer| self.suppression(&found.primary, silencer)).collect(),
            fixes: fix.and_then(|fix| self.fix(fix)).into_iter().collect(),
        }
    }

    fn suppression(&self, place: &Label, silencer: &Silencer) -> Value {
        match silencer {
            Silencer::Baseline => json!({"kind": "external", "status": "accepted", "justification": "The baseline holds it."}),
            Silencer::Comment { span, reason } => {
                let comment = Label { path: place.path.clone(), span: *span, message: String::new() };
                let mut suppression = json!({"kind": "inSource", "location": {"physicalLocation": self.place(&comment)}});
                if let Some(reason) = reason {
                    suppression["justification"] = one_line(reason).into();
                }
                suppression
            }
        }
    }

    fn place(&self, label: &Label) -> Value {
        json!({"artifactLocation": self.artifact(&label.path), "region": region(range(self.outcome, label, Unit::Utf16))})
    }

    fn artifact(&self, path: &str) -> Value {
        let uri = |path: &str| utf8_percent_encode(path, PATH).to_string();
        match self.destination.in_repository(path) {
            Some(path) => json!({"uri": uri(&path), "uriBaseId": ROOT}),
            None if path.starts_with('/') => json!({"uri": format!("file://{}", uri(path))}),
            None => json!({"uri": uri(path)}),
        }
    }

    /// A fix, if a program may apply it and it changes only files of the repository.
    fn fix(&self, fix: &Fix) -> Option<Value> {
        if fix.applicability == Applicability::Display {
            return None;
        }
        let mut files: BTreeMap<&str, (&SourceFile, Vec<&FileEdit>)> = BTreeMap::new();
        for edit in &fix.edits {
            self.destination.in_repository(&edit.path)?;
            let source = self.outcome.sources.get(&edit.path)?;
            files.entry(&edit.path).or_insert((source, Vec::new())).1.push(edit);
        }
        let changes = files.iter().map(|(path, (source, edits))| {
            let replacements: Vec<Value> = edits.iter().map(|edit| replacement(source, &fitted(source.text(), &edit.edit))).collect();
            json!({"artifactLocation": self.artifact(path), "replacements": replacements})
        });
        let is_safe = fix.applicability == Applicability::Safe;
        Some(json!({
            "description": {"text": one_line(&fix.title)},
            "artifactChanges": changes.collect::<Vec<_>>(),
            "properties": {"applicability": if is_safe { "safe" } else { "unsafe" }},
        }))
    }
}

fn replacement(source: &SourceFile, edit: &Edit) -> Value {
    let mut replacement = json!({"deletedRegion": region(range_of(source, edit.span, Unit::Utf16))});
    if !edit.text.is_empty() {
        replacement["insertedContent"] = json!({"text": edit.text});
    }
    replacement
}

fn region(range: Range) -> Value {
    json!({
        "startLine": range.start.line,
        "startColumn": range.start.column,
        "endLine": range.end.line,
        "endColumn": range.end.column,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn much_is_told_and_not_cut() {
        let outcome = Outcome::default();
        assert_eq!(over_limits(&outcome, 10_000_000), [""; 0]);
        assert_eq!(
            over_limits(&outcome, 10_000_001),
            ["the report has 11 MB: GitHub refuses one that has more than 10 MB when it is compressed"]
        );
    }

    #[test]
    fn a_rule_has_a_name_in_one_word() {
        assert_eq!(pascal_case("require-foreign-key-index"), "RequireForeignKeyIndex");
    }
}
