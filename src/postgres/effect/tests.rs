//! What statements do, by kind of statement.

use super::*;
use crate::postgres::object::Key;
use crate::syntax::{Content, Script};

/// Each effect of `sql` as its action, what the object is called, and where it is.
fn told(sql: &str) -> Vec<String> {
    let script = Script::parse(sql, Span::new(0, sql.len() as u32));
    let mut told = Vec::new();
    for statement in &script.statements {
        let Content::Parsed(node) = &statement.content else { panic!("{sql} does not parse") };
        for Effect { action, object, safeguard, .. } in effects(sql, node) {
            let action = match action {
                Action::Rename(to) => format!("Rename to {}", &sql[to]),
                Action::Move(to) => format!("Move to {}", &sql[to.span]),
                Action::Attach(to) => format!("Attach to {}", &sql[to.span()]),
                Action::Detach(from) => format!("Detach from {}", &sql[from.span()]),
                action => format!("{action:?}"),
            };
            let place = match object.place {
                Place::Schema(schema) => schema.value(sql).into_owned(),
                place => format!("{place:?}"),
            };
            let safeguard = match safeguard {
                Some(safeguard) if safeguard.is_written() => format!(" {}", safeguard.sql()),
                Some(safeguard) => format!(" ({})", safeguard.sql()),
                None => String::new(),
            };
            told.push(format!("{action}{safeguard} {} in {place}", object.describe(sql)));
        }
    }
    told
}

fn key(sql: &str) -> Key {
    let script = Script::parse(sql, Span::new(0, sql.len() as u32));
    let node = script.statements[0].node().unwrap_or_else(|| panic!("{sql} does not parse"));
    effects(sql, node)[0].object.key(sql).unwrap_or_else(|| panic!("{sql} has no name"))
}

#[test]
fn new_objects() {
    for (sql, effect) in [
        ("CREATE TABLE IF NOT EXISTS s.t (a int)", "Create IF NOT EXISTS table `s.t` in s"),
        ("CREATE TABLE t (a int)", "Create (IF NOT EXISTS) table `t` in Creation"),
        ("CREATE TEMP TABLE t (a int)", "Create (IF NOT EXISTS) table `t` in Temporary"),
        ("CREATE TABLE pg_temp.t (a int)", "Create (IF NOT EXISTS) table `pg_temp.t` in Temporary"),
        ("CREATE FOREIGN TABLE s.t (a int) SERVER x", "Create (IF NOT EXISTS) foreign table `s.t` in s"),
        ("CREATE TABLE s.t AS SELECT 1", "Create (IF NOT EXISTS) table `s.t` in s"),
        ("CREATE MATERIALIZED VIEW s.t AS SELECT 1", "Create (IF NOT EXISTS) materialized view `s.t` in s"),
        ("SELECT 1 INTO s.t", "Create table `s.t` in s"),
        ("SELECT 1 INTO TEMP t", "Create table `t` in Temporary"),
        ("CREATE UNIQUE INDEX i ON s.t (a)", "Create (IF NOT EXISTS) index `i` of `s.t` in s"),
        ("CREATE INDEX ON t (a)", "Create (IF NOT EXISTS) index without a name on `t` in Lookup"),
        ("CREATE OR REPLACE VIEW s.v AS SELECT 1", "Replace OR REPLACE view `s.v` in s"),
        ("CREATE TEMP VIEW v AS SELECT 1", "Create (OR REPLACE) view `v` in Temporary"),
        ("CREATE SEQUENCE s.q", "Create (IF NOT EXISTS) sequence `s.q` in s"),
        ("CREATE TYPE s.e AS ENUM ('a')", "Create type `s.e` in s"),
        ("CREATE DOMAIN d AS text", "Create domain `d` in Creation"),
        ("CREATE EXTENSION IF NOT EXISTS citext SCHEMA s", "Create IF NOT EXISTS extension `citext` in Nowhere"),
        ("CREATE FUNCTION s.f() RETURNS int RETURN 1", "Create (OR REPLACE) function `s.f` in s"),
        ("CREATE OR REPLACE PROCEDURE s.f() LANGUAGE sql AS ''", "Replace OR REPLACE procedure `s.f` in s"),
        ("CREATE AGGREGATE s.a (int) (SFUNC = f, STYPE = int)", "Create (OR REPLACE) aggregate `s.a` in s"),
        ("CREATE OPERATOR s.+ (FUNCTION = f, RIGHTARG = int)", "Create operator `s.+` in s"),
        ("CREATE OPERATOR CLASS s.c FOR TYPE int USING btree AS STORAGE int", "Create operator class `s.c` in s"),
        ("CREATE OPERATOR FAMILY s.c USING btree", "Create operator family `s.c` in s"),
        ("CREATE COLLATION s.c (LOCALE = 'C')", "Create (IF NOT EXISTS) collation `s.c` in s"),
        ("CREATE TEXT SEARCH CONFIGURATION s.c (COPY = simple)", "Create text search configuration `s.c` in s"),
        ("CREATE CONVERSION s.c FOR 'UTF8' TO 'LATIN1' FROM f", "Create conversion `s.c` in s"),
        ("CREATE CAST (s.a AS text) WITH INOUT", "Create cast from `s.a` to `text` in Nowhere"),
        ("CREATE TRIGGER g BEFORE UPDATE ON s.t EXECUTE FUNCTION f()", "Create (OR REPLACE) trigger `g` of `s.t` in s"),
        ("CREATE EVENT TRIGGER g ON sql_drop EXECUTE FUNCTION f()", "Create event trigger `g` in Nowhere"),
        ("CREATE POLICY p ON s.t", "Create policy `p` of `s.t` in s"),
        ("CREATE RULE r AS ON INSERT TO s.t DO NOTHING", "Create (OR REPLACE) rule `r` of `s.t` in s"),
        ("CREATE ROLE r", "Create role `r` in Nowhere"),
        ("CREATE STATISTICS s.x ON a, b FROM s.t", "Create (IF NOT EXISTS) statistics `s.x` in s"),
        ("CREATE STATISTICS ON a, b FROM s.t", "Create (IF NOT EXISTS) statistics without a name of `s.t` in s"),
        ("CREATE PUBLICATION p FOR TABLE s.t", "Create publication `p` in Nowhere"),
        ("CREATE USER MAPPING FOR u SERVER x", "Create (IF NOT EXISTS) user mapping of `u` at `x` in Nowhere"),
        ("IMPORT FOREIGN SCHEMA r LIMIT TO (t) FROM SERVER x INTO s", "Create foreign table `t` in s"),
    ] {
        assert_eq!(told(sql), [effect], "{sql}");
    }
}

