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

#[test]
fn a_long_history_is_shown_alike_by_both_doors() {
    let project = Project::with([("global-config.yaml", "database: {migrations: {directory: m}}\n")]);
    // More than are worked out at once.
    for number in 2..=600 {
        project.write(&format!("m/{number:03}_a.sql"), format!("ALTER TABLE t ADD COLUMN c{number} int;\n"));
    }
    let path = "m/001_a.sql";
    project.write(path, "CREATE TABLE t (id int PRIMARY KEY);\n");
    let mut client = client(&project);
    client.open(&project.path(path), "CREATE TABLE t (id int PRIMARY KEY);\n");
    let texts = ["CREATE TABLE t (id int PRIMARY KEY, c300 int);\n", "CREATE TABLE t (id int PRIMARY KEY, c1 int, c599 int);\n"];
    for (version, text) in (2..).zip(texts) {
        client.change(&project.path(path), version, text);
        project.write(path, text);
        let expected = reported(&project);
        assert!(expected.values().flatten().any(|finding| finding[0] == "ban-failing-statement"), "{expected:#?}");
        client.wait(&format!("what the command line reports after {text:?}"), |client| (shown(client) == expected).then_some(()));
    }
    client.leave();
}

/// Statements that meet in names, types, keys and triggers; any of them may be anywhere, and fail there.
const STATEMENTS: [&str; 34] = [
    "CREATE TABLE a (id int PRIMARY KEY, flag boolean, at timestamp, code varchar(10));",
    "CREATE TABLE b (LIKE a, own char(3), code_b varchar(10));",
    "CREATE TABLE c (a_id bigint REFERENCES a (id), j json, updated_at timestamptz);",
    "ALTER TABLE a ALTER id TYPE bigint;",
    "ALTER TABLE a ALTER code TYPE text;",
    "DROP TABLE IF EXISTS a CASCADE;",
    "DROP TABLE IF EXISTS b, c CASCADE;",
    "ALTER TABLE a RENAME TO z;",
    "ALTER TABLE IF EXISTS z RENAME TO a;",
    "ALTER TABLE c RENAME a_id TO other;",
    "CREATE INDEX ON c (a_id);",
    "CREATE INDEX c_a_id_idx ON a (flag);",
    "CREATE INDEX twice ON a (flag);",
    "DROP INDEX IF EXISTS c_a_id_idx;",
    "DO $$ BEGIN CREATE TABLE d (f boolean); CREATE TABLE e (f boolean, at timestamp); END $$;",
    "CREATE SCHEMA s; CREATE TABLE s.t (x char(3), a_id int REFERENCES a (id));",
    "ALTER SCHEMA s RENAME TO r;",
    "CREATE SCHEMA gone; CREATE TABLE gone.t (id int PRIMARY KEY, n serial);",
    "ALTER TABLE a SET SCHEMA s;",
    "CREATE TYPE mood AS ENUM ('a');",
    "CREATE DOMAIN dom AS varchar(10);",
    "CREATE TABLE g (d dom, m mood, \"order\" money);",
    "ALTER TYPE mood RENAME TO humour;",
    "INSERT INTO a (id) VALUES (1);",
    "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW IS DISTINCT FROM OLD THEN NEW.updated_at = now(); END IF; RETURN NEW; END $$;",
    "CREATE TRIGGER t BEFORE UPDATE ON c FOR EACH ROW EXECUTE FUNCTION touch();",
    "DROP FUNCTION IF EXISTS touch CASCADE;",
    "COMMENT ON TABLE a IS 'x';",
    "ALTER TABLE c ADD CONSTRAINT fk FOREIGN KEY (a_id) REFERENCES a (id) NOT VALID;",
    "ALTER TABLE c VALIDATE CONSTRAINT fk;",
    "CREATE VIEW v AS SELECT * FROM a;",
    "CREATE TABLE p (x int, y int) PARTITION BY RANGE (x); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9);",
    "CREATE INDEX ON p (x); CREATE INDEX p_y ON p (x, y);",
    "/* 𝄞 */\n\n",
];

