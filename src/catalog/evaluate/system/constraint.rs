//! Constraints: `pg_constraint`, and what the information schema says of them.

use super::{Entry, Hints, OTHER, has_open_schemas, other_name, schema_name, schema_of};
use crate::catalog::Oid;
use crate::catalog::evaluate::{NO_OBJECT, Value, number, objects, text};
use crate::catalog::model::{Constraint, ConstraintKind};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::syntax::tree::Action;

/// The name of a constraint that the history does not show.
const OTHER_NAME: Value = other_name(Class::Constraint, Oid::NONE);

/// The constraints that a name or a table in a hint means, else all.
fn own<'r>(run: &'r Run<'_>, of: Option<Oid>, name: Option<&str>) -> Vec<(Oid, &'r Object, &'r Constraint)> {
    super::parts(run, Class::Constraint, of, name)
        .into_iter()
        .filter_map(|(oid, object)| Some((oid, object, object.constraint()?)))
        .collect()
}

/// `contype`
const fn kind(constraint: &Constraint) -> &'static str {
    match constraint.kind {
        ConstraintKind::Check(_) => "c",
        ConstraintKind::NotNull => "n",
        ConstraintKind::PrimaryKey(_) => "p",
        ConstraintKind::Unique(_) => "u",
        ConstraintKind::Exclude(_) => "x",
        ConstraintKind::ForeignKey(_) => "f",
        ConstraintKind::Trigger(_) => "t",
    }
}

const fn action(action: Action) -> &'static str {
    match action {
        Action::NoAction => "a",
        Action::Restrict => "r",
        Action::Cascade => "c",
        Action::SetNull => "n",
        Action::SetDefault => "d",
    }
}

fn columns(numbers: &[i16]) -> Value {
    match numbers.is_empty() {
        true => Value::Null,
        false => Value::Array(numbers.iter().map(|column| number(*column)).collect()),
    }
}

/// `pg_constraint`
pub(super) fn constraints(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let of = hints.object("conrelid").filter(|oid| oid.0 != 0);
    let wanted = hints.name("conname");
    let mut entries = Vec::new();
    for (oid, object, constraint) in own(run, of, wanted) {
        let of = object.of.unwrap_or(Oid::NONE);
        let is_domain = run.catalog.get(of).is_some_and(|object| matches!(object.body, Body::Type(_)));
        let key = match &constraint.kind {
            ConstraintKind::ForeignKey(key) => Some(key),
            _ => None,
        };
        let letter = |letter: Option<&'static str>| text(letter.unwrap_or(" "));
        entries.push(Entry::certain(vec![
            ("oid", objects::oid(oid)),
            ("conname", text(Name::clone(&object.name))),
            ("connamespace", schema_of(object)),
            ("contype", text(kind(constraint))),
            ("condeferrable", Value::Boolean(constraint.deferrable)),
            ("condeferred", Value::Boolean(constraint.deferred)),
            ("convalidated", Value::Boolean(constraint.validated)),
            ("conenforced", Value::Boolean(constraint.enforced)),
            ("conrelid", if is_domain { NO_OBJECT } else { objects::oid(of) }),
            ("contypid", if is_domain { objects::oid(of) } else { NO_OBJECT }),
            ("conindid", key.map_or(constraint.index(), |key| key.index).map_or(NO_OBJECT, objects::oid)),
            ("conparentid", constraint.parent.map_or(NO_OBJECT, objects::oid)),
            ("confrelid", key.map_or(NO_OBJECT, |key| objects::oid(key.table))),
            ("confupdtype", letter(key.map(|key| action(key.on_update)))),
            ("confdeltype", letter(key.map(|key| action(key.on_delete)))),
            ("conislocal", Value::Boolean(constraint.local)),
            ("coninhcount", number(constraint.inherited)),
            ("connoinherit", if key.is_some() { Value::Boolean(true) } else { Value::Boolean(constraint.no_inherit) }),
            ("conkey", columns(&constraint.columns)),
            ("confkey", key.map_or(Value::Null, |key| columns(&key.columns))),
        ]));
    }
    others(run, of, &mut entries, |relation| vec![("conrelid", relation), ("conname", OTHER_NAME)]);
    entries
}

/// Rows for the constraints that relations may have which are only assumed, and for relations that may be there.
fn others(run: &Run<'_>, of: Option<Oid>, entries: &mut Vec<Entry>, row: impl Fn(Value) -> Vec<(&'static str, Value)>) {
    for (oid, _) in super::untold(run, of) {
        entries.push(Entry::maybe(row(objects::oid(oid))));
    }
    if of.is_none() && has_open_schemas(run) {
        entries.push(Entry::maybe(row(OTHER)));
    }
    if of.is_none() {
        for name in run.catalog.doubts(Class::Constraint) {
            let mut columns = row(Value::Unknown);
            columns.retain(|(column, _)| *column != "conname" && *column != "constraint_name");
            columns.push(("conname", text(Name::clone(name))));
            columns.push(("constraint_name", text(Name::clone(name))));
            entries.push(Entry::maybe(columns));
        }
    }
}

/// `information_schema.table_constraints`, and of each column that one names, or that one references.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Listing {
    /// `table_constraints`
    Tables,
    /// `key_column_usage`
    Keys,
    /// `constraint_column_usage`
    Columns,
    /// `constraint_table_usage`
    Used,
    /// `referential_constraints`
    References,
    /// `check_constraints`
    Checks,
}

