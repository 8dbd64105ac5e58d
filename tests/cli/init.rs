//! `migration-lint init`: a project that has nothing gets a configuration, and on request a hook and a job.

use std::fs;

use serde_json::{Value, json};

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
    assert!(run.stdout.contains("global-config.yaml: add `migrations: {directory: \"db\"}` to `database` yourself\n"), "{run:?}");
    // Lines end as they do in the file.
    let project = Project::with([("global-config.yaml", "database: {schemas: [a]}\r\n"), ("db/001_a.sql", RIGHT)]);
    project.run(&["init"]).clean();
    let text = fs::read_to_string(project.path("global-config.yaml")).expect("it is there");
    assert!(text.contains("migration_lint:") && text.matches('\n').count() == text.matches("\r\n").count(), "{text:?}");
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
    project.write("repository/README.md", "");
    project.git_in("repository", &["init", "-q"]);
    let elsewhere =
        "migration-lint: ../m: not below ., so that no hook and no job there sees it; leave `--hook` and `--ci` out, or run this there";
    project.run_in("repository", &["init", "../m", "--hook"]).said(2, &[elsewhere]);
    project.run_in("repository", &["init", "../m", "--ci", "github"]).said(2, &[elsewhere]);
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

/// What `init --hook` makes must not be in the way of any commit that has nothing wrong in it.
#[test]
#[cfg(unix)]
fn the_hook_lets_pass_what_has_no_migrations() {
    let project = Project::with([("README.md", ""), ("m/001_a.sql", WRONG)]);
    project.git(&["init", "-q"]);
    project.run(&["init", "--hook"]).clean();
    let commit = |paths: &[&str]| {
        project.git(&[&["add", "--"], paths].concat());
        project.git_in("", &["commit", "-q", "-m", "x"])
    };
    let nothing = "migration-lint: warning: nothing is linted: git's index has no";
    for path in ["README.md", "migration-lint.yaml"] {
        let run = commit(&[path]);
        assert!(run.status == 0 && run.stderr.starts_with(nothing), "{path}: {run:?}");
    }
    assert_eq!(commit(&["m"]).status, 1);
    project.git(&["commit", "-q", "--no-verify", "-m", "x"]);
    // Without the folder, and on a branch on which there was nothing yet.
    project.git(&["rm", "-q", "-r", "m"]);
    let run = project.git_in("", &["commit", "-q", "-m", "x"]);
    assert!(run.status == 0 && run.stderr.starts_with(nothing), "{run:?}");
    project.git(&["checkout", "-q", "-b", "older", "HEAD~3"]);
    project.write("README.md", "more\n");
    assert_eq!(commit(&["README.md"]).status, 0);
}

/// A service of a repository that holds several has its configuration beside it, and git runs hooks at the root.
#[test]
#[cfg(unix)]
fn a_hook_and_a_job_go_to_where_the_configuration_is() {
    let project = Project::with([("services/it's x/db/001_a.sql", RIGHT), ("README.md", "")]);
    project.commit();
    project.run_in("services/it's x", &["init", "--hook", "--ci", "github"]).clean();
    project.run_in("services/it's x", &["init", "--ci", "gitlab"]).clean();
    let commit = |text: &str| {
        project.write("services/it's x/db/002_b.sql", text);
        project.git(&["add", "-A"]);
        project.git_in("", &["commit", "-q", "-m", "x"])
    };
    let run = commit(WRONG);
    assert!(run.status == 1 && run.stderr.contains("ban-syntax-error"), "{run:?}");
    let run = commit(RIGHT);
    assert!(run.status == 0 && run.stderr == "1 migration file staged: no findings\n", "{run:?}");
    project.git(&["rm", "-q", "-r", "services"]);
    assert_eq!(project.git_in("", &["commit", "-q", "-m", "x"]).status, 0);
    project.git(&["reset", "-q", "--hard", "HEAD~1"]);
    let run = project.run_in("services/it's x", &["init", "--hook"]).clean();
    let needs = r"a hook needs `cd './services/it'\''s x' && migration-lint --staged` in it";
    assert!(run.stdout.contains(needs), "{run:?}");
    let github = yaml(&project, ".github/workflows/migration-lint.yml");
    assert_eq!(github["on"]["pull_request"]["paths"], json!(["services/it's x/db/**"]));
    let steps = &github["jobs"]["migration-lint"]["steps"];
    assert_eq!(steps[1]["run"], json!("pipx install postgresql-migration-lint"));
    assert_eq!(steps[2]["working-directory"], json!("services/it's x"));
    let gitlab = &yaml(&project, ".gitlab-ci.yml")["migration-lint"];
    assert_eq!(gitlab["rules"][0]["changes"], json!(["services/it's x/db/**/*"]));
    assert_eq!(gitlab["script"][0], json!("pip install --quiet postgresql-migration-lint"));
    assert_eq!(gitlab["script"][1], json!(r"cd './services/it'\''s x'"));
}

fn yaml(project: &Project, path: &str) -> Value {
    serde_saphyr::from_str(&fs::read_to_string(project.path(path)).expect("it was made")).expect("it is YAML")
}

#[test]
fn a_folder_may_be_called_anything() {
    let project = Project::with([("a b\"c\\d #1/[x]/001_a.sql", WRONG)]);
    project.commit();
    let folder = "a b\"c\\d #1/[x]";
    project.run(&["init", folder, "--ci", "github"]).clean();
    assert_eq!(yaml(&project, "migration-lint.yaml")["database"]["migrations"]["directory"], json!(folder));
    assert_eq!(project.run(&["--format", "concise"]).found().places(), [format!("{folder}/001_a.sql:1")]);
    let paths = yaml(&project, ".github/workflows/migration-lint.yml")["on"]["pull_request"]["paths"].clone();
    assert_eq!(paths, json!(["a b\"c\\\\d #1/\\[x\\]/**"]));
}

#[test]
fn migrations_at_the_root_are_everything() {
    let project = Project::with([("001_a.sql", RIGHT)]);
    project.commit();
    project.run(&["init", "--ci", "github"]).clean();
    project.run(&["init", "--ci", "gitlab"]).clean();
    let github = yaml(&project, ".github/workflows/migration-lint.yml");
    assert_eq!(github["on"]["pull_request"]["paths"], json!(["**"]));
    assert_eq!(github["jobs"]["migration-lint"]["steps"][2].get("working-directory"), None);
    let gitlab = &yaml(&project, ".gitlab-ci.yml")["migration-lint"];
    assert_eq!((gitlab["rules"][0]["changes"].clone(), gitlab["script"].as_array().map(Vec::len)), (json!(["**/*"]), Some(2)));
}
