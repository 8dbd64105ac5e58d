//! What an editor can ask for beside findings.

use serde_json::{Value, json};

use crate::project::Project;
use crate::rig::{Client, uri};

/// Two migrations, the second of which has text outside of the BMP before what it names.
const ONE: &str =
    "CREATE TABLE company (id int PRIMARY KEY, name text NOT NULL);\nCOMMENT ON COLUMN company.name IS 'What 𝄞 it is called';\n";
const TWO: &str = "/* 𝄞𝄞 */ ALTER TABLE company RENAME name TO title; CREATE TABLE person (company_id int REFERENCES company (id));\n\
DO $$ BEGIN UPDATE company SET title = '𝄞'; END $$;\n";

fn project() -> Project {
    const CONFIG: &str = "database: {migrations: {directory: m}}\nmigration_lint: {rules: {safety: 'off'}}\n";
    Project::with([("m/001_a.sql", ONE), ("m/002_b.sql", TWO), ("migration-lint.yaml", CONFIG)])
}

/// The client of a project whose second migration is open, once everything has been worked out.
fn client(project: &Project) -> Client {
    let mut client = Client::new(&project.path(""));
    client.open(&project.path("m/002_b.sql"), TWO);
    client.wait_for_rules(&project.path("m/002_b.sql"), &["require-primary-key", "require-foreign-key-index"]);
    client
}

/// A place in the text, in UTF-16: where `word` begins for the `nth` time, counted from 0.
fn place(project: &Project, text: &str, word: &str, nth: usize) -> Value {
    let (at, _) = text.match_indices(word).nth(nth).expect("is there");
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let character = text[start..at].encode_utf16().count();
    json!({"textDocument": {"uri": uri(&project.path("m/002_b.sql"))}, "position": {"line": line, "character": character}})
}

/// What the ranges of some locations say, with the names of their files.
fn texts(project: &Project, locations: &Value) -> Vec<(String, String)> {
    let one = |location: &Value| {
        let name = location["uri"].as_str().expect("a file").rsplit('/').next().expect("has a name").to_owned();
        let text = std::fs::read_to_string(project.path(&format!("m/{name}"))).expect("is there");
        (name, cut(&text, &location["range"]))
    };
    locations.as_array().into_iter().flatten().map(one).collect()
}

fn cut(text: &str, range: &Value) -> String {
    let offset = |position: &Value| {
        let line = text.split_inclusive('\n').nth(position["line"].as_u64().expect("a line") as usize).unwrap_or("");
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        let units: Vec<u16> = line.encode_utf16().take(position["character"].as_u64().expect("a column") as usize).collect();
        start + String::from_utf16(&units).expect("whole characters").len()
    };
    text[offset(&range["start"])..offset(&range["end"])].to_owned()
}

#[test]
fn a_name_is_shown_as_it_is_at_its_point_of_the_history() {
    let project = project();
    let mut client = client(&project);
    let mut hover = |word, nth| client.ask("textDocument/hover", place(&project, TWO, word, nth));
    let table = hover("company", 0);
    let value = table["contents"]["value"].as_str().expect("a text");
    assert!(value.contains("CREATE TABLE public.company (\n") && value.contains("title text NOT NULL"), "{value}");
    assert!(value.ends_with("made by `001_a`, line 1"), "{value}");
    assert_eq!(cut(TWO, &table["range"]), "company");
    let column = hover("title", 1)["contents"]["value"].clone();
    assert_eq!(column, "```sql\ntitle text NOT NULL\n```\n\nWhat 𝄞 it is called\n\nmade by `001_a`, line 1");
    // What it was called before, in the migration that renames it.
    assert!(hover("name", 0)["contents"]["value"].as_str().is_some_and(|value| value.starts_with("```sql\nname text NOT NULL")));
    assert_eq!(hover("END", 0), Value::Null);
    client.leave();
}

#[test]
fn a_name_leads_to_what_made_it_and_to_where_it_is_named() {
    let project = project();
    let mut client = client(&project);
    let definition = client.ask("textDocument/definition", place(&project, TWO, "title", 1));
    assert_eq!(texts(&project, &json!([definition])), [("001_a.sql".to_owned(), "name text NOT NULL".to_owned())]);
    let mut asked = place(&project, TWO, "title", 0);
    asked["context"] = json!({"includeDeclaration": true});
    let named = texts(&project, &client.ask("textDocument/references", asked));
    let named: Vec<(&str, &str)> = named.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
    assert_eq!(
        named,
        [("001_a.sql", "name"), ("001_a.sql", "name"), ("002_b.sql", "name"), ("002_b.sql", "title"), ("002_b.sql", "title")]
    );
    client.leave();
}

