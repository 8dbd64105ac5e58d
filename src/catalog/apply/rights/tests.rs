//! Roles and privileges, and what PostgreSQL 15 says of them.

use std::sync::Arc;

use crate::catalog::Oid;
use crate::catalog::apply::said::{check, with_run};
use crate::catalog::model::{Relation, RelationKind};
use crate::catalog::object::{Body, Class, Object, Origin};
use crate::catalog::store::Catalog;

/// A table `t (a, b)` and a sequence `s`, and what `sql` makes of them without an error.
fn after(sql: &str) -> Catalog {
    with_run(&format!("CREATE TABLE t (a integer, b integer); CREATE SEQUENCE s; {sql}"), |said, run| {
        assert!(said.iter().all(|said| said == "ok"), "{said:?}");
        run.catalog.clone()
    })
}

#[test]
fn privileges_are_checked_as_postgresql_checks_them() {
    check(&[
        ("CREATE TABLE t (a integer, b integer)", "ok"),
        ("CREATE SEQUENCE s", "ok"),
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
    let before = after("CREATE ROLE r1");
    let after = after(
        "CREATE ROLE r1; GRANT ALL ON t TO r1, public; GRANT UPDATE (a, b) ON t TO r1; REVOKE ALL ON TABLE t FROM r1 CASCADE;
         REVOKE ALL ON t FROM public; REVOKE SELECT ON t FROM postgres; GRANT SELECT ON t TO postgres;
         COMMENT ON COLUMN t.a IS 'x'; COMMENT ON COLUMN t.a IS '';",
    );
    let objects =
        |catalog: &Catalog| catalog.objects().map(|(_, object)| Object { origin: Origin::START, ..object.clone() }).collect::<Vec<_>>();
    assert_eq!(objects(&before), objects(&after));
}

#[test]
fn what_is_made_later_has_the_default_privileges() {
    let mut catalog = after(
        "CREATE ROLE r1; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r1;
         ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT INSERT ON TABLES TO r1;",
    );
    let public = catalog.named(Class::Schema, Oid::NONE, "public")[0];
    let table = Body::Relation(Arc::new(Relation::new(RelationKind::Table)));
    let oid = catalog.add(Object::new("u", table, Origin::START).in_schema(public));
    let list = catalog.get(oid).and_then(|object| object.privileges.clone()).expect("privileges of its own");
    assert_eq!(list.grants.keys().map(|(_, privilege)| *privilege).collect::<Vec<_>>(), ["INSERT", "SELECT"]);
}
