//! Relations: `pg_class` and the views of tables, views and sequences.

use super::{Entry, Hints, OTHER, has_open_schemas, is_assumed, open_schemas, other_name, relations, schema_name, schema_of};
use crate::catalog::Oid;
use crate::catalog::describe::partition_bound;
use crate::catalog::evaluate::{NO_OBJECT, Value, number, objects, text};
use crate::catalog::model::{Persistence, Relation, RelationKind, ReplicaIdentity};
use crate::catalog::object::{Class, Name, Object};
use crate::catalog::run::Run;
use crate::postgres::facts;

/// `relkind`; nothing if that can't be told.
pub(super) fn kind(run: &Run<'_>, object: &Object) -> Option<&'static str> {
    let relation = object.relation()?;
    Some(match &relation.kind {
        RelationKind::Table if relation.partitioned.is_some() => "p",
        RelationKind::Table => "r",
        RelationKind::View(_) => "v",
        RelationKind::MaterializedView(_) => "m",
        RelationKind::Sequence(_) => "S",
        RelationKind::Index(index) => match run.catalog.relation(index.table) {
            Some(table) if table.partitioned.is_some() => "I",
            _ => "i",
        },
        RelationKind::ForeignTable(..) => "f",
        RelationKind::Composite => "c",
        RelationKind::Unknown => return None,
    })
}

fn owner(run: &Run<'_>, object: &Object) -> Value {
    let name = object.owner.as_ref().unwrap_or(&run.world.user);
    Value::Object(crate::catalog::rows::Reference::Oid, objects::role(run, name))
}

fn owner_name(run: &Run<'_>, object: &Object) -> Value {
    text(Name::clone(object.owner.as_ref().unwrap_or(&run.world.user)))
}

fn known(value: Option<&'static str>) -> Value {
    value.map_or(Value::Unknown, text)
}

/// `pg_class`
pub(super) fn classes(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let name = hints.name("relname");
    let mut entries: Vec<Entry> =
        relations(run, name, hints.object("oid")).into_iter().map(|(oid, object)| class(run, oid, object)).collect();
    if hints.object("oid").is_none_or(|oid| oid.0 >= 0x9000_0000) {
        entries.extend(built_in(run, name));
    }
    for schema in open_schemas(run, Class::Relation) {
        entries.push(Entry::maybe(vec![
            ("oid", OTHER),
            ("relname", other_name(Class::Relation, schema)),
            ("relnamespace", objects::oid(schema)),
        ]));
    }
    if has_open_schemas(run) {
        entries.push(Entry::maybe(vec![("oid", OTHER), ("relname", other_name(Class::Relation, Oid::NONE)), ("relnamespace", OTHER)]));
    }
    entries.push(Entry::maybe(vec![
        ("oid", OTHER),
        ("relname", text("pg_toast_1")),
        ("relkind", text("t")),
        ("relnamespace", Value::Object(crate::catalog::rows::Reference::Oid, objects::TOAST)),
    ]));
    entries.push(Entry::maybe(vec![
        ("oid", OTHER),
        ("relname", text("pg_toast_1_index")),
        ("relkind", text("i")),
        ("relnamespace", Value::Object(crate::catalog::rows::Reference::Oid, objects::TOAST)),
    ]));
    for name in run.catalog.doubts(Class::Relation) {
        entries.push(Entry::maybe(vec![("oid", OTHER), ("relname", text(Name::clone(name)))]));
    }
    entries
}

fn class(run: &Run<'_>, oid: Oid, object: &Object) -> Entry {
    let Some(relation) = object.relation() else { return Entry::certain(Vec::new()) };
    let reference = |oid| Value::Object(crate::catalog::rows::Reference::Oid, oid);
    let sure = !is_assumed(object);
    let flag = |is: bool| if sure { Value::Boolean(is) } else { Value::Unknown };
    let has_rows = objects::has_rows(&relation.kind);
    Entry::certain(vec![
        ("oid", objects::oid(oid)),
        ("relname", text(Name::clone(&object.name))),
        ("relnamespace", schema_of(object)),
        ("reltype", if has_rows { reference(objects::row_type(oid)) } else { NO_OBJECT }),
        ("reloftype", relation.of_type.map_or(NO_OBJECT, |ty| reference(objects::row_type(ty)))),
        ("relowner", owner(run, object)),
        ("relhasindex", flag(run.catalog.indexes(oid).next().is_some())),
        ("relisshared", Value::Boolean(false)),
        (
            "relpersistence",
            text(match relation.persistence {
                Persistence::Permanent => "p",
                Persistence::Temporary => "t",
                Persistence::Unlogged => "u",
            }),
        ),
        ("relkind", known(kind(run, object))),
        ("relnatts", if relation.columns_known { number(relation.next_column - 1) } else { Value::NotNull }),
        ("relhastriggers", Value::NotNull),
        ("relrowsecurity", flag(relation.row_security.enabled)),
        ("relforcerowsecurity", flag(relation.row_security.forced)),
        ("relispopulated", flag(relation.view().is_none_or(|view| view.populated))),
        (
            "relreplident",
            match (&relation.replica_identity, relation.is_table()) {
                _ if !sure => Value::Unknown,
                (ReplicaIdentity::Nothing, _) | (_, false) => text("n"),
                (ReplicaIdentity::Default, true) => text("d"),
                (ReplicaIdentity::Full, true) => text("f"),
                (ReplicaIdentity::Index(_), true) => text("i"),
            },
        ),
        ("relispartition", flag(relation.partition_bound.is_some())),
        ("relpartbound", bound(relation)),
        ("relhassubclass", Value::NotNull),
    ])
}

/// The relations that are built in; their indexes are not told.
fn built_in(run: &Run<'_>, name: Option<&str>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (schema, name, fact) in super::built_in(run, name, None) {
        entries.push(Entry::certain(vec![
            ("oid", objects::built_in_relation(fact.name).map_or(OTHER, |number| objects::oid(Oid(number)))),
            ("relname", text(name)),
            ("relnamespace", objects::oid(schema)),
            ("relkind", text(letter(fact))),
            ("relpersistence", text("p")),
        ]));
    }
    entries.push(Entry::maybe(vec![
        ("oid", OTHER),
        ("relname", other_name(Class::Relation, Oid::PG_CATALOG)),
        ("relnamespace", objects::oid(Oid::PG_CATALOG)),
        ("relkind", text("i")),
        ("relpersistence", text("p")),
    ]));
    entries
}

