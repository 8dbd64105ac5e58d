//! Which configuration is read, and what a broken one does to a run.

use super::rig::{Project, RIGHT, WRONG};

const WARN: &str = "migration_lint: {rules: {ban-syntax-error: warning}}\n";
const OFF: &str = "migration_lint: {rules: {ban-syntax-error: off}}\n";

#[test]
fn it_is_found_upward_from_the_first_path() {
    let project = Project::with([
        ("a/global-config.yaml", WARN),
        ("a/db/001_a.sql", WRONG),
        ("b/migration-lint.yaml", OFF),
        ("b/db/001_a.sql", WRONG),
        ("c/db/001_a.sql", WRONG),
    ]);
    let found = |run: super::rig::Run| {
        run.lines()
            .iter()
            .map(|line| line.split('[').next().expect("a severity").rsplit(' ').next().expect("a severity").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(found(project.run(&["a/db", "--format", "concise"])), ["warning"]);
    assert_eq!(found(project.run(&["b/db", "--format", "concise"])), [""; 0]);
    assert_eq!(found(project.run(&["c/db", "--format", "concise"])), ["error"]);
    assert_eq!(found(project.run(&["a/db/001_a.sql", "c/db", "--format", "concise"])), ["warning", "warning"]);
    assert_eq!(found(project.run(&["c/db", "a/db", "--format", "concise"])), ["error", "error"]);
    assert_eq!(found(project.run_in("a/db", &["001_a.sql", "--format", "concise"])), ["warning"]);
    assert_eq!(found(project.run_with(&["-", "--stdin-filename", "a/db/002_b.sql", "--format", "concise"], WRONG)), ["warning"]);
    assert_eq!(found(project.run(&["a/db", "--isolated", "--format", "concise"])), ["error"]);
    assert_eq!(found(project.run(&["c/db", "--config", "a/global-config.yaml", "--format", "concise"])), ["warning"]);
    // The command line's choice comes after the configuration's.
    assert_eq!(found(project.run(&["b/db", "--select", "ban-syntax-error", "--format", "concise"])), ["error"]);
}

#[test]
fn its_paths_count_from_its_folder_or_from_the_working_directory() {
    let config = "migration_lint:\n  exclude: [db/old]\n  overrides: [{paths: [db/new], rules: {ban-syntax-error: info}}]\n";
    let project =
        Project::with([("global-config.yaml", config), ("db/old/001_a.sql", WRONG), ("db/new/001_b.sql", WRONG), ("db/003_c.sql", WRONG)]);
    let expected = ["db/003_c.sql:1:13: error", "db/new/001_b.sql:1:13: info"];
    let starts =
        |run: super::rig::Run| run.lines().iter().map(|line| line[..line.find('[').expect("a rule")].to_owned()).collect::<Vec<_>>();
    let concise = ["--format", "concise", "--select", "ban-syntax-error"];
    assert_eq!(starts(project.run(&[&["db"][..], &concise].concat())), expected);
    assert_eq!(starts(project.run_in("db", &[&["."][..], &concise].concat())), ["003_c.sql:1:13: error", "new/001_b.sql:1:13: info"]);
    project
        .run(&["db/old/001_a.sql"])
        .said(0, &["migration-lint: warning: db/old/001_a.sql: not linted: `migration_lint.exclude` leaves it out"]);
    project.write("settings/ours.yaml", config);
    assert_eq!(starts(project.run(&[&["db", "--config", "settings/ours.yaml"][..], &concise].concat())), expected);
}

#[test]
fn a_broken_one_is_told_with_its_lines_and_the_files_are_linted() {
    for (config, line, message) in [
        ("database: [\n", "global-config.yaml:", "this is not valid YAML"),
        ("a: 1\nb: \"x\n", "global-config.yaml:2:4", "this is not valid YAML"),
        ("- a\n", "global-config.yaml:1:", "the configuration must be a mapping, and is a list"),
        ("database: 3\n", "global-config.yaml:1:11", "`database` must be a mapping, and is a number"),
        ("migration_lint:\n  rules:\n    ban-secret: off\n", "global-config.yaml:3:5", "there is no rule or group `ban-secret`"),
        ("migration_lint:\n  target_postgres: 11\n", "global-config.yaml:2:20", "`migration_lint.target_postgres` can't be 11"),
    ] {
        let project = Project::with([("global-config.yaml", config), ("db/001_a.sql", WRONG)]);
        let run = project.run(&["db", "--format", "concise"]);
        assert_eq!((run.status, run.places()), (2, vec!["db/001_a.sql:1".to_owned()]), "{config}");
        assert!(run.stderr.starts_with("migration-lint: the configuration has a mistake\n"), "{run:?}");
        assert!(run.stderr.contains(line) && run.stderr.contains(message), "{run:?}");
    }
}

#[test]
fn every_mistake_of_one_is_told_at_once() {
    let config = "migration_lint:\n  rules:\n    ban-secret: off\n    ban-secrets: of\n  lay-out: house\n";
    let run = Project::with([("global-config.yaml", config), ("db/001_a.sql", RIGHT)]).run(&["db"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.stderr.matches("the configuration has a mistake").count(), 3, "{run:?}");
    for word in ["did you mean `ban-secrets`?", "`of` is no severity of `ban-secrets`", "did you mean `layout`?"] {
        assert!(run.stderr.contains(word), "{word}: {run:?}");
    }
}

#[test]
fn one_that_is_named_and_can_not_be_read_is_told() {
    let project = Project::with([("db/001_a.sql", RIGHT)]);
    project.run(&["db", "--config", "gone.yaml"]).said(2, &["migration-lint: gone.yaml: the configuration: no such file or folder"]);
    project.run(&["db", "--config", "db"]).said(2, &["migration-lint: db: the configuration: can't be read: it is a folder"]);
    project.write("latin.yaml", b"name: caf\xe9\n");
    project.run(&["db", "--config", "latin.yaml"]).said(2, &["migration-lint: latin.yaml: the configuration is not UTF-8"]);
}

#[test]
fn a_summary_claims_nothing_of_rules_that_did_not_run() {
    const GAP: &str = "the configuration could not be read in full: rules that it switches on may not have run";
    let project = Project::with([("db/001_a.sql", RIGHT), ("latin.yaml", "name: café\n")]);
    project.write("latin.yaml", b"barton_doctrine: {enabled: true} # caf\xe9\n");
    project.write("open.yaml", "barton_doctrine: {enabled: true\n");
    project.write("mistake.yaml", "barton_doctrine: {enabled: false}\nmigration_lint: {lay-out: house}\n");
    for config in ["latin.yaml", "open.yaml", "mistake.yaml", "gone.yaml"] {
        let run = project.run(&["db", "--config", config]);
        assert_eq!((run.status, run.lines()), (2, vec!["1 migration file: not complete", GAP]), "{config}");
        let counted = project.run(&["db", "--config", config, "--statistics"]);
        assert!(counted.stdout.ends_with(&format!("1 migration file: not complete\n{GAP}\n")), "{config}: {counted:?}");
        let painted = project.run(&["db", "--config", config, "--color", "always"]);
        assert!(painted.stdout.contains("\x1b[31;1m1 migration file: not complete"), "{config}: {painted:?}");
    }
    project.write("db/002_b.sql", WRONG);
    let run = project.run(&["db", "--config", "gone.yaml"]);
    assert!(run.stdout.contains(&format!("\n2 migration files: 1 error, not complete\n{GAP}\n")), "{run:?}");
    let run = project.run(&["none", "--config", "gone.yaml"]);
    assert_eq!(run.lines(), ["no migration file was linted", GAP]);
}

#[test]
fn one_for_other_tools_alone_changes_nothing() {
    let config = "version: 1\nheir_orbt: {orbt_layers: {1: a, 2: b}}\nsecurity: {deny: [\"*.key\"]}\n";
    let files = [("db/001_a.sql", WRONG), ("db/003_c.sql", RIGHT)];
    let without = Project::with(files).run(&["db", "--format", "json"]).found();
    let project = Project::with(files);
    project.write("global-config.yaml", config);
    assert_eq!(project.run(&["db", "--format", "json"]).found().stdout, without.stdout);
}
