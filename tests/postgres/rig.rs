//! Tests of the rig itself: a comparison that sees nothing would bless everything.

use std::sync::Arc;

use super::cluster::Cluster;
use super::schema::Schema;

/// Each statement changes the schema of the statements before it, however little.
const CHANGES: &[&str] = &[
    "CREATE SCHEMA s",
    "COMMENT ON SCHEMA s IS 'c'",
    "GRANT USAGE ON SCHEMA s TO PUBLIC",
    "CREATE TABLE s.t (a integer, b text)",
    "COMMENT ON COLUMN s.t.a IS 'c'",
    "ALTER TABLE s.t ALTER a SET DEFAULT 1",
    "ALTER TABLE s.t ALTER a SET NOT NULL",
    "ALTER TABLE s.t ALTER b TYPE varchar(5)",
    "ALTER TABLE s.t ALTER b SET STORAGE external",
    "ALTER TABLE s.t ADD c bigint GENERATED ALWAYS AS IDENTITY",
    "ALTER TABLE s.t ALTER c SET INCREMENT 2",
    "ALTER TABLE s.t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID",
    "ALTER TABLE s.t VALIDATE CONSTRAINT positive",
    "ALTER TABLE s.t ADD PRIMARY KEY (a)",
    "ALTER TABLE s.t ADD d integer REFERENCES s.t ON DELETE CASCADE",
    "CREATE INDEX i ON s.t (b) WHERE a > 3",
    "ALTER TABLE s.t ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY p ON s.t USING (a > 0)",
    "ALTER POLICY p ON s.t USING (a > 1)",
    "ALTER TABLE s.t SET (fillfactor = 70)",
    "ALTER TABLE s.t REPLICA IDENTITY FULL",
    "GRANT SELECT ON s.t TO PUBLIC",
    "GRANT UPDATE (a) ON s.t TO PUBLIC",
    "CREATE FUNCTION s.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE OR REPLACE FUNCTION s.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
    "CREATE TRIGGER g BEFORE UPDATE ON s.t FOR EACH ROW EXECUTE FUNCTION s.f()",
    "ALTER TABLE s.t DISABLE TRIGGER g",
    "CREATE AGGREGATE s.total (integer) (SFUNC = int4pl, STYPE = integer)",
    "CREATE VIEW s.v AS SELECT a FROM s.t",
    "CREATE OR REPLACE VIEW s.v AS SELECT a FROM s.t WHERE a > 1",
    "CREATE RULE r AS ON INSERT TO s.v DO INSTEAD NOTHING",
    "CREATE MATERIALIZED VIEW s.m AS SELECT b FROM s.t",
    "CREATE SEQUENCE s.q",
    "ALTER SEQUENCE s.q OWNED BY s.t.a",
    "CREATE TYPE s.e AS ENUM ('x')",
    "ALTER TYPE s.e ADD VALUE 'y' BEFORE 'x'",
    "CREATE TYPE s.c AS (a integer)",
    "ALTER TYPE s.c ADD ATTRIBUTE b text",
    "CREATE TYPE s.r AS RANGE (SUBTYPE = integer)",
    "CREATE DOMAIN s.d AS text",
    "ALTER DOMAIN s.d ADD CONSTRAINT short CHECK (length(VALUE) < 9)",
    "CREATE TABLE s.parent (a integer) PARTITION BY RANGE (a)",
    "CREATE TABLE s.part (a integer)",
    "ALTER TABLE s.parent ATTACH PARTITION s.part FOR VALUES FROM (1) TO (2)",
    "CREATE STATISTICS s.st ON a, b FROM s.t",
    "CREATE COLLATION s.co (LOCALE = 'C')",
    "CREATE CAST (s.e AS integer) WITH INOUT",
    "CREATE PUBLICATION pub",
    "ALTER PUBLICATION pub ADD TABLE s.part",
    "CREATE FUNCTION s.ev() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
    "CREATE EVENT TRIGGER ev ON ddl_command_end EXECUTE FUNCTION s.ev()",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO PUBLIC",
    "CREATE TEXT SEARCH CONFIGURATION s.ts (COPY = simple)",
    "REVOKE USAGE ON SCHEMA public FROM PUBLIC",
];

#[test]
fn the_comparison_sees_every_change() {
    let database = Cluster::shared().database();
    for sql in CHANGES {
        let before = Schema::of(&database);
        database.run(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        assert!(!before.changes(&Schema::of(&database)).is_empty(), "{sql} changed nothing");
    }
}

#[test]
fn the_comparison_sees_no_change_where_there_is_none() {
    let database = Cluster::shared().database();
    database.run("CREATE TABLE t (a integer PRIMARY KEY, b text)").unwrap();
    let before = Schema::of(&database);
    let sql = "DROP TABLE t; CREATE TABLE t (b text, a integer PRIMARY KEY); INSERT INTO t VALUES ('x', 1);
        GRANT SELECT ON t TO PUBLIC; REVOKE SELECT ON t FROM PUBLIC; CREATE TEMPORARY TABLE u ()";
    database.run(sql).unwrap();
    let changes = before.changes(&Schema::of(&database)).to_string();
    assert!(changes.is_empty(), "{changes}");
}

#[test]
fn a_cluster_leaves_nothing_behind() {
    let cluster = Arc::new(Cluster::start());
    let directory = cluster.directory().to_owned();
    cluster.database().run("CREATE TABLE t ()").unwrap();
    assert!(directory.is_dir());
    drop(cluster);
    assert!(!directory.exists());
}
