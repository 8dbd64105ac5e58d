//! The catalog itself: objects by number, their names, and what depends on what.
//!
//! It is a value: a copy costs nothing and shares whatever is not changed afterwards (persistent maps), so that there is one before and after
//! every migration, at every savepoint, and around every statement. Invariants: a name finds an object exactly while the object is there
//! under that name; `parts` and edges name only objects that are there.

use std::hash::BuildHasher;
use std::sync::Arc;

use fnv::FnvBuildHasher;
use imbl::ordmap::DiffItem;
use imbl::shared_ptr::DefaultSharedPtr;
use imbl::{GenericHashMap, OrdMap, OrdSet};

use super::dependency::{Dependency, Edge};
use super::model::{Column, Extension, Relation, RelationKind};
use super::numbered::Numbered;
use super::object::{Body, Class, Name, Object, Origin, Standing};
use super::past::{Kind, Part, Past, Slot};
use super::privileges::{self, DefaultPrivileges};
use super::rows::Contents;
use super::{Address, Oid};
use crate::postgres::facts::{self, Facts};
use crate::syntax::Version;

/// Objects by name, in the order of their numbers; several routines may share one.
type ByName = GenericHashMap<Name, Arc<[Oid]>, FnvBuildHasher, DefaultSharedPtr>;

/// What the database is.
#[derive(Debug, Clone)]
pub struct Catalog {
    pub(super) next: Oid,
    pub(super) objects: Numbered<Object>,
    /// The objects of a class in a schema (or in none) by name.
    names: OrdMap<(Class, Oid), ByName>,
    /// What belongs to an object: its constraints, triggers, indexes …
    parts: OrdSet<(Oid, Class, Oid)>,
    /// What belongs to an object by its own name, whatever it belongs to: by a hash of the name, so that a copy of a node counts no references.
    part_names: OrdSet<(u64, Oid)>,
    /// Relations that are only assumed, or not all of whose columns are known.
    untold: OrdSet<Oid>,
    /// The table in which the tool keeps what it has run.
    pub tracking: Option<Oid>,
    pub(super) dependencies: OrdSet<Edge>,
    pub(super) dependents: OrdSet<Edge>,
    /// Objects that keep an expression or a query of which it is not known what all it uses.
    partly_read: OrdSet<Oid>,
    /// Names of which it can't be told whether they are there, and why.
    pub(super) doubts: OrdMap<(Class, Name), Arc<str>>,
    /// What the names of relations may begin with that code may have made under names that it computes, and why that can't be told.
    pub(super) computed: OrdMap<Name, Arc<str>>,
    /// What was there once, and may have been.
    pub(super) past: Past,
    /// What ALTER DEFAULT PRIVILEGES says.
    pub default_privileges: DefaultPrivileges,
    /// The rows that the history put into tables. A table that is not there holds none.
    pub rows: OrdMap<Oid, Contents>,
}

impl Default for Catalog {
    fn default() -> Self {
        Self::new()
    }
}

impl Catalog {
    /// What is there from the start on the PostgreSQL that is the default target.
    pub fn new() -> Catalog {
        Catalog::at_start(Version::DEFAULT_TARGET)
    }

    /// What is there from the start: the schema `public` and the extension `plpgsql`.
    pub fn at_start(target: Version) -> Catalog {
        let mut catalog = Catalog::empty();
        for (oid, name) in [(Oid::PG_CATALOG, "pg_catalog"), (Oid::INFORMATION_SCHEMA, "information_schema"), (Oid::PG_TEMP, "pg_temp")] {
            catalog.place(oid, Arc::new(Object::new(name, Body::Schema, Origin::START)));
        }
        let public = Object::new("public", Body::Schema, Origin::START);
        let (comment, privileges) = (Some("standard public schema".into()), Some(Arc::new(privileges::of_schema_public(target))));
        catalog.add(Object { comment, privileges, ..public });
        let plpgsql = Body::Extension(Arc::new(Extension { schema: Some(Oid::PG_CATALOG), version: None, known: true, optional: false }));
        let comment = Some("PL/pgSQL procedural language".into());
        catalog.add(Object { comment, ..Object::new("plpgsql", plpgsql, Origin::START) });
        catalog
    }

