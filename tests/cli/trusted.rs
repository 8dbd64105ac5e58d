//! Repairs that make nothing worse: what a fix would break, or can't write, stays as it was.

use std::fs;

use super::rig::Project;

const HOUSE: &str = "migration_lint:\n  doctrine: true\n";
const ALL: [&str; 6] = ["m", "--unsafe-fixes", "--date", "2026-01-31", "--format", "concise"];

fn text(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path(path)).expect("it is there")
}

#[test]
fn two_fixes_of_one_rule_at_one_byte_are_written_one_after_the_other() {
    let project =
        Project::with([("global-config.yaml", HOUSE), ("m/001_a.sql", "CREATE TABLE ten(id int primary key,updated_at timestamptz);\n")]);
    let run = project.run(&[&ALL[..], &["--fix-only", "require-audit-columns"]].concat());
    assert_eq!(
        text(&project, "m/001_a.sql"),
        "CREATE TABLE ten(id int primary key,updated_at timestamptz DEFAULT NOW(), created_at TIMESTAMPTZ NOT NULL DEFAULT NOW());\n",
        "{run:?}"
    );
}

#[test]
fn a_fix_that_lets_a_migration_fail_is_taken_back_and_the_others_stay() {
    let filled = "CREATE TABLE public.a (id int PRIMARY KEY, n text);\nINSERT INTO public.a VALUES (1, 'x');\n";
    let project = Project::with([
        ("global-config.yaml", HOUSE),
        ("m/001_a.sql", filled),
        ("m/002_b.sql", "DELETE FROM public.a;\n"),
        ("m/003_c.sql", "CREATE TABLE public.c (id int PRIMARY KEY);\n"),
        ("m/004_d.sql", "CREATE TABLE public.p (id bigint, d date) PARTITION BY RANGE (d);\n"),
    ]);
    let run = project.run(&ALL);
    assert!(!run.stdout.contains("ban-failing-statement"), "{run:?}");
    assert!(!text(&project, "m/001_a.sql").contains("barton_id") && text(&project, "m/003_c.sql").contains("barton_id"), "{run:?}");
    assert!(text(&project, "m/001_a.sql").contains("-- Migration: 001_a") && text(&project, "m/004_d.sql").contains("-- Migration: 004_d"));
    let before = text(&project, "m/004_d.sql");
    project.run(&ALL);
    assert_eq!(text(&project, "m/004_d.sql"), before);
}

/// Each down migration takes back what the one before it made: the two are wrong, and the way back is right.
#[test]
fn a_fix_that_breaks_the_way_back_of_another_is_taken_back() {
    let project = Project::with([
        ("m/001_a.up.sql", "CREATE TABLE a (id bigint PRIMARY KEY);\n"),
        ("m/001_a.down.sql", "DROP TABLE b; DROP TABLE a;\n"),
        ("m/002_b.up.sql", "CREATE TABLE b (id bigint PRIMARY KEY);\n"),
        ("m/002_b.down.sql", "SELECT 1;\n"),
        ("m/003_c.up.sql", "CREATE TABLE c (id bigint PRIMARY KEY);\n"),
        ("m/003_c.down.sql", "SELECT 1;\n"),
    ]);
    let run = project.run(&["m", "--fix", "--select", "require-revert", "--format", "concise"]);
    assert_eq!(text(&project, "m/002_b.down.sql"), "SELECT 1;\n", "{run:?}");
    assert!(text(&project, "m/003_c.down.sql").contains("DROP TABLE IF EXISTS public.c;"), "{run:?}");
}

