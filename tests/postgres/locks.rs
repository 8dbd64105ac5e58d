//! What statements lock, write again, build again and read, asked of a server: the facts behind group *safety*.
//!
//! A lock is what `pg_locks` shows inside the transaction; a table or an index that is written again has another `relfilenode`; a table that is
//! read has another `seq_scan` in `pg_stat_xact_user_tables`. What the rules say of the same statement must be the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::thread;
use std::time::Duration;

use migration_lint::config::Config;
use migration_lint::engine::{Choice, FileText, Settings, Start, Workspace};
use migration_lint::postgres::{LockMode, LockTarget, table_locks};
use migration_lint::syntax::Script;
use migration_lint::text::Span;
use postgres::Client;

use super::cluster::{Cluster, Database};

/// What is there before each statement.
const TABLES: &str = "
    CREATE TABLE o (id int PRIMARY KEY); INSERT INTO o SELECT generate_series(1, 50);
    CREATE TABLE t (id int PRIMARY KEY, a int, b text, v varchar(20), o int); CREATE INDEX t_b ON t (b);
    INSERT INTO t SELECT i, i, 'x', 'x', i FROM generate_series(1, 50) AS i;
    ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID;
    ALTER TABLE t ADD CONSTRAINT known FOREIGN KEY (a) REFERENCES o NOT VALID;
    CREATE UNIQUE INDEX t_a ON t (a); CREATE TABLE p (id int, b text) PARTITION BY LIST (id); CREATE TABLE q (id int, b text);
    CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE MATERIALIZED VIEW m AS SELECT 1 AS one;
    CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f(); CREATE POLICY y ON t USING (true);
    CREATE VIEW w AS SELECT 1 AS one; CREATE TABLE s PARTITION OF p FOR VALUES IN (7);";

/// Statements that take locks.
const LOCKING: &[&str] = &[
    "CREATE INDEX ON t (a)",
    "CREATE UNIQUE INDEX x ON t (a)",
    "DROP INDEX t_b",
    "ALTER INDEX t_b RENAME TO x",
    "ALTER INDEX t_b SET (fillfactor = 70)",
    "ALTER INDEX t_b RESET (fillfactor)",
    "ALTER TABLE t ADD COLUMN c int",
    "ALTER TABLE t ADD COLUMN c int REFERENCES o",
    "ALTER TABLE t DROP COLUMN b",
    "ALTER TABLE t RENAME COLUMN b TO c",
    "ALTER TABLE t RENAME TO x",
    "ALTER TABLE t RENAME CONSTRAINT positive TO x",
    "ALTER TABLE t ALTER COLUMN b SET NOT NULL",
    "ALTER TABLE t ALTER COLUMN b DROP NOT NULL",
    "ALTER TABLE t ALTER COLUMN b SET DEFAULT 'x'",
    "ALTER TABLE t ALTER COLUMN b TYPE varchar(40)",
    "ALTER TABLE t ALTER COLUMN b SET STATISTICS 500",
    "ALTER TABLE t ALTER COLUMN b SET (n_distinct = 5)",
    "ALTER TABLE t ALTER COLUMN b SET STORAGE external",
    "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)",
    "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID",
    "ALTER TABLE t ADD CONSTRAINT c UNIQUE (a)",
    "ALTER TABLE t ADD CONSTRAINT c UNIQUE USING INDEX t_a",
    "ALTER TABLE q ADD COLUMN u text UNIQUE",
    "ALTER TABLE q ADD PRIMARY KEY (id)",
    "ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (o) REFERENCES o",
    "ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (o) REFERENCES o NOT VALID",
    "ALTER TABLE t VALIDATE CONSTRAINT positive",
    "ALTER TABLE t VALIDATE CONSTRAINT known",
    "ALTER TABLE t DROP CONSTRAINT positive",
    "ALTER TABLE t DISABLE TRIGGER g",
    "ALTER TABLE t ENABLE ALWAYS TRIGGER g",
    "ALTER TABLE t DISABLE TRIGGER ALL",
    "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE t OWNER TO CURRENT_USER",
    "ALTER TABLE t SET (fillfactor = 70)",
    "ALTER TABLE t CLUSTER ON t_b",
    "ALTER TABLE t REPLICA IDENTITY FULL",
    "ALTER TABLE t SET UNLOGGED",
    "ALTER TABLE p ATTACH PARTITION q FOR VALUES IN (1)",
    "ALTER TABLE p DETACH PARTITION s",
    "CREATE TABLE n PARTITION OF p FOR VALUES IN (1)",
    "CREATE TABLE n PARTITION OF p DEFAULT",
    "ALTER TABLE t ADD CONSTRAINT c EXCLUDE (o WITH =)",
    "CREATE TABLE n (o int REFERENCES o)",
    "CREATE TRIGGER h BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
    "DROP TRIGGER g ON t",
    "ALTER TRIGGER g ON t RENAME TO h",
    "CREATE POLICY z ON t USING (true)",
    "DROP POLICY y ON t",
    "ALTER POLICY y ON t USING (false)",
    "CREATE RULE r AS ON DELETE TO t DO ALSO NOTHING",
    "DROP TABLE t",
    "DROP VIEW w",
    "DROP MATERIALIZED VIEW m",
    "TRUNCATE t",
    "LOCK TABLE t",
    "LOCK TABLE t IN SHARE MODE",
    "CLUSTER t USING t_b",
    "REINDEX TABLE t",
    "REFRESH MATERIALIZED VIEW m",
    "ANALYZE t",
];