/// `relkind` of what is built in.
fn letter(fact: &facts::RelationFact) -> &'static str {
    match fact.kind {
        facts::RelationKind::Table => "r",
        facts::RelationKind::Partitioned => "p",
        facts::RelationKind::View => "v",
        facts::RelationKind::MaterializedView => "m",
        facts::RelationKind::Sequence => "S",
        facts::RelationKind::Composite => "c",
        facts::RelationKind::Foreign => "f",
    }
}

/// The relations of a kind that are built in, for a view that calls schemas by their names.
pub(super) fn built_in_of(
    run: &Run<'_>,
    hints: &Hints,
    kind: &str,
    schema_column: &'static str,
    name_column: &'static str,
    more: &[(&'static str, Value)],
) -> Vec<Entry> {
    let found = super::built_in(run, hints.name(name_column), hints.name(schema_column)).into_iter();
    let found = found.filter(|(_, _, fact)| letter(fact) == kind);
    let row = |(schema, name, _): (Oid, &'static str, _)| {
        let own = vec![(schema_column, schema_name(run, schema)), (name_column, text(name))];
        Entry::certain(own.into_iter().chain(more.iter().cloned()).collect())
    };
    found.map(row).collect()
}

/// What of the built-in schemas is shown elsewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    BuiltIn,
    Nothing,
}

/// Rows for what the history does not show, of a view that calls schemas by their names.
pub(super) fn others(run: &Run<'_>, class: Class, schema_column: &'static str, name_column: &'static str, shown: Shown) -> Vec<Entry> {
    let mut entries = Vec::new();
    let row = |schema: Value, name: Value| Entry::maybe(vec![(schema_column, schema), (name_column, name)]);
    for schema in open_schemas(run, class) {
        entries.push(row(schema_name(run, schema), other_name(class, schema)));
    }
    if has_open_schemas(run) {
        entries.push(row(other_name(Class::Schema, Oid::NONE), other_name(class, Oid::NONE)));
    }
    if shown == Shown::Nothing {
        for schema in [Oid::PG_CATALOG, Oid::INFORMATION_SCHEMA] {
            entries.push(row(schema_name(run, schema), other_name(class, schema)));
        }
    }
    for name in run.catalog.doubts(class) {
        entries.push(row(Value::Unknown, text(Name::clone(name))));
    }
    entries
}

/// Whether what a relation is fits, if it can be told.
fn presence(entry: Vec<(&'static str, Value)>, is: Option<bool>) -> Option<Entry> {
    match is {
        Some(true) => Some(Entry::certain(entry)),
        Some(false) => None,
        None => Some(Entry::maybe(entry)),
    }
}

/// `pg_tables`
pub(super) fn tables(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let rows = relations(run, hints.name("tablename"), None).into_iter().filter_map(|(oid, object)| {
        let relation = object.relation()?;
        let is = kind(run, object).map(|kind| matches!(kind, "r" | "p"));
        presence(
            vec![
                ("schemaname", schema_name(run, object.schema?)),
                ("tablename", text(Name::clone(&object.name))),
                ("tableowner", owner_name(run, object)),
                ("hasindexes", Value::Boolean(run.catalog.indexes(oid).next().is_some())),
                ("rowsecurity", Value::Boolean(relation.row_security.enabled)),
            ],
            is,
        )
    });
    let built_in = built_in_of(run, hints, "r", "schemaname", "tablename", &[]);
    rows.chain(built_in).chain(others(run, Class::Relation, "schemaname", "tablename", Shown::BuiltIn)).collect()
}

/// Which views are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ViewKind {
    Plain,
    Materialized,
}

/// `pg_views`, `pg_matviews`
pub(super) fn views(run: &Run<'_>, hints: &Hints, which: ViewKind) -> Vec<Entry> {
    let (wanted, name) = match which {
        ViewKind::Plain => ("v", "viewname"),
        ViewKind::Materialized => ("m", "matviewname"),
    };
    let rows = relations(run, hints.name(name), None).into_iter().filter_map(|(_, object)| {
        let is = kind(run, object).map(|kind| kind == wanted);
        let schema = schema_name(run, object.schema?);
        presence(
            vec![
                ("schemaname", schema),
                (name, text(Name::clone(&object.name))),
                (if which == ViewKind::Plain { "viewowner" } else { "matviewowner" }, owner_name(run, object)),
                ("definition", Value::NotNull),
                ("ispopulated", Value::Boolean(object.relation().and_then(|relation| relation.view()).is_some_and(|view| view.populated))),
            ],
            is,
        )
    });
    let built_in = match which {
        ViewKind::Plain => built_in_of(run, hints, "v", "schemaname", name, &[("definition", Value::NotNull)]),
        ViewKind::Materialized => Vec::new(),
    };
    rows.chain(built_in).chain(others(run, Class::Relation, "schemaname", name, Shown::BuiltIn)).collect()
}

/// `pg_sequences`
pub(super) fn sequences(run: &Run<'_>, hints: &Hints) -> Vec<Entry> {
    let rows = relations(run, hints.name("sequencename"), None).into_iter().filter_map(|(_, object)| {
        let is = kind(run, object).map(|kind| kind == "S");
        let options = object.relation()?.sequence().copied();
        let value =
            |field: fn(crate::catalog::model::SequenceOptions) -> i64| options.map_or(Value::Unknown, |options| number(field(options)));
        presence(
            vec![
                ("schemaname", schema_name(run, object.schema?)),
                ("sequencename", text(Name::clone(&object.name))),
                ("sequenceowner", owner_name(run, object)),
                ("start_value", value(|options| options.start)),
                ("min_value", value(|options| options.min)),
                ("max_value", value(|options| options.max)),
                ("increment_by", value(|options| options.increment)),
                ("cycle", options.map_or(Value::Unknown, |options| Value::Boolean(options.cycle))),
                ("cache_size", value(|options| options.cache)),
            ],
            is,
        )
    });
    rows.chain(others(run, Class::Relation, "schemaname", "sequencename", Shown::BuiltIn)).collect()
}

/// `pg_sequence`
pub(super) fn sequence_rows(run: &Run<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = relations(run, None, None)
        .into_iter()
        .filter_map(|(oid, object)| {
            let options = object.relation()?.sequence()?;
            Some(Entry::certain(vec![
                ("seqrelid", objects::oid(oid)),
                ("seqstart", number(options.start)),
                ("seqincrement", number(options.increment)),
                ("seqmax", number(options.max)),
                ("seqmin", number(options.min)),
                ("seqcache", number(options.cache)),
                ("seqcycle", Value::Boolean(options.cycle)),
            ]))
        })
        .collect();
    if has_open_schemas(run) {
        entries.push(Entry::maybe(vec![("seqrelid", OTHER)]));
    }
    entries
}

/// `relpartbound`, as `pg_get_expr` shows it.
fn bound(relation: &Relation) -> Value {
    match &relation.partition_bound {
        None if relation.kind == RelationKind::Unknown => Value::Unknown,
        None => Value::Null,
        Some(bound) => partition_bound(bound).map_or(Value::NotNull, text),
    }
}

/// Of how many assumed relations it is told which of them may inherit from which.
const MOST_PAIRED: usize = 20;

/// `pg_inherits`
pub(super) fn inherits(run: &Run<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut assumed = Vec::new();
    for (oid, object) in relations(run, None, None) {
        let Some(relation) = object.relation() else { continue };
        for (at, parent) in relation.parents.iter().enumerate() {
            entries.push(Entry::certain(vec![
                ("inhrelid", objects::oid(oid)),
                ("inhparent", objects::oid(*parent)),
                ("inhseqno", number(at as i128 + 1)),
                ("inhdetachpending", Value::Boolean(false)),
            ]));
        }
        if let RelationKind::Index(index) = &relation.kind
            && let Some(parent) = index.parent
        {
            entries.push(Entry::certain(vec![
                ("inhrelid", objects::oid(oid)),
                ("inhparent", objects::oid(parent)),
                ("inhseqno", number(1)),
            ]));
        }
        if is_assumed(object) {
            assumed.push(oid);
        }
    }
    // What is only assumed may inherit from something else that the history does not show, and have children there.
    let elsewhere = |own: Oid| assumed.iter().filter(move |other| **other != own).map(|other| objects::oid(*other)).chain([OTHER]);
    if assumed.len() > MOST_PAIRED {
        entries.push(Entry::maybe(Vec::new()));
        return entries;
    }
    for oid in &assumed {
        entries.extend(elsewhere(*oid).map(|parent| Entry::maybe(vec![("inhrelid", objects::oid(*oid)), ("inhparent", parent)])));
        entries.push(Entry::maybe(vec![("inhrelid", OTHER), ("inhparent", objects::oid(*oid))]));
    }
    entries
}
