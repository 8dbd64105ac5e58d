//! The system catalogs and the information schema, as they would describe our catalog.
//!
//! A row holds what is modelled of it; any other column can't be told. What the history does not show is there as rows that are perhaps
//! there: one for each schema that may hold more, whose name is none of those that are taken or that the history would have to make.

mod attribute;
mod class;
mod code;
mod constraint;
mod index;
mod schema;
mod standard;
mod types;

use std::rc::Rc;

use super::{Presence, Value, objects, text};
use crate::catalog::Oid;
use crate::catalog::failure::Result;
use crate::catalog::object::{Class, Name, Object, Standing};
use crate::catalog::rows::Elsewhere;
use crate::catalog::run::{Knowledge, Run};
use crate::postgres::facts::{self, RelationFact};

/// What conditions demand of columns: that they equal these values.
#[derive(Debug, Default)]
pub(super) struct Hints(Vec<(Name, Value)>);

impl Hints {
    pub(super) fn insert(&mut self, column: &Name, value: Value) {
        self.0.push((Name::clone(column), value));
    }

    /// The name that a column must hold.
    fn name(&self, column: &str) -> Option<&str> {
        self.0.iter().find_map(|(name, value)| match value {
            Value::Text(text) if **name == *column => Some(&**text),
            _ => None,
        })
    }

    /// The object that a column must hold.
    fn object(&self, column: &str) -> Option<Oid> {
        self.0.iter().find_map(|(name, value)| match value {
            Value::Object(_, number) if **name == *column => Some(Oid(*number)),
            _ => None,
        })
    }
}