#[test]
fn a_down_migration_in_comments_is_read_too() {
    const ONE: &str = "-- UP MIGRATION\nCREATE TABLE person (id int PRIMARY KEY);\n\n-- DOWN MIGRATION\n-- DROP TABLE person;\n/* ALTER TABLE person\n  DROP COLUMN id; */\n";
    let project = Project::with([
        ("m/001_a.sql", ONE),
        (
            "migration-lint.yaml",
            "database: {migrations: {directory: m}}\nmigration_lint: {layout: house, rules: {schema: 'off', safety: 'off', doctrine: 'off', proof: 'off', style: 'off', require-table-comment: error}}\n",
        ),
    ]);
    let file = project.path("m/001_a.sql");
    let mut client = Client::new(&project.path(""));
    client.open(&file, ONE);
    client.wait_for_rules(&file, &["require-table-comment"]);
    let ask = |client: &mut Client, method: &str, line: u32, character: u32| {
        let place = json!({"textDocument": {"uri": uri(&file)}, "position": {"line": line, "character": character}, "context": {"includeDeclaration": true}});
        client.ask(method, place)
    };
    let value = ask(&mut client, "textDocument/hover", 4, 16)["contents"]["value"].clone();
    assert!(
        value.as_str().is_some_and(|value| value.contains("CREATE TABLE public.person (") && value.ends_with("made by `001_a`, line 2")),
        "{value}"
    );
    let value = ask(&mut client, "textDocument/hover", 6, 14);
    assert_eq!(
        (&value["contents"]["value"], cut(ONE, &value["range"])),
        (&json!("```sql\nid integer NOT NULL\n```\n\nmade by `001_a`, line 2"), "id".to_owned())
    );
    // What stands in a comment that is no part of it is no name.
    assert_eq!(ask(&mut client, "textDocument/hover", 3, 5), Value::Null);
    assert_eq!(ask(&mut client, "textDocument/definition", 4, 16)["range"]["start"]["line"], 1);
    let lines: Vec<u64> = ask(&mut client, "textDocument/references", 1, 15)
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["range"]["start"]["line"].as_u64())
        .collect();
    assert_eq!(lines, [1, 4, 5]);
    client.leave();
}

