//! Flags, and what they make of one set of files.

use std::io::Read;
use std::process::Stdio;

use super::rig::{Project, RIGHT, WRONG, command};

/// Two errors, a warning and a file without findings.
fn project() -> Project {
    Project::with([("m/001_a.sql", WRONG), ("m/002_b.sql", RIGHT), ("m/002_c.sql", RIGHT), ("m/004_d.sql", RIGHT)])
}

const ALL: [&str; 3] = [
    "m/001_a.sql:1:13: error[ban-syntax-error] expected a table name, found `WHERE`",
    "m/002_c.sql:1:1: error[ban-duplicate-number] `002_c` has the number 002, which `002_b` has too",
    "m/004_d.sql:1:1: warning[require-number-order] number 3 is missing before `004_d`",
];

#[test]
fn findings_go_to_standard_output_and_nothing_else_there() {
    for format in ["human", "concise", "json", "github"] {
        let run = project().run(&["m", "--format", format]).found();
        assert!(run.stdout.contains("ban-syntax-error"), "{format}");
        let run = project().run(&["m", "nowhere", "--format", format]);
        assert_eq!((run.status, run.stderr.as_str()), (2, "migration-lint: nowhere: no such file or folder\n"), "{format}");
        assert_eq!(run.stdout, project().run(&["m", "--format", format]).stdout, "{format}");
    }
    assert_eq!(project().run(&["m", "--format", "concise"]).found().lines(), ALL);
}

#[test]
fn the_summary_counts_and_says_what_to_do_next() {
    let run = project().run(&["m"]).found();
    let lines = run.lines();
    assert_eq!(
        lines[lines.len() - 2..],
        [
            "4 migration files: 2 errors, 1 warning",
            "`migration-lint explain ban-syntax-error` says what a rule checks, why, and how to mend it"
        ]
    );
    assert_eq!(project().run(&["m/002_b.sql"]).clean().lines(), ["1 migration file: no findings"]);
}

#[test]
fn quiet_leaves_the_findings_alone() {
    let loud = project().run(&["m"]).found().stdout;
    let quiet = project().run(&["m", "--quiet"]).found().stdout;
    assert_eq!(quiet, loud[..loud.find("4 migration files").expect("a summary")]);
    assert_eq!(project().run(&["m/002_b.sql", "-q"]).clean().stdout, "");
    // A warning is not said; a failure is.
    let empty = Project::with([("none/a.txt", "")]);
    empty.run(&["none"]).said(0, &["migration-lint: warning: none: no migration files (*.sql) in this folder"]);
    empty.run(&["none", "--quiet"]).clean();
    empty.run(&["nowhere", "--quiet"]).said(2, &["migration-lint: nowhere: no such file or folder"]);
}

