//! What is different between two catalogs, one of which was made from the other.
//!
//! Only objects that changed are looked at, with what is named by them where a name changed, so that it costs what a migration did and not
//! what is there. Objects are compared by what they are called, not by number: a table that was dropped and made again is the same if it is
//! described alike. Invariant: nothing is said to be different for certain that `pg_dump` would show alike, and nothing left out that it would
//! not; the order of a table's columns aside, and roles, which are the cluster's.

mod assumed;
pub mod definition;
mod sentence;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::describe::{self, COLUMN_ORDER, Description, Fact, Identity};
use super::expression::canonical::{Sameness, compare};
use super::model::Column;
use super::object::{Body, Class, Object, Origin};
use super::store::Catalog;
use super::{Address, Oid};

/// Something that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Whether it is known to be different.
    pub certainty: Certainty,
    /// What became of it.
    pub change: Change,
    /// What, as a clause that says what undoing did not do: ``left behind: type `public.kind` ``.
    pub text: String,
    /// What made that which is left behind, unless undoing did.
    pub made_at: Option<Origin>,
}

/// Whether something is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Certainty {
    Certain,
    /// Its text is a clause after `whether`.
    Possible,
}

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Change {
    Added,
    Lost,
    Changed,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Difference {
    /// What it says, and whether that can't be told.
    pub fn sentence(&self) -> String {
        match self.certainty {
            Certainty::Certain => self.text.clone(),
            Certainty::Possible => format!("it can't be told whether {}", self.text),
        }
    }

    fn certain(change: Change, text: String) -> Difference {
        Difference { certainty: Certainty::Certain, change, text, made_at: None }
    }

    fn possible(text: String) -> Difference {
        Difference { certainty: Certainty::Possible, change: Change::Changed, text, made_at: None }
    }
}

type Descriptions = BTreeMap<Identity, Description>;

/// What `after` has otherwise than `before`.
pub fn differences(before: &Catalog, after: &Catalog) -> Vec<Difference> {
    compared(before, None, after)
}

/// What undoing a migration leaves otherwise than it was `before`, where `between` is what the migration had made of it.
pub fn left_by_undoing(before: &Catalog, between: &Catalog, after: &Catalog) -> Vec<Difference> {
    compared(before, Some(between), after)
}

fn compared(before: &Catalog, between: Option<&Catalog>, after: &Catalog) -> Vec<Difference> {
    let touched = touched(before, after);
    let [mut old, mut new] = both_described(before, after, &touched);
    if before.default_privileges != after.default_privileges {
        old.extend(describe::describe_default_privileges(before));
        new.extend(describe::describe_default_privileges(after));
    }
    let mut found = Vec::new();
    let identities: BTreeSet<&Identity> = old.keys().chain(new.keys()).collect();
    for identity in identities {
        let from = found.len();
        match (old.get(identity), new.get(identity)) {
            (Some(was), Some(is)) => changed(&mut found, (before, was), (after, is), identity),
            (Some(was), None) if !goes_with(was, &old, &new) && !is_of_view(before, was) => {
                found.push(Difference::certain(Change::Lost, sentence::lost(before, identity, was)));
            }
            (None, Some(is)) if !goes_with(is, &new, &old) && !is_of_view(after, is) => {
                let made_at = between.and_then(|up| made_at(up, is.address));
                let difference = Difference { made_at, ..Difference::certain(Change::Added, sentence::added(after, identity, is)) };
                found.push(assumed::added(before, between, after, identity, is).unwrap_or(difference));
            }
            _ => {}
        }
        let blurred = is_blurred(before, old.get(identity)) || is_blurred(after, new.get(identity));
        if blurred && found.len() > from {
            found.truncate(from);
            found.push(Difference::possible(format!("{} is what it was", identity.quoted())));
        }
    }
    assumed::differences(&mut found, before, after, &touched.objects);
    found
}

/// What made an object or a column of a catalog.
fn made_at(catalog: &Catalog, address: Address) -> Option<Origin> {
    match address.column {
        0 => catalog.get(address.object).map(|object| object.origin),
        _ => catalog.column(address).map(|column| column.origin),
    }
}

/// What a migration did to an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// What became of it.
    pub change: Change,
    /// Which one.
    pub object: Identity,
    /// Of what was changed, the properties that are not the same for certain.
    pub properties: Vec<String>,
}

