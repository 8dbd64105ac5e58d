//! Hooks of git, as the documentation shows them: each is made with the tool that runs it, and asked about a commit that is wrong and one that is not.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::rig::{Project, RIGHT, Run, WRONG, path_with_program};

const PAGE: &str = include_str!("../../docs/src/hooks.md");

/// The block of the page that stands behind a line which begins with `title`.
fn block(title: &str) -> &'static str {
    let rest = PAGE.split_once(&format!("\n## {title}")).unwrap_or_else(|| panic!("docs/src/hooks.md has a section {title}")).1;
    let (_, rest) = rest.split_once("```").expect("a block");
    rest.split_once('\n').and_then(|(_, rest)| rest.split_once("```")).expect("a block ends").0
}

fn variable(name: &str) -> PathBuf {
    let value = std::env::var_os(name).unwrap_or_else(|| panic!("{name} is not set: `tests/run` provides what the tests need"));
    PathBuf::from(value)
}

/// A repository with one migration, and a table.
fn project() -> Project {
    let project = Project::with([("db/migrations/001_a.sql", "CREATE TABLE IF NOT EXISTS t (id bigint PRIMARY KEY);\n")]);
    project.write("migration-lint.yaml", "database: {migrations: {directory: db/migrations}}\n");
    project.commit();
    project
}

fn commit(project: &Project) -> Run {
    project.git_in("", &["commit", "-q", "-m", "x"])
}

/// A commit that is wrong is not made, one that is right is, whatever stands in the working tree.
fn guards(project: &Project) {
    project.write("db/migrations/002_b.sql", WRONG);
    project.git(&["add", "-A"]);
    project.write("db/migrations/002_b.sql", RIGHT);
    let run = commit(project);
    assert!(run.status != 0 && format!("{}{}", run.stdout, run.stderr).contains("ban-syntax-error"), "{run:?}");
    project.git(&["add", "-A"]);
    // Nobody commits this; it would be in the way of what is committed.
    project.write("db/migrations/000_z.sql", "CREATE TABLE u (id bigint PRIMARY KEY);\n");
    project.write(
        "db/migrations/002_b.sql",
        "CREATE TABLE IF NOT EXISTS v (id bigint PRIMARY KEY);\nCREATE TABLE u (id bigint PRIMARY KEY);\n",
    );
    project.git(&["add", "db/migrations/002_b.sql"]);
    let run = commit(project);
    assert_eq!(run.status, 0, "{run:?}");
}

#[cfg(unix)]
fn write_executable(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
    std::fs::write(path, text).expect("a file can be written");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("its own file");
}

#[test]
#[cfg(unix)]
fn git_alone() {
    let project = project();
    write_executable(&project.path(".git/hooks/pre-commit"), block("git alone"));
    guards(&project);
}

/// Runs `program` in the project.
fn run(project: &Project, program: &Path, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(project.path(""))
        .env("PATH", path_with_program())
        .env("PRE_COMMIT_HOME", project.path(".git/cache"));
    let output = command.output().unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.success(), said)
}

fn node_program(name: &str) -> PathBuf {
    variable("MIGRATION_LINT_NODE_MODULES").join(".bin").join(name)
}

#[test]
fn husky() {
    let project = project();
    let (done, said) = run(&project, &node_program("husky"), &[]);
    assert!(done, "{said}");
    project.write(".husky/pre-commit", block("husky"));
    guards(&project);
}

#[test]
fn lefthook() {
    assert!(include_str!("../../README.md").contains(block("lefthook")), "the README shows the same");
    let project = project();
    project.write("lefthook.yml", block("lefthook"));
    project.commit();
    let (done, said) = run(&project, &node_program("lefthook"), &["install"]);
    assert!(done, "{said}");
    let hook = std::fs::read_to_string(project.path(".git/hooks/pre-commit")).expect("it was made");
    assert!(hook.contains("lefthook"), "{hook}");
    let folder = node_program("lefthook");
    let path = format!("{}:{}", folder.parent().expect("it lies in a folder").display(), path_with_program());
    let commit = |project: &Project| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "x"]);
        let output = command.current_dir(project.path("")).env("PATH", &path).output().expect("git is there");
        (output.status.success(), format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
    };
    project.write("db/migrations/002_b.sql", WRONG);
    project.git(&["add", "-A"]);
    let (done, said) = commit(&project);
    assert!(!done && said.contains("ban-syntax-error"), "{said}");
    project.write("db/migrations/002_b.sql", RIGHT);
    project.git(&["add", "-A"]);
    let (done, said) = commit(&project);
    assert!(done, "{said}");
}

