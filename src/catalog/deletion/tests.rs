//! What may be dropped, and what goes along, as PostgreSQL 15 does it.

use std::sync::Arc;

use super::*;
use crate::catalog::expression::{Completeness, Form, Stored};
use crate::catalog::model::*;
use crate::catalog::object::{Body, Class, Name, Object, Origin};
use crate::catalog::run::{Knowledge, World};
use crate::catalog::{Catalog, Dependency, Oid};
use crate::syntax::Version;

/// `t (a primary key, b default nextval('s'))` with an index on `b`, a view of `a`, and `u` whose `r` references `t`.
struct Given {
    catalog: Catalog,
    public: Oid,
    t: Oid,
    pkey: Oid,
    pkey_index: Oid,
    b_index: Oid,
    default: Oid,
    s: Oid,
    v: Oid,
    u: Oid,
    fkey: Oid,
}

fn relation(catalog: &mut Catalog, schema: Oid, name: &str, kind: RelationKind, columns: &[&str]) -> Oid {
    let mut relation = Relation::new(kind);
    for column in columns {
        relation.add_column(Column::new(0, *column, Some(TypeUse::built_in("int4"))));
    }
    let oid = catalog.add(Object::new(name, Body::Relation(Arc::new(relation)), Origin::START).in_schema(schema));
    catalog.link(oid, schema, Dependency::Normal);
    oid
}

fn index(catalog: &mut Catalog, schema: Oid, name: &str, table: Oid) -> Oid {
    let index = Index {
        table,
        method: "btree".into(),
        keys: Vec::new(),
        include: Vec::new(),
        unique: true,
        primary: false,
        nulls_not_distinct: false,
        predicate: None,
        constraint: None,
        valid: true,
        parent: None,
        immediate: true,
        column_names: Vec::new(),
    };
    let body = Body::Relation(Arc::new(Relation::new(RelationKind::Index(Arc::new(index)))));
    catalog.add(Object::new(name, body, Origin::START).in_schema(schema).part_of(table))
}

fn constraint(catalog: &mut Catalog, schema: Oid, name: &str, table: Oid, kind: ConstraintKind) -> Oid {
    let body = Body::Constraint(Arc::new(Constraint::new(kind, vec![1])));
    let oid = catalog.add(Object::new(name, body, Origin::START).in_schema(schema).part_of(table));
    catalog.link(oid, Address::column(table, 1), Dependency::Auto);
    oid
}

fn given() -> Given {
    let mut catalog = Catalog::new();
    let public = catalog.named(Class::Schema, Oid::NONE, "public")[0];
    let t = relation(&mut catalog, public, "t", RelationKind::Table, &["a", "b"]);
    let pkey_index = index(&mut catalog, public, "t_pkey", t);
    let pkey = constraint(&mut catalog, public, "t_pkey", t, ConstraintKind::PrimaryKey(pkey_index));
    catalog.link(pkey_index, pkey, Dependency::Internal);
    let b_index = index(&mut catalog, public, "t_b_idx", t);
    catalog.link(b_index, Address::column(t, 2), Dependency::Auto);
    let s = relation(&mut catalog, public, "t_b_seq", RelationKind::Sequence(Sequence::default()), &[]);
    catalog.link(s, Address::column(t, 2), Dependency::Auto);
    let expression = Stored::opaque("nextval('t_b_seq')", Form::Expression, Completeness::Whole);
    let body = Body::Default(Arc::new(ColumnDefault { column: 2, expression }));
    let default = catalog.add(Object::new("", body, Origin::START).part_of(t));
    catalog.link(default, Address::column(t, 2), Dependency::Auto);
    catalog.link(default, s, Dependency::Normal);
    catalog.update_column(Address::column(t, 2), |column| column.default = Some(default));
    let query = Stored::opaque("select a from t", Form::Query, Completeness::Whole);
    let view = View { query, check_option: None, populated: true };
    let v = relation(&mut catalog, public, "v", RelationKind::View(Arc::new(view)), &["a"]);
    catalog.link(v, Address::column(t, 1), Dependency::Normal);
    let u = relation(&mut catalog, public, "u", RelationKind::Table, &["r"]);
    let key = ForeignKey {
        table: t,
        columns: vec![1],
        index: Some(pkey_index),
        matching: crate::syntax::tree::Match::Simple,
        on_delete: crate::syntax::tree::Action::NoAction,
        on_delete_columns: Vec::new(),
        on_update: crate::syntax::tree::Action::NoAction,
        period: false,
    };
    let fkey = constraint(&mut catalog, public, "u_r_fkey", u, ConstraintKind::ForeignKey(key));
    catalog.link(fkey, Address::column(t, 1), Dependency::Normal);
    catalog.link(fkey, pkey_index, Dependency::Normal);
    Given { catalog, public, t, pkey, pkey_index, b_index, default, s, v, u, fkey }
}