/// What is run between the SQL files is no gap, and may have done anything.
#[test]
fn programs_among_migrations_are_known_to_be_there() {
    const PROGRAM: &str = "package m\n";
    let project = Project::with([
        ("m/00001_a.sql", "-- +goose Up\nCREATE TABLE a (id bigint PRIMARY KEY, x text);\n-- +goose Down\nDROP TABLE a;\n"),
        ("m/00002_b.go", PROGRAM),
        ("m/00003_c.sql", "-- +goose Up\nALTER TABLE a ADD COLUMN x int;\n-- +goose Down\nALTER TABLE a DROP COLUMN x;\n"),
        ("m/00003_c_test.go", PROGRAM),
        ("m/00005_e.sql", "-- +goose Up\nSELEC 1;\n"),
    ]);
    let run = project.run(&["m", "--select", "require-number-order,ban-failing-statement,ban-syntax-error", "--format", "concise"]);
    assert!(!run.stdout.contains("42701") && !run.stdout.contains("number 2") && run.stdout.contains("number 4"), "{run:?}");
    assert!(run.stdout.contains("00005_e.sql"), "{run:?}");
    let replayed = project.run(&["replay", "--history", "complete", "m"]);
    assert!(replayed.stdout.contains("unless 00002_b.go, a program that"), "{replayed:?}");
}

#[test]
fn new_migrations_take_one_number_each() {
    let two = "BEGIN;\nALTER TABLE t ADD CONSTRAINT c1 CHECK (n > 0);\nALTER TABLE t ADD CONSTRAINT c2 CHECK (n > 1);\nCOMMIT;\n";
    let project = Project::with([("m/001_t.sql", "CREATE TABLE t (id int PRIMARY KEY, n int);\n"), ("m/002_c.sql", two)]);
    project.run(&[&ALL[..], &["--select", "safety"]].concat());
    assert!(project.path("m/003_validate_c1.sql").exists() && project.path("m/004_validate_c2.sql").exists());
}

/// What is to validate a constraint must not run before the migration that makes it.
#[test]
fn a_migration_that_would_not_run_last_is_not_written() {
    const TABLE: &str = "CREATE TABLE t (id int PRIMARY KEY, n int);\n";
    const ALTER: &str = "ALTER TABLE t ADD CONSTRAINT c1 CHECK (n > 0);\n";
    for (table, alter, new) in [
        ("m/V0001.Table.up.sql", "m/V0002.Check.up.sql", None),
        ("m/001_t.sql", "m/check.sql", None),
        ("m/2199-01-01-t.sql", "m/2199-01-02-c.sql", None),
        ("m/0001.do.t.sql", "m/0002.do.c.sql", Some("m/0003.do.validate-c1.sql")),
        ("m/V1__t.sql", "m/V2__c.sql", Some("m/V3__validate_c1.sql")),
    ] {
        let project = Project::with([(table, TABLE), (alter, ALTER)]);
        let run = project.run(&[&ALL[..], &["--select", "safety"]].concat());
        let files = fs::read_dir(project.path("m")).expect("the folder is there").count();
        match new {
            Some(new) => assert!(project.path(new).exists() && text(&project, alter).contains("NOT VALID"), "{new}: {run:?}"),
            None => assert!(files == 2 && !text(&project, alter).contains("NOT VALID"), "{alter}: {run:?}"),
        }
    }
}

/// Also where each migration is a directory.
#[test]
fn new_directories_take_one_number_each() {
    const ALTER: &str = "ALTER TABLE t ADD CONSTRAINT c1 CHECK (n > 0);\nALTER TABLE t ADD CONSTRAINT c2 CHECK (n > 1);\n";
    const DROP: &str = "ALTER TABLE t DROP CONSTRAINT c1;\nALTER TABLE t DROP CONSTRAINT c2;\n";
    let diesel = Project::with([
        ("m/2024-01-01-000000_t/up.sql", "CREATE TABLE t (id int PRIMARY KEY, n int);\n"),
        ("m/2024-01-01-000000_t/down.sql", "DROP TABLE t;\n"),
        ("m/2024-01-02-000000_c/up.sql", ALTER),
        ("m/2024-01-02-000000_c/down.sql", DROP),
    ]);
    let prisma = Project::with([
        ("m/20240101000000_t/migration.sql", "CREATE TABLE t (id int PRIMARY KEY, n int);\n"),
        ("m/20240102000000_c/migration.sql", ALTER),
    ]);
    for (project, new) in [
        (diesel, ["2026-01-31-000000_validate_c1/up.sql", "2026-01-31-000001_validate_c2/up.sql"]),
        (prisma, ["20260131000000_validate_c1/migration.sql", "20260131000001_validate_c2/migration.sql"]),
    ] {
        let run = project.run(&ALL);
        assert!(new.iter().all(|path| project.path("m").join(path).exists()) && !run.stdout.contains("ban-duplicate-number"), "{run:?}");
    }
}

