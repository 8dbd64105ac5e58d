//! What compiling a body refuses, each as a server says it.

use crate::catalog::{Catalog, Class, Knowledge, Run, World};
use crate::syntax::Version;
use crate::text::Span;

/// The SQLSTATE that compiling `body` as a DO block gives.
fn refused(body: &str) -> Option<&'static str> {
    let creates = |_: Class, _: &str| false;
    let world = World { target: Version::new(15).expect("known"), knowledge: Knowledge::Complete, creates: &creates, user: "app".into() };
    let mut run = Run::new(&world, Catalog::new());
    let text = format!("$${body}$$");
    super::compile_block(&mut run, &text, Span::new(0, text.len() as u32)).err().and_then(|stop| stop.sqlstate())
}

#[test]
fn variables_must_be_declared() {
    assert_eq!(refused("BEGIN x := 1; END"), Some("42601"));
    assert_eq!(refused("DECLARE x int; BEGIN x := 1; x[1] := 2; found := true; END"), None);
    assert_eq!(refused("DECLARE x int; BEGIN x.y := 1; END"), Some("42601"));
    assert_eq!(refused("DECLARE x record; BEGIN x.y := 1; SELECT 1 INTO x; END"), None);
    assert_eq!(refused("<<a>> DECLARE x int; BEGIN a.x := 1; END"), None);
    assert_eq!(refused("DECLARE x CONSTANT int := 1; BEGIN x := 2; END"), Some("22005"));
    assert_eq!(refused("DECLARE x int; x text; BEGIN END"), Some("42601"));
    assert_eq!(refused("BEGIN FOR i IN 1..3 LOOP i := 2; END LOOP; END"), None);
    assert_eq!(refused("BEGIN FOR r IN SELECT 1 LOOP END LOOP; END"), Some("42601"));
}

#[test]
fn types_and_conditions_must_exist() {
    assert_eq!(refused("DECLARE x nosuch; BEGIN END"), Some("42704"));
    assert_eq!(refused("DECLARE x nosuch%ROWTYPE; BEGIN END"), Some("42P01"));
    assert_eq!(refused("DECLARE x nosuch.a%TYPE; BEGIN END"), Some("42601"));
    assert_eq!(refused("BEGIN NULL; EXCEPTION WHEN nosuch THEN NULL; END"), Some("42704"));
    assert_eq!(refused("BEGIN NULL; EXCEPTION WHEN duplicate_object OR others THEN RAISE; END"), None);
    assert_eq!(refused("BEGIN RAISE NOTICE '% %%', 1; RAISE NOTICE '%'; END"), Some("42601"));
}

#[test]
fn control_must_have_where_to_go() {
    assert_eq!(refused("BEGIN EXIT; END"), Some("42601"));
    assert_eq!(refused("BEGIN LOOP EXIT WHEN true; CONTINUE; END LOOP; END"), None);
    assert_eq!(refused("<<a>> BEGIN EXIT a; END"), None);
    assert_eq!(refused("BEGIN RETURN 1; END"), Some("42804"));
    assert_eq!(refused("BEGIN RETURN; END"), None);
}
