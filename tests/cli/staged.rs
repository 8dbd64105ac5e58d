//! `--staged` and `--git-index`: git's index is read, and not the working tree.

use std::fs;

use super::rig::{Project, RIGHT, Run, WRONG};

const CONCISE: [&str; 2] = ["--format", "concise"];
/// Wrong, too, and no copy of the others.
const WORSE: &str = "SELECT FROM WHERE;\nSELECT 2;\n";

fn project() -> Project {
    let project = Project::with([("m/001_a.sql", WRONG), ("m/002_b.sql", WRONG)]);
    project.commit();
    project
}

fn staged(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["--staged"], arguments, &CONCISE].concat())
}

/// Stages what is there.
fn stage(project: &Project) {
    project.git(&["add", "-A"]);
}

#[test]
fn what_is_staged_is_reported_as_it_is_staged() {
    let project = project();
    assert_eq!(project.run(&["m", "--staged"]).clean().stdout, "no migration file is staged\n");
    project.write("m/003_c.sql", WRONG);
    project.write("m/002_b.sql", WORSE);
    stage(&project);
    // What is mended or spoilt since then is not what is committed.
    project.write("m/003_c.sql", RIGHT);
    project.write("m/001_a.sql", WORSE);
    project.write("m/004_d.sql", WRONG);
    assert_eq!(staged(&project, &["m"]).found().places(), ["m/002_b.sql:1", "m/003_c.sql:1"]);
    assert_eq!(staged(&project, &["m/*.sql"]).found().places(), ["m/002_b.sql:1", "m/003_c.sql:1"]);
    assert_eq!(staged(&project, &["m/001_a.sql", "m/003_c.sql"]).found().places(), ["m/003_c.sql:1"]);
    stage(&project);
    project.write("m/003_c.sql", WRONG);
    assert_eq!(staged(&project, &["m/003_c.sql"]).clean().stdout, "");
    assert_eq!(
        project.run(&["m/003_c.sql", "--staged", "--isolated", "--select", "proof"]).clean().stdout,
        "1 migration file staged: no findings\n"
    );
}

#[test]
fn the_whole_history_is_replayed_and_nothing_that_is_not_in_the_index() {
    let project = Project::with([("m/001_a.sql", "CREATE TABLE t (a int);\n")]);
    project.commit();
    project.write("m/002_b.sql", "CREATE TABLE t (b int);\nCREATE TABLE u (b int);\n");
    stage(&project);
    // It would be in the way of `u` if it counted.
    project.write("m/000_x.sql", "CREATE TABLE u (b int);\n");
    fs::remove_file(project.path("m/001_a.sql")).expect("it is there");
    let run = staged(&project, &["m", "--select", "ban-failing-statement"]).found();
    assert_eq!(run.lines().len(), 1, "{run:?}");
    assert!(run.stdout.starts_with("m/002_b.sql:1:") && run.stdout.contains("\"t\""), "{run:?}");
}

#[test]
fn configuration_baseline_and_documents_are_those_of_the_index() {
    let off = "database: {migrations: {directory: m}}\nmigration_lint: {rules: {ban-syntax-error: off}}\n";
    let project = Project::with([("migration-lint.yaml", off), ("m/001_a.sql", WRONG)]);
    project.git(&["init", "-q"]);
    stage(&project);
    project.write("migration-lint.yaml", off.replace("off", "error"));
    project.run(&["--staged"]).clean();
    assert_eq!(project.run(&CONCISE).found().places(), ["m/001_a.sql:1"]);
    assert_eq!(staged(&project, &["--config", "migration-lint.yaml"]).clean().stdout, "");
    // The other way round, and with a baseline that is not staged.
    stage(&project);
    project.run(&["baseline"]).clean();
    project.run(&[]).clean();
    assert_eq!(staged(&project, &[]).found().places(), ["m/001_a.sql:1"]);
    stage(&project);
    fs::remove_file(project.path("migration-lint-baseline.json")).expect("it is there");
    assert_eq!(project.run(&["--staged"]).clean().stdout, "1 migration file staged: no findings, 1 in the baseline\n");
    // The README of the folder.
    let house = "database: {migrations: {directory: m}}\nmigration_lint: {rules: {require-readme-entry: error}}\n";
    let project = Project::with([("migration-lint.yaml", house), ("m/001_a.sql", RIGHT), ("m/README.md", "# Migrations\n")]);
    project.git(&["init", "-q"]);
    stage(&project);
    fs::remove_file(project.path("m/README.md")).expect("it is there");
    let run = staged(&project, &["--select", "require-readme-entry"]).found();
    assert!(!run.stdout.contains("has no `README.md`"), "{run:?}");
    stage(&project);
    project.write("m/README.md", "# Migrations\n");
    let run = staged(&project, &["--select", "require-readme-entry"]).found();
    assert!(run.stdout.contains("has no `README.md`"), "{run:?}");
}

