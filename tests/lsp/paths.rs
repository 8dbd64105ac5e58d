//! Files whose paths are not what a URI may say as it is.

use std::path::Path;

use serde_json::json;

use crate::project::Project;
use crate::rig::{Client, uri};

const TEXT: &str = "CREATE TABLE t (a varchar(10));\n";
const CONFIG: &str =
    "migration_lint: {rules: {schema: 'off', safety: 'off', doctrine: 'off', proof: 'off', style: 'off', require-primary-key: error}}\n";

/// `uri` as some editors write it: with small digits behind percent signs, and only what must be encoded.
fn written_otherwise(path: &Path) -> String {
    let mut uri = String::from("file://");
    for c in path.to_str().expect("is UTF-8").chars() {
        match c {
            ' ' | '#' | '%' | '?' => uri.push_str(&format!("%{:02x}", c as u32)),
            c if c.is_ascii() => uri.push(c),
            c => c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| uri.push_str(&format!("%{byte:02x}"))),
        }
    }
    uri
}

#[test]
fn a_file_is_found_whatever_it_is_called() {
    let files = ["m b/001_ä.sql", "m b/002_a#b.sql", "m b/003_100%25.sql", "m b/004_𝄞+(1).sql", "c:/005_a.sql"];
    let project = Project::with(files.map(|path| (path, TEXT)));
    project.write("migration-lint.yaml", CONFIG);
    let mut client = Client::new(&project.path(""));
    for path in files {
        let path = project.path(path);
        let document = json!({"uri": written_otherwise(&path), "languageId": "sql", "version": 1, "text": TEXT});
        client.tell("textDocument/didOpen", json!({"textDocument": document}));
        client.wait_for_rules(&path, &["require-primary-key"]);
        let place = json!({"textDocument": {"uri": uri(&path)}, "position": {"line": 0, "character": 13}});
        let hover = client.ask("textDocument/hover", place)["contents"]["value"].clone();
        assert!(hover.as_str().is_some_and(|text| text.contains("character varying(10)")), "{path:?}: {hover}");
        // The same document, however it is written.
        let document = json!({"uri": uri(&path), "version": 2});
        client.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": [{"text": "SELECT 1;\n"}]}));
        client.wait_for_rules(&path, &[]);
    }
    client.leave();
}

#[test]
fn a_project_is_found_wherever_it_lies() {
    let project = Project::with([("ä b#100%25/m/001_a.sql", TEXT), ("ä b#100%25/migration-lint.yaml", CONFIG)]);
    let mut client = Client::new(&project.path("ä b#100%25"));
    let file = project.path("ä b#100%25/m/001_a.sql");
    client.open(&file, TEXT);
    client.wait_for_rules(&file, &["require-primary-key"]);
    client.leave();
}

#[test]
fn what_is_no_file_here_is_left_alone() {
    let project = Project::with([("m/001_a.sql", TEXT), ("migration-lint.yaml", CONFIG)]);
    let mut client = Client::new(&project.path(""));
    for uri in ["untitled:Untitled-1", "git:/m/001_a.sql?%7B%7D", "file://elsewhere/m/001_a.sql", "file:///%FF/001_a.sql"] {
        let document = json!({"uri": uri, "languageId": "sql", "version": 1, "text": TEXT});
        client.tell("textDocument/didOpen", json!({"textDocument": document}));
        let place = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 13}});
        assert!(client.response("textDocument/hover", place)["error"].is_object(), "{uri}");
    }
    let file = project.path("m/001_a.sql");
    client.open(&file, TEXT);
    client.wait_for_rules(&file, &["require-primary-key"]);
    client.leave();
}
