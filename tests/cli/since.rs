//! `--since`: what git says was changed is reported, and everything else only counts.

use super::rig::{Project, RIGHT, Run, WRONG};

const CONCISE: [&str; 2] = ["--format", "concise"];

/// A branch `topic` off `main`, whose three migrations are all wrong.
fn project() -> Project {
    let project = Project::with([("m/001_a.sql", WRONG), ("m/002_b.sql", WRONG), ("m/003_c.sql", WRONG)]);
    project.commit();
    project.git(&["checkout", "-q", "-b", "topic"]);
    project
}

fn since(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[arguments, &CONCISE].concat())
}

#[test]
fn what_is_committed_staged_changed_or_not_known_to_git_counts() {
    let project = project();
    project.run(&["m", "--since", "main"]).clean();
    project.write("m/002_b.sql", "SELECT FROM WHERE ;\n");
    project.commit();
    project.write("m/003_c.sql", "SELECT  FROM WHERE;\n");
    project.git(&["add", "-A"]);
    project.write("m/004_d.sql", WRONG);
    project.write(".gitignore", "*.tmp.sql\n");
    project.write("m/005_e.tmp.sql", WRONG);
    let run = since(&project, &["m", "--since", "main"]).found();
    assert_eq!(run.places(), ["m/002_b.sql:1", "m/003_c.sql:1", "m/004_d.sql:1"]);
    // From within, of one path, and with another revision.
    let run = project.run_in("m", &[&[".", "--since", "main"][..], &CONCISE].concat()).found();
    assert_eq!(run.places(), ["002_b.sql:1", "003_c.sql:1", "004_d.sql:1"]);
    assert_eq!(since(&project, &["m/003_c.sql", "m/001_a.sql", "--since", "main"]).found().places(), ["m/003_c.sql:1"]);
    assert_eq!(since(&project, &["m", "--since", "HEAD"]).found().places(), ["m/003_c.sql:1", "m/004_d.sql:1"]);
}

#[test]
fn what_others_did_meanwhile_is_not_a_change() {
    let project = project();
    project.write("m/004_d.sql", WRONG);
    project.commit();
    project.git(&["checkout", "-q", "main"]);
    project.write("m/001_a.sql", "SELECT FROM  WHERE;\n");
    project.commit();
    project.git(&["checkout", "-q", "topic"]);
    assert_eq!(since(&project, &["m", "--since", "main"]).found().places(), ["m/004_d.sql:1"]);
}

#[test]
fn the_whole_history_is_replayed() {
    let project = Project::with([("m/001_a.sql", "CREATE TABLE t (a int);\n")]);
    project.commit();
    project.write("m/002_b.sql", "CREATE TABLE t (b int);\n");
    let run = since(&project, &["m", "--since", "main", "--select", "proof", "--ignore", "ban-opaque-statement,require-rerun"]).found();
    assert_eq!(run.places(), ["m/002_b.sql:1"]);
    assert!(run.stdout.contains("[ban-failing-statement]"), "{run:?}");
}

#[test]
fn a_migration_changes_with_any_of_its_files() {
    let project = Project::with([
        ("m/1_a/up.sql", "CREATE TABLE t (a int);\n"),
        ("m/1_a/down.sql", "DROP TABLE t;\n"),
        ("m/2_b/up.sql", "VACUUM;\n"),
        ("m/2_b/metadata.toml", "run_in_transaction = false\n"),
    ]);
    project.commit();
    project.write("m/2_b/metadata.toml", "run_in_transaction = true\n");
    let run = since(&project, &["m", "--since", "main"]).found();
    assert_eq!(run.places(), ["m/2_b/up.sql:1"]);
    project.write("m/1_a/down.sql", "SELECT 1;\n");
    let run = since(&project, &["m", "--since", "main", "--select", "require-revert"]).found();
    assert_eq!(run.stdout.lines().count(), 1, "{run:?}");
}

