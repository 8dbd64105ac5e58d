//! What can't run in a transaction block, asked of the server.

use migration_lint::postgres::{When, barred_in_transaction};
use migration_lint::syntax::{Script, Version};
use migration_lint::text::Span;

use super::cluster::Cluster;

const SETUP: &str = "
    CREATE SCHEMA s; CREATE TABLE t (a integer); CREATE INDEX i ON t (a);
    CREATE TABLE p (a integer) PARTITION BY RANGE (a); CREATE INDEX pi ON p (a);
    CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);
    CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE UNIQUE INDEX ON m (a);
    CREATE TYPE e AS ENUM ('a');
    CREATE SUBSCRIPTION sub CONNECTION 'dbname=nowhere' PUBLICATION pub WITH (connect = false, slot_name = NONE);
    CREATE SUBSCRIPTION slotted CONNECTION 'dbname=nowhere' PUBLICATION pub WITH (connect = false);
    ALTER SUBSCRIPTION slotted ENABLE";

/// These always fail in a transaction block.
const BARRED: &[&str] = &[
    "CREATE INDEX CONCURRENTLY x ON t (a)",
    "DROP INDEX CONCURRENTLY i",
    "REINDEX INDEX CONCURRENTLY i",
    "REINDEX (CONCURRENTLY) INDEX i",
    "REINDEX TABLE CONCURRENTLY t",
    "REINDEX SCHEMA s",
    "REINDEX DATABASE postgres",
    "REINDEX SYSTEM postgres",
    "VACUUM t",
    "VACUUM",
    "VACUUM (ANALYZE) t",
    "CLUSTER",
    "CREATE DATABASE d",
    "DROP DATABASE IF EXISTS d",
    "ALTER DATABASE postgres SET TABLESPACE pg_default",
    "ALTER DATABASE postgres TABLESPACE pg_default",
    "CREATE TABLESPACE x LOCATION '/nowhere'",
    "DROP TABLESPACE IF EXISTS x",
    "ALTER SYSTEM SET work_mem = '4MB'",
    "ALTER SYSTEM RESET ALL",
    "DISCARD ALL",
    "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY",
    "COMMIT PREPARED 'x'",
    "ROLLBACK PREPARED 'x'",
    "CREATE SUBSCRIPTION x CONNECTION 'dbname=nowhere' PUBLICATION y",
    "CREATE SUBSCRIPTION x CONNECTION 'dbname=nowhere' PUBLICATION y WITH (create_slot = true)",
    "ALTER SUBSCRIPTION slotted REFRESH PUBLICATION",
    "ALTER SUBSCRIPTION slotted SET PUBLICATION y",
    "ALTER SUBSCRIPTION slotted ADD PUBLICATION y WITH (refresh = true)",
    "DO 'BEGIN COMMIT; END'",
    "DO 'BEGIN ROLLBACK; END'",
];

/// These fail there if something holds that they don't show; here it does.
const BARRED_HERE: &[&str] = &[
    "CLUSTER p USING pi",
    "REINDEX TABLE p",
    "REINDEX INDEX pi",
    "DROP SUBSCRIPTION slotted",
    "DO 'BEGIN FOR r IN 1..2 LOOP COMMIT; END LOOP; END'",
    "DO 'BEGIN IF true THEN COMMIT; END IF; END'",
];

/// These run there, or fail for another reason.
const ALLOWED: &[&str] = &[
    "CREATE INDEX x ON t (a)",
    "DROP INDEX i",
    "ANALYZE",
    "ALTER DATABASE postgres SET work_mem = '4MB'",
    "ALTER DATABASE postgres CONNECTION LIMIT 5",
    "ALTER TABLESPACE pg_default SET (seq_page_cost = 1)",
    "DISCARD TEMP",
    "DISCARD PLANS",
    "ALTER TABLE p DETACH PARTITION p1",
    "ALTER TABLE p DETACH PARTITION p1 FINALIZE",
    "CREATE SUBSCRIPTION x CONNECTION 'dbname=nowhere' PUBLICATION y WITH (connect = false)",
    "CREATE SUBSCRIPTION x CONNECTION 'dbname=nowhere' PUBLICATION y WITH (create_slot = off)",
    "ALTER SUBSCRIPTION sub SET PUBLICATION y WITH (refresh = false)",
    "ALTER SUBSCRIPTION sub SET (streaming = on)",
    "ALTER SUBSCRIPTION sub DISABLE",
    "ALTER TYPE e ADD VALUE 'b'",
    "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
    "CHECKPOINT",
    "LISTEN x",
    "CREATE PUBLICATION x FOR ALL TABLES",
    "EXPLAIN ANALYZE SELECT 1",
    "DO 'BEGIN NULL; END'",
];