#[test]
fn what_stands_beside_the_migrations_is_reported_where_the_commit_changes_or_breaks_it() {
    let config =
        "database: {migrations: {directory: m}, schema_map_path: map.json}\nmigration_lint: {rules: {require-readme-entry: error}}\n";
    let project = Project::with([("migration-lint.yaml", config), ("m/001_a.sql", "CREATE TABLE t (id int PRIMARY KEY);\n")]);
    let entry =
        |id: &str| format!("### {id}.sql\n- **Location**: m/{id}.sql\n- **Status**: Draft\n- **Purpose**: a\n- **Schema**: public\n");
    project.write("m/README.md", entry("001_a"));
    let select = ["--select", "require-readme-entry,require-schema-map"];
    let mend = || assert_eq!(project.run(&["--fix", "--select", "require-schema-map"]).status, 0);
    mend();
    project.commit();
    let found = |arguments: &[&str]| project.run(&[arguments, &select[..], &CONCISE].concat()).places();
    let commit = |subject: &str| {
        stage(&project);
        project.git(&["commit", "-qm", subject]);
    };
    // A migration that neither the map nor the README knows.
    project.write("m/002_b.sql", "ALTER TABLE t ADD COLUMN b int;\n");
    stage(&project);
    assert_eq!(found(&["--staged"]), ["m/002_b.sql:1", "map.json:1"]);
    assert_eq!(found(&["--since", "HEAD"]), ["m/002_b.sql:1", "map.json:1"]);
    // Only one file was asked for.
    assert_eq!(found(&["--staged", "m/002_b.sql"]), ["m/002_b.sql:1"]);
    // What is not mended and was there before is not told again.
    commit("b");
    project.write("m/003_c.sql", "SELECT 1;\n");
    stage(&project);
    assert_eq!(found(&["--staged"]), ["m/003_c.sql:1"]);
    // A document alone.
    mend();
    project.write("m/README.md", [entry("001_a"), entry("002_b"), entry("003_c"), entry("004_d")].concat());
    stage(&project);
    assert_eq!(found(&["--staged"]), ["m/README.md:16"]);
    commit("c");
    assert_eq!(found(&["--staged"]), [""; 0]);
    project.write("map.json", "{}\n");
    stage(&project);
    assert_eq!(found(&["--staged"]), ["map.json:1"]);
    mend();
    project.write("migration-lint.yaml", config.replace("map.json", "mop.json"));
    stage(&project);
    assert_eq!(found(&["--staged"]), ["m/README.md:16", "migration-lint.yaml:1"]);
    // What is gone.
    project.git(&["reset", "-q", "--hard"]);
    project.git(&["rm", "-q", "m/002_b.sql"]);
    assert_eq!(found(&["--staged"]), ["m/README.md:6", "m/README.md:16", "map.json:1"]);
    project.git(&["reset", "-q", "--hard"]);
    project.git(&["rm", "-q", "map.json"]);
    assert_eq!(found(&["--staged"]), ["m/README.md:16", "migration-lint.yaml:1"]);
}

