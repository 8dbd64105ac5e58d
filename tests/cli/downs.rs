//! Down migrations that `--fix` writes or completes: that they lead back is proved of the text as it is written, and what people wrote stays.

use std::fs;

use super::rig::Project;

const HOUSE: &str = "barton_doctrine: {enabled: true}\nmigration_lint: {layout: house}\n";
const DOWNS: &str = "--select=require-down-migration,require-revert";

fn text(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path(path)).expect("it is there")
}

/// A role that owns what stays can't be dropped.
#[test]
fn what_is_written_is_replayed_with_everything_in_it() {
    let project = Project::with([
        ("global-config.yaml", HOUSE),
        ("m/001_a.sql", "CREATE TABLE s.t (id int);\nCREATE TABLE s.u (id int);\n-- DOWN MIGRATION\n-- DROP TABLE s.u, s.t;\n"),
        ("m/002_b.sql", "CREATE ROLE keeper;\nGRANT SELECT ON s.t TO keeper;\nALTER TABLE s.u OWNER TO keeper;\n"),
        ("m/003_c.sql", "CREATE ROLE reader;\nGRANT SELECT ON s.t TO reader;\n"),
    ]);
    let run = project.run(&["m", DOWNS, "--unsafe-fixes", "--format", "concise"]);
    assert_eq!(run.places(), ["m/002_b.sql:1"], "{run:?}");
    assert!(!text(&project, "m/002_b.sql").contains("DROP ROLE"), "{run:?}");
    let mended = text(&project, "m/003_c.sql");
    assert!(mended.ends_with("-- REVOKE SELECT ON TABLE s.t FROM reader;\n-- DROP ROLE IF EXISTS reader;\n"), "{mended}");
}

#[test]
fn a_down_migration_that_lacks_something_keeps_what_it_has() {
    const SETTINGS: &str = "SET LOCAL lock_timeout = '5s';\nSET LOCAL ROLE migrator;\n";
    let project = Project::with([
        ("m/1_a.up.sql", "CREATE TABLE t (id int, v int NOT NULL);\n".to_owned()),
        ("m/1_a.down.sql", "DROP TABLE t;\n".to_owned()),
        // The default lets it pass on rows, and goes again.
        ("m/2_b.up.sql", "ALTER TABLE t DROP COLUMN v;\n".to_owned()),
        ("m/2_b.down.sql", "ALTER TABLE t ADD COLUMN v int NOT NULL DEFAULT 0;\n".to_owned()),
        ("m/3_c.up.sql", "CREATE TABLE b (id int);\nCREATE TABLE c (id int);\n".to_owned()),
        ("m/3_c.down.sql", format!("{SETTINGS}DROP TABLE b;\n")),
        ("m/4_d.up.sql", "CREATE TABLE d (id int);\n".to_owned()),
        ("m/4_d.down.sql", format!("{SETTINGS}DROP TABLE t;\n")),
    ]);
    project.run(&["m", "--select=require-revert", "--fix", "--quiet"]);
    let completed = [
        "ALTER TABLE t ADD COLUMN v int NOT NULL DEFAULT 0;\nALTER TABLE public.t ALTER COLUMN v DROP DEFAULT;\n".to_owned(),
        format!("{SETTINGS}DROP TABLE b;\nDROP TABLE IF EXISTS public.c;\n"),
    ];
    assert_eq!([text(&project, "m/2_b.down.sql"), text(&project, "m/3_c.down.sql")], completed);
    // What takes away something else has to be written anew.
    project.run(&["m", "--select=require-revert", "--unsafe-fixes", "--quiet"]).said(0, &[]);
    assert_eq!(text(&project, "m/4_d.down.sql"), format!("{SETTINGS}DROP TABLE IF EXISTS public.d;\n"));
    project.run(&["m", "--select=require-revert"]).clean();
}

/// What would fail on rows where the file as it is does not takes a person.
#[test]
fn a_fix_that_asks_more_of_the_rows_is_not_safe() {
    let project = Project::with([
        ("m/1_a.up.sql", "CREATE TABLE t (id int, v int NOT NULL);\n"),
        ("m/1_a.down.sql", "DROP TABLE t;\n"),
        ("m/2_b.up.sql", "ALTER TABLE t DROP COLUMN v;\n"),
        ("m/2_b.down.sql", "ALTER TABLE t ADD COLUMN v int;\n"),
    ]);
    project.run(&["m", "--select=require-revert", "--fix", "--quiet"]);
    assert_eq!(text(&project, "m/2_b.down.sql"), "ALTER TABLE t ADD COLUMN v int;\n");
    project
        .run(&["m", "--select=require-revert", "--unsafe-fixes"])
        .said(0, &["migration-lint: mended 1 finding in 1 file: require-revert 1"]);
    assert!(text(&project, "m/2_b.down.sql").contains("ALTER COLUMN v SET NOT NULL;\n"));
}