    /// Nothing at all, not even what is there from the start.
    pub(super) fn empty() -> Catalog {
        Catalog {
            next: Oid::FIRST,
            objects: Numbered::new(),
            names: OrdMap::new(),
            parts: OrdSet::new(),
            part_names: OrdSet::new(),
            untold: OrdSet::new(),
            tracking: None,
            dependencies: OrdSet::new(),
            dependents: OrdSet::new(),
            partly_read: OrdSet::new(),
            doubts: OrdMap::new(),
            computed: OrdMap::new(),
            past: Past::default(),
            default_privileges: DefaultPrivileges::default(),
            rows: OrdMap::new(),
        }
    }

    /// Adds an object, with the privileges that ALTER DEFAULT PRIVILEGES gives it if it has none yet. Whether its name is free is for the
    /// caller to know.
    pub fn add(&mut self, mut object: Object) -> Oid {
        if object.privileges.is_none() {
            object.privileges = privileges::initial(self, &object);
        }
        let oid = self.next;
        self.next = Oid(oid.0 + 1);
        self.place(oid, Arc::new(object));
        oid
    }

    /// Puts an object at a number of its own.
    pub(super) fn place(&mut self, oid: Oid, object: Arc<Object>) {
        self.index(oid, &object);
        if !object.is_whole() {
            self.partly_read.insert(oid);
        }
        if is_untold(&object) {
            self.untold.insert(oid);
        }
        self.objects.insert(oid, object);
    }

    fn index(&mut self, oid: Oid, object: &Object) {
        let class = object.body.class();
        if object.standing == Standing::Assumed {
            self.past.lost.remove(&slot(object));
        }
        if let Some(of) = object.of {
            self.parts.insert((of, class, oid));
        }
        if !is_found_by_name(object) {
            self.part_names.insert((hash(class, &object.name), oid));
        } else {
            let names = self.names.entry((class, object.schema.unwrap_or(Oid::NONE))).or_default();
            let others = names.get(&object.name).map(|oids| &**oids).unwrap_or_default();
            let (older, younger) = others.split_at(others.partition_point(|other| *other < oid));
            let oids: Arc<[Oid]> = older.iter().chain([&oid]).chain(younger).copied().collect();
            names.insert(Arc::clone(&object.name), oids);
        }
    }

    fn forget(&mut self, oid: Oid, object: &Object) {
        let class = object.body.class();
        if !object.name.is_empty() {
            let is_whole_known = |whole: &Object| whole.relation().is_some() && whole.standing == Standing::Made;
            let is_known = !is_found_by_name(object) && object.of.and_then(|of| self.get(of)).is_none_or(is_whole_known);
            self.past.forget(slot(object), object.standing, if is_known { Part::OfKnown } else { Part::OfUnknown });
        }
        if let Some(of) = object.of {
            self.parts.remove(&(of, class, oid));
        }
        if !is_found_by_name(object) {
            self.part_names.remove(&(hash(class, &object.name), oid));
        } else if let Some(names) = self.names.get_mut(&(class, object.schema.unwrap_or(Oid::NONE)))
            && let Some(oids) = names.get(&object.name)
        {
            let rest: Arc<[Oid]> = oids.iter().copied().filter(|other| *other != oid).collect();
            if rest.is_empty() {
                names.remove(&object.name);
            } else {
                names.insert(Arc::clone(&object.name), rest);
            }
        }
    }

    /// The object with this number.
    pub fn get(&self, oid: Oid) -> Option<&Object> {
        self.objects.get(oid).map(|object| &**object)
    }

    /// The relation with this number.
    pub fn relation(&self, oid: Oid) -> Option<&Relation> {
        self.get(oid)?.relation()
    }

    /// A column of a relation.
    pub fn column(&self, address: Address) -> Option<&Column> {
        self.relation(address.object)?.column_at(address.column)
    }

