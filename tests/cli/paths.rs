//! What paths name, and which files a run is about.

use std::fs;

use super::rig::{Project, RIGHT, Run, WRONG};

fn places(run: Run) -> Vec<String> {
    run.places()
}

#[test]
fn a_missing_path_is_told_and_the_others_are_linted() {
    let project = Project::with([("m/001_a.sql", WRONG)]);
    let run = project.run(&["m/002_b.sql", "m/001_a.sql", "elsewhere", "--format", "concise"]);
    assert_eq!(run.places(), ["m/001_a.sql:1"]);
    run.said(2, &["migration-lint: m/002_b.sql: no such file or folder", "migration-lint: elsewhere: no such file or folder"]);
}

#[test]
fn a_folder_without_migrations_is_a_warning() {
    let project = Project::with([("none/notes.md", ""), ("none/deeper/x.py", "")]);
    let run = project.run(&["none"]).said(0, &["migration-lint: warning: none: no migration files (*.sql) in this folder"]);
    assert_eq!(run.lines(), ["no migration file was linted"]);
    project.run(&["none/notes.md"]).said(0, &["migration-lint: warning: none/notes.md: not linted: migrations are *.sql files"]);
}

#[test]
fn what_is_no_migration_is_said() {
    let project = Project::with([("m/1_a/up.sql", RIGHT), ("m/1_a/down.sql", RIGHT), ("m/2_b/up.sql", RIGHT), ("m/loose.sql", WRONG)]);
    let run = project.run(&["m"]);
    assert_eq!(run.lines(), ["3 migration files: no findings"]);
    run.said(0, &["migration-lint: warning: m/loose.sql: not linted: it stands beside the directories that are migrations"]);
}

#[test]
fn one_file_is_reported_and_its_history_counts() {
    let project = Project::with([("m/001_a.sql", WRONG), ("m/002_b.sql", RIGHT), ("m/002_c.sql", WRONG), ("m/sub/003_d.sql", WRONG)]);
    let run = project.run(&["m/002_c.sql", "--format", "concise"]).found();
    assert_eq!(run.places(), ["m/002_c.sql:1", "m/002_c.sql:1"]);
    assert!(run.stdout.contains("ban-duplicate-number"));
    assert_eq!(project.run(&["m/002_c.sql"]).found().lines().iter().filter(|line| line.starts_with("1 migration file:")).count(), 1);
}

#[test]
fn a_path_may_be_written_in_many_ways() {
    let project = Project::with([("m/001_a.sql", WRONG), ("other/x.txt", "")]);
    let absolute = project.path("m/001_a.sql");
    let absolute = fs::canonicalize(absolute).expect("is there");
    for path in ["m", "m/", "./m", "m/001_a.sql", "./m/001_a.sql", "other/../m/001_a.sql", &absolute.to_string_lossy()] {
        assert_eq!(places(project.run(&[path, "--format", "concise"]).found()), ["m/001_a.sql:1"], "{path}");
    }
    assert_eq!(places(project.run(&["m", "m/001_a.sql", "./m", "--format", "concise"]).found()), ["m/001_a.sql:1"]);
    assert_eq!(places(project.run_in("other", &["../m", "--format", "concise"]).found()), ["../m/001_a.sql:1"]);
    assert_eq!(places(project.run_in("m", &[".", "--format", "concise"]).found()), ["001_a.sql:1"]);
}

#[test]
fn globs_are_expanded_where_no_shell_did() {
    let project = Project::with([("m/001_a.sql", WRONG), ("m/002_b.sql", RIGHT), ("m/sub/003_c.sql", WRONG), ("m/[x].sql", WRONG)]);
    let run = |pattern| places(project.run(&[pattern, "--format", "concise", "--select", "ban-syntax-error"]));
    assert_eq!(run("m/00*.sql"), ["m/001_a.sql:1"]);
    assert_eq!(run("./m/00?_a.sql"), ["m/001_a.sql:1"]);
    assert_eq!(run("m/**/0*.sql"), ["m/001_a.sql:1", "m/sub/003_c.sql:1"]);
    assert_eq!(run("*/*/*.sql"), ["m/sub/003_c.sql:1"]);
    assert_eq!(run("{m,n}/001_[ab].sql"), ["m/001_a.sql:1"]);
    // A file that is called like a glob is that file.
    assert_eq!(run("m/[x].sql"), ["m/[x].sql:1"]);
    project.run(&["m/9*.sql"]).said(2, &["migration-lint: m/9*.sql: no file matches"]);
    let run = project.run(&["m/[.sql", "m/00*.sql"]);
    assert!(
        run.status == 2
            && run.stderr.starts_with("migration-lint: m/[.sql: no such file, and no glob: ")
            && run.stdout.contains("2 migration files"),
        "{run:?}"
    );
}

#[test]
fn what_git_ignores_below_the_folder_is_left_out() {
    let project = Project::with([
        ("m/.gitignore", "scratch*\n"),
        ("m/001_a.sql", WRONG),
        ("m/scratch_002.sql", WRONG),
        ("m/scratch/003_c.sql", WRONG),
        ("m/sub/.gitignore", "*.sql\n!004_d.sql\n"),
        ("m/sub/004_d.sql", WRONG),
        ("m/sub/005_e.sql", WRONG),
        ("m/.hidden/006_f.sql", WRONG),
    ]);
    let run = |path: &str| places(project.run(&[path, "--format", "concise", "--select", "ban-syntax-error"]));
    assert_eq!(run("m"), ["m/001_a.sql:1", "m/sub/004_d.sql:1"]);
    // Whoever names a file means it.
    assert_eq!(run("m/scratch_002.sql"), ["m/scratch_002.sql:1"]);
}