#[test]
fn select_and_ignore_take_rules_groups_and_aliases() {
    let run = |arguments: &[&str]| {
        let arguments: Vec<&str> = ["m", "--format", "concise"].iter().chain(arguments).copied().collect();
        project()
            .run(&arguments)
            .lines()
            .iter()
            .map(|line| line[..line.find(']').expect("a rule")].rsplit('[').next().expect("a rule").to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(run(&[]), "ban-syntax-error ban-duplicate-number require-number-order");
    assert_eq!(run(&["--select", "ban-syntax-error"]), "ban-syntax-error");
    assert_eq!(run(&["--select", "ban-syntax-error,require-number-order"]), "ban-syntax-error require-number-order");
    assert_eq!(run(&["--select", "ban-syntax-error", "--select", "require-number-order"]), "ban-syntax-error require-number-order");
    assert_eq!(run(&["--select", "proof", "--ignore", "ban-opaque-statement"]), "ban-syntax-error");
    assert_eq!(run(&["--ignore", "proof"]), "ban-duplicate-number require-number-order");
    assert_eq!(run(&["--ignore", "proof,require-number-order"]), "ban-duplicate-number");
    assert_eq!(run(&["--select", "doctrine", "--ignore", "ban-duplicate-number"]).matches("ban-duplicate-number").count(), 0);
    // A rule that is off by itself runs where it is named.
    assert!(run(&["--select", "require-file-name"]).is_empty());
    let named = Project::with([("m/1_A.sql", RIGHT)]).run(&["m", "--select", "require-file-name", "--format", "concise"]);
    assert_eq!(named.places(), ["m/1_A.sql:1"]);
}

#[test]
fn a_name_that_nothing_has_is_refused() {
    for flag in ["--select", "--ignore"] {
        project()
            .run(&["m", flag, "ban-sytax-error"])
            .said(2, &["migration-lint: there is no rule or group `ban-sytax-error`; did you mean `ban-syntax-error`?"]);
        project().run(&["m", flag, "proofs"]).said(2, &["migration-lint: there is no rule or group `proofs`; did you mean `proof`?"]);
        project()
            .run(&["m", flag, "qqq"])
            .said(2, &["migration-lint: there is no rule or group `qqq`; `migration-lint rules` lists them all"]);
        project().run(&["m", flag, ""]).said(2, &["migration-lint: there is no rule or group ``; `migration-lint rules` lists them all"]);
    }
}

#[test]
fn fail_on_sets_the_severity_that_fails() {
    let status = |files: &[&str], fail_on: &[&str]| {
        let arguments: Vec<&str> = files.iter().chain(fail_on).copied().collect();
        project().run(&arguments).status
    };
    assert_eq!(status(&["m/004_d.sql"], &[]), 0);
    assert_eq!(status(&["m/004_d.sql"], &["--fail-on", "error"]), 0);
    assert_eq!(status(&["m/004_d.sql"], &["--fail-on", "warning"]), 1);
    assert_eq!(status(&["m/004_d.sql"], &["--fail-on", "info"]), 1);
    assert_eq!(status(&["m"], &[]), 1);
    assert_eq!(status(&["m"], &["--fail-on", "never"]), 0);
    assert_eq!(status(&["m", "nowhere"], &["--fail-on", "never"]), 2);
    assert_eq!(status(&["m/002_b.sql"], &["--fail-on", "info"]), 0);
    // An info by configuration.
    let info = Project::with([("m/001_a.sql", WRONG), ("migration-lint.yaml", "migration_lint: {rules: {ban-syntax-error: info}}")]);
    assert_eq!(info.run(&["m", "--fail-on", "warning"]).status, 0);
    assert_eq!(info.run(&["m", "--fail-on", "info"]).status, 1);
}

#[test]
fn the_target_decides_what_is_too_new() {
    let project = Project::with([("m/001_a.sql", "CREATE TABLE t (a int, UNIQUE NULLS NOT DISTINCT (a));\n")]);
    project.run(&["m"]).clean();
    let run = project.run(&["m", "--target-postgres", "14", "--format", "concise"]).found();
    assert!(run.stdout.contains("error[ban-syntax-error]") && run.stdout.contains("PostgreSQL 15, and the target is 14"), "{run:?}");
    project.run(&["m", "--target-postgres", "18"]).clean();
    for wrong in ["11", "19", "fifteen", "15.2", ""] {
        let run = project.run(&["m", "--target-postgres", wrong]);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains("the versions that can be checked are 12 to 18"), "{run:?}");
    }
}

#[test]
fn statistics_count_instead() {
    let run = project().run(&["m", "--statistics"]).found();
    let words: Vec<Vec<&str>> = run.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(
        words[..3],
        [["1", "error", "ban-duplicate-number"], ["1", "error", "ban-syntax-error"], ["1", "warning", "require-number-order"]]
    );
    assert_eq!(run.lines()[3..5], ["", "4 migration files: 2 errors, 1 warning"]);
    assert_eq!(project().run(&["m/002_b.sql", "--statistics"]).clean().stdout, "1 migration file: no findings\n");
    assert_eq!(project().run(&["m", "--statistics", "--quiet"]).found().lines().len(), 3);
    let json = project().run(&["m", "--statistics", "--format", "json"]);
    assert_eq!(json.stdout, project().run(&["m", "--format", "json"]).stdout);
    json.said(1, &["migration-lint: warning: `--statistics` is for people; a report for programs is written in full"]);
}

#[test]
fn output_writes_a_file() {
    let of_services = ["sarif", "gitlab", "junit", "checkstyle", "rdjson", "markdown"];
    for format in ["human", "concise", "json", "github"].into_iter().chain(of_services) {
        let project = project();
        let run = project.run(&["m", "--format", format, "--output", "report"]).found();
        assert_eq!(run.stdout, "");
        let written = std::fs::read_to_string(project.path("report")).expect("the report is there");
        assert_eq!(written, project.run(&["m", "--format", format]).found().stdout, "{format}");
    }
    let run = project().run(&["m", "--output", "no/folder/report"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.starts_with("migration-lint: no/folder/report: can't be written: "), "{run:?}");
}

#[test]
fn colours_follow_the_flag_then_the_environment() {
    let colored = |text: &str| text.contains("\x1b[");
    let run = |arguments: &[&str]| project().run(arguments).found().stdout;
    // Standard output is no terminal here.
    assert!(!colored(&run(&["m"])));
    assert!(colored(&run(&["m", "--color", "always"])));
    assert!(!colored(&run(&["m", "--color", "never"])));
    let with = |variable, arguments: &[&str]| colored(&project().run_where(variable, arguments).found().stdout);
    assert!(with(("FORCE_COLOR", "1"), &["m"]));
    assert!(!with(("FORCE_COLOR", "1"), &["m", "--color", "never"]));
    assert!(!with(("NO_COLOR", "1"), &["m"]));
    assert!(with(("NO_COLOR", "1"), &["m", "--color", "always"]));
    for format in ["concise", "json", "github"] {
        assert!(!colored(&run(&["m", "--color", "always", "--format", format])), "{format}");
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let project = project();
    for at in 10..40 {
        project.write(&format!("m/{at:03}_x.sql"), if at % 3 == 0 { WRONG } else { RIGHT });
    }
    for format in ["human", "json"] {
        let one = project.run(&["m", "--jobs", "1", "--format", format]).found().stdout;
        for jobs in ["2", "3", "16"] {
            assert_eq!(project.run(&["m", "--jobs", jobs, "--format", format]).found().stdout, one);
        }
        assert_eq!(project.run(&["m", "--format", format]).found().stdout, one);
    }
}

#[test]
fn wrong_usage_is_told_on_standard_error() {
    for arguments in [
        &["m", "--nonsense"][..],
        &["m", "--format", "xml"],
        &["m", "--fail-on", "sometimes"],
        &["m", "--jobs", "0"],
        &["m", "--jobs", "many"],
        &["m", "--color", "blue"],
        &["m", "--config", "a.yaml", "--isolated"],
        &["m", "--config"],
        &["explain"],
        &["explain", "ban-secrets", "more"],
        &["rules", "m"],
    ] {
        let run = project().run(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.starts_with("error: ") && run.stderr.contains("For more information, try '--help'."), "{run:?}");
    }
    project()
        .run(&["m", "--stdin-filename", "a.sql"])
        .said(2, &["migration-lint: `--stdin-filename` names standard input, which is read where `-` is among the paths"]);
}

#[test]
fn help_and_version_go_to_standard_output() {
    let version = Project::new().run(&["--version"]).clean();
    assert_eq!(version.stdout, concat!("migration-lint ", env!("CARGO_PKG_VERSION"), "\n"));
    let help = Project::new().run(&["--help"]).clean().stdout;
    for flag in [
        "--format",
        "--select",
        "--ignore",
        "--fail-on",
        "--config",
        "--isolated",
        "--target-postgres",
        "--stdin-filename",
        "--statistics",
        "--quiet",
        "--color",
        "--jobs",
        "--output",
        "explain",
        "rules",
        "Exit status",
    ] {
        assert!(help.contains(flag), "{flag}");
    }
    assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
}

#[test]
fn rules_are_listed_and_explained() {
    let rules = Project::new().run(&["rules"]).clean();
    for word in ["RULE", "GROUP", "ban-secrets", "require-header", "doctrine", "proof", "suppression", "warning", "always"] {
        assert!(rules.stdout.contains(word), "{word}");
    }
    let page = Project::new().run(&["explain", "ban-secrets"]).clean().stdout;
    assert!(
        page.starts_with("# ban-secrets\n\n## What it checks\n") && page.contains("\n## Examples\n") && !page.contains("\nid: "),
        "{page}"
    );
    Project::new().run(&["explain", "ban-secret"]).said(2, &["migration-lint: there is no rule `ban-secret`; did you mean `ban-secrets`?"]);
    Project::new().run(&["explain", "qqq"]).said(2, &["migration-lint: there is no rule `qqq`; `migration-lint rules` lists them all"]);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let project = Project::new();
    for at in 0..400 {
        project.write(&format!("m/{at:03}_x.sql"), WRONG.repeat(20));
    }
    let mut child =
        command(&project.path(""), &["m", "--format", "concise"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    let mut first = [0; 10];
    child.stdout.take().expect("is piped").read_exact(&mut first).expect("there are findings");
    let output = child.wait_with_output().expect("ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(1), ""));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_one() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("is there");
    let output = command(&project().path(""), &["m"]).stdout(full).stderr(Stdio::piped()).output().expect("runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("migration-lint: standard output: "));
}
