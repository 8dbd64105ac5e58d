//! What is said of two states of a catalog.

use super::{Certainty, differences, left_by_undoing};
use crate::catalog::script::{Direction, run_script};
use crate::catalog::store::Catalog;
use crate::catalog::{Class, Knowledge, Run, World};
use crate::syntax::{Script, Version};
use crate::text::Span;

fn run(catalog: &Catalog, sql: &str, knowledge: Knowledge) -> Catalog {
    let creates = |_: Class, _: &str| false;
    let world = World { target: Version::NEWEST, knowledge, creates: &creates, user: "postgres".into() };
    let mut run = Run::new(&world, catalog.clone());
    let ended = run_script(&mut run, Direction::plain(sql, &Script::parse(sql, Span::new(0, sql.len() as u32))));
    assert_eq!(ended.stop, None, "{sql}");
    run.catalog
}

/// What is different between what two scripts make.
fn said(first: &str, then: &str) -> Vec<String> {
    let [before, after] = [first, then].map(|sql| run(&Catalog::new(), sql, Knowledge::Complete));
    differences(&before, &after).iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_made_otherwise_but_the_same_is_no_difference() {
    let table = "CREATE TABLE t (a integer NOT NULL DEFAULT 1 CHECK (a > 0), b text); CREATE INDEX i ON t (b)";
    assert_eq!(said(table, &format!("CREATE TABLE x (); {table}")), ["left behind: table `public.x`"]);
    assert_eq!(said(table, &table.replace("a > 0", "(a) > 0")), Vec::<String>::new());
}

#[test]
fn the_order_of_columns_is_no_difference() {
    assert_eq!(said("CREATE TABLE t (a integer, b text)", "CREATE TABLE t (b text, a int)"), Vec::<String>::new());
}

#[test]
fn what_is_there_or_not_is_said_once() {
    assert_eq!(said("", "CREATE TABLE t (a serial PRIMARY KEY, b text UNIQUE)"), ["left behind: table `public.t`"]);
    let (table, index) = ("CREATE TABLE t (a integer);", "CREATE INDEX i ON t (a)");
    assert_eq!(said(&format!("{table}{index}"), table), ["index `public.i` is not there again"]);
    assert_eq!(said(&format!("{table}{index}"), ""), ["table `public.t` is not there again"]);
}

#[test]
fn a_change_is_said_with_what_it_was_and_is() {
    let table = "CREATE TABLE users (email text, age integer NOT NULL, n integer DEFAULT 1)";
    let other = "CREATE TABLE users (email varchar(255), age integer DEFAULT 7, n integer DEFAULT 2)";
    let expected = [
        "column `age` of table `public.users`: default 7 is new",
        "column `age` of table `public.users` is no longer not null",
        "column `email` of table `public.users`: type text became character varying(255)",
        "column `n` of table `public.users`: default 1 became 2",
    ];
    assert_eq!(said(table, other), expected);
}

#[test]
fn a_view_with_other_columns_is_said_once() {
    let tables = "CREATE TABLE t (a integer, b text);";
    let (one, two) = (format!("{tables} CREATE VIEW v AS SELECT a FROM t"), format!("{tables} CREATE VIEW v AS SELECT a, b FROM t"));
    assert_eq!(said(&one, &two), ["view `public.v`: columns with b too"]);
    assert_eq!(said(&two, &one), ["view `public.v`: columns without b"]);
    let other = format!("{tables} CREATE VIEW v AS SELECT length(b) AS a FROM t");
    assert_eq!(said(&one, &other), ["view `public.v`: query SELECT a FROM t became SELECT length(b) AS a FROM t"]);
    assert_eq!(said(&two, &format!("{tables} CREATE VIEW v AS SELECT a, b AS c FROM t")), ["view `public.v`: columns with c instead of b"]);
}

#[test]
fn the_time_at_which_something_is_stored_is_said_to_be_that() {
    for constant in ["'now'::timestamp", "timestamp 'now'", "CAST('now' AS timestamp)"] {
        let view = format!("CREATE VIEW v AS SELECT {constant} AS t");
        let again = format!("{view}; DROP VIEW v; {view}");
        assert_eq!(said(&view, &again), ["view `public.v`: 'now' in its query is the time at which that is stored"], "{constant}");
    }
}

#[test]
fn a_label_goes_by_its_current_name() {
    let table = "CREATE TYPE kind AS ENUM ('a', 'b'); CREATE TABLE t (k kind DEFAULT 'a' CHECK (k <> 'b'));";
    let renamed = format!("{table} ALTER TYPE kind RENAME VALUE 'a' TO 'first'");
    let made = table.replace("'a'", "'first'");
    assert_eq!(said(&renamed, &made), Vec::<String>::new());
}

#[test]
fn what_is_made_on_an_assumed_table_is_told() {
    let before = run(&Catalog::new(), "", Knowledge::Partial);
    let after = run(&before, "CREATE INDEX i ON legacy (a)", Knowledge::Partial);
    let found = differences(&before, &after);
    assert_eq!(
        found.iter().map(|found| (found.certainty, found.text.as_str())).collect::<Vec<_>>(),
        [(Certainty::Certain, "left behind: index `public.i`")]
    );
}

/// What is said of undoing a migration whose history does not begin with it.
fn undone(up: &str, down: &str) -> Vec<String> {
    let before = run(&Catalog::new(), "", Knowledge::Partial);
    let between = run(&before, up, Knowledge::Partial);
    let after = run(&between, down, Knowledge::Partial);
    left_by_undoing(&before, &between, &after).iter().map(super::Difference::sentence).collect()
}

#[test]
fn what_is_renamed_and_named_back_is_as_it_was() {
    for (up, down) in [
        ("ALTER TABLE old RENAME a TO b", "ALTER TABLE old RENAME b TO a"),
        ("ALTER TABLE old RENAME TO new", "ALTER TABLE new RENAME TO old"),
        ("ALTER INDEX i RENAME TO j", "ALTER INDEX j RENAME TO i"),
        ("ALTER TYPE kind RENAME VALUE 'a' TO 'b'", "ALTER TYPE kind RENAME VALUE 'b' TO 'a'"),
    ] {
        assert_eq!(undone(up, down), Vec::<String>::new(), "{up}");
    }
    assert_eq!(undone("ALTER TABLE old RENAME a TO b", ""), ["column `a` of `public.old` is not there again"]);
    assert_eq!(undone("ALTER TYPE kind RENAME VALUE 'a' TO 'b'", ""), ["type `public.kind`: label `a` became `b`"]);
}

#[test]
fn what_was_dropped_or_replaced_if_it_was_there_may_have_been() {
    let index = ["it can't be told whether index `public.i` is what it was"];
    assert_eq!(undone("DROP INDEX IF EXISTS i", "CREATE INDEX i ON old (a)"), index);
    assert_eq!(undone("DROP INDEX IF EXISTS i", ""), Vec::<String>::new());
    // What the migration itself makes, and its down section leaves, is left behind.
    assert_eq!(undone("DROP INDEX IF EXISTS i; CREATE INDEX i ON old (a)", ""), ["left behind: index `public.i`"]);
    let column = ["it can't be told whether column `a` of `public.old` is what it was"];
    assert_eq!(undone("ALTER TABLE old DROP COLUMN IF EXISTS a", "ALTER TABLE old ADD a integer"), column);
    // An index on a column may have gone with it.
    let both = undone("ALTER TABLE old DROP COLUMN a", "ALTER TABLE old ADD a integer; CREATE INDEX i ON old (a)");
    assert_eq!(both, [column[0], index[0]]);
    let function = |n: u8| format!("CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT {n}'");
    assert_eq!(undone(&function(2), &function(1)), ["it can't be told whether function `public.f()` is what it was"]);
    assert_eq!(undone(&function(2), ""), ["left behind: function `public.f()`"]);
    assert_eq!(undone(&function(2), "DROP FUNCTION f()"), Vec::<String>::new());
}

#[test]
fn a_constraint_of_an_assumed_domain_is_there_or_may_have_been() {
    let drop = "ALTER DOMAIN kind DROP CONSTRAINT c";
    let add = "ALTER DOMAIN kind ADD CONSTRAINT c CHECK (value <> '') NOT VALID";
    assert_eq!(undone(drop, ""), ["constraint `public.kind.c`, which no file creates, is not there again"]);
    let untold = ["it can't be told whether constraint `c` on domain `public.kind` is what it was"];
    assert_eq!(undone(drop, add), untold);
    assert_eq!(undone(&drop.replace("T c", "T IF EXISTS c"), add), untold);
    assert_eq!(undone("ALTER DOMAIN kind VALIDATE CONSTRAINT c", ""), Vec::<String>::new());
}

#[test]
fn a_label_of_an_assumed_type_stays_and_is_there_the_second_time() {
    let add = "ALTER TYPE kind ADD VALUE 'a'";
    assert_eq!(undone(add, ""), ["left behind: label `a` of type `public.kind`"]);
    assert_eq!(undone(&add.replace("VALUE", "VALUE IF NOT EXISTS"), ""), ["left behind: label `a` of type `public.kind`"]);
    let once = run(&Catalog::new(), add, Knowledge::Partial);
    let creates = |_: Class, _: &str| false;
    let world = World { target: Version::NEWEST, knowledge: Knowledge::Partial, creates: &creates, user: "postgres".into() };
    let mut again = Run::new(&world, once);
    let ended = run_script(&mut again, Direction::plain(add, &Script::parse(add, Span::new(0, add.len() as u32))));
    let stop = ended.stop.expect("the label is there");
    assert!(matches!(stop, crate::catalog::Stop::Fails(failure) if failure.sqlstate == "42710"));
}