    /// Changes an object, its name and its schema included; nothing happens if it is not there.
    pub fn update<R>(&mut self, oid: Oid, change: impl FnOnce(&mut Object) -> R) -> Option<R> {
        let object = self.objects.get_mut(oid)?;
        let key = (Arc::clone(&object.name), object.schema, object.of);
        let partial = object.relation().filter(|relation| !relation.columns_known).map(|relation| relation.columns.clone());
        let result = change(Arc::make_mut(object));
        let object = Arc::clone(object);
        if let (Some(before), Some(after)) = (partial, object.relation()) {
            self.past.columns(oid, &before, after);
        }
        match object.is_whole() {
            true => take_out(&mut self.partly_read, oid),
            false => drop(self.partly_read.insert(oid)),
        }
        match is_untold(&object) {
            false => take_out(&mut self.untold, oid),
            true => drop(self.untold.insert(oid)),
        }
        if (&object.name, object.schema, object.of) != (&key.0, key.1, key.2) {
            let before = Object { name: key.0, schema: key.1, of: key.2, ..(*object).clone() };
            if object.standing == Standing::Assumed {
                self.past.given.insert(slot(&object));
            }
            self.forget(oid, &before);
            self.index(oid, &object);
        }
        Some(result)
    }

    /// Changes a relation; nothing happens if it is not there.
    pub fn update_relation<R>(&mut self, oid: Oid, change: impl FnOnce(&mut Relation) -> R) -> Option<R> {
        self.update(oid, |object| object.relation_mut().map(change)).flatten()
    }

    /// Changes a column; nothing happens if it is not there.
    pub fn update_column<R>(&mut self, address: Address, change: impl FnOnce(&mut Column) -> R) -> Option<R> {
        self.update_relation(address.object, |relation| relation.column_at_mut(address.column).map(change)).flatten()
    }

    /// Takes an object away with its edges and its rows, and nothing that depends on it: see `drop` for what DROP does.
    pub fn remove(&mut self, oid: Oid) {
        let Some(object) = self.objects.remove(oid) else { return };
        self.forget(oid, &object);
        take_out(&mut self.partly_read, oid);
        take_out(&mut self.untold, oid);
        if self.rows.contains_key(&oid) {
            self.rows.remove(&oid);
        }
        if object.body.class() == Class::Schema && !self.default_privileges.is_empty() {
            let kept = self.default_privileges.iter().filter(|((_, schema, _), _)| *schema != oid);
            self.default_privileges = kept.map(|(key, list)| (key.clone(), list.clone())).collect();
        }
        let own: Vec<Edge> = self.edges(&self.dependencies, oid).collect();
        for edge in own {
            self.unlink(edge.from, edge.to, edge.kind);
        }
        let others: Vec<Edge> = self.edges(&self.dependents, oid).collect();
        for edge in others {
            self.unlink(edge.to, edge.from, edge.kind);
        }
    }

    /// All objects, in the order of their numbers, with those that are there from the start.
    pub fn objects(&self) -> impl Iterator<Item = (Oid, &Object)> {
        self.objects.iter().map(|(oid, object)| (oid, &**object))
    }

    /// The objects of a class called `name` in a schema, or in none ([`Oid::NONE`]); several only of routines, operators and their kin.
    pub fn named(&self, class: Class, schema: Oid, name: &str) -> &[Oid] {
        self.names.get(&(class, schema)).and_then(|names| names.get(name)).map(|oids| &**oids).unwrap_or_default()
    }

    /// The objects of a class called `name` in any schema, or in none.
    pub fn anywhere(&self, class: Class, name: &str) -> impl Iterator<Item = (Oid, &Object)> {
        let scopes = self.names.range((class, Oid::NONE)..=(class, Oid(u32::MAX)));
        let found = scopes.filter_map(|(_, names)| names.get(name)).flat_map(|oids| oids.iter().copied());
        found.filter_map(|oid| Some((oid, self.get(oid)?)))
    }

    /// Whether some schema has an object of a class called `name`.
    pub fn schema_with(&self, class: Class, name: &str) -> bool {
        self.anywhere(class, name).next().is_some()
    }

    /// What belongs to an extension.
    pub fn members(&self, extension: Oid) -> impl Iterator<Item = Oid> {
        let dependents = self.dependents_of(Address::whole(extension));
        dependents.filter(|(_, kind)| *kind == Dependency::Extension).map(|(address, _)| address.object)
    }

    /// The objects of a class in a schema, in the order of their names.
    pub fn in_schema(&self, class: Class, schema: Oid) -> Vec<Oid> {
        let mut found: Vec<(&Name, &Arc<[Oid]>)> = self.names.get(&(class, schema)).into_iter().flatten().collect();
        found.sort();
        found.into_iter().flat_map(|(_, oids)| oids.iter().copied()).collect()
    }

