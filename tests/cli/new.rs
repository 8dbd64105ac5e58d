//! `migration-lint new`: a migration that is born compliant.

use std::fs;

use super::rig::{Project, RIGHT, Run};

const CONFIG: &str = "barton_doctrine: {enabled: true}\ndatabase:\n  schemas: [marketing, public]\n  migrations: {directory: db, naming_convention: NNN_description.sql}\n";
const DAY: &str = "--date=2026-11-22";

fn text(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The paths that a run printed, where all went well; what is left to do is told beside them.
fn made(run: Run) -> Vec<String> {
    assert!(run.status == 0 && run.stderr.lines().all(|line| line.starts_with("migration-lint: to do: ")), "{run:?}");
    run.lines().iter().map(|line| (*line).to_owned()).collect()
}

/// What is found, but for what a migration must say elsewhere than in its file.
fn found(project: &Project) -> Vec<String> {
    let run = project.run(&["--format", "concise", "--fail-on", "never"]).clean();
    run.lines().into_iter().filter(|line| !line.contains("[require-readme-entry]")).map(str::to_owned).collect()
}

/// Does what is left to an author.
fn fill_in(project: &Project, path: &str, statements: &str, undo: &str) {
    let text = text(project, path).replace("-- Your DDL statements here\n", statements);
    project.write(path, text.replace("-- Your statements here that take it back, the last one first\n", undo));
}

#[test]
fn it_lints_clean_once_its_placeholders_are_replaced() {
    let project = Project::with([("global-config.yaml", CONFIG)]);
    assert_eq!(made(project.run(&["new", "create company scores", DAY])), ["db/001_create_company_scores.sql"]);
    assert!(found(&project).concat().ends_with("`Your DDL statements here` is still there"), "{:?}", found(&project));
    fill_in(&project, "db/001_create_company_scores.sql", "", "");
    // The second finds the function that the first has made.
    assert_eq!(made(project.run(&["new", "Create  people-scores", "--schema", "public"])), ["db/002_create_people_scores.sql"]);
    fill_in(&project, "db/002_create_people_scores.sql", "", "");
    assert_eq!(made(project.run_in("db", &["new", "add a note", "--schema=marketing", DAY])), ["003_add_a_note.sql"]);
    fill_in(
        &project,
        "db/003_add_a_note.sql",
        "SET LOCAL lock_timeout = '5s';\nSET LOCAL statement_timeout = '60s';\nALTER TABLE marketing.company_scores ADD COLUMN IF NOT EXISTS note TEXT;\n",
        "-- ALTER TABLE marketing.company_scores DROP COLUMN IF EXISTS note;\n",
    );
    assert_eq!(found(&project), [""; 0]);
    let run = project.run(&["replay"]).clean();
    assert!(run.stdout.contains("applies: 3 proved\n  re-runs: 3 proved\n  reverts: 3 proved\n"), "{run:?}");
    let first = text(&project, "db/001_create_company_scores.sql");
    assert!(first.starts_with(
        "-- Migration: 001_create_company_scores\n-- Created: 2026-11-22\n-- Barton Doctrine: Compliant\n-- Schemas: marketing\n-- Purpose: Create company scores\n"
    ), "{first}");
    let second = text(&project, "db/002_create_people_scores.sql");
    assert!(second.contains("EXECUTE FUNCTION marketing.update_updated_at_column()") && !second.contains("CREATE OR REPLACE"), "{second}");
}

#[test]
fn what_is_no_table_is_left_to_its_author() {
    for description in ["create index on people", "create a table for orders", "create view of scores", "create materialized view totals"] {
        let project = Project::with([("global-config.yaml", CONFIG)]);
        let path = made(project.run(&["new", description, DAY]));
        let text = text(&project, &path[0]);
        assert!(text.contains("-- Your DDL statements here") && !text.contains("CREATE TABLE"), "{text}");
    }
}

#[test]
fn the_table_and_the_header_may_be_other_ones() {
    let project = Project::with([("global-config.yaml", CONFIG)]);
    project.write("global-config.yaml", format!("{CONFIG}migration_lint:\n  header: {{fields: [Migration, {{name: Ticket}}]}}\n"));
    made(project.run(&["new", "scores", "--table", "score"]));
    let text = text(&project, "db/001_scores.sql");
    assert!(text.starts_with("-- Migration: 001_scores\n-- Ticket:\n\n-- UP MIGRATION\n"), "{text}");
    assert!(text.contains("CREATE TABLE IF NOT EXISTS marketing.score ("), "{text}");
}

#[test]
fn each_layout_names_and_divides_its_files() {
    for (files, expected, starts) in [
        (&["m/000001_a.up.sql", "m/000001_a.down.sql"][..], &["m/000002_add_b.up.sql", "m/000002_add_b.down.sql"][..], "-- Add b\n"),
        (&["m/2024-01-01-000000_a/up.sql"], &["m/2026-11-22-000000_add_b/up.sql", "m/2026-11-22-000000_add_b/down.sql"], "-- Add b\n"),
        (&["m/20240101000000_a/migration.sql"], &["m/20261122000000_add_b/migration.sql"], "-- Add b\n"),
        (&["m/V1__a.sql", "m/V1.5__a.sql"], &["m/V1.6__add_b.sql"], "-- Add b\n"),
        (&["m/001_a.goose.sql"], &["m/002_add_b.sql"], "-- Add b\n-- +goose Up\n\n-- +goose Down\n"),
        (&["m/20240101000000_a.dbmate.sql"], &["m/20261122000000_add_b.sql"], "-- Add b\n-- migrate:up\n\n-- migrate:down\n"),
        (&["m/2025-11-06-a-b.sql"], &["m/2026-11-22-add-b.sql"], "-- Add b\n"),
        (&["m/0009.do.a.sql"], &["m/0010.do.add-b.sql", "m/0010.undo.add-b.sql"], "-- Add b\n"),
        (&["m/0009.do.a_b.sql", "m/0009.undo.a_b.sql"], &["m/0010.do.add_b.sql", "m/0010.undo.add_b.sql"], "-- Add b\n"),
        (&["m/0041_a.sql", "m/0042_a.sql"], &["m/0043_add_b.sql"], "-- Add b\n"),
        (&["supabase/migrations/20240101000000_a.sql"], &["supabase/migrations/20261122000000_add_b.sql"], "-- Add b\n"),
    ] {
        let project = Project::new();
        for file in files {
            let marked = if file.contains("goose") {
                "-- +goose Up\n"
            } else if file.contains("dbmate") {
                "-- migrate:up\n"
            } else {
                ""
            };
            project.write(file, format!("{marked}SELECT 1;\n"));
        }
        let folder = files[0].split_at(files[0].find("/V").or(files[0].find("/0")).or(files[0].find("/2")).expect("a folder")).0;
        assert_eq!(made(project.run(&["new", "add b", "--directory", folder, DAY])), expected);
        assert!(text(&project, expected[0]).starts_with(starts), "{}", text(&project, expected[0]));
        let run = project.run(&[folder, "--format", "concise", "--ignore", "require-number-order"]);
        assert_eq!(run.status, 0, "{run:?}");
    }
}

#[test]
fn a_first_migration_may_be_of_any_layout() {
    for (layout, expected) in [
        ("sqlx", &["m/20261122000000_a.sql"][..]),
        ("diesel", &["m/2026-11-22-000000_a/up.sql", "m/2026-11-22-000000_a/down.sql"]),
        ("golang-migrate", &["m/20261122000000_a.up.sql", "m/20261122000000_a.down.sql"]),
        ("sql-migrate", &["m/20261122000000-a.sql"]),
        ("tern", &["m/001_a.sql"]),
        ("node-pg-migrate", &["m/1795305600000_a.sql"]),
        ("graphile-migrate", &["m/000001-a.sql"]),
        ("atlas", &["m/20261122000000_a.sql"]),
        ("drizzle", &["m/0000_a.sql"]),
        ("flyway", &["m/V1__a.sql"]),
        ("postgrator", &["m/001.do.a.sql", "m/001.undo.a.sql"]),
        ("plain", &["m/001_a.sql"]),
    ] {
        let project = Project::new();
        assert_eq!(made(project.run(&["new", "a", "--directory", "m", "--layout", layout, DAY])), expected);
    }
    let run = Project::new().run(&["new", "a", "--directory", "m", "--layout", "plan"]);
    assert!(run.status == 2 && run.stderr.contains("did you mean `plain`?"), "{run:?}");
}

#[test]
fn nothing_is_overwritten() {
    let project = Project::with([("m/README.md", ""), ("m/2026-11-22-000000_a/down.sql", "DROP TABLE precious;\n")]);
    let run = project.run(&["new", "a", "--directory", "m", "--layout", "diesel", DAY]);
    assert!(run.status == 2 && run.stderr.contains("there is such a file already, and it stays as it is"), "{run:?}");
    assert_eq!(text(&project, "m/2026-11-22-000000_a/down.sql"), "DROP TABLE precious;\n");
    assert!(!project.path("m/2026-11-22-000000_a/up.sql").exists());
}

/// The first template that the house had, but for its slips.
const TEMPLATE: &str = "-- Migration: NNN_description
-- Created: YYYY-MM-DD
-- Barton Doctrine: Compliant
-- Schemas: marketing, public, etc.
-- Purpose: Brief description

-- UP MIGRATION
BEGIN;
CREATE TABLE IF NOT EXISTS marketing.example_table (id BIGINT);
CREATE INDEX IF NOT EXISTS idx_example_id ON marketing.example_table (id);
COMMIT;

-- DOWN MIGRATION (for rollback reference)
-- DROP INDEX IF EXISTS marketing.idx_example_id;
-- DROP TABLE IF EXISTS marketing.example_table;
";

fn templated(template: &str) -> Project {
    let config = CONFIG.replace("public]", "public, bit]");
    let project = Project::with([("global-config.yaml", format!("{config}migration_lint: {{template: ours.sql}}\n"))]);
    project.write("ours.sql", template);
    project
}

#[test]
fn the_configured_template_is_filled_in() {
    let project = templated(TEMPLATE);
    made(project.run(&["new", "create scores", "--schema", "bit", DAY]));
    assert_eq!(
        text(&project, "db/001_create_scores.sql"),
        "-- Migration: 001_create_scores
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: bit
-- Purpose: Create scores

-- UP MIGRATION
BEGIN;
CREATE TABLE IF NOT EXISTS bit.scores (id BIGINT);
CREATE INDEX IF NOT EXISTS idx_scores_id ON bit.scores (id);
COMMIT;

-- DOWN MIGRATION (for rollback reference)
-- DROP INDEX IF EXISTS bit.idx_scores_id;
-- DROP TABLE IF EXISTS bit.scores;
"
    );
}

#[test]
fn a_template_without_its_markers_is_an_error() {
    for (without, told) in [
        ("NNN_description", "the template has no `NNN_description`, in whose place a migration's name would stand"),
        ("-- UP MIGRATION\n", "the template has no line `-- UP MIGRATION`, by which a migration is divided"),
        ("-- DOWN MIGRATION (for rollback reference)\n", "the template has no line `-- DOWN MIGRATION`, by which a migration is divided"),
    ] {
        let project = templated(&TEMPLATE.replace(without, ""));
        project.run(&["new", "a"]).said(2, &[&format!("migration-lint: ours.sql: {told}")]);
        assert!(!project.path("db").exists());
    }
    let project = templated(TEMPLATE);
    fs::remove_file(project.path("ours.sql")).expect("it is there");
    project.run(&["new", "a"]).said(2, &["migration-lint: ours.sql: the template: no such file or folder"]);
}

#[test]
fn what_can_not_be_made_is_told() {
    let project = Project::with([("global-config.yaml", CONFIG), ("db/999_last.sql", "SELECT 1;\n")]);
    for (description, told) in [
        ("größe", "`ö` can't stand in a migration's name: describe it in letters from a to z and digits"),
        (" - ", "describe the migration in a few words, as in `create company scores`"),
        ("one more", "`NNN_description.sql` has no room for the number 1000 and `one_more`"),
    ] {
        project.run(&["new", description]).said(2, &[&format!("migration-lint: {told}")]);
    }
    let run = Project::new().run(&["new", "a"]);
    assert!(run.status == 2 && run.stderr.contains("name the folder with `--directory`"), "{run:?}");
    let run = project.run(&["new", "a", "--date", "2026-02-30"]);
    assert!(run.status == 2 && run.stderr.contains("there is no such day"), "{run:?}");
}

#[test]
fn what_the_folder_and_the_configuration_do_not_know_is_refused() {
    let project = Project::with([("global-config.yaml", CONFIG), ("db/001_a.sql", "-- UP MIGRATION\nSELECT 1;\n-- DOWN MIGRATION\n")]);
    for (arguments, told) in [
        (&["create a", "--schema", "nope"][..], "`nope` is not in `database.schemas`: add it there, or name one of marketing, public"),
        (&["b", "--table", "bar baz"], "`bar baz` can't be put into a template as a name"),
        (&["b", "--layout", "goose"], "the folder is laid out as house: leave `--layout goose` out"),
    ] {
        let run = project.run(&[&["new"], arguments].concat());
        assert!(run.status == 2 && run.stderr.contains(told), "{run:?}");
    }
    assert_eq!(made(project.run(&["new", "create 3d models", "--layout=house", DAY])), ["db/002_create_3d_models.sql"]);
    assert!(!text(&project, "db/002_create_3d_models.sql").contains("CREATE TABLE"));
}

/// An empty migration is not finished: its placeholders go when there are statements in their place, and both of them do.
#[test]
fn repairs_do_not_hide_that_nothing_is_written() {
    let project = Project::with([("global-config.yaml", CONFIG)]);
    made(project.run(&["new", "add a note", DAY]));
    let path = "db/001_add_a_note.sql";
    assert_eq!(project.run(&["--fix", "--fail-on", "never"]).status, 0);
    let left = found(&project).concat();
    for words in
        ["`Your DDL statements here` is still there", "`Your statements here that take it back, the last one first` is still there"]
    {
        assert!(left.contains(words), "{left}");
    }
    let up = "-- Your DDL statements here\nCREATE TABLE IF NOT EXISTS marketing.notes (id BIGINT PRIMARY KEY);\n";
    project.write(path, text(&project, path).replace("-- Your DDL statements here\n", up));
    assert_eq!(project.run(&["--fix", "--fail-on", "never"]).status, 0);
    let text = text(&project, path);
    assert!(text.contains("-- DROP TABLE IF EXISTS marketing.notes;") && !text.contains("here"), "{text}");
}

/// What a new migration asks for elsewhere is told at once.
#[test]
fn what_is_left_to_do_is_told() {
    let config = CONFIG.replace("database:\n", "database:\n  tables: {marketing: [people]}\n  schema_map_path: map.json\n");
    let project = Project::with([("global-config.yaml", config.as_str()), ("db/README.md", "# Ours\n"), ("db/001_a.sql", RIGHT)]);
    project.write("map.json", project.run(&["schema", "db", "--format", "json"]).stdout);
    let run = project.run(&["new", "create company scores", DAY]);
    let said: Vec<&str> = run.stderr.lines().collect();
    for words in ["README.md", "map.json", "`database.tables`", "`Your DDL statements here` is still there"] {
        assert!(said.iter().any(|line| line.starts_with("migration-lint: to do: ") && line.contains(words)), "{words}: {run:?}");
    }
    assert_eq!(made(run), ["db/002_create_company_scores.sql"]);
}

#[test]
fn a_table_that_is_there_or_reserved_is_refused() {
    let project = Project::with([("global-config.yaml", CONFIG)]);
    made(project.run(&["new", "create scores", DAY]));
    for (arguments, told) in [
        (&["create scores"][..], "`marketing.scores` is there already: name another table with `--table`, or say what becomes of this one"),
        (&["again", "--table", "scores"], "`marketing.scores` is there already"),
        (&["create user"], "`user` is a reserved word, which must stand in quotes each time: call the table otherwise, with `--table`"),
        (&["b", "--table", "order"], "`order` is a reserved word"),
    ] {
        let run = project.run(&[&["new"], arguments].concat());
        assert!(run.status == 2 && run.stderr.contains(told), "{run:?}");
    }
    assert_eq!(made(project.run(&["new", "create scores", "--schema", "public", DAY])), ["db/002_create_scores.sql"]);
    assert_eq!(made(project.run(&["new", "create user", "--table", "users", DAY])), ["db/003_create_user.sql"]);
}

/// Dates come after all numbers, whatever the convention asks for.
#[test]
fn a_number_among_dates_runs_before_them() {
    let project = Project::with([("global-config.yaml", CONFIG), ("db/001_a.sql", "SELECT 1;\n"), ("db/2025-11-06-b.sql", "SELECT 1;\n")]);
    let run = project.run(&["new", "c", DAY]);
    assert!(run.stderr.contains("to do: `002_c` runs before `2025-11-06-b`, since dates come after numbers"), "{run:?}");
    assert_eq!(made(run), ["db/002_c.sql"]);
}
