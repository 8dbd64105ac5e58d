//! A session that runs statements on a catalog: what every statement is applied with.
//!
//! [`Run`] holds the catalog as it is now, the session, and what has been found out on the way. Names are looked up here, through
//! `search_path`, with three answers: an object, none, or that nobody can tell ([`Stop::Unknown`]).

use super::evaluate::system_fact;
use super::failure::{Condition, Result, Stop};
use super::model::{Column, Relation, RelationKind, Type};
use super::object::{Body, Class, Name, Object, Origin, Standing};
use super::past::Kind;
use super::replay::deed::Deeds;
use super::session::Session;
use super::store::Catalog;
use super::{Address, Oid};
use crate::postgres::facts::{self, RelationFact};
use crate::syntax::Version;
use crate::syntax::tree;
use crate::text::Span;
use std::sync::Arc;

/// What holds for a whole replay.
pub struct World<'h> {
    /// The PostgreSQL that the migrations run on.
    pub target: Version,
    /// Whether what no file creates is absent or assumed.
    pub knowledge: Knowledge,
    /// Whether some file of the history creates something of this class and name, in whichever schema: absent until then.
    pub creates: &'h (dyn Fn(Class, &str) -> bool + Sync),
    /// The role that runs the migrations.
    pub user: Name,
}

impl std::fmt::Debug for World<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let World { target, knowledge, creates: _, user } = self;
        f.debug_struct("World").field("target", target).field("knowledge", knowledge).field("user", user).finish_non_exhaustive()
    }
}

/// Whether the history shows everything that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Knowledge {
    /// What a statement needs and no file creates is assumed to be there.
    Partial,
    /// It is not there.
    Complete,
}

/// A session that runs statements on a catalog.
#[derive(Debug, Clone)]
pub struct Run<'w> {
    /// What holds for the whole replay.
    pub world: &'w World<'w>,
    /// The database as it is now.
    pub catalog: Catalog,
    /// The session.
    pub session: Session,
    /// What could go wrong elsewhere, so far.
    pub conditions: Vec<Condition>,
    /// What new objects are made by.
    pub origin: Origin,
    /// How many more statements may be run: what loops for ever ends as unknown.
    pub budget: u32,
    /// How deep functions and blocks of code are nested.
    pub depth: u32,
    /// How many values were made up so far.
    pub fresh: u32,
    /// The columns that the running ALTER TABLE added in which no two rows are alike: all are null, or each has a number of a sequence.
    pub(super) added: Vec<Address>,
    /// The statements so far that lock tables, where somebody asks for them.
    pub(super) deeds: Option<Deeds>,
}

impl<'w> Run<'w> {
    /// How many statements one migration may run, loops and called functions included.
    pub const BUDGET: u32 = 100_000;