#[test]
fn what_is_gone_breaks_what_has_not_changed() {
    let project = Project::with([
        ("migration-lint.yaml", "migration_lint: {doctrine: true, history: complete}\n"),
        ("m/001_a.sql", "CREATE TABLE a (id int PRIMARY KEY);\n"),
        ("m/002_b.sql", "CREATE TABLE b (id int PRIMARY KEY);\n"),
        ("m/003_c.sql", "ALTER TABLE a ADD COLUMN b int;\nALTER TABLE nowhere ADD COLUMN id int;\n"),
        ("m/004_d.sql", "ALTER TABLE b ADD COLUMN b int;\n"),
        ("m/README.md", "# Migrations\n"),
    ]);
    project.commit();
    let found = |arguments: &[&str], rule: &str| project.run(&[arguments, &["m", "--select", rule], &CONCISE].concat());
    let failing = |arguments: &[&str]| found(arguments, "ban-failing-statement,ban-undefined-object");
    // What fails without any change is not the commit's doing.
    project.write("m/001_a.sql", "CREATE TABLE a (id bigint PRIMARY KEY);\n");
    stage(&project);
    assert_eq!(failing(&["--staged"]).places(), [""; 0]);
    project.write("m/002_b.sql", "CREATE TABLE b (id int PRIMARY KEY, b int);\n");
    stage(&project);
    let run = failing(&["--staged"]);
    assert_eq!(run.places(), ["m/004_d.sql:1"], "{run:?}");
    assert_eq!(failing(&["--since", "HEAD"]).places(), ["m/004_d.sql:1"]);
    project.git(&["reset", "-q", "--hard"]);
    project.git(&["rm", "-q", "m/002_b.sql"]);
    assert_eq!(failing(&["--staged"]).places(), ["m/004_d.sql:1"]);
    project.git(&["reset", "-q", "--hard"]);
    project.git(&["rm", "-q", "m/README.md"]);
    let run = found(&["--staged"], "require-readme-entry");
    assert!(run.stdout.contains("has no `README.md`") && run.lines().len() == 1, "{run:?}");
}

#[test]
fn before_the_first_commit_everything_is_staged_that_is_added() {
    let project = Project::with([("m/001_a.sql", WRONG), ("m/002_b.sql", WRONG)]);
    project.git(&["init", "-q"]);
    assert!(project.run(&["m", "--staged"]).stderr.contains("git's index has no such file or folder"));
    project.git(&["add", "m/001_a.sql"]);
    assert_eq!(staged(&project, &["m"]).found().places(), ["m/001_a.sql:1"]);
}

#[test]
fn what_is_removed_or_has_another_name_is_not_there() {
    let project = project();
    project.write("m/003_c.sql", "CREATE TABLE t (a int);\n");
    project.commit();
    project.git(&["rm", "-q", "m/001_a.sql"]);
    project.git(&["mv", "m/002_b.sql", "m/004_d.sql"]);
    assert_eq!(staged(&project, &["m"]).found().places(), ["m/004_d.sql:1"]);
    let run = project.run(&["m/001_a.sql", "--staged"]);
    run.said(2, &["migration-lint: m/001_a.sql: can't be read: git's index has no such file or folder: `git add` it first"]);
}

#[test]
fn what_is_unmerged_has_no_content_yet() {
    let project = project();
    project.git(&["checkout", "-q", "-b", "topic"]);
    project.write("m/002_b.sql", "SELECT 2;\n");
    project.commit();
    project.git(&["checkout", "-q", "main"]);
    project.write("m/002_b.sql", "SELECT 3;\n");
    project.commit();
    assert_ne!(project.git_in("", &["merge", "-q", "topic"]).status, 0);
    let run = project.run(&["m", "--staged", "--quiet"]);
    run.said(2, &["migration-lint: m/002_b.sql: can't be read: it is unmerged: choose what it is to be, and `git add` it"]);
}

