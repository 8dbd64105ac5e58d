//! Schemas and extensions, and what PostgreSQL 15 says of them.

use crate::catalog::apply::said::{check, with_run};
use crate::catalog::{Class, Oid};

#[test]
fn schemas_and_extensions_are_made_as_postgresql_makes_them() {
    check(&[
        ("CREATE SCHEMA s", "ok"),
        ("CREATE SCHEMA s", "42P06"),
        ("CREATE SCHEMA IF NOT EXISTS s", "ok"),
        ("CREATE SCHEMA IF NOT EXISTS pg_s", "42939"),
        ("CREATE SCHEMA information_schema", "42P06"),
        ("CREATE SCHEMA AUTHORIZATION nope", "42704"),
        ("CREATE SCHEMA AUTHORIZATION current_user", "ok"),
        ("CREATE SCHEMA e CREATE INDEX i ON t (a) CREATE TABLE t (a integer) GRANT SELECT ON t TO PUBLIC", "ok"),
        ("CREATE SCHEMA f CREATE TABLE g.t (a integer)", "42P15"),
        ("CREATE EXTENSION pgcrypto SCHEMA nope", "3F000"),
        ("CREATE EXTENSION pgcrypto", "ok"),
        ("CREATE EXTENSION pgcrypto", "42710"),
        ("CREATE EXTENSION IF NOT EXISTS pgcrypto SCHEMA nope", "ok"),
        ("CREATE EXTENSION plpgsql", "42710"),
        ("CREATE EXTENSION earthdistance", "42704"),
        ("CREATE EXTENSION earthdistance CASCADE", "ok"),
        ("CREATE EXTENSION hstore SCHEMA s SCHEMA s", "42601"),
        ("CREATE EXTENSION citext SCHEMA s", "ok"),
        ("COMMENT ON TYPE s.citext IS 'x'", "ok"),
        ("COMMENT ON FUNCTION digest(text, text) IS 'x'", "ok"),
        ("COMMENT ON FUNCTION digest(integer) IS 'x'", "42883"),
        ("COMMENT ON EXTENSION cube IS 'x'", "ok"),
        ("ALTER EXTENSION nope UPDATE", "42704"),
        ("ALTER EXTENSION pgcrypto ADD TABLE e.t", "ok"),
        ("ALTER EXTENSION citext ADD TABLE e.t", "55000"),
        ("ALTER EXTENSION pgcrypto DROP TABLE e.t", "ok"),
        ("ALTER EXTENSION pgcrypto DROP TABLE e.t", "55000"),
    ]);
}

#[test]
fn what_code_goes_on_without_is_a_condition_of_what_needs_it() {
    let conditions = |code: &str, later: &str| {
        with_run(&format!("{code}; {later}"), |said, run| {
            assert!(said.iter().all(|said| said == "ok"), "{said:?}");
            run.conditions.iter().map(|condition| format!("{} {}", condition.sqlstate, condition.reason)).collect::<Vec<_>>()
        })
    };
    let swallowed = "DO $$ BEGIN CREATE EXTENSION citext; EXCEPTION WHEN OTHERS THEN NULL; END $$";
    let of = |sqlstate: &str| {
        vec![format!("{sqlstate} unless the server offers the extension citext, without which the migrations before go on")]
    };
    assert_eq!(conditions(swallowed, "CREATE TABLE t (a integer)"), Vec::<String>::new());
    assert_eq!(conditions(swallowed, "CREATE TABLE t (a citext)"), of("42704"));
    assert_eq!(conditions(swallowed, "CREATE TABLE t (a text); ALTER TABLE t ADD b citext[]"), of("42704"));
    assert_eq!(conditions(swallowed, "SELECT 'a'::citext"), of("42704"));
    assert_eq!(conditions(swallowed, "DO $$ BEGIN PERFORM 'a'::citext; END $$"), of("42704"));
    assert_eq!(conditions(&swallowed.replace("citext", "hstore"), "SELECT akeys(NULL)").len(), 1);
    assert_eq!(
        conditions(swallowed, "CREATE EXTENSION IF NOT EXISTS citext; CREATE TABLE t (a citext)"),
        ["0A000 unless the server offers the extension citext"]
    );
    // Whoever does not go on meets the condition.
    for code in [
        "CREATE EXTENSION citext",
        "DO $$ BEGIN CREATE EXTENSION citext; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
        "DO $$ BEGIN CREATE EXTENSION citext; EXCEPTION WHEN OTHERS THEN RAISE; END $$",
        "DO $$ BEGIN CREATE EXTENSION citext; EXCEPTION WHEN feature_not_supported THEN RAISE EXCEPTION 'no'; END $$",
    ] {
        assert_eq!(conditions(code, "CREATE TABLE t (a citext)"), ["0A000 unless the server offers the extension citext"], "{code}");
    }
}

#[test]
fn that_the_server_offers_an_extension_is_a_condition() {
    with_run("CREATE EXTENSION pgcrypto; CREATE SCHEMA e CREATE TABLE t (a integer)", |said, run| {
        assert_eq!(said, ["ok", "ok"]);
        assert!(run.conditions.iter().any(|condition| condition.reason == "unless the server offers the extension pgcrypto"));
        let schema = run.catalog.named(Class::Schema, Oid::NONE, "e")[0];
        assert_eq!(run.catalog.named(Class::Relation, schema, "t").len(), 1);
    });
}