#[test]
fn the_stub_that_diesel_writes_gets_the_down_migration() {
    const STUB: &str = "-- This file should undo anything in `up.sql`";
    for end in ["", "\n"] {
        let project = Project::with([
            ("m/2024-01-01-000000_a/up.sql", "CREATE TABLE t (id int);\n".to_owned()),
            ("m/2024-01-01-000000_a/down.sql", format!("{STUB}{end}")),
        ]);
        project.run(&["m", "--select=require-revert", "--fix", "--quiet"]);
        assert_eq!(text(&project, "m/2024-01-01-000000_a/down.sql"), format!("{STUB}\nDROP TABLE IF EXISTS public.t;\n"));
    }
}

/// What is added below a statement that nobody ended is no part of it, and stands behind the marks that the section has.
#[test]
fn a_last_statement_gets_its_semicolon_and_its_margin_goes_on() {
    for (down, mended) in [
        (
            "  --   DROP TABLE s.a;\n  --   DROP TABLE s.b",
            "  --   DROP TABLE s.a;\n  --   DROP TABLE s.b;\n  --   DROP TABLE IF EXISTS s.c;\n",
        ),
        ("/*\nDROP TABLE s.a;\nDROP TABLE s.b\n*/", "/*\nDROP TABLE s.a;\nDROP TABLE s.b;\nDROP TABLE IF EXISTS s.c;\n*/\n"),
        ("-- DROP TABLE s.a;\n--DROP TABLE s.b -- all", "-- DROP TABLE s.a;\n--DROP TABLE s.b; -- all\n-- DROP TABLE IF EXISTS s.c;\n"),
    ] {
        let up = "CREATE TABLE s.a (id int);\nCREATE TABLE s.b (id int);\nCREATE TABLE s.c (id int);\n\n-- DOWN MIGRATION\n";
        let project = Project::with([("global-config.yaml", HOUSE.to_owned()), ("m/001_a.sql", format!("{up}{down}\n"))]);
        project.run(&["m", DOWNS, "--fix"]).said(0, &["migration-lint: mended 1 finding in 1 file: require-down-migration 1"]);
        assert_eq!(text(&project, "m/001_a.sql"), format!("{up}{mended}"));
    }
}

/// Statements that are sent together are one transaction, and what runs in none stays alone.
#[test]
fn nothing_is_added_to_what_runs_only_by_itself() {
    let project = Project::with([
        ("m/000001_a.up.sql", "CREATE SCHEMA app;\nCREATE TABLE app.t (a int);\nCREATE TABLE app.u (a int);\n"),
        ("m/000001_a.down.sql", "DROP TABLE app.u;\nDROP TABLE app.t;\nDROP SCHEMA app;\n"),
        ("m/000002_b.up.sql", "CREATE INDEX CONCURRENTLY i ON app.t (a);\n"),
        ("m/000002_b.down.sql", "DROP INDEX CONCURRENTLY IF EXISTS i;\n"),
    ]);
    let before = text(&project, "m/000002_b.down.sql");
    project.run(&["m", "--select=require-revert", "--fix", "--quiet"]);
    assert_eq!(text(&project, "m/000002_b.down.sql"), before);
}

/// Whoever writes a file that goes down and no statement into it may mean that there is no way back.
#[test]
fn what_says_something_else_than_statements_is_not_filled_unasked() {
    let project = Project::with([
        ("m/000001_a.up.sql", "CREATE TABLE t (a int);\n"),
        ("m/000001_a.down.sql", "-- Can't migrate down from this point.\n"),
    ]);
    let before = text(&project, "m/000001_a.down.sql");
    project.run(&["m", "--select=require-revert", "--fix", "--quiet"]);
    assert_eq!(text(&project, "m/000001_a.down.sql"), before);
    project.run(&["m", "--select=require-revert", "--fix", "--unsafe-fixes", "--quiet"]);
    assert_eq!(text(&project, "m/000001_a.down.sql"), before + "DROP TABLE IF EXISTS public.t;\n");
}
