//! What a finding advises: the help below its message, which marks in examples don't hold.

use serde_json::Value;

use super::rig::Project;

const CONFIG: &str = "barton_doctrine: {enabled: true}\ndatabase: {migrations: {directory: db}}\n";

/// The help of the one finding of `rule` in a migration of the house.
#[track_caller]
fn help(rule: &str, text: &str) -> String {
    let project = Project::with([("global-config.yaml", CONFIG), ("db/001_a.sql", text)]);
    let run = project.run(&["--select", rule, "--format", "json"]).found();
    let document: Value = serde_json::from_str(&run.stdout).expect("standard output is JSON");
    let findings = document["findings"].as_array().expect("a list");
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings[0]["help"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn what_is_new_is_dropped_and_what_is_replaced_comes_back() {
    let down = |up: &str| help("require-down-migration", &format!("-- UP MIGRATION\n{up}\n-- DOWN MIGRATION\n-- SELECT 1;\n"));
    let swap = "ALTER TYPE m.k RENAME TO k_old; CREATE TYPE m.k AS ENUM ('a'); DROP TYPE m.k_old;";
    assert_eq!(down(swap), "add what makes type `m.k` again as up found it, since up replaces it");
    assert_eq!(
        down(&format!("{swap} CREATE TABLE m.t (); DROP VIEW m.v; CREATE VIEW m.v AS SELECT 1;")),
        "add `DROP TABLE IF EXISTS m.t;` and what makes type `m.k` and view `m.v` again as up found them, since up replaces them"
    );
    // A drop that asks first does not say that there was anything.
    assert_eq!(down("DROP TYPE IF EXISTS m.k; CREATE TYPE m.k AS ENUM ('a');"), "add `DROP TYPE IF EXISTS m.k;`");
    let guarded = "DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_type WHERE typname = 'k') THEN DROP TYPE m.k; END IF; END $$;";
    assert_eq!(down(&format!("{guarded} CREATE TYPE m.k AS ENUM ('a');")), "add `DROP TYPE IF EXISTS m.k;`");
}

#[test]
fn a_replacement_without_a_block_is_none_to_drop() {
    let swap = "ALTER TYPE m.k RENAME TO k_old;\nCREATE TYPE m.k AS ENUM ('a');\nDROP TYPE m.k_old;\n";
    let told = help("require-down-migration", swap);
    assert!(told.ends_with("what makes type `m.k` again as up found it, since up replaces it"), "{told}");
    assert!(!told.contains("DROP TYPE"), "{told}");
}

#[test]
fn a_condition_that_is_no_guard_is_told_to_be_none() {
    let told = help("require-idempotency", "DO $$ BEGIN IF true THEN CREATE TABLE m.t (); END IF; END $$;");
    assert_eq!(told, "the condition around it says the same in a second run: write `CREATE TABLE IF NOT EXISTS m.t`");
}

/// The finding of `rule` in the second of two plain migrations.
#[track_caller]
fn finding(rule: &str, first: &str, second: &str) -> Value {
    let project = Project::with([("m/001_a.sql", first), ("m/002_b.sql", second)]);
    let run = project.run(&["m", "--select", rule, "--format", "json"]);
    let document: Value = serde_json::from_str(&run.stdout).expect("standard output is JSON");
    let findings = document["findings"].as_array().expect("a list");
    let own: Vec<&Value> = findings.iter().filter(|finding| finding["path"] == "m/002_b.sql").collect();
    assert_eq!(own.len(), 1, "{findings:?}");
    own[0].clone()
}

/// What its other places say, each with its file and its line.
fn places(finding: &Value) -> Vec<(&str, u64, &str)> {
    let related = finding["related"].as_array().expect("a list").iter();
    related
        .map(|one| {
            let line = one["span"]["start"]["line"].as_u64().expect("a number");
            (one["path"].as_str().expect("a path"), line, one["message"].as_str().expect("a text"))
        })
        .collect()
}

#[test]
fn a_column_that_is_there_already_is_shown_where_it_was_added() {
    let first = "CREATE TABLE t (a int);\nALTER TABLE t ADD COLUMN b int;\n";
    let found = finding("ban-failing-statement", first, "ALTER TABLE t ADD COLUMN b int;\n");
    assert_eq!(places(&found), [("m/001_a.sql", 2, "it is made here")]);
}

#[test]
fn a_variable_of_a_newer_server_says_which() {
    let found = finding("ban-failing-statement", "CREATE TABLE t (a int);\n", "SET transaction_timeout = '5s';\n");
    assert_eq!(found["help"], "PostgreSQL has it since version 17: see `target_postgres`");
}

#[test]
fn a_drop_in_another_schema_is_shown_where_what_it_meant_is_passed_over() {
    let first = "CREATE SCHEMA s;\nCREATE TABLE s.t (a int);\nCREATE TABLE t (a int);\n";
    let found = finding("ban-hidden-drift", first, "DROP TABLE s.t;\nCREATE TABLE IF NOT EXISTS t (b int);\n");
    let drop = ("m/002_b.sql", 1, "this drops something of that name in another schema");
    assert_eq!(places(&found), [("m/001_a.sql", 3, "what is there comes from here"), drop]);
}

#[test]
fn where_a_tool_runs_a_file_in_pieces_a_block_of_its_own_is_left_below_its_commit() {
    let first = "-- +goose Up\nCREATE TABLE t (a int);\n-- +goose Down\nDROP TABLE t;\n";
    let second =
        "-- +goose NO TRANSACTION\n-- +goose Up\nBEGIN;\nSELECT 1;\nCREATE INDEX i ON t (a);\nCOMMIT;\n-- +goose Down\nDROP INDEX i;\n";
    let found = finding("require-concurrent-index", first, second);
    let help = found["help"].as_str().unwrap_or_default();
    assert!(help.ends_with("let it stand below `COMMIT;`, or in a migration without `BEGIN;`"), "{help}");
}

#[test]
fn an_index_on_a_table_in_use_is_not_built_in_the_tools_transaction() {
    let first =
        "-- +goose Up\nCREATE TABLE p (id int PRIMARY KEY);\nCREATE TABLE t (p int);\n-- +goose Down\nDROP TABLE t;\nDROP TABLE p;\n";
    let second = "-- +goose Up\nALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id);\n-- +goose Down\nALTER TABLE t DROP CONSTRAINT f;\n";
    assert_eq!(finding("require-foreign-key-index", first, second)["fix"], Value::Null);
    let (first, second) = (
        first.replace("-- +goose Up", "-- +goose NO TRANSACTION\n-- +goose Up"),
        second.replace("-- +goose Up", "-- +goose NO TRANSACTION\n-- +goose Up"),
    );
    assert_ne!(finding("require-foreign-key-index", &first, &second)["fix"], Value::Null);
}

#[test]
fn a_database_that_is_dropped_in_a_transaction_is_one_finding() {
    let rules = "ban-failing-statement,ban-drop-database";
    let found = finding(rules, "CREATE TABLE t (a int);\n", "BEGIN;\nDROP DATABASE d;\nCOMMIT;\n");
    assert_eq!(found["rule"], "ban-failing-statement");
    assert_eq!(finding(rules, "CREATE TABLE t (a int);\n", "DROP DATABASE d;\n")["rule"], "ban-drop-database");
    // Nothing is lost, whoever tells that it fails.
    let dropped = ("m/001_a.sql", "BEGIN;\nDROP DATABASE d;\nCOMMIT;\n");
    Project::with([dropped]).run(&["m", "--select", "ban-drop-database"]).clean();
}

#[test]
fn a_function_that_is_altered_is_mended_where_it_is_altered() {
    let make = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';\n";
    let help = |second: &str| finding("require-search-path", make, second)["help"].as_str().unwrap_or_default().to_owned();
    assert!(help("ALTER FUNCTION f() SECURITY DEFINER;\n").starts_with("let this set it as well: `SET search_path = …`"));
    assert!(help(&make.replace("CREATE", "CREATE OR REPLACE").replace("sql", "sql SECURITY DEFINER")).contains("before `AS`"));
}

#[test]
fn a_table_that_becomes_logged_is_no_table_to_be_made_unlogged() {
    let first = "CREATE UNLOGGED TABLE t (a int);\nCREATE TABLE u (a int);\n";
    assert!(
        finding("avoid-unlogged", first, "ALTER TABLE t SET LOGGED;\n")["help"].as_str().unwrap_or_default().contains("which is logged")
    );
    assert!(finding("avoid-unlogged", first, "ALTER TABLE u SET UNLOGGED;\n")["help"].as_str().unwrap_or_default().contains("is unlogged"));
}

#[test]
fn a_partition_whose_check_lacks_values_is_told_so() {
    let first = "CREATE TABLE p (a int) PARTITION BY LIST (a);\nCREATE TABLE t (a int, CHECK (a = 1));\nCREATE TABLE u (a int);\n";
    let help = |table: &str| {
        let found = finding("require-partition-check", first, &format!("ALTER TABLE p ATTACH PARTITION {table} FOR VALUES IN (1);\n"));
        found["help"].as_str().unwrap_or_default().to_owned()
    };
    assert!(help("t").contains("add `CHECK (a IS NOT NULL) NOT VALID` as well"), "{}", help("t"));
    assert!(help("u").starts_with("first add a CHECK that says the same as the partition's bound"), "{}", help("u"));
}

#[test]
fn what_is_moved_is_advised_by_what_it_is() {
    let first = "CREATE TABLE t (a int);\nCREATE INDEX i ON t (a);\nCREATE MATERIALIZED VIEW m AS SELECT 1 AS one;\n";
    for (statement, advice) in [
        ("ALTER TABLE t SET TABLESPACE fast;\n", "pg_repack"),
        ("ALTER INDEX i SET TABLESPACE fast;\n", "REINDEX (CONCURRENTLY, TABLESPACE"),
        ("ALTER MATERIALIZED VIEW m SET TABLESPACE fast;\n", "make another one"),
        ("ALTER INDEX ALL IN TABLESPACE slow SET TABLESPACE fast;\n", "REINDEX (CONCURRENTLY, TABLESPACE"),
        ("ALTER TABLE ALL IN TABLESPACE slow SET TABLESPACE fast;\n", "one after the other"),
    ] {
        let found = finding("ban-set-tablespace", first, statement);
        assert!(found["help"].as_str().unwrap_or_default().contains(advice), "{statement}: {found}");
    }
}

#[test]
fn what_is_left_behind_is_shown_where_it_is_made_and_dropped_by_name() {
    let up = "CREATE TABLE t (a int);\nCREATE TYPE k AS ENUM ('a');\n";
    let project = Project::with([("m/1_a.up.sql", up), ("m/1_a.down.sql", "DROP TABLE t;\n")]);
    let run = project.run(&["m", "--select", "require-revert", "--format", "json"]).found();
    let document: Value = serde_json::from_str(&run.stdout).expect("standard output is JSON");
    let found = &document["findings"][0];
    assert_eq!(found["message"], "the down migration does not restore the schema: left behind: type `public.k`");
    assert_eq!(places(found), [("m/1_a.up.sql", 2, "what is left behind is made here")]);
    assert!(found["help"].as_str().unwrap_or_default().starts_with("add `DROP TYPE IF EXISTS public.k;`; where"), "{found}");
}

#[test]
fn what_one_statement_leaves_behind_is_shown_once_by_name() {
    let up = "CREATE TABLE u (a int);\nALTER TABLE t ADD a int, ADD b int;\n";
    let project = Project::with([
        ("m/1_a.up.sql", "CREATE TABLE t (id int);\n"),
        ("m/1_a.down.sql", "DROP TABLE t;\n"),
        ("m/2_b.up.sql", up),
        ("m/2_b.down.sql", "SELECT 1;\n"),
    ]);
    let run = project.run(&["m", "--select", "require-revert", "--format", "json"]).found();
    let document: Value = serde_json::from_str(&run.stdout).expect("standard output is JSON");
    let columns = "what is left behind is made here: column `a` of table `public.t`, column `b` of table `public.t`";
    let expected = [("m/2_b.up.sql", 1, "what is left behind is made here"), ("m/2_b.up.sql", 2, columns)];
    assert_eq!(places(&document["findings"][0]), expected);
}