#[test]
fn statements_verdicts_and_names_are_offered() {
    let project = project();
    let mut client = client(&project);
    let file = project.path("m/002_b.sql");
    let document = json!({"textDocument": {"uri": uri(&file)}});
    let symbols = client.ask("textDocument/documentSymbol", document.clone());
    let names: Vec<&str> = symbols.as_array().expect("a list").iter().filter_map(|symbol| symbol["name"].as_str()).collect();
    assert_eq!(names, ["ALTER TABLE company RENAME name TO title", "CREATE TABLE person", "DO"]);
    let mut asked = document;
    asked["range"] = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
    let hints = client.ask("textDocument/inlayHint", asked);
    assert_eq!(hints[0]["label"], "applies: proved, re-runs: refuted");
    assert!(hints[0]["tooltip"].as_str().is_some_and(|text| text.starts_with("re-runs: ") && text.contains("42703")), "{hints}");

    let text = "SELECT c. FROM company c; SELECT public.; UPDATE company SET ; SELECT  -- migration-lint: allow(\n";
    client.change(&file, 2, text);
    let mut labels = |word: &str, behind: u64| {
        let mut place = place(&project, text, word, 0);
        place["position"]["character"] = json!(place["position"]["character"].as_u64().expect("a number") + behind);
        let list = client.ask("textDocument/completion", place);
        list["items"].as_array().expect("a list").iter().map(|item| item["label"].as_str().expect("a label").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(labels("public.", 7), ["company"]);
    let offered = labels("SET ", 4);
    assert_eq!(offered[..2], ["id", "name"], "{offered:?}");
    assert!(labels("allow(", 6).iter().any(|label| label == "require-primary-key"));
    client.leave();
}

/// The actions for the first finding of a file.
fn actions(client: &mut Client, project: &Project, name: &str, only: Value) -> Vec<Value> {
    let file = project.path(name);
    let finding = client.findings(&file)[0].clone();
    let context = json!({"diagnostics": [finding], "only": only});
    let params = json!({"textDocument": {"uri": uri(&file)}, "range": finding["range"], "context": context});
    client.ask("textDocument/codeAction", params).as_array().expect("a list").clone()
}

#[test]
fn what_is_written_into_documents_is_written_when_somebody_asks() {
    let config =
        "database: {migrations: {directory: m}, schema_map_path: map.json}\nmigration_lint: {rules: {require-readme-entry: error}}\n";
    let project = Project::with([
        ("global-config.yaml", config),
        ("m/001_first.sql", "-- Schemas: public\nCREATE TABLE a (id int PRIMARY KEY);\n"),
        ("m/002_second.sql", "-- Schemas: public\nCREATE TABLE b (id int PRIMARY KEY);\n"),
        ("m/README.md", "## Existing Migrations\n"),
        ("map.json", r#"{"database": "mine", "schemas": {"public": {"tables": {"a": {"note": "kept"}, "gone": {}}}}}"#),
    ]);
    let mut client = Client::new(&project.path(""));
    let mended = |client: &mut Client, name: &str, rule: &str, document: &str, title: &str| {
        let file = project.path(name);
        let is_meant = |finding: &&Value| finding["code"] == rule;
        let finding = client.wait(rule, |client| client.shown.get(&uri(&file))?.iter().find(is_meant).cloned());
        let params = json!({"textDocument": {"uri": uri(&file)}, "range": finding["range"], "context": {"diagnostics": [finding]}});
        let found = client.ask("textDocument/codeAction", params);
        let action = found.as_array().expect("a list").iter().find(|action| action["title"] == title).expect(title).clone();
        assert_eq!(action["diagnostics"][0]["code"], rule);
        let edits = action["edit"]["changes"][&uri(&project.path(document))].as_array().expect("edits").clone();
        let [edit] = edits.as_slice() else { panic!("{edits:?}") };
        edit.clone()
    };
    let edit =
        mended(&mut client, "m/002_second.sql", "require-readme-entry", "m/README.md", "add an entry for `002_second.sql` to `README.md`");
    assert_eq!(edit["range"]["start"], json!({"line": 0, "character": 22}));
    let entry =
        "\n\n### 002_second.sql\n- **Location**: `m/002_second.sql`\n- **Status**: Draft\n- **Purpose**: Second\n- **Schema**: `public`";
    assert_eq!(edit["newText"], entry);
    let edit = mended(&mut client, "map.json", "require-schema-map", "map.json", "write the schema map anew");
    let map: Value = serde_json::from_str(edit["newText"].as_str().expect("a text")).expect("JSON");
    assert_eq!((&map["database"], &map["schemas"]["public"]["tables"]["a"]["note"]), (&json!("mine"), &json!("kept")));
    assert!(map["schemas"]["public"]["tables"].get("gone").is_none());
    project.write("map.json", edit["newText"].as_str().expect("a text"));
    let file = uri(&project.path("map.json"));
    client.tell("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": file, "type": 2}]}));
    client.wait("a map without findings", |client| client.shown.get(&file).filter(|found| found.is_empty()).map(|_| ()));
    client.leave();
}

