//! The catalog as facts that can be compared: what each object is called, and what `pg_dump --schema-only --no-owner` would say of it.
//!
//! An object has an [`Identity`], in which names stand and no numbers, and a [`Description`]: properties by name. A property that an object
//! has not, or that is what it is by default, is absent. Invariant: two databases of which `pg_dump` says the same have the same descriptions;
//! the order of a table's columns is a property of its own ([`COLUMN_ORDER`]), so that a comparison may leave it out. Objects that belong to
//! an extension, temporary ones and those that are only assumed are not described.

mod code;
mod constraint;
mod definition;
mod index;
mod name;
mod privilege;
mod publication;
mod relation;
mod types;

pub(in crate::catalog) use constraint::{is_plain_not_null, not_null_of};

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use super::expression::Stored;
use super::model::{Column, Definition, Options, Persistence, RelationKind};
use super::object::{Body, Class, Object, Origin, Standing};
use super::store::Catalog;
use super::{Address, Dependency, Oid};

pub(in crate::catalog) use name::written;
pub use name::{identity, identity_of_column, name, qualified, shown};
pub use relation::partition_bound;

/// The property that holds the order of a table's columns.
pub const COLUMN_ORDER: &str = "order of columns";

/// What an object is called, for people and for comparing: `table public.t`, `constraint c on public.t`, `function public.f(integer, text)`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity(String);

impl Identity {
    /// An identity that reads so.
    pub fn new(text: impl Into<String>) -> Identity {
        Identity(text.into())
    }

    /// How it reads.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How it reads in a message, with its names in backticks: ``constraint `c` on `public.t` ``.
    pub fn quoted(&self) -> String {
        self.with_names(|name| name)
    }

    /// The same as people write it: a name with its schema unless that is `public`.
    pub fn shown(&self) -> String {
        self.with_names(|name| name.strip_prefix("public.").unwrap_or(name))
    }

    fn with_names(&self, named: impl Fn(&str) -> &str) -> String {
        let words = words(&self.0);
        let is_name = |at: usize| words.get(at + 1).is_none_or(|next| matches!(*next, "on" | "in" | "using"));
        let shown = |(at, word): (usize, &&str)| if is_name(at) { format!("`{}`", named(word)) } else { (*word).to_owned() };
        words.iter().enumerate().map(shown).collect::<Vec<_>>().join(" ")
    }
}

