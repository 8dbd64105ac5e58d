//! What the other services read: GitLab, JUnit's readers, Checkstyle's, reviewdog, and GitHub's annotations, each shown to a reader of its own
//! where there is one.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::{Value, json};

use super::review::{self, FOLDER, document, node, of_nothing, project, provided, python, told};
use super::rig::{Project, WRONG};

/// Path, rule, severity and line of what is reported.
const REPORTED: [(&str, &str, &str, u64); 4] = [
    ("db/001_größe und gewicht.sql", "require-idempotency", "error", 1),
    ("db/002_b.sql", "ban-duplicate-number", "error", 1),
    ("db/006_open.sql", "require-number-order", "warning", 1),
    ("db/006_open.sql", "ban-syntax-error", "error", 1),
];

#[test]
fn gitlab_gets_what_it_documents() {
    let document = document("gitlab");
    let list = document.as_array().expect("a list");
    let found: Vec<_> = list
        .iter()
        .map(|violation| {
            let text = |value: &Value| value.as_str().expect("text").to_owned();
            assert!(!text(&violation["description"]).is_empty());
            (
                text(&violation["location"]["path"]),
                text(&violation["check_name"]),
                text(&violation["severity"]),
                violation["location"]["lines"].clone(),
            )
        })
        .collect();
    let severity = |word: &str| if word == "error" { "major" } else { "minor" };
    let lines = |rule: &str| json!({"begin": 1, "end": if rule == "ban-syntax-error" { 2 } else { 1 }});
    let expected =
        REPORTED.map(|(path, rule, word, _)| (format!("{FOLDER}/{path}"), rule.to_owned(), severity(word).to_owned(), lines(rule)));
    assert_eq!(found, expected);
    let prints: BTreeSet<&str> = list.iter().map(|violation| violation["fingerprint"].as_str().expect("text")).collect();
    assert_eq!(prints.len(), list.len());
    assert_eq!(of_nothing("gitlab"), "[]\n");
}

#[test]
fn junit_is_read_by_a_reader_of_its_own() {
    const READ: &str = "
import json, sys, junitparser
report = junitparser.JUnitXml.fromstring(sys.stdin.read().encode())
cases = [[s.name, c.classname, c.name, [[type(r).__name__, r.message, r.type, r.text] for r in c.result], c.system_out] for s in report for c in s]
print(json.dumps([[report.tests, report.failures, report.errors], cases]))";
    let read = |text: &str| serde_json::from_str::<Value>(&python(READ, text)).expect("JSON");
    let report = read(&review::run("junit").found().stdout);
    assert_eq!(report[0], json!([7, 3, 0]));
    let cases = report[1].as_array().expect("a list");
    let told: Vec<_> = cases
        .iter()
        .map(|case| (case[2].as_str().expect("text"), case[3].as_array().expect("a list").len(), case[4].is_string()))
        .collect();
    let expected = [
        ("001_größe und gewicht.sql", 1, false),
        ("002_a.sql", 0, false),
        ("002_b.sql", 1, false),
        ("003_allowed.sql", 0, false),
        ("004_known.sql", 0, false),
        ("006_open.sql", 1, true),
        ("007_clean.sql", 0, false),
    ];
    assert_eq!(told, expected);
    assert!(cases.iter().all(|case| case[0] == "db" && case[1] == "db"), "{report}");
    let failure = &cases[0][3][0];
    assert_eq!((&failure[0], &failure[1], &failure[2]), (&json!("Failure"), &json!("1 error"), &json!("require-idempotency")));
    assert!(failure[3].as_str().expect("text").starts_with("db/001_größe und gewicht.sql:1:9: error[require-idempotency] table `größe`"));
    assert_eq!(read(&of_nothing("junit")), json!([[1, 0, 0], [["db", "db", "001_a.sql", [], null]]]));
}

