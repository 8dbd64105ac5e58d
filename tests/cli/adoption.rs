//! A house with a past adopts the linter: what is deployed, what has changed, what is known.

use super::rig::{Project, Run};

/// The rules of the findings in format `concise`, each with its file: `001_a require-header`.
fn found(run: &Run) -> Vec<String> {
    let file = |line: &str| line.split(".sql:").next().and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned();
    let rule = |line: &str| line.split(['[', ']']).nth(1).unwrap_or_default().to_owned();
    run.lines().into_iter().map(|line| format!("{} {}", file(line), rule(line))).collect()
}

/// Files that break rules about their text, and one about the schema: a foreign key without an index.
const LEGACY: [(&str, &str); 3] = [
    ("m/001_a.sql", "CREATE TABLE a (id int PRIMARY KEY);\n"),
    ("m/002_b.sql", "CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a (id));\n"),
    ("m/003_c.sql", "CREATE TABLE c (id int PRIMARY KEY);\n"),
];

const RULES: &str = "--select=require-idempotency,require-foreign-key-index,ban-duplicate-number";

fn legacy(applied_until: &str) -> Project {
    let project = Project::with(LEGACY);
    project.write("migration-lint.yaml", format!("migration_lint: {{applied_until: {applied_until}}}\n"));
    project
}

#[test]
fn of_what_is_deployed_only_the_schema_is_told() {
    for name in ["002", "2", "'002'", "002_b"] {
        let run = legacy(name).run(&["m", RULES, "--format", "concise"]).found();
        assert_eq!(found(&run), ["002_b require-foreign-key-index", "003_c require-idempotency"], "{name}");
    }
    let run = legacy("null").run(&["m", RULES, "--format", "concise"]).found();
    assert_eq!(found(&run).len(), 4);
}

#[test]
fn a_later_migration_mends_the_schema_of_what_is_deployed() {
    let project = legacy("003");
    project.write("m/004_d.sql", "CREATE INDEX IF NOT EXISTS b_a_id_idx ON b (a_id);\n");
    project.run(&["m", RULES]).clean();
}

#[test]
fn a_file_that_is_deployed_is_never_repaired() {
    let project = legacy("003");
    let run = project.run(&["m", RULES, "--fix", "--unsafe-fixes", "--format", "concise"]).found();
    assert_eq!(found(&run), ["002_b require-foreign-key-index"]);
    for (path, text) in LEGACY {
        assert_eq!(std::fs::read_to_string(project.path(path)).expect("it is there"), text);
    }
}

/// Nothing that could be done about it is asked for: not even about comments that allow what is not found any more.
#[test]
fn comments_in_what_is_deployed_are_not_judged() {
    let project = legacy("001");
    project.write("m/001_a.sql", "-- migration-lint: allow(require-idempotency): it ran once\nCREATE TABLE a (id int PRIMARY KEY);\n");
    let run = project.run(&["m", "--select=require-idempotency,suppression", "--format", "concise"]).found();
    assert_eq!(found(&run), ["002_b require-idempotency", "003_c require-idempotency"]);
}

#[test]
fn a_secret_is_told_wherever_it_is() {
    let project = legacy("003");
    project.write("m/001_a.sql", "CREATE ROLE reporter LOGIN PASSWORD 'kX8zQ4vT9w';\n");
    let run = project.run(&["m", "--select=ban-secrets", "--format", "concise"]).found();
    assert_eq!(found(&run), ["001_a ban-secrets"]);
}

#[test]
fn the_last_that_is_deployed_is_one_that_is_there() {
    let said = |name: &str, hint: &str| {
        format!(
            "migration-lint: migration-lint.yaml:1:33: `migration_lint.applied_until` is `{name}`, and no migration has that number or id; {hint}"
        )
    };
    let run = legacy("7").run(&["m", RULES, "--format", "concise"]);
    assert_eq!(found(&run).len(), 4);
    run.said(2, &[&said("7", "the last one is `003_c`")]);
    legacy("002_").run(&["m", RULES, "--quiet"]).said(2, &[&said("002_", "did you mean `002_b`?")]);
    // Elsewhere than in the configured directory nobody said that anything is deployed.
    let project = legacy("002");
    project.write("migration-lint.yaml", "database: {migrations: {directory: m}}\nmigration_lint: {applied_until: 2}\n");
    project.write("other/001_x.sql", "CREATE TABLE x (id int);\n");
    assert_eq!(found(&project.run(&["other", RULES, "--format", "concise"]).found()), ["001_x require-idempotency"]);
}
