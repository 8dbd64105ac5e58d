//! What is written makes what it was written from: in memory, over whole scripts. A server says the same of many more in
//! `tests/postgres/replay/ddl.rs`.

use crate::catalog::difference::{Certainty, Difference};
use crate::catalog::script::{Direction, run_script};
use crate::catalog::{Catalog, Class, Knowledge, Run, World};
use crate::syntax::{Script, Version};
use crate::text::Span;

use super::{Step, change, schema};

fn run(catalog: Catalog, text: &str) -> Catalog {
    let creates = |_: Class, _: &str| true;
    let world = World { target: Version::DEFAULT_TARGET, knowledge: Knowledge::Complete, creates: &creates, user: "postgres".into() };
    let script = Script::parse(text, Span::new(0, text.len() as u32));
    let mut run = Run::new(&world, catalog);
    let ended = run_script(&mut run, Direction::plain(text, &script));
    assert_eq!(ended.stop, None, "{text}");
    run.catalog
}

fn text(steps: &[Step]) -> String {
    steps.iter().map(|step| format!("{};\n", step.sql)).collect()
}

/// Where two catalogs differ for certain: whether two queries are one can't always be told.
fn differences(before: &Catalog, after: &Catalog) -> Vec<Difference> {
    let found = crate::catalog::difference::differences(before, after);
    found.into_iter().filter(|difference| difference.certainty == Certainty::Certain).collect()
}

/// The statements that undo `up` on what `base` makes, which do so.
fn undone(base: &str, up: &str) -> String {
    let before = run(Catalog::new(), base);
    let after = run(before.clone(), up);
    let written = text(&change(&after, &before).statements);
    let back = run(after, &written);
    assert_eq!(differences(&before, &back), [], "{written}");
    written
}

/// The statements that make what `text` makes, which do so.
fn written(made: &str) -> String {
    let wanted = run(Catalog::new(), made);
    let written = text(&schema(&Catalog::new(), &wanted));
    let again = run(Catalog::new(), &written);
    assert_eq!(differences(&wanted, &again), [], "{written}");
    written
}

#[test]
fn names_are_qualified_and_in_quotes_where_they_need_them() {
    let made = r#"CREATE SCHEMA s; SET search_path = s; CREATE TABLE "Order" ("user" int, a int CHECK (a > 0)); CREATE VIEW v AS SELECT "user" FROM "Order";"#;
    let expected = "CREATE SCHEMA s;\nCREATE TABLE s.\"Order\" (\n    \"user\" integer,\n    a integer,\n    CONSTRAINT \"Order_a_check\" CHECK (a > 0)\n);\nCREATE VIEW s.v AS\nSELECT \"user\" FROM s.\"Order\";\n";
    assert_eq!(written(made), expected);
}

#[test]
fn what_is_needed_comes_first() {
    let made = "CREATE TABLE a (id serial PRIMARY KEY, b_id int); CREATE TABLE b (id serial PRIMARY KEY, a_id int REFERENCES a);
        ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b; CREATE FUNCTION f(a) RETURNS int LANGUAGE sql AS 'SELECT $1.id';
        CREATE VIEW v AS SELECT f(a) AS n FROM a; CREATE MATERIALIZED VIEW m AS SELECT n FROM v; CREATE INDEX i ON m (n);";
    written(made);
}

#[test]
fn what_was_added_is_dropped_and_nothing_of_what_goes_along() {
    let up = "CREATE TABLE t (id int PRIMARY KEY); CREATE INDEX i ON t (id); CREATE VIEW v AS SELECT id FROM t;";
    assert_eq!(undone("", up), "DROP VIEW IF EXISTS public.v;\nDROP TABLE IF EXISTS public.t;\n");
}

#[test]
fn tables_that_refer_to_each_other_are_parted_first() {
    let up = "CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);
        CREATE TABLE c (id int REFERENCES b); ALTER TABLE a ADD CONSTRAINT last FOREIGN KEY (b) REFERENCES b;";
    let expected = "ALTER TABLE IF EXISTS public.a DROP CONSTRAINT IF EXISTS last;\nDROP TABLE IF EXISTS public.c;\nDROP TABLE IF EXISTS public.b;\nDROP TABLE IF EXISTS public.a;\n";
    assert_eq!(undone("", up), expected);
}