#[test]
fn standard_input_is_linted_under_a_name() {
    let project = Project::with([("m/001_a.sql", RIGHT), ("m/002_b.sql", WRONG)]);
    let run = |arguments: &[&str], text: &str| {
        let arguments: Vec<&str> = arguments.iter().chain(&["--format", "concise"]).copied().collect();
        project.run_with(&arguments, text).found()
    };
    assert_eq!(run(&["-"], WRONG).places(), ["stdin.sql:1"]);
    assert_eq!(run(&["-", "--stdin-filename", "m/003_c.sql"], WRONG).places(), ["m/003_c.sql:1"]);
    // The history beside that name counts, and the text stands for the file of that name.
    let gap = project.run_with(&["-", "--stdin-filename", "m/004_d.sql", "--format", "concise"], RIGHT);
    assert_eq!(gap.lines(), ["m/004_d.sql:1:1: warning[require-number-order] number 3 is missing before `004_d`"]);
    project.run_with(&["-", "--stdin-filename", "m/002_b.sql"], RIGHT).clean();
    assert_eq!(run(&["-", "m", "--stdin-filename", "m/003_c.sql"], WRONG).places(), ["m/002_b.sql:1", "m/003_c.sql:1"]);
    project.run_with(&["-"], "").clean();
    let run = project.run_with(&["-", "--stdin-filename", "notes.txt"], WRONG);
    run.said(0, &["migration-lint: warning: notes.txt: not linted: no layout takes it for a migration"]);
}

#[test]
fn standard_input_without_a_name_is_linted_or_that_is_an_error() {
    let project = Project::with([("001_a.up.sql", RIGHT), ("001_a.down.sql", "")]);
    project.run_with(&["-"], WRONG).said(
        2,
        &[
            "migration-lint: warning: stdin.sql: not linted: it is not named as a migration of its folder's layout",
            "migration-lint: standard input was not linted: say with `--stdin-filename` which migration of this folder it is",
        ],
    );
}

#[test]
fn without_a_path_the_configured_directory_is_linted() {
    let project = Project::with([("db/steps/001_a.sql", WRONG), ("elsewhere/002_b.sql", WRONG), ("app/deep/x.txt", "")]);
    project.run(&[]).said(
        2,
        &["migration-lint: name a folder or files: no configuration says where the migrations are (`database.migrations.directory`)"],
    );
    project.write("global-config.yaml", "database: {migrations: {directory: ./db/steps/}}");
    let select = ["--format", "concise", "--select", "ban-syntax-error"];
    assert_eq!(places(project.run(&select).found()), ["db/steps/001_a.sql:1"]);
    assert_eq!(places(project.run_in("app/deep", &select).found()), ["../../db/steps/001_a.sql:1"]);
    project.write("global-config.yaml", "database: {migrations: {directory: gone}}");
    let run = project.run(&select);
    assert_eq!(run.status, 2, "{run:?}");
    assert!(run.stderr.contains("gone: no such file or folder"), "{run:?}");
}

#[test]
#[cfg(unix)]
fn a_loop_of_links_is_not_followed() {
    use std::os::unix::fs::symlink;
    let project = Project::with([("m/001_a.sql", WRONG), ("m/sub/002_b.sql", RIGHT)]);
    symlink("..", project.path("m/sub/back")).expect("a link");
    let run = project.run(&["m", "--format", "concise"]);
    assert_eq!(run.places(), ["m/001_a.sql:1"]);
    run.said(1, &["migration-lint: warning: m/sub/back: not searched: this link leads back to a folder that it is in"]);
    symlink("b", project.path("a")).expect("a link");
    symlink("a", project.path("b")).expect("a link");
    let run = project.run(&["a", "m/001_a.sql", "--format", "concise"]);
    assert_eq!((run.status, run.places()), (2, vec!["m/001_a.sql:1".to_owned()]));
    assert!(run.stderr.starts_with("migration-lint: a: can't be read: "), "{run:?}");
    // A link that leads nowhere hides a file.
    symlink("nowhere.sql", project.path("m/003_c.sql")).expect("a link");
    let run = project.run(&["m", "--format", "concise"]);
    assert_eq!(run.status, 2, "{run:?}");
    assert!(run.stderr.contains("migration-lint: m/003_c.sql: no such file or folder"), "{run:?}");
}

#[test]
#[cfg(unix)]
fn what_may_not_be_read_is_told_and_the_rest_is_linted() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::with([("m/001_a.sql", WRONG), ("m/002_b.sql", WRONG), ("m/sub/003_c.sql", WRONG)]);
    let forbid = |path: &str, mode| fs::set_permissions(project.path(path), PermissionsExt::from_mode(mode)).expect("the owner may");
    forbid("m/002_b.sql", 0);
    forbid("m/sub", 0);
    let run = project.run_as_nobody(&["m", "--format", "concise"]);
    assert_eq!(run.places(), ["m/001_a.sql:1"]);
    run.said(
        2,
        &["migration-lint: m/sub: can't be read: permission denied", "migration-lint: m/002_b.sql: can't be read: permission denied"],
    );
    forbid("m/sub", 0o755);
}

#[test]
fn names_may_hold_anything_that_files_may() {
    let project = Project::with([("m ü/001_größe 'x' (1).sql", WRONG), ("m ü/%41,b.sql", WRONG)]);
    let run = project.run(&["m ü", "--format", "concise", "--select", "ban-syntax-error"]).found();
    assert_eq!(run.places(), ["m ü/%41,b.sql:1", "m ü/001_größe 'x' (1).sql:1"]);
}