    /// Whether some object of a class in a schema `is_meant`.
    pub fn any_in_schema(&self, class: Class, schema: Oid, is_meant: impl Fn(Oid) -> bool) -> bool {
        let found = self.names.get(&(class, schema)).into_iter().flat_map(|names| names.values().flat_map(|oids| oids.iter().copied()));
        found.into_iter().any(is_meant)
    }

    /// The objects of any class in a schema, in the order of their numbers.
    pub fn schema_contents(&self, schema: Oid) -> Vec<Oid> {
        let scopes = self.names.iter().filter(|((_, scope), _)| *scope == schema);
        let mut found: Vec<Oid> = scopes.flat_map(|(_, names)| names.values().flat_map(|oids| oids.iter().copied())).collect();
        found.sort_unstable();
        found
    }

    /// What belongs to `of`, of a class, in the order of their numbers: constraints, triggers, policies; for [`Class::Relation`] the indexes
    /// of a table.
    pub fn parts(&self, of: Oid, class: Class) -> impl Iterator<Item = (Oid, &Object)> {
        let range = self.parts.range((of, class, Oid::NONE)..);
        let parts = range.take_while(move |(whole, own, _)| (*whole, *own) == (of, class));
        parts.filter_map(|(.., oid)| Some((*oid, self.get(*oid)?)))
    }

    /// What belongs to `of`, of any class.
    pub fn all_parts(&self, of: Oid) -> impl Iterator<Item = Oid> {
        let range = self.parts.range((of, Class::Schema, Oid::NONE)..);
        range.take_while(move |(whole, ..)| *whole == of).map(|(.., oid)| *oid)
    }

    /// The part of `of` that is called `name`.
    pub fn part(&self, of: Oid, class: Class, name: &str) -> Option<Oid> {
        self.parts(of, class).find(|(_, object)| &*object.name == name).map(|(oid, _)| oid)
    }