/// A row by the names of its columns, and whether it is there.
struct Entry {
    columns: Vec<(&'static str, Value)>,
    presence: Presence,
}

impl Entry {
    fn certain(columns: Vec<(&'static str, Value)>) -> Entry {
        Entry { columns, presence: Presence::Certain }
    }

    fn maybe(columns: Vec<(&'static str, Value)>) -> Entry {
        Entry { columns, presence: Presence::Maybe }
    }
}

/// The system relation that a name means.
pub(in crate::catalog) fn fact(run: &Run<'_>, schema: Option<&str>, name: &str) -> Option<&'static RelationFact> {
    let version = run.world.target;
    let standard = || facts::system().relation(&format!("information_schema.{name}"), version);
    match schema {
        Some("pg_catalog") => facts::system().relation(name, version),
        Some("information_schema") => standard(),
        Some(_) => None,
        None => {
            let shadowed = !run.catalog.named(Class::Relation, Oid::PG_TEMP, name).is_empty();
            let own = facts::system().relation(name, version).filter(|_| !shadowed);
            own.or_else(|| {
                let path = run.path().ok()?;
                standard().filter(|_| path.contains(&Oid::INFORMATION_SCHEMA))
            })
        }
    }
}

/// The rows of a system relation.
pub(super) fn rows(run: &mut Run<'_>, fact: &'static RelationFact, hints: &Hints) -> Result<Vec<(Rc<[Value]>, Presence)>> {
    let columns: Vec<&'static str> = fact.columns(run.world.target).map(|column| column.name).collect();
    let entries = match entries(run, fact.name, hints) {
        Some(entries) => entries,
        None => vec![Entry::maybe(Vec::new())],
    };
    let row = |entry: Entry| {
        let value = |name: &&'static str| {
            let found = entry.columns.iter().find(|(column, _)| column == name);
            found.map_or(Value::Unknown, |(_, value)| value.clone())
        };
        (columns.iter().map(value).collect::<Rc<[Value]>>(), entry.presence)
    };
    Ok(entries.into_iter().map(row).collect())
}

fn entries(run: &mut Run<'_>, name: &str, hints: &Hints) -> Option<Vec<Entry>> {
    Some(match name {
        "pg_class" => class::classes(run, hints),
        "pg_tables" => class::tables(run, hints),
        "pg_views" => class::views(run, hints, class::ViewKind::Plain),
        "pg_matviews" => class::views(run, hints, class::ViewKind::Materialized),
        "pg_sequences" => class::sequences(run, hints),
        "pg_sequence" => class::sequence_rows(run),
        "pg_inherits" => class::inherits(run),
        "pg_namespace" => schema::namespaces(run, hints),
        "pg_roles" | "pg_authid" | "pg_user" => schema::roles(run, name),
        "pg_group" => return None,
        "pg_extension" => schema::extensions(run),
        "pg_available_extensions" => return None,
        "pg_description" => schema::descriptions(run),
        "pg_publication" => schema::publications(run),
        "pg_publication_tables" | "pg_publication_rel" => schema::published(run, name)?,
        "pg_event_trigger" => schema::named(run, Class::EventTrigger, "evtname"),
        "pg_collation" => return None,
        "pg_language" => schema::languages(run),
        "pg_attribute" => attribute::attributes(run, hints),
        "pg_attrdef" => attribute::defaults(run, hints),
        "pg_type" => types::types(run, hints),
        "pg_enum" => types::labels(run, hints),
        "pg_constraint" => constraint::constraints(run, hints),
        "pg_index" => index::indexes(run, hints),
        "pg_indexes" => index::listed(run, hints),
        "pg_trigger" => code::triggers(run, hints),
        "pg_policy" => code::policies(run, hints),
        "pg_policies" => code::listed_policies(run, hints),
        "pg_rules" => code::rules(run),
        "pg_proc" => code::routines(run, hints),
        _ => return standard::entries(run, name.strip_prefix("information_schema.")?, hints),
    })
}

/// What a pattern says of the name of something that the history does not show: in `pg_catalog`, all that is not told here begins alike.
pub(super) fn pattern_of_others(scope: Oid, pattern: &str, negated: bool) -> Value {
    let literal = pattern.split(['%', '_', '\\']).next().unwrap_or_default();
    let begins = "pg_".starts_with(literal) || literal.starts_with("pg_");
    match scope == Oid::PG_CATALOG && !begins {
        true => Value::Boolean(negated),
        false => Value::NotNull,
    }
}

/// The relations that are built in, by a name if one is demanded, unless it is known that they are not of the schema that is; with their
/// schemas and their names there.
fn built_in(run: &Run<'_>, name: Option<&str>, schema: Option<&str>) -> Vec<(Oid, &'static str, &'static RelationFact)> {
    if schema.is_some_and(|schema| schema != "pg_catalog" && schema != "information_schema") {
        return Vec::new();
    }
    let version = run.world.target;
    let placed = |fact: &'static RelationFact| match fact.name.split_once('.') {
        Some((_, name)) => (Oid::INFORMATION_SCHEMA, name, fact),
        None => (Oid::PG_CATALOG, fact.name, fact),
    };
    match name {
        Some(name) => {
            let standard = format!("information_schema.{name}");
            [name, &standard].into_iter().filter_map(|name| facts::system().relation(name, version)).map(placed).collect()
        }
        None => facts::system().relations(version).map(placed).collect(),
    }
}

/// The schemas that may hold objects of a class that the history does not show; what is built in aside.
fn open_schemas(run: &Run<'_>, class: Class) -> Vec<Oid> {
    let partial = run.world.knowledge == Knowledge::Partial || run.catalog.has_unknown_extension();
    let named = run.catalog.in_schema(Class::Schema, Oid::NONE).into_iter().filter(|schema| *schema >= Oid::FIRST);
    let version = run.world.target;
    let brings = |schema: &Oid| {
        run.catalog.extensions_in(*schema).iter().any(|(_, facts)| match class {
            Class::Relation => facts.relations(version).next().is_some(),
            Class::Type => facts.types(version).next().is_some() || facts.relations(version).next().is_some(),
            Class::Routine => facts.all_functions(version).next().is_some(),
            _ => false,
        })
    };
    named.filter(|schema| partial || brings(schema)).collect()
}

/// Whether there may be schemas that the history does not show.
fn has_open_schemas(run: &Run<'_>) -> bool {
    run.world.knowledge == Knowledge::Partial || run.catalog.has_unknown_extension()
}

/// The name of a schema, as a value.
fn schema_name(run: &Run<'_>, schema: Oid) -> Value {
    match run.catalog.get(schema) {
        // Of which number it is nobody asks.
        Some(_) if schema == Oid::PG_TEMP => text("pg_temp_3"),
        Some(object) => text(Name::clone(&object.name)),
        None => Value::Unknown,
    }
}

/// The number of an object's schema.
fn schema_of(object: &Object) -> Value {
    object.schema.map_or(Value::Unknown, objects::oid)
}

/// The name of something in a schema that the history does not show.
const fn other_name(class: Class, scope: Oid) -> Value {
    Value::Elsewhere(Elsewhere::Name(class, scope))
}

/// The number of something that the history does not show.
const OTHER: Value = Value::Elsewhere(Elsewhere::Number);

/// The relations that a name in a hint means, else all; each with its object.
fn relations<'r>(run: &'r Run<'_>, name: Option<&str>, oid: Option<Oid>) -> Vec<(Oid, &'r Object)> {
    let catalog = &run.catalog;
    if let Some(oid) = oid {
        return catalog.get(oid).filter(|object| object.relation().is_some()).map(|object| (oid, object)).into_iter().collect();
    }
    match name {
        Some(name) => catalog.anywhere(Class::Relation, name).collect(),
        None => catalog.objects().filter(|(_, object)| object.relation().is_some()).collect(),
    }
}

/// The parts of a class that an object in a hint has, or that are called as in a hint, else all.
fn parts<'r>(run: &'r Run<'_>, class: Class, of: Option<Oid>, name: Option<&str>) -> Vec<(Oid, &'r Object)> {
    let fits = |object: &Object| name.is_none_or(|name| *object.name == *name);
    match (of, name) {
        (Some(of), _) => run.catalog.parts(of, class).filter(|(_, object)| fits(object)).collect(),
        (None, Some(name)) => run.catalog.parts_named(class, name).collect(),
        (None, None) => run.catalog.objects().filter(|(_, object)| object.body.class() == class).collect(),
    }
}

/// The relations of which not everything is known, or the one of a hint if that is one. Nobody who asks about all means the tool's own table.
fn untold<'r>(run: &'r Run<'_>, oid: Option<Oid>) -> Vec<(Oid, &'r Object)> {
    let is_meant = |untold: Oid| oid.map_or(run.catalog.tracking != Some(untold), |oid| oid == untold);
    run.catalog.untold().filter(|(untold, _)| is_meant(*untold)).collect()
}

/// Whether an object is only assumed, so that what it is can't be told.
fn is_assumed(object: &Object) -> bool {
    object.standing == Standing::Assumed
}
