//! What a project's server looks at, and what it does not: files outside of the configured directory, and those that the configuration names.

use serde_json::{Value, json};

use crate::project::Project;
use crate::rig::{Client, uri};

const CONFIG: &str = "database: {migrations: {directory: db}}\n";
const TABLE: &str = "CREATE TABLE t (a int PRIMARY KEY);\n";

fn changed(client: &mut Client, project: &Project, paths: &[&str]) {
    let changes: Vec<Value> = paths.iter().map(|path| json!({"uri": uri(&project.path(path)), "type": 2})).collect();
    client.tell("workspace/didChangeWatchedFiles", json!({"changes": changes}));
}

/// The text of a file after what `source.fixAll` does.
fn mended(client: &mut Client, project: &Project, name: &str, text: &str) -> String {
    let file = project.path(name);
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
    let context = json!({"diagnostics": [], "only": ["source.fixAll"]});
    let params = json!({"textDocument": {"uri": uri(&file)}, "range": range, "context": context});
    let found = client.ask("textDocument/codeAction", params);
    let Some(edits) = found[0]["edit"]["changes"][uri(&file)].as_array() else { return text.to_owned() };
    let line_starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let byte = |place: &Value| {
        let line = place["line"].as_u64().expect("a line") as usize;
        line_starts.get(line).map_or(text.len(), |start| start + place["character"].as_u64().expect("a column") as usize)
    };
    let mut after = text.to_owned();
    for edit in edits.iter().rev() {
        let range = byte(&edit["range"]["start"])..byte(&edit["range"]["end"]);
        after.replace_range(range, edit["newText"].as_str().expect("a text"));
    }
    after
}

#[test]
fn what_is_mended_in_an_editor_is_what_the_command_line_mends() {
    let house = "migration_lint: {doctrine: true}\n";
    // What is found in all histories together is for the command line: no text here has any of it.
    for text in [
        "CREATE SCHEMA IF NOT EXISTS marketing;\nCREATE TABLE IF NOT EXISTS marketing.a (id bigint PRIMARY KEY);\n",
        "ALTER TABLE a DROP CONSTRAINT k2;\nALTER TABLE s1.d RENAME TO b;\nSET search_path TO s1;\nALTER TABLE a RENAME TO c;\n",
        "CREATE TABLE a (id int);\nCREATE INDEX i ON a (id);\n-- ROLLBACK\n-- DROP TABLE a;\n",
    ] {
        let project = Project::with([("migration-lint.yaml", house), ("m/001_a.sql", text)]);
        let file = project.path("m/001_a.sql");
        let mut client = Client::able(&[project.path("")], json!({"general": {"positionEncodings": ["utf-8"]}}));
        client.open(&file, text);
        client.wait("findings", |client| client.shown.get(&uri(&file)).filter(|found| !found.is_empty()).map(|_| ()));
        let after = mended(&mut client, &project, "m/001_a.sql", text);
        client.leave();
        project.run(&["m", "--fix"]);
        assert_eq!(after, std::fs::read_to_string(&file).expect("it is there"));
        assert_ne!(after, text);
    }
}

#[test]
fn a_schema_or_baseline_that_changes_counts_at_once() {
    let config = "database: {migrations: {directory: db}}\nmigration_lint: {schema: base.sql, rules: {safety: 'off', schema: 'off'}}\n";
    let project = Project::with([
        ("migration-lint.yaml", config),
        ("base.sql", "CREATE TABLE other (id int);\n"),
        ("db/001_a.sql", "ALTER TABLE base ADD COLUMN b int;\n"),
    ]);
    let file = project.path("db/001_a.sql");
    let mut client = Client::new(&project.path(""));
    client.open(&file, "ALTER TABLE base ADD COLUMN b int;\n");
    client.wait_for_rules(&file, &["ban-undefined-object"]);
    for (table, rules) in [("base", &[][..]), ("other", &["ban-undefined-object"])] {
        project.write("base.sql", format!("CREATE TABLE {table} (id int);\n"));
        changed(&mut client, &project, &["base.sql"]);
        client.wait_for_rules(&file, rules);
    }
    project.run(&["baseline"]);
    changed(&mut client, &project, &["migration-lint-baseline.json"]);
    client.wait_for_rules(&file, &[]);
    client.leave();
}

