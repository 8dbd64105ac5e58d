//! `migration-lint baseline`, and what is known from then on.

use std::fs;

use super::rig::{Project, Run, WRONG};

const FILE: &str = "migration-lint-baseline.json";
const BARE: &str = "CREATE TABLE a (id int);\n";
const RULES: &str = "migration_lint: {rules: {schema: 'off', style: 'off', require-idempotency: error, require-file-name: error}}\n";

fn project() -> Project {
    Project::with([("migration-lint.yaml", RULES), ("m/001_a.sql", BARE), ("m/002_b.sql", "CREATE TABLE b (id int);\n")])
}

fn lint(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["m", "--format", "concise"], arguments].concat())
}

/// What `baseline` says, and its status.
fn baseline(project: &Project, arguments: &[&str]) -> (i32, String) {
    let run = project.run(&[&["baseline", "m"], arguments].concat());
    assert_eq!(run.stderr, "", "{run:?}");
    (run.status, run.stdout)
}

fn known(project: &Project) -> String {
    fs::read_to_string(project.path(FILE)).expect("it was written")
}

#[test]
fn what_is_found_is_known_from_then_on() {
    let project = project();
    assert_eq!(lint(&project, &[]).found().places(), ["m/001_a.sql:1", "m/002_b.sql:1"]);
    assert_eq!(baseline(&project, &[]), (0, format!("{FILE}: 2 findings known from now on\n")));
    let run = project.run(&["m"]).clean();
    assert_eq!(run.stdout, "2 migration files: no findings, 2 in the baseline\n");
    let json = project.run(&["m", "--format", "json"]).clean().stdout;
    assert!(json.contains(r#""findings":[],"summary":{"error":0,"warning":0,"info":0,"suppressed":0,"baselined":2}"#), "{json}");
    project.write("m/003_c.sql", "CREATE TABLE c (id int);\n");
    assert_eq!(lint(&project, &[]).found().places(), ["m/003_c.sql:1"]);
    assert_eq!(lint(&project, &["--no-baseline"]).found().places().len(), 3);
    // From wherever it is looked at.
    assert_eq!(project.run_in("m", &[".", "--format", "concise"]).found().places(), ["003_c.sql:1"]);
}

#[test]
fn lines_may_move() {
    let project = project();
    let before = "CREATE TABLE IF NOT EXISTS x (id int);\nCREATE TABLE a (id int);\n";
    project.write("m/001_a.sql", before);
    // A finding about the file as a whole has the first line for its place.
    project.write("m/003_Create.sql", "CREATE TABLE IF NOT EXISTS d (id int);\n");
    assert_eq!(lint(&project, &[]).found().places(), ["m/001_a.sql:2", "m/002_b.sql:1", "m/003_Create.sql:1"]);
    baseline(&project, &[]);
    project.write("m/001_a.sql", format!("-- One more line.\n{before}"));
    project.write("m/003_Create.sql", "-- One more line.\nCREATE TABLE IF NOT EXISTS d (id int);\n");
    lint(&project, &[]).clean();
}

#[test]
fn the_same_twice_is_known_as_often_as_it_was() {
    let project = project();
    project.write("m/001_a.sql", WRONG.repeat(2));
    lint(&project, &["--select=ban-syntax-error"]).found();
    baseline(&project, &["--quiet"]);
    let of_file = || known(&project).matches("001_a.sql\",\"rule\":\"ban-syntax-error").count();
    assert_eq!(of_file(), 2);
    project.write("m/001_a.sql", WRONG.repeat(3));
    assert_eq!(lint(&project, &["--select=ban-syntax-error"]).found().lines().len(), 1);
    project.write("m/001_a.sql", WRONG);
    assert_eq!(baseline(&project, &[]).0, 0);
    assert_eq!(of_file(), 1);
}

#[test]
fn a_ratchet_turns_one_way() {
    let project = project();
    baseline(&project, &[]);
    project.write("m/001_a.sql", BARE.replace("TABLE", "TABLE IF NOT EXISTS"));
    project.write("m/003_c.sql", "CREATE TABLE c (id int);\n");
    let run = lint(&project, &[]);
    assert_eq!(run.places(), ["m/003_c.sql:1"]);
    run.said(1, &["migration-lint: warning: 1 finding of the baseline mended: `migration-lint baseline` takes it out of it"]);
    assert_eq!(
        baseline(&project, &[]),
        (
            1,
            format!(
                "{FILE}: 1 finding known, 1 finding mended and taken out, 1 new finding not taken in: mend what is new, or take it in with `--update`\n"
            )
        )
    );
    // What was mended is new when it comes back.
    project.write("m/001_a.sql", BARE);
    assert_eq!(lint(&project, &[]).found().places(), ["m/001_a.sql:1", "m/003_c.sql:1"]);
    assert_eq!(baseline(&project, &["--update"]), (0, format!("{FILE}: 3 findings known, 2 new findings taken in\n")));
    assert_eq!(baseline(&project, &[]), (0, format!("{FILE}: 3 findings known\n")));
    lint(&project, &[]).clean();
    // So is what was in a file that is gone; what is in another folder stays.
    fs::remove_file(project.path("m/003_c.sql")).expect("it is there");
    fs::create_dir(project.path("n")).expect("a folder can be made");
    fs::rename(project.path("m/002_b.sql"), project.path("n/002_b.sql")).expect("it is there");
    assert_eq!(
        baseline(&project, &["n", "--update"]).1,
        format!("{FILE}: 2 findings known, 2 findings mended and taken out, 1 new finding taken in\n")
    );
    assert_eq!(baseline(&project, &[]).1, format!("{FILE}: 2 findings known\n"));
}

#[test]
fn its_bytes_follow_from_the_findings_alone() {
    let project = project();
    baseline(&project, &[]);
    let first = known(&project);
    let lines: Vec<&str> = first.lines().collect();
    assert_eq!(lines[..3], ["{", "  \"version\": 1,", "  \"findings\": ["]);
    assert!(lines[3].starts_with("    {\"path\":\"m/001_a.sql\",\"rule\":\"require-idempotency\",\"fingerprint\":\""), "{first}");
    fs::remove_file(project.path(FILE)).expect("it is there");
    project.run_in("m", &["baseline", ".", "--jobs", "1"]).clean();
    assert_eq!(known(&project), first);
}

#[test]
fn repairs_leave_alone_what_is_known() {
    let project = project();
    baseline(&project, &[]);
    project.write("m/003_c.sql", "CREATE TABLE c (id int);\n");
    project.run(&["m", "--fix"]).said(0, &["migration-lint: mended 1 finding in 1 file: require-idempotency 1"]);
    assert_eq!(fs::read_to_string(project.path("m/001_a.sql")).expect("it is there"), BARE);
}

#[test]
fn a_part_of_the_rules_or_files_says_nothing_of_what_is_mended() {
    let project = project();
    baseline(&project, &[]);
    lint(&project, &["--select=ban-syntax-error"]).clean();
    lint(&project, &["--ignore=require-idempotency"]).clean();
    project.write("m/001_a.sql", "SELECT 1;\n");
    project.run(&["m/002_b.sql"]).clean();
}

#[test]
fn the_configuration_names_the_file() {
    let project = project();
    project.write("migration-lint.yaml", RULES.replace("{rules", "{baseline: lint/known.json, rules"));
    let run = lint(&project, &[]);
    assert_eq!(run.places().len(), 2);
    run.said(1, &["migration-lint: warning: lint/known.json: there is no baseline yet: `migration-lint baseline` writes it"]);
    assert_eq!(baseline(&project, &[]).1, "lint/known.json: 2 findings known from now on\n");
    lint(&project, &[]).clean();
    assert!(!project.path(FILE).exists());
}

#[test]
fn a_baseline_that_can_not_be_read_is_an_error_and_stays() {
    for (text, said) in [
        (
            "{\"version\": 2, \"findings\": []}",
            "it is of version 2, and this migration-lint reads version 1: use the one that wrote it, or delete the file and run `migration-lint baseline`",
        ),
        (
            "{\"version\": 1, \"findings\": [",
            "it is damaged: EOF while parsing a list at line 1 column 28; restore it, or remove it and write a new one with `migration-lint baseline`",
        ),
        (
            "",
            "it is damaged: EOF while parsing a value at line 1 column 0; restore it, or remove it and write a new one with `migration-lint baseline`",
        ),
        (
            "{\n<<<<<<< HEAD\n=======\n>>>>>>> topic\n",
            "two branches have changed it: of the lines between the markers those stay that both have",
        ),
    ] {
        let project = project();
        project.write(FILE, text);
        let run = lint(&project, &[]);
        assert_eq!(run.places().len(), 2, "everything is reported");
        run.said(2, &[&format!("migration-lint: {FILE}: the baseline: {said}")]);
        let told = format!("migration-lint: {FILE}: the baseline: {said}");
        project.run(&["baseline", "m"]).said(2, &[&told]);
        project.run(&["baseline", "m", "--update"]).said(2, &[&told]);
        assert_eq!(known(&project), text);
        lint(&project, &["--no-baseline"]).found();
    }
}

#[test]
fn nothing_is_written_where_not_everything_was_read() {
    let project = project();
    const REFUSED: &str = "migration-lint: migration-lint-baseline.json: the baseline is not written: a finding that was not looked for would be taken for mended";
    project.run(&["baseline", "m", "gone"]).said(2, &["migration-lint: gone: no such file or folder", REFUSED]);
    project
        .run(&["baseline", "m", "--config", "gone.yaml"])
        .said(2, &["migration-lint: gone.yaml: the configuration: no such file or folder", REFUSED]);
    assert!(!project.path(FILE).exists());
    project.run(&["baseline"]).said(
        2,
        &["migration-lint: name a folder or files: no configuration says where the migrations are (`database.migrations.directory`)"],
    );
}