#[test]
fn a_number_below_one_that_stood_there_is_told() {
    let project = Project::with([("m/001_a.sql", RIGHT), ("m/003_c.sql", RIGHT), ("m/004_d.sql", RIGHT)]);
    project.commit();
    project.write("m/002_b.sql", RIGHT);
    project.write("m/005_e.sql", RIGHT);
    let run = since(&project, &["m", "--since", "main"]).clean();
    assert_eq!(
        run.lines(),
        ["m/002_b.sql:1:1: warning[require-number-order] `002_b` is new, and runs before `004_d`, which stood there already"]
    );
    // Another name does not make a migration new, whether git knows of it or not; another number does.
    std::fs::remove_file(project.path("m/002_b.sql")).expect("it is there");
    std::fs::rename(project.path("m/003_c.sql"), project.path("m/003_d.sql")).expect("it is there");
    assert_eq!(since(&project, &["m", "--since", "main"]).clean().stdout.matches("is new").count(), 0);
    project.git(&["add", "-A"]);
    assert_eq!(since(&project, &["m", "--since", "main"]).clean().stdout.matches("is new").count(), 0);
    project.git(&["mv", "m/003_d.sql", "m/002_d.sql"]);
    assert_eq!(since(&project, &["m", "--since", "main"]).clean().stdout.matches("`002_d` is new").count(), 1);
}

#[test]
fn whoever_adds_a_number_for_the_second_time_is_told() {
    let project = Project::with([("m/001_a.sql", RIGHT), ("m/002_b.sql", RIGHT), ("m/003_c.sql", RIGHT)]);
    project.commit();
    project.write("m/002_a.sql", RIGHT);
    let run = since(&project, &["m", "--since", "main"]).found();
    assert_eq!(run.lines(), ["m/002_a.sql:1:1: error[ban-duplicate-number] `002_a` has the number 002, which `002_b` has too"]);
}

#[test]
fn the_summary_says_since_when() {
    let project = project();
    assert_eq!(project.run(&["m", "--since", "main"]).clean().stdout, "no migration file has changed since `main`\n");
    project.write("m/002_b.sql", RIGHT);
    assert_eq!(project.run(&["m", "--since", "main"]).clean().stdout, "1 migration file changed since `main`: no findings\n");
}

#[test]
fn standard_input_has_changed() {
    let project = project();
    let run = project.run_with(&["-", "--stdin-filename", "m/002_b.sql", "--since", "main", "--format", "concise"], WRONG);
    assert_eq!(run.places(), ["m/002_b.sql:1"]);
}

#[test]
#[cfg(unix)]
fn a_link_to_the_folder_is_the_folder() {
    let project = project();
    std::os::unix::fs::symlink(project.path("m"), project.path("link")).expect("links can be made");
    project.write("m/004_d.sql", WRONG);
    assert_eq!(since(&project, &["link", "--since", "main"]).found().places(), ["link/004_d.sql:1"]);
}

#[test]
fn a_hook_may_set_gits_variables() {
    let project = project();
    project.write("m/004_d.sql", WRONG);
    let run = project.run_where(("GIT_INDEX_FILE", ".git/index"), &["m", "--since", "main", "--format", "concise"]).found();
    assert_eq!(run.places(), ["m/004_d.sql:1"]);
}

#[test]
fn what_git_can_not_answer_is_an_error() {
    let project = project();
    for (revision, hint) in [
        ("mian", "did you mean `main`?"),
        ("0123abcd", "what only the server has must be fetched first"),
        ("", "what only the server has must be fetched first"),
    ] {
        let said = format!("migration-lint: `--since` asks git: git knows no revision `{revision}`; {hint}");
        let run = project.run(&["m", "--since", revision]).said(2, &[&said]);
        assert_eq!(run.stdout, "");
    }
    assert_eq!(project.run(&["m", "--since=--help"]).status, 2);
    project.git(&["checkout", "-q", "--orphan", "alone"]);
    project.git(&["commit", "-q", "-m", "another root"]);
    let run = project.run(&["m", "--since", "main"]);
    assert!(run.status == 2 && run.stderr.contains("share no commit") && run.stderr.contains("fetch-depth: 0"), "{run:?}");

    let run = Project::with([("m/001_a.sql", WRONG)]).run(&["m", "--since", "main"]);
    assert!(run.status == 2 && run.stderr.starts_with("migration-lint: `--since` asks git: not a git repository"), "{run:?}");
    let run = project.run_where(("PATH", "/nowhere"), &["m", "--since", "main"]);
    assert!(run.status == 2 && run.stderr == "migration-lint: `--since` asks git: there is no program `git`\n", "{run:?}");
    let elsewhere = Project::with([("n/001_a.sql", WRONG)]);
    let path = elsewhere.path("n").to_string_lossy().into_owned();
    let run = project.run(&["m", &path, "--since", "HEAD"]);
    assert!(run.status == 2 && run.stderr.contains("not in the git repository"), "{run:?}");
}