/// These fail there only if something holds, and here it doesn't.
const ALLOWED_HERE: &[&str] =
    &["CLUSTER t USING i", "REINDEX TABLE t", "REINDEX INDEX i", "REINDEX (CONCURRENTLY false) INDEX i", "DROP SUBSCRIPTION sub"];

/// The SQLSTATE that is foretold, and whether it is for certain.
fn foretold(sql: &str) -> Option<(&'static str, bool)> {
    let script = Script::parse(sql, Span::new(0, sql.len() as u32));
    let node = script.statements[0].node().unwrap_or_else(|| panic!("{sql} does not parse"));
    let version = Version::new(15).expect("a known version");
    barred_in_transaction(sql, node, version).map(|barred| (barred.sqlstate, barred.when == When::Always))
}

#[test]
fn what_can_not_run_in_a_transaction_is_what_the_server_refuses() {
    let database = Cluster::shared().database();
    for sql in SETUP.split(';') {
        database.run(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
    let answer = |sql: &str| match database.run(&format!("BEGIN; {sql}; ROLLBACK")) {
        Ok(()) => None,
        Err(error) => Some(error.code().code().to_owned()),
    };
    for (list, certain) in [(BARRED, true), (BARRED_HERE, false)] {
        for sql in list {
            let (sqlstate, always) = foretold(sql).unwrap_or_else(|| panic!("{sql} is not foretold"));
            assert_eq!((answer(sql).as_deref(), always), (Some(sqlstate), certain), "{sql}");
        }
    }
    for sql in ALLOWED {
        assert_eq!(foretold(sql), None, "{sql}");
    }
    for sql in ALLOWED_HERE {
        assert_eq!(foretold(sql).map(|(_, always)| always), Some(false), "{sql}");
    }
    for sql in ALLOWED.iter().chain(ALLOWED_HERE) {
        assert!(!matches!(answer(sql).as_deref(), Some("25001" | "2D000")), "{sql}");
    }
    for sql in ["ALTER SUBSCRIPTION slotted DISABLE", "ALTER SUBSCRIPTION slotted SET (slot_name = NONE)", "DROP SUBSCRIPTION slotted"] {
        database.run(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

#[test]
fn some_could_run_in_a_transaction_in_older_versions() {
    let since = [
        ("ALTER SUBSCRIPTION sub REFRESH PUBLICATION", 14),
        ("REINDEX TABLE p", 14),
        ("REINDEX INDEX pi", 14),
        ("CLUSTER p USING pi", 15),
        ("REINDEX SCHEMA s", 12),
    ];
    for (sql, first) in since {
        let script = Script::parse(sql, Span::new(0, sql.len() as u32));
        let node = script.statements[0].node().expect("it parses");
        let barred = |major: &u8| barred_in_transaction(sql, node, Version::new(*major).expect("a known version")).is_some();
        assert_eq!((12..=18).find(barred), Some(first), "{sql}");
    }
}

#[test]
fn a_new_label_can_be_used_only_after_its_transaction() {
    let database = Cluster::shared().database();
    database.run("CREATE TYPE e AS ENUM ('a')").unwrap();
    let error = database.run("BEGIN; ALTER TYPE e ADD VALUE 'b'; SELECT 'b'::e; COMMIT").unwrap_err();
    assert_eq!(error.code().code(), "55P04");
    database.run("BEGIN; ALTER TYPE e ADD VALUE 'b'; COMMIT; BEGIN; SELECT 'b'::e; COMMIT").unwrap();
}

#[test]
fn begin_in_a_transaction_and_commit_in_none_only_warn() {
    let database = Cluster::shared().database();
    database.run("BEGIN; BEGIN; CREATE TABLE t (); COMMIT; COMMIT; INSERT INTO t DEFAULT VALUES").unwrap();
}
