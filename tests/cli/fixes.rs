//! `--fix`, `--diff` and what keeps a file as it is.

use std::fs;

use super::rig::Project;

const BARE: &str = "CREATE TABLE a.t (id int);\r\nCREATE INDEX i ON a.t (id);\r\n";
const MENDED: &str = "CREATE TABLE IF NOT EXISTS a.t (id int);\r\nCREATE INDEX IF NOT EXISTS i ON a.t (id);\r\n";
/// What stands in a string of code is left to people.
const COMPUTED: &str = "DO $$ BEGIN EXECUTE 'CREATE TYPE a.k AS ENUM ()'; END $$;\r\n";
const RULE: &str = "--select=require-idempotency";
const LEFT: &str = "migration-lint: warning: what is found in files that stay as they are is not reported: run again without `--fix`";

fn text(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path(path)).expect("it is there")
}

#[test]
fn what_is_mechanical_is_mended_and_the_rest_reported() {
    let project = Project::with([("m/001_a.sql", format!("{BARE}{COMPUTED}"))]);
    let run = project.run(&["m", RULE, "--fix", "--format", "concise"]);
    assert_eq!(run.places(), ["m/001_a.sql:3"]);
    run.said(1, &["migration-lint: mended 2 findings in 1 file: require-idempotency 2"]);
    assert_eq!(text(&project, "m/001_a.sql"), format!("{MENDED}{COMPUTED}"));
    project.run(&["m", RULE, "--fix", "--format", "concise"]).said(1, &[]);
}

#[test]
fn a_patch_shows_the_same_and_writes_nothing() {
    let project = Project::with([("m/001_a.sql", BARE), ("m/002_b.sql", "SELECT 1;\n")]);
    let run = project.run(&["m", RULE, "--diff"]).said(1, &[]);
    assert!(run.stdout.starts_with("--- a/m/001_a.sql\n+++ b/m/001_a.sql\n@@ -1,2 +1,2 @@\n-CREATE TABLE a.t"), "{}", run.stdout);
    assert_eq!(text(&project, "m/001_a.sql"), BARE);
    project.run(&["m/002_b.sql", RULE, "--diff"]).said(0, &[]);
}

/// No tool takes a patch of what lies above the folder that it runs in.
#[test]
fn a_patch_from_a_folder_within_counts_its_paths_from_above() {
    let project = Project::with([("global-config.yaml", HOUSE), ("db/m/001_a.sql", BARE), ("db/m/deeper/a.txt", "")]);
    project.commit();
    let within = project.run_in("db", &["m", RULE, "--diff"]);
    assert!(within.stdout.contains("+++ b/m/001_a.sql\n") && !within.stderr.contains("count from"), "{within:?}");
    let above = project.run_in("db/m/deeper", &["..", RULE, "--diff"]);
    let above =
        above.said(1, &["migration-lint: warning: the paths of the patch count from `..`: apply it there, as with `git -C .. apply`"]);
    assert!(above.stdout.contains("+++ b/001_a.sql\n"), "{above:?}");
    project.write("a.patch", &above.stdout);
    project.git(&["-C", "db/m", "apply", "../../a.patch"]);
    assert_eq!(text(&project, "db/m/001_a.sql"), MENDED);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let project = Project::with([("m/002_b.sql", "SELECT 1;\n")]);
    let run = project.run_with(&["-", "--stdin-filename", "m/001_a.sql", RULE, "--fix", "--quiet"], BARE);
    assert_eq!((run.status, run.stdout.as_str()), (0, MENDED));
    let run = project.run_with(&["-", RULE, "--fix"], "SELECT 1;\n");
    assert_eq!((run.status, run.stdout.as_str()), (0, "SELECT 1;\n"));
}