#[test]
fn what_is_no_migration_is_left_alone() {
    let project = Project::with([
        ("migration-lint.yaml", CONFIG),
        ("db/001_a.sql", TABLE),
        ("queries/get.sql", "SELECT * FROM t WHERE a = $1;\n"),
        ("hubs/migrations/one.sql", "SELEC 1;\n"),
    ]);
    let mut client = Client::new(&project.path(""));
    let [query, hub] = ["queries/get.sql", "hubs/migrations/one.sql"].map(|name| project.path(name));
    client.open(&query, "SELECT * FROM t WHERE a = $1;\n");
    client.open(&hub, "SELEC 1;\n");
    client.wait("the migration outside of the directory", |client| (!client.findings(&hub).is_empty()).then_some(()));
    assert_eq!(client.findings(&query), [] as [Value; 0]);
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": uri(&hub)}}));
    client.wait_for_rules(&hub, &[]);
    client.leave();
}

#[test]
fn a_directory_may_go_and_come_again() {
    let project = Project::with([("migration-lint.yaml", CONFIG), ("db/001_a.sql", "SELEC 1;\n")]);
    let file = project.path("db/001_a.sql");
    let mut client = Client::new(&project.path(""));
    client.wait_for_rules(&file, &["ban-syntax-error"]);
    std::fs::remove_dir_all(project.path("db")).expect("it is there");
    changed(&mut client, &project, &["db"]);
    client.wait_for_rules(&file, &[]);
    project.write("db/001_a.sql", "SELEC 1;\n");
    changed(&mut client, &project, &["db/001_a.sql"]);
    client.wait_for_rules(&file, &["ban-syntax-error"]);
    client.leave();
}

#[test]
fn what_lies_outside_of_all_folders_is_forgotten_when_it_is_closed() {
    let project = Project::with([("inside/001_a.sql", TABLE), ("outside/001_a.sql", "SELEC 1;\n")]);
    let file = project.path("outside/001_a.sql");
    let mut client = Client::new(&project.path("inside"));
    client.open(&file, "SELEC 1;\n");
    client.wait_for_rules(&file, &["ban-syntax-error"]);
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": uri(&file)}}));
    client.wait_for_rules(&file, &[]);
    client.leave();
}

#[test]
fn a_comment_that_allows_stands_in_no_text() {
    let text = "COMMENT ON TABLE b IS 'first\nsecond'; ALTER TABLE zzz ADD COLUMN y int, ADD COLUMN y int;\n";
    let project = Project::with([("migration-lint.yaml", CONFIG), ("db/001_a.sql", text)]);
    let file = project.path("db/001_a.sql");
    let mut client = Client::able(&[project.path("")], json!({"general": {"positionEncodings": ["utf-8"]}}));
    client.open(&file, text);
    client.wait("a finding", |client| client.findings(&file).iter().any(|one| one["code"] == "ban-failing-statement").then_some(()));
    let finding = client.findings(&file).iter().find(|one| one["code"] == "ban-failing-statement").cloned().expect("it is shown");
    let params = json!({"textDocument": {"uri": uri(&file)}, "range": finding["range"], "context": {"diagnostics": [finding]}});
    let found = client.ask("textDocument/codeAction", params);
    let is_meant = |one: &&Value| one["title"].as_str().is_some_and(|title| title.starts_with("allow `ban-failing-statement`"));
    let action = found.as_array().expect("a list").iter().find(is_meant).expect("it is offered");
    let edit = &action["edit"]["changes"][uri(&file)][0];
    assert_eq!(edit["newText"], "\n-- migration-lint: allow(ban-failing-statement): \n");
    assert_eq!(edit["range"]["start"], json!({"line": 1, "character": 9}));
    client.leave();
}
