//! What a map says that is not so, and what it does not say of what is there.
//!
//! Everything that is there has to be in the map, and nothing else may; of what is in it, whatever it says of what we know has to be so. A map
//! that is silent about indexes is not asked for them.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use crate::catalog::model::{RelationKind, Type};
use crate::catalog::outline::{self, Part};
use crate::catalog::{Body, Catalog, Class, Name, Object, Oid, Standing};

use super::Counts;

/// Where a map is not that of a schema. What is found out of each object is kept for the next time.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The map that is compared.
    map: Option<Arc<Value>>,
    /// What belongs to no other object; none for what is no part of the schema in outline.
    parts: BTreeMap<Oid, Option<ComparedPart>>,
}

/// Part of a schema: what a map names, or what shows at least that there is such a schema.
#[derive(Debug)]
struct ComparedPart {
    schema: Name,
    name: Name,
    /// None for what a map does not name.
    noun: Option<Noun>,
    /// Both are found out when somebody asks.
    departures: OnceCell<Vec<String>>,
    counts: OnceCell<Counts>,
}

/// What a map names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Noun {
    Table,
    View,
    Enum,
}

impl Noun {
    const fn word(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::View => "view",
            Self::Enum => "enum",
        }
    }
}

/// What is in one schema, by name.
#[derive(Debug, Default)]
struct Space<'c> {
    tables: BTreeMap<&'c str, (Oid, &'c ComparedPart)>,
    views: BTreeMap<&'c str, (Oid, &'c ComparedPart)>,
    enums: BTreeMap<&'c str, (Oid, &'c ComparedPart)>,
}

impl Space<'_> {
    /// Whether it holds nothing that a map names.
    fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.views.is_empty() && self.enums.is_empty()
    }
}

impl Comparison {
    /// What is known of `objects`, which belong to no others, holds no longer.
    pub fn forget(&mut self, objects: &BTreeSet<Oid>) {
        objects.iter().for_each(|oid| drop(self.parts.remove(oid)));
    }

    /// Where `map`, which somebody wrote, is not that of `catalog`; each in a sentence of which the map is the subject. None if `goes_on` said no
    /// before all of it was compared.
    ///
    /// What may be another in the catalog than it was the last time has been forgotten.
    pub fn departures(&mut self, map: &Arc<Value>, catalog: &Catalog, goes_on: &dyn Fn() -> bool) -> Option<Vec<String>> {
        if !map["schemas"].is_object() {
            return Some(vec!["it has no `schemas`".to_owned()]);
        }
        if self.map.as_ref().is_none_or(|old| !Arc::ptr_eq(old, map)) {
            *self = Self { map: Some(Arc::clone(map)), parts: BTreeMap::new() };
        }
        let mut spaces: BTreeMap<&str, Space<'_>> = BTreeMap::new();
        let mut there = Vec::new();
        for (oid, object) in catalog.objects().filter(|(_, object)| object.of.is_none()) {
            if outline::is_own_schema(oid, object) {
                spaces.entry(&object.name).or_default();
            }
            if outline::may_be_shown(object) {
                self.parts.entry(oid).or_insert_with(|| ComparedPart::of(catalog, oid, object));
                there.push(oid);
            }
            if !goes_on() {
                return None;
            }
        }
        for (oid, part) in there.into_iter().filter_map(|oid| Some((oid, self.parts[&oid].as_ref()?))) {
            let space = spaces.entry(&part.schema).or_default();
            match part.noun {
                Some(Noun::Table) => drop(space.tables.insert(&part.name, (oid, part))),
                Some(Noun::View) => drop(space.views.insert(&part.name, (oid, part))),
                Some(Noun::Enum) => drop(space.enums.insert(&part.name, (oid, part))),
                None => {}
            }
        }
        // An index shows that there is its schema, even where its table is only assumed.
        for (oid, object) in catalog.objects().filter(|(_, object)| object.of.is_some() && outline::may_be_shown(object)) {
            let schema = object.schema.and_then(|schema| catalog.get(schema));
            if schema.is_some_and(|schema| !spaces.contains_key(&*schema.name))
                && let Some(name) = outline::namespace_of(catalog, oid, object)
            {
                spaces.entry(name).or_default();
            }
        }
        let mut found = Found { catalog, sentences: Vec::new(), goes_on };
        found.schemas(&map["schemas"], &spaces)?;
        if let Some(counts) = map.get("counts").and_then(Value::as_object).filter(|_| found.sentences.is_empty()) {
            let parts = spaces.values().flat_map(|space| space.tables.values().chain(space.views.values()));
            let new = parts.map(|(oid, part)| part.counts(catalog, *oid)).fold(Counts::of_schemas(spaces.len()), Counts::and).written();
            for (what, count) in counts {
                if let Some(new) = new.get(what).filter(|new| *new != count) {
                    found.say(format!("it counts {count} {}, and there are {new}", what.replace('_', " ")));
                }
            }
        }
        Some(found.sentences)
    }
}

impl ComparedPart {
    fn of(catalog: &Catalog, oid: Oid, object: &Object) -> Option<Self> {
        let schema = outline::namespace_of(catalog, oid, object)?.clone();
        let noun = match &object.body {
            Body::Relation(relation) => match relation.kind {
                RelationKind::Table | RelationKind::ForeignTable(..) => Some(Noun::Table),
                RelationKind::View(_) | RelationKind::MaterializedView(_) => Some(Noun::View),
                _ => None,
            },
            Body::Type(ty) => matches!(**ty, Type::Enum(_)).then_some(Noun::Enum),
            _ => None,
        };
        Some(Self { schema, name: object.name.clone(), noun, departures: OnceCell::new(), counts: OnceCell::new() })
    }

