//! The JSON document, field by field: version 1 is frozen.

use serde_json::Value;

use super::{files, report};

/// Each finding: path, rule, severity, the text that its span marks, line and column of its start.
type Row = (&'static str, &'static str, &'static str, &'static str, (u64, u64));

const FINDINGS: [Row; 10] = [
    ("db/001_größe.sql", "ban-syntax-error", "error", "WHERE", (2, 53)),
    ("db/002_b, copy:1.sql", "ban-duplicate-number", "error", "-- The second of its number.", (1, 1)),
    ("db/003_allowed.sql", "require-suppression-reason", "info", "-- migration-lint: allow(ban-syntax-error)", (1, 1)),
    ("db/004_crlf.sql", "ban-syntax-error", "error", "100", (3, 4)),
    ("db/006_long.sql", "require-number-order", "warning", "/* No finding: a comment", (1, 1)),
    ("db/006_long.sql", "ban-secrets", "error", "kX4-Kd9-qq2", (3, 173)),
    ("db/006_long.sql", "ban-syntax-error", "error", "", (6, 7)),
    ("db/006_long.sql", "ban-syntax-error", "error", "'never closed;\nover two lines;\n", (8, 8)),
    ("db/sub/007_suppressed.sql", "ban-unused-suppression", "warning", "ban-secrets", (1, 26)),
    ("db/sub/007_suppressed.sql", "ban-unknown-suppression", "warning", "no-such-rule", (1, 39)),
];

pub fn document() -> Value {
    let text = report(&["--format", "json"]);
    assert!(text.ends_with("}\n") && text.matches('\n').count() == 1, "one document on one line");
    serde_json::from_str(&text).expect("standard output is one JSON document")
}

pub fn findings() -> Vec<Value> {
    document()["findings"].as_array().expect("a list").clone()
}

fn text_of(path: &str) -> &'static str {
    files::ALL.iter().find(|(name, _)| *name == path).expect("a path is one of the files").1
}

#[track_caller]
fn keys(value: &Value, expected: &[&str]) {
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    let mut found: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn the_document_has_exactly_these_fields() {
    let document = document();
    keys(&document, &["version", "files", "findings", "summary"]);
    assert_eq!(document["version"], 1);
    assert_eq!(document["files"], 8);
    keys(&document["summary"], &["error", "warning", "info", "suppressed", "baselined"]);
    assert_eq!(document["summary"], serde_json::json!({"error": 6, "warning": 3, "info": 1, "suppressed": 1, "baselined": 0}));
}

#[test]
fn a_finding_has_exactly_these_fields() {
    for finding in findings() {
        keys(&finding, &["path", "rule", "group", "severity", "message", "help", "url", "span", "related", "fix", "fingerprint"]);
        for field in ["path", "rule", "group", "severity", "message", "fingerprint"] {
            assert!(finding[field].as_str().is_some_and(|text| !text.is_empty()), "{field} of {finding}");
        }
        assert!(finding["help"].is_null() || finding["help"].is_string());
        assert!(finding["fix"].is_null(), "no rule has a fix yet; once one has, its fields belong here");
        place(&finding);
        for related in finding["related"].as_array().expect("a list") {
            keys(related, &["path", "span", "message"]);
            place(related);
        }
        assert!(!finding["message"].as_str().expect("text").ends_with('.'), "{finding}");
    }
}

/// Holds a span against the text: bytes from 0 on the borders of characters, lines and columns from 1, columns in characters.
fn place(of: &Value) {
    keys(&of["span"], &["start", "end"]);
    let text = text_of(of["path"].as_str().expect("a path"));
    for end in ["start", "end"] {
        let place = &of["span"][end];
        keys(place, &["offset", "line", "column"]);
        let offset = place["offset"].as_u64().expect("a number") as usize;
        let before = &text[..offset];
        let line = before.matches('\n').count() as u64 + 1;
        let column = before.rsplit('\n').next().expect("a last line").chars().count() as u64 + 1;
        assert_eq!((&place["line"], &place["column"]), (&line.into(), &column.into()), "{of}");
    }
}

#[test]
fn the_findings_are_these_in_this_order() {
    let found: Vec<_> = findings()
        .iter()
        .map(|finding| {
            let text = |field: &str| finding[field].as_str().expect("text").to_owned();
            let at = |end: &str, field: &str| finding["span"][end][field].as_u64().expect("a number");
            let marked = text_of(&text("path"))[at("start", "offset") as usize..at("end", "offset") as usize].to_owned();
            (text("path"), text("rule"), text("severity"), marked, (at("start", "line"), at("start", "column")))
        })
        .collect();
    let expected = FINDINGS
        .map(|(path, rule, severity, marked, place)| (path.to_owned(), rule.to_owned(), severity.to_owned(), marked.to_owned(), place));
    assert_eq!(found, expected);
}

#[test]
fn groups_pages_and_other_places_are_named() {
    let findings = findings();
    let groups: Vec<&str> = findings.iter().map(|finding| finding["group"].as_str().expect("text")).collect();
    assert_eq!(groups[..3], ["proof", "doctrine", "suppression"]);
    for finding in &findings {
        // No version is published, so no page has an address.
        assert_eq!(finding.get("url"), Some(&Value::Null));
    }
    let related = &findings[1]["related"];
    assert_eq!(related.as_array().map(Vec::len), Some(1));
    assert_eq!(related[0]["path"], "db/002_a.sql");
    assert_eq!(related[0]["message"], "the other migration of this number");
    assert_eq!((&related[0]["span"]["start"]["offset"], &related[0]["span"]["end"]["offset"]), (&0.into(), &9.into()));
}

#[test]
fn fingerprints_are_unique_and_stay_when_lines_move() {
    use super::rig::Project;
    let prints =
        |findings: &[Value]| findings.iter().map(|finding| finding["fingerprint"].as_str().expect("text").to_owned()).collect::<Vec<_>>();
    let before = prints(&findings());
    assert!(before.iter().all(|print| print.len() == 16 && print.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))));
    let mut sorted = before.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(sorted.len(), before.len());
    let moved: Vec<(&'static str, String)> = files::ALL
        .iter()
        .map(|&(path, text)| {
            (path, if path == "db/004_crlf.sql" { format!("\n\n-- more\n{}", text.replace('\t', "    ")) } else { text.to_owned() })
        })
        .collect();
    let text = Project::with(moved).run(&["db", "--format", "json"]).found().stdout;
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(prints(document["findings"].as_array().expect("a list")), before);
}

#[test]
fn paths_are_relative_to_the_working_directory() {
    use super::rig::Project;
    let text = Project::with(files::ALL).run_in("db/sub", &["..", "--format", "json"]).found().stdout;
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let paths: Vec<&str> =
        document["findings"].as_array().expect("a list").iter().map(|finding| finding["path"].as_str().expect("text")).collect();
    assert!(paths.contains(&"../004_crlf.sql") && paths.contains(&"007_suppressed.sql"), "{paths:?}");
}

#[test]
fn without_findings_the_document_is_whole() {
    use super::rig::Project;
    let text = Project::with([("db/001_a.sql", "SELECT 1;\n")]).run(&["db", "--format", "json"]).clean().stdout;
    assert_eq!(
        text,
        "{\"version\":1,\"files\":1,\"findings\":[],\"summary\":{\"error\":0,\"warning\":0,\"info\":0,\"suppressed\":0,\"baselined\":0}}\n"
    );
}