    /// What belongs to any object, of a class, and is called `name`.
    pub fn parts_named<'c>(&'c self, class: Class, name: &str) -> impl Iterator<Item = (Oid, &'c Object)> {
        let wanted = hash(class, name);
        let range = self.part_names.range((wanted, Oid::NONE)..).take_while(move |(found, _)| *found == wanted);
        let found = range.filter_map(|(_, oid)| Some((*oid, self.get(*oid)?)));
        found.filter(move |(_, object)| object.body.class() == class && &*object.name == name)
    }

    /// The relations that are only assumed, or not all of whose columns are known.
    pub fn untold(&self) -> impl Iterator<Item = (Oid, &Object)> {
        self.untold.iter().filter_map(|oid| Some((*oid, self.get(*oid)?)))
    }

    /// The indexes of a table.
    pub fn indexes(&self, table: Oid) -> impl Iterator<Item = (Oid, &super::model::Index)> {
        self.parts(table, Class::Relation).filter_map(|(oid, object)| match &object.relation()?.kind {
            RelationKind::Index(index) => Some((oid, &**index)),
            _ => None,
        })
    }

    /// The constraints of a table or domain.
    pub fn constraints(&self, of: Oid) -> impl Iterator<Item = (Oid, &super::model::Constraint)> {
        self.parts(of, Class::Constraint).filter_map(|(oid, object)| Some((oid, object.constraint()?)))
    }

    /// Whether a constraint of some relation or domain in `schema` is called `name`.
    pub fn constraint_named(&self, schema: Oid, name: &str) -> bool {
        self.parts_named(Class::Constraint, name).any(|(_, object)| object.schema == Some(schema))
    }

    /// The partitions of a table, or the tables that inherit from it, not those below them.
    pub fn children(&self, parent: Oid) -> Vec<Oid> {
        let mut found: Vec<Oid> = self
            .dependents_of(Address::whole(parent))
            .filter(|(address, _)| address.column == 0)
            .filter(|(address, _)| self.relation(address.object).is_some_and(|relation| relation.parents.contains(&parent)))
            .map(|(address, _)| address.object)
            .collect();
        found.dedup();
        found
    }

    /// Whether something is a partition of `table`: that shows that it is partitioned, also where no file makes it.
    pub fn has_partition(&self, table: Oid) -> bool {
        let is_partition = |child: Oid| self.relation(child).is_some_and(|relation| relation.partition_bound.is_some());
        self.children(table).into_iter().any(is_partition)
    }

    /// Objects that keep an expression or a query of which it is not known what all it uses.
    pub fn partly_read(&self) -> impl Iterator<Item = (Oid, &Object)> {
        self.partly_read.iter().filter_map(|oid| Some((*oid, self.get(*oid)?)))
    }

    /// What an extension brings, where that is known.
    pub fn extension_facts(&self, extension: Oid) -> Option<&'static Facts> {
        let object = self.get(extension)?;
        match &object.body {
            Body::Extension(_) => facts_of_extension(&object.name),
            _ => None,
        }
    }

    /// The extensions whose members are in a schema, with what they bring.
    pub fn extensions_in(&self, schema: Oid) -> Vec<(Oid, &'static Facts)> {
        let all = self.names.get(&(Class::Extension, Oid::NONE)).into_iter().flat_map(ByName::values);
        let here = all.flat_map(|oids| oids.iter().copied()).filter(
            |oid| matches!(self.get(*oid).map(|object| &object.body), Some(Body::Extension(extension)) if extension.schema == Some(schema)),
        );
        here.filter_map(|oid| Some((oid, self.extension_facts(oid)?))).collect()
    }

    /// Whether there is an extension of which nobody knows what it brings.
    pub fn has_unknown_extension(&self) -> bool {
        let all = self.names.get(&(Class::Extension, Oid::NONE)).into_iter().flat_map(ByName::values);
        let is_known = |oid: &Oid| matches!(self.get(*oid).map(|object| &object.body), Some(Body::Extension(extension)) if extension.known);
        all.flat_map(|oids| oids.iter()).any(|oid| !is_known(oid))
    }

    /// The type that an extension brings under this name.
    pub fn extension_type(&self, extension: Oid, name: &str) -> Option<Oid> {
        self.members(extension).find(|oid| self.get(*oid).is_some_and(|object| *object.name == *name && is_type(object)))
    }

    /// The objects that are not the same in an earlier or later state: added, changed or removed. It costs what changed, not what is there.
    pub fn changed(&self, other: &Catalog) -> Vec<Oid> {
        let mut changed = self.objects.changed(&other.objects);
        changed.retain(|oid| self.get(*oid) != other.get(*oid));
        changed
    }

    /// The tables of which other rows are known in an earlier or later state, or other things of them. It costs what changed.
    pub fn with_other_rows<'c>(&'c self, other: &'c Catalog) -> impl Iterator<Item = Oid> + 'c {
        self.rows.diff(&other.rows).map(|item| match item {
            DiffItem::Add(table, _) | DiffItem::Remove(table, _) | DiffItem::Update { new: (table, _), .. } => *table,
        })
    }

    /// Whether this is a copy of `other`, and neither was touched since; where it can't be seen at once, no. It costs nothing.
    pub fn is_untouched_since(&self, other: &Catalog) -> bool {
        self.next == other.next
            && self.objects.ptr_eq(&other.objects)
            && self.dependencies.ptr_eq(&other.dependencies)
            && self.doubts.ptr_eq(&other.doubts)
            && self.past.is_untouched_since(&other.past)
            && self.default_privileges.ptr_eq(&other.default_privileges)
            && self.rows.ptr_eq(&other.rows)
    }

    /// From now on it can't be told whether there is an object of a class called `name`.
    pub fn doubt(&mut self, class: Class, name: impl Into<Name>, why: impl Into<Arc<str>>) {
        self.doubts.insert((class, name.into()), why.into());
    }

    /// From now on it can't be told which relations there are whose names begin with this one.
    pub fn doubt_computed(&mut self, beginning: impl Into<Name>, why: impl Into<Arc<str>>) {
        self.computed.insert(beginning.into(), why.into());
    }

    /// Why there may be a relation called `name` that only computed text names, if there may.
    pub fn may_be_computed(&self, name: &str) -> Option<Arc<str>> {
        let beginning = |known: &Name| name.strip_prefix(&**known).is_some_and(|rest| rest.starts_with('_'));
        self.computed.iter().find(|(known, _)| beginning(known)).map(|(_, why)| Arc::clone(why))
    }

    /// It is known again: a statement made it, or took it away.
    pub fn settle(&mut self, class: Class, name: &str) {
        if !self.doubts.is_empty() {
            self.doubts.remove(&(class, Name::from(name)));
        }
    }

    /// The names of objects of a class of which it can't be told whether they are there.
    pub fn doubts(&self, class: Class) -> impl Iterator<Item = &Name> {
        self.doubts.keys().filter(move |(of, _)| *of == class).map(|(_, name)| name)
    }

    /// Why it can't be told whether there is an object of a class called `name`, if it can't.
    pub fn doubted(&self, class: Class, name: &str) -> Option<Arc<str>> {
        if self.doubts.is_empty() { None } else { self.doubts.get(&(class, Name::from(name))).cloned() }
    }
}