/// The hooks of this repository, in a repository that pre-commit can fetch; and a project that uses those called `ids`.
#[cfg(unix)]
fn with_pre_commit(ids: &[&str]) -> (Project, Project) {
    let hooks = Project::with([(".pre-commit-hooks.yaml", include_str!("../../.pre-commit-hooks.yaml"))]);
    hooks.commit();
    let revision = hooks.git_in("", &["rev-parse", "HEAD"]).stdout;
    let project = project();
    let mut config = block("pre-commit").replace("REPOSITORY", &hooks.path("").to_string_lossy()).replace("REVISION", revision.trim());
    let shown = "      - id: migration-lint\n";
    assert!(config.contains(shown), "{config}");
    let used: String = ids.iter().map(|id| shown.replace("migration-lint", id) + "        files: ^db/migrations/\n").collect();
    config = config.replace(&format!("{shown}        files: ^db/migrations/\n"), &used);
    project.write(".pre-commit-config.yaml", config);
    project.commit();
    let (done, said) = run(&project, &variable("MIGRATION_LINT_PYTHON"), &["-m", "pre_commit", "install"]);
    assert!(done, "{said}");
    (hooks, project)
}

#[test]
#[cfg(unix)]
fn pre_commit_checks_what_is_committed_and_all_files() {
    let (_hooks, project) = with_pre_commit(&["migration-lint-system"]);
    guards(&project);
    project.write("db/queries/9_x.sql", WRONG);
    project.write("db/migrations/003_c.sql", WRONG);
    project.git(&["add", "-A"]);
    project.git(&["commit", "-q", "--no-verify", "-m", "x"]);
    let (clean, said) = run(&project, &variable("MIGRATION_LINT_PYTHON"), &["-m", "pre_commit", "run", "--all-files"]);
    assert!(!clean && said.contains("003_c.sql") && !said.contains("9_x.sql"), "{said}");
    let between = ["-m", "pre_commit", "run", "--from-ref", "HEAD~1", "--to-ref", "HEAD"];
    let (clean, said) = run(&project, &variable("MIGRATION_LINT_PYTHON"), &between);
    assert!(!clean && said.contains("003_c.sql"), "{said}");
}

#[test]
#[cfg(unix)]
fn pre_commit_mends_and_lets_nobody_commit_what_was() {
    let (_hooks, project) = with_pre_commit(&["migration-lint-fix-system"]);
    project.write(
        "migration-lint.yaml",
        "database: {migrations: {directory: db/migrations}}\nmigration_lint: {rules: {require-idempotency: error}}\n",
    );
    project.write("db/migrations/002_b.sql", "CREATE TABLE u (id bigint PRIMARY KEY);\n");
    project.git(&["add", "-A"]);
    let run = commit(&project);
    assert!(run.status != 0 && run.stderr.contains("files were modified by this hook"), "{run:?}");
    let text = std::fs::read_to_string(project.path("db/migrations/002_b.sql")).expect("it is there");
    assert_eq!(text, "CREATE TABLE IF NOT EXISTS u (id bigint PRIMARY KEY);\n");
    project.git(&["add", "-A"]);
    let run = commit(&project);
    assert_eq!(run.status, 0, "{run:?}");
}

#[test]
fn the_manifest_of_the_hooks_is_one() {
    let project = Project::with([(".pre-commit-hooks.yaml", include_str!("../../.pre-commit-hooks.yaml"))]);
    let (done, said) =
        run(&project, &variable("MIGRATION_LINT_PYTHON"), &["-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]);
    assert!(done, "{said}");
    let hooks: Vec<&str> = include_str!("../../.pre-commit-hooks.yaml").split("\n- ").collect();
    for (built, of_system) in [(1, 3), (2, 4)] {
        let settings = |at: usize| -> Vec<&str> {
            hooks[at].lines().filter(|line| ["entry", "types", "require_serial"].iter().any(|key| line.contains(key))).collect()
        };
        assert_eq!(settings(built), settings(of_system));
    }
}
