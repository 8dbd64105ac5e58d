//! Roles and privileges, and what PostgreSQL 15 says of them.

use std::sync::Arc;

use crate::catalog::apply::{Statement, apply};
use crate::catalog::model::{Column, Relation, RelationKind, Sequence, TypeUse};
use crate::catalog::object::{Body, Class, Name, Object, Origin};
use crate::catalog::run::{Knowledge, Run, World};
use crate::catalog::store::Catalog;
use crate::catalog::{Oid, Stop};
use crate::syntax::{Script, Version};
use crate::text::Span;

/// A table `t (a, b)`, a sequence `s`, an index `i`.
fn catalog() -> Catalog {
    let mut catalog = Catalog::new();
    let public = catalog.named(Class::Schema, Oid::NONE, "public")[0];
    let mut table = Relation::new(RelationKind::Table);
    table.add_column(Column::new(0, "a", Some(TypeUse::built_in("int4"))));
    table.add_column(Column::new(0, "b", Some(TypeUse::built_in("int4"))));
    let sequence = Relation::new(RelationKind::Sequence(Sequence::default()));
    for (name, relation) in [("t", table), ("s", sequence)] {
        catalog.add(Object::new(name, Body::Relation(Arc::new(relation)), Origin::START).in_schema(public));
    }
    catalog
}

/// What the statements of `sql` end with, and the catalog after them.
fn run_all(sql: &str) -> (Vec<String>, Catalog) {
    let creates = |_: &str| false;
    let target = Version::DEFAULT_TARGET;
    let world = World { target, knowledge: Knowledge::Complete, creates: &creates, user: Name::from("postgres") };
    let mut run = Run::new(&world, catalog());
    let script = Script::parse(sql, Span::new(0, sql.len() as u32));
    let said = script.statements.iter().map(|statement| {
        let node = statement.node().unwrap_or_else(|| panic!("{}", &sql[statement.span]));
        match apply(&mut run, Statement { text: sql, node, tokens: script.tokens_of(statement) }) {
            Ok(()) => "ok".to_owned(),
            Err(Stop::Fails(failure)) => failure.sqlstate.to_owned(),
            Err(Stop::Unknown(doubt)) => doubt.reason,
        }
    });
    let said = said.collect();
    (said, run.catalog)
}

/// Each statement with what PostgreSQL says of it, after those before it.
fn check(cases: &[(&str, &str)]) {
    let sql: String = cases.iter().map(|(sql, _)| format!("{sql};\n")).collect();
    let (said, _) = run_all(&sql);
    for ((sql, expected), said) in cases.iter().zip(said) {
        assert_eq!(said, *expected, "{sql}");
    }
}

#[test]
fn privileges_are_checked_as_postgresql_checks_them() {
    check(&[
        ("CREATE ROLE r1", "ok"),
        ("GRANT SELECT ON nope TO norole", "42P01"),
        ("GRANT foo ON t TO norole", "42704"),
        ("GRANT foo ON t TO r1", "42601"),
        ("GRANT USAGE ON t TO r1", "0LP01"),
        ("GRANT USAGE ON s TO r1", "ok"),
        ("GRANT INSERT ON s TO r1", "ok"),
        ("GRANT DELETE ON SEQUENCE s TO r1", "0LP01"),
        ("GRANT USAGE ON SEQUENCE t TO r1", "42809"),
        ("GRANT SELECT (a) ON t TO r1", "ok"),
        ("GRANT DELETE (a) ON t TO r1", "0LP01"),
        ("GRANT SELECT (nope) ON t TO r1", "42703"),
        ("GRANT USAGE (a) ON SCHEMA public TO r1", "0LP01"),
        ("GRANT SELECT ON SCHEMA public TO r1", "0LP01"),
        ("GRANT USAGE ON SCHEMA nope TO r1", "3F000"),
        ("GRANT USAGE ON TYPE nope TO r1", "42704"),
        ("GRANT USAGE ON LANGUAGE sql TO r1", "ok"),
        ("GRANT USAGE ON LANGUAGE c TO r1", "42809"),
        ("GRANT CONNECT ON DATABASE nope TO r1", "ok"),
        ("GRANT SELECT ON ALL TABLES IN SCHEMA nope TO r1", "3F000"),
        ("GRANT SELECT ON ALL TABLES IN SCHEMA public TO r1", "ok"),
        ("GRANT SELECT ON t TO public WITH GRANT OPTION", "0LP01"),
        ("GRANT SELECT ON t TO r1 GRANTED BY r1", "0A000"),
        ("GRANT MAINTAIN ON t TO r1", "42601"),
        ("REVOKE SELECT ON t FROM nope", "42704"),
        ("ALTER DEFAULT PRIVILEGES FOR ROLE nope GRANT SELECT ON TABLES TO r1", "42704"),
        ("ALTER DEFAULT PRIVILEGES GRANT USAGE ON TABLES TO r1", "0LP01"),
        ("ALTER DEFAULT PRIVILEGES IN SCHEMA nope GRANT SELECT ON TABLES TO r1", "3F000"),
        ("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SCHEMAS TO r1", "0LP01"),
        ("DROP ROLE r1", "2BP01"),
        ("DROP OWNED BY r1", "ok"),
        ("DROP ROLE r1", "ok"),
        ("DROP ROLE r1", "42704"),
        ("DROP ROLE IF EXISTS r1", "ok"),
    ]);
}

