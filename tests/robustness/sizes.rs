//! Large and deep input, made at run time, through the program itself: it ends, says what is wrong, and lints what stands beside it.
//!
//! No clock is asked, since nobody knows how busy the machine is. But the sizes are such that work which grows faster than its input would not
//! come to its end.

use super::rig::{Project, Run, WRONG};

/// As large as the largest file that should ever be linted.
const LARGEST: usize = 100 << 20;
/// For every other form of a large file: a debug build reads some 3 MB a second of statements.
const LARGE: usize = if cfg!(debug_assertions) { 4 << 20 } else { LARGEST };
const MANY: usize = 100_000;

/// Lints `text`, and beside it a file with one finding.
#[track_caller]
fn lint(text: &str) -> Run {
    let project = Project::with([("m/002_b.sql", WRONG)]);
    project.write("m/001_a.sql", text);
    let run = project.run(&["m", "--format", "concise"]);
    assert!(run.stdout.lines().last().is_some_and(|line| line.starts_with("m/002_b.sql:1:13: error")), "status {}", run.status);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    run
}

/// The findings in the file with the large text.
#[track_caller]
fn findings(text: &str) -> Vec<String> {
    let run = lint(text);
    run.stdout.lines().filter_map(|line| line.strip_prefix("m/001_a.sql:")).map(str::to_owned).collect()
}

#[track_caller]
fn is_clean(text: &str) {
    assert_eq!(findings(text), [""; 0]);
}

/// One finding of `ban-syntax-error`, that says `part`.
#[track_caller]
fn is_refused(text: &str, part: &str) {
    let found = findings(text);
    assert!(
        found.len() == 1 && found[0].contains("error[ban-syntax-error]") && found[0].contains(part),
        "{} findings: {:?}",
        found.len(),
        found.first()
    );
}

#[test]
fn a_hundred_megabytes_of_ordinary_statements() {
    let statement =
        "CREATE TABLE IF NOT EXISTS app.t (id bigint PRIMARY KEY, name text NOT NULL DEFAULT 'größe', UNIQUE (name));\n\n-- A comment\n";
    let count = LARGEST / statement.len();
    let text = format!("{}{WRONG}", statement.repeat(count));
    assert!(text.len() > LARGEST - statement.len());
    // The finding at its end shows that all of it was read.
    let found = findings(&text);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with(&format!("{}:13: error[ban-syntax-error]", 3 * count + 1)), "{found:?}");
}

#[test]
fn a_large_statement() {
    let row = "(1, 'a value', now(), NULL), ";
    is_clean(&format!("INSERT INTO t (a, b, c, d) VALUES {}(1, 'x', now(), NULL);", row.repeat(LARGE / 2 / row.len())));
}

#[test]
fn a_large_token() {
    is_clean(&format!("SELECT '{}';", "x".repeat(LARGE)));
    is_clean(&format!("/* {} */ SELECT 1;", "* / ".repeat(LARGE / 4)));
    is_clean(&format!("-- {}\nSELECT 1;", "x ".repeat(LARGE / 2)));
    let long = findings(&format!("SELECT 1 AS {};", "x".repeat(LARGE)));
    assert_eq!(long.len(), 1);
    assert!(long[0].starts_with(&format!("1:13: warning[ban-identifier-too-long] this name has {LARGE} bytes")), "{long:?}");
    is_refused(&format!("SELECT '{}", "x\n".repeat(LARGE / 2)), "this quoted string is never closed");
}

#[test]
fn rows_of_copy() {
    is_clean(&format!("COPY t (a, b) FROM stdin;\n{}\\.\nSELECT 1;\n", "1\ta value; DROP TABLE\n".repeat(LARGE / 24)));
}

#[test]
fn a_line_as_long_as_the_file_is_shown_in_part() {
    let project = Project::new();
    project.write("001_a.sql", format!("SELECT '{}'; SELECT FROM WHERE; SELECT '{}';", "x".repeat(LARGE), "y".repeat(LARGE)));
    let run = project.run(&["001_a.sql"]).found();
    assert!(run.stdout.len() < 2_000 && run.stdout.contains("SELECT FROM WHERE"), "{} bytes", run.stdout.len());
}

#[test]
fn many_statements() {
    is_clean(&"SELECT 1;\n".repeat(MANY));
    is_clean(&";".repeat(MANY));
    is_clean(&"\\echo x\n".repeat(MANY));
    is_clean(&"BEGIN;\nCOMMIT;\n".repeat(MANY / 2));
    is_clean(&"DO $$ BEGIN PERFORM 1; END $$;\n".repeat(MANY / 4));
}

#[test]
fn many_findings() {
    assert_eq!(findings(&WRONG.repeat(MANY / 4)).len(), MANY / 4);
    // All on one line.
    assert_eq!(findings(&WRONG.trim().repeat(MANY / 4)).len(), MANY / 4);
    let project = Project::new();
    project.write("001_a.sql", WRONG.repeat(MANY / 20));
    for format in ["human", "json", "github", "sarif", "gitlab", "junit", "checkstyle", "rdjson"] {
        assert!(project.run(&["001_a.sql", "--quiet", "--format", format]).found().stdout.len() > MANY, "{format}");
    }
}