#[test]
fn names_may_be_anything() {
    let names = ["m ö/001_größe in cm.sql", "m ö/002_\"x\".sql", "m ö/003_\u{1F5D1}.sql"];
    let project = Project::with(names.map(|name| (name, WRONG)));
    project.git(&["init", "-q"]);
    stage(&project);
    let expected: Vec<String> = names.iter().map(|name| format!("{name}:1")).collect();
    assert_eq!(staged(&project, &["m ö"]).found().places(), expected);
    let within: Vec<String> = names.iter().map(|name| format!("{}:1", name.trim_start_matches("m ö/"))).collect();
    assert_eq!(project.run_in("m ö", &[&[".", "--staged"][..], &CONCISE].concat()).found().places(), within);
}

#[test]
fn hidden_files_and_links_are_taken_as_they_are_in_the_working_tree() {
    let project = Project::with([("m/001_a.sql", WRONG), ("m/.hidden/004_b.sql", WRONG), ("outside/002_c.sql", WORSE)]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../outside/002_c.sql", project.path("m/002_c.sql")).expect("links can be made");
        std::os::unix::fs::symlink(project.path("m"), project.path("link")).expect("links can be made");
    }
    project.git(&["init", "-q"]);
    stage(&project);
    assert_eq!(project.run(&[&["m"], &CONCISE[..]].concat()).places(), staged(&project, &["m"]).found().places());
    #[cfg(unix)]
    {
        assert_eq!(staged(&project, &["link"]).found().places(), ["link/001_a.sql:1", "link/002_c.sql:1"]);
        std::os::unix::fs::symlink("/nowhere", project.path("m/003_d.sql")).expect("links can be made");
        stage(&project);
        let run = staged(&project, &["m"]);
        assert!(run.status == 2 && run.stderr.contains("m/003_d.sql: can't be read: it is a link to what is no file of git's index"));
    }
}

#[test]
fn a_submodule_has_an_index_of_its_own() {
    let inner = Project::with([("m/001_a.sql", WRONG)]);
    inner.commit();
    let project = project();
    let from = inner.path("").to_string_lossy().into_owned();
    project.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &from, "sub"]);
    let run = staged(&project, &["sub/m"]);
    let why = "it belongs to a submodule, which has an index of its own: run within it";
    run.said(2, &[&format!("migration-lint: sub/m: can't be read: {why}")]);
    project.write("sub/m/002_b.sql", WRONG);
    assert_eq!(project.git_in("sub", &["add", "-A"]).status, 0);
    assert_eq!(project.run_in("sub", &[&["m", "--staged"][..], &CONCISE].concat()).found().places(), ["m/002_b.sql:1"]);
}

/// The program as a hook in the repository: what `git commit` with `arguments` says on standard error, and whether it commits.
#[cfg(unix)]
fn commit_with_hook(project: &Project, arguments: &[&str]) -> (bool, String) {
    use std::os::unix::fs::PermissionsExt;
    let hook = project.path(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().expect("it lies in a folder")).expect("a folder can be made");
    fs::write(&hook, "#!/bin/sh\ncd m && exec migration-lint . --staged --format concise\n").expect("a file can be written");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).expect("its own file");
    let run = project.git_in("", &[&["commit", "-q", "-m", "x"], arguments].concat());
    (run.status == 0, run.stderr)
}

/// `git commit -a` and `git commit FILE` make an index for the occasion, and name it in the hook's environment.
#[test]
#[cfg(unix)]
fn in_a_hook_the_index_is_the_one_that_is_committed() {
    let project = project();
    project.write("m/002_b.sql", WORSE);
    let (committed, said) = commit_with_hook(&project, &["-a"]);
    assert!(!committed && said.starts_with("002_b.sql:1:"), "{said}");
    project.write("m/003_c.sql", WRONG);
    stage(&project);
    project.write("m/002_b.sql", RIGHT);
    let (committed, said) = commit_with_hook(&project, &["m/002_b.sql"]);
    assert!(committed, "{said}");
    let (committed, said) = commit_with_hook(&project, &[]);
    assert!(!committed && said.starts_with("003_c.sql:1:") && said.lines().count() == 1, "{said}");
    // In a worktree beside it.
    project.git(&["reset", "-q", "--hard"]);
    project.git(&["worktree", "add", "-q", "tree", "-b", "topic"]);
    project.write("tree/m/003_c.sql", WRONG);
    assert_eq!(project.git_in("tree", &["add", "-A"]).status, 0);
    let run = project.git_in("tree", &["commit", "-q", "-m", "x"]);
    assert!(run.status == 1 && run.stderr.starts_with("003_c.sql:1:"), "{run:?}");
}