    fn counts(&self, catalog: &Catalog, oid: Oid) -> Counts {
        *self.counts.get_or_init(|| part_of(catalog, oid).map_or_else(Counts::default, |part| Counts::of(&part)))
    }

    /// What the map, which says `old` of it, says that is not so.
    fn departures(&self, catalog: &Catalog, oid: Oid, old: &Value) -> &[String] {
        self.departures.get_or_init(|| {
            let (Some(part), Some(noun)) = (part_of(catalog, oid), self.noun) else { return Vec::new() };
            self.counts.get_or_init(|| Counts::of(&part));
            let mut found = Departures(Vec::new());
            found.relation(noun, &format!("{}.{}", self.schema, self.name), old, &super::part(&part));
            found.0
        })
    }
}

fn part_of(catalog: &Catalog, oid: Oid) -> Option<Part> {
    Part::of(catalog, oid, catalog.get(oid)?)
}

/// What is found in a whole map.
struct Found<'c> {
    catalog: &'c Catalog,
    sentences: Vec<String>,
    goes_on: &'c dyn Fn() -> bool,
}

impl Found<'_> {
    fn say(&mut self, sentence: String) {
        self.sentences.push(sentence);
    }

    /// Whether a relation may be there, so that nothing is said of it: no migration makes it, and one needs it or may have made it.
    fn may_be(&self, schema: &str, name: &str) -> bool {
        let schemas = self.catalog.named(Class::Schema, Oid::NONE, schema);
        let is_assumed = |oid: &Oid| self.catalog.get(*oid).is_some_and(|object| object.standing == Standing::Assumed);
        let found = schemas.iter().flat_map(|schema| self.catalog.named(Class::Relation, *schema, name));
        found.into_iter().any(is_assumed) || self.catalog.doubted(Class::Relation, name).is_some()
    }

    fn schemas(&mut self, old: &Value, spaces: &BTreeMap<&str, Space<'_>>) -> Option<()> {
        let old = named(Some(old));
        for name in union(old.keys(), spaces.keys()) {
            match (old.get(name), spaces.get(name)) {
                (Some(old), Some(space)) => self.schema(name, old, space)?,
                (None, Some(space)) if space.is_empty() => {}
                (None, Some(_)) => self.say(format!("schema `{name}` is not in it")),
                (Some(old), None) => {
                    let tables = named(old.get("tables"));
                    if tables.is_empty() || !tables.keys().all(|table| self.may_be(name, table)) {
                        self.say(format!("it has schema `{name}`, which is not there"));
                    }
                }
                (None, None) => {}
            }
        }
        Some(())
    }

    fn schema(&mut self, schema: &str, old: &Value, space: &Space<'_>) -> Option<()> {
        self.parts(schema, Noun::Table, old.get("tables"), &space.tables)?;
        if let Some(views) = old.get("views") {
            self.parts(schema, Noun::View, Some(views), &space.views)?;
        }
        if let Some(enums) = old.get("enums") {
            self.parts(schema, Noun::Enum, Some(enums), &space.enums)?;
        }
        Some(())
    }

    fn parts(&mut self, schema: &str, noun: Noun, old: Option<&Value>, new: &BTreeMap<&str, (Oid, &ComparedPart)>) -> Option<()> {
        let old = named(old);
        for name in union(old.keys(), new.keys()) {
            if !(self.goes_on)() {
                return None;
            }
            let sentences = match (old.get(name), new.get(name)) {
                (Some(old), Some((oid, part))) => part.departures(self.catalog, *oid, old),
                (None, Some(_)) => &[format!("{} `{schema}.{name}` is not in it", noun.word())],
                (Some(_), None) => &[format!("it has {} `{schema}.{name}`, which is not there", noun.word())],
                (None, None) => &[],
            };
            if !sentences.is_empty() && !self.may_be(schema, name) {
                self.sentences.extend_from_slice(sentences);
            }
        }
        Some(())
    }
}

/// What is found of one part.
struct Departures(Vec<String>);

impl Departures {
    fn say(&mut self, sentence: String) {
        self.0.push(sentence);
    }

    fn relation(&mut self, noun: Noun, whole: &str, old: &Value, new: &Value) {
        if noun == Noun::Enum {
            return self.facts(&format!("enum `{whole}`"), &["values"], old, new);
        }
        self.parts("column", whole, &["type", "nullable", "default", "identity", "generated"], old.get("columns"), &new["columns"]);
        if noun == Noun::View {
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
        let before = self.0.len();
        let (by_name, new_by_name) = (named(old), named(Some(new)));
        for name in union(by_name.keys(), new_by_name.keys()) {
            let part = format!("{noun} `{whole}.{name}`");
            match (by_name.get(name), new_by_name.get(name)) {
                (Some(old), Some(new)) => self.facts(&part, facts, old, new),
                (None, Some(_)) => self.say(format!("{part} is not in it")),
                (Some(_), None) => self.say(format!("it has {part}, which is not there")),
                (None, None) => {}
            }
        }
        if noun == "column" && self.0.len() == before && old.is_some_and(|old| old.is_array() && !order(old).eq(order(new))) {
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

/// The names of both, in order.
fn union<'v>(old: impl Iterator<Item = &'v &'v str>, new: impl Iterator<Item = &'v &'v str>) -> BTreeSet<&'v str> {
    old.chain(new).copied().collect()
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