#[test]
fn with_standard_input_nothing_is_written() {
    let project = Project::with([("global-config.yaml", HOUSE), ("m/001_a.sql", "SELECT 1;\n"), ("m/README.md", "# Ours\n")]);
    let all = ["--stdin-filename", "m/002_b.sql", "--unsafe-fixes", "--date", "2026-01-31", "--quiet", "-"];
    let run = project.run_with(&all, "CREATE TABLE public.b (id int);\n");
    assert!(run.stdout.contains("-- Migration: 002_b") && run.stdout.contains("CREATE TABLE IF NOT EXISTS"), "{run:?}");
    assert_eq!((text(&project, "m/README.md"), text(&project, "m/001_a.sql")), ("# Ours\n".to_owned(), "SELECT 1;\n".to_owned()));
    assert!(!project.path("m/002_b.sql").exists());
}

/// What is written into a down migration stays within the comment that it stands in.
#[test]
fn what_down_has_to_drop_then_stays_commented_out() {
    const UP: &str = "CREATE TABLE IF NOT EXISTS public.t (id int PRIMARY KEY, updated_at timestamptz);\n\n-- DOWN MIGRATION\n";
    const DROPS: [&str; 3] =
        ["-- DROP TABLE IF EXISTS public.t;", "/*\nDROP TABLE IF EXISTS public.t; */", "/* DROP TABLE IF EXISTS public.t; */"];
    let [line, block, inline] = DROPS.map(|down| {
        let project = Project::with([
            ("global-config.yaml", format!("{HOUSE}database: {{schemas: [public]}}\n")),
            ("m/001_a.sql", format!("{UP}{down}\n")),
        ]);
        project.run(&["m", "--unsafe-fixes", "--fix-only", "require-updated-at-trigger", "--quiet"]);
        text(&project, "m/001_a.sql")
    });
    assert!(
        line.ends_with("\n-- DROP TABLE IF EXISTS public.t;\n-- DROP FUNCTION IF EXISTS public.update_updated_at_column();\n"),
        "{line}"
    );
    assert!(
        block.ends_with("\nDROP TABLE IF EXISTS public.t;\nDROP FUNCTION IF EXISTS public.update_updated_at_column(); */\n"),
        "{block}"
    );
    assert!(!inline.contains("FUNCTION"), "{inline}");
}

#[test]
fn a_heading_alone_gets_the_down_migration() {
    let project = Project::with([
        ("global-config.yaml", HOUSE),
        ("m/001_a.sql", "CREATE TABLE IF NOT EXISTS a.t (id int);\n-- DOWN MIGRATION\n-- DROP TABLE IF EXISTS a.t;\n"),
        ("m/002_b.sql", "ALTER TABLE a.t ALTER COLUMN id SET NOT NULL;\n\n-- DOWN MIGRATION (for rollback reference)\n"),
    ]);
    project.run(&["m", "--select=require-down-migration,require-revert", "--unsafe-fixes", "--quiet"]);
    let mended = text(&project, "m/002_b.sql");
    assert!(
        mended.ends_with("-- DOWN MIGRATION (for rollback reference)\n-- ALTER TABLE a.t ALTER COLUMN id DROP NOT NULL;\n"),
        "{mended}"
    );
}

