//! Comments that allow findings, from outside: what they take away, and what is counted.

use super::rig::{Project, WRONG};

fn run(text: &str, arguments: &[&str]) -> super::rig::Run {
    let arguments: Vec<&str> = ["001_a.sql"].iter().chain(arguments).copied().collect();
    Project::with([("001_a.sql", text)]).run(&arguments)
}

#[test]
fn what_is_allowed_is_counted_and_does_not_fail() {
    let text = format!("-- migration-lint: allow(ban-syntax-error): the tool fills it in\n{WRONG}");
    assert_eq!(run(&text, &[]).clean().lines(), ["1 migration file: no findings, 1 suppressed"]);
    assert_eq!(run(&text, &["--fail-on", "info"]).clean().status, 0);
    assert!(
        run(&text, &["--format", "json"])
            .clean()
            .stdout
            .contains(r#""summary":{"error":0,"warning":0,"info":0,"suppressed":1,"baselined":0}"#)
    );
    assert_eq!(run(&text, &["--format", "concise"]).clean().stdout, "");
}

#[test]
fn a_suppression_is_judged_by_the_rules_that_ran() {
    let text = "-- migration-lint: allow(ban-syntax-error): nothing is wrong\nSELECT 1;\n";
    let found = run(text, &["--format", "concise"]);
    assert_eq!(found.lines(), ["001_a.sql:1:26: warning[ban-unused-suppression] `ban-syntax-error` finds nothing here to allow"]);
    run(text, &["--ignore", "ban-syntax-error"]).clean();
    run(text, &["--ignore", "suppression"]).clean();
    run(text, &["--select", "ban-unused-suppression", "--fail-on", "info"]).clean();
}

#[test]
fn a_slip_in_one_allows_nothing() {
    let text = format!("-- migration-lint: allow(ban-sytax-error): a slip\n{WRONG}");
    let found = run(&text, &["--format", "concise"]).found();
    assert_eq!(
        found.lines(),
        [
            "001_a.sql:1:26: warning[ban-unknown-suppression] there is no rule `ban-sytax-error` to allow",
            "001_a.sql:2:13: error[ban-syntax-error] expected a table name, found `WHERE`"
        ]
    );
    assert!(run(&text, &[]).found().stdout.contains("did you mean `ban-syntax-error`?"));
}

#[test]
fn one_without_a_reason_allows_and_is_told() {
    let text = format!("-- migration-lint: allow-file(ban-syntax-error)\n{WRONG}{WRONG}");
    let found = run(&text, &["--format", "concise"]);
    assert_eq!(
        (found.status, found.lines()),
        (0, vec!["001_a.sql:1:1: warning[require-suppression-reason] this suppression does not say why"])
    );
    assert!(run(&text, &[]).stdout.contains("1 migration file: 1 warning, 2 suppressed"));
}

#[test]
fn one_holds_in_the_file_that_goes_down_too() {
    let allowed = format!("-- migration-lint: allow(ban-syntax-error): the tool fills it in\n{WRONG}");
    let project = Project::with([("m/1_a.up.sql", WRONG.to_owned()), ("m/1_a.down.sql", allowed)]);
    let run = project.run(&["m", "--format", "concise"]).found();
    assert_eq!(run.places(), ["m/1_a.up.sql:1"]);
}

/// What a fix puts above a statement stands above what is allowed in it, too.
#[test]
fn one_stays_with_its_statement_when_others_are_mended() {
    const HOUSE: &str = "barton_doctrine: {enabled: true}\nmigration_lint: {layout: house}\ndatabase: {schemas: [s]}\n";
    const COLUMNS: &str =
        "-- migration-lint: allow(require-audit-columns): written once\nCREATE TABLE IF NOT EXISTS s.t (id int PRIMARY KEY);\n";
    const NAME: &str = "-- migration-lint: allow(require-qualified-name): ours\nCREATE TRIGGER tr BEFORE UPDATE ON s.t FOR EACH ROW EXECUTE FUNCTION touch();\n";
    // In the header itself it can't stay with both.
    let within = COLUMNS.replace("CREATE", "-- Migration: 003_c\nCREATE").replace("s.t", "s.c");
    let project = Project::with([
        ("global-config.yaml", HOUSE.to_owned()),
        ("m/001_a.sql", COLUMNS.to_owned()),
        ("m/002_b.sql", format!("-- Migration: 002_b\n\n{NAME}")),
        ("m/003_c.sql", within.clone()),
    ]);
    let rules = "--select=require-transaction,require-idempotency,require-audit-columns,require-qualified-name,suppression";
    let run = project.run(&["m", rules, "--unsafe-fixes", "--format", "concise"]);
    let text = |path: &str| std::fs::read_to_string(project.path(path)).expect("it is there");
    assert_eq!(text("m/001_a.sql"), format!("-- UP MIGRATION\nBEGIN;\n\n{COLUMNS}\nCOMMIT;\n"));
    let trigger = format!("-- UP MIGRATION\nBEGIN;\n\nDROP TRIGGER IF EXISTS tr ON s.t;\n{NAME}\nCOMMIT;\n");
    assert_eq!(text("m/002_b.sql"), format!("-- Migration: 002_b\n\n{trigger}"));
    assert_eq!(text("m/003_c.sql"), within);
    assert!(!run.stdout.contains("require-audit-columns") && !run.stdout.contains("require-qualified-name"), "{run:?}");
    assert!(!run.stdout.contains("ban-unused-suppression"), "{run:?}");
}