/// Whether an object is a type, that of its rows included.
fn is_type(object: &Object) -> bool {
    object.ty().is_some()
        || object.relation().is_some_and(|relation| !matches!(relation.kind, RelationKind::Sequence(_) | RelationKind::Index(_)))
}

/// What an extension brings.
fn facts_of_extension(name: &str) -> Option<&'static Facts> {
    facts::extension(name)?.members()
}

/// Takes out what is in a set: of what is not in it, removing would copy the nodes on the way to it all the same.
fn take_out(set: &mut OrdSet<Oid>, oid: Oid) {
    if set.contains(&oid) {
        set.remove(&oid);
    }
}

/// Of a name that objects of a class have.
fn hash(class: Class, name: &str) -> u64 {
    FnvBuildHasher::default().hash_one((class, name))
}

/// The name that an object has, and where that is one of its own: in a schema, in none, or in the object that it is a part of.
pub(super) fn slot(object: &Object) -> Slot {
    let scope = if is_found_by_name(object) { object.schema } else { object.of };
    (Kind::Object(object.body.class()), scope.unwrap_or(Oid::NONE), Arc::clone(&object.name))
}

/// Whether it is a relation of which not everything is known.
fn is_untold(object: &Object) -> bool {
    object.relation().is_some_and(|relation| object.standing == Standing::Assumed || !relation.columns_known)
}

/// Whether an object is found by its name in a schema or in the whole database, and not as a part of another.
fn is_found_by_name(object: &Object) -> bool {
    object.body.class() != Class::Constraint && (object.schema.is_some() || object.of.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(catalog: &mut Catalog, name: &str) -> Oid {
        let public = catalog.named(Class::Schema, Oid::NONE, "public")[0];
        let relation = Relation::new(RelationKind::Table);
        catalog.add(Object::new(name, Body::Relation(Arc::new(relation)), Origin::START).in_schema(public))
    }

    #[test]
    fn a_name_finds_an_object_while_it_has_it() {
        let mut catalog = Catalog::new();
        let public = catalog.named(Class::Schema, Oid::NONE, "public")[0];
        let a = table(&mut catalog, "a");
        let before = catalog.clone();
        catalog.update(a, |object| object.name = "b".into());
        assert_eq!((catalog.named(Class::Relation, public, "a"), catalog.named(Class::Relation, public, "b")), (&[][..], &[a][..]));
        assert_eq!(before.named(Class::Relation, public, "a"), [a]);
        catalog.remove(a);
        assert_eq!(catalog.named(Class::Relation, public, "b"), []);
    }

    #[test]
    fn edges_go_with_what_they_are_between() {
        let mut catalog = Catalog::new();
        let (a, b) = (table(&mut catalog, "a"), table(&mut catalog, "b"));
        catalog.link(Address::whole(b), Address::column(a, 2), Dependency::Normal);
        assert_eq!(catalog.dependents_of_any(a).collect::<Vec<_>>(), [(Address::whole(b), 2, Dependency::Normal)]);
        assert_eq!(catalog.dependents_of(Address::whole(a)).count(), 0);
        catalog.remove(b);
        assert_eq!((catalog.dependents_of_any(a).count(), catalog.dependencies_of(Address::whole(b)).count()), (0, 0));
    }

    #[test]
    fn what_belongs_to_a_table_is_found_there_and_not_by_name() {
        let mut catalog = Catalog::new();
        let a = table(&mut catalog, "a");
        let body = Body::Other(Class::Trigger, Arc::default());
        let trigger = catalog.add(Object::new("t", body, Origin::START).part_of(a));
        assert_eq!((catalog.part(a, Class::Trigger, "t"), catalog.named(Class::Trigger, Oid::NONE, "t")), (Some(trigger), &[][..]));
    }
}
