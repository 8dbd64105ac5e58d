//! `action.yml` and GitLab's template: their steps, run in clones such as the services make.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use super::rig::{Project, WRONG, path_with_program};

fn read(path: &str) -> Value {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("it is there");
    serde_saphyr::from_str(&text).expect("it is YAML")
}

/// A branch that adds a second wrong migration to one that was there, and a clone of its last commit alone.
fn clone(project: &Project) -> PathBuf {
    project.write("origin/m/001_a.sql", WRONG);
    for arguments in [&["init", "-q", "-b", "main"][..], &["add", "-A"], &["commit", "-q", "-m", "a"], &["checkout", "-q", "-b", "topic"]] {
        assert_eq!(project.git_in("origin", arguments).status, 0);
    }
    project.write("origin/m/002_b.sql", WRONG);
    for arguments in [&["add", "-A"][..], &["commit", "-q", "-m", "b"]] {
        assert_eq!(project.git_in("origin", arguments).status, 0);
    }
    let origin = format!("file://{}", project.path("origin").display());
    assert_eq!(project.git_in("", &["clone", "-q", "--depth", "1", "--branch", "topic", &origin, "clone"]).status, 0);
    project.path("clone")
}

/// Runs a step of a job in `folder`; installers are programs that note their arguments in `installed`.
fn step(project: &Project, folder: &Path, script: &str, variables: &[(&str, &str)]) -> Output {
    for name in ["pip", "pipx"] {
        project.write(&format!("bin/{name}"), format!("#!/bin/sh\necho {name} \"$@\" >> {}\n", project.path("installed").display()));
        assert!(Command::new("chmod").arg("+x").arg(project.path(&format!("bin/{name}"))).status().expect("chmod starts").success());
    }
    let path = format!("{}:{}", project.path("bin").display(), path_with_program());
    let mut command = Command::new("bash");
    // As GitHub runs a step.
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(folder).env("PATH", path);
    command.env_remove("GITHUB_STEP_SUMMARY").envs(variables.iter().copied()).output().expect("bash starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_action_reports_what_a_pull_request_changes() {
    let action = read("action.yml");
    let steps: Vec<&str> =
        action["runs"]["steps"].as_array().expect("there are steps").iter().filter_map(|step| step["run"].as_str()).collect();
    let [install, lint] = steps[..] else { panic!("{steps:?}") };
    let project = Project::new();
    let clone = clone(&project);
    assert!(step(&project, &clone, install, &[("VERSION", "")]).status.success());
    assert!(step(&project, &clone, install, &[("VERSION", "1.2.3")]).status.success());
    let installed = fs::read_to_string(project.path("installed")).expect("it was written");
    assert_eq!(installed, "pipx install postgresql-migration-lint\npipx install postgresql-migration-lint==1.2.3\n");
    let run = |since: &str, base: &str, arguments: &str| {
        let variables = [("PATHS", "m"), ("SINCE", since), ("BASE", base), ("ARGUMENTS", arguments)];
        step(&project, &clone, lint, &variables)
    };
    // Outside of a pull request everything is reported, though git knows one commit alone.
    let all = text(&run("", "", "").stdout);
    assert!(all.contains("file=m/001_a.sql") && all.contains("file=m/002_b.sql"), "{all}");
    let changed = run("", "main", "--select ban-syntax-error");
    assert_eq!(changed.status.code(), Some(1), "{changed:?}");
    let changed = text(&changed.stdout);
    assert!(!changed.contains("file=m/001_a.sql") && changed.contains("file=m/002_b.sql"), "{changed}");
    assert_eq!(run("HEAD", "main", "").status.code(), Some(0));
    // Lists of several lines, as YAML's `|` gives them.
    let variables = [
        ("PATHS", "m/001_a.sql\nm/002_b.sql\n"),
        ("ARGUMENTS", "--select\nban-syntax-error --fail-on\nnever\n"),
        ("SINCE", ""),
        ("BASE", ""),
    ];
    let lines = step(&project, &clone, lint, &variables);
    assert_eq!(lines.status.code(), Some(0), "{lines:?}");
    let lines = text(&lines.stdout);
    assert!(lines.contains("file=m/001_a.sql") && lines.contains("file=m/002_b.sql"), "{lines}");
    assert_eq!(run("", "main", "--fail-on never").status.code(), Some(0));
}

#[test]
fn every_input_of_the_action_is_used() {
    let action = read("action.yml");
    let steps = action["runs"]["steps"].to_string();
    for input in action["inputs"].as_object().expect("there are inputs").keys() {
        assert!(steps.contains(&format!("${{{{ inputs.{input} }}}}")), "{input}");
    }
}

#[test]
fn the_template_for_gitlab_writes_a_report_of_what_changes() {
    let job = &read("packaging/gitlab/migration-lint.yml")["migration-lint"];
    let lines: Vec<&str> = job["script"].as_array().expect("there is a script").iter().filter_map(Value::as_str).collect();
    let report = job["artifacts"]["reports"]["codequality"].as_str().expect("there is a report");
    let project = Project::new();
    let clone = clone(&project);
    // The template asks for the whole past.
    assert_eq!(job["variables"]["GIT_DEPTH"].as_str(), Some("0"));
    assert_eq!(project.git_in("clone", &["fetch", "-q", "--unshallow"]).status, 0);
    let paths = |variables: &[(&str, &str)]| -> Vec<String> {
        let run = step(&project, &clone, &lines.join("\n"), variables);
        assert_eq!(run.status.code(), Some(1), "{run:?}");
        let found: Value = serde_json::from_str(&fs::read_to_string(clone.join(report)).expect("it was written")).expect("it is JSON");
        let found = found.as_array().expect("it is a list").iter();
        found.map(|one| one["location"]["path"].as_str().expect("it has a path").to_owned()).collect()
    };
    assert_eq!(paths(&[("MIGRATION_LINT_PATHS", "m"), ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "HEAD~1")]), ["m/002_b.sql"]);
    assert!(paths(&[("MIGRATION_LINT_PATHS", "m")]).contains(&"m/001_a.sql".to_owned()));
}