/// A down migration in a block comment gets what it lacks in the same comment, and stays one that leads back.
#[test]
fn what_a_block_comment_lacks_is_written_into_it() {
    const UP: &str = "CREATE TABLE IF NOT EXISTS public.t (id int);\nCREATE OR REPLACE FUNCTION public.f() RETURNS int LANGUAGE sql AS $$\n  SELECT 1\n$$;\n\n-- DOWN MIGRATION\n";
    for (down, mended) in [
        ("/*\nDROP FUNCTION IF EXISTS public.f();\n*/\n", "/*\nDROP FUNCTION IF EXISTS public.f();\nDROP TABLE IF EXISTS public.t;\n*/\n"),
        (
            "/*\n * DROP FUNCTION IF EXISTS public.f();\n */\n",
            "/*\n * DROP FUNCTION IF EXISTS public.f();\n * DROP TABLE IF EXISTS public.t;\n */\n",
        ),
        ("/* DROP FUNCTION IF EXISTS public.f(); */\n", "/* DROP FUNCTION IF EXISTS public.f();\n   DROP TABLE IF EXISTS public.t; */\n"),
        (
            "/*\nBEGIN;\n  DROP FUNCTION IF EXISTS public.f();\nCOMMIT;\n*/\n",
            "/*\nBEGIN;\n  DROP FUNCTION IF EXISTS public.f();\nDROP TABLE IF EXISTS public.t;\nCOMMIT;\n*/\n",
        ),
    ] {
        let project = Project::with([("global-config.yaml", HOUSE.to_owned()), ("m/001_a.sql", format!("{UP}{down}"))]);
        let rules = "--select=require-down-migration,require-revert";
        project.run(&["m", rules, "--fix"]).said(0, &["migration-lint: mended 1 finding in 1 file: require-down-migration 1"]);
        assert_eq!(text(&project, "m/001_a.sql"), format!("{UP}{mended}"));
        let replayed = project.run(&["replay", "--history", "complete", "m"]);
        assert!(replayed.stdout.contains("reverts: 1 proved"), "{replayed:?}");
    }
}

/// A function's body in a block comment is the body that it was, line by line, and nothing in it ends the comment.
#[test]
fn what_would_end_a_block_comment_stands_in_its_place() {
    for (body, mended) in [
        ("  SELECT 1", "/*\nDROP TABLE IF EXISTS public.t;\nCREATE OR REPLACE FUNCTION"),
        ("  SELECT 1 /* one */", "-- DOWN MIGRATION\n-- DROP TABLE IF EXISTS public.t;\n-- CREATE OR REPLACE FUNCTION"),
    ] {
        let first = format!(
            "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS $$\n{body}\n$$;\n-- DOWN MIGRATION\n-- DROP FUNCTION IF EXISTS public.f();\n"
        );
        let second = "CREATE TABLE IF NOT EXISTS public.t (id int);\nDROP FUNCTION IF EXISTS public.f();\n\n-- DOWN MIGRATION\n/*\nDROP TABLE public.t;\nDROP TABLE public.t;\n*/\n";
        let project = Project::with([("global-config.yaml", HOUSE), ("m/001_a.sql", first.as_str()), ("m/002_b.sql", second)]);
        project.run(&["m", "--select=require-down-migration,require-revert", "--unsafe-fixes", "--quiet"]);
        let written = text(&project, "m/002_b.sql");
        assert!(written.contains(mended), "{written}");
        let replayed = project.run(&["replay", "--history", "complete", "m"]);
        assert!(replayed.stdout.contains("reverts: 2 proved"), "{written}{replayed:?}");
    }
}

/// What is put between two statements of one line stands on lines of its own.
#[test]
fn statements_on_one_line_are_told_apart() {
    let project = Project::with([
        ("global-config.yaml", format!("{HOUSE}database: {{schemas: [a]}}\n")),
        ("m/001_a.sql", "CREATE TABLE a.p (id int PRIMARY KEY);\n  CREATE TABLE a.t (p int REFERENCES a.p (id)); SELECT 1;\n".to_owned()),
    ]);
    project.run(&["m", "--unsafe-fixes", "--fix-only", "require-foreign-key-index", "--quiet"]);
    let mended = text(&project, "m/001_a.sql");
    assert!(mended.ends_with("REFERENCES a.p (id));\n  CREATE INDEX IF NOT EXISTS t_p_idx ON a.t (p);\n  SELECT 1;\n"), "{mended}");
}

