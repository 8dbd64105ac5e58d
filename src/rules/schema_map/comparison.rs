//! What a map says that is not so, and what it does not say of what is there.
//!
//! Everything that is there has to be in the map, and nothing else may; of what is in it, whatever it says of what we know has to be so. A map
//! that is silent about indexes is not asked for them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::catalog::outline::Outline;
use crate::catalog::{Catalog, Class, Oid, Standing};

/// What is known of things that the outline does not hold.
#[derive(Debug, Clone, Copy)]
struct Known<'c> {
    catalog: &'c Catalog,
}

impl<'c> Known<'c> {
    /// Whether a relation may be there, so that nothing is said of it: no migration makes it, and one needs it or may have made it.
    fn may_be(self, schema: &str, name: &str) -> bool {
        let schemas = self.catalog.named(Class::Schema, Oid::NONE, schema);
        let is_assumed = |oid: &Oid| self.catalog.get(*oid).is_some_and(|object| object.standing == Standing::Assumed);
        let found = schemas.iter().flat_map(|schema| self.catalog.named(Class::Relation, *schema, name));
        found.into_iter().any(is_assumed) || self.catalog.doubted(Class::Relation, name).is_some()
    }
}

/// Where `old`, which somebody wrote, is not the map of `outline`, which is that of `catalog`; each in a sentence of which the map is the
/// subject.
pub fn departures(old: &Value, outline: &Outline, catalog: &Catalog) -> Vec<String> {
    let new = super::map(outline);
    let mut comparison = Comparison { known: Known { catalog }, found: Vec::new() };
    if !old["schemas"].is_object() {
        return vec!["it has no `schemas`".to_owned()];
    }
    comparison.schemas(&old["schemas"], &new["schemas"]);
    if let Some(counts) = old.get("counts").and_then(Value::as_object).filter(|_| comparison.found.is_empty()) {
        for (what, count) in counts {
            if let Some(new) = new["counts"].get(what).filter(|new| *new != count) {
                comparison.say(format!("it counts {count} {}, and there are {new}", what.replace('_', " ")));
            }
        }
    }
    comparison.found
}

struct Comparison<'c> {
    known: Known<'c>,
    found: Vec<String>,
}

impl Comparison<'_> {
    fn say(&mut self, sentence: String) {
        self.found.push(sentence);
    }

    fn schemas(&mut self, old: &Value, new: &Value) {
        let (old, new) = (named(Some(old)), named(Some(new)));
        for name in union(&old, &new) {
            match (old.get(name), new.get(name)) {
                (Some(old), Some(new)) => self.schema(name, old, new),
                (None, Some(new)) if is_empty(new) => {}
                (None, Some(_)) => self.say(format!("schema `{name}` is not in it")),
                (Some(old), None) => {
                    let tables = named(old.get("tables"));
                    if tables.is_empty() || !tables.keys().all(|table| self.known.may_be(name, table)) {
                        self.say(format!("it has schema `{name}`, which is not there"));
                    }
                }
                (None, None) => {}
            }
        }
    }

    fn schema(&mut self, schema: &str, old: &Value, new: &Value) {
        for (kind, noun) in [("tables", "table"), ("views", "view"), ("enums", "enum")] {
            if kind != "tables" && old.get(kind).is_none() {
                continue;
            }
            let (old, new) = (named(old.get(kind)), named(new.get(kind)));
            for name in union(&old, &new) {
                let whole = format!("{schema}.{name}");
                match (old.get(name), new.get(name)) {
                    _ if self.known.may_be(schema, name) => {}
                    (Some(old), Some(new)) => self.relation(noun, &whole, old, new),
                    (None, Some(_)) => self.say(format!("{noun} `{whole}` is not in it")),
                    (Some(_), None) => self.say(format!("it has {noun} `{whole}`, which is not there")),
                    (None, None) => {}
                }
            }
        }
    }

    fn relation(&mut self, noun: &str, whole: &str, old: &Value, new: &Value) {
        if noun == "enum" {
            return self.facts(&format!("enum `{whole}`"), &["values"], old, new);
        }
        self.parts("column", whole, &["type", "nullable", "default", "identity", "generated"], old.get("columns"), &new["columns"]);
        if noun == "view" {
            return self.facts(&format!("view `{whole}`"), &["materialized"], old, new);
        }
        if let Some(old) = old.get("indexes") {
            self.parts("index", whole, &["columns", "unique", "primary", "method", "where"], Some(old), &new["indexes"]);
        }
        if let Some(old) = old.get("foreign_keys") {
            self.parts("foreign key", whole, &["columns", "references", "on_delete", "on_update"], Some(old), &new["foreign_keys"]);
        }
    }

    fn parts(&mut self, noun: &str, whole: &str, facts: &[&str], old: Option<&Value>, new: &Value) {
        let before = self.found.len();
        let (by_name, new_by_name) = (named(old), named(Some(new)));
        for name in union(&by_name, &new_by_name) {
            let part = format!("{noun} `{whole}.{name}`");
            match (by_name.get(name), new_by_name.get(name)) {
                (Some(old), Some(new)) => self.facts(&part, facts, old, new),
                (None, Some(_)) => self.say(format!("{part} is not in it")),
                (Some(_), None) => self.say(format!("it has {part}, which is not there")),
                (None, None) => {}
            }
        }
        if noun == "column" && self.found.len() == before && old.is_some_and(|old| old.is_array() && !order(old).eq(order(new))) {
            self.say(format!("it has the columns of `{whole}` in another order"));
        }
    }

    fn facts(&mut self, what: &str, facts: &[&str], old: &Value, new: &Value) {
        for fact in facts {
            let is = new.get(fact).unwrap_or(&Value::Null);
            // What is not there is not so.
            let same = |was: &Value| was == is || (is.is_null() && was == &Value::Bool(false));
            // Nobody knows what it is.
            let unknown = *fact == "type" && is.is_null();
            if let Some(was) = old.get(fact).filter(|was| !same(was) && !unknown) {
                self.say(format!("it gives {what} {} `{}`, and that is `{}`", fact.replace('_', " "), shown(was), shown(is)));
            }
        }
    }
}

/// What is in an object, by its keys, or in a list, by the names of its elements.
pub(super) fn named(value: Option<&Value>) -> BTreeMap<&str, &Value> {
    match value {
        Some(Value::Object(map)) => map.iter().map(|(name, value)| (name.as_str(), value)).collect(),
        Some(Value::Array(list)) => list.iter().map(|value| (name_of(value), value)).collect(),
        _ => BTreeMap::new(),
    }
}

/// The name of an element of a list.
pub(super) fn name_of(value: &Value) -> &str {
    value.get("name").and_then(Value::as_str).unwrap_or_default()
}

/// The names of a list's elements.
fn order(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().map(name_of)
}

fn union<'v>(old: &BTreeMap<&'v str, &Value>, new: &BTreeMap<&'v str, &Value>) -> BTreeSet<&'v str> {
    old.keys().chain(new.keys()).copied().collect()
}

/// Whether a schema holds nothing that a map names.
fn is_empty(schema: &Value) -> bool {
    ["tables", "views", "enums"].iter().all(|kind| named(schema.get(kind)).is_empty())
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Object(map) if map.contains_key("table") => {
            let part = |key: &str| map.get(key).map(shown).unwrap_or_default();
            format!("{}.{} ({})", part("schema"), part("table"), part("columns"))
        }
        other => other.to_string(),
    }
}
