//! What is there before the first migration: `migration_lint.schema`, `--schema`.

use super::rig::{Project, WRONG};

/// As `pg_dump --schema-only` writes it: version 15.14 and younger with `\restrict`, with owners and privileges of roles that it does not make.
const DUMP: &str = r"--
-- PostgreSQL database dump
--

\restrict hXyGn6l2SjH

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET row_security = off;

CREATE SCHEMA app;
ALTER SCHEMA app OWNER TO app_owner;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE app.t (
    id bigint NOT NULL,
    name text
);
ALTER TABLE app.t OWNER TO app_owner;
CREATE SEQUENCE app.t_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER TABLE app.t_id_seq OWNER TO app_owner;
ALTER SEQUENCE app.t_id_seq OWNED BY app.t.id;
ALTER TABLE ONLY app.t ALTER COLUMN id SET DEFAULT nextval('app.t_id_seq'::regclass);
ALTER TABLE ONLY app.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
GRANT USAGE ON SCHEMA app TO reader;
ALTER DEFAULT PRIVILEGES FOR ROLE app_owner IN SCHEMA app GRANT SELECT ON TABLES TO reader;

\unrestrict hXyGn6l2SjH
";

/// Two migrations on that schema, of which the second needs what is not there.
fn project() -> Project {
    Project::with([
        ("dump.sql", DUMP),
        ("db/001_a.sql", "CREATE TABLE IF NOT EXISTS app.u (id bigint PRIMARY KEY REFERENCES app.t);\n"),
        ("db/002_b.sql", "CREATE INDEX IF NOT EXISTS u_name ON app.t (surname);\n"),
    ])
}

#[test]
fn a_dump_says_what_is_there() {
    let project = project();
    let failing = "db/002_b.sql:1:45: error[ban-failing-statement] this fails: column \"surname\" does not exist (SQLSTATE 42703)";
    let run = project.run(&["replay", "db", "--schema", "dump.sql"]);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""), "{run:?}");
    for line in [" 001_a      proved   proved   –", " 002_b      refuted  –        –"] {
        assert!(run.stdout.contains(line), "{run:?}");
    }
    // The schemas of the house may be in the dump, or not yet.
    project.write("global-config.yaml", "database: {schemas: [app, other]}\nmigration_lint: {schema: dump.sql}\n");
    assert_eq!(project.run(&["db", "--format", "concise"]).found().lines(), [failing]);
}

#[test]
fn one_that_is_not_there_is_told_and_nothing_is_lost() {
    let project = project();
    project.write("db/003_c.sql", WRONG);
    let told = "gone.sql: the schema before the first migration: no such file or folder";
    let run = project.run(&["replay", "db", "--schema", "gone.sql"]);
    assert!(run.stdout.contains("42601 expected a table name"), "{run:?}");
    run.said(2, &[&format!("migration-lint: {told}: name a file of SQL, such as `pg_dump --schema-only` writes")]);

    project.write("migration-lint.yaml", "migration_lint:\n  history: complete\n  schema: gone.sql\n");
    for arguments in [&["db", "--format", "concise"][..], &["db", "--format", "json"], &["db", "--format", "github"]] {
        let run = project.run(arguments);
        assert_eq!(run.status, 2, "{run:?}");
        assert!(run.stderr.contains(told) && run.stderr.contains("migration-lint.yaml:3:11"), "{run:?}");
        // What is there is not known then, and nothing is said to be absent.
        let rules = ["ban-syntax-error", "ban-undefined-object", "ban-failing-statement"];
        assert_eq!(rules.map(|rule| run.stdout.contains(rule)), [true, false, false], "{run:?}");
    }
}

#[test]
fn one_that_is_broken_is_told_with_the_place() {
    let project = project();
    let head = "the schema before the first migration:";
    for (schema, told) in [
        (
            b"CREATE TABL nothing (id int);\nCREATE SCHEMA app;\nCREATE TABLE app.t (id int PRIMARY KEY, surname text);\nCREATE TABLE app.t (id int);\n"
                .as_slice(),
            format!(
                "schema.sql:1:8: {head} this fails: expected the kind of object to create, such as `TABLE`, found `TABL` (SQLSTATE 42601), \
                 and so it is with one more statement; what it would have made is not known"
            ),
        ),
        (b"PGDMP\x01\x0f\0", format!("schema.sql: {head} it is a dump in pg_dump's custom format, and no SQL: name a file of SQL")),
        (b"\xff\xfeS\0E\0", format!("schema.sql: {head} the file is UTF-16, which PostgreSQL does not read: name a file of SQL")),
    ] {
        project.write("schema.sql", schema);
        let run = project.run(&["replay", "db", "--schema", "schema.sql"]);
        assert_eq!(run.status, 2, "{run:?}");
        assert!(run.stderr.starts_with(&format!("migration-lint: {told}")), "{run:?}");
        assert!(run.stdout.contains("\n2 migrations\n") && !run.stdout.contains("refuted:"), "{run:?}");
    }
}

#[test]
fn what_of_it_can_not_be_followed_is_told() {
    let project = project();
    project.write("schema.sql", format!("\\connect shop\n\\i roles.sql\n{DUMP}"));
    let run = project.run(&["replay", "db", "--schema", "schema.sql", "--until", "001_a"]);
    assert!(run.stdout.contains(" 001_a      proved   proved   –"), "{run:?}");
    run.said(
        0,
        &["migration-lint: warning: schema.sql:2:1: the schema before the first migration: this can't be followed: what psql's `\\i` does is not \
           followed; what it would have made is not known"],
    );
}