#[test]
fn the_index_can_be_read_and_everything_named_reported() {
    let project = project();
    project.write("m/001_a.sql", RIGHT);
    let run = project.run(&[&["m/001_a.sql", "--git-index"], &CONCISE[..]].concat()).found();
    assert_eq!(run.places(), ["m/001_a.sql:1"]);
    assert_eq!(project.run(&[&["m", "--git-index"], &CONCISE[..]].concat()).found().places(), ["m/001_a.sql:1", "m/002_b.sql:1"]);
}

const BARE: &str = "CREATE TABLE t (a int);\n";

#[test]
fn repairs_go_to_files_of_which_nothing_else_is_changed() {
    let project = Project::with([("m/001_a.sql", BARE), ("m/002_b.sql", "CREATE TABLE u (a int);\n")]);
    project.git(&["init", "-q"]);
    stage(&project);
    project.write("m/002_b.sql", "CREATE TABLE u (a int, b int);\n");
    let fix = ["m", "--staged", "--fix", "--select", "require-idempotency", "--format", "concise"];
    project.run(&fix).said(
        2,
        &[
            "migration-lint: mended 1 file; `git add` what is mended, for git's index is as it was",
            "migration-lint: m/002_b.sql: it has changes that are not staged, and stays as it is: stage them or take them back, and run again",
            "migration-lint: warning: what is found in files that stay as they are is not reported: run again without `--fix`",
        ],
    );
    let text = |path| fs::read_to_string(project.path(path)).expect("it is there");
    assert_eq!(text("m/001_a.sql"), "CREATE TABLE IF NOT EXISTS t (a int);\n");
    assert_eq!(text("m/002_b.sql"), "CREATE TABLE u (a int, b int);\n");
    // Nothing is left to say of what is mended, but the next commit has it as it was.
    project.git(&["add", "m/001_a.sql"]);
    project.write("m/002_b.sql", "CREATE TABLE u (a int);\n");
    let run = project.run(&fix);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{run:?}");
    stage(&project);
    project.run(&fix).clean();
}

#[test]
fn what_can_not_be_read_from_an_index_is_told() {
    let run = Project::with([("m/001_a.sql", WRONG)]).run(&["m", "--staged"]);
    assert!(run.status == 2 && run.stderr.starts_with("migration-lint: `--staged` asks git: not a git repository"), "{run:?}");
    let project = project();
    let run = project.run_where(("PATH", "/nowhere"), &["m", "--git-index"]);
    assert!(run.status == 2 && run.stderr == "migration-lint: `--git-index` asks git: there is no program `git`\n", "{run:?}");
    project
        .run_with(&["-", "--staged"], WRONG)
        .said(2, &["migration-lint: `--staged` reads git's index, and `-` standard input: name one of them"]);
    assert_eq!(project.run(&["m", "--staged", "--since", "main"]).status, 2);
    let elsewhere = Project::with([("n/001_a.sql", WRONG)]);
    let path = elsewhere.path("n").to_string_lossy().into_owned();
    let run = project.run(&[&path, "--staged"]);
    assert!(run.status == 2 && run.stderr.contains("not in the git repository"), "{run:?}");
}

