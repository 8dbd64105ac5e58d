//! Clients that misbehave, files that come and go, and configurations that are being typed.

use serde_json::{Value, json};

use crate::project::{Project, RIGHT, WRONG};
use crate::rig::{Client, uri};

const CONFIG: &str = "database: {migrations: {directory: m}}\nmigration_lint: {rules: {schema: 'off'}}\n";

fn project(text: &str) -> Project {
    Project::with([("m/001_a.sql", text), ("migration-lint.yaml", CONFIG)])
}

#[test]
fn a_conversation_begins_with_initialize_and_ends_with_exit() {
    let mut client = Client::silent();
    assert_eq!(client.response("textDocument/hover", json!({}))["error"]["code"], -32002);
    assert!(client.ask("initialize", json!({"capabilities": {}})).get("capabilities").is_some());
    assert_eq!(client.response("no/such", json!({}))["error"]["code"], -32601);
    assert_eq!(client.response("textDocument/hover", json!({"textDocument": 1}))["error"]["code"], -32602);
    assert_eq!(client.ask("shutdown", Value::Null), Value::Null);
    assert_eq!(client.response("shutdown", Value::Null)["error"]["code"], -32600);
    client.tell("exit", Value::Null);
    assert_eq!(client.end().code(), Some(0));
}

#[test]
fn a_client_that_is_gone_ends_the_server() {
    let project = project(WRONG);
    assert_eq!(Client::silent().end().code(), Some(1));
    let mut client = Client::new(&project.path(""));
    client.open(&project.path("m/001_a.sql"), WRONG);
    assert_eq!(client.end().code(), Some(1));
    let mut client = Client::new(&project.path(""));
    client.tell("exit", Value::Null);
    assert_eq!(client.end().code(), Some(1));
}

#[test]
fn what_is_no_message_is_answered_and_the_conversation_goes_on() {
    let project = project(WRONG);
    let mut client = Client::new(&project.path(""));
    for body in ["{", "[]", "7", r#"{"jsonrpc": "2.0", "method": 1}"#] {
        client.send_raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
        client.wait("an error", |client| client.heard.pop().filter(|message| message["error"]["code"].as_i64() < Some(-32_000)));
    }
    client.tell("textDocument/didOpen", json!({"textDocument": []}));
    client.tell("textDocument/didChange", json!({"textDocument": {"uri": "untitled:a", "version": 1}, "contentChanges": []}));
    client.open(&project.path("m/001_a.sql"), WRONG);
    client.wait_for_rules(&project.path("m/001_a.sql"), &["ban-syntax-error"]);
    client.send_raw(b"nonsense\r\n\r\n");
    assert_eq!(client.end().code(), Some(1));
}

#[test]
fn changes_outside_of_the_text_are_made_at_its_end() {
    let project = project(RIGHT);
    let file = project.path("m/001_a.sql");
    let mut client = Client::new(&project.path(""));
    client.open(&file, RIGHT);
    let range = json!({"start": {"line": 900, "character": 900}, "end": {"line": 4_294_967_295_u32, "character": 4_294_967_295_u32}});
    client.change_part(&file, 2, json!({"range": range, "text": WRONG}));
    client.wait_for_rules(&file, &["ban-syntax-error"]);
    assert_eq!(client.findings(&file)[0]["range"]["start"]["line"], 1);
    let far = json!({"textDocument": {"uri": uri(&file)}, "position": {"line": 77, "character": 77}});
    assert_eq!(client.ask("textDocument/hover", far), Value::Null);
    let asked = json!({"textDocument": {"uri": uri(&file)}, "range": range, "context": {"diagnostics": []}});
    assert_eq!(client.ask("textDocument/codeAction", asked), json!([]));
    client.leave();
}

#[test]
fn of_many_changes_the_last_counts() {
    let project = project(RIGHT);
    let file = project.path("m/001_a.sql");
    let mut client = Client::new(&project.path(""));
    client.open(&file, RIGHT);
    for version in 2..400 {
        client.change(&file, version, if version % 2 == 0 { WRONG } else { "SELECT 2" });
    }
    client.change(&file, 400, "\nSELECT FROM WHERE;\n");
    client.wait("the finding of the last text", |client| {
        let found = client.findings(&file).first()?;
        (found["range"]["start"]["line"] == 1).then_some(())
    });
    client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": uri(&file)}}));
    assert_eq!(client.findings(&file)[0]["range"]["start"]["line"], 1);
    client.leave();
}