/// The words of an identity; a quoted name is one, and so is a name with what stands in parentheses behind it.
fn words(text: &str) -> Vec<&str> {
    let (mut found, mut begin, mut depth, mut is_quoted) = (Vec::new(), 0, 0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'(' if !is_quoted => depth += 1,
            b')' if !is_quoted => depth -= 1,
            b' ' if !is_quoted && depth == 0 && (!text[at..].starts_with(" (") || text.starts_with("cast ")) => {
                found.push(&text[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    found.push(&text[begin..]);
    found
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is said of an object.
#[derive(Debug, Clone)]
pub struct Description {
    /// The object, or the column.
    pub address: Address,
    /// The object that it is a part of, and comes and goes with.
    pub part_of: Option<Identity>,
    /// The relation whose columns its expressions name.
    pub relation: Option<Oid>,
    /// In the order of their names.
    properties: Vec<(Property, Fact)>,
}

/// The name of a property: `type`, `key 1`, `option fillfactor`.
pub type Property = Cow<'static, str>;

/// The value of a property.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// A word, a number, a name, a type.
    Text(String),
    /// Several, in an order that matters.
    List(Vec<String>),
    /// An expression, which may be written in many ways.
    Expression(Stored),
    /// A query or another statement, likewise.
    Query(Stored),
    /// There is one, and what it is can't be told.
    Unknown,
}

/// What is said of an object; nothing if it is none of those that are described.
pub fn describe(catalog: &Catalog, oid: Oid) -> Option<Description> {
    let object = catalog.get(oid).filter(|object| object.standing == Standing::Made && is_described(catalog, oid, object))?;
    let mut description = Description::new(Address::whole(oid));
    if let Some(of) = object.of {
        description.part_of = identity(catalog, of);
        description.relation = Some(of);
    }
    match &object.body {
        Body::Schema => definition::schema(&mut description, object),
        Body::Relation(relation) => relation::relation(&mut description, catalog, relation),
        Body::Type(ty) => types::describe(&mut description, catalog, object, ty),
        Body::Routine(routine) => code::routine(&mut description, catalog, routine),
        Body::Constraint(constraint) => constraint::describe(&mut description, catalog, constraint),
        Body::Trigger(trigger) => code::trigger(&mut description, catalog, object, trigger),
        Body::Policy(policy) => code::policy(&mut description, policy),
        Body::Rule(rule) => code::rule(&mut description, rule),
        Body::Extension(_) => definition::extension(&mut description, catalog, object),
        Body::Role(role) => definition::role(&mut description, role),
        Body::Operator(operator) => definition::operator(&mut description, catalog, operator),
        Body::OperatorClass(class) => definition::operator_class(&mut description, catalog, class),
        Body::OperatorFamily(family) => description.definition(&family.definition),
        Body::Cast(cast) => definition::cast(&mut description, catalog, cast),
        Body::Statistics(statistics) => definition::statistics(&mut description, catalog, statistics),
        Body::Publication(publication) => publication::publication(&mut description, publication),
        Body::Subscription(written) | Body::Other(_, written) => description.definition(written),
        // It is told with its column.
        Body::Default(_) => return None,
    }
    privilege::of_object(&mut description, object);
    if let Some(comment) = object.comment.as_ref().filter(|comment| !definition::is_initial_comment(object, comment)) {
        description.text("comment", &**comment);
    }
    Some(description)
}

/// What is said of a column. Of a relation that is only assumed, the columns that are assumed with it are not described.
pub fn describe_column(catalog: &Catalog, address: Address) -> Option<Description> {
    let object = catalog.get(address.object).filter(|object| is_described(catalog, address.object, object))?;
    let relation = object.relation().filter(|relation| has_columns(&relation.kind))?;
    let column = relation.column_at(address.column)?;
    column_of(catalog, (address.object, object), column, identity(catalog, address.object))
}

/// What is said of a column of a relation that is called `whole`.
fn column_of(catalog: &Catalog, (oid, object): (Oid, &Object), column: &Column, whole: Option<Identity>) -> Option<Description> {
    if object.standing == Standing::Assumed && column.ty.is_none() {
        return None;
    }
    let mut description = Description::new(Address::column(oid, column.number));
    description.part_of = whole;
    description.relation = Some(oid);
    relation::column(&mut description, catalog, object.relation()?, column);
    Some(description)
}

/// What is said of an object, of its columns, and of what it holds and has no number of its own.
pub fn describe_whole(catalog: &Catalog, oid: Oid) -> Vec<(Identity, Description)> {
    describe_with(catalog, oid, |_| true)
}

/// The same, but of its columns only of those that `counts` says.
pub(in crate::catalog) fn describe_with(catalog: &Catalog, oid: Oid, counts: impl Fn(&Column) -> bool) -> Vec<(Identity, Description)> {
    let mut found = Vec::new();
    let Some(object) = catalog.get(oid).filter(|object| is_described(catalog, oid, object)) else { return found };
    let whole = identity(catalog, oid);
    if let Some(relation) = object.relation().filter(|relation| has_columns(&relation.kind)) {
        let own = qualified(catalog, oid);
        for column in relation.columns.iter().filter(|column| counts(column)) {
            if let Some(description) = column_of(catalog, (oid, object), column, whole.clone()) {
                found.push((name::of_column(&own, &column.name), description));
            }
        }
    }
    let (Some(description), Some(identity)) = (describe(catalog, oid), whole) else { return found };
    if let Some(Body::Publication(publication)) = catalog.get(oid).map(|object| &object.body) {
        publication::members(&mut found, catalog, &identity, oid, publication);
    }
    found.push((identity, description));
    found
}

/// What is said of everything, with the default privileges.
pub fn describe_all(catalog: &Catalog) -> BTreeMap<Identity, Description> {
    let objects = catalog.objects().flat_map(|(oid, _)| describe_whole(catalog, oid));
    objects.chain(describe_default_privileges(catalog)).collect()
}

/// What ALTER DEFAULT PRIVILEGES says.
pub fn describe_default_privileges(catalog: &Catalog) -> Vec<(Identity, Description)> {
    privilege::defaults(catalog)
}

/// Whether `pg_dump` says something of an object if it is there.
pub(in crate::catalog) fn is_described(catalog: &Catalog, oid: Oid, object: &Object) -> bool {
    let hidden = [Oid::PG_CATALOG, Oid::INFORMATION_SCHEMA, Oid::PG_TEMP];
    if object.extension.is_some() || hidden.contains(&oid) || object.schema == Some(Oid::PG_TEMP) {
        return false;
    }
    if let Some(of) = object.of
        && catalog.get(of).is_some_and(|other| !is_described(catalog, of, other))
    {
        return false;
    }
    match &object.body {
        Body::Relation(relation) => {
            relation.persistence != Persistence::Temporary && relation.index().is_none_or(|index| index::is_described(catalog, index))
        }
        Body::Constraint(constraint) => constraint::is_described(catalog, object, constraint),
        Body::Trigger(trigger) => code::is_described(catalog, trigger),
        // What makes values of a range type comes with it, and so does its multirange.
        Body::Routine(_) | Body::Type(_) => !catalog.dependencies_of(oid.into()).any(|(_, kind)| kind == Dependency::Internal),
        // The one that a database begins with.
        Body::Extension(_) => object.origin != Origin::START || &*object.name != "plpgsql",
        Body::Other(Class::Database | Class::Tablespace, _) => false,
        _ => true,
    }
}

/// Whether a relation's columns are its own: an index has those of its table, a sequence always the same.
const fn has_columns(kind: &RelationKind) -> bool {
    !matches!(kind, RelationKind::Index(_) | RelationKind::Sequence(_))
}

impl Description {
    fn new(address: Address) -> Description {
        Description { address, part_of: None, relation: None, properties: Vec::new() }
    }

    /// The properties, in the order of their names.
    pub fn properties(&self) -> &[(Property, Fact)] {
        &self.properties
    }

    /// The value of a property.
    pub fn get(&self, property: &str) -> Option<&Fact> {
        let place = self.properties.binary_search_by(|(name, _)| (**name).cmp(property)).ok()?;
        Some(&self.properties[place].1)
    }

    /// The properties of two descriptions, in the order of their names, with what each of the two says.
    pub fn both<'d>(&'d self, other: &'d Description) -> Vec<(&'d Property, Option<&'d Fact>, Option<&'d Fact>)> {
        let own = self.properties.iter().map(|(name, fact)| (name, Some(fact), other.get(name)));
        let further = other.properties.iter().filter(|(name, _)| self.get(name).is_none());
        let mut found: Vec<_> = own.chain(further.map(|(name, fact)| (name, None, Some(fact)))).collect();
        found.sort_by_key(|(name, ..)| *name);
        found
    }

    fn put(&mut self, property: impl Into<Property>, fact: Fact) {
        let property = property.into();
        match self.properties.binary_search_by(|(name, _)| name.cmp(&property)) {
            Ok(place) => self.properties[place].1 = fact,
            Err(place) => self.properties.insert(place, (property, fact)),
        }
    }

    fn text(&mut self, property: impl Into<Property>, value: impl Into<String>) {
        self.put(property, Fact::Text(value.into()));
    }

    fn optional(&mut self, property: impl Into<Property>, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            self.text(property, value);
        }
    }

    /// A property that is there or not.
    fn flag(&mut self, property: &'static str, holds: bool) {
        if holds {
            self.text(property, "yes");
        }
    }

    /// Several values; absent if there are none.
    fn list<S: Into<String>>(&mut self, property: impl Into<Property>, values: impl IntoIterator<Item = S>) {
        let values: Vec<String> = values.into_iter().map(Into::into).collect();
        if !values.is_empty() {
            self.put(property, Fact::List(values));
        }
    }

    fn expression(&mut self, property: impl Into<Property>, stored: &Stored) {
        self.put(property, Fact::Expression(stored.clone()));
    }

    fn query(&mut self, property: impl Into<Property>, stored: &Stored) {
        self.put(property, Fact::Query(stored.clone()));
    }

    fn options(&mut self, word: &str, options: &Options) {
        for (option, value) in options {
            self.text(format!("{word} {option}"), &**value);
        }
    }

    fn definition(&mut self, definition: &Definition) {
        self.options("definition", &definition.options);
    }
}

#[cfg(test)]
mod tests {
    use super::Identity;

    #[test]
    fn names_stand_in_backticks() {
        for (text, quoted) in [
            ("table public.t", "table `public.t`"),
            ("materialized view public.m", "materialized view `public.m`"),
            ("constraint c on domain public.d", "constraint `c` on domain `public.d`"),
            ("trigger \"a on b\" on public.t", "trigger `\"a on b\"` on `public.t`"),
            ("function public.f(integer, text)", "function `public.f(integer, text)`"),
            ("operator public.+ (integer, none)", "operator `public.+ (integer, none)`"),
            ("operator class public.c using btree", "operator class `public.c` using `btree`"),
            ("cast (integer AS text)", "cast `(integer AS text)`"),
            ("user mapping for r on server s", "user mapping for `r` on server `s`"),
        ] {
            assert_eq!(Identity::new(text).quoted(), quoted);
            assert_eq!(Identity::new(text).shown(), quoted.replace("`public.", "`"));
        }
        assert_eq!(Identity::new("table s.\"public.t\"").shown(), "table `s.\"public.t\"`");
    }
}