#[test]
fn a_test_fails_where_the_run_does() {
    let failures = |fail_on: &str| {
        let text = project().run_in(FOLDER, &["db", "--format", "junit", "--fail-on", fail_on]).stdout;
        text.split_once("failures=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(number, _)| number.to_owned())
    };
    assert_eq!((failures("error").as_deref(), failures("never").as_deref()), (Some("3"), Some("0")));
    let only_warned = Project::with([("db/001_a.sql", "SELECT 1;\n"), ("db/003_a.sql", "SELECT 1;\n")]);
    assert!(only_warned.run(&["db", "--format", "junit"]).clean().stdout.contains("failures=\"0\""));
    let strict = only_warned.run(&["db", "--format", "junit", "--fail-on", "warning"]).found().stdout;
    assert!(strict.contains("<failure type=\"require-number-order\" message=\"1 warning\">"), "{strict}");
    let broken = only_warned.run(&["db", "nowhere", "--format", "junit"]);
    assert!(broken.status == 2 && broken.stdout.contains("errors=\"1\"") && broken.stdout.contains("<error "), "{broken:?}");
}

/// What Jenkins's schema of JUnit (xunit-plugin, junit-10) lets stand in each element that is written.
#[test]
fn junit_has_only_what_jenkins_knows() {
    const READ: &str = "
import json, sys, xml.etree.ElementTree as tree
seen = {}
for e in tree.fromstring(sys.stdin.read()).iter():
    known = seen.setdefault(e.tag, [set(), set()]); known[0] |= set(e.attrib); known[1] |= {c.tag for c in e}
print(json.dumps({tag: [sorted(a), sorted(c)] for tag, (a, c) in seen.items()}))";
    let seen: Value = serde_json::from_str(&python(READ, &review::run("junit").found().stdout)).expect("JSON");
    let expected = json!({
        "testsuites": [["errors", "failures", "name", "tests"], ["testsuite"]],
        "testsuite": [["errors", "failures", "name", "tests"], ["testcase"]],
        "testcase": [["classname", "name"], ["failure", "system-out"]],
        "failure": [["message", "type"], []],
        "system-out": [[], []],
    });
    assert_eq!(seen, expected);
}

#[test]
fn checkstyle_is_read_by_a_reader_of_its_own() {
    const READ: &str = r#"
const { parseCheckstyle } = require("danger-plugin-lint-report/dist/parse/checkstyle_parser");
const report = require("xml-js").xml2js(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(parseCheckstyle(report, "/nowhere")));"#;
    let report = review::run("checkstyle").found().stdout;
    let violations: Value = serde_json::from_str(&node(READ, &report)).expect("JSON");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let found: Vec<_> = violations
        .as_array()
        .expect("a list")
        .iter()
        .map(|violation| (text(&violation["file"]), text(&violation["severity"]), violation["line"].as_u64().expect("a number")))
        .collect();
    let expected = REPORTED.map(|(path, _, severity, line)| (path.to_owned(), severity.to_owned(), line));
    assert_eq!(found, expected);
    assert_eq!(violations[0]["column"], 9);
    assert!(report.contains(" source=\"migration-lint.require-idempotency\"/>"), "{report}");
    assert_eq!(
        text(&violations[0]["message"]),
        "table `größe` is created without `IF NOT EXISTS`; write `CREATE TABLE IF NOT EXISTS größe`"
    );
    assert_eq!(of_nothing("checkstyle"), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\"/>\n");
}

#[test]
fn reviewdogs_format_is_valid_and_its_suggestions_mend() {
    for text in [review::run("rdjson").found().stdout, of_nothing("rdjson")] {
        let mut validator = Command::new("node");
        validator.current_dir(provided("MIGRATION_LINT_CONSUMERS")).arg("node_modules/.bin/rdformat-validator");
        let said = told(validator.args(["--strict", "--no-extra-fields"]), &text);
        assert!(said.contains("Total errors: 0"), "{said}");
    }
    let document = document("rdjson");
    let found: Vec<_> = document["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|found| {
            let text = |value: &Value| value.as_str().expect("text").to_owned();
            let severity = text(&found["severity"]).to_lowercase();
            (
                text(&found["location"]["path"]),
                text(&found["code"]["value"]),
                severity,
                found["location"]["range"]["start"]["line"].as_u64().expect("a number"),
            )
        })
        .collect();
    assert_eq!(found, REPORTED.map(|(path, rule, severity, line)| (path.to_owned(), rule.to_owned(), severity.to_owned(), line)));
    let first = &document["diagnostics"][0];
    // `/* 𝄞 */ ` has eleven bytes, and `CREATE TABLE` twelve.
    assert_eq!(first["location"]["range"], json!({"start": {"line": 1, "column": 12}, "end": {"line": 1, "column": 24}}));
    let place = json!({"line": 1, "column": 24});
    assert_eq!(first["suggestions"], json!([{"range": {"start": place, "end": place}, "text": " IF NOT EXISTS"}]));
    let related = &document["diagnostics"][1]["related_locations"];
    assert_eq!((related.as_array().map(Vec::len), &related[0]["location"]["path"]), (Some(1), &json!("db/002_a.sql")));
}