/// The mode that `pg_locks` calls so, from SHARE UPDATE EXCLUSIVE on.
fn mode(name: &str) -> Option<LockMode> {
    use LockMode::{AccessExclusive, Exclusive, Share, ShareRowExclusive, ShareUpdateExclusive};
    let modes = [ShareUpdateExclusive, Share, ShareRowExclusive, Exclusive, AccessExclusive];
    modes.into_iter().find(|mode| mode.sql().replace(' ', "") + "LOCK" == name.to_uppercase())
}

/// The strongest lock of the session on each of `relations`, which go by their numbers.
pub(super) fn held(client: &mut Client, relations: &BTreeMap<String, u32>) -> BTreeMap<String, LockMode> {
    let sql = "SELECT relation, mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted";
    let mut held: BTreeMap<String, LockMode> = BTreeMap::new();
    for row in client.query(sql, &[]).expect("the server shows locks") {
        let (oid, name): (u32, String) = (row.get(0), row.get(1));
        let Some((relation, _)) = relations.iter().find(|(_, other)| **other == oid) else { continue };
        if let Some(mode) = mode(&name) {
            let strongest = held.get(relation).copied().map_or(mode, |other| other.max(mode));
            held.insert(relation.clone(), strongest);
        }
    }
    held
}

pub(super) fn relations(client: &mut Client) -> BTreeMap<String, u32> {
    let rows = client.query("SELECT relname::text, oid FROM pg_class WHERE relnamespace = 'public'::regnamespace", &[]);
    rows.expect("the catalog answers").iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// A database in which that is there which `sql` makes.
pub(super) fn database_with(sql: &str) -> Database {
    let database = Cluster::shared().database();
    database.run(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    database
}

/// What `ask` finds in a transaction in which `sql` has run, and which is then taken back.
pub(super) fn during<T>(client: &mut Client, sql: &str, ask: impl FnOnce(&mut Client) -> T) -> T {
    client.batch_execute(&format!("BEGIN; {sql}")).unwrap_or_else(|error| panic!("{sql}: {error}"));
    let answer = ask(client);
    client.batch_execute("ROLLBACK").expect("it is undone");
    answer
}

/// The locks that `sql` holds in a database.
fn held_by(database: &Database, sql: &str) -> BTreeMap<String, LockMode> {
    let mut client = database.connect();
    let relations = relations(&mut client);
    during(&mut client, sql, |client| held(client, &relations))
}

/// With what a query ends that waits no longer than an instant.
pub(super) fn soon(database: &Database, sql: &str) -> Result<(), String> {
    database.run(&format!("SET lock_timeout = '200ms'; {sql}")).map_err(|error| error.code().code().to_owned())
}

/// The strongest lock that `sql` is said to take on each relation that it names.
fn said(sql: &str) -> BTreeMap<String, LockMode> {
    let script = Script::parse(sql, Span::new(0, sql.len() as u32));
    let node = script.statements[0].node().unwrap_or_else(|| panic!("{sql} parses"));
    let mut said: BTreeMap<String, LockMode> = BTreeMap::new();
    // The default partition has a name of its own.
    for lock in table_locks(sql, node).into_iter().filter(|lock| lock.target != LockTarget::DefaultPartition) {
        let name = lock.name.object.value(sql).into_owned();
        let strongest = said.get(&name).copied().map_or(lock.mode, |other| other.max(lock.mode));
        said.insert(name, strongest);
    }
    said
}

#[test]
fn changes_of_rows_lock_their_table() {
    let database = database_with(TABLES);
    let mut client = database.connect();
    for sql in [
        "UPDATE t SET b = 'y'",
        "UPDATE t AS x SET b = o.id FROM o WHERE o.id = x.o",
        "DELETE FROM t WHERE id = 7",
        "DELETE FROM t USING o",
    ] {
        let modes = "SELECT mode FROM pg_locks WHERE pid = pg_backend_pid() AND relation = 't'::regclass ORDER BY mode";
        let rows = during(&mut client, sql, |client| client.query(modes, &[]));
        let held: Vec<String> = rows.expect("the server shows locks").iter().map(|row| row.get(0)).collect();
        assert_eq!(held, ["RowExclusiveLock"], "{sql}");
        let script = Script::parse(sql, Span::new(0, sql.len() as u32));
        let said = table_locks(sql, script.statements[0].node().expect("it parses"));
        assert_eq!(
            said.iter().map(|lock| (lock.target, lock.mode)).collect::<Vec<_>>(),
            [(LockTarget::Rows, LockMode::RowExclusive)],
            "{sql}"
        );
    }
}

#[test]
fn statements_take_the_locks_that_they_are_said_to_take() {
    let database = database_with(TABLES);
    let mut problems = Vec::new();
    for sql in LOCKING {
        let held = held_by(&database, sql);
        for (relation, mode) in said(sql) {
            if held.get(&relation) != Some(&mode) {
                problems.push(format!("{sql}: {relation}: {mode:?} is said, and {:?} is held", held.get(&relation)));
            }
        }
        // What is locked without being said so: a table by way of its index.
        let is_of_index = sql.contains("INDEX t_b");
        let unsaid =
            held.iter().filter(|(relation, _)| !said(sql).contains_key(*relation) && ["t", "o", "p", "q"].contains(&relation.as_str()));
        problems
            .extend(unsaid.filter(|_| !is_of_index && !sql.starts_with("DROP TABLE")).map(|other| format!("{sql}: {other:?} is not said")));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn an_index_that_is_dropped_locks_its_table() {
    let database = database_with(TABLES);
    assert_eq!(held_by(&database, "DROP INDEX t_b").get("t"), Some(&LockMode::AccessExclusive));
}

/// The planner looks at each index of a table, and waits for the one that is built.
#[test]
fn an_index_that_is_built_again_keeps_queries_waiting() {
    let database = database_with(TABLES);
    for sql in ["REINDEX INDEX t_b", "REINDEX TABLE t"] {
        let mut client = database.connect();
        let relations = relations(&mut client);
        let (held, read) = during(&mut client, sql, |client| (held(client, &relations), soon(&database, "SELECT * FROM t WHERE id = 1")));
        assert_eq!((held.get("t"), held.get("t_b")), (Some(&LockMode::Share), Some(&LockMode::AccessExclusive)), "{sql}");
        assert_eq!(read, Err("55P03".to_owned()), "{sql}");
    }
}

#[test]
fn a_constraint_of_a_domain_locks_the_tables_that_use_it() {
    let tables = "CREATE DOMAIN d AS text; CREATE DOMAIN e AS d; CREATE TABLE a (c d); CREATE TABLE b (c e); CREATE TABLE n (c text);
        CREATE MATERIALIZED VIEW m AS SELECT c FROM a; CREATE VIEW v AS SELECT c FROM a; ALTER DOMAIN d ADD CONSTRAINT y CHECK (VALUE <> 'y') NOT VALID";
    let database = database_with(tables);
    for (sql, locks) in [
        ("ALTER DOMAIN d VALIDATE CONSTRAINT y", true),
        ("ALTER DOMAIN d ADD CONSTRAINT x CHECK (VALUE <> '')", true),
        ("ALTER DOMAIN d SET NOT NULL", true),
        ("ALTER DOMAIN d ADD CONSTRAINT x CHECK (VALUE <> '') NOT VALID", false),
        ("ALTER DOMAIN d DROP NOT NULL", false),
    ] {
        let read = if locks { &["a", "b", "m"][..] } else { &[] };
        let read = read.iter().map(|name| ((*name).to_owned(), LockMode::Share)).collect();
        assert_eq!(held_by(&database, sql), read, "{sql}");
        assert_eq!(said(sql).into_values().collect::<Vec<_>>(), if locks { vec![LockMode::Share] } else { Vec::new() }, "{sql}");
    }
}

#[test]
fn a_view_that_is_filled_again_concurrently_is_read_meanwhile() {
    let database = database_with("CREATE MATERIALIZED VIEW m AS SELECT 1 AS one; CREATE UNIQUE INDEX ON m (one)");
    for (word, read) in [("CONCURRENTLY", Ok(())), ("", Err("55P03".to_owned()))] {
        let refresh = format!("REFRESH MATERIALIZED VIEW {word} m");
        let other = during(&mut database.connect(), &refresh, |_| soon(&database, "SELECT * FROM m"));
        assert_eq!(other, read, "{word}");
    }
}

#[test]
fn a_view_that_is_left_without_data_is_not_read() {
    let database = database_with("CREATE MATERIALIZED VIEW m AS SELECT 1 AS one; REFRESH MATERIALIZED VIEW m WITH NO DATA");
    assert_eq!(soon(&database, "SELECT * FROM m"), Err("55000".to_owned()));
}

#[test]
fn a_view_that_is_emptied_and_filled_in_one_transaction_is_never_seen_empty() {
    let database = database_with("CREATE MATERIALIZED VIEW m AS SELECT 1 AS one");
    let mut client = database.connect();
    let both = "BEGIN; REFRESH MATERIALIZED VIEW m WITH NO DATA; REFRESH MATERIALIZED VIEW m";
    client.batch_execute(both).unwrap_or_else(|error| panic!("{error}"));
    let read = || soon(&database, "SELECT * FROM m");
    assert_eq!(read(), Err("55P03".to_owned()));
    client.batch_execute("COMMIT").expect("it is committed");
    assert_eq!(read(), Ok(()));
}

#[test]
fn what_is_not_there_to_be_dropped_locks_nobody_out() {
    let database = database_with(TABLES);
    for (sql, locks) in [
        ("DROP TRIGGER IF EXISTS missing ON t", false),
        ("DROP TRIGGER IF EXISTS g ON t", true),
        ("DROP POLICY IF EXISTS missing ON t", false),
        ("DROP POLICY IF EXISTS y ON t", true),
        ("DROP RULE IF EXISTS missing ON t", false),
        ("DROP FUNCTION f() CASCADE", true),
        ("CREATE TABLE IF NOT EXISTS q (o int REFERENCES t)", false),
    ] {
        let expected = locks.then_some(LockMode::AccessExclusive);
        assert_eq!(held_by(&database, sql).get("t").copied(), expected, "{sql}");
    }
}

#[test]
fn an_index_that_becomes_a_part_is_locked_and_what_is_above_stays_in_use() {
    let tables = "CREATE TABLE p (id int) PARTITION BY LIST (id); CREATE TABLE q PARTITION OF p FOR VALUES IN (1);
        CREATE INDEX p_id ON ONLY p (id); CREATE INDEX q_id ON q (id)";
    let held = held_by(&database_with(tables), "ALTER INDEX p_id ATTACH PARTITION q_id");
    assert_eq!((held.get("q_id"), held.get("p_id")), (Some(&LockMode::AccessExclusive), Some(&LockMode::ShareUpdateExclusive)), "{held:?}");
    assert!(["p", "q"].iter().all(|table| held.get(*table).is_none_or(|mode| *mode == LockMode::AccessShare)), "{held:?}");
    let held = held_by(&database_with(tables), "CREATE INDEX p_id_too ON ONLY p (id)");
    assert_eq!((held.get("p"), held.get("q")), (Some(&LockMode::Share), None), "{held:?}");
}

#[test]
fn nothing_is_detached_concurrently_beside_a_default_partition() {
    let database = database_with("CREATE TABLE p (id int) PARTITION BY LIST (id); CREATE TABLE q PARTITION OF p FOR VALUES IN (1)");
    database.run("ALTER TABLE p DETACH PARTITION q CONCURRENTLY").unwrap_or_else(|error| panic!("{error}"));
    database
        .run("ALTER TABLE p ATTACH PARTITION q FOR VALUES IN (1); CREATE TABLE r PARTITION OF p DEFAULT")
        .unwrap_or_else(|error| panic!("{error}"));
    let refused = database.run("ALTER TABLE p DETACH PARTITION q CONCURRENTLY").map_err(|error| error.code().code().to_owned());
    assert_eq!(refused, Err("55000".to_owned()));
}

#[test]
fn tables_are_written_again_by_vacuum_full_and_cluster() {
    let database = database_with(TABLES);
    let node = || -> u32 {
        database.connect().query_one("SELECT relfilenode FROM pg_class WHERE relname = 't'", &[]).expect("it is there").get(0)
    };
    for (sql, writes) in [("VACUUM t", false), ("VACUUM FULL t", true), ("VACUUM (FULL) t", true), ("CLUSTER t USING t_b", true)] {
        let before = node();
        database.run(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        assert_eq!(node() != before, writes, "{sql}");
    }
}

#[test]
fn what_is_done_concurrently_lets_others_write() {
    for sql in ["CREATE INDEX CONCURRENTLY ON t (b)", "DROP INDEX CONCURRENTLY t_b"] {
        let database = database_with(TABLES);
        let mut writer = database.connect();
        let pid: i32 = writer.query_one("SELECT pg_backend_pid()", &[]).expect("a session has a process").get(0);
        writer.batch_execute("BEGIN; INSERT INTO t (id) VALUES (1000)").expect("it writes");
        let shown = thread::scope(|scope| {
            let concurrent = scope.spawn(|| database.run(sql));
            let shown = (0..500).find_map(|_| {
                thread::sleep(Duration::from_millis(20));
                let query = "SELECT mode FROM pg_locks WHERE relation = 't'::regclass AND pid <> $1 AND granted ORDER BY mode DESC";
                database.connect().query(query, &[&pid]).expect("the server shows locks").first().and_then(|row| mode(row.get(0)))
            });
            // Others write while it waits.
            database.run("INSERT INTO t (id) VALUES (1001)").expect("it does not wait");
            writer.batch_execute("COMMIT").expect("it is done");
            concurrent.join().expect("it ends").unwrap_or_else(|error| panic!("{sql}: {error}"));
            shown
        });
        assert_eq!(shown, Some(LockMode::ShareUpdateExclusive), "{sql}");
        let script = Script::parse(sql, Span::new(0, sql.len() as u32));
        let said = table_locks(sql, script.statements[0].node().expect("it parses"));
        assert_eq!(said[0].mode, LockMode::ShareUpdateExclusive, "{sql}");
        assert_eq!(database.run(&format!("BEGIN; {sql}; COMMIT")).map_err(|error| error.code().code().to_owned()), Err("25001".to_owned()));
    }
}

/// What a statement costs the table `t`, the worst of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cost {
    Nothing,
    /// Every row is read.
    Read,
    /// An index that was there is built again.
    Rebuilt,
    /// Every row is written again.
    Rewritten,
}

/// What is there, and a statement on it.
const COSTS: &[(&str, &str)] = &[
    // Types.
    ("a varchar(20)", "ALTER TABLE t ALTER a TYPE varchar(40)"),
    ("a varchar(20)", "ALTER TABLE t ALTER a TYPE varchar(10)"),
    ("a varchar(20)", "ALTER TABLE t ALTER a TYPE varchar"),
    ("a varchar(20)", "ALTER TABLE t ALTER a TYPE text"),
    ("a varchar(20)", "ALTER TABLE t ALTER a TYPE text USING a"),
    ("a varchar(20)", "ALTER TABLE t ALTER a TYPE text USING a::text"),
    ("a varchar(20)", "ALTER TABLE t ALTER a TYPE text USING lower(a)"),
    ("a text", "ALTER TABLE t ALTER a TYPE varchar"),
    ("a text", "ALTER TABLE t ALTER a TYPE varchar(20)"),
    ("a char(5)", "ALTER TABLE t ALTER a TYPE text"),
    ("a char(5)", "ALTER TABLE t ALTER a TYPE char(9)"),
    ("a text", "ALTER TABLE t ALTER a TYPE char(9)"),
    ("a int", "ALTER TABLE t ALTER a TYPE bigint"),
    ("a int", "ALTER TABLE t ALTER a TYPE oid"),
    ("a numeric(10, 2)", "ALTER TABLE t ALTER a TYPE numeric(12, 2)"),
    ("a numeric(10, 2)", "ALTER TABLE t ALTER a TYPE numeric(12, 3)"),
    ("a numeric(10, 2)", "ALTER TABLE t ALTER a TYPE numeric"),
    ("a numeric", "ALTER TABLE t ALTER a TYPE numeric(12, 2)"),
    ("a numeric(10)", "ALTER TABLE t ALTER a TYPE numeric(12, 0)"),
    ("a timestamp(3)", "ALTER TABLE t ALTER a TYPE timestamp(5)"),
    ("a timestamp(3)", "ALTER TABLE t ALTER a TYPE timestamp"),
    ("a timestamp", "ALTER TABLE t ALTER a TYPE timestamp(6)"),
    ("a timestamp", "ALTER TABLE t ALTER a TYPE timestamp(3)"),
    ("a interval(3)", "ALTER TABLE t ALTER a TYPE interval(5)"),
    ("a interval(3)", "ALTER TABLE t ALTER a TYPE interval"),
    ("a time(3)", "ALTER TABLE t ALTER a TYPE time"),
    ("a timestamp", "SET timezone = 'UTC'; ALTER TABLE t ALTER a TYPE timestamptz"),
    ("a timestamp", "SET timezone = 'Europe/Rome'; ALTER TABLE t ALTER a TYPE timestamptz"),
    ("a timestamptz", "SET timezone = 'UTC'; ALTER TABLE t ALTER a TYPE timestamp"),
    ("a date", "ALTER TABLE t ALTER a TYPE timestamp"),
    ("a varbit(5)", "ALTER TABLE t ALTER a TYPE varbit(9)"),
    ("a bit(5)", "ALTER TABLE t ALTER a TYPE varbit"),
    ("a bit(5)", "ALTER TABLE t ALTER a TYPE varbit(9)"),
    ("a cidr", "ALTER TABLE t ALTER a TYPE inet"),
    ("a inet", "ALTER TABLE t ALTER a TYPE cidr"),
    ("a json", "ALTER TABLE t ALTER a TYPE jsonb"),
    ("a varchar(20)[]", "ALTER TABLE t ALTER a TYPE varchar(40)[]"),
    ("a varchar(20)[]", "ALTER TABLE t ALTER a TYPE text[]"),
    ("a text[]", "ALTER TABLE t ALTER a TYPE varchar[]"),
    ("a text", "CREATE DOMAIN d AS text; ALTER TABLE t ALTER a TYPE d"),
    ("a text", "CREATE DOMAIN d AS text CHECK (VALUE <> ''); ALTER TABLE t ALTER a TYPE d"),
    ("a text", "CREATE DOMAIN d AS text; CREATE DOMAIN e AS d NOT NULL; ALTER TABLE t ALTER a TYPE e"),
    ("a text", "CREATE TYPE e AS ENUM ('x'); ALTER TABLE t ALTER a TYPE e USING 'x'::e"),
    ("a text", "ALTER TABLE t ALTER a TYPE text COLLATE \"C\""),
    // Types, and what stands on the column.
    ("a varchar(20) UNIQUE", "ALTER TABLE t ALTER a TYPE varchar(40)"),
    ("a varchar(20) UNIQUE", "ALTER TABLE t ALTER a TYPE text"),
    ("a varchar(20) UNIQUE", "ALTER TABLE t ALTER a TYPE varchar(40) COLLATE \"POSIX\""),
    ("a varchar(20), EXCLUDE (a WITH =) WHERE (a <> '')", "ALTER TABLE t ALTER a TYPE varchar(40)"),
    ("a varchar(20) CHECK (a <> '')", "ALTER TABLE t ALTER a TYPE varchar(40)"),
    ("a varchar(20), b int CHECK (b > 0)", "ALTER TABLE t ALTER a TYPE varchar(40)"),
    ("a int UNIQUE", "ALTER TABLE t ALTER a TYPE oid"),
    ("a cidr UNIQUE", "ALTER TABLE t ALTER a TYPE inet"),
    ("a timestamp UNIQUE", "SET timezone = 'UTC'; ALTER TABLE t ALTER a TYPE timestamptz"),
    ("a timestamp(3) UNIQUE", "ALTER TABLE t ALTER a TYPE timestamp(6)"),
    ("a varchar(20), b int UNIQUE", "ALTER TABLE t ALTER a TYPE varchar(40)"),
    // New columns.
    ("a int", "ALTER TABLE t ADD b int"),
    ("a int", "ALTER TABLE t ADD b int NOT NULL DEFAULT 1"),
    ("a int", "ALTER TABLE t ADD b timestamptz DEFAULT now()"),
    ("a int", "ALTER TABLE t ADD b timestamptz DEFAULT clock_timestamp()"),
    ("a int", "ALTER TABLE t ADD b timestamptz DEFAULT CURRENT_TIMESTAMP"),
    ("a int", "ALTER TABLE t ADD b uuid DEFAULT gen_random_uuid()"),
    ("a int", "ALTER TABLE t ADD b float8 DEFAULT random() * 5"),
    ("a int", "CREATE SEQUENCE s; ALTER TABLE t ADD b int DEFAULT nextval('s')"),
    ("a int", "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'; ALTER TABLE t ADD b int DEFAULT f()"),
    ("a int", "CREATE FUNCTION f() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1'; ALTER TABLE t ADD b int DEFAULT f()"),
    ("a int", "ALTER TABLE t ADD b text DEFAULT lower('X')"),
    ("a int", "CREATE DOMAIN d AS int; ALTER TABLE t ADD b d"),
    ("a int", "CREATE DOMAIN d AS int CHECK (VALUE > 0); ALTER TABLE t ADD b d"),
    ("a int", "CREATE DOMAIN d AS int CHECK (VALUE > 0); ALTER TABLE t ADD b d DEFAULT 1"),
    ("a int", "CREATE DOMAIN d AS int CHECK (VALUE > 0); ALTER TABLE t ADD b d[]"),
    ("a int", "CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE TYPE r AS (d d); ALTER TABLE t ADD b r"),
    ("a int", "CREATE DOMAIN d AS int DEFAULT 1 NOT NULL; ALTER TABLE t ADD b d"),
    ("a int", "CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE DOMAIN e AS d; ALTER TABLE t ADD b e"),
    ("a int", "CREATE DOMAIN d AS uuid DEFAULT gen_random_uuid(); ALTER TABLE t ADD b d"),
    ("a int", "CREATE DOMAIN d AS uuid DEFAULT gen_random_uuid(); ALTER TABLE t ADD b d DEFAULT NULL"),
    ("a int", "ALTER TABLE t ADD b serial"),
    ("a int", "ALTER TABLE t ADD b bigserial NOT NULL"),
    ("a int", "ALTER TABLE t ADD b int GENERATED BY DEFAULT AS IDENTITY"),
    ("a int", "ALTER TABLE t ADD b int GENERATED ALWAYS AS (a + 1) STORED"),
    ("a int", "ALTER TABLE t ADD b int, ALTER b SET DEFAULT random()"),
    ("a int", "ALTER TABLE t ADD b int CHECK (b > 0)"),
    ("a int", "ALTER TABLE t ADD b int REFERENCES o"),
    // Storage.
    ("a int", "ALTER TABLE t SET UNLOGGED"),
    ("a int", "ALTER TABLE t SET LOGGED"),
    ("a int", "ALTER TABLE t SET ACCESS METHOD heap"),
    // Constraints.
    ("a int", "ALTER TABLE t ALTER a SET NOT NULL"),
    ("a int NOT NULL", "ALTER TABLE t ALTER a SET NOT NULL"),
    ("a int CHECK (a IS NOT NULL)", "ALTER TABLE t ALTER a SET NOT NULL"),
    ("a int CHECK (a IS NOT NULL AND a > 0)", "ALTER TABLE t ALTER a SET NOT NULL"),
    ("a int CHECK (NOT (a IS NULL))", "ALTER TABLE t ALTER a SET NOT NULL"),
    ("a int CHECK (a IS NOT NULL OR a > 0)", "ALTER TABLE t ALTER a SET NOT NULL"),
    ("a int CHECK (a > 0)", "ALTER TABLE t ALTER a SET NOT NULL"),
    ("a int, b int CHECK (b IS NOT NULL)", "ALTER TABLE t ALTER a SET NOT NULL"),
    ("a int", "ALTER TABLE t ADD CHECK (a > 0)"),
    ("a int", "ALTER TABLE t ADD CHECK (a > 0) NOT VALID"),
    ("a int", "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES o"),
    ("a int", "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES o NOT VALID"),
    ("a int", "ALTER TABLE t ADD UNIQUE (a)"),
    ("a int NOT NULL", "ALTER TABLE t DROP CONSTRAINT t_pkey; ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (a)"),
    ("a int", "CREATE INDEX ON t (a)"),
    ("a int", "CREATE UNIQUE INDEX u ON t (a)"),
];

/// Statements in a transaction that has truncated the table.
const OF_NOTHING: &[&str] = &[
    "ALTER TABLE t ALTER a SET NOT NULL",
    "ALTER TABLE t ALTER a TYPE bigint",
    "ALTER TABLE t ADD b uuid DEFAULT gen_random_uuid()",
    "ALTER TABLE t ADD CHECK (a > 0)",
    "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES o",
    "ALTER TABLE t ADD b serial",
    "ALTER TABLE t ADD UNIQUE (a)",
    "ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (a)",
    "CREATE INDEX ON t (a)",
];

/// What the statements of group safety in `sql` cost, as its rules say; of the last statement.
pub(super) fn told(before: &str, sql: &str) -> Cost {
    let directory = Path::new("/project");
    let (config, choice) = (
        Config::default(),
        Choice {
            select: vec!["safety".to_owned()],
            ignore: ["require-lock-timeout", "require-statement-timeout", "ban-truncate"].map(str::to_owned).to_vec(),
        },
    );
    let start = Start::new(&config, None, None, None);
    let mut workspace = Workspace::new(Settings { directory, root: directory, config: &config, choice: &choice, start: &start });
    let mut selected = BTreeSet::new();
    for (path, text) in [("001_before.sql", before), ("002_after.sql", sql)] {
        workspace.set_file(path, FileText { text: text.into(), damages: Vec::new() });
        selected.insert(path.to_owned());
    }
    let outcome = workspace.lint(&selected);
    let of = |message: &str| {
        let says = |words: &str| message.contains(words);
        match () {
            () if says("writes every row") => Cost::Rewritten,
            () if says("builds the index") => Cost::Rebuilt,
            () => Cost::Read,
        }
    };
    outcome.findings.iter().map(|finding| of(&finding.diagnostic.message)).max().unwrap_or(Cost::Nothing)
}

/// What `sql` costs on the server.
pub(super) fn measured(database: &Database, before: &str, sql: &str) -> Cost {
    let mut client = database.connect();
    let nodes = |client: &mut Client| -> Vec<(String, u32)> {
        let sql = "SELECT c.relname::text, c.relfilenode FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
                   WHERE c.oid = 't'::regclass OR i.indrelid = 't'::regclass ORDER BY 1";
        client.query(sql, &[]).expect("the catalog answers").iter().map(|row| (row.get(0), row.get(1))).collect()
    };
    let reads = |client: &mut Client| -> i64 {
        let sql = "SELECT coalesce(sum(seq_scan), 0)::int8 FROM pg_stat_xact_user_tables WHERE relname = 't'";
        client.query_one(sql, &[]).expect("the server counts").get(0)
    };
    client.batch_execute(&format!("BEGIN; {before}")).unwrap_or_else(|error| panic!("{before}: {error}"));
    let (nodes_before, reads_before) = (nodes(&mut client), reads(&mut client));
    client.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    let (nodes_after, reads_after) = (nodes(&mut client), reads(&mut client));
    let is_new = |name: &str| {
        let node = |nodes: &[(String, u32)]| nodes.iter().find(|(other, _)| other == name).map(|(_, node)| *node);
        node(&nodes_before).zip(node(&nodes_after)).is_some_and(|(before, after)| before != after)
    };
    match () {
        () if is_new("t") => Cost::Rewritten,
        () if nodes_before.iter().any(|(name, _)| is_new(name)) => Cost::Rebuilt,
        () if reads_after > reads_before => Cost::Read,
        () => Cost::Nothing,
    }
}

#[test]
fn statements_cost_what_the_rules_say() {
    let database = Cluster::shared().database();
    let mut problems = Vec::new();
    for (columns, sql) in COSTS {
        let before = format!("CREATE TABLE o (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, {columns});");
        let (told, measured) = (told(&before, sql), measured(&database, &before, sql));
        if told != measured {
            problems.push(format!("{columns}: {sql}: {told:?} is told, and it is {measured:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_is_done_to_a_table_that_the_transaction_has_truncated_costs_nothing() {
    let database = Cluster::shared().database();
    let before = "CREATE TABLE o (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, a int);";
    let mut problems = Vec::new();
    for sql in OF_NOTHING {
        let mut client = database.connect();
        let pages =
            |client: &mut Client| -> i64 { client.query_one("SELECT pg_relation_size('t')", &[]).expect("the server knows").get(0) };
        client
            .batch_execute(&format!("BEGIN; {before} INSERT INTO t SELECT i, i FROM generate_series(1, 500) AS i; TRUNCATE t"))
            .expect("it runs");
        let size = pages(&mut client);
        client.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        assert_eq!((size, pages(&mut client)), (0, 0), "{sql}");
        let told = told(before, &format!("BEGIN; TRUNCATE t; {sql}; COMMIT;"));
        if told != Cost::Nothing {
            problems.push(format!("{sql}: {told:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Functions in SQL that stand in a default, which PostgreSQL looks into or does not.
const IN_SQL: &[&str] = &[
    "RETURNS bigint LANGUAGE sql AS $$ SELECT CAST(EXTRACT(EPOCH FROM now()) * 1000000 AS bigint); $$",
    "RETURNS bigint LANGUAGE sql AS 'SELECT 1'",
    "RETURNS text LANGUAGE sql AS 'SELECT now()'",
    "RETURNS float8 LANGUAGE sql AS 'SELECT random() * 2'",
    "RETURNS timestamptz LANGUAGE sql SECURITY DEFINER AS 'SELECT now()'",
    "RETURNS timestamptz LANGUAGE sql SET search_path = public AS 'SELECT now()'",
    "RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM o'",
    "RETURNS int LANGUAGE sql AS 'SELECT max(1)'",
    "RETURNS int LANGUAGE sql AS 'SELECT 1 LIMIT 1'",
    "RETURNS int LANGUAGE sql AS 'SELECT (SELECT 1)'",
    "RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT 2'",
    "RETURNS int LANGUAGE sql AS 'SELECT generate_series(1, 2)'",
];

#[test]
fn what_functions_in_sql_cost_in_a_default_is_what_the_rules_say() {
    let database = Cluster::shared().database();
    let mut problems = Vec::new();
    for function in IN_SQL {
        let before = format!(
            "CREATE TABLE o (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY); CREATE FUNCTION f() {function}; INSERT INTO t VALUES (1);"
        );
        let ty = function.split(' ').nth(1).expect("a type");
        let sql = format!("ALTER TABLE t ADD b {ty} DEFAULT f()");
        let (told, measured) = (told(&before, &sql), measured(&database, &before, &sql));
        if told != measured {
            problems.push(format!("{function}: {told:?} is told, and it is {measured:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
