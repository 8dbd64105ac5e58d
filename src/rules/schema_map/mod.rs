//! The house's schema map: what tables, views and enums there are, as a JSON document that people and tools read.
//!
//! `{"database", "schemas": {NAME: {"tables": {NAME: {"columns", "indexes", "foreign_keys"}}, "views", "enums"}}, "counts"}`. What only a live
//! server knows (when it was asked, its host, how many rows there are) and what people add (descriptions) is none of ours: it is neither
//! written nor compared, and stays where the map is written anew. Invariant: a map that is written is one that differs in nothing.

mod comparison;

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::catalog::outline::{Certainty, Column, Enum, ForeignKey, Index, Namespace, Outline, Part, Table, View};

pub use comparison::Comparison;

/// Where a map can't be read as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The byte at which it is no JSON.
    pub at: u32,
    /// Why.
    pub why: String,
}

/// What the text of a map's file says, or where it is no JSON.
pub type Reading = Result<Arc<Value>, Unreadable>;

/// The map of a schema.
pub fn map(outline: &Outline) -> Value {
    let schemas: Map<String, Value> = outline.schemas.iter().map(|(name, space)| (name.to_string(), namespace(space))).collect();
    object([("database", "PostgreSQL".into()), ("schemas", schemas.into()), ("counts", counts(outline))])
}

/// A map as it stands in its file.
pub fn written(map: &Value) -> String {
    format!("{map:#}\n")
}

/// What the text of a map's file says.
///
/// # Errors
/// Where it is no JSON.
pub fn read(text: &str) -> Reading {
    let json = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = text.len() - json.len();
    serde_json::from_str(json).map(Arc::new).map_err(|error| {
        let above: usize = json.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = (skipped + above + error.column().saturating_sub(1)).min(text.len());
        let why = error.to_string();
        let why = why.split(" at line ").next().unwrap_or_default().to_owned();
        Unreadable { at: (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0) as u32, why }
    })
}

/// `new` with what `old` says besides of what is there still.
pub fn keeping(new: Value, old: &Value) -> Value {
    let mut kept = merged(new, old, Keys::Words);
    // What a server calls itself is for it to say.
    if let Some(name @ Value::String(_)) = old.get("database") {
        kept["database"] = name.clone();
    }
    kept
}

/// What the keys of an object are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// Names of schemas, tables and the like: what is not there has none.
    Names,
    /// What is said of something.
    Words,
}

fn merged(new: Value, old: &Value, keys: Keys) -> Value {
    match (new, old) {
        (Value::Object(mut new), Value::Object(old)) => {
            for (key, kept) in old {
                let below = match key.as_str() {
                    "schemas" | "tables" | "views" | "enums" if keys == Keys::Words => Keys::Names,
                    _ => Keys::Words,
                };
                match new.get_mut(key) {
                    Some(value) => *value = merged(value.take(), kept, below),
                    None if keys == Keys::Words && !is_ours(key) => drop(new.insert(key.clone(), kept.clone())),
                    None => {}
                }
            }
            Value::Object(new)
        }
        (Value::Array(new), old) => {
            let former = comparison::named(Some(old));
            let kept = |value: Value| match former.get(comparison::name_of(&value)) {
                Some(old) => merged(value, old, Keys::Words),
                None => value,
            };
            Value::Array(new.into_iter().map(kept).collect())
        }
        (new, _) => new,
    }
}

/// Whether all of a schema is known, so that its map is true.
pub fn is_certain(outline: &Outline) -> bool {
    let is_known = |columns: &[Column]| columns.iter().all(|column| column.ty.is_some());
    outline.schemas.values().all(|space| {
        space.tables.values().all(|table| table.certainty == Certainty::Certain && is_known(&table.columns))
            && space.views.values().all(|view| view.certainty == Certainty::Certain && is_known(&view.columns))
    })
}

/// Whether a key is one that is written here, so that it is not kept where it no longer holds.
fn is_ours(key: &str) -> bool {
    const OURS: [&str; 9] = ["columns", "indexes", "foreign_keys", "identity", "generated", "method", "where", "enums", "materialized"];
    OURS.contains(&key)
}