#[test]
fn a_partition_and_an_heir_come_back() {
    // What it has of the whole's is attached with it: its key, its index, its trigger.
    let base = "CREATE TABLE q (id int PRIMARY KEY); CREATE TABLE p (id int, n int, PRIMARY KEY (id, n)) PARTITION BY RANGE (n);
        CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10); CREATE INDEX i ON p (n);
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER tr BEFORE INSERT ON p FOR EACH ROW EXECUTE FUNCTION f();";
    let detached = "ALTER TABLE p DETACH PARTITION p1;";
    assert_eq!(undone(base, detached), "ALTER TABLE public.p ATTACH PARTITION public.p1 FOR VALUES FROM (1) TO (10);\n");
    undone(&format!("{base} ALTER TABLE p ADD FOREIGN KEY (id) REFERENCES q;"), detached);
    let base = "CREATE TABLE i (id int); CREATE TABLE j (id int) INHERITS (i);";
    assert_eq!(undone(base, "ALTER TABLE j NO INHERIT i;"), "ALTER TABLE public.j INHERIT public.i;\n");
    // A column that it had from its parent alone stays its own.
    let before = run(Catalog::new(), "CREATE TABLE i (id int); CREATE TABLE j () INHERITS (i);");
    let changes = change(&run(before.clone(), "ALTER TABLE j NO INHERIT i;"), &before);
    assert_eq!(text(&changes.statements), "ALTER TABLE public.j INHERIT public.i;\n");
    let lossy: Vec<String> = changes.lossy.iter().map(ToString::to_string).collect();
    assert_eq!(lossy, ["column public.j.id: it stays the table's own, and is not dropped with its parent's"]);
}

#[test]
fn what_was_dropped_is_made_again_as_it_was() {
    let base = "CREATE TABLE t (id int, n varchar(20) DEFAULT 'x' NOT NULL CHECK (n <> '')); CREATE INDEX i ON t (n); COMMENT ON COLUMN t.n IS 'a name';";
    let expected = "ALTER TABLE public.t ADD COLUMN IF NOT EXISTS n character varying(20) DEFAULT 'x' NOT NULL;\nCOMMENT ON COLUMN public.t.n IS 'a name';\nALTER TABLE public.t ADD CONSTRAINT t_n_check CHECK (n <> '');\nCREATE INDEX IF NOT EXISTS i ON public.t (n);\n";
    assert_eq!(undone(base, "ALTER TABLE t DROP COLUMN n;"), expected);
}

#[test]
fn what_stands_in_the_way_is_made_anew() {
    let base = "CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v;";
    let up = "DROP VIEW w; DROP VIEW v; ALTER TABLE t ALTER a TYPE bigint; CREATE VIEW v AS SELECT a, b FROM t; CREATE VIEW w AS SELECT a FROM v;";
    undone(base, up);
}

#[test]
fn a_name_that_is_taken_is_made_free() {
    undone(
        "CREATE TABLE t (id text PRIMARY KEY);",
        "ALTER TABLE t ADD n int; ALTER TABLE t RENAME id TO old; ALTER TABLE t RENAME n TO id;",
    );
    undone("CREATE TABLE t (id int);", "ALTER TABLE t RENAME TO t_old; CREATE TABLE t (id bigint);");
    undone(
        "CREATE TABLE a (x int); CREATE TABLE b (y int);",
        "ALTER TABLE a RENAME TO c; ALTER TABLE b RENAME TO a; ALTER TABLE c RENAME TO b;",
    );
}

#[test]
fn an_enum_is_made_anew_without_the_label() {
    let base = "CREATE TYPE k AS ENUM ('a', 'b'); CREATE TABLE t (k k DEFAULT 'a' NOT NULL, ks k[]); CREATE INDEX i ON t (k) WHERE k = 'a'; CREATE FUNCTION f(k) RETURNS int LANGUAGE sql AS 'SELECT 1';";
    let before = run(Catalog::new(), base);
    let after = run(before.clone(), "ALTER TYPE k ADD VALUE 'c';");
    let changes = change(&after, &before);
    let back = run(after, &text(&changes.statements));
    assert_eq!(differences(&before, &back), [], "{}", text(&changes.statements));
    assert_eq!(
        changes.lossy.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["type public.k: rows that hold 'c' have to be changed first"]
    );
}

#[test]
fn what_nobody_brings_back_is_told() {
    let before = run(Catalog::new(), "CREATE TABLE t (a int, b int); CREATE TABLE u (a int);");
    let after = run(before.clone(), "DROP TABLE u; ALTER TABLE t DROP COLUMN b; INSERT INTO t VALUES (1);");
    let lossy: Vec<String> = change(&after, &before).lossy.iter().map(ToString::to_string).collect();
    let expected = [
        "column public.t.b: its values are gone",
        "table public.t: the rows that were written, changed or deleted in it stay so",
        "table public.u: its rows are gone",
    ];
    assert_eq!(lossy, expected);
}

#[test]
fn a_view_of_all_columns_keeps_those_that_it_has() {
    let made = "CREATE TABLE t (a int); CREATE VIEW v AS SELECT * FROM t; ALTER TABLE t ADD b int;";
    assert!(written(made).contains("SELECT t.a FROM public.t"));
}

#[test]
fn privileges_and_their_defaults_are_taken_back() {
    let base = "CREATE ROLE r; CREATE TABLE t (a int, b int); GRANT SELECT ON t TO r WITH GRANT OPTION;";
    undone(
        base,
        "REVOKE ALL ON t FROM r; GRANT UPDATE (a) ON t TO r; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r; REVOKE DELETE ON t FROM postgres;",
    );
}
