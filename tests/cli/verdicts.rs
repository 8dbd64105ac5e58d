//! What `replay` writes for people.

use super::rig::Project;

#[test]
fn differences_are_a_list_and_all_of_them_are_shown_on_request() {
    let tables: String = (1..=8).map(|number| format!("CREATE TABLE t{number} (a int);\n")).collect();
    let project = Project::with([("m/1_a.up.sql", tables), ("m/1_a.down.sql", "DROP TABLE t8;\n".to_owned())]);
    let run = project.run(&["replay", "m"]).found();
    let told = "  reverts: refuted: it does not restore the schema:\n  - left behind: table `public.t1`\n";
    assert!(run.stdout.contains(told) && run.stdout.contains("t6`\n  - and 1 more: `--diff` shows all\n"), "{run:?}");
    let run = project.run(&["replay", "m", "--diff"]).found();
    assert!(run.stdout.contains("  - left behind: table `public.t7`\n") && !run.stdout.contains("more"), "{run:?}");
}

#[test]
fn where_it_is_unknown_whether_it_applies_that_is_said_once() {
    let project = Project::with([("m/1_a.up.sql", "\\i other.sql\n"), ("m/1_a.down.sql", "SELECT 1;\n")]);
    let run = project.run(&["replay", "m"]).clean();
    let expected = " migration  applies  re-runs  reverts\n 1_a        unknown  unknown  unknown\n\n\
                    1_a\n  applies: unknown: what psql's `\\i` does is not followed (m/1_a.up.sql:1)\n\n\
                    1 migration\n  applies: 1 unknown\n  re-runs: 1 unknown\n  reverts: 1 unknown\n";
    assert_eq!(run.stdout, expected);
}

#[test]
fn an_index_that_no_file_makes_is_taken_for_one_that_fits() {
    let project = Project::with([
        ("m/1_a.up.sql", "CREATE TABLE t (a int) PARTITION BY LIST (a);\nCREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);\n"),
        ("m/2_b.up.sql", "CREATE INDEX i ON ONLY t (a);\nCREATE INDEX j ON ONLY t (a);\nALTER INDEX i ATTACH PARTITION old;\n"),
        ("m/3_c.up.sql", "ALTER INDEX i ATTACH PARTITION old;\n"),
        ("m/4_d.up.sql", "ALTER INDEX j ATTACH PARTITION old;\n"),
        ("m/5_e.up.sql", "DROP INDEX old;\n"),
        ("m/6_f.up.sql", "DROP INDEX i;\n"),
    ]);
    let run = project.run(&["replay", "m", "--format", "json"]).found();
    let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("standard output is JSON");
    let said = |at: usize| {
        let applies = &document["migrations"][at]["applies"];
        let conditions = applies["conditions"].as_array().into_iter().flatten();
        let sqlstates: Vec<_> = conditions.map(|condition| condition["sqlstate"].as_str().unwrap_or_default().to_owned()).collect();
        (applies["verdict"].as_str().unwrap_or_default().to_owned(), applies["sqlstate"].as_str().map(str::to_owned), sqlstates)
    };
    let proved = |conditions: &[&str]| ("proved".to_owned(), None, conditions.iter().map(|state| (*state).to_owned()).collect::<Vec<_>>());
    let refuted = |sqlstate: &str| ("refuted".to_owned(), Some(sqlstate.to_owned()), Vec::new());
    assert_eq!(said(1), proved(&["42P01", "42P17"]));
    assert_eq!(said(2), proved(&[]));
    assert_eq!(said(3), refuted("55000"));
    assert_eq!(said(4), refuted("2BP01"));
    assert_eq!(said(5), proved(&[]));
}

#[test]
fn a_lint_says_of_how_many_migrations_nobody_knows_whether_they_apply() {
    let project = Project::new();
    project.write("m/001_a.sql", "CREATE TABLE IF NOT EXISTS {{ index .Options \"Namespace\" }}.users (id int);\n");
    project.write("m/002_b.sql", "CREATE TABLE IF NOT EXISTS t (id int PRIMARY KEY);\n");
    let said = |arguments: &[&str]| project.run(arguments).stdout;
    let line = "whether 1 migration applies is unknown: `replay` says why\n";
    assert_eq!(said(&["m", "--ignore", "doctrine"]), format!("2 migration files: no findings\n{line}"));
    assert_eq!(said(&["m/002_b.sql", "--ignore", "doctrine"]), "1 migration file: no findings\n");
    assert!(said(&["replay", "m"]).contains("unknown"));
}