#[test]
fn what_create_schema_makes_is_in_it() {
    let sql = "CREATE SCHEMA s CREATE TABLE t (a int) CREATE INDEX i ON t (a) CREATE VIEW v AS SELECT 1 GRANT SELECT ON u TO PUBLIC";
    assert_eq!(
        told(sql),
        [
            "Create (IF NOT EXISTS) schema `s` in Nowhere",
            "Create (IF NOT EXISTS) table `t` in s",
            "Create (IF NOT EXISTS) index `i` of `t` in s",
            "Create (OR REPLACE) view `v` in s",
            "Grant table `u` in Unknown",
        ]
    );
    assert_eq!(told("CREATE SCHEMA AUTHORIZATION r CREATE TABLE t ()")[1], "Create (IF NOT EXISTS) table `t` in r");
    assert_eq!(told("CREATE SCHEMA AUTHORIZATION CURRENT_USER CREATE TABLE t ()")[1], "Create (IF NOT EXISTS) table `t` in Unknown");
}

#[test]
fn parts_of_tables_types_and_domains() {
    for (sql, effect) in [
        ("ALTER TABLE s.t ADD COLUMN IF NOT EXISTS c int", "Create IF NOT EXISTS column `c` of `s.t` in s"),
        ("ALTER TABLE t DROP COLUMN c", "Drop (IF EXISTS) column `c` of `t` in Lookup"),
        ("ALTER TABLE s.t ALTER COLUMN c SET NOT NULL", "Alter column `c` of `s.t` in s"),
        ("ALTER TABLE s.t ADD CONSTRAINT k UNIQUE (a)", "Create constraint `k` of `s.t` in s"),
        ("ALTER TABLE s.t ADD FOREIGN KEY (a, b) REFERENCES s.u", "Create foreign key on `a`, `b` of `s.t` in s"),
        ("ALTER TABLE s.t ADD CHECK (a > 0)", "Create check constraint of `s.t` in s"),
        ("ALTER TABLE s.t ADD UNIQUE USING INDEX i", "Create constraint `i` of `s.t` in s"),
        ("ALTER TABLE s.t DROP CONSTRAINT IF EXISTS k", "Drop IF EXISTS constraint `k` of `s.t` in s"),
        ("ALTER TABLE s.t VALIDATE CONSTRAINT k", "Alter constraint `k` of `s.t` in s"),
        ("ALTER TABLE s.t DISABLE TRIGGER g", "Alter trigger `g` of `s.t` in s"),
        ("ALTER TABLE IF EXISTS s.t SET LOGGED", "Alter IF EXISTS table `s.t` in s"),
        ("ALTER INDEX s.i SET (fillfactor = 70)", "Alter (IF EXISTS) index `s.i` in s"),
        ("ALTER TYPE s.c ADD ATTRIBUTE a int", "Create (IF NOT EXISTS) column `a` of `s.c` in s"),
        ("ALTER TYPE s.e ADD VALUE IF NOT EXISTS 'x'", "Create IF NOT EXISTS label 'x' of `s.e` in s"),
        ("ALTER TYPE s.e RENAME VALUE 'x' TO 'y'", "Rename to 'y' label 'x' of `s.e` in s"),
        ("ALTER DOMAIN s.d ADD CONSTRAINT k CHECK (VALUE > 0)", "Create constraint `k` of `s.d` in s"),
        ("ALTER DOMAIN s.d DROP CONSTRAINT k", "Drop (IF EXISTS) constraint `k` of `s.d` in s"),
        ("ALTER DOMAIN s.d SET NOT NULL", "Alter domain `s.d` in s"),
        ("ALTER POLICY p ON s.t USING (true)", "Alter policy `p` of `s.t` in s"),
    ] {
        assert_eq!(told(sql), [effect], "{sql}");
    }
    assert_eq!(told("ALTER TABLE t ADD a int, DROP b").len(), 2);
    assert_eq!(told("ALTER TABLE s.t ATTACH PARTITION p.a DEFAULT"), ["Alter table `s.t` in s", "Attach to s.t table `p.a` in p"]);
}