#[test]
fn a_finding_is_mended_allowed_or_explained() {
    let project = Project::with([("m/001_𝄞.sql", "/* 𝄞 */ CREATE TABLE t (a int PRIMARY KEY);\r\nCREATE INDEX i ON t (a);\r\n")]);
    let config = "database: {migrations: {directory: m}}\nmigration_lint: {rules: {require-idempotency: error}}\n";
    project.write("migration-lint.yaml", config);
    let name = "m/001_𝄞.sql";
    let file = project.path(name);
    let text = std::fs::read_to_string(&file).expect("is there");
    let mut client = Client::new(&project.path(""));
    client.open(&file, &text);
    let key = uri(&file);
    client.wait("findings", |client| client.shown.get(&key).filter(|found| found.len() == 2).map(|_| ()));
    let found = actions(&mut client, &project, name, Value::Null);
    let titles: Vec<&str> = found.iter().map(|action| action["title"].as_str().expect("a title")).collect();
    assert_eq!(
        titles,
        ["add `IF NOT EXISTS`", "allow `require-idempotency` here, for a reason to be written", "read the page of `require-idempotency`",]
    );
    let edit = |action: &Value| action["edit"]["changes"][&key][0].clone();
    assert_eq!(edit(&found[0])["newText"], " IF NOT EXISTS");
    assert_eq!(edit(&found[0])["range"]["start"], json!({"line": 0, "character": 21}));
    assert_eq!(edit(&found[1])["newText"], "-- migration-lint: allow(require-idempotency): \r\n");
    let command = &found[2]["command"];
    let params = json!({"command": command["command"], "arguments": command["arguments"]});
    let page = client.ask("workspace/executeCommand", params);
    assert!(page.as_str().is_some_and(|page| page.contains("## What it checks")), "{page}");
    let all = actions(&mut client, &project, name, json!(["source.fixAll"]));
    assert_eq!((all.len(), &all[0]["kind"]), (1, &json!("source.fixAll.migration-lint")));
    client.change_part(&file, 2, json!({"range": edit(&all[0])["range"], "text": edit(&all[0])["newText"]}));
    client.wait("one finding fewer", |client| client.shown.get(&key).filter(|found| found.len() == 1).map(|_| ()));
    client.leave();
}

/// A fix that adds a migration is for clients that make files, and for them alone.
#[test]
fn a_fix_may_make_a_file_where_the_client_does() {
    const KEY: &str = "SET lock_timeout = '5s';\nALTER TABLE person ADD CONSTRAINT person_company_fkey FOREIGN KEY (company_id) REFERENCES company (id);\n";
    let project = Project::with([
        ("m/001_a.sql", "CREATE TABLE company (id bigint PRIMARY KEY);\nCREATE TABLE person (id bigint PRIMARY KEY, company_id bigint);\n"),
        ("m/002_b.sql", KEY),
        ("migration-lint.yaml", "database: {migrations: {directory: m}}\nmigration_lint: {rules: {proof: 'off', schema: 'off'}}\n"),
    ]);
    let file = project.path("m/002_b.sql");
    let offered = |capabilities: Value| {
        let mut client = Client::able(&[project.path("")], capabilities);
        client.open(&file, KEY);
        client.wait("findings", |client| {
            let found = client.shown.get(&uri(&file))?;
            let at = found.iter().position(|finding| finding["code"] == "require-not-valid-foreign-key")?;
            client.shown.get_mut(&uri(&file))?.swap(0, at);
            Some(())
        });
        let found = actions(&mut client, &project, "m/002_b.sql", Value::Null);
        client.leave();
        found
    };
    let operations = |kinds: Value| json!({"workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": kinds}}});
    let found = offered(operations(json!(["create", "rename", "delete"])));
    let is_meant = |action: &&Value| {
        action["title"]
            .as_str()
            .is_some_and(|title| title.starts_with("write `NOT VALID`, and a migration that validates `person_company_fkey`"))
    };
    let changes = &found.iter().find(is_meant).unwrap_or_else(|| panic!("{found:?}"))["edit"]["documentChanges"];
    let new = uri(&project.path("m/003_validate_person_company_fkey.sql"));
    assert_eq!((&changes[0]["kind"], &changes[0]["uri"]), (&json!("create"), &json!(new)), "{changes}");
    let edits: Vec<(&str, &str)> = changes
        .as_array()
        .into_iter()
        .flatten()
        .skip(1)
        .map(|change| {
            (change["textDocument"]["uri"].as_str().unwrap_or_default(), change["edits"][0]["newText"].as_str().unwrap_or_default())
        })
        .collect();
    assert!(edits.contains(&(&uri(&file), " NOT VALID")), "{changes}");
    let validates =
        |(path, text): &(&str, &str)| *path == new && text.contains("ALTER TABLE person VALIDATE CONSTRAINT person_company_fkey;");
    assert!(edits.iter().any(validates), "{changes}");
    for capabilities in [json!({}), operations(json!(["rename"]))] {
        let found = offered(capabilities);
        assert!(!found.is_empty() && !found.iter().any(|action| is_meant(&action)), "{found:?}");
    }
}
