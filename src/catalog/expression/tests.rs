//! What is made of expressions and queries, on catalogs that scripts make.

use super::canonical::{Sameness, compare};
use super::{Completeness, Stored};
use crate::catalog::model::RelationKind;
use crate::catalog::script::{Direction, run_script};
use crate::catalog::{Body, Catalog, Class, Knowledge, Oid, Run, Stop, World};
use crate::syntax::{Script, Version};
use crate::text::Span;

/// The catalog that `sql` leaves, and how it ended.
fn after(sql: &str) -> (Catalog, Option<Stop>) {
    let target = Version::new(15).expect("is known");
    let world = World { target, knowledge: Knowledge::Complete, creates: &|_, _| false, user: "postgres".into() };
    let mut run = Run::new(&world, Catalog::new());
    let script = Script::parse(sql, Span::new(0, sql.len() as u32));
    let ended = run_script(&mut run, Direction::plain(sql, &script));
    (run.catalog, ended.stop)
}

fn sqlstate(sql: &str) -> Option<&'static str> {
    after(sql).1.map(|stop| stop.sqlstate().unwrap_or("unknown"))
}

fn view<'c>(catalog: &'c Catalog, name: &str) -> &'c Stored {
    let public = catalog.named(Class::Schema, Oid::NONE, "public")[0];
    let oid = catalog.named(Class::Relation, public, name)[0];
    match catalog.get(oid).map(|object| &object.body) {
        Some(Body::Relation(relation)) => match &relation.kind {
            RelationKind::View(view) => &view.query,
            other => panic!("{name} is {other:?}"),
        },
        _ => panic!("no {name}"),
    }
}

/// How the queries of the views `a` and `b` that `sql` makes compare.
fn views(sql: &str) -> Sameness {
    let (catalog, stop) = after(sql);
    assert_eq!(stop, None, "{sql}");
    compare(&catalog, view(&catalog, "a"), &catalog, view(&catalog, "b"))
}

const TABLES: &str = "CREATE TABLE t (id int PRIMARY KEY, name varchar(20), kind text, at timestamptz, ok bool);
    CREATE TABLE u (id int, t_id int REFERENCES t (id), note text);";

#[test]
fn spellings_of_one_query_are_the_same() {
    for (a, b) in [
        ("SELECT id FROM t", "select ID from public.t"),
        ("SELECT id FROM t WHERE kind IN ('a', 'b')", "SELECT id FROM t WHERE kind = ANY (ARRAY['a', 'b'])"),
        ("SELECT id FROM t WHERE id BETWEEN 1 AND 2", "SELECT id FROM t WHERE id >= 1 AND (id <= 2)"),
        ("SELECT id FROM t WHERE kind = 'a'", "SELECT id FROM t WHERE kind = 'a'::text"),
        ("SELECT CAST(id AS bigint) FROM t", "SELECT id::int8 FROM t"),
        ("SELECT id - -1 AS x FROM t WHERE id > 5000000000", "SELECT id - '-1'::integer AS x FROM t WHERE id > '5000000000'::bigint"),
        ("SELECT id FROM t WHERE name = kind", "SELECT id FROM t WHERE name::text = kind"),
        ("SELECT CASE WHEN ok THEN 1 END AS x FROM t", "SELECT CASE WHEN ok THEN 1 ELSE NULL::integer END AS x FROM t"),
        ("SELECT id FROM t WHERE id = '5' AND ok = 't'", "SELECT id FROM t WHERE id = 5 AND ok = true"),
        ("SELECT 1e3 AS x FROM t FOR UPDATE", "SELECT '1000'::numeric AS x FROM t FOR UPDATE OF t"),
        ("SELECT 1.5 AS x, B'101' AS y, true AS z", "SELECT 1.5 AS x, '101'::\"bit\" AS y, true AS z"),
        ("SELECT t.id FROM t JOIN u ON u.t_id = t.id", "SELECT t.id FROM public.t INNER JOIN u ON (u.t_id = t.id)"),
    ] {
        assert_eq!(views(&format!("{TABLES} CREATE VIEW a AS {a}; CREATE VIEW b AS {b};")), Sameness::Same, "{a} | {b}");
    }
}

#[test]
fn what_postgresql_fills_in_is_not_told_apart() {
    for (a, b) in [
        ("SELECT id FROM t WHERE name IN ('a', 'b')", "SELECT id FROM t WHERE name::text = ANY (ARRAY['a', 'b'])"),
        ("SELECT t.id, u.note FROM t, u", "SELECT t.id, note FROM t, u"),
        ("SELECT id FROM t WHERE at::time > '10:00'", "SELECT id FROM t WHERE at::time > '10:00:00'::time"),
        ("SELECT id FROM t ORDER BY 1", "SELECT id FROM t ORDER BY id"),
    ] {
        assert_eq!(views(&format!("{TABLES} CREATE VIEW a AS {a}; CREATE VIEW b AS {b};")), Sameness::Unknown, "{a} | {b}");
    }
}

