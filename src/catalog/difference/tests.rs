//! What is said of two states of a catalog.

use super::{Certainty, differences};
use crate::catalog::script::{Around, run_script};
use crate::catalog::store::Catalog;
use crate::catalog::{Knowledge, Run, World};
use crate::syntax::{Script, Version};
use crate::text::Span;

fn run(catalog: &Catalog, sql: &str, knowledge: Knowledge) -> Catalog {
    let creates = |_: &str| false;
    let world = World { target: Version::NEWEST, knowledge, creates: &creates, user: "postgres".into() };
    let mut run = Run::new(&world, catalog.clone());
    let ended = run_script(&mut run, sql, &Script::parse(sql, Span::new(0, sql.len() as u32)), Around::Nobody);
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
    assert_eq!(said(table, &format!("CREATE TABLE x (); {table}")), ["left behind: table public.x"]);
    assert_eq!(said(table, &table.replace("a > 0", "(a) > 0")), Vec::<String>::new());
}

#[test]
fn the_order_of_columns_is_no_difference() {
    assert_eq!(said("CREATE TABLE t (a integer, b text)", "CREATE TABLE t (b text, a int)"), Vec::<String>::new());
}

#[test]
fn what_is_there_or_not_is_said_once() {
    assert_eq!(said("", "CREATE TABLE t (a serial PRIMARY KEY, b text UNIQUE)"), ["left behind: table public.t"]);
    let (table, index) = ("CREATE TABLE t (a integer);", "CREATE INDEX i ON t (a)");
    assert_eq!(said(&format!("{table}{index}"), table), ["index public.i is not there again"]);
    assert_eq!(said(&format!("{table}{index}"), ""), ["table public.t is not there again"]);
}

#[test]
fn a_change_is_said_with_what_it_was_and_is() {
    let table = "CREATE TABLE users (email text, age integer NOT NULL, n integer DEFAULT 1)";
    let other = "CREATE TABLE users (email varchar(255), age integer DEFAULT 7, n integer DEFAULT 2)";
    let expected = [
        "column age of table public.users: default 7 is new",
        "column age of table public.users is no longer not null",
        "column email of table public.users: type text became character varying(255)",
        "column n of table public.users: default 1 became 2",
    ];
    assert_eq!(said(table, other), expected);
}

#[test]
fn what_is_made_on_an_assumed_table_is_told() {
    let before = run(&Catalog::new(), "", Knowledge::Partial);
    let after = run(&before, "CREATE INDEX i ON legacy (a)", Knowledge::Partial);
    let found = differences(&before, &after);
    assert_eq!(
        found.iter().map(|found| (found.certainty, found.text.as_str())).collect::<Vec<_>>(),
        [(Certainty::Certain, "left behind: index public.i")]
    );
}