/// An object of values that are there already: `json!` would copy them.
fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(members.map(|(key, value)| (key.to_owned(), value)).into_iter().collect())
}

fn namespace(space: &Namespace) -> Value {
    let tables: Map<String, Value> = space.tables.iter().map(|(name, found)| (name.to_string(), table(found))).collect();
    let views: Map<String, Value> = space.views.iter().map(|(name, found)| (name.to_string(), view(found))).collect();
    let mut value = object([("tables", tables.into()), ("views", views.into())]);
    if !space.enums.is_empty() {
        let enums: Map<String, Value> = space.enums.iter().map(|(name, found)| (name.to_string(), labels(found))).collect();
        value["enums"] = enums.into();
    }
    value
}

fn table(table: &Table) -> Value {
    object([
        ("columns", table.columns.iter().map(column).collect()),
        ("indexes", table.indexes.iter().map(|(name, found)| index(name, found)).collect()),
        ("foreign_keys", table.foreign_keys.iter().map(|(name, found)| foreign_key(name, found)).collect()),
    ])
}

fn column(column: &Column) -> Value {
    let mut value = json!({ "name": &*column.name, "type": column.ty, "nullable": column.nullable, "default": column.default });
    if let Some(identity) = column.identity {
        value["identity"] = identity.into();
    }
    if let Some(generated) = &column.generated {
        value["generated"] = generated.as_str().into();
    }
    value
}

fn index(name: &str, index: &Index) -> Value {
    let mut value = json!({ "name": name, "columns": index.keys, "unique": index.unique, "primary": index.primary });
    if &*index.method != "btree" {
        value["method"] = (&*index.method).into();
    }
    if let Some(condition) = &index.condition {
        value["where"] = condition.as_str().into();
    }
    value
}

fn foreign_key(name: &str, key: &ForeignKey) -> Value {
    let names = |names: &[crate::catalog::Name]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
    json!({
        "name": name,
        "columns": names(&key.columns),
        "references": { "schema": &*key.schema, "table": &*key.table, "columns": names(&key.referenced) },
        "on_delete": key.on_delete,
        "on_update": key.on_update,
    })
}

fn view(view: &View) -> Value {
    let columns = view.columns.iter().map(|column| json!({ "name": &*column.name, "type": column.ty })).collect();
    let mut value = object([("columns", columns)]);
    if view.materialized {
        value["materialized"] = true.into();
    }
    value
}

fn labels(found: &Enum) -> Value {
    json!({ "values": found.labels })
}

/// What a map says of a part of a schema; nothing of a routine.
fn part(part: &Part) -> Value {
    match part {
        Part::Table(found) => table(found),
        Part::View(found) => view(found),
        Part::Enum(found) => labels(found),
        Part::Routine(_) => Value::Null,
    }
}

/// How many things of a kind there are.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    schemas: usize,
    tables: usize,
    views: usize,
    columns: usize,
    indexes: usize,
    foreign_keys: usize,
}

impl Counts {
    fn of_schemas(schemas: usize) -> Self {
        Self { schemas, ..Self::default() }
    }

    fn of_table(table: &Table) -> Self {
        let Table { columns, indexes, foreign_keys, .. } = table;
        Self { tables: 1, columns: columns.len(), indexes: indexes.len(), foreign_keys: foreign_keys.len(), ..Self::default() }
    }

    fn of(part: &Part) -> Self {
        match part {
            Part::Table(table) => Self::of_table(table),
            Part::View(_) => Self { views: 1, ..Self::default() },
            Part::Enum(_) | Part::Routine(_) => Self::default(),
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            schemas: self.schemas + other.schemas,
            tables: self.tables + other.tables,
            views: self.views + other.views,
            columns: self.columns + other.columns,
            indexes: self.indexes + other.indexes,
            foreign_keys: self.foreign_keys + other.foreign_keys,
        }
    }