/// Many down migrations of their own files are written at once.
#[test]
fn down_migrations_are_written_beside_each_other() {
    let project = Project::new();
    project.write("global-config.yaml", HOUSE);
    for number in 1..=600 {
        project.write(&format!("m/{number:04}_a.up.sql"), format!("CREATE TABLE IF NOT EXISTS t{number} (id int);\n"));
    }
    let run = project.run(&["m", "--select=require-down-migration", "--fix"]);
    run.said(0, &["migration-lint: mended 600 findings in 600 files: require-down-migration 600"]);
}

/// What is written by its place stays in its column.
#[test]
fn no_column_comes_before_one_that_is_filled_by_its_place() {
    let tables = "CREATE TABLE public.a (id int PRIMARY KEY);\nCREATE TABLE public.b (id int PRIMARY KEY);\nCREATE TABLE public.c (id int PRIMARY KEY);\nCREATE TABLE public.d (id int PRIMARY KEY);\nINSERT INTO public.b VALUES (1);\n";
    let later: String = ["a", "b", "c", "d"].map(|table| format!("ALTER TABLE public.{table} ADD COLUMN at timestamptz;\n")).concat();
    let filled = "INSERT INTO public.a VALUES (1, '2001-01-01');\nINSERT INTO public.c (id, at) VALUES (1, '2001-01-01');\nCOPY public.d FROM stdin;\n1\t2001-01-01\n\\.\n";
    let project = Project::with([
        ("global-config.yaml", HOUSE.to_owned()),
        ("m/001_a.sql", tables.to_owned()),
        ("m/002_b.sql", later),
        ("m/003_c.sql", filled.to_owned()),
    ]);
    project.run(&[&ALL[..], &["--fix-only", "require-audit-columns"]].concat());
    let mended = text(&project, "m/001_a.sql");
    let has_columns = |table: &str| mended.lines().any(|line| line.contains(&format!("public.{table} (")) && line.contains("created_at"));
    assert_eq!(["a", "b", "c", "d"].map(has_columns), [false, true, true, false], "{mended}");
}

/// What is put around a statement waits for what is to stand in it, and what is made of a table for that table.
#[test]
fn fixes_wait_for_those_that_they_would_spoil() {
    let project = Project::with([
        ("global-config.yaml", "migration_lint: {doctrine: true, layout: house}\n"),
        ("m/001_a.sql", "CREATE TABLE public.t (id int PRIMARY KEY, n int);\n"),
        ("m/002_b.sql", "ALTER TABLE public.t ADD CONSTRAINT c1 CHECK (n > 0), ADD CONSTRAINT c2 CHECK (n < 9);\n"),
        ("m/003_c.sql", "CREATE TABLE public.b (id int PRIMARY KEY);\nCREATE TABLE public.c AS SELECT * FROM public.b;\n"),
    ]);
    let run = project.run(&ALL);
    let (constraints, copy) = (text(&project, "m/002_b.sql"), text(&project, "m/003_c.sql"));
    assert!(constraints.contains("DO $$\n") && constraints.matches(" NOT VALID").count() == 2, "{constraints}");
    assert!(copy.matches("created_at").count() == 1 && !run.stdout.contains("ban-hidden-drift"), "{copy}{run:?}");
}

/// A procedure that ends its transaction fails in another (PostgreSQL 15, CALL).
#[test]
fn no_transaction_is_put_around_a_procedure_that_ends_its_own() {
    let project = Project::with([
        ("global-config.yaml", HOUSE),
        ("m/001_a.sql", "CREATE PROCEDURE public.p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;\n"),
        ("m/002_b.sql", "CALL public.p();\n"),
        ("m/003_c.sql", "BEGIN;\nCALL public.p();\nCOMMIT;\n"),
        ("m/004_d.sql", "CALL public.unknown();\n"),
    ]);
    let run = project.run(&["m", "--select=require-transaction,ban-failing-statement", "--unsafe-fixes", "--format", "concise"]);
    assert!(run.stdout.contains("m/003_c.sql:") && run.stdout.contains("invalid transaction termination (SQLSTATE 2D000)"), "{run:?}");
    assert!(!text(&project, "m/002_b.sql").contains("BEGIN;") && !text(&project, "m/004_d.sql").contains("BEGIN;"), "{run:?}");
}