#[test]
fn a_down_migration_is_missed_and_written_whatever_else_is_found() {
    let project = Project::with([
        ("global-config.yaml", HOUSE),
        (
            "m/001_a.sql",
            "CREATE TABLE IF NOT EXISTS a.t (id int, name varchar(30) DEFAULT 'q');\n-- DOWN MIGRATION\n-- DROP TABLE IF EXISTS a.t;\n",
        ),
        ("m/002_b.sql", "ALTER TABLE a.t DROP COLUMN IF EXISTS name;\n"),
    ]);
    let rules = "--select=require-breaking-change-note,require-down-migration";
    let found = project.run(&["m", rules, "--format", "concise"]).found().stdout;
    assert!(found.contains("[require-breaking-change-note]") && found.contains("[require-down-migration]"), "{found}");
    project.run(&["m", rules, "--unsafe-fixes", "--quiet"]);
    let mended = text(&project, "m/002_b.sql");
    assert!(mended.contains("-- ALTER TABLE a.t ADD COLUMN IF NOT EXISTS name character varying(30) DEFAULT 'q'"), "{mended}");
}

const HOUSE: &str = "barton_doctrine: {enabled: true}\nmigration_lint: {layout: house}\n";

#[test]
fn a_file_keeps_its_line_ends_and_a_second_run_finds_nothing_to_do() {
    let bare =
        "\u{feff}CREATE SCHEMA s;\r\n\r\nCREATE TYPE s.k AS ENUM (\r\n\t'a'\r\n);\r\nALTER TABLE s.t\r\n\tADD CONSTRAINT c CHECK (id > 0)";
    let project = Project::with([("global-config.yaml", HOUSE), ("m/001_a.sql", bare), ("m/README.md", "# Ours\r\n")]);
    project.run(&["m", "--unsafe-fixes", "--date", "2026-01-31", "--quiet"]);
    let mended = text(&project, "m/001_a.sql");
    assert!(mended.starts_with("\u{feff}-- Migration: 001_a\r\n-- Created: 2026-01-31\r\n"), "{mended}");
    assert!(mended.contains("  CREATE TYPE s.k AS ENUM (\r\n  \t'a'\r\n  );\r\nEXCEPTION\r\n"), "{mended}");
    let readme = text(&project, "m/README.md");
    assert!(readme.starts_with("# Ours\r\n\r\n## Existing Migrations\r\n\r\n### 001_a.sql\r\n"), "{readme}");
    for written in [&mended, &readme] {
        assert_eq!(written.matches('\n').count(), written.matches("\r\n").count(), "{written}");
    }
    let again = project.run(&["m", "--unsafe-fixes", "--date", "2026-01-31", "--diff"]);
    assert_eq!((again.status, again.stdout.as_str()), (0, ""), "{again:?}");
}

#[test]
fn a_day_is_never_made_up() {
    let project = Project::with([("global-config.yaml", HOUSE), ("m/001_add_a.sql", "SELECT 1;\n")]);
    let arguments = ["m", "--select=require-header", "--fix", "--format", "concise"];
    assert_eq!(project.run(&arguments).places(), ["m/001_add_a.sql:1"]);
    let mended = text(&project, "m/001_add_a.sql");
    assert_eq!(mended, "-- Migration: 001_add_a\n-- Barton Doctrine: Compliant\n-- Schemas: none\n-- Purpose: Add a\n\nSELECT 1;\n");
    assert_eq!(project.run(&[&arguments[..], &["--date", "2026-01-31"]].concat()).status, 0);
    assert!(text(&project, "m/001_add_a.sql").starts_with("-- Migration: 001_add_a\n-- Created: 2026-01-31\n"));
}

#[test]
fn a_readme_that_is_missing_is_told_once_and_written() {
    let header = |name: &str| format!("-- Migration: {name}\n-- Schemas: s\n-- Purpose: Things\nSELECT 1;\n");
    let project =
        Project::with([("global-config.yaml", HOUSE.to_owned()), ("m/001_a.sql", header("001_a")), ("m/002_b.sql", header("002_b"))]);
    let arguments = ["m", "--select=require-readme-entry", "--format", "concise"];
    assert_eq!(project.run(&arguments).places(), ["m/001_a.sql:1"]);
    assert_eq!(project.run(&[&arguments[..], &["--fix"]].concat()).status, 0);
    let readme = text(&project, "m/README.md");
    assert!(
        readme.contains(
            "### 001_a.sql\n- **Location**: `m/001_a.sql`\n- **Status**: Draft\n- **Purpose**: Things\n- **Schema**: `s`\n\n### 002_b.sql"
        ),
        "{readme}"
    );
}

