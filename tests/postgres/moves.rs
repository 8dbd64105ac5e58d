//! What is copied to another place and what a new partition has read, asked of a server: the facts behind the rules about storage and partitions.

use std::collections::BTreeMap;

use migration_lint::postgres::LockMode;
use postgres::Client;

use super::cluster::Cluster;
use super::locks::{Cost, database_with, during, held, measured, relations, soon, told};

/// Statements that move what `STORED` makes, and what they copy.
const MOVING: &[(&str, &[&str])] = &[
    ("ALTER TABLE t SET TABLESPACE migration_lint_fast", &["t"]),
    ("ALTER TABLE t SET TABLESPACE pg_default", &[]),
    ("ALTER INDEX i SET TABLESPACE migration_lint_fast", &["i"]),
    ("ALTER TABLE i SET TABLESPACE migration_lint_fast", &["i"]),
    ("ALTER MATERIALIZED VIEW m SET TABLESPACE migration_lint_fast", &["m"]),
    ("ALTER TABLE p SET TABLESPACE migration_lint_fast", &[]),
    ("ALTER INDEX p_id SET TABLESPACE migration_lint_fast", &[]),
    ("ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE migration_lint_fast", &["t"]),
    ("ALTER INDEX ALL IN TABLESPACE pg_default SET TABLESPACE migration_lint_fast", &["i"]),
    ("ALTER MATERIALIZED VIEW ALL IN TABLESPACE pg_default SET TABLESPACE migration_lint_fast", &["m"]),
    ("ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE pg_default", &[]),
    ("ALTER TABLE t SET ACCESS METHOD migration_lint_heap", &["i", "t"]),
    ("ALTER MATERIALIZED VIEW m SET ACCESS METHOD migration_lint_heap", &["m"]),
    ("ALTER MATERIALIZED VIEW m SET ACCESS METHOD heap", &[]),
];

const STORED: &str = "CREATE TABLE t (id int); CREATE INDEX i ON t (id); CREATE MATERIALIZED VIEW m AS SELECT 1 AS one;
    CREATE TABLE p (id int) PARTITION BY LIST (id); CREATE INDEX p_id ON p (id);";