pub(super) fn listed(run: &Run<'_>, hints: &Hints, listing: Listing) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (_, object, constraint) in own(run, None, hints.name("constraint_name")) {
        let Some(of) = object.of else { continue };
        let Some(table) = run.catalog.get(of) else { continue };
        let schema = object.schema.map_or(Value::NotNull, |schema| schema_name(run, schema));
        let name = text(Name::clone(&object.name));
        let identity = vec![("constraint_catalog", Value::NotNull), ("constraint_schema", schema.clone()), ("constraint_name", name)];
        if listing == Listing::Checks {
            if matches!(constraint.kind, ConstraintKind::Check(_) | ConstraintKind::NotNull) {
                entries.push(Entry::certain([identity, vec![("check_clause", Value::NotNull)]].concat()));
            }
            continue;
        }
        if table.relation().is_none() {
            continue;
        }
        let place = |table: &Object| {
            vec![
                ("table_catalog", Value::NotNull),
                ("table_schema", table.schema.map_or(Value::NotNull, |schema| schema_name(run, schema))),
                ("table_name", text(Name::clone(&table.name))),
            ]
        };
        let word = match &constraint.kind {
            ConstraintKind::PrimaryKey(_) => "PRIMARY KEY",
            ConstraintKind::Unique(_) => "UNIQUE",
            ConstraintKind::ForeignKey(_) => "FOREIGN KEY",
            ConstraintKind::Check(_) | ConstraintKind::NotNull => "CHECK",
            ConstraintKind::Exclude(_) | ConstraintKind::Trigger(_) => continue,
        };
        let yes = |is: bool| text(if is { "YES" } else { "NO" });
        let named = |table: Oid, column: i16| {
            let found = run.catalog.column(crate::catalog::Address::column(table, column));
            found.map_or(Value::NotNull, |column| text(Name::clone(&column.name)))
        };
        let is_key = matches!(constraint.kind, ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique(_) | ConstraintKind::ForeignKey(_));
        match listing {
            Listing::Tables => entries.push(Entry::certain(
                [
                    identity,
                    place(table),
                    vec![
                        ("constraint_type", text(word)),
                        ("is_deferrable", yes(constraint.deferrable)),
                        ("initially_deferred", yes(constraint.deferred)),
                        ("enforced", yes(constraint.enforced)),
                    ],
                ]
                .concat(),
            )),
            Listing::Keys if is_key => {
                for (at, column) in constraint.columns.iter().enumerate() {
                    let own = vec![("column_name", named(of, *column)), ("ordinal_position", number(at as i128 + 1))];
                    entries.push(Entry::certain([identity.clone(), place(table), own].concat()));
                }
            }
            Listing::Columns | Listing::Used => {
                let (table, columns) = match &constraint.kind {
                    ConstraintKind::ForeignKey(key) => (key.table, &key.columns),
                    _ => (of, &constraint.columns),
                };
                let Some(object) = run.catalog.get(table) else { continue };
                if listing == Listing::Used {
                    entries.push(Entry::certain([identity, place(object)].concat()));
                    continue;
                }
                for column in columns {
                    entries.push(Entry::certain([identity.clone(), place(object), vec![("column_name", named(table, *column))]].concat()));
                }
            }
            Listing::References => {
                let ConstraintKind::ForeignKey(key) = &constraint.kind else { continue };
                let unique = key.index.and_then(|index| run.catalog.get(index));
                let rule = |action: Action| match action {
                    Action::NoAction => "NO ACTION",
                    Action::Restrict => "RESTRICT",
                    Action::Cascade => "CASCADE",
                    Action::SetNull => "SET NULL",
                    Action::SetDefault => "SET DEFAULT",
                };
                let own = vec![
                    (
                        "unique_constraint_schema",
                        unique.and_then(|index| index.schema).map_or(Value::Unknown, |schema| schema_name(run, schema)),
                    ),
                    ("unique_constraint_name", unique.map_or(Value::Unknown, |index| text(Name::clone(&index.name)))),
                    ("update_rule", text(rule(key.on_update))),
                    ("delete_rule", text(rule(key.on_delete))),
                ];
                entries.push(Entry::certain([identity, own].concat()));
            }
            Listing::Keys | Listing::Checks => {}
        }
    }
    // Before constraints of their own, columns that are NOT NULL are listed with names of numbers.
    if matches!(listing, Listing::Tables | Listing::Checks) && run.world.target.major() < 18 {
        for (oid, object) in super::relations(run, hints.name("table_name"), None) {
            let Some(relation) = object.relation().filter(|relation| relation.is_table()) else { continue };
            let schema = object.schema.map_or(Value::NotNull, |schema| schema_name(run, schema));
            for column in relation.columns.iter().filter(|column| column.not_null) {
                let number = |oid: Oid| 16_384 + oid.0;
                let name = text(format!("{}_{}_{}_not_null", number(object.schema.unwrap_or(Oid::NONE)), number(oid), column.number));
                let mut columns =
                    vec![("constraint_schema", schema.clone()), ("constraint_name", name), ("constraint_type", text("CHECK"))];
                columns.extend([("table_schema", schema.clone()), ("table_name", text(Name::clone(&object.name)))]);
                entries.push(Entry::certain(columns));
            }
        }
    }
    let unknown = |relation: Value| {
        let name = match relation {
            Value::Object(_, number) => run.catalog.get(Oid(number)),
            _ => None,
        };
        match name {
            Some(object) => vec![
                ("constraint_name", OTHER_NAME),
                ("table_name", text(Name::clone(&object.name))),
                ("table_schema", object.schema.map_or(Value::NotNull, |schema| schema_name(run, schema))),
            ],
            None => vec![("constraint_name", OTHER_NAME), ("table_name", other_name(Class::Relation, Oid::NONE))],
        }
    };
    others(run, None, &mut entries, unknown);
    entries
}
