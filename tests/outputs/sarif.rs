//! SARIF: against OASIS's schema, against Microsoft's validator with the rules of GitHub's code scanning, and fact by fact.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::review::{self, conforms, document, of_nothing, project, provided, told};
use super::rig::{Project, WRONG};

/// The first line of the odd file, and the text that the fix makes of it.
const LINE: &str = "/* 𝄞 */ CREATE TABLE größe (\"höhe 𝄞\" int);";
const MENDED: &str = "/* 𝄞 */ CREATE TABLE IF NOT EXISTS größe (\"höhe 𝄞\" int);";

fn results(document: &Value) -> &Vec<Value> {
    document["runs"][0]["results"].as_array().expect("a list")
}

fn result_of<'d>(document: &'d Value, file: &str) -> &'d Value {
    let is_of =
        |result: &&Value| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("text").ends_with(file);
    results(document).iter().find(is_of).expect("a result in that file")
}

/// What stands in a region of one line, whose columns are UTF-16 code units.
fn text_in(line: &str, region: &Value) -> String {
    assert_eq!(region["startLine"], region["endLine"]);
    let column = |name: &str| region[name].as_u64().expect("a column") as usize - 1;
    let units: Vec<u16> = line.encode_utf16().collect();
    String::from_utf16(&units[column("startColumn")..column("endColumn")]).expect("whole characters")
}

#[test]
fn the_schema_and_the_validator_are_content() {
    let folder = provided("MIGRATION_LINT_CONSUMERS");
    let multitool = Path::new(&folder).join("node_modules/@microsoft").join(provided("MIGRATION_LINT_SARIF"));
    let project = Project::new();
    for (name, text) in [("review", review::run("sarif").found().stdout), ("nothing", of_nothing("sarif"))] {
        conforms(&multitool.join("sarif-2.1.0.json"), &text);
        let file = project.path(&format!("{name}.sarif"));
        fs::write(&file, &text).expect("a file can be written");
        let mut validator = Command::new(multitool.join("Sarif.Multitool"));
        validator.env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1").arg("validate").arg(&file).args(["--rule-kind", "Sarif;Ghas"]);
        let said = told(&mut validator, "");
        let problems: Vec<&str> = said.lines().filter(|line| line.contains(": error ") || line.contains(": warning ")).collect();
        // No version is published, so that nothing has an address.
        assert!(problems.iter().all(|problem| problem.contains("'informationUri'")), "{said}");
    }
}

#[test]
fn the_results_are_these() {
    let document = document("sarif");
    let found: Vec<_> = results(&document)
        .iter()
        .map(|result| {
            let place = &result["locations"][0]["physicalLocation"];
            assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
            let suppressed = result["suppressions"].as_array().expect("a list, empty or not").len();
            let text = |value: &Value| value.as_str().expect("text").to_owned();
            (text(&place["artifactLocation"]["uri"]), text(&result["ruleId"]), text(&result["level"]), suppressed)
        })
        .collect();
    let expected = [
        ("001_gr%C3%B6%C3%9Fe%20und%20gewicht.sql", "require-idempotency", "error", 0),
        ("002_b.sql", "ban-duplicate-number", "error", 0),
        ("006_open.sql", "require-number-order", "warning", 0),
        ("006_open.sql", "ban-syntax-error", "error", 0),
        ("003_allowed.sql", "require-idempotency", "error", 1),
        ("004_known.sql", "require-idempotency", "error", 1),
    ];
    let expected =
        expected.map(|(file, rule, level, suppressed)| (format!("services/api/db/{file}"), rule.to_owned(), level.to_owned(), suppressed));
    assert_eq!(found, expected);
    for result in results(&document) {
        let rule = &document["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("an index") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().is_some_and(|page| page.contains("## What it checks")), "{rule}");
    }
}

#[test]
fn columns_are_utf_16_and_a_fix_gives_the_text_that_it_promises() {
    let document = document("sarif");
    assert_eq!(document["runs"][0]["columnKind"], "utf16CodeUnits");
    let result = result_of(&document, "gewicht.sql");
    assert_eq!(text_in(LINE, &result["locations"][0]["physicalLocation"]["region"]), "CREATE TABLE");
    let change = &result["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"], result["locations"][0]["physicalLocation"]["artifactLocation"]);
    let replacement = &change["replacements"][0];
    let region = &replacement["deletedRegion"];
    assert_eq!(text_in(LINE, region), "");
    let at: usize = LINE
        .char_indices()
        .map(|(at, _)| at)
        .find(|&at| LINE[..at].encode_utf16().count() + 1 == region["startColumn"])
        .expect("it is there");
    let inserted = replacement["insertedContent"]["text"].as_str().expect("text");
    assert_eq!(format!("{}{inserted}{}", &LINE[..at], &LINE[at..]), MENDED);
    assert_eq!(result["fixes"][0]["properties"]["applicability"], "safe");
}