#[test]
fn many_suppressions_and_comments() {
    let text = format!("-- migration-lint: allow(ban-syntax-error): the tool fills it in\n{WRONG}").repeat(MANY / 20);
    is_clean(&text);
    is_clean(&"-- DOWN MIGRATION\n-- ROLLBACK\n-- Migration: x\n-- a\n".repeat(MANY / 4));
    is_clean(&format!("SELECT 1;\n-- ROLLBACK\n{}", "-- DROP TABLE IF EXISTS t;\n-- and then\n".repeat(MANY / 8)));
    is_clean(&format!("SELECT 1;\n-- DOWN MIGRATION\n{}", "-- SELECT (\n--   1\n-- );\n".repeat(MANY / 16)));
    is_clean(&"/* */".repeat(MANY));
}

#[test]
fn many_placeholders() {
    is_clean(&format!("SELECT {};", "${a}${b}{{ c }}".repeat(MANY / 4)));
    is_clean(&format!("SELECT {}1;", ":a, ${b}, {{ c }}, ".repeat(MANY / 4)));
    is_clean(&"ALTER TABLE ${schema}.t ADD {{ column }} :type;\n".repeat(MANY / 10));
    findings(&format!("SELECT {};", "${".repeat(MANY)));
    findings(&format!("SELECT {};", "{{".repeat(MANY)));
    findings(&"{{ ".repeat(MANY));
}

#[test]
fn deep_parentheses() {
    let (open, close) = ("(".repeat(MANY), ")".repeat(MANY));
    is_refused(&format!("SELECT {open}1{close};"), "");
    is_refused(&format!("SELECT {open}1;"), "");
    is_refused(&format!("{open}SELECT 1{close};"), "");
    is_refused(&format!("CREATE TABLE t (a int CHECK {open}a > 0{close});"), "");
    is_refused(&format!("SELECT 1{close};"), "");
    is_refused(&format!("SELECT {}1{};", "a[".repeat(MANY), "]".repeat(MANY)), "");
    is_refused(&format!("SELECT {}1{};", "f(".repeat(MANY), ")".repeat(MANY)), "");
    is_refused(&format!("SELECT {}1{};", "(SELECT ".repeat(MANY), ")".repeat(MANY)), "");
    is_refused(&format!("SELECT * FROM {}t{};", "(".repeat(MANY), ")".repeat(MANY)), "");
}

#[test]
fn other_depths() {
    is_clean(&format!("{}{} SELECT 1;", "/*".repeat(MANY), "*/".repeat(MANY)));
    is_refused(&format!("SELECT {}1{};", "CASE WHEN true THEN ".repeat(MANY / 4), " END".repeat(MANY / 4)), "");
    is_refused(&format!("SELECT {}true;", "NOT ".repeat(MANY)), "");
    is_refused(&format!("SELECT {}1;", "- ".repeat(MANY)), "");
    is_refused(&format!("WITH {}", "a AS (WITH ".repeat(MANY / 4)), "");
    is_refused(&format!("CREATE SCHEMA s {};", "CREATE TABLE t (".repeat(MANY / 4)), "");
    is_refused(&format!("EXPLAIN {}SELECT 1;", "EXPLAIN ".repeat(MANY)), "");
    is_refused(&format!("PREPARE p AS {}SELECT 1;", "PREPARE p AS ".repeat(MANY / 4)), "");
    let blocks = |head: &str, tail: &str| format!("DO $$ BEGIN {}NULL;{} END $$;", head.repeat(MANY / 10), tail.repeat(MANY / 10));
    is_refused(&blocks("BEGIN ", " END;"), "");
    is_refused(&blocks("IF true THEN ", " END IF;"), "");
    is_refused(&blocks("LOOP ", " END LOOP;"), "");
}

#[test]
fn long_chains() {
    for link in [" + 1", " AND true", " || 'x'", "::int", " UNION SELECT 1", ", 1", " IS NULL", " COLLATE \"C\"", " AT TIME ZONE 'UTC'"] {
        findings(&format!("SELECT 1{};", link.repeat(MANY / 4)));
    }
    findings(&format!("SELECT * FROM t{};", " JOIN t ON true".repeat(MANY / 10)));
    findings(&format!("SELECT a{} FROM t;", ".a".repeat(MANY)));
    findings(&format!("SELECT 1::int{};", "[]".repeat(MANY)));
    findings(&format!("ALTER TABLE t {};", vec!["ADD a int"; MANY / 10].join(", ")));
    findings(&format!("CREATE TABLE t ({});", vec!["a int NOT NULL DEFAULT 1"; MANY / 10].join(", ")));
    findings(&format!("GRANT SELECT ON {} TO r;", vec!["t"; MANY].join(", ")));
    findings(&format!("SELECT '{}';", "''".repeat(MANY)));
    findings(&format!("SELECT {};", "'a'\n".repeat(MANY / 4)));
    findings(&"$$".repeat(MANY));
    findings(&"$a$ $b$ ".repeat(MANY / 4));
    findings(&"CREATE FUNCTION f() BEGIN ATOMIC ".repeat(MANY / 10));
    findings(&"é".repeat(MANY));
    findings(&"\u{feff}".repeat(MANY));
}

#[test]
fn many_files() {
    let project = Project::new();
    for at in 0..2_000 {
        let text = if at % 100 == 0 { WRONG.to_owned() } else { format!("CREATE TABLE t{at} (id int PRIMARY KEY);\n") };
        project.write(&format!("m/{at:05}_x.sql"), &text);
    }
    let run = project.run(&["m", "--format", "concise"]).found();
    assert_eq!(run.lines().len(), 20);
    // One file of them, as an editor asks.
    assert_eq!(project.run(&["m/00100_x.sql", "--format", "concise"]).found().places(), ["m/00100_x.sql:1"]);
}