/// Drops, and gives the catalog after it or the message.
fn dropped(catalog: &Catalog, what: &[Address], behavior: Behavior) -> std::result::Result<Catalog, String> {
    let creates = |_: Class, _: &str| false;
    let target = Version::new(15).expect("a version that is known");
    let world = World { target, knowledge: Knowledge::Complete, creates: &creates, user: Name::from("postgres") };
    let mut run = Run::new(&world, catalog.clone());
    match delete(&mut run, what, behavior, Span::empty(0)) {
        Ok(()) => Ok(run.catalog),
        Err(Stop::Fails(failure)) => Err(format!("{} {}", failure.sqlstate, failure.message)),
        Err(Stop::Unknown(doubt)) => Err(doubt.reason),
    }
}

#[test]
fn what_others_need_stays_without_cascade() {
    let given = given();
    let refused = |address: Address| dropped(&given.catalog, &[address], Behavior::Restrict).err();
    let because = |what: &str| Some(format!("2BP01 cannot drop {what} because other objects depend on it"));
    assert_eq!(refused(given.t.into()), because("table t"));
    assert_eq!(refused(Address::column(given.t, 1)), because("column a of table t"));
    assert_eq!(refused(given.pkey.into()), because("constraint t_pkey on table t"));
    assert_eq!(refused(given.s.into()), because("sequence t_b_seq"));
    assert_eq!(refused(given.public.into()), because("schema public"));
    assert_eq!(
        refused(given.pkey_index.into()).as_deref(),
        Some("2BP01 cannot drop index t_pkey because constraint t_pkey on table t requires it")
    );
    let several = dropped(&given.catalog, &[given.t.into(), given.s.into()], Behavior::Restrict).err();
    assert_eq!(several.as_deref(), Some("2BP01 cannot drop desired object(s) because other objects depend on them"));
}

#[test]
fn what_belongs_to_it_goes_along() {
    let given = given();
    let after = dropped(&given.catalog, &[Address::column(given.t, 2)], Behavior::Restrict).expect("nothing needs the column");
    for gone in [given.b_index, given.default, given.s] {
        assert!(after.get(gone).is_none());
    }
    assert!(after.column(Address::column(given.t, 2)).is_none());
    assert!(after.get(given.pkey).is_some());
}

#[test]
fn cascade_takes_along_what_depends_on_it() {
    let given = given();
    let after = dropped(&given.catalog, &[given.t.into()], Behavior::Cascade).expect("CASCADE");
    for gone in [given.t, given.v, given.fkey, given.pkey, given.pkey_index, given.s] {
        assert!(after.get(gone).is_none());
    }
    assert!(after.get(given.u).is_some());
    let after = dropped(&given.catalog, &[given.s.into()], Behavior::Cascade).expect("CASCADE");
    assert_eq!(after.column(Address::column(given.t, 2)).map(|column| column.default), Some(None));
    let after = dropped(&given.catalog, &[given.public.into()], Behavior::Cascade).expect("CASCADE");
    assert!(after.get(given.t).is_none() && after.get(given.u).is_none());
}

#[test]
fn what_depends_on_each_other_goes_in_one_statement() {
    let given = given();
    assert!(dropped(&given.catalog, &[given.t.into(), given.v.into(), given.u.into()], Behavior::Restrict).is_ok());
}

#[test]
fn what_nobody_could_read_may_use_what_it_names() {
    let mut given = given();
    let query = Stored::opaque("select 1 from U", Form::Query, Completeness::Part);
    let view = View { query, check_option: None, populated: true };
    relation(&mut given.catalog, given.public, "w", RelationKind::View(Arc::new(view)), &[]);
    let unknown = dropped(&given.catalog, &[given.u.into()], Behavior::Restrict).err();
    assert_eq!(unknown.as_deref(), Some("it can't be told whether `w` uses `u`"));
    assert!(dropped(&given.catalog, &[given.v.into()], Behavior::Restrict).is_ok());
}