    fn written(self) -> Value {
        let Self { schemas, tables, views, columns, indexes, foreign_keys } = self;
        json!({ "schemas": schemas, "tables": tables, "views": views, "columns": columns, "indexes": indexes, "foreign_keys": foreign_keys })
    }
}

fn counts(outline: &Outline) -> Value {
    let views = outline.schemas.values().map(|space| space.views.len()).sum();
    let others = Counts { views, ..Counts::of_schemas(outline.schemas.len()) };
    outline.tables().map(|(_, _, table)| Counts::of_table(table)).fold(others, Counts::and).written()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::script::restore_script;
    use crate::catalog::{Catalog, Knowledge, Run, World};
    use crate::syntax::{Script, Version};
    use crate::text::Span;

    #[test]
    fn what_others_wrote_stays_where_the_object_does() {
        let old = json!({
            "generated_at": "2026-01-01", "database": "Marketing DB",
            "schemas": {
                "a": {"description": "first", "tables": {"t": {"row_count": 5, "columns": [{"name": "x", "note": "kept", "identity": "ALWAYS"}]}}},
                "gone": {"tables": {}},
            },
        });
        let new = json!({
            "database": "PostgreSQL",
            "schemas": {"a": {"tables": {"t": {"columns": [{"name": "x", "type": "text"}, {"name": "y", "type": "text"}]}}}},
        });
        let expected = json!({
            "database": "Marketing DB", "generated_at": "2026-01-01",
            "schemas": {
                "a": {"description": "first", "tables": {"t": {"row_count": 5, "columns": [{"name": "x", "type": "text", "note": "kept"}, {"name": "y", "type": "text"}]}}},
            },
        });
        assert_eq!(keeping(new, &old), expected);
    }

    #[test]
    fn what_is_no_json_has_a_place() {
        let text = "{\n  \"é\": oops\n}\n";
        let unreadable = read(text).expect_err("no JSON");
        assert_eq!(unreadable.why, "expected value");
        assert_eq!(text[..unreadable.at as usize].matches('\n').count(), 1);
    }

    #[test]
    fn a_map_that_is_written_departs_in_nothing() {
        let world = World { target: Version::NEWEST, knowledge: Knowledge::Partial, creates: &|_, _| false, user: "a".into() };
        let mut run = Run::new(&world, Catalog::at_start(Version::NEWEST));
        // Of `assumed` only the index is there.
        let text =
            "CREATE SCHEMA s; CREATE TABLE s.t (a serial PRIMARY KEY); CREATE TYPE m AS ENUM ('x'); CREATE VIEW v AS SELECT a FROM s.t;
            CREATE INDEX i ON assumed.q (a);";
        let script = Script::parse(text, Span::new(0, text.len() as u32));
        assert_eq!(restore_script(&mut run, text, &script).len(), 0);
        let own = map(&Outline::of(&run.catalog));
        assert!(own["schemas"].get("assumed").is_some());
        assert_eq!(Comparison::default().departures(&Arc::new(own), &run.catalog, &|| true), Some(Vec::new()));
    }

    #[test]
    fn what_nobody_waits_for_is_not_compared_to_its_end() {
        let world = World { target: Version::NEWEST, knowledge: Knowledge::Complete, creates: &|_, _| false, user: "a".into() };
        let mut run = Run::new(&world, Catalog::at_start(Version::NEWEST));
        let text = "CREATE TABLE t (a integer);";
        let script = Script::parse(text, Span::new(0, text.len() as u32));
        assert_eq!(restore_script(&mut run, text, &script).len(), 0);
        let map = Arc::new(json!({ "schemas": { "public": { "tables": {} } } }));
        let found = Comparison::default().departures(&map, &run.catalog, &|| true);
        assert_eq!(found, Some(vec!["table `public.t` is not in it".to_owned()]));
        assert_eq!(Comparison::default().departures(&map, &run.catalog, &|| false), None);
        assert!(Outline::of_awaited(&run.catalog, &|| false).is_none());
    }
}