#[test]
fn annotations_name_files_from_the_root_of_the_repository() {
    let report = review::run("github").found().stdout;
    let lines: Vec<&str> = report.lines().collect();
    assert_eq!(lines.len(), REPORTED.len());
    assert!(
        lines[0].starts_with("::error file=services/api/db/001_größe und gewicht.sql,line=1,endLine=1,col=9,endColumn=21,title="),
        "{report}"
    );
    assert!(lines[3].starts_with("::error file=services/api/db/006_open.sql,line=1,endLine=2,title=ban-syntax-error::"), "{report}");
}

#[test]
fn annotations_that_github_does_not_show_are_told() {
    let files: Vec<(String, &str)> = (1..=12).map(|number| (format!("db/{number:03}_a.sql"), WRONG)).collect();
    let project = Project::new();
    files.iter().for_each(|(path, text)| project.write(path, text));
    let run = project.run(&["db", "--format", "github"]);
    let said =
        "migration-lint: warning: GitHub shows 10 annotations of a kind in a step: 2 errors more stand only in its log and summary\n";
    assert_eq!((run.status, run.stderr.as_str(), run.stdout.lines().count()), (1, said, 12));
}

#[test]
fn what_xml_can_not_say_is_left_out() {
    let sql = "CREATE TABLE \"a\u{1}\u{fffe}<&>\" (x 100%);\nSELECT 1;\n";
    let project = Project::with([("db/001_a.sql", sql)]);
    for format in ["junit", "checkstyle"] {
        let text = project.run(&["db", "--format", format, "--isolated"]).stdout;
        python("import sys, xml.etree.ElementTree as tree\ntree.fromstring(sys.stdin.read())", &text);
    }
}

/// What a program applies is what `--fix` writes, to the byte: in a file from Windows, lines end as the others of it do.
#[test]
fn fixes_end_their_lines_as_the_file_does() {
    let wrong = "\u{feff}SELECT 1;\r\nCREATE TYPE mood AS ENUM ('sad', 'happy');\r\n";
    let project = Project::with([("m/001_a.sql", wrong)]);
    let report = |format: &str| -> Value {
        let run = project.run(&["m", "--select", "require-idempotency", "--format", format]).found();
        serde_json::from_str(&run.stdout).expect("JSON")
    };
    let (json, sarif, rdjson) = (report("json"), report("sarif"), report("rdjson"));
    let edits = json["findings"][0]["fix"]["edits"].as_array().expect("a fix").clone();
    let texts = edits.iter().map(|edit| edit["text"].clone());
    let replacements = &sarif["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"];
    let texts = texts.chain(replacements.as_array().expect("a fix").iter().map(|one| one["insertedContent"]["text"].clone()));
    let texts: Vec<String> = texts
        .chain([rdjson["diagnostics"][0]["suggestions"][0]["text"].clone()])
        .map(|text| text.as_str().expect("a text").to_owned())
        .collect();
    assert!(texts.iter().any(|text| text.contains("\r\n")), "{texts:?}");
    assert!(texts.iter().all(|text| text.matches('\n').count() == text.matches("\r\n").count()), "{texts:?}");
    let mut mended = wrong.to_owned();
    for edit in edits.iter().rev() {
        let at = |end: &str| edit[end].as_u64().expect("a byte") as usize;
        mended.replace_range(at("start")..at("end"), edit["text"].as_str().expect("a text"));
    }
    project.run(&["m", "--select", "require-idempotency", "--fix"]);
    assert_eq!(std::fs::read_to_string(project.path("m/001_a.sql")).expect("it is there"), mended);
}