/// The files that fixes add have one empty line between their parts, and none at their end.
#[test]
fn new_migrations_are_written_as_people_write_them() {
    for (layout, heading, end) in [
        ("goose", "-- +goose Up\n", "-- +goose Down\n"),
        ("dbmate", "-- migrate:up\n", "-- migrate:down\n"),
        ("tern", "", "---- create above / drop below ----\n"),
        ("plain", "", ""),
    ] {
        let down = |sql: &str| if end.is_empty() { String::new() } else { format!("\n{end}{sql}\n") };
        let project = Project::with([
            ("global-config.yaml", format!("migration_lint: {{layout: {layout}}}\n")),
            ("m/001_t.sql", format!("{heading}CREATE TABLE t (id int PRIMARY KEY, n int);\n{}", down("DROP TABLE t;"))),
            (
                "m/002_c.sql",
                format!("{heading}ALTER TABLE t ADD CONSTRAINT c CHECK (n > 0);\n{}", down("ALTER TABLE t DROP CONSTRAINT c;")),
            ),
        ]);
        project.run(&["m", "--select=safety", "--unsafe-fixes", "--date=2026-01-31", "--quiet"]);
        let new = fs::read_dir(project.path("m")).expect("it is a folder").map(|entry| entry.expect("an entry").path());
        let new = new.into_iter().find(|path| path.to_string_lossy().contains("validate")).expect("it is made");
        let new = fs::read_to_string(new).expect("it is text");
        assert!(!new.contains("\n\n\n") && !new.ends_with("\n\n") && new.ends_with('\n'), "{layout}: {new:?}");
        assert!(
            new.contains(&format!("VALIDATE CONSTRAINT c;\n{}", if end.is_empty() { String::new() } else { format!("\n{end}") })),
            "{new}"
        );
    }
}

#[test]
fn a_migration_that_a_fix_lets_fail_is_seen_whichever_rules_run() {
    let filled = "CREATE TABLE public.a (id int PRIMARY KEY, n text);\n";
    let project = Project::with([
        ("global-config.yaml", HOUSE),
        ("m/001_a.sql", filled),
        ("m/002_b.sql", "INSERT INTO public.a VALUES (1, 'x');\n"),
        ("m/003_c.sql", "DELETE FROM public.a;\n"),
    ]);
    project.run(&[&ALL[..], &["--select", "require-barton-id"]].concat());
    assert_eq!(text(&project, "m/001_a.sql"), filled);
}

#[test]
fn what_stands_beside_something_else_on_its_line_is_left_as_it_is() {
    let tables = "CREATE TABLE IF NOT EXISTS public.a (id int PRIMARY KEY);\nCREATE OR REPLACE VIEW public.v AS SELECT id FROM public.a;\n";
    for down in [
        "-- DOWN MIGRATION: BEGIN; DROP VIEW public.v; COMMIT;\n",
        "-- DOWN MIGRATION\n-- BEGIN; DROP VIEW public.v; COMMIT;\n",
        "-- DOWN MIGRATION: DROP TABLE public.a;\n",
        "-- DOWN MIGRATION\n-- DROP TABLE public.a; -- see the wiki\n",
        "-- DOWN MIGRATION\n-- see the wiki\n-- DROP TABLE public.a;\n-- and the other page\n-- DROP TABLE public.b;\n",
        "-- DOWN MIGRATION\n-- UPDATE public.a SET id = 1;\n-- DROP TABLE public.a;\n",
    ] {
        let before = format!("{tables}{down}");
        let project = Project::with([("global-config.yaml", HOUSE), ("m/001_a.sql", &before)]);
        let run = project.run(&[&ALL[..], &["--fix-only", "require-down-migration,require-revert"]].concat());
        assert_eq!(text(&project, "m/001_a.sql"), before, "{run:?}");
    }
}

