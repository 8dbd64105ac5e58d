//! `StatementBegin` and `StatementEnd`: goose and sql-migrate get each statement as it is, whatever `--fix` writes.

use std::fs;

use super::rig::Project;

const HOUSE: &str = "database: {schemas: [public]}\nmigration_lint: {doctrine: true}\n";

fn text(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path(path)).expect("it is there")
}

/// The statements that the tool runs of a section, as its splitter cuts them (`endsWithSemicolon` of both): a line that ends with a semicolon ends
/// one, but not between the two lines, a pair of which never stands within another.
fn statements(tool: &str, section: &str) -> Vec<String> {
    let (begin, end) = (format!("-- +{tool} StatementBegin"), format!("-- +{tool} StatementEnd"));
    let (mut found, mut statement, mut is_within) = (Vec::new(), String::new(), false);
    for line in section.lines() {
        let ends = line.split_whitespace().take_while(|word| !word.starts_with("--")).last().is_some_and(|word| word.ends_with(';'));
        if line == begin {
            assert!(!is_within, "{section}");
            is_within = true;
        } else if line != end && (!statement.is_empty() || !line.trim().is_empty() && !line.starts_with("--")) {
            statement.push_str(line);
            statement.push('\n');
        }
        if (line == end) || (ends && !is_within) {
            assert!(line != end || is_within, "{section}");
            is_within = false;
            found.push(std::mem::take(&mut statement));
        }
    }
    assert!(statement.trim().is_empty() && !is_within, "{section}");
    found
}

/// Both tools.
const TOOLS: [&str; 2] = ["goose", "migrate"];

#[test]
fn a_guard_stands_between_the_two_lines() {
    for tool in TOOLS {
        let up = "-- what it is\nCREATE TYPE public.a AS ENUM (\n  'x'\n);\n  CREATE TYPE public.b AS ENUM ('x'); -- b\n";
        let bracketed = format!("-- +{tool} StatementBegin\nCREATE TYPE public.c AS ENUM ('x');\n-- +{tool} StatementEnd\n");
        // What is not alone on its lines can't have lines around it.
        let beside = "SELECT 1; CREATE TYPE public.d AS ENUM ('x');\n";
        let project = Project::with([("m/001_a.sql", format!("-- +{tool} Up\n{up}{bracketed}{beside}"))]);
        project.run(&["m", "--select=require-idempotency", "--fix", "--quiet"]);
        let mended = text(&project, "m/001_a.sql");
        let statements = statements(tool, mended.strip_prefix(&format!("-- +{tool} Up\n")).expect("it begins so"));
        assert_eq!(statements.len(), 4, "{mended}");
        assert!(
            statements[..3].iter().all(|one| one.contains("DO $$") && one.ends_with("$$;\n") || one.ends_with("$$; -- b\n")),
            "{mended}"
        );
        assert!(mended.contains(&format!("-- +{tool} StatementBegin\n-- what it is\nDO $$\n")) && mended.ends_with(beside), "{mended}");
    }
}

#[test]
fn a_function_that_a_fix_brings_stands_between_the_two_lines() {
    for tool in TOOLS {
        let up = "CREATE TYPE public.k AS ENUM ('x');\nCREATE TABLE public.a (id int PRIMARY KEY, updated_at timestamptz);\n";
        let project = Project::with([("global-config.yaml", HOUSE.to_owned()), ("m/001_a.sql", format!("-- +{tool} Up\n{up}"))]);
        project.run(&["m", "--select=require-updated-at-trigger,require-idempotency", "--unsafe-fixes", "--quiet"]);
        let mended = text(&project, "m/001_a.sql");
        let statements = statements(tool, &mended);
        assert_eq!(statements.len(), 5, "{mended}");
        assert!(statements[0].starts_with("DO $$") && statements[1].starts_with("CREATE OR REPLACE FUNCTION"), "{mended}");
    }
}

#[test]
fn a_down_migration_between_the_two_lines_gets_no_others_within() {
    let function = |tool: &str, body: u32| {
        format!(
            "-- +{tool} StatementBegin\nCREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  RETURN {body};\nEND\n$$;\n-- +{tool} StatementEnd\n"
        )
    };
    // What lacks something, what has something wrong, and what ends with COMMIT.
    for (down, count) in [("DROP TABLE b;\n", 2), ("DROP TABLE b;\nDROP FUNCTION f();\n", 2), ("BEGIN;\nDROP TABLE b;\nCOMMIT;\n", 1)] {
        for tool in TOOLS {
            let first = format!("-- +{tool} Up\n{}-- +{tool} Down\nDROP FUNCTION f();\n", function(tool, 1));
            let down = format!("-- +{tool} StatementBegin\n{down}-- +{tool} StatementEnd\n");
            let second = format!("-- +{tool} Up\nCREATE TABLE b (id int);\n{}-- +{tool} Down\n{down}", function(tool, 2));
            let project = Project::with([("m/001_a.sql", first), ("m/002_b.sql", second)]);
            project.run(&["m", "--select=require-revert", "--unsafe-fixes", "--quiet"]);
            let mended = text(&project, "m/002_b.sql");
            let (_, section) = mended.split_once("Down\n").expect("it is there");
            assert_eq!(statements(tool, section).len(), count, "{mended}");
            let replayed = project.run(&["replay", "--history", "complete", "m"]);
            assert!(replayed.stdout.contains("reverts: 2 proved"), "{mended}{replayed:?}");
        }
    }
}