#[test]
fn a_configuration_that_is_being_typed_is_told_what_is_wrong_and_the_last_good_one_holds() {
    let project = project("CREATE TABLE t (a int);\n");
    let (file, config) = (project.path("m/001_a.sql"), project.path("migration-lint.yaml"));
    let text = "database: {migrations: {directory: m}}\nmigration_lint: {rules: {require-primary-key: error}}\n";
    let mut client = Client::new(&project.path(""));
    client.open(&file, "CREATE TABLE t (a int);\n");
    client.open(&config, text);
    client.wait_for_rules(&file, &["require-primary-key"]);
    let broken = "database: {migrations: {directory: m}}\nmigration_lint: {rules: {require-primary-kee: error}}\n";
    for (version, wrong) in [(2, broken), (3, "database: {migrations: [\n")] {
        client.change(&config, version, wrong);
        client.wait("a mistake", |client| client.findings(&config).first().filter(|one| one["severity"] == 1).map(|_| ()));
        client.ask("textDocument/hover", json!({"textDocument": {"uri": uri(&file)}, "position": {"line": 0, "character": 0}}));
        assert_eq!(client.findings(&file)[0]["severity"], 1, "{:?}", client.shown);
    }
    client.change(&config, 4, &text.replace("error", "info"));
    client.wait("another severity", |client| client.findings(&file).first().filter(|one| one["severity"] == 3).map(|_| ()));
    assert!(client.findings(&config).is_empty());
    client.leave();
}

#[test]
fn files_come_and_go_under_the_server() {
    let project = project("CREATE TABLE t (a int);\n");
    let (first, second) = (project.path("m/001_a.sql"), project.path("m/002_b.sql"));
    let mut client = Client::new(&project.path(""));
    client.open(&first, "CREATE TABLE t (a int);\n");
    // A file that is on no disk yet.
    client.open(&second, "ALTER TABLE t ADD COLUMN a int;\n");
    client.wait_for_rules(&second, &["ban-failing-statement"]);
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": uri(&second)}}));
    client.wait_for_rules(&second, &[]);
    project.write("m/002_b.sql", WRONG);
    client.tell("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri(&second), "type": 1}]}));
    client.wait_for_rules(&second, &["ban-syntax-error"]);
    std::fs::remove_file(&second).expect("it is there");
    client.tell("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri(&second), "type": 3}]}));
    client.wait_for_rules(&second, &[]);
    client.leave();
}

#[test]
fn several_roots_have_their_own_configurations_and_some_have_none() {
    let project = Project::with([
        ("one/m/001_a.sql", "CREATE TABLE t (a int);\n"),
        ("one/migration-lint.yaml", "database: {migrations: {directory: m}}\nmigration_lint: {rules: {require-primary-key: error}}\n"),
        ("two/m/001_a.sql", "CREATE TABLE t (a int);\n"),
    ]);
    let mut client = Client::able(&[project.path("one"), project.path("two")], json!({}));
    for (root, severity) in [("one", 1), ("two", 2)] {
        let file = project.path(&format!("{root}/m/001_a.sql"));
        client.open(&file, "CREATE TABLE t (a int);\n");
        client.wait_for_rules(&file, &["require-primary-key"]);
        assert_eq!(client.findings(&file)[0]["severity"], severity);
    }
    client.leave();
}

#[test]
fn who_asks_for_findings_is_told_all_and_when_to_ask_again() {
    let project = project("CREATE TABLE t (a int);\n");
    let file = project.path("m/002_b.sql");
    let capabilities = json!({"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}}});
    let mut client = Client::able(&[project.path("")], capabilities);
    let texts = ["ALTER TABLE t ADD COLUMN a int;\n", "ALTER TABLE t ADD COLUMN b int;\n", "-- again\nALTER TABLE t ADD COLUMN a int;\n"];
    client.open(&file, texts[0]);
    for (version, text) in (2..).zip(texts.into_iter().cycle().skip(1).take(6)) {
        client.wait("a call to ask again", |client| {
            let place = client.heard.iter().position(|message| message["method"] == "workspace/diagnostic/refresh")?;
            Some(client.heard.remove(place))
        });
        client.change(&file, version, text);
        let report = client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": uri(&file)}}));
        let rules: Vec<&Value> = report["items"].as_array().expect("a list").iter().map(|finding| &finding["code"]).collect();
        let fails = text.contains("COLUMN a");
        assert_eq!(rules.contains(&&json!("ban-failing-statement")), fails, "{text}: {rules:?}");
    }
    client.leave();
}

#[test]
fn who_asks_for_findings_is_not_sent_them() {
    let project = project(WRONG);
    let file = project.path("m/001_a.sql");
    let mut client = Client::able(&[project.path("")], json!({"textDocument": {"diagnostic": {}}}));
    client.open(&file, WRONG);
    let asked = json!({"textDocument": {"uri": uri(&file)}});
    let report = client.ask("textDocument/diagnostic", asked.clone());
    assert_eq!((&report["kind"], &report["items"][0]["code"]), (&json!("full"), &json!("ban-syntax-error")));
    let mut again = asked;
    again["previousResultId"] = report["resultId"].clone();
    let all = client.ask("workspace/diagnostic", json!({"previousResultIds": []}));
    assert_eq!(all["items"][0]["items"][0]["code"], "ban-syntax-error");
    assert!(client.findings(&file).is_empty());
    client.leave();
}
