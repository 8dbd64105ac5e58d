//! What a map says that is not so, and what it does not say of what is there.
//!
//! Everything that is there has to be in the map, and nothing else may; of what is in it, whatever it says of what we know has to be so. A map
//! that is silent about indexes is not asked for them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::catalog::outline::{Namespace, Outline};
use crate::catalog::{Catalog, Class, Name, Oid, Standing};

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
/// subject. None if `goes_on` said no before all of it was compared.
pub fn departures(old: &Value, outline: &Outline, catalog: &Catalog, goes_on: &dyn Fn() -> bool) -> Option<Vec<String>> {
    let mut comparison = Comparison { known: Known { catalog }, found: Vec::new(), goes_on };
    if !old["schemas"].is_object() {
        return Some(vec!["it has no `schemas`".to_owned()]);
    }
    comparison.schemas(&old["schemas"], outline)?;
    if let Some(counts) = old.get("counts").and_then(Value::as_object).filter(|_| comparison.found.is_empty()) {
        let new = super::counts(outline);
        for (what, count) in counts {
            if let Some(new) = new.get(what).filter(|new| *new != count) {
                comparison.say(format!("it counts {count} {}, and there are {new}", what.replace('_', " ")));
            }
        }
    }
    Some(comparison.found)
}

struct Comparison<'c> {
    known: Known<'c>,
    found: Vec<String>,
    goes_on: &'c dyn Fn() -> bool,
}

impl Comparison<'_> {
    fn say(&mut self, sentence: String) {
        self.found.push(sentence);
    }

    fn schemas(&mut self, old: &Value, outline: &Outline) -> Option<()> {
        let old = named(Some(old));
        for name in union(old.keys().copied(), outline.schemas.keys()) {
            match (old.get(name), outline.schemas.get(name)) {
                (Some(old), Some(space)) => self.schema(name, old, space)?,
                (None, Some(space)) if is_empty(space) => {}
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
        Some(())
    }

    fn schema(&mut self, schema: &str, old: &Value, space: &Namespace) -> Option<()> {
        self.relations(schema, "table", old.get("tables"), &space.tables, super::table)?;
        if let Some(views) = old.get("views") {
            self.relations(schema, "view", Some(views), &space.views, super::view)?;
        }
        if let Some(enums) = old.get("enums") {
            self.relations(schema, "enum", Some(enums), &space.enums, super::labels)?;
        }
        Some(())
    }

    fn relations<T>(
        &mut self,
        schema: &str,
        noun: &str,
        old: Option<&Value>,
        new: &BTreeMap<Name, T>,
        written: impl Fn(&T) -> Value,
    ) -> Option<()> {
        let old = named(old);
        for name in union(old.keys().copied(), new.keys()) {
            if !(self.goes_on)() {
                return None;
            }
            let whole = format!("{schema}.{name}");
            match (old.get(name), new.get(name)) {
                _ if self.known.may_be(schema, name) => {}
                (Some(old), Some(new)) => self.relation(noun, &whole, old, &written(new)),
                (None, Some(_)) => self.say(format!("{noun} `{whole}` is not in it")),
                (Some(_), None) => self.say(format!("it has {noun} `{whole}`, which is not there")),
                (None, None) => {}
            }
        }
        Some(())
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
        for name in union(by_name.keys().copied(), new_by_name.keys()) {
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

fn union<'v>(old: impl Iterator<Item = &'v str>, new: impl Iterator<Item = &'v (impl AsRef<str> + 'v + ?Sized)>) -> BTreeSet<&'v str> {
    old.chain(new.map(AsRef::as_ref)).collect()
}

/// Whether a schema holds nothing that a map names.
fn is_empty(space: &Namespace) -> bool {
    space.tables.is_empty() && space.views.is_empty() && space.enums.is_empty()
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