/// Both tools end a statement at the first line that ends with a semicolon, whatever it stands in.
#[test]
fn a_statement_that_the_tool_would_tear_is_found_and_gets_the_two_lines() {
    const BODY: &str = "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  RETURN 1;\nEND\n$$;\n";
    for tool in TOOLS {
        let down = "DO $$\nBEGIN\n  DROP FUNCTION f();\nEND\n$$;\n";
        let text_of = |up: &str, down: &str| format!("-- +{tool} Up\n-- f\n{up}SELECT 1;\n\n-- +{tool} Down\n{down}");
        let project = Project::with([("m/001_a.sql", text_of(BODY, down))]);
        let run = project.run(&["m", "--select=ban-syntax-error", "--format", "concise"]);
        assert_eq!(run.places(), ["m/001_a.sql:5", "m/001_a.sql:13"]);
        project.run(&["m", "--select=ban-syntax-error", "--fix", "--quiet"]).clean();
        let around = |sql: &str| format!("-- +{tool} StatementBegin\n{sql}-- +{tool} StatementEnd\n");
        let mended = format!("-- +{tool} Up\n{}SELECT 1;\n\n-- +{tool} Down\n{}", around(&format!("-- f\n{BODY}")), around(down));
        assert_eq!(text(&project, "m/001_a.sql"), mended);
    }
}

/// What the tool does not run is one finding, at the line that it stumbles over, and mended where only one thing can be meant.
#[test]
fn a_file_that_the_tool_does_not_run_is_found_and_mended() {
    let mended = |tool: &str, up: &str| {
        let project = Project::with([("m/001_a.sql", format!("-- +{tool} Up\n{}", up.replace("+tool", &format!("+{tool}"))))]);
        let found = project.run(&["m", "--select=ban-syntax-error,ban-failing-statement,require-revert", "--format", "concise"]);
        assert_eq!(found.places().len(), 1, "{found:?}");
        assert!(found.stdout.contains("does not run this file"), "{found:?}");
        project.run(&["m", "--select=ban-syntax-error", "--fix", "--quiet"]).clean();
        text(&project, "m/001_a.sql").replace(&format!("+{tool}"), "+tool")
    };
    let (begin, end) = ("-- +tool StatementBegin\n", "-- +tool StatementEnd\n");
    for tool in TOOLS {
        assert_eq!(mended(tool, "SELECT 1 -- one\n-- more\n"), "-- +tool Up\nSELECT 1; -- one\n-- more\n");
        let down = format!("{begin}SELECT 1\n");
        assert_eq!(
            mended(tool, &format!("SELECT 2;\n-- +tool Down\n{down}")),
            format!("-- +tool Up\nSELECT 2;\n-- +tool Down\n{down}{end}")
        );
    }
    assert_eq!(mended("goose", &format!("-- one\nSELECT 1\n{end}")), format!("-- +tool Up\n{begin}-- one\nSELECT 1\n{end}"));
    assert_eq!(mended("goose", "SELECT 1;\n  -- +tool Down\nSELECT 2;\n"), "-- +tool Up\nSELECT 1;\n-- +tool Down\nSELECT 2;\n");
}

#[test]
fn a_comment_that_the_tool_would_tear_loses_its_semicolon() {
    for tool in TOOLS {
        let project = Project::with([("m/001_a.sql", format!("-- +{tool} Up\n/* one;\ntwo; */\nSELECT 1;\n"))]);
        let replayed = project.run(&["replay", "m"]);
        assert!(replayed.stdout.contains("applies: 1 refuted"), "{replayed:?}");
        assert_eq!(project.run(&["m", "--format", "concise"]).places(), ["m/001_a.sql:2"]);
        project.run(&["m", "--select=ban-syntax-error", "--fix", "--quiet"]).clean();
        assert_eq!(text(&project, "m/001_a.sql"), format!("-- +{tool} Up\n/* one\ntwo; */\nSELECT 1;\n"));
    }
}

/// Several statements in one message are one transaction (PostgreSQL 15, 55.2.2.1).
#[test]
fn statements_that_are_sent_together_are_one_transaction() {
    let index = "CREATE INDEX CONCURRENTLY i ON t (a);";
    for (tool, head) in [("goose", "-- +goose NO TRANSACTION\n-- +goose Up\n"), ("migrate", "-- +migrate Up notransaction\n")] {
        let around = |sql: &str| format!("-- +{tool} StatementBegin\n{sql}-- +{tool} StatementEnd\n");
        let (beside, within) = (format!("{index} SELECT 1;\n"), around(&format!("{index}\nSELECT 1;\n")));
        let glued = format!("{index}/* one */\nSELECT 1;\n");
        let alone = [format!("{index}\nSELECT 1;\n"), format!("{index} -- one\nSELECT 1; SELECT 2;\n"), around(&format!("{index}\n"))];
        for (rest, fails) in [beside, within, glued].map(|rest| (rest, true)).into_iter().chain(alone.map(|rest| (rest, false))) {
            let project = Project::with([("m/001_a.sql", format!("{head}CREATE TABLE t (id int PRIMARY KEY, a int);\n{rest}"))]);
            let found = project.run(&["m", "--format", "concise"]);
            assert_eq!(found.stdout.contains("[ban-concurrent-in-transaction]"), fails, "{rest}{found:?}");
            assert!(!found.stdout.contains("[ban-failing-statement]"), "{found:?}");
            let replayed = project.run(&["replay", "m"]);
            assert_eq!(replayed.stdout.contains("refuted: 25001"), fails, "{rest}{replayed:?}");
        }
    }
}
