//! `migration-lint init`: a project that has nothing gets a configuration, and on request a hook and a job.

use std::fs;

use super::rig::{Project, RIGHT, WRONG};

const NEXT: &str = "next: `migration-lint` says what it finds, and `migration-lint baseline` takes all of that for known";

#[test]
fn a_project_is_set_up_and_adopts_what_it_has() {
    let project = Project::with([("db/migrations/1_a.up.sql", WRONG), ("db/migrations/1_a.down.sql", RIGHT), ("tools/check.sql", RIGHT)]);
    project.commit();
    let run = project.run(&["init", "--hook", "--ci", "github"]).clean();
    assert_eq!(
        run.lines(),
        [
            "db/migrations: 1 migration, laid out as golang-migrate",
            "also found: tools: 1 migration, laid out as plain",
            "migration-lint.yaml: the configuration is made",
            ".git/hooks/pre-commit: a hook is made",
            ".github/workflows/migration-lint.yml: a job is made",
            NEXT
        ]
    );
    assert_eq!(project.run(&["--format", "concise"]).found().places(), ["db/migrations/1_a.up.sql:1"]);
    project.run(&["baseline"]).clean();
    project.run(&[]).clean();
    let job = fs::read_to_string(project.path(".github/workflows/migration-lint.yml")).expect("it was made");
    assert!(job.contains("paths: [\"db/migrations/**\"]") && job.contains("--since \"origin/$GITHUB_BASE_REF\""), "{job}");
    // Once more changes nothing.
    let config = fs::read_to_string(project.path("migration-lint.yaml")).expect("it was made");
    let run = project.run(&["init", "--hook", "--ci", "github"]).clean();
    assert!(run.stdout.contains("migration-lint.yaml: left as it is: it has a section `migration_lint`\n"), "{run:?}");
    assert_eq!(run.stdout.matches("left as it is").count(), 3, "{run:?}");
    assert_eq!(fs::read_to_string(project.path("migration-lint.yaml")).expect("it is there"), config);
}

#[test]
#[cfg(unix)]
fn the_hook_lints_what_a_commit_changes() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::with([("m/001_a.sql", WRONG)]);
    project.commit();
    project.run(&["init", "m", "--hook"]).clean();
    let hook = project.path(".git/hooks/pre-commit");
    assert_eq!(fs::metadata(&hook).expect("it was made").permissions().mode() & 0o111, 0o111);
    let commit = |text: &str| {
        project.write("m/002_b.sql", text);
        project.git(&["add", "-A"]);
        project.git_in("", &["commit", "-q", "-m", "x"]).status
    };
    assert_eq!((commit(WRONG), commit(RIGHT)), (1, 0));
}

#[test]
fn a_hook_of_husky_stands_where_people_write_them() {
    let project = Project::with([("m/001_a.sql", RIGHT)]);
    project.commit();
    project.git(&["config", "core.hooksPath", ".husky/_"]);
    let run = project.run(&["init", "m", "--hook"]).clean();
    assert!(run.stdout.contains(".husky/pre-commit: a hook is made\n"), "{run:?}");
    let run = project.run(&["init", "m", "--hook"]).clean();
    assert!(run.stdout.contains("left as it is, for it was there already: a hook needs `migration-lint --staged` in it\n"), "{run:?}");
}

#[test]
fn a_configuration_that_is_there_gets_a_section() {
    let house = "# ours\nbarton_doctrine: {enabled: true}\ndatabase:\n  migrations: {directory: db}";
    let project = Project::with([("global-config.yaml", house), ("db/001_a.sql", RIGHT)]);
    let run = project.run_in("db", &["init"]).clean();
    assert_eq!(run.lines(), [".: 1 migration, laid out as plain", "../global-config.yaml: a section `migration_lint` is added", NEXT]);
    let text = fs::read_to_string(project.path("global-config.yaml")).expect("it is there");
    assert!(text.starts_with(&format!("{house}\n\n# migration-lint: ")), "{text}");
    assert_eq!(project.run(&["--fail-on", "never"]).clean().status, 0);
    // A section that lacks the directory is not written a second time.
    let project = Project::with([("global-config.yaml", "database: {schemas: [a]}\n"), ("db/001_a.sql", RIGHT)]);
    let run = project.run(&["init"]).clean();
    assert!(run.stdout.contains("global-config.yaml: add `migrations: {directory: db}` to `database` yourself\n"), "{run:?}");
    // Nothing can be added to what is not written in lines.
    let project = Project::with([("global-config.yaml", "{version: 1}\n"), ("db/001_a.sql", RIGHT)]);
    project
        .run(&["init"])
        .said(2, &["migration-lint: global-config.yaml: a section can't be added at its end: add `migration_lint:` by hand"]);
    assert_eq!(fs::read_to_string(project.path("global-config.yaml")).expect("it is there"), "{version: 1}\n");
}

#[test]
fn gitlab_gets_a_job_of_its_own() {
    let project = Project::with([("m/001_a.sql", RIGHT)]);
    assert!(project.run(&["init", "--ci", "gitlab"]).clean().stdout.contains(".gitlab-ci.yml: a job is made\n"));
    let project = Project::with([("m/001_a.sql", RIGHT), (".gitlab-ci.yml", "test: {script: [make]}\n")]);
    let run = project.run(&["init", "--ci", "gitlab"]).clean();
    assert!(
        run.stdout.contains(".gitlab-ci.yml: left as it is, for it was there already: a job needs `migration-lint --since REF` in it\n"),
        "{run:?}"
    );
}

#[test]
fn what_can_not_be_set_up_is_told_and_nothing_is_made() {
    let project = Project::with([("README.md", "")]);
    project
        .run(&["init"])
        .said(2, &["migration-lint: there are no migrations here: name their folder, as in `migration-lint init db/migrations`"]);
    project.run(&["init", "gone"]).said(2, &["migration-lint: gone: no such folder"]);
    project.write("m/001_a.sql", RIGHT);
    let run = project.run(&["init", "--hook"]);
    assert!(run.status == 2 && run.stderr.starts_with("migration-lint: `--hook` asks git: not a git repository"), "{run:?}");
    assert!(run.stderr.ends_with("make a repository with `git init`, run this within one, or leave `--hook` out\n"), "{run:?}");
    assert!(!project.path("migration-lint.yaml").exists());
    project.write("migration-lint.yaml", "migration_lint: {lay: out}\n");
    let run = project.run(&["init"]);
    assert!(run.status == 2 && run.stderr.ends_with("nothing is set up as long as the configuration can't be read\n"), "{run:?}");
}

#[test]
fn a_configured_folder_that_is_another_one_is_told() {
    let project = Project::with([
        ("migrations/1_a.up.sql", WRONG),
        ("migrations/1_a.down.sql", RIGHT),
        ("global-config.yaml", "database: {migrations: {directory: ctb/data/migrations/}}\n"),
    ]);
    let run = project.run(&["init", "migrations"]).clean();
    let lines = run.lines();
    assert_eq!(
        lines[lines.len() - 2..],
        [
            "global-config.yaml: `database.migrations.directory` is `ctb/data/migrations`, and the migrations lie in `migrations`: write that there",
            "next: `migration-lint migrations` says what it finds, and `migration-lint baseline migrations` takes all of that for known",
        ]
    );
}