/// The commits that a hook must let pass: those before the first migration and the configuration, and those behind the last.
#[test]
fn what_the_index_has_no_migrations_of_is_noted_and_no_mistake() {
    const CONFIG: &str = "database: {migrations: {directory: m}}\n";
    let project = Project::with([("README.md", ""), ("migration-lint.yaml", CONFIG), ("m/001_a.sql", WRONG)]);
    project.git(&["init", "-q"]);
    project.git(&["add", "README.md"]);
    let unsaid = "migration-lint: warning: nothing is linted: git's index has no configuration that says where the migrations are";
    let run = project.run(&["--staged"]).said(0, &[unsaid]);
    assert_eq!(run.stdout, "no migration file is staged\n");
    let absent = "migration-lint: warning: nothing is linted: git's index has no `m`, where the configuration says that the migrations are";
    project.git(&["add", "migration-lint.yaml"]);
    let run = project.run(&["--staged", "--format", "json"]).said(0, &[absent]);
    assert!(run.stdout.starts_with("{\"version\":1,\"files\":0,\"findings\":[]"), "{run:?}");
    project.run(&["--staged", "--quiet"]).clean();
    stage(&project);
    assert_eq!(staged(&project, &[]).found().places(), ["m/001_a.sql:1"]);
    project.git(&["commit", "-q", "-m", "x"]);
    project.git(&["rm", "-q", "-r", "m"]);
    project.run(&["--staged"]).said(0, &[absent]);
    // What is named has to be there.
    let gone = "migration-lint: m: can't be read: git's index has no such file or folder: `git add` it first";
    project.run(&["m", "--staged", "--quiet"]).said(2, &[gone]);
    project.git(&["rm", "-q", "migration-lint.yaml"]);
    project.write("migration-lint.yaml", CONFIG);
    assert_eq!(project.run(&["--staged", "--config", "migration-lint.yaml"]).status, 2);
    assert_eq!(project.run(&["--staged", "--isolated"]).status, 2);
    assert_eq!(project.run(&["--git-index"]).status, 2);
    // A configuration that can't be read says nothing of what there is.
    project.write("migration-lint.yaml", "database: [\n");
    project.git(&["add", "migration-lint.yaml"]);
    assert_eq!(project.run(&["--staged"]).status, 2);
}

#[test]
fn what_is_only_meant_to_be_added_is_not_staged() {
    let project = project();
    project.write("m/003_c.sql", WRONG);
    // An empty file is one, and so is a name with a line end in it.
    project.write("m/004_d.sql", "");
    project.write("m/005_\n  ctime: e.sql", WRONG);
    project.git(&["add", "-N", "m/003_c.sql"]);
    project.git(&["add", "m/004_d.sql", "m/005_\n  ctime: e.sql"]);
    let checked = ["m", "--staged", "--format", "json", "--fail-on", "never"];
    assert!(project.run(&checked).clean().stdout.starts_with("{\"version\":1,\"files\":2,"));
    let run = project.run(&["m/003_c.sql", "--staged", "--quiet"]);
    run.said(2, &["migration-lint: m/003_c.sql: can't be read: git's index has no such file or folder: `git add` it first"]);
    // Also where it is not in the working tree any more.
    fs::remove_file(project.path("m/003_c.sql")).expect("it is there");
    assert!(project.run(&checked).clean().stdout.starts_with("{\"version\":1,\"files\":2,"));
    project.write("m/003_c.sql", WRONG);
    project.git(&["add", "m/003_c.sql"]);
    assert!(project.run(&checked).clean().stdout.starts_with("{\"version\":1,\"files\":3,"));
}

#[test]
fn the_order_in_which_people_read_differences_is_no_matter() {
    let project = project();
    project.write("m/003_c.sql", WRONG);
    stage(&project);
    project.git(&["config", "diff.orderFile", "/nonexistent"]);
    assert_eq!(staged(&project, &["m"]).found().places(), ["m/003_c.sql:1"]);
    assert_eq!(project.run(&["m", "--since", "HEAD", "--format", "concise"]).found().places(), ["m/003_c.sql:1"]);
}