/// What was done between two catalogs, by the names of objects; the parts of what is new or gone are not told.
pub fn deeds(before: &Catalog, after: &Catalog) -> Vec<Deed> {
    let [old, new] = both_described(before, after, &touched(before, after));
    let identities: BTreeSet<&Identity> = old.keys().chain(new.keys()).collect();
    let deed = |identity: &Identity| {
        let (change, properties) = match (old.get(identity), new.get(identity)) {
            (Some(was), None) if !goes_with(was, &old, &new) => (Change::Lost, Vec::new()),
            (None, Some(is)) if !goes_with(is, &new, &old) => (Change::Added, Vec::new()),
            (Some(was), Some(is)) => (Change::Changed, differing((before, was), (after, is))),
            _ => return None,
        };
        (change != Change::Changed || !properties.is_empty()).then(|| Deed { change, object: identity.clone(), properties })
    };
    identities.into_iter().filter_map(deed).collect()
}

/// Whether it is a relation, or a part of one, that a statement may have changed which could not be followed.
fn is_blurred(catalog: &Catalog, description: Option<&Description>) -> bool {
    let objects = description.into_iter().flat_map(|description| [Some(description.address.object), description.relation]);
    objects.flatten().filter_map(|oid| catalog.get(oid)).any(Object::is_blurred)
}

pub(in crate::catalog) fn described(catalog: &Catalog, touched: &BTreeSet<Oid>) -> Descriptions {
    touched.iter().flat_map(|oid| describe::describe_whole(catalog, *oid)).collect()
}

/// What is said of the touched objects in both catalogs; not of columns of which both say the same without being asked.
fn both_described(before: &Catalog, after: &Catalog, touched: &Touched) -> [Descriptions; 2] {
    let (mut old, mut new) = (Descriptions::new(), Descriptions::new());
    for oid in &touched.objects {
        let is_same = |column: &Column| !touched.renamed && is_same_column(before, after, Address::column(*oid, column.number));
        old.extend(describe::describe_with(before, *oid, |column| !is_same(column)));
        new.extend(describe::describe_with(after, *oid, |column| !is_same(column)));
    }
    [old, new]
}

/// Whether a column is the very same, in relations that are as much as they were.
fn is_same_column(before: &Catalog, after: &Catalog, column: Address) -> bool {
    let (Some(was), Some(is)) = (before.get(column.object), after.get(column.object)) else { return false };
    let (Some(own), Some(other)) = (was.relation(), is.relation()) else { return false };
    (was.standing, was.extension, own.persistence) == (is.standing, is.extension, other.persistence)
        && own.partition_bound.is_some() == other.partition_bound.is_some()
        && own.column_at(column.column).zip(other.column_at(column.column)).is_some_and(|(own, other)| {
            own == other && own.default.and_then(|oid| before.get(oid)) == other.default.and_then(|oid| after.get(oid))
        })
}

/// Whether it is a column that a view has or has not: the view's own columns say so.
fn is_of_view(catalog: &Catalog, description: &Description) -> bool {
    let Address { object, column } = description.address;
    column != 0 && catalog.relation(object).is_some_and(|relation| relation.view().is_some())
}

/// Whether something is only there, or not, because what it is a part of is there or not.
fn goes_with(description: &Description, here: &Descriptions, there: &Descriptions) -> bool {
    description.part_of.as_ref().is_some_and(|whole| here.contains_key(whole) && !there.contains_key(whole))
}

/// The objects that may be described otherwise.
#[derive(Debug, Default)]
pub(in crate::catalog) struct Touched {
    /// Which ones.
    pub(in crate::catalog) objects: BTreeSet<Oid>,
    /// Whether one of them, or a column, has another name: others are described otherwise that are what they were.
    renamed: bool,
}