#[test]
fn related_places_and_several_lines_are_told() {
    let document = document("sarif");
    let related = &result_of(&document, "002_b.sql")["relatedLocations"];
    assert_eq!(related.as_array().map(Vec::len), Some(1));
    assert_eq!(related[0]["message"]["text"], "the other migration of this number");
    assert_eq!(related[0]["physicalLocation"]["artifactLocation"]["uri"], "services/api/db/002_a.sql");
    let open = results(&document).iter().find(|result| result["ruleId"] == "ban-syntax-error").expect("it is there");
    let region = json!({"startLine": 1, "startColumn": 8, "endLine": 3, "endColumn": 1});
    assert_eq!(open["locations"][0]["physicalLocation"]["region"], region);
}

#[test]
fn what_is_kept_back_says_by_whom_and_why() {
    let document = document("sarif");
    let suppression = &result_of(&document, "003_allowed.sql")["suppressions"][0];
    assert_eq!(suppression["kind"], "inSource");
    assert_eq!(suppression["justification"], "run <once>, \"by hand\" & never again");
    assert_eq!(suppression["location"]["physicalLocation"]["region"]["startLine"], 1);
    let suppression = &result_of(&document, "004_known.sql")["suppressions"][0];
    assert_eq!((&suppression["kind"], &suppression["justification"]), (&json!("external"), &json!("The baseline holds it.")));
    for file in ["003_allowed.sql", "004_known.sql"] {
        assert!(result_of(&document, file).get("fixes").is_none(), "what nobody is to mend has no fix");
    }
}

#[test]
fn fingerprints_are_unique_and_those_of_the_other_formats() {
    let document = document("sarif");
    let mut prints: Vec<&str> =
        results(&document).iter().map(|result| result["partialFingerprints"]["migrationLint/v1"].as_str().expect("text")).collect();
    let json = review::document("json");
    let reported: Vec<&str> =
        json["findings"].as_array().expect("a list").iter().map(|finding| finding["fingerprint"].as_str().expect("text")).collect();
    assert_eq!(prints[..4], reported[..]);
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), 6);
}

#[test]
fn an_allowed_finding_changes_no_fingerprint() {
    let prints = |text: &str| {
        let text = Project::with([("db/001_a.sql", text)]).run(&["db", "--format", "json"]).found().stdout;
        let document: Value = serde_json::from_str(&text).expect("JSON");
        document["findings"].as_array().expect("a list").iter().map(|finding| finding["fingerprint"].clone()).collect::<Vec<_>>()
    };
    // The same line twice: which of the two is which is told by counting those that are reported.
    let both = prints(&format!("{WRONG}\n{WRONG}"));
    assert_eq!(both.len(), 2);
    assert_eq!(prints(&format!("-- migration-lint: allow(ban-syntax-error): so\n{WRONG}\n{WRONG}")), both[..1]);
}

#[test]
fn what_went_wrong_in_the_run_is_told_in_the_document() {
    let run = project().run_in(review::FOLDER, &["db", "nowhere", "--format", "sarif"]);
    assert_eq!(run.status, 2);
    let document: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let invocation = &document["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"][0]["level"], "error");
    assert!(invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().is_some_and(|text| text.contains("nowhere")));
    assert_eq!(results(&document).len(), 6);
}

#[test]
fn more_than_a_service_shows_is_told_and_nothing_is_cut() {
    let project = Project::with([("db/001_a.sql", WRONG.repeat(5_001))]);
    let arguments = ["db", "--format", "sarif"];
    let run = project.run(&arguments);
    assert_eq!(run.stderr, "migration-lint: warning: the report has 5001 results: GitHub shows the gravest 5000 of a run\n");
    let document: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(results(&document).len(), 5_001);
    assert_eq!(project.run(&[&arguments[..], &["--quiet"]].concat()).stderr, "");
}