#[test]
fn a_down_migration_keeps_its_transaction_when_its_statements_are_replaced() {
    let before = "CREATE TABLE IF NOT EXISTS public.a (id int PRIMARY KEY);\nCREATE OR REPLACE VIEW public.v AS SELECT id FROM public.a;\n\
                  -- DOWN MIGRATION\n-- BEGIN;\n-- DROP TABLE public.a;\n-- COMMIT;\n";
    let project = Project::with([("global-config.yaml", HOUSE), ("m/001_a.sql", before)]);
    project.run(&[&ALL[..], &["--fix-only", "require-down-migration"]].concat());
    let after = "-- BEGIN;\n-- DROP VIEW IF EXISTS public.v;\n-- DROP TABLE IF EXISTS public.a;\n-- COMMIT;\n";
    assert!(text(&project, "m/001_a.sql").ends_with(after), "{}", text(&project, "m/001_a.sql"));
}

#[test]
fn a_fix_that_breaks_something_takes_no_other_along() {
    let project = Project::with([
        ("global-config.yaml", HOUSE),
        ("m/001_a.sql", "CREATE TABLE public.a (id int PRIMARY KEY, n int);\nCREATE TABLE public.b (id int PRIMARY KEY, n int);\n"),
        ("m/002_b.sql", "INSERT INTO public.a (id, n) VALUES (1, 2);\n"),
        ("m/003_c.sql", "DELETE FROM public.a;\n"),
    ]);
    let run = project.run(&[&ALL[..], &["--select", "require-barton-id"]].concat());
    assert_eq!(text(&project, "m/001_a.sql").matches("barton_id").count(), 1, "{run:?}");
}

#[test]
fn what_is_innocent_is_written_at_once() {
    let project = Project::with([
        ("global-config.yaml", HOUSE),
        ("m/001_x.sql", "CREATE TABLE public.t1 (id int PRIMARY KEY, n int);\nINSERT INTO public.t1 (id, n) VALUES (748485, 2);\n"),
        ("m/002_x.sql", "CREATE TABLE public.t0 (id int PRIMARY KEY, n int);\n"),
        ("m/003_x.sql", "INSERT INTO public.t1 (id, n) VALUES (658835, 2);\nINSERT INTO public.t0 (id, n) VALUES (429476, 2);\n"),
        ("m/004_x.sql", "DELETE FROM public.t1;\nDELETE FROM public.t0;\n"),
    ]);
    let run = project.run(&ALL);
    assert!(text(&project, "m/003_x.sql").starts_with("-- Migration: 003_x"), "{run:?}");
    let texts = || ["001", "002", "003", "004"].map(|number| text(&project, &format!("m/{number}_x.sql")));
    let once = texts();
    project.run(&ALL);
    assert_eq!(texts(), once);
}

#[test]
fn as_many_new_migrations_are_written_as_are_needed() {
    let checks: Vec<String> = (1..=14).map(|n| format!("ALTER TABLE t ADD CONSTRAINT c{n} CHECK (n > {n});\n")).collect();
    let text = format!("BEGIN;\n{}COMMIT;\n", checks.concat());
    let project = Project::with([("m/001_t.sql", "CREATE TABLE t (id int PRIMARY KEY, n int);\n"), ("m/002_c.sql", &text)]);
    let run = project.run(&[&ALL[..], &["--select", "safety"]].concat());
    assert!(project.path("m/016_validate_c14.sql").exists() && !run.stderr.contains("rounds"), "{run:?}");
}

#[test]
fn the_triggers_function_stands_before_all_tables_that_get_updated_at_from_a_fix() {
    let project = Project::with([
        ("global-config.yaml", HOUSE),
        ("m/001_a.sql", "CREATE TABLE public.a (id int PRIMARY KEY);\n"),
        ("m/002_b.sql", "CREATE TABLE public.b (id int PRIMARY KEY, updated_at timestamptz DEFAULT NOW());\n"),
    ]);
    let run = project.run(&ALL);
    let (a, b) = (text(&project, "m/001_a.sql"), text(&project, "m/002_b.sql"));
    assert!(a.contains("CREATE OR REPLACE FUNCTION public.update_updated_at_column()"), "{a}{run:?}");
    assert!(a.contains("CREATE TRIGGER update_a_updated_at") && b.contains("CREATE TRIGGER update_b_updated_at"), "{a}{b}");
    assert!(!run.stdout.contains("require-down-migration") && !run.stdout.contains("require-revert"), "{run:?}");
}