    /// A fresh session on `catalog`.
    pub fn new(world: &'w World<'w>, catalog: Catalog) -> Run<'w> {
        Run {
            world,
            catalog,
            session: Session::new(),
            conditions: Vec::new(),
            origin: Origin::START,
            budget: Run::BUDGET,
            depth: 0,
            fresh: 0,
            added: Vec::new(),
            deeds: None,
        }
    }

    /// What makes something, `span` being its own clause in the statement that runs; code has no place of its own.
    pub fn origin_of(&self, span: Span) -> Origin {
        match self.origin.migration {
            Some(_) if self.depth == 0 => Origin { span, ..self.origin },
            _ => self.origin,
        }
    }

    /// Notes what could go wrong on another database.
    pub fn condition(&mut self, sqlstate: &'static str, reason: impl Into<String>, span: impl Into<Option<Span>>) {
        self.conditions.push(Condition { sqlstate, reason: reason.into(), span: span.into() });
    }

    /// The schema called `name`.
    ///
    /// # Errors
    /// If it can't be told.
    pub fn find_schema(&mut self, name: &str) -> Result<Option<Oid>> {
        self.find_in(Class::Schema, Oid::NONE, name)
    }

    /// The schema called `name`; where no file makes it, one that is assumed.
    ///
    /// # Errors
    /// 3F000 if there is none, or if it can't be told.
    pub fn schema(&mut self, name: &str, span: Span) -> Result<Oid> {
        match self.find_schema(name)? {
            Some(found) => Ok(found),
            None if self.may_assume_in(Class::Schema, Oid::NONE, name) => Ok(self.assume(Class::Schema, Oid::NONE, name, "3F000", span)),
            None => Err(Stop::fails("3F000", format!("schema \"{name}\" does not exist"), span)),
        }
    }

    /// Does something in which functions run with a safe `search_path`, since version 17.
    pub fn safely<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        const RESTRICTED: u8 = 17;
        let before = std::mem::replace(&mut self.session.is_safe, self.world.target.major() >= RESTRICTED);
        let result = work(self);
        self.session.is_safe = before;
        result
    }

    /// The schemas in which a name without one is looked for, in order: those of `search_path` that exist, and before them the temporary
    /// one and `pg_catalog` where the path does not name them (manual, 5.9.3).
    ///
    /// # Errors
    /// If `search_path` can't be told.
    pub fn path(&self) -> Result<Vec<Oid>> {
        let Some(names) = self.session.settings.search_path.clone() else { return Err(unknown_path()) };
        let mut path = Vec::with_capacity(names.len() + 2);
        for implied in [Oid::PG_TEMP, Oid::PG_CATALOG] {
            let name = if implied == Oid::PG_TEMP { "pg_temp" } else { "pg_catalog" };
            if !names.iter().any(|written| &**written == name) {
                path.push(implied);
            }
        }
        for name in names.iter() {
            path.extend(self.path_entry(name));
        }
        Ok(path)
    }

    fn path_entry(&self, name: &Name) -> Option<Oid> {
        let name = if &**name == "$user" { self.current_user() } else { Name::clone(name) };
        self.catalog.named(Class::Schema, Oid::NONE, &name).first().copied()
    }

    /// The role that statements run as.
    pub fn current_user(&self) -> Name {
        self.session.settings.role.clone().unwrap_or_else(|| Name::clone(&self.world.user))
    }

    /// The schema in which a new object without a schema before its name is made.
    ///
    /// # Errors
    /// 3F000 if `search_path` names none that exists, or if it can't be told.
    pub fn creation_schema(&mut self, span: Span) -> Result<Oid> {
        let Some(names) = self.session.settings.search_path.clone() else { return Err(unknown_path()) };
        for name in names.iter() {
            if let Some(found) = self.path_entry(name) {
                return Ok(found);
            }
            // Whoever names a schema that no file makes takes it to be there.
            if &**name != "$user" && self.may_assume_in(Class::Schema, Oid::NONE, name) {
                return Ok(self.assume(Class::Schema, Oid::NONE, name, "3F000", span));
            }
        }
        Err(Stop::fails("3F000", "no schema has been selected to create in", span))
    }

    /// The schema in which a new object called `name` is made.
    ///
    /// # Errors
    /// As those of [`Run::schema`] and [`Run::creation_schema`]; 42501 in `pg_catalog`.
    pub fn schema_for(&mut self, text: &str, name: tree::Name) -> Result<Oid> {
        match name.schema {
            Some(schema) => {
                let value = schema.value(text);
                if schema.is_template(text) {
                    return Err(Stop::unknown(format!("`{value}` is filled in by the tool"), schema.span));
                }
                self.schema(&value, schema.span)
            }
            None => self.creation_schema(name.span()),
        }
    }

    /// The objects of a class that a written name means, if any: several only of routines and their kin, all from the first schema of the
    /// path that has one.
    ///
    /// # Errors
    /// If it can't be told.
    pub fn find(&mut self, class: Class, text: &str, name: tree::Name) -> Result<Option<Oid>> {
        let object = name.object.value(text);
        if name.object.is_template(text) || name.schema.is_some_and(|schema| schema.is_template(text)) {
            return Err(Stop::unknown(format!("`{object}` is filled in by the tool"), name.span()));
        }
        let schema = name.schema.map(|schema| schema.value(text));
        self.find_named(class, schema.as_deref(), &object).map_err(|stop| stop.or_at(name.span()))
    }

    /// The object of a class called `name`, in `schema` or by way of `search_path`; of several the first.
    ///
    /// # Errors
    /// If it can't be told.
    pub fn find_named(&mut self, class: Class, schema: Option<&str>, name: &str) -> Result<Option<Oid>> {
        if let Some(schema) = schema {
            return match self.find_schema(schema)? {
                Some(schema) => self.find_in(class, schema, name),
                None => Ok(None),
            };
        }
        let path = self.path()?;
        if let Some(found) = path.iter().find_map(|schema| self.catalog.named(class, *schema, name).first()) {
            return Ok(Some(*found));
        }
        let Some(home) = path.iter().copied().find(|schema| *schema >= Oid::FIRST) else { return Ok(None) };
        self.find_in(class, home, name)
    }

    /// The object of a class called `name` in exactly this schema, or in none ([`Oid::NONE`]).
    ///
    /// # Errors
    /// If it can't be told.
    pub fn find_in(&mut self, class: Class, schema: Oid, name: &str) -> Result<Option<Oid>> {
        if let Some(found) = self.catalog.named(class, schema, name).first() {
            return Ok(Some(*found));
        }
        if let Some(why) = self.catalog.doubted(class, name) {
            return Err(Stop::unknown(format!("whether {name} is there can't be told: {why}"), None));
        }
        Ok(None)
    }

    /// Whether an object that no statement has made yet is assumed to be there: the history is partial, and no file of it makes one of that
    /// name.
    pub fn may_assume(&self, class: Class, name: &str) -> bool {
        // What is part of a relation has its name on that alone, and files make others of the name on others.
        let is_part = matches!(class, Class::Constraint | Class::Trigger | Class::Policy | Class::Rule);
        self.world.knowledge == Knowledge::Partial && (is_part || !(self.world.creates)(class, name))
    }

    /// The same of a schema, of no schema ([`Oid::NONE`]), or of the object that it would be a part of: what was there and was dropped or
    /// renamed is not assumed to be there again.
    pub fn may_assume_in(&self, class: Class, scope: Oid, name: &str) -> bool {
        self.may_assume(class, name) && !self.catalog.is_gone(class, scope, name)
    }

    /// Notes that a statement found no object of that name, in a schema, in none or as a part of an object, and went on without: in a partial
    /// history it may have been there all the same.
    pub fn note_absent(&mut self, class: Class, scope: Oid, name: &str) {
        let is_known = self.catalog.get(scope).is_some_and(|whole| whole.relation().is_some() && whole.standing == Standing::Made);
        if !is_known && self.may_assume_in(class, scope, name) {
            self.catalog.note_perhaps(Kind::Object(class), scope, name);
        }
    }

    /// Notes that a statement made an object which it would have replaced: in a partial history there may have been one.
    pub fn note_unreplaced(&mut self, class: Class, schema: Oid, name: &str) {
        if self.world.knowledge == Knowledge::Partial {
            self.catalog.note_perhaps(Kind::Object(class), schema, name);
        }
    }

    /// Assumes an object that a statement needs and that no file makes, with a condition that says so.
    pub fn assume(&mut self, class: Class, schema: Oid, name: &str, sqlstate: &'static str, span: Span) -> Oid {
        let body = match class {
            Class::Relation => {
                let relation = Relation { columns_known: false, ..Relation::new(RelationKind::Unknown) };
                Body::Relation(Arc::new(relation))
            }
            Class::Type => Body::Type(Arc::new(Type::Unknown(Vec::new()))),
            Class::Schema => Body::Schema,
            Class::Role => Body::Role(Arc::default()),
            class => Body::Other(class, Arc::default()),
        };
        let mut object = Object::new(name, body, Origin::START).assumed();
        if schema != Oid::NONE {
            object = object.in_schema(schema);
        }
        let shown = self.shown(schema, name);
        self.condition(sqlstate, format!("unless {shown}, which no file creates, is there"), span);
        self.catalog.add(object)
    }

    /// Assumes a part of an object (a constraint, a trigger) that a statement needs, with a condition that says so, if its object is only
    /// assumed itself and no file makes it.
    pub fn assume_part(&mut self, class: Class, of: Oid, name: &str, sqlstate: &'static str, span: Span) -> Option<Oid> {
        let whole = self.catalog.get(of).filter(|object| object.standing == Standing::Assumed)?;
        let (shown, schema) = (self.shown(whole.schema.unwrap_or(Oid::NONE), &whole.name), whole.schema);
        if !self.may_assume_in(class, of, name) {
            return None;
        }
        self.condition(sqlstate, format!("unless {shown}, which no file creates, has {name}"), span);
        let schema = schema.filter(|_| class == Class::Constraint);
        Some(
            self.catalog
                .add(Object { schema, ..Object::new(name, Body::Other(class, Arc::default()), Origin::START) }.part_of(of).assumed()),
        )
    }

    /// A column of a relation; one that is assumed where not all columns of an assumed relation are known and it did not lose that one.
    ///
    /// # Errors
    /// If it can't be told, because a statement that could not be followed may have added or dropped it.
    pub fn find_column(&mut self, relation: Oid, name: &str, span: Span) -> Result<Option<Address>> {
        let Some(object) = self.catalog.get(relation) else { return Ok(None) };
        let Some(found) = object.relation() else { return Ok(None) };
        if let Some(column) = found.column(name) {
            return Ok(Some(Address::column(relation, column.number)));
        }
        if found.columns_known || self.catalog.is_column_gone(relation, name) {
            return Ok(None);
        }
        let shown = self.shown(object.schema.unwrap_or(Oid::NONE), &object.name);
        if object.standing == Standing::Made {
            return Err(Stop::unknown(format!("which columns {shown} has can't be told"), span));
        }
        self.condition("42703", format!("unless {shown}, which no file creates, has a column {name}"), span);
        let number = self.catalog.update_relation(relation, |relation| relation.add_column(Column::new(0, name, None)));
        Ok(number.map(|number| Address::column(relation, number)))
    }

    fn shown(&self, schema: Oid, name: &str) -> String {
        match self.catalog.get(schema).filter(|_| schema != Oid::NONE) {
            Some(schema) => format!("{}.{name}", schema.name),
            None => name.to_owned(),
        }
    }

    /// The relation that a written name means; where no file makes it, one that is assumed.
    ///
    /// # Errors
    /// If it can't be told.
    pub fn find_relation(&mut self, text: &str, name: tree::Name) -> Result<Option<Oid>> {
        if let Some(found) = self.find(Class::Relation, text, name)? {
            return Ok(Some(found));
        }
        let object = name.object.value(text);
        if let Some(why) = self.catalog.may_be_computed(&object) {
            return Err(Stop::unknown(&*why, name.span()));
        }
        if !self.may_assume(Class::Relation, &object) {
            return Ok(None);
        }
        let schema = match name.schema {
            Some(schema) => {
                let value = schema.value(text);
                match self.find_schema(&value)? {
                    Some(found) => found,
                    None if self.may_assume_in(Class::Schema, Oid::NONE, &value) => {
                        self.assume(Class::Schema, Oid::NONE, &value, "3F000", schema.span)
                    }
                    None => return Ok(None),
                }
            }
            None => self.creation_schema(name.span())?,
        };
        if self.catalog.is_gone(Class::Relation, schema, &object) {
            return Ok(None);
        }
        Ok(Some(self.assume(Class::Relation, schema, &object, "42P01", name.span())))
    }

    /// The relation that a statement names that changes it, as all but queries and INSERT and its kin do.
    ///
    /// # Errors
    /// 42P01 if there is none, 3F000 if its schema is missing, or if it can't be told.
    pub fn relation(&mut self, text: &str, name: tree::Name) -> Result<Oid> {
        if let Some(found) = self.find(Class::Relation, text, name)? {
            return Ok(found);
        }
        if let Some(fact) = self.own_relation(text, name)? {
            return Err(Run::kept(fact, name.span()));
        }
        if let Some(found) = self.find_relation(text, name)? {
            return Ok(found);
        }
        if let Some(schema) = name.schema {
            self.schema(&schema.value(text), schema.span)?;
        }
        Err(Stop::fails("42P01", format!("relation \"{}\" does not exist", name.display(text)), name.span()))
    }

    /// The relation of PostgreSQL's own that a name means.
    ///
    /// # Errors
    /// As those of [`Self::find`].
    pub fn own_relation(&mut self, text: &str, name: tree::Name) -> Result<Option<&'static RelationFact>> {
        let schema = name.schema.map(|schema| schema.value(text));
        match system_fact(self, schema.as_deref(), &name.object.value(text)) {
            Some(fact) if self.find(Class::Relation, text, name)?.is_none() => Ok(Some(fact)),
            _ => Ok(None),
        }
    }

    /// That a relation of PostgreSQL's own can't be changed, or that it can be and nobody follows it: views, and `information_schema`.
    pub fn kept(fact: &RelationFact, span: Span) -> Stop {
        match fact.kind == facts::RelationKind::Table && !fact.name.contains('.') {
            true => Stop::fails("42501", format!("permission denied: \"{}\" is a system catalog", fact.name), span),
            false => Stop::unknown("what becomes of a relation of PostgreSQL's own is not followed", span),
        }
    }
}

fn unknown_path() -> Stop {
    Stop::unknown("`search_path` is set to something that can't be told", None)
}