#[test]
fn roles_are_checked_as_postgresql_checks_them() {
    check(&[
        ("CREATE ROLE r1", "ok"),
        ("CREATE ROLE r1", "42710"),
        ("CREATE ROLE postgres", "42710"),
        ("CREATE ROLE pg_foo", "42939"),
        ("CREATE ROLE x LOGIN NOLOGIN", "42601"),
        ("CREATE ROLE x IN ROLE nope", "42704"),
        ("CREATE ROLE x ROLE x", "0LP01"),
        ("CREATE USER x IN ROLE r1", "ok"),
        ("ALTER ROLE nope LOGIN", "42704"),
        ("ALTER ROLE pg_monitor LOGIN", "42939"),
        ("ALTER ROLE r1 SET my.nope = 'a'", "ok"),
        ("GRANT x TO r1", "0LP01"),
        ("GRANT r1 TO x", "ok"),
        ("GRANT r1 TO r1", "0LP01"),
        ("GRANT nope TO r1", "42704"),
        ("GRANT r1 (a) TO x", "0LP01"),
        ("REVOKE r1 FROM x", "ok"),
        ("REVOKE r1 FROM x", "ok"),
        ("DROP ROLE postgres", "55006"),
        ("DROP ROLE pg_monitor", "2BP01"),
        ("DROP ROLE current_user", "22023"),
        ("DROP OWNED BY postgres", "2BP01"),
        ("REASSIGN OWNED BY nope TO r1", "42704"),
        ("COMMENT ON ROLE nope IS 'x'", "42704"),
        ("SECURITY LABEL FOR foo ON TABLE t IS 'x'", "22023"),
    ]);
}

#[test]
fn what_is_granted_and_revoked_leaves_nothing() {
    let (_, before) = run_all("CREATE ROLE r1");
    let (said, after) = run_all(
        "CREATE ROLE r1; GRANT ALL ON t TO r1, public; GRANT UPDATE (a, b) ON t TO r1; REVOKE ALL ON TABLE t FROM r1 CASCADE;
         REVOKE ALL ON t FROM public; REVOKE SELECT ON t FROM postgres; GRANT SELECT ON t TO postgres;
         COMMENT ON COLUMN t.a IS 'x'; COMMENT ON COLUMN t.a IS '';",
    );
    assert!(said.iter().all(|said| said == "ok"), "{said:?}");
    let objects =
        |catalog: &Catalog| catalog.objects().map(|(_, object)| Object { origin: Origin::START, ..object.clone() }).collect::<Vec<_>>();
    assert_eq!(objects(&before), objects(&after));
}

#[test]
fn what_is_made_later_has_the_default_privileges() {
    let (said, mut catalog) = run_all(
        "CREATE ROLE r1; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r1;
         ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT INSERT ON TABLES TO r1;",
    );
    assert!(said.iter().all(|said| said == "ok"), "{said:?}");
    let public = catalog.named(Class::Schema, Oid::NONE, "public")[0];
    let table = Body::Relation(Arc::new(Relation::new(RelationKind::Table)));
    let oid = catalog.add(Object::new("u", table, Origin::START).in_schema(public));
    let list = catalog.get(oid).and_then(|object| object.privileges.clone()).expect("privileges of its own");
    assert_eq!(list.grants.keys().map(|(_, privilege)| *privilege).collect::<Vec<_>>(), ["INSERT", "SELECT"]);
}