#[test]
fn only_the_named_rules_mend() {
    let project = Project::with([("m/001_a.sql", BARE)]);
    project.run(&["m", RULE, "--fix-only", "require-header", "--quiet"]);
    assert_eq!(text(&project, "m/001_a.sql"), BARE);
    project
        .run(&["m", "--fix-only", "require-hedaer"])
        .said(2, &["migration-lint: there is no rule `require-hedaer`; did you mean `require-header`?"]);
}

#[test]
fn what_is_no_text_or_read_only_stays() {
    let damaged = [BARE.as_bytes(), b"-- \xff\r\n"].concat();
    let project = Project::with([("m/001_a.sql", damaged.as_slice()), ("m/002_b.sql", b"CREATE TABLE a.u (id int);\n")]);
    let path = project.path("m/002_b.sql");
    let mut permissions = fs::metadata(&path).expect("it is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("its own file");
    let run = project.run(&["m", RULE, "--fix", "--format", "concise"]);
    run.said(2, &["migration-lint: m/002_b.sql: it is read-only, and stays as it is", LEFT]);
    assert_eq!(fs::read(project.path("m/001_a.sql")).expect("it is there"), damaged);
}

/// A foreign key that looks at no row, and the migration that looks at them: a file that `--fix` adds.
#[test]
fn a_fix_may_add_a_migration() {
    const FIRST: &str = "CREATE TABLE company (id bigint PRIMARY KEY);\nCREATE TABLE person (id bigint PRIMARY KEY, company_id bigint);\n";
    const SECOND: &str = "SET lock_timeout = '5s';\nALTER TABLE person ADD CONSTRAINT person_company_fkey FOREIGN KEY (company_id) REFERENCES company (id);\n";
    let project = Project::with([("m/001_a.sql", FIRST), ("m/002_b.sql", SECOND)]);
    let new = "m/003_validate_person_company_fkey.sql";
    let arguments = [
        "m",
        "--select=require-not-valid-foreign-key,require-valid-constraint,ban-failing-statement,ban-undefined-object",
        "--unsafe-fixes",
        "--date=2026-11-22",
    ];
    let shown = project.run(&[&arguments[..], &["--diff"]].concat());
    assert_eq!(shown.status, 1, "{shown:?}");
    assert!(
        shown.stdout.contains(&format!("+++ b/{new}\n")) && shown.stdout.contains("+ALTER TABLE person VALIDATE CONSTRAINT"),
        "{shown:?}"
    );
    assert!(!project.path(new).exists() && text(&project, "m/002_b.sql") == SECOND);
    project.run(&arguments).said(0, &["migration-lint: mended 1 finding in 2 files: require-not-valid-foreign-key 1"]);
    assert!(text(&project, "m/002_b.sql").contains("REFERENCES company (id) NOT VALID;"));
    assert!(text(&project, new).contains("\nALTER TABLE person VALIDATE CONSTRAINT person_company_fkey;\n"), "{}", text(&project, new));
    let replayed = project.run(&["replay", "--history", "complete", "m"]);
    assert!(replayed.stdout.contains("applies: 3 proved"), "{replayed:?}");
    let before = [text(&project, "m/002_b.sql"), text(&project, new)];
    project.run(&arguments).said(0, &[]);
    assert_eq!(before, [text(&project, "m/002_b.sql"), text(&project, new)]);
    assert_eq!(fs::read_dir(project.path("m")).expect("it is a folder").count(), 3);
}