#[test]
fn changes_of_whole_objects() {
    for (sql, effect) in [
        ("ALTER TABLE s.t RENAME TO u", "Rename to u (IF EXISTS) table `s.t` in s"),
        ("ALTER TABLE IF EXISTS s.t RENAME c TO d", "Rename to d IF EXISTS column `c` of `s.t` in s"),
        ("ALTER TABLE s.t RENAME CONSTRAINT c TO d", "Rename to d (IF EXISTS) constraint `c` of `s.t` in s"),
        ("ALTER TYPE s.t RENAME ATTRIBUTE c TO d", "Rename to d (IF EXISTS) column `c` of `s.t` in s"),
        ("ALTER TRIGGER g ON s.t RENAME TO h", "Rename to h (IF EXISTS) trigger `g` of `s.t` in s"),
        ("ALTER TABLE s.t SET SCHEMA u", "Move to u (IF EXISTS) table `s.t` in s"),
        ("ALTER FUNCTION s.f(int) OWNER TO r", "Own function `s.f` in s"),
        ("ALTER TABLE s.t OWNER TO r", "Own table `s.t` in s"),
        ("ALTER SEQUENCE s.q RESTART", "Alter (IF EXISTS) sequence `s.q` in s"),
        ("ALTER ROLE r LOGIN", "Alter role `r` in Nowhere"),
        ("COMMENT ON COLUMN s.t.c IS 'x'", "Comment column `c` of `s.t` in s"),
        ("GRANT SELECT ON s.t TO PUBLIC", "Grant table `s.t` in s"),
        ("REVOKE ALL ON ALL TABLES IN SCHEMA s FROM PUBLIC", "Revoke every table in s"),
        ("GRANT a TO b", "Grant role `a` in Nowhere"),
        ("ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO r", "DefaultPrivileges schema `s` in Nowhere"),
        ("DROP INDEX CONCURRENTLY IF EXISTS s.i", "Drop IF EXISTS index `s.i` in s"),
        ("DROP TRIGGER g ON s.t", "Drop (IF EXISTS) trigger `g` of `s.t` in s"),
        ("DROP TYPE s.e", "Drop (IF EXISTS) type `s.e` in s"),
        ("DROP FUNCTION f", "Drop (IF EXISTS) function `f` in Lookup"),
        ("DROP ROLE IF EXISTS r", "Drop IF EXISTS role `r` in Nowhere"),
    ] {
        assert_eq!(told(sql), [effect], "{sql}");
    }
    assert_eq!(told("DROP TABLE a, s.b").len(), 2);
}

#[test]
fn rows_are_written() {
    let written = "Write table `s.t` in s";
    for sql in [
        "INSERT INTO s.t VALUES (1)",
        "UPDATE s.t SET a = 1",
        "DELETE FROM s.t",
        "MERGE INTO s.t USING u ON true WHEN MATCHED THEN DELETE",
        "TRUNCATE s.t",
        "COPY s.t FROM '/x'",
        "WITH x AS (DELETE FROM s.t RETURNING *) SELECT * FROM x",
        "EXPLAIN ANALYZE DELETE FROM s.t",
        "EXPLAIN (ANALYZE, COSTS off) DELETE FROM s.t",
        "COPY (DELETE FROM s.t RETURNING a) TO '/x'",
    ] {
        assert_eq!(told(sql), [written], "{sql}");
    }
    assert_eq!(told("REFRESH MATERIALIZED VIEW s.t"), ["Write materialized view `s.t` in s"]);
    for sql in ["EXPLAIN DELETE FROM s.t", "EXPLAIN (ANALYZE false) DELETE FROM s.t", "COPY s.t TO '/x'", "SELECT * FROM s.t"] {
        assert_eq!(told(sql), [""; 0], "{sql}");
    }
}