#[test]
fn other_queries_are_different() {
    for (a, b) in [
        ("SELECT id FROM t", "SELECT id FROM t WHERE ok"),
        ("SELECT id FROM t WHERE id > 1", "SELECT id FROM t WHERE id > 2"),
        ("SELECT id FROM t", "SELECT id FROM u"),
        ("SELECT id FROM t WHERE at > 'now'", "SELECT id FROM t WHERE at > 'now'"),
        ("SELECT count(*) FROM t", "SELECT sum(id) FROM t"),
    ] {
        assert_eq!(views(&format!("{TABLES} CREATE VIEW a AS {a}; CREATE VIEW b AS {b};")), Sameness::Different, "{a} | {b}");
    }
}

#[test]
fn a_rename_is_followed() {
    let sql = format!(
        "{TABLES} CREATE VIEW a AS SELECT t.id, CASE WHEN t.kind = 'x' THEN 'a' ELSE 'b' END k FROM t WHERE t.name = t.kind;
         ALTER TABLE t RENAME COLUMN kind TO sort;
         CREATE VIEW b AS SELECT t.id, (CASE WHEN (t.sort = 'x'::text) THEN 'a'::text ELSE 'b'::text END) k FROM t WHERE t.name::text = t.sort;"
    );
    assert_eq!(views(&sql), Sameness::Same);
    assert_eq!(views(&sql.replace("::text = t.sort", " = t.sort")), Sameness::Same);
}

#[test]
fn what_postgresql_refuses_has_its_sqlstate() {
    for (query, state) in [
        ("SELECT nothing FROM t", "42703"),
        ("SELECT x.id FROM t", "42P01"),
        ("SELECT id FROM t, u", "42702"),
        ("SELECT id FROM nowhere", "42P01"),
        ("SELECT id FROM t WHERE id", "42804"),
        ("SELECT id FROM t WHERE at = 5", "42883"),
        ("SELECT nothing(id) FROM t", "42883"),
        ("SELECT id FROM t WHERE id = 'a'", "22P02"),
        ("SELECT id FROM t UNION SELECT id, note FROM u", "42601"),
        ("SELECT id FROM t UNION SELECT note FROM u", "42804"),
        ("SELECT id FROM t JOIN u USING (name)", "42703"),
        ("SELECT 1 FROM t, t", "42712"),
        ("SELECT id::nothing FROM t", "42704"),
        ("SELECT (SELECT id, t_id FROM u)", "42601"),
        ("SELECT 'x'::date", "22007"),
        ("SELECT '2020-02-30'::date", "22008"),
    ] {
        assert_eq!(sqlstate(&format!("{TABLES} CREATE VIEW a AS {query};")), Some(state), "{query}");
    }
}

#[test]
fn what_postgresql_takes_is_taken_and_understood() {
    for query in [
        "SELECT * FROM t",
        "SELECT t.*, u.note FROM t LEFT JOIN u ON u.t_id = t.id",
        "SELECT id, count(*) FILTER (WHERE ok), max(at) FROM t GROUP BY id HAVING count(*) > 1 ORDER BY 2",
        "SELECT coalesce(name, kind, 'x'), lower(name) || '-' || id FROM t",
        "SELECT extract(epoch FROM at), date_trunc('day', at), at + interval '1 day' a, now() - at b FROM t",
        "WITH RECURSIVE r AS (SELECT id, 1 AS depth FROM t UNION ALL SELECT u.id, r.depth + 1 FROM u JOIN r ON r.id = u.t_id) SELECT * FROM r",
        "SELECT t.id, x.note FROM t, LATERAL (SELECT u.note FROM u WHERE u.t_id = t.id LIMIT 1) x",
        "SELECT row_number() OVER (PARTITION BY kind ORDER BY at DESC) AS n FROM t",
        "SELECT id FROM t WHERE id = ANY ('{1,2}') AND EXISTS (SELECT FROM u WHERE u.t_id = t.id)",
        "SELECT g.n FROM generate_series(1, 10) AS g(n)",
        "SELECT relname FROM pg_class JOIN pg_catalog.pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public'",
        "SELECT array_agg(id ORDER BY at), string_agg(name, ',') FROM t",
        "SELECT CASE WHEN ok THEN 1 ELSE 2.5 END, greatest(id, 3), nullif(kind, '') FROM t",
        "SELECT jsonb_build_object('a', id) -> 'a' a, '{\"a\": 1}'::jsonb ->> 'a' FROM t",
        "SELECT sum(u.id) FROM t JOIN u USING (id)",
        "VALUES (1, 'a'), (2, NULL)",
    ] {
        let (catalog, stop) = after(&format!("{TABLES} CREATE VIEW a AS {query};"));
        assert_eq!(stop, None, "{query}");
        assert_eq!(view(&catalog, "a").completeness, Completeness::Whole, "{query}");
    }
}