#[test]
fn the_triggers_function_goes_where_it_can() {
    let closed =
        "CREATE TABLE public.a (id int PRIMARY KEY, updated_at timestamptz DEFAULT NOW());\n-- DOWN MIGRATION: DROP TABLE public.a;\n";
    let project = Project::with([
        ("global-config.yaml", HOUSE),
        ("m/001_a.sql", closed),
        ("m/002_b.sql", "CREATE TABLE public.b (id int PRIMARY KEY, updated_at timestamptz DEFAULT NOW());\n"),
    ]);
    project.run(&[&ALL[..], &["--fix-only", "require-updated-at-trigger"]].concat());
    assert!(text(&project, "m/002_b.sql").contains("CREATE TRIGGER update_b_updated_at"), "{}", text(&project, "m/001_a.sql"));
}

#[test]
fn a_later_migration_keeps_from_validating_only_if_it_is_about_the_constraint_or_the_table() {
    let adds = "BEGIN;\nALTER TABLE a ADD CONSTRAINT ck1 CHECK (n > 0);\nCOMMIT;\n";
    for (later, is_mended) in [
        (
            "CREATE TABLE b (n int CONSTRAINT ck10 CHECK (n > 1)); -- what it was before the rename of a\n-- DOWN MIGRATION\n-- DROP TABLE a;\n",
            true,
        ),
        ("CREATE TABLE b (n int CONSTRAINT ck1 CHECK (n > 1));\n", true),
        ("ALTER TABLE a DROP CONSTRAINT ck1;\n", false),
        ("DROP TABLE a;\n", false),
        ("DO $$ BEGIN DROP TABLE IF EXISTS a; END $$;\n", false),
    ] {
        let project = Project::with([
            ("m/001_t.sql", "CREATE TABLE a (id int PRIMARY KEY, n int);\n"),
            ("m/002_c.sql", adds),
            ("m/003_d.sql", later),
        ]);
        project.run(&[&ALL[..], &["--select", "safety"]].concat());
        assert_eq!(text(&project, "m/002_c.sql").contains("NOT VALID"), is_mended, "{later}");
    }
}

#[test]
fn constraints_of_one_name_are_validated_each_by_a_migration_of_its_own() {
    let project = Project::with([
        ("m/001_t.sql", "CREATE TABLE a (id int PRIMARY KEY, n int);\nCREATE TABLE b (id int PRIMARY KEY, n int);\n"),
        ("m/002_c.sql", "ALTER TABLE a ADD CONSTRAINT ck CHECK (n > 0);\nALTER TABLE b ADD CONSTRAINT ck CHECK (n > 0);\n"),
    ]);
    project.run(&[&ALL[..], &["--select", "require-not-valid-check"]].concat());
    assert_eq!(text(&project, "m/002_c.sql").matches("NOT VALID").count(), 2, "{}", text(&project, "m/002_c.sql"));
    let replayed = project.run(&["replay", "--history", "complete", "m"]);
    assert!(replayed.stdout.contains("applies: 4 proved"), "{replayed:?}");
}

#[cfg(unix)]
#[test]
fn documents_tell_of_nothing_that_was_not_written() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::with([
        ("global-config.yaml", HOUSE),
        ("m/001_a.sql", "CREATE TABLE public.a (id int PRIMARY KEY);\n"),
        ("m/README.md", "# Ours\n"),
    ]);
    fs::set_permissions(project.path("m/001_a.sql"), fs::Permissions::from_mode(0o444)).expect("it is ours");
    let run = project.run(&ALL);
    assert!(run.stderr.contains("it tells of what could not be written"), "{run:?}");
    assert_eq!(text(&project, "m/README.md"), "# Ours\n");
}