#[test]
fn an_object_is_the_same_however_it_is_written() {
    for (a, b) in [
        ("CREATE TABLE marketing.Company (a int)", "DROP TABLE company"),
        ("CREATE VIEW s.v AS SELECT 1", "DROP VIEW s.\"v\""),
        ("CREATE INDEX i ON s.t (a)", "DROP INDEX s.i"),
        ("CREATE INDEX ON s.t (a, b)", "DROP INDEX s.t_a_b_idx"),
        ("CREATE FUNCTION s.f(a integer, b varchar(5), OUT c text) RETURN 1", "DROP FUNCTION s.f(int, character varying)"),
        ("CREATE FUNCTION s.f(int[][]) RETURNS int RETURN 1", "DROP FUNCTION f(int4[])"),
        ("CREATE FUNCTION s.f(s.kind) RETURNS int RETURN 1", "DROP FUNCTION f(kind)"),
        ("CREATE PROCEDURE s.f() LANGUAGE sql AS ''", "DROP ROUTINE s.f"),
        ("ALTER TABLE s.t ADD FOREIGN KEY (a) REFERENCES s.u", "ALTER TABLE s.t DROP CONSTRAINT t_a_fkey"),
        ("ALTER TABLE s.t ADD PRIMARY KEY (a)", "ALTER TABLE s.t DROP CONSTRAINT t_pkey"),
        ("ALTER TABLE s.t ADD UNIQUE (a, b)", "ALTER TABLE t DROP CONSTRAINT t_a_b_key"),
        ("CREATE TRIGGER g BEFORE UPDATE ON s.t EXECUTE FUNCTION f()", "DROP TRIGGER g ON s.t"),
        ("CREATE CAST (int AS text) WITH INOUT", "DROP CAST (integer AS pg_catalog.text)"),
        ("CREATE OPERATOR s.+ (FUNCTION = f, LEFTARG = int, RIGHTARG = int)", "DROP OPERATOR s.+ (integer, integer)"),
        ("CREATE DOMAIN s.d AS text", "DROP DOMAIN s.d"),
        ("CREATE TYPE s.d AS ENUM ()", "DROP TYPE d"),
    ] {
        assert!(key(a).may_be(&key(b)) && key(b).may_be(&key(a)), "{a} | {b}");
    }
    for (a, b) in [
        ("CREATE TABLE s.t (a int)", "DROP TABLE u.t"),
        ("CREATE TABLE s.t (a int)", "DROP TABLE s.\"T\""),
        ("CREATE FUNCTION s.f(int) RETURNS int RETURN 1", "DROP FUNCTION s.f(text)"),
        ("CREATE FUNCTION s.f(int) RETURNS int RETURN 1", "DROP FUNCTION s.f(int, int)"),
        ("CREATE FUNCTION s.f(a.k) RETURNS int RETURN 1", "DROP FUNCTION s.f(b.k)"),
        ("CREATE TRIGGER g BEFORE UPDATE ON s.t EXECUTE FUNCTION f()", "DROP TRIGGER g ON s.u"),
        ("ALTER TABLE s.t ADD c int", "ALTER TABLE s.t DROP CONSTRAINT c"),
    ] {
        assert!(!key(a).may_be(&key(b)), "{a} | {b}");
    }
}

#[test]
fn default_names_are_those_of_the_server() {
    let (table, column) = ("a".repeat(50), "b".repeat(40));
    let found = key(&format!("ALTER TABLE {table} ADD FOREIGN KEY ({column}) REFERENCES u"));
    assert_eq!(found.name, format!("{}_{}_fkey", "a".repeat(29), "b".repeat(28)));
    let (table, column) = ("é".repeat(24), "ü".repeat(31));
    let found = key(&format!("CREATE INDEX ON \"{table}\" (\"{column}\")"));
    assert_eq!(found.name, format!("{}_{}_idx", "é".repeat(14), "ü".repeat(14)));
    let columns = format!("{}, {}, {}", "a".repeat(30), "b".repeat(30), "c".repeat(26));
    let found = key(&format!("CREATE INDEX ON wide ({columns})"));
    assert_eq!(found.name, format!("wide_{}_{}_idx", "a".repeat(30), "b".repeat(23)));
    assert_eq!(key("ALTER TABLE t ADD UNIQUE (a) INCLUDE (b)").name, "t_a_b_key");
    assert_eq!(key("CREATE INDEX ON s.t (a) INCLUDE (c)").name, "t_a_c_idx");
    assert_eq!(key("ALTER DOMAIN d ADD CHECK (VALUE > 0)").name, "d_check");
}