/// Numbers that are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn text(&mut self) -> String {
        let statements = 1 + self.below(4);
        let header = ["", "-- Schemas: public\n", "-- Schemas: s, public\n"][self.below(3)];
        let statements = (0..statements).map(|_| format!("{}\n", STATEMENTS[self.below(STATEMENTS.len())]));
        std::iter::once(header.to_owned()).chain(statements).collect()
    }
}

#[test]
fn after_random_edits_both_doors_show_the_same() {
    const CONFIG: &str = "database: {migrations: {directory: m}, schemas: [public, s], schema_map_path: map.json}\nbarton_doctrine: {enabled: true}\n\
        migration_lint: {rules: {ban-type: {severity: info, types: [money]}, prefer-bigint: info, prefer-identity: info, require-columns: info, \
        require-table-comment: info, require-column-comment: info, require-constraint-name: info, require-index-name: info, ban-rule: info}}\n";
    let project = Project::with([("global-config.yaml", CONFIG)]);
    let mut numbers = Numbers(7);
    let path = |number: usize| format!("m/{number:03}_x.sql");
    let entry = |number: usize| {
        let (path, schema) = (path(number), ["public", "`public`, s", "r"][number % 3]);
        format!("### {number:03}_x.sql\n- **Location**: `{path}`\n- **Status**: Draft\n- **Purpose**: X\n- **Schema**: {schema}\n\n")
    };
    project.write("m/README.md", (0..8).map(entry).collect::<String>());
    let mut texts: Vec<String> = (0..6).map(|_| numbers.text()).collect();
    for (at, text) in texts.iter().enumerate() {
        project.write(&path(at), text);
    }
    let mut client = client(&project);
    client.open(&project.path(&path(0)), &texts[0]);
    let mut version = 1;
    for turn in 0..80 {
        // What is kept of the map is that of another from now on.
        if turn % 5 == 0 {
            project.write("map.json", project.run(&["schema", "--format", "json"]).stdout);
            let kind = if turn == 0 { 1 } else { 2 };
            client.tell("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri(&project.path("map.json")), "type": kind}]}));
        }
        let what = match numbers.below(8) {
            // A new file at the end, made in the editor or beside it.
            0 | 1 if texts.len() < 10 => {
                let (file, text) = (path(texts.len()), numbers.text());
                project.write(&file, &text);
                match turn % 2 {
                    0 => client.open(&project.path(&file), &text),
                    _ => {
                        client.tell("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri(&project.path(&file)), "type": 1}]}))
                    }
                }
                texts.push(text);
                format!("{file} is new")
            }
            // The last one goes.
            2 if texts.len() > 3 => {
                texts.pop();
                let file = project.path(&path(texts.len()));
                std::fs::remove_file(&file).expect("is there");
                client.tell("textDocument/didClose", json!({"textDocument": {"uri": uri(&file)}}));
                client.tell("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri(&file), "type": 3}]}));
                format!("{file:?} is gone")
            }
            _ => {
                let at = if numbers.below(2) == 0 { texts.len() - 1 } else { numbers.below(texts.len()) };
                let text = match numbers.below(4) {
                    0 => format!("-- {turn}\n{}", texts[at]),
                    1 => format!("{}{}", texts[at], numbers.text()),
                    _ => numbers.text(),
                };
                let file = project.path(&path(at));
                version += 1;
                client.open(&file, &texts[at]);
                client.change(&file, version, &text);
                // What is opened meanwhile has all its findings in the end.
                if turn % 3 == 0 {
                    let other = numbers.below(texts.len());
                    if other != at {
                        client.open(&project.path(&path(other)), &texts[other]);
                    }
                }
                project.write(&path(at), &text);
                texts[at] = text;
                format!("{file:?} changed")
            }
        };
        let expected = reported(&project);
        client.wait(&format!("what the command line reports after {what}, turn {turn}: {texts:#?} {expected:#?}"), |client| {
            (shown(client) == expected).then_some(())
        });
    }
    client.leave();
}
