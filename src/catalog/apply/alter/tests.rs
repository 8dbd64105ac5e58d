//! ALTER TABLE: what other rows than those of the history could break.

use crate::catalog::apply::said::with_run;
use crate::catalog::object::Origin;

/// The conditions that `sql` meets in a migration after the one that ran `before`.
fn conditions(before: &str, sql: &str) -> Vec<String> {
    with_run(before, |said, run| {
        assert!(said.iter().all(|said| said == "ok"), "{said:?}");
        run.origin = Origin { migration: Some(1), ..run.origin };
        run.conditions.clear();
        let script = crate::syntax::Script::parse(sql, crate::text::Span::new(0, sql.len() as u32));
        for statement in &script.statements {
            let done = crate::catalog::script::run_statement(run, sql, statement, script.tokens_of(statement));
            assert!(done.is_ok(), "{}: {done:?}", &sql[statement.span]);
        }
        run.conditions.iter().map(|condition| format!("{} {}", condition.sqlstate, condition.reason)).collect()
    })
}

#[test]
fn new_columns_that_are_null_break_nothing() {
    let tables = "CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE t (a integer); CREATE DOMAIN d AS integer DEFAULT 1;";
    for (sql, expected) in [
        ("ALTER TABLE t ADD u integer UNIQUE", None),
        ("ALTER TABLE t ADD u integer, ADD UNIQUE (a, u)", None),
        ("ALTER TABLE t ADD u serial UNIQUE", None),
        ("ALTER TABLE t ADD u integer REFERENCES p", None),
        ("ALTER TABLE t ADD u integer CHECK (u > 0)", None),
        ("ALTER TABLE t ADD u integer UNIQUE NULLS NOT DISTINCT", Some("23505 if public.t has rows that have u in common")),
        ("ALTER TABLE t ADD u integer DEFAULT 1 UNIQUE", Some("23505 if public.t has rows that have u in common")),
        ("ALTER TABLE t ADD u d UNIQUE", Some("23505 if public.t has rows that have u in common")),
        ("ALTER TABLE t ADD u integer CHECK (u IS NOT NULL)", Some("23514 if public.t has rows that violate it")),
        ("ALTER TABLE t ADD u integer, ADD CHECK (u > 0 OR a > 0)", Some("23514 if public.t has rows that violate it")),
    ] {
        assert_eq!(conditions(tables, sql), expected.map(str::to_owned).into_iter().collect::<Vec<_>>(), "{sql}");
    }
}

#[test]
fn what_a_transaction_has_emptied_holds_nothing_until_it_ends() {
    let check = "23514 if public.t has rows that violate it";
    let of = |sql: &str| conditions("CREATE TABLE t (a integer);", sql);
    assert_eq!(of("BEGIN; TRUNCATE t; ALTER TABLE t ADD CHECK (a > 1), ADD UNIQUE (a); COMMIT;"), Vec::<String>::new());
    assert_eq!(of("BEGIN; TRUNCATE t; COMMIT; ALTER TABLE t ADD CHECK (a > 1);"), [check]);
    assert_eq!(of("BEGIN; SAVEPOINT s; TRUNCATE t; ROLLBACK TO s; ALTER TABLE t ADD CHECK (a > 1); COMMIT;"), [check]);
    assert_eq!(of("TRUNCATE t; ALTER TABLE t ADD CHECK (a > 1);"), [check]);
}
