//! What the pages of group *schema* say that PostgreSQL does, asked of a server: each claim in a database of its own.

use super::cluster::Cluster;

/// What comes of a statement.
enum Answer {
    /// It works.
    Works,
    /// It fails with this SQLSTATE.
    Fails(&'static str),
    /// It is a query that gives this one text.
    Says(&'static str),
}

use Answer::{Fails, Says, Works};

/// The rule whose page says so, what is there before, and each statement with what comes of it.
type Claim = (&'static str, &'static str, &'static [(&'static str, Answer)]);

const CLAIMS: &[Claim] = &[
    (
        "ban-char",
        "CREATE TABLE t (c char(5)); INSERT INTO t VALUES ('ab')",
        &[
            ("SELECT length(c)::text FROM t", Says("2")),
            ("SELECT octet_length(c)::text FROM t", Says("5")),
            ("SELECT (c = 'ab ')::text FROM t", Says("true")),
            ("SELECT (c LIKE 'ab')::text FROM t", Says("false")),
        ],
    ),
    ("prefer-numeric", "", &[("SELECT (0.1::float8 + 0.2::float8)::text", Says("0.30000000000000004"))]),
    (
        "prefer-timestamptz",
        "CREATE TABLE t (a timestamp, b timestamptz); SET timezone = 'UTC'; INSERT INTO t VALUES (now(), now());
         SET timezone = 'Asia/Tokyo'; INSERT INTO t VALUES (now(), now())",
        &[
            ("SELECT (max(a) - min(a) > interval '8 hours')::text FROM t", Says("true")),
            ("SELECT (max(b) - min(b) > interval '8 hours')::text FROM t", Says("false")),
            ("SELECT (pg_column_size(a) = pg_column_size(b))::text FROM t LIMIT 1", Says("true")),
        ],
    ),
    (
        "prefer-jsonb",
        "CREATE TABLE t (a json, b jsonb)",
        &[("SELECT DISTINCT a FROM t", Fails("42883")), ("SELECT a = a FROM t", Fails("42883")), ("SELECT b = b FROM t", Works)],
    ),
    (
        "ban-json-equality",
        "CREATE TABLE t (a int, j json); INSERT INTO t VALUES (1, '{}');
         CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        &[
            ("CREATE TRIGGER t BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION f()", Works),
            ("UPDATE t SET a = 2", Works),
            ("UPDATE t SET a = 2", Fails("42883")),
            ("DROP TRIGGER t ON t", Works),
            (
                "CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql
                 AS 'BEGIN IF NEW.j IS DISTINCT FROM OLD.j THEN RETURN NULL; END IF; RETURN NEW; END'",
                Works,
            ),
            ("CREATE TRIGGER t BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()", Works),
            ("UPDATE t SET a = 3", Fails("42883")),
        ],
    ),
    (
        "ban-never-null-cascade",
        "CREATE TABLE o (id int PRIMARY KEY); INSERT INTO o VALUES (1)",
        &[
            ("CREATE TABLE d (o int NOT NULL REFERENCES o ON DELETE SET NULL)", Works),
            ("INSERT INTO d VALUES (1)", Works),
            ("DELETE FROM o", Fails("23502")),
            ("CREATE TABLE e (o int NOT NULL REFERENCES o ON DELETE SET DEFAULT)", Works),
            ("INSERT INTO o VALUES (2); INSERT INTO e VALUES (2)", Works),
            ("DELETE FROM o WHERE id = 2", Fails("23502")),
        ],
    ),
    (
        "ban-duplicate-constraint-column",
        "CREATE TABLE s (room int, seat int, PRIMARY KEY (room, seat))",
        &[
            ("CREATE TABLE t (room int, seat int, FOREIGN KEY (room, room) REFERENCES s (room, seat))", Works),
            ("CREATE TABLE u (room int, UNIQUE (room, room))", Fails("42701")),
            ("CREATE TABLE v (room int, PRIMARY KEY (room, room))", Fails("42701")),
        ],
    ),
    (
        "ban-duplicate-index-column",
        "CREATE TABLE t (a int, b text)",
        &[("CREATE INDEX ON t (a, a)", Works), ("CREATE INDEX ON t (a) INCLUDE (b, a)", Works)],
    ),
    (
        "ban-duplicate-index",
        "CREATE TABLE t (a int UNIQUE)",
        &[("CREATE UNIQUE INDEX ON t (a)", Works), ("SELECT count(*)::text FROM pg_index WHERE indrelid = 't'::regclass", Says("2"))],
    ),
    (
        "require-matching-foreign-key-type",
        "CREATE TABLE c (id bigint PRIMARY KEY); INSERT INTO c VALUES (3000000000)",
        &[
            ("CREATE TABLE m (c int REFERENCES c)", Works),
            ("INSERT INTO m VALUES (3000000000)", Fails("22003")),
            ("CREATE TABLE n (c text REFERENCES c)", Fails("42804")),
        ],
    ),
    (
        "prefer-bigint",
        "CREATE TABLE t (id serial PRIMARY KEY); ALTER SEQUENCE t_id_seq RESTART WITH 2147483647;
         CREATE SEQUENCE s START WITH 2147483648; CREATE TABLE u (id int PRIMARY KEY DEFAULT nextval('s'))",
        &[
            ("INSERT INTO t DEFAULT VALUES", Works),
            ("INSERT INTO t DEFAULT VALUES", Fails("2200H")),
            ("INSERT INTO u DEFAULT VALUES", Fails("22003")),
        ],
    ),
    (
        "ban-reserved-word",
        "CREATE TABLE t (\"user\" text); INSERT INTO t VALUES ('x')",
        &[("SELECT (user = current_user)::text FROM t", Says("true")), ("CREATE TABLE u (user text)", Fails("42601"))],
    ),
    (
        "ban-identifier-too-long",
        "CREATE TABLE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ()",
        &[
            ("SELECT length(relname)::text FROM pg_class WHERE relname LIKE 'aaa%'", Says("63")),
            ("CREATE TABLE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab ()", Fails("42P07")),
        ],
    ),
    (
        "ban-hyphenated-index-in-table",
        "CREATE TYPE known AS ENUM ()",
        &[
            ("CREATE TABLE t (a int, INDEX idx_a (a))", Fails("42704")),
            ("CREATE TABLE u (a int, index known)", Works),
            ("SELECT attname::text FROM pg_attribute WHERE attrelid = 'u'::regclass AND attnum = 2", Says("index")),
        ],
    ),
    (
        "ban-shadowed-trigger",
        "CREATE TABLE if (a int)",
        &[("CREATE TRIGGER t BEFORE UPDATE ON IF FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()", Works)],
    ),
    (
        "ban-double-backslash-pattern",
        "",
        &[
            (r"SELECT ('a.b' ~ '^a\\.b$')::text", Says("false")),
            (r"SELECT ('a\xb' ~ '^a\\.b$')::text", Says("true")),
            (r"SELECT ('a.b' ~ E'^a\\.b$')::text", Says("true")),
        ],
    ),
    (
        "ban-select-star-view",
        "CREATE TABLE a (x int); CREATE TABLE b (y int); CREATE VIEW v AS SELECT * FROM a, b; ALTER TABLE a ADD COLUMN z int",
        &[
            ("SELECT count(*)::text FROM pg_attribute WHERE attrelid = 'v'::regclass", Says("2")),
            ("CREATE OR REPLACE VIEW v AS SELECT * FROM a, b", Fails("42P16")),
        ],
    ),
    (
        "ban-inheritance",
        "CREATE TABLE a (x int PRIMARY KEY); CREATE TABLE b () INHERITS (a); CREATE TABLE r (x int REFERENCES a)",
        &[
            ("INSERT INTO a VALUES (1); INSERT INTO b VALUES (1), (2)", Works),
            ("SELECT count(*)::text FROM a WHERE x = 1", Says("2")),
            ("INSERT INTO r VALUES (2)", Fails("23503")),
        ],
    ),
    (
        "require-primary-key",
        "CREATE TABLE t (a int); INSERT INTO t VALUES (1); CREATE PUBLICATION p FOR TABLE t",
        &[("UPDATE t SET a = 2", Fails("55000")), ("ALTER TABLE t ADD PRIMARY KEY (a)", Works), ("UPDATE t SET a = 2", Works)],
    ),
    (
        "require-not-null-boolean",
        "CREATE TABLE t (done boolean); INSERT INTO t VALUES (NULL)",
        &[("SELECT count(*)::text FROM t WHERE done", Says("0")), ("SELECT count(*)::text FROM t WHERE NOT done", Says("0"))],
    ),
    (
        "ban-rule",
        "CREATE TABLE t (a float8); CREATE TABLE log (a float8); CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.a)",
        &[("INSERT INTO t VALUES (random())", Works), ("SELECT (t.a = log.a)::text FROM t, log", Says("false"))],
    ),
    (
        "avoid-identity-change",
        "CREATE TABLE t (id int PRIMARY KEY, a int); INSERT INTO t VALUES (1, 1)",
        &[
            ("ALTER TABLE t ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY", Works),
            ("INSERT INTO t (a) VALUES (2)", Fails("23505")),
            ("ALTER TABLE t ALTER COLUMN id SET GENERATED ALWAYS", Works),
            ("INSERT INTO t VALUES (7, 2)", Fails("428C9")),
            ("ALTER TABLE t ALTER COLUMN id DROP IDENTITY", Works),
            ("INSERT INTO t (a) VALUES (2)", Fails("23502")),
        ],
    ),
    (
        "avoid-enum-value-change",
        "CREATE TYPE mood AS ENUM ('bad', 'good'); ALTER TYPE mood ADD VALUE 'so so'",
        &[
            ("SELECT max(mood)::text FROM unnest(enum_range(NULL::mood)) AS mood", Says("so so")),
            ("ALTER TYPE mood RENAME VALUE 'bad' TO 'ill'", Works),
            ("SELECT 'bad'::mood::text", Fails("22P02")),
        ],
    ),
    (
        "ban-set-schema",
        "CREATE SCHEMA s; CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE TYPE e AS ENUM ('x');
         CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM t';
         ALTER TABLE t SET SCHEMA s; ALTER TYPE e SET SCHEMA s",
        &[
            ("SELECT a FROM t", Fails("42P01")),
            ("SELECT a FROM v", Works),
            ("SELECT f()", Fails("42P01")),
            ("SELECT 'x'::e", Fails("42704")),
            ("ALTER FUNCTION f() SET SCHEMA s", Works),
            ("SELECT f()", Fails("42883")),
        ],
    ),
    (
        "require-security-invoker",
        "CREATE VIEW v WITH (security_invoker = true) AS SELECT 1 AS a; CREATE OR REPLACE VIEW v AS SELECT 1 AS a",
        &[("SELECT (reloptions IS NULL)::text FROM pg_class WHERE relname = 'v'", Says("true"))],
    ),
    (
        "ban-superuser-statement",
        "GRANT CREATE ON SCHEMA public TO pg_monitor; CREATE PUBLICATION p;
         DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO pg_monitor', current_database()); END $$",
        &[
            ("SET ROLE pg_monitor; CREATE TABLE t (a int); CREATE TYPE c AS (a int); CREATE TYPE d AS (a int)", Works),
            ("SET ROLE pg_monitor; CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'", Works),
            ("SET ROLE pg_monitor; CREATE PUBLICATION q FOR TABLE t", Works),
            ("SET ROLE pg_monitor; COPY t TO PROGRAM 'cat'", Fails("42501")),
            ("SET ROLE pg_monitor; COPY t FROM '/nowhere'", Fails("42501")),
            ("SET ROLE pg_monitor; CREATE TYPE base", Fails("42501")),
            ("SET ROLE pg_monitor; CREATE CAST (c AS d) WITHOUT FUNCTION", Fails("42501")),
            ("SET ROLE pg_monitor; CREATE OPERATOR FAMILY o USING btree", Fails("42501")),
            ("SET ROLE pg_monitor; CREATE PUBLICATION r FOR ALL TABLES", Fails("42501")),
            ("SET ROLE pg_monitor; CREATE PUBLICATION r FOR TABLES IN SCHEMA public", Fails("42501")),
            ("SET ROLE pg_monitor; ALTER FUNCTION f(int) LEAKPROOF", Fails("42501")),
            ("SET ROLE pg_monitor; ALTER FUNCTION f(int) NOT LEAKPROOF", Works),
            ("SET ROLE pg_monitor; CREATE FUNCTION g(text) RETURNS int LANGUAGE internal AS 'textlen'", Fails("42501")),
            ("SET ROLE pg_monitor; CREATE FOREIGN DATA WRAPPER w", Fails("42501")),
            ("SET ROLE pg_monitor; SET session_replication_role = replica", Fails("42501")),
            ("SET ROLE pg_monitor; RESET session_replication_role", Fails("42501")),
            ("SET ROLE pg_monitor; CHECKPOINT", Fails("42501")),
            ("SET ROLE pg_monitor; CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE q (a int REFERENCES p)", Works),
            ("SET ROLE pg_monitor; ALTER TABLE p DISABLE TRIGGER ALL", Fails("42501")),
            ("SET ROLE pg_monitor; ALTER TABLE q ENABLE TRIGGER ALL", Fails("42501")),
            ("SET ROLE pg_monitor; ALTER TABLE q DISABLE TRIGGER USER", Works),
            ("SET ROLE pg_monitor; ALTER TABLE t DISABLE TRIGGER ALL", Works),
        ],
    ),
];

#[test]
fn what_pages_say_is_so() {
    let mut problems = Vec::new();
    for (rule, setup, statements) in CLAIMS {
        let database = Cluster::shared().database();
        database.run(setup).unwrap_or_else(|error| panic!("{rule}: {error}"));
        for (sql, answer) in *statements {
            let came = match answer {
                Says(_) => database.connect().query_one(*sql, &[]).map(|row| row.get(0)).unwrap_or_else(|error| error.to_string()),
                Works | Fails(_) => database.run(sql).err().map_or("works".to_owned(), |error| error.code().code().to_owned()),
            };
            let (Says(wanted) | Fails(wanted)) = answer else {
                problems.extend((came != "works").then(|| format!("{rule}: {sql}: {came}")));
                continue;
            };
            problems.extend((came != *wanted).then(|| format!("{rule}: {sql}: {came}, and not {wanted}")));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
