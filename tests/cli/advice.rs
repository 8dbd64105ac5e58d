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
