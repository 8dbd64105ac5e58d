//! Names that PostgreSQL finds and functions that it brings, asked of the server.

use migration_lint::postgres::{Home, Session, effects};
use migration_lint::syntax::Script;
use migration_lint::text::Span;

use super::cluster::Cluster;

const SETUP: &str = "
    CREATE TABLE u (x integer PRIMARY KEY, y integer, UNIQUE (x, y));
    CREATE TABLE t (a integer, b integer, c integer);
    CREATE TABLE a_table_whose_name_is_as_long_as_a_name_may_be_or_nearly_so (a_column_whose_name_is_not_short_either integer);
    CREATE TABLE wide (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa integer, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb integer, cccccccccccccccccccccccc integer);
    CREATE TABLE \"größe_größe_größe_größe_größe\" (\"länge_länge_länge_länge_länge_länge\" integer);
    CREATE DOMAIN d AS integer";

/// Each makes one object that it gives no name.
const UNNAMED: &[&str] = &[
    "ALTER TABLE t ADD PRIMARY KEY (c)",
    "ALTER TABLE t ADD UNIQUE (a) INCLUDE (b)",
    "ALTER TABLE t ADD FOREIGN KEY (a, b) REFERENCES u (x, y)",
    "CREATE INDEX ON t (a) INCLUDE (c)",
    "CREATE INDEX ON t (b DESC, c)",
    "ALTER TABLE a_table_whose_name_is_as_long_as_a_name_may_be_or_nearly_so
        ADD FOREIGN KEY (a_column_whose_name_is_not_short_either) REFERENCES u (x)",
    "CREATE INDEX ON a_table_whose_name_is_as_long_as_a_name_may_be_or_nearly_so (a_column_whose_name_is_not_short_either)",
    "CREATE INDEX ON wide (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccccc)",
    "CREATE INDEX ON \"größe_größe_größe_größe_größe\" (\"länge_länge_länge_länge_länge_länge\")",
    "ALTER DOMAIN d ADD CHECK (VALUE > 0)",
];

/// NOT NULL, which comes with a primary key, is a constraint since version 18.
const NAMES: &str = "
    SELECT conname::text FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    UNION SELECT relname::text FROM pg_class WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace";

#[test]
fn names_that_postgresql_finds_are_foretold() {
    let database = Cluster::shared().database();
    database.run(SETUP).unwrap();
    let mut client = database.connect();
    let mut names = || -> Vec<String> { client.query(NAMES, &[]).unwrap().iter().map(|row| row.get(0)).collect() };
    for sql in UNNAMED {
        let before = names();
        database.run(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        let new: Vec<String> = names().into_iter().filter(|name| !before.contains(name)).collect();
        let script = Script::parse(sql, Span::new(0, sql.len() as u32));
        let node = script.statements[0].node().unwrap_or_else(|| panic!("{sql} does not parse"));
        let foretold = effects(sql, node)[0].object.key(sql).map(|key| key.name);
        assert_eq!(foretold.as_ref(), new.first(), "{sql}");
    }
}

/// Scripts whose last statement makes a table `t`.
const PLACED: &[&str] = &[
    "SET search_path TO s; CREATE TABLE t ()",
    "SET search_path = s, public; CREATE TABLE t ()",
    "SET search_path = 's'; CREATE TABLE t ()",
    "SET SCHEMA 's'; CREATE TABLE t ()",
    "SELECT pg_catalog.set_config('search_path', 's, public', false); CREATE TABLE t ()",
    "BEGIN; SET LOCAL search_path TO s; CREATE TABLE t (); COMMIT",
    "BEGIN; SET search_path TO s; COMMIT; CREATE TABLE t ()",
    "SET search_path TO s; BEGIN; SET search_path TO public; ROLLBACK; CREATE TABLE t ()",
    "BEGIN; SELECT set_config('search_path', 's', true); CREATE TABLE t (); COMMIT",
];

#[test]
fn tables_are_made_where_the_search_path_says() {
    for sql in PLACED {
        let database = Cluster::shared().database();
        database.run("CREATE SCHEMA s").unwrap();
        let mut client = database.connect();
        for statement in sql.split(';') {
            client.batch_execute(statement).unwrap_or_else(|error| panic!("{sql}: {error}"));
        }
        let made: String =
            client.query_one("SELECT relnamespace::regnamespace::text FROM pg_class WHERE relname = 't'", &[]).unwrap().get(0);
        let script = Script::parse(sql, Span::new(0, sql.len() as u32));
        let mut session = Session::new();
        let mut home = Home::Unknown;
        for statement in &script.statements {
            let node = statement.node().unwrap_or_else(|| panic!("{sql} does not parse"));
            if let Some(effect) = effects(sql, node).first() {
                home = session.home(sql, &effect.object);
            }
            session.run(sql, node, script.tokens_of(statement));
        }
        assert_eq!((home, made.as_str()), (Home::Schema("s".to_owned()), "s"), "{sql}");
    }
}