#[test]
fn what_is_moved_is_copied_while_nobody_can_use_it() {
    let database = database_with(STORED);
    let mut client = database.connect();
    client.batch_execute("SET allow_in_place_tablespaces = on").expect("the setting is there");
    client.batch_execute("CREATE TABLESPACE migration_lint_fast LOCATION ''").unwrap_or_else(|error| panic!("{error}"));
    client.batch_execute("CREATE ACCESS METHOD migration_lint_heap TYPE TABLE HANDLER heap_tableam_handler").expect("it is made");
    let relations = relations(&mut client);
    let nodes = |client: &mut Client| -> BTreeMap<String, u32> {
        let rows = client.query("SELECT relname::text, relfilenode FROM pg_class WHERE relnamespace = 'public'::regnamespace", &[]);
        rows.expect("the catalog answers").iter().map(|row| (row.get(0), row.get(1))).collect()
    };
    let mut problems = Vec::new();
    for (sql, copied) in MOVING {
        let before = nodes(&mut client);
        let (after, held) = during(&mut client, sql, |client| (nodes(client), held(client, &relations)));
        let is_new = |name: &&String| before[*name] != after[*name];
        let new: Vec<&String> = before.keys().filter(is_new).collect();
        let are_locked = new.iter().all(|name| held.get(*name) == Some(&LockMode::AccessExclusive));
        let is_told = told(STORED, sql) != Cost::Nothing;
        if new != *copied || !are_locked || is_told == new.is_empty() {
            problems.push(format!("{sql}: {new:?} is copied, {held:?} is held, told: {is_told}"));
        }
    }
    let moving = "ALTER INDEX i SET TABLESPACE migration_lint_fast";
    let read = during(&mut client, moving, |_| soon(&database, "SELECT * FROM t"));
    // Not under ACCESS EXCLUSIVE, as the help says.
    let beside = "REINDEX (CONCURRENTLY, TABLESPACE migration_lint_fast) INDEX i";
    client.batch_execute(beside).unwrap_or_else(|error| panic!("{beside}: {error}"));
    client.batch_execute("DROP TABLE t").expect("it is dropped");
    client.batch_execute("DROP TABLESPACE migration_lint_fast").expect("nothing is in it");
    assert_eq!(read, Err("55P03".to_owned()));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_was_deleted_is_copied_with_its_table() {
    let database = Cluster::shared().database();
    let mut client = database.connect();
    let mut size = |how: &str| -> i64 {
        let sql = format!("CREATE TABLE t (id int); INSERT INTO t SELECT generate_series(1, 500); {how}; CREATE INDEX ON t (id)");
        during(&mut client, &sql, |client| client.query_one("SELECT pg_relation_size('t')", &[]).expect("the server knows").get(0))
    };
    assert!(size("DELETE FROM t") > 0 && size("TRUNCATE t") == 0);
    for (how, cost) in [("DELETE FROM t", Cost::Read), ("TRUNCATE t", Cost::Nothing)] {
        let sql = format!(
            "BEGIN; {how}; ALTER TABLE t SET TABLESPACE migration_lint_slow; ALTER INDEX i SET TABLESPACE migration_lint_slow; COMMIT"
        );
        assert_eq!(told(STORED, &sql), cost, "{how}");
    }
}

/// A table that becomes a partition, with what may keep it from being read.
const ATTACHED: &[(&str, bool)] = &[
    ("id int", true),
    ("id int, CHECK (id = 1)", true),
    ("id int NOT NULL", true),
    ("id int NOT NULL, CHECK (id = 1)", false),
    ("id int, CHECK (id = 1 AND id IS NOT NULL)", false),
    ("id int, CHECK (id IN (1)), CHECK (id IS NOT NULL)", false),
    ("id int PRIMARY KEY, CHECK (id = 1)", false),
];

#[test]
fn what_becomes_a_partition_is_read_where_the_rule_says_so() {
    let database = Cluster::shared().database();
    let mut problems = Vec::new();
    for (columns, reads) in ATTACHED {
        let before = format!("CREATE TABLE p (id int) PARTITION BY LIST (id); CREATE TABLE t ({columns});");
        let sql = "ALTER TABLE p ATTACH PARTITION t FOR VALUES IN (1)";
        let (told, measured) = (told(&before, sql), measured(&database, &before, sql));
        if (told, measured) != if *reads { (Cost::Read, Cost::Read) } else { (Cost::Nothing, Cost::Nothing) } {
            problems.push(format!("{columns}: {told:?} is told, and it is {measured:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What is there, a statement that makes a partition, and the tables that it reads.
const PARTITIONED: &[(&str, &str, &[&str])] = &[
    (
        "CREATE TABLE d PARTITION OF p DEFAULT; CREATE TABLE t (id int NOT NULL, CHECK (id = 1))",
        "ALTER TABLE p ATTACH PARTITION t FOR VALUES IN (1)",
        &["d"],
    ),
    ("CREATE TABLE d PARTITION OF p DEFAULT", "CREATE TABLE t PARTITION OF p FOR VALUES IN (1)", &["d"]),
    ("CREATE TABLE d PARTITION OF p (CHECK (id <> 1)) DEFAULT", "CREATE TABLE t PARTITION OF p FOR VALUES IN (1)", &[]),
    ("CREATE TABLE d PARTITION OF p (CHECK (id IS NOT NULL)) DEFAULT", "CREATE TABLE t PARTITION OF p FOR VALUES IN (1)", &["d"]),
    ("CREATE TABLE d PARTITION OF p (CHECK (id IS NOT NULL)) DEFAULT", "CREATE TABLE t PARTITION OF p FOR VALUES IN (NULL)", &[]),
    ("CREATE TABLE d PARTITION OF p (CHECK (id <> 2)) DEFAULT", "CREATE TABLE t PARTITION OF p FOR VALUES IN (1, 2)", &["d"]),
    (
        "CREATE TABLE d PARTITION OF p DEFAULT PARTITION BY LIST (id); CREATE TABLE l PARTITION OF d DEFAULT",
        "CREATE TABLE t PARTITION OF p FOR VALUES IN (1)",
        &["l"],
    ),
    ("CREATE TABLE t (id int, CHECK (id > 1))", "ALTER TABLE p ATTACH PARTITION t DEFAULT", &[]),
    ("CREATE TABLE q PARTITION OF p FOR VALUES IN (1); CREATE TABLE t (id int)", "ALTER TABLE p ATTACH PARTITION t DEFAULT", &["t"]),
    (
        "CREATE TABLE q PARTITION OF p FOR VALUES IN (1); CREATE TABLE t (id int, CHECK (id > 1))",
        "ALTER TABLE p ATTACH PARTITION t DEFAULT",
        &[],
    ),
    ("CREATE TABLE t (id int) PARTITION BY LIST (id)", "ALTER TABLE p ATTACH PARTITION t FOR VALUES IN (1)", &[]),
    (
        "CREATE TABLE t (id int) PARTITION BY LIST (id); CREATE TABLE l PARTITION OF t DEFAULT",
        "ALTER TABLE p ATTACH PARTITION t FOR VALUES IN (1)",
        &["l"],
    ),
    (
        "CREATE TABLE t (id int NOT NULL, CHECK (id = 1)) PARTITION BY LIST (id); CREATE TABLE l PARTITION OF t DEFAULT",
        "ALTER TABLE p ATTACH PARTITION t FOR VALUES IN (1)",
        &[],
    ),
];

#[test]
fn what_a_new_partition_has_read_is_what_the_rule_says() {
    let database = Cluster::shared().database();
    let mut problems = Vec::new();
    for (tables, sql, read) in PARTITIONED {
        let before = format!("CREATE TABLE p (id int) PARTITION BY LIST (id); {tables};");
        let scanned = "SELECT relname::text FROM pg_stat_xact_user_tables WHERE seq_scan > 0 ORDER BY 1";
        let rows = during(&mut database.connect(), &format!("{before} {sql}"), |client| client.query(scanned, &[]));
        let measured: Vec<String> = rows.expect("the server counts").iter().map(|row| row.get(0)).collect();
        let is_told = told(&before, sql) != Cost::Nothing;
        if measured != *read || is_told == measured.is_empty() {
            problems.push(format!("{tables}; {sql}: {measured:?} is read, told: {is_told}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