#[test]
fn what_a_change_breaks_in_older_migrations_is_told() {
    const KEYS: &str =
        "CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE b (a_id int REFERENCES a);\nCREATE TABLE c (a_id int REFERENCES a);\n";
    let project = Project::with([("m/001_a.sql", KEYS), ("m/002_b.sql", "CREATE INDEX b_a_id_idx ON b (a_id);\n")]);
    project.commit();
    project.write("m/003_c.sql", "DROP INDEX b_a_id_idx;\n");
    let arguments = ["--since", "main", "--select", "require-foreign-key-index"];
    let run = since(&project, &[&["m"][..], &arguments].concat()).found();
    assert_eq!(run.places(), ["m/001_a.sql:2"], "`b` has lost its index; that `c` has none is nobody's doing");
    assert!(project.run(&[&["m"][..], &arguments].concat()).found().stdout.contains("not before this migration"));
    // What is not asked for is not told, and what is allowed is not either.
    since(&project, &[&["m/003_c.sql"][..], &arguments].concat()).clean();
    project.write(
        "m/001_a.sql",
        KEYS.replace("REFERENCES a);\n", "REFERENCES a); -- migration-lint: allow(require-foreign-key-index): small\n"),
    );
    project.git(&["commit", "-q", "-m", "x", "--", "m/001_a.sql"]);
    since(&project, &["m", "--since", "HEAD", "--select", "require-foreign-key-index"]).clean();
}

#[test]
fn what_is_told_once_of_several_objects_is_told_anew_of_another() {
    const CONFIG: &str = "migration_lint:\n  rules:\n    require-not-null-boolean: warning\n";
    let first = ("m/001_a.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a boolean NOT NULL);\n");
    // What a copy has of a table is told where that was written.
    let copy = "CREATE TABLE u (LIKE t INCLUDING ALL);\nALTER TABLE u ALTER COLUMN a DROP NOT NULL;\n";
    let project = Project::with([first, ("m/002_b.sql", copy), ("global-config.yaml", CONFIG)]);
    project.commit();
    project.write("m/003_c.sql", "ALTER TABLE t ALTER COLUMN a DROP NOT NULL;\n");
    project.git(&["add", "-A"]);
    let told = since(&project, &["m", "--since", "HEAD"]);
    assert!(told.stdout.contains("[require-not-null-boolean] column `a` of `t`"), "{}", told.stdout);
    project.write("m/003_c.sql", "CREATE TABLE v (LIKE u);\nALTER TABLE v ADD PRIMARY KEY (id);\n");
    project.git(&["add", "-A"]);
    let told = since(&project, &["m", "--since", "HEAD"]);
    assert!(!told.stdout.contains("[require-not-null-boolean]"), "{}", told.stdout);
}

#[test]
fn what_is_found_of_a_table_that_is_renamed_was_there_before() {
    let house = "database:\n  schemas: [marketing]\n  tables: {marketing: [other]}\nbarton_doctrine: {id_format: 01.02.03.04.05.06}\n";
    let tables =
        "CREATE TABLE marketing.other (barton_id varchar(17));\nCREATE TABLE marketing.a (id int);\nCREATE TABLE marketing.b (id int);\n";
    let project = Project::with([("global-config.yaml", house), ("m/001_a.sql", tables)]);
    project.commit();
    let rules = "require-audit-columns,require-barton-id,require-declared-table";
    let arguments = ["m", "--since", "main", "--select", rules];
    project.write("m/002_b.sql", "ALTER TABLE marketing.a RENAME TO c;\nALTER TABLE marketing.b RENAME COLUMN id TO number;\n");
    since(&project, &arguments).clean();
    // What is declared by its old name alone is the renaming's doing.
    project.write("m/002_b.sql", "ALTER TABLE marketing.other RENAME TO another;\n");
    let run = since(&project, &arguments).clean();
    let told = "table `marketing.another` is not named in `database.tables`";
    assert!(run.stdout.contains(told) && !run.stdout.contains("`marketing.a`"), "{run:?}");
}
