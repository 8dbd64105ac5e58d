//! References and what PostgreSQL 15 says of them.

use std::sync::Arc;

use super::*;
use crate::catalog::model::{Column, Relation, RelationKind};
use crate::catalog::object::{Name, Object, Origin};
use crate::catalog::run::{Knowledge, World};
use crate::catalog::store::Catalog;
use crate::syntax::tree::Node;
use crate::syntax::{Script, Version};

fn catalog() -> Catalog {
    let mut catalog = Catalog::new();
    let public = catalog.named(Class::Schema, Oid::NONE, "public")[0];
    let mut relation = Relation::new(RelationKind::Table);
    relation.add_column(Column::new(0, "a", Some(TypeUse::built_in("int4"))));
    catalog.add(Object::new("t", Body::Relation(Arc::new(relation)), Origin::START).in_schema(public));
    let int4 = || Some(vec![TypeUse::built_in("int4")]);
    for (name, kind, inputs) in [
        ("f", RoutineKind::Function, int4()),
        ("g", RoutineKind::Function, int4()),
        ("g", RoutineKind::Function, None),
        ("p", RoutineKind::Procedure, None),
    ] {
        let routine = Routine { kind, ..assumed_routine(inputs) };
        catalog.add(Object::new(name, Body::Routine(Arc::new(routine)), Origin::START).in_schema(public));
    }
    catalog
}

/// The SQLSTATE of COMMENT ON, or `ok`, or `unknown`.
fn said(knowledge: Knowledge, object: &str) -> String {
    let text = format!("COMMENT ON {object} IS 'x'");
    let script = Script::parse(&text, Span::new(0, text.len() as u32));
    let node = script.statements[0].node().expect("a statement that parses");
    let Node::CommentOn(comment) = node else { panic!("{text}") };
    let creates = |_: Class, _: &str| false;
    let world = World { target: fifteen(), knowledge, creates: &creates, user: Name::from("postgres") };
    let mut run = Run::new(&world, catalog());
    match expect(&mut run, &text, &comment.object) {
        Ok(_) => "ok".to_owned(),
        Err(stop) => stop.sqlstate().unwrap_or("unknown").to_owned(),
    }
}

fn fifteen() -> Version {
    Version::new(15).expect("a version that is known")
}

#[test]
fn a_reference_means_an_object_or_the_error_that_postgresql_raises() {
    for (object, expected) in [
        ("TABLE t", "ok"),
        ("TABLE public.t", "ok"),
        ("TABLE nope", "42P01"),
        ("TABLE nos.nope", "3F000"),
        ("VIEW t", "42809"),
        ("TABLE pg_catalog.pg_class", "ok"),
        ("TYPE t", "ok"),
        ("TYPE nope", "42704"),
        ("DOMAIN t", "42809"),
        ("TYPE integer", "ok"),
        ("COLUMN t.a", "ok"),
        ("COLUMN t.b", "42703"),
        ("COLUMN nope.b", "42P01"),
        ("COLUMN nos.nope.b", "3F000"),
        ("CONSTRAINT x ON t", "42704"),
        ("CONSTRAINT x ON nope", "42P01"),
        ("CONSTRAINT x ON DOMAIN nope", "42704"),
        ("TRIGGER x ON t", "42704"),
        ("FUNCTION f", "ok"),
        ("FUNCTION f(int)", "ok"),
        ("FUNCTION f()", "42883"),
        ("FUNCTION nope", "42883"),
        ("FUNCTION nos.nope()", "3F000"),
        ("FUNCTION g", "42725"),
        ("FUNCTION p", "42883"),
        ("FUNCTION p()", "42809"),
        ("PROCEDURE f(int)", "42809"),
        ("AGGREGATE f(int)", "42809"),
        ("FUNCTION pg_catalog.now()", "ok"),
        ("OPERATOR + (int, int)", "ok"),
        ("OPERATOR @@@@ (int, int)", "42883"),
        ("OPERATOR CLASS nope USING btree", "42704"),
        ("OPERATOR CLASS int4_ops USING btree", "ok"),
        ("CAST (int AS bigint)", "ok"),
        ("SCHEMA nope", "3F000"),
        ("SCHEMA public", "ok"),
        ("ROLE nope", "42704"),
        ("ROLE pg_monitor", "ok"),
        ("LANGUAGE sql", "ok"),
    ] {
        assert_eq!(said(Knowledge::Complete, object), expected, "{object}");
    }
}

#[test]
fn what_no_file_creates_is_assumed() {
    for object in ["TABLE nope", "VIEW nos.nope", "COLUMN nope.a", "TRIGGER x ON nope", "FUNCTION nope(int)", "SCHEMA nope", "ROLE nope"] {
        assert_eq!(said(Knowledge::Partial, object), "ok", "{object}");
    }
    for (object, expected) in [("COLUMN t.b", "42703"), ("TRIGGER x ON t", "42704"), ("FUNCTION f(text)", "unknown")] {
        assert_ne!(said(Knowledge::Partial, object), "ok", "{object}: {expected}");
    }
}