/// Finds them.
pub(in crate::catalog) fn touched(before: &Catalog, after: &Catalog) -> Touched {
    let mut touched = Touched::default();
    let mut open: Vec<Oid> = before.changed(after);
    while let Some(oid) = open.pop() {
        let (was, is) = (before.get(oid), after.get(oid));
        if was.or(is).is_none_or(|object| object.body.class() == Class::Role) || !touched.objects.insert(oid) {
            continue;
        }
        // Its column says it.
        if let Some(object) = was.or(is).filter(|object| matches!(object.body, Body::Default(_))) {
            open.extend(object.of);
        }
        if let (Some(was), Some(is)) = (was, is)
            && (columns_are_renamed(was, is) || describe::identity(before, oid) != describe::identity(after, oid))
        {
            touched.renamed = true;
            for catalog in [before, after] {
                open.extend(named_by(catalog, oid));
            }
        }
    }
    touched
}

/// Whether what names a column of the object would now name it otherwise.
fn columns_are_renamed(was: &Object, is: &Object) -> bool {
    let (Some(was), Some(is)) = (was.relation(), is.relation()) else { return false };
    was.columns.iter().any(|column| is.column_at(column.number).is_some_and(|other| other.name != column.name))
}

/// What names an object in its identity or its description.
fn named_by(catalog: &Catalog, oid: Oid) -> Vec<Oid> {
    let mut found: Vec<Oid> = catalog.dependents_of_any(oid).map(|(dependent, ..)| dependent.object).collect();
    // A table names the index that it is clustered on, which depends on it.
    let on = catalog.dependencies_of(Address::whole(oid)).map(|(on, _)| on.object);
    found.extend(on.filter(|on| catalog.relation(*on).is_some()));
    found.extend(catalog.all_parts(oid));
    if matches!(catalog.get(oid).map(|object| &object.body), Some(Body::Schema)) {
        found.extend(catalog.schema_contents(oid));
    }
    found
}

/// What is different between two descriptions of what is called the same.
fn changed(
    found: &mut Vec<Difference>,
    (before, was): (&Catalog, &Description),
    (after, is): (&Catalog, &Description),
    identity: &Identity,
) {
    for (property, old, new) in was.both(is).into_iter().filter(|(property, ..)| *property != COLUMN_ORDER) {
        // A view with other columns has another query, as nobody needs to be told.
        if &**property == "query" && was.get("columns") != is.get("columns") {
            continue;
        }
        match sameness(before, old, after, new) {
            Sameness::Same => {}
            Sameness::Different => {
                let text = sentence::changed(after, identity, is, property, old, new);
                found.push(Difference::certain(Change::Changed, text));
            }
            Sameness::Unknown => found.push(Difference::possible(sentence::possible(after, identity, is, property))),
        }
    }
}

/// The properties of two descriptions that are not the same for certain, the order of columns aside.
pub(in crate::catalog) fn differing((before, was): (&Catalog, &Description), (after, is): (&Catalog, &Description)) -> Vec<String> {
    let differs = |property: &str, old: Option<&Fact>, new: Option<&Fact>| {
        property != COLUMN_ORDER && sameness(before, old, after, new) != Sameness::Same
    };
    let both = was.both(is).into_iter().filter(|(property, old, new)| differs(property, *old, *new));
    both.map(|(property, ..)| property.to_string()).collect()
}

fn sameness(before: &Catalog, old: Option<&Fact>, after: &Catalog, new: Option<&Fact>) -> Sameness {
    match (old, new) {
        (Some(Fact::Unknown), Some(_)) | (Some(_), Some(Fact::Unknown)) => Sameness::Unknown,
        (Some(Fact::Expression(a)), Some(Fact::Expression(b))) | (Some(Fact::Query(a)), Some(Fact::Query(b))) => {
            compare(before, a, after, b)
        }
        (old, new) if old == new => Sameness::Same,
        _ => Sameness::Different,
    }
}
