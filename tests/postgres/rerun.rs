//! What a second run of a statement does, asked of the server: what `existences` says of it is what happens.

use migration_lint::postgres::{Existence, Fault, Safety, Turn, existences, moved_from};
use migration_lint::syntax::tree::Node;
use migration_lint::syntax::{Script, Version};
use migration_lint::text::Span;

use super::cluster::Cluster;

const SETUP: &str = "
    CREATE ROLE reader; CREATE ROLE writer;
    CREATE SCHEMA s;
    CREATE TABLE a (id integer PRIMARY KEY, b integer, c text, d integer, e integer NOT NULL DEFAULT 0, x integer CHECK (x > 0));
    CREATE TABLE p (k integer, v text) PARTITION BY LIST (k);
    CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
    CREATE TABLE p2 (k integer, v text);
    CREATE TABLE parent (i integer); CREATE TABLE child (i integer); CREATE TABLE heir () INHERITS (parent);
    CREATE VIEW vw AS SELECT id FROM a;
    CREATE MATERIALIZED VIEW mv AS SELECT 1 AS one;
    CREATE INDEX ai ON a (b); CREATE UNIQUE INDEX au ON a (d);
    CREATE SEQUENCE sq;
    CREATE TYPE en AS ENUM ('a', 'b'); CREATE TYPE co AS (f integer, g integer); CREATE DOMAIN dom AS integer;
    CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
    CREATE PROCEDURE pr() LANGUAGE sql AS 'SELECT 1';
    CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
    CREATE FUNCTION etf() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
    CREATE TRIGGER tr BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION tf();
    CREATE RULE ru AS ON DELETE TO a DO ALSO NOTHING;
    CREATE POLICY po ON a;
    CREATE PUBLICATION pub; CREATE PUBLICATION pubd FOR TABLE a;
    CREATE STATISTICS st ON b, c FROM a;
    CREATE FOREIGN DATA WRAPPER fw; CREATE SERVER sv FOREIGN DATA WRAPPER fw OPTIONS (old '1');
    CREATE USER MAPPING FOR reader SERVER sv; CREATE FOREIGN TABLE ft (i integer) SERVER sv;
    CREATE COLLATION cl FROM \"C\";
    CREATE TEXT SEARCH CONFIGURATION tc (COPY = simple); CREATE TEXT SEARCH CONFIGURATION te (PARSER = \"default\");
    CREATE OPERATOR FAMILY fam USING btree;
    CREATE OPERATOR === (leftarg = integer, rightarg = integer, function = int4eq);
    CREATE AGGREGATE ag(integer) (sfunc = int4pl, stype = integer);
    CREATE CAST (en AS integer) WITH INOUT;
    CREATE TABLE typed OF co;
    ALTER TABLE a ADD CONSTRAINT nv CHECK (b > 0) NOT VALID;
    CREATE TABLE gen (i integer, g integer GENERATED ALWAYS AS (i + 1) STORED, idn integer GENERATED ALWAYS AS IDENTITY);
    CREATE TABLE a2 (id integer REFERENCES a (id)); ALTER TABLE a2 ADD CONSTRAINT dfk FOREIGN KEY (id) REFERENCES a DEFERRABLE;
    CREATE TABLE a3 (i integer NOT NULL); CREATE UNIQUE INDEX a3u ON a3 (i);
    CREATE TABLE rows (i integer)";

/// Each runs once on that schema. Nothing here is known to the test: what happens the second time is the server's to say.
const STATEMENTS: &[&str] = &[
    "CREATE TABLE n (i integer)",
    "CREATE TABLE IF NOT EXISTS n (i integer)",
    "CREATE TABLE n AS SELECT 1 AS i",
    "SELECT 1 AS i INTO n",
    "CREATE INDEX n ON a (c)",
    "CREATE INDEX ON a (c)",
    "CREATE INDEX IF NOT EXISTS n ON a (c)",
    "CREATE VIEW n AS SELECT 1 AS i",
    "CREATE OR REPLACE VIEW n AS SELECT 1 AS i",
    "CREATE RECURSIVE VIEW n (i) AS SELECT 1",
    "CREATE MATERIALIZED VIEW n AS SELECT 1 AS i",
    "CREATE SEQUENCE n",
    "CREATE SCHEMA n",
    "CREATE SCHEMA AUTHORIZATION reader",
    "CREATE SCHEMA IF NOT EXISTS n",
    "CREATE FUNCTION n() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION n() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "CREATE PROCEDURE n() LANGUAGE sql AS 'SELECT 1'",
    "CREATE AGGREGATE n(integer) (sfunc = int4pl, stype = integer)",
    "CREATE OR REPLACE AGGREGATE n(integer) (sfunc = int4pl, stype = integer)",
    "CREATE TRIGGER n BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION tf()",
    "CREATE OR REPLACE TRIGGER n BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION tf()",
    "CREATE CONSTRAINT TRIGGER n AFTER UPDATE ON a FOR EACH ROW EXECUTE FUNCTION tf()",
    "CREATE RULE n AS ON INSERT TO a DO ALSO NOTHING",
    "CREATE OR REPLACE RULE n AS ON INSERT TO a DO ALSO NOTHING",
    "CREATE POLICY n ON a",
    "CREATE ROLE n",
    "CREATE TYPE n AS ENUM ('a')",
    "CREATE TYPE n AS (i integer)",
    "CREATE TYPE n",
    "CREATE TYPE n AS RANGE (subtype = float8)",
    "CREATE DOMAIN n AS integer",
    "CREATE CAST (co AS text) WITH INOUT",
    "CREATE OPERATOR ==== (leftarg = integer, rightarg = integer, function = int4eq)",
    "CREATE OPERATOR FAMILY n USING btree",
    "CREATE COLLATION n FROM \"C\"",
    "CREATE COLLATION IF NOT EXISTS n FROM \"C\"",
    "CREATE CONVERSION n FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
    "CREATE ACCESS METHOD n TYPE INDEX HANDLER bthandler",
    "CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal))",
    "CREATE OR REPLACE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal))",
    "CREATE PUBLICATION n",
    "CREATE STATISTICS n ON b, c FROM a",
    "CREATE FOREIGN DATA WRAPPER n",
    "CREATE SERVER n FOREIGN DATA WRAPPER fw",
    "CREATE SERVER IF NOT EXISTS n FOREIGN DATA WRAPPER fw",
    "CREATE USER MAPPING FOR writer SERVER sv",
    "CREATE FOREIGN TABLE n (i integer) SERVER sv",
    "CREATE EVENT TRIGGER n ON ddl_command_end EXECUTE FUNCTION etf()",
    "CREATE TEXT SEARCH CONFIGURATION n (COPY = simple)",
    "CREATE TEXT SEARCH DICTIONARY n (TEMPLATE = simple)",
    "CREATE OR REPLACE LANGUAGE plpgsql",
    "DROP TABLE a2",
    "DROP TABLE IF EXISTS a2",
    "DROP VIEW vw",
    "DROP MATERIALIZED VIEW mv",
    "DROP SEQUENCE sq",
    "DROP INDEX ai",
    "DROP TYPE en CASCADE",
    "DROP DOMAIN dom",
    "DROP SCHEMA s",
    "DROP FUNCTION f(integer)",
    "DROP PROCEDURE pr()",
    "DROP AGGREGATE ag(integer)",
    "DROP OPERATOR === (integer, integer)",
    "DROP TRIGGER tr ON a",
    "DROP POLICY po ON a",
    "DROP POLICY IF EXISTS po ON a",
    "DROP RULE ru ON a",
    "DROP STATISTICS st",
    "DROP PUBLICATION pub",
    "DROP FOREIGN TABLE ft",
    "DROP SERVER sv CASCADE",
    "DROP USER MAPPING FOR reader SERVER sv",
    "DROP COLLATION cl",
    "DROP CAST (en AS integer)",
    "DROP TEXT SEARCH CONFIGURATION tc",
    "DROP OPERATOR FAMILY fam USING btree",
    "DROP OWNED BY writer",
    "ALTER TABLE a ADD COLUMN n integer",
    "ALTER TABLE a ADD COLUMN IF NOT EXISTS n integer UNIQUE",
    "ALTER TABLE a DROP COLUMN c",
    "ALTER TABLE a DROP CONSTRAINT nv",
    "ALTER TABLE a DROP CONSTRAINT IF EXISTS nv",
    "ALTER TABLE a ADD CONSTRAINT n CHECK (b > 1)",
    "ALTER TABLE a ADD CONSTRAINT n UNIQUE (b)",
    "ALTER TABLE a ADD CONSTRAINT n EXCLUDE USING btree (b WITH =)",
    "ALTER TABLE a2 ADD CONSTRAINT n FOREIGN KEY (id) REFERENCES a",
    "ALTER TABLE a3 ADD CONSTRAINT n PRIMARY KEY (i)",
    "ALTER TABLE a3 ADD CONSTRAINT n UNIQUE USING INDEX a3u",
    "ALTER TABLE a ADD CHECK (b > 1)",
    "ALTER TABLE a ADD UNIQUE (b)",
    "ALTER TABLE a2 ADD FOREIGN KEY (id) REFERENCES a",
    "ALTER TABLE a3 ADD PRIMARY KEY (i)",
    "ALTER TABLE a ALTER b SET DEFAULT 1",
    "ALTER TABLE a ALTER b DROP DEFAULT",
    "ALTER TABLE a ALTER e SET NOT NULL",
    "ALTER TABLE a ALTER e DROP NOT NULL",
    "ALTER TABLE p2 ALTER k TYPE bigint",
    "ALTER TABLE a ALTER b SET STATISTICS 10",
    "ALTER TABLE a ALTER c SET STORAGE external",
    "ALTER TABLE a3 ALTER i ADD GENERATED ALWAYS AS IDENTITY",
    "ALTER TABLE gen ALTER idn SET GENERATED BY DEFAULT",
    "ALTER TABLE gen ALTER idn DROP IDENTITY",
    "ALTER TABLE gen ALTER idn DROP IDENTITY IF EXISTS",
    "ALTER TABLE gen ALTER g DROP EXPRESSION",
    "ALTER TABLE a2 ALTER CONSTRAINT dfk NOT DEFERRABLE",
    "ALTER TABLE a VALIDATE CONSTRAINT nv",
    "ALTER TABLE a DISABLE TRIGGER tr",
    "ALTER TABLE a ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE child INHERIT parent",
    "ALTER TABLE heir NO INHERIT parent",
    "ALTER TABLE typed NOT OF",
    "ALTER TABLE a OWNER TO reader",
    "ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2)",
    "ALTER TABLE p DETACH PARTITION p1",
    "ALTER TABLE a CLUSTER ON ai",
    "ALTER TABLE rows SET UNLOGGED",
    "ALTER TABLE a SET (fillfactor = 70)",
    "ALTER TABLE a REPLICA IDENTITY FULL",
    "ALTER FOREIGN TABLE ft OPTIONS (ADD x '1')",
    "ALTER SERVER sv OPTIONS (x '1')",
    "ALTER SERVER sv OPTIONS (SET old '2')",
    "ALTER SERVER sv OPTIONS (DROP old)",
    "ALTER USER MAPPING FOR reader SERVER sv OPTIONS (ADD x '1')",
    "ALTER FOREIGN DATA WRAPPER fw OPTIONS (ADD x '1')",
    "ALTER TABLE a RENAME TO n",
    "ALTER TABLE IF EXISTS a RENAME TO n",
    "ALTER TABLE a RENAME b TO n",
    "ALTER TABLE IF EXISTS a RENAME b TO n",
    "ALTER TABLE a RENAME CONSTRAINT nv TO n",
    "ALTER INDEX ai RENAME TO n",
    "ALTER VIEW vw RENAME TO n",
    "ALTER SEQUENCE sq RENAME TO n",
    "ALTER TYPE en RENAME TO n",
    "ALTER TYPE co RENAME ATTRIBUTE f TO n CASCADE",
    "ALTER DOMAIN dom RENAME TO n",
    "ALTER FUNCTION f(integer) RENAME TO n",
    "ALTER TRIGGER tr ON a RENAME TO n",
    "ALTER RULE ru ON a RENAME TO n",
    "ALTER ROLE reader RENAME TO n",
    "ALTER SCHEMA s RENAME TO n",
    "ALTER PUBLICATION pub RENAME TO n",
    "ALTER COLLATION cl RENAME TO n",
    "ALTER STATISTICS st RENAME TO n",
    "ALTER TABLE a SET SCHEMA s",
    "ALTER TABLE IF EXISTS a SET SCHEMA s",
    "ALTER FUNCTION f(integer) SET SCHEMA s",
    "ALTER TYPE en ADD VALUE 'n'",
    "ALTER TYPE en ADD VALUE IF NOT EXISTS 'n'",
    "ALTER TYPE en RENAME VALUE 'a' TO 'n'",
    "ALTER TYPE co ADD ATTRIBUTE n integer CASCADE",
    "ALTER TYPE co DROP ATTRIBUTE g CASCADE",
    "ALTER TYPE co DROP ATTRIBUTE IF EXISTS g CASCADE",
    "ALTER DOMAIN dom ADD CONSTRAINT n CHECK (VALUE > 0)",
    "ALTER DOMAIN dom ADD CHECK (VALUE > 0)",
    "ALTER DOMAIN dom SET NOT NULL",
    "ALTER DOMAIN dom SET DEFAULT 1",
    "ALTER SEQUENCE sq RESTART WITH 5",
    "ALTER SEQUENCE sq OWNED BY a.id",
    "ALTER FUNCTION f(integer) STABLE",
    "ALTER POLICY po ON a TO reader",
    "ALTER ROLE reader LOGIN",
    "ALTER ROLE reader SET search_path = s",
    "ALTER GROUP reader ADD USER writer",
    "GRANT reader TO writer",
    "GRANT SELECT ON a TO reader",
    "REVOKE SELECT ON a FROM reader",
    "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader",
    "ALTER PUBLICATION pub ADD TABLE a",
    "ALTER PUBLICATION pub SET TABLE a",
    "ALTER PUBLICATION pubd DROP TABLE a",
    "ALTER OPERATOR FAMILY fam USING btree ADD OPERATOR 1 < (int4, int8)",
    "ALTER TEXT SEARCH CONFIGURATION te ADD MAPPING FOR asciiword WITH simple",
    "ALTER TEXT SEARCH CONFIGURATION tc ALTER MAPPING FOR asciiword WITH simple",
    "ALTER TEXT SEARCH CONFIGURATION tc DROP MAPPING FOR asciiword",
    "ALTER TEXT SEARCH CONFIGURATION tc DROP MAPPING IF EXISTS FOR asciiword",
    "ALTER STATISTICS st SET STATISTICS 5",
    "COMMENT ON TABLE a IS 'x'",
    "REFRESH MATERIALIZED VIEW mv",
    "SELECT setval('sq', 5)",
    "INSERT INTO rows VALUES (1)",
    "INSERT INTO rows VALUES (1) ON CONFLICT DO NOTHING",
    "DELETE FROM rows",
    "TRUNCATE rows",
];

#[test]
fn a_second_run_does_what_is_said_of_it() {
    // Roles are the whole server's, so this one is nobody else's.
    let cluster = std::sync::Arc::new(Cluster::start());
    let database = cluster.database();
    database.run(SETUP).unwrap();
    let mut client = database.connect();
    let mut wrong = Vec::new();
    for sql in STATEMENTS {
        let mut transaction = client.transaction().unwrap();
        transaction.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error:?}"));
        let second = transaction.batch_execute(sql);
        let happened = match &second {
            Ok(()) => "passes".to_owned(),
            Err(error) => error.code().map_or_else(|| error.to_string(), |code| code.code().to_owned()),
        };
        transaction.rollback().unwrap();
        let foretold = foretold(sql);
        if foretold != happened {
            wrong.push(format!("{sql}: {happened}, and foretold {foretold}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn rows_that_are_moved_are_moved_once() {
    const SETUP: &str = "CREATE TABLE a (i integer); CREATE TABLE t (i integer); CREATE TABLE b (i integer);
        INSERT INTO a VALUES (1), (2), (3); INSERT INTO t VALUES (1), (9)";
    let cluster = Cluster::shared();
    let mut wrong = Vec::new();
    for query in [
        "SELECT i FROM m",
        "SELECT count(*) FROM m GROUP BY i",
        "SELECT m.i FROM m LEFT JOIN t USING (i)",
        "SELECT i FROM t WHERE i IN (SELECT i FROM m)",
        "SELECT sum(i) OVER () FROM m",
        "SELECT count(*) FROM m",
        "SELECT coalesce(max(i), 0) FROM m",
        "SELECT t.i FROM t LEFT JOIN m USING (i)",
        "SELECT i FROM m UNION SELECT i FROM t",
        "SELECT (SELECT max(i) FROM m) FROM t",
    ] {
        let sql = format!("WITH m AS (DELETE FROM a WHERE i < 3 RETURNING *) INSERT INTO b {query}");
        let database = cluster.database();
        database.run(SETUP).unwrap();
        let mut client = database.connect();
        client.execute(&sql, &[]).unwrap();
        let second = client.execute(&sql, &[]).unwrap();
        let script = Script::parse(&sql, Span::new(0, sql.len() as u32));
        let statement = &script.statements[0];
        let Some(Node::Insert(insert)) = statement.node() else { panic!("{sql}") };
        let is_moved = !moved_from(&sql, insert, script.tokens_of(statement)).is_empty();
        if is_moved != (second == 0) {
            wrong.push(format!("{sql}: the second run inserts {second} rows"));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// How the second run goes: `passes`, or an SQLSTATE.
fn foretold(sql: &str) -> String {
    let script = Script::parse(sql, Span::new(0, sql.len() as u32));
    let statement = &script.statements[0];
    let node = statement.node().unwrap_or_else(|| panic!("{sql} does not parse"));
    let version = Version::new(15).expect("is known");
    let list = existences(sql, node, script.tokens_of(statement), version);
    // What is skipped since it is gone makes nothing.
    let is_skipped = list.first().is_some_and(|first| first.turn == Turn::Leaves && first.safety == Safety::Safe);
    let unsafe_ = |existence: &&Existence<'_>| existence.safety != Safety::Safe && existence.turn != Turn::Replaces && !is_skipped;
    match list.iter().find(unsafe_).map(|existence| existence.fault) {
        Some(Fault::Refused(error)) => error.sqlstate.to_owned(),
        Some(Fault::Repeated(_)) | None => "passes".to_owned(),
    }
}
