//! `migration-lint schema`: the schema that a history leaves, in every format.

use super::rig::Project;

const FIRST: &str = "CREATE SCHEMA shop;\nCREATE TABLE shop.people (id bigint PRIMARY KEY, name text NOT NULL);\n";
const SECOND: &str = "ALTER TABLE shop.people ADD born date;\n";

fn project() -> Project {
    Project::with([("m/001_people.sql", FIRST), ("m/002_born.sql", SECOND)])
}

#[test]
fn statements_make_the_schema_at_the_end_or_after_a_migration() {
    let project = project();
    let written = |arguments: &[&str]| project.run(&[&["schema", "m", "--format", "sql"], arguments].concat()).clean().stdout;
    let expected = "-- The schema of m, for PostgreSQL 15.\n\nCREATE SCHEMA shop;\n\nCREATE TABLE shop.people (\n    id bigint NOT NULL,\n    \
                    name text NOT NULL,\n    born date,\n    CONSTRAINT people_pkey PRIMARY KEY (id)\n);\n";
    assert_eq!(written(&[]), expected);
    let at_first = written(&["--at", "001_people"]);
    assert!(at_first.starts_with("-- The schema of m after 001_people, for PostgreSQL 15.\n") && !at_first.contains("born"), "{at_first}");
}

#[test]
fn a_migration_that_is_not_there_and_a_format_that_is_none_are_errors() {
    let project = project();
    project.run(&["schema", "m", "--at", "nowhere"]).said(2, &["migration-lint: there is no migration `nowhere`"]);
    let run = project.run(&["schema", "m", "--format", "yaml"]);
    assert!(run.status == 2 && run.stderr.contains("invalid value 'yaml' for '--format <FORMAT>'"), "{run:?}");
}

#[test]
fn what_no_migration_makes_and_what_is_not_told_is_said() {
    let project = Project::with([
        ("m/001_a.sql", "CREATE TABLE orders (id bigint PRIMARY KEY, person bigint REFERENCES people (id));\n"),
        ("m/002_b.sql", "\\i other.sql\n"),
    ]);
    let run = project.run(&["schema", "m"]);
    let told =
        "migration-lint: warning: what `002_b` does is not all told, and the schema may be another: what psql's `\\i` does is not followed";
    let run = run.said(0, &[told]);
    assert!(run.stdout.contains("-- Not written, since no migration makes it: table public.people.\n"), "{run:?}");
    project.run(&["schema", "m", "--quiet"]).clean();
}
