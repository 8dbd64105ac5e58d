//! One project through both doors: what the command line reports is what an editor shows.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::project::Project;
use crate::rig::{Client, uri};

/// A project in which most kinds of rules find something: text, replay, history, documents, suppressions; also outside of the BMP.
pub const FILES: [(&str, &str); 7] = [
    (
        "global-config.yaml",
        "database: {migrations: {directory: m}, schemas: [marketing]}\nbarton_doctrine: {enabled: true}\n\
         migration_lint: {rules: {require-header: warning, ban-quoted-name: info}}\n",
    ),
    ("m/001_create_company.sql", "CREATE TABLE marketing.company (id int, \"𝄞 Name\" text, flag boolean); -- é𝄞\nCREATE TABLE b (c int;\n"),
    (
        "m/002_create_person.sql",
        "BEGIN;\nCREATE TABLE IF NOT EXISTS marketing.person (id int PRIMARY KEY, company int REFERENCES marketing.nothing (id), at timestamp);\n\
         /* 𝄞 */ ALTER TABLE marketing.company ADD COLUMN flag boolean;\nCOMMIT;\n",
    ),
    (
        "m/003_allow.sql",
        "-- migration-lint: allow(require-idempotency): runs once\nCREATE TABLE marketing.one (id serial);\n\
         -- migration-lint: allow(ban-secrets): nothing there\nSELECT 1;\n-- DOWN MIGRATION\n-- DROP TABLE marketing.two;\n",
    ),
    ("m/005_drop.sql", "DROP TABLE marketing.one;\nSELECT '\u{fffd}';\n"),
    ("m/005_same.sql", "CREATE TABLE marketing.\"select\" (json json, CONSTRAINT x CHECK (json = json));\n"),
    ("m/README.md", "| Migration | What |\n| --- | --- |\n| 001_create_company.sql | 𝄞 |\n| 009_gone.sql | it |\n"),
];

/// What the command line reports, as an editor would show it: by file, each as rule, severity, message and range.
fn reported(project: &Project) -> BTreeMap<String, Vec<Value>> {
    let run = project.run(&["--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).expect("a report");
    let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for finding in report["findings"].as_array().expect("a list") {
        let path = project.path(finding["path"].as_str().expect("a path"));
        let severity = ["error", "warning", "info"].iter().position(|word| finding["severity"] == *word).expect("a severity") + 1;
        let message = finding["message"].as_str().expect("a message");
        let message = finding["help"].as_str().map_or(message.to_owned(), |help| format!("{message}\nhelp: {help}"));
        let place = |end: &str| {
            let place = &finding["span"][end];
            [place["line"].as_u64().expect("a line") - 1, place["column"].as_u64().expect("a column") - 1]
        };
        let one = json!([finding["rule"], severity, message, place("start"), place("end")]);
        found.entry(uri(&path)).or_default().push(one);
    }
    found
}

fn shown(client: &Client) -> BTreeMap<String, Vec<Value>> {
    let place = |place: &Value| json!([place["line"], place["character"]]);
    let one = |finding: &Value| {
        let range = &finding["range"];
        json!([finding["code"], finding["severity"], finding["message"], place(&range["start"]), place(&range["end"])])
    };
    let all = client.shown.iter().filter(|(_, findings)| !findings.is_empty());
    all.map(|(uri, findings)| (uri.clone(), findings.iter().map(one).collect())).collect()
}

/// One whose columns count characters, as those of the report do.
fn client(project: &Project) -> Client {
    let capabilities = json!({"general": {"positionEncodings": ["utf-32"]}});
    let client = Client::able(&[project.path("")], capabilities);
    assert_eq!(client.server["capabilities"]["positionEncoding"], "utf-32");
    client
}

#[test]
fn both_doors_show_the_same() {
    let project = Project::with(FILES);
    let expected = reported(&project);
    let rules: std::collections::BTreeSet<&str> = expected.values().flatten().filter_map(|finding| finding[0].as_str()).collect();
    assert!(rules.len() >= 10 && expected.len() >= 5, "{expected:#?}");
    let mut client = client(&project);
    client.wait("what the command line reports", |client| (shown(client) == expected).then_some(()));
    client.leave();
}

#[test]
fn after_any_edit_both_doors_show_the_same() {
    let project = Project::with(FILES);
    let mut client = client(&project);
    let edits = [
        // Nothing but places.
        ("m/001_create_company.sql", "-- one\n\nCREATE TABLE marketing.company (id int, \"𝄞 Name\" text, flag boolean); -- é𝄞\n"),
        // A column that another migration adds too; and then no more.
        ("m/001_create_company.sql", "-- one\n\nCREATE TABLE marketing.company (id int PRIMARY KEY, \"𝄞 Name\" text);\n"),
        // A table that another migration drops, a name that another asks for.
        ("m/003_allow.sql", "CREATE TABLE IF NOT EXISTS marketing.nothing (id serial PRIMARY KEY);\n"),
        ("m/001_create_company.sql", FILES[1].1),
        ("m/003_allow.sql", FILES[3].1),
        // The text below the file's last statement.
        ("m/005_same.sql", "SELECT 1;\n\n"),
        ("m/002_create_person.sql", "\n\n𝄞"),
        ("m/README.md", "nothing\n"),
        ("m/002_create_person.sql", FILES[2].1),
        ("m/005_same.sql", FILES[5].1),
    ];
    let mut version = 1;
    for (path, _) in FILES.into_iter().skip(1) {
        client.open(&project.path(path), FILES.iter().find(|(other, _)| *other == path).expect("is one").1);
    }
    for (path, text) in edits {
        version += 1;
        client.change(&project.path(path), version, text);
        project.write(path, text);
        let expected = reported(&project);
        client.wait(&format!("what the command line reports after {path} is {text:?}: {expected:#?}"), |client| {
            (shown(client) == expected).then_some(())
        });
    }
    client.leave();
}
