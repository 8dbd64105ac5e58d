//! What the README says of commands, tried.

use std::fs;
use std::path::Path;

use super::rig::{Project, command, path_with_program};

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(repository().join("README.md")).expect("is there")
}

/// Runs the program in the repository: standard output, where nothing went wrong.
fn here(arguments: &[&str]) -> (Option<i32>, String) {
    let output = command(repository(), arguments).output().expect("the program starts");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn the_house_of_this_repository_is_clean() {
    let said = "11 migration files: no findings";
    assert!(readme().contains(&format!("`{said}`")));
    assert_eq!(here(&["ctb/data/migrations"]), (Some(0), format!("{said}\n")));
    assert_eq!(here(&[]), (Some(0), format!("{said}\n")));
    assert_eq!(here(&["--fail-on", "info"]), (Some(0), format!("{said}\n")));
}

#[test]
fn every_command_that_it_shows_works() {
    let readme = readme();
    let [before, _, after] = parts(&readme);
    let lines = before.lines().chain(after.lines()).map(str::trim).filter_map(|line| line.strip_prefix("migration-lint "));
    let commands: Vec<&str> = lines.filter_map(|line| line.split('#').next()).map(str::trim).collect();
    assert!(commands.len() >= 3, "{commands:?}");
    for line in commands {
        let arguments: Vec<&str> =
            line.split_whitespace().map(|word| if word == "path/to/migrations" { "ctb/data/migrations" } else { word }).collect();
        let (status, stdout) = here(&arguments);
        assert_eq!(status, Some(0), "{line}");
        assert!(!stdout.is_empty(), "{line}");
    }
}

/// The README before, in and after its section about adoption.
fn parts(readme: &str) -> [&str; 3] {
    let (before, rest) = readme.split_once("\n## Adoption\n").expect("there is a section about adoption");
    let (own, after) = rest.split_once("\n## ").expect("there is a section after it");
    [before, own, after]
}

/// In a project that has a past; each command is there for what the ones before it have left.
#[test]
#[cfg(unix)]
fn a_house_with_a_past_adopts_as_it_says() {
    let readme = readme();
    let project = Project::with([
        (
            "global-config.yaml",
            "barton_doctrine: {enabled: true}\ndatabase: {migrations: {directory: db, naming_convention: NNN_description.sql}}\n",
        ),
        ("db/001_a.sql", "CREATE TABLE a (id int);\n"),
        ("db/2025-11-06-b.sql", "CREATE TABLE b (a_id int REFERENCES a);\n"),
    ]);
    project.commit();
    let [_, adoption, _] = parts(&readme);
    let commands: Vec<&str> = adoption.lines().filter(|line| *line == "migration-lint" || line.starts_with("migration-lint ")).collect();
    assert!(commands.len() >= 6, "{commands:?}");
    for line in commands {
        let output =
            std::process::Command::new("sh").args(["-c", line]).current_dir(project.path("")).env("PATH", path_with_program()).output();
        let output = output.expect("there is a shell");
        assert!(output.status.success() && !output.stdout.is_empty(), "{line}: {output:?}");
    }
    assert!(project.path(".git/hooks/pre-commit").exists() && project.path("db/002_create_company_scores.sql").exists());
}

#[test]
fn the_finding_that_it_shows_is_given() {
    let readme = readme();
    let shown = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a finding is shown");
    let file = "-- 1\n-- 2\n-- 3\n-- 4\n-- 5\nCREATE TABLE IF NOT EXISTS marketing.slot (\n  id BIGINT PRIMARY KEY,\n  seat TEXT NOT NULL,\n  UNIQUE (seat) WHERE active\n);\n";
    let run = Project::with([("ctb/data/migrations/012_add_slots.sql", file)]).run(&["ctb", "--isolated", "--quiet"]).found();
    assert_eq!(run.stdout.trim(), shown.trim());
}

#[test]
fn the_configuration_that_it_shows_is_sound() {
    let readme = readme();
    let yaml = readme.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a configuration is shown");
    Project::with([("global-config.yaml", yaml), ("db/001_a.sql", "SELECT 1;\n")]).run(&["db", "--fail-on", "never", "--quiet"]).clean();
}

#[test]
fn the_suppression_that_it_shows_is_well_written() {
    let readme = readme();
    let sql = readme.split("```sql\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a suppression is shown");
    let run = Project::with([("db/001_a.sql", sql)]).run(&[
        "db",
        "--select",
        "ban-unknown-suppression,require-suppression-reason",
        "--fail-on",
        "info",
    ]);
    run.clean();
}
