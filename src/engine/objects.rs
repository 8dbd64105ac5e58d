//! What rules find in the schema that a history leaves, object by object, so that it can be kept while the schema changes.
//!
//! An object is looked at with all that belongs to it: a table with its constraints, indexes and triggers is one *whole*. What is found in a whole
//! depends on it, on what it refers to, on the statements that made both, and on whether something has one of the names that were asked for.
//! Invariant: where [`ByObject::affected`] leaves a whole out, looking at it again would find the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::catalog::model::{ConstraintKind, RelationKind};
use crate::catalog::{Catalog, Class, Object, Oid};
use crate::rules::Findings;
use crate::text::Span;

use super::check::rule_of;

/// What is found in all wholes.
#[derive(Debug, Default)]
pub(super) struct ByObject {
    found: BTreeMap<Oid, Found>,
    /// The wholes of which something is found in a file.
    of_file: BTreeMap<Arc<str>, BTreeSet<Oid>>,
    /// The wholes that ask for a name.
    of_name: BTreeMap<String, BTreeSet<Oid>>,
}

/// What is found in one whole, and the names that were asked for.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) findings: Findings,
    pub(super) asked: BTreeSet<String>,
}

impl Found {
    fn files(&self) -> impl Iterator<Item = Arc<str>> + '_ {
        self.findings.iter().map(|finding| Arc::clone(&finding.primary.path))
    }
}

impl ByObject {
    /// Puts what is found in a whole now in the place of what was; gives the files in which something else is found then.
    pub(super) fn take(&mut self, whole: Oid, fresh: Found) -> BTreeSet<Arc<str>> {
        let old = self.found.remove(&whole).unwrap_or_default();
        for file in old.files() {
            leave(&mut self.of_file, &file, whole);
        }
        for name in &old.asked {
            leave(&mut self.of_name, name, whole);
        }
        for file in fresh.files() {
            self.of_file.entry(file).or_default().insert(whole);
        }
        for name in &fresh.asked {
            self.of_name.entry(name.clone()).or_default().insert(whole);
        }
        let changed = if old.findings == fresh.findings { BTreeSet::new() } else { old.files().chain(fresh.files()).collect() };
        if !fresh.findings.is_empty() || !fresh.asked.is_empty() {
            self.found.insert(whole, fresh);
        }
        changed
    }

    /// The files in which something is found.
    pub(super) fn files(&self) -> impl Iterator<Item = &Arc<str>> {
        self.of_file.keys()
    }

    /// What is found in a file. What a rule tells once for a place is told of the whole that was made first.
    pub(super) fn in_file(&self, path: &str) -> Findings {
        let mut told: BTreeMap<(&str, Span), Oid> = BTreeMap::new();
        let mut findings = Findings::new();
        for whole in self.of_file.get(path).into_iter().flatten() {
            let own = self.found.get(whole).into_iter().flat_map(|found| &found.findings);
            for finding in own.filter(|finding| *finding.primary.path == *path) {
                let is_once = rule_of(finding).is_some_and(|rule| rule.tells_once());
                if !is_once || *told.entry((finding.rule, finding.primary.span)).or_insert(*whole) == *whole {
                    findings.push(finding.clone());
                }
            }
        }
        findings
    }

    /// [`affected`], by the names that were asked for here.
    pub(super) fn affected(&self, old: &Catalog, new: &Catalog, touched: impl IntoIterator<Item = Oid>) -> Option<BTreeSet<Oid>> {
        affected(old, new, touched, |name| self.of_name.get(name))
    }
}

/// The wholes in which something else may be found when `new` stands in the place of `old`, and the statements that made or changed the objects
/// `touched` do; none where that may be any. `askers` are those that asked for a name.
pub(super) fn affected<'n>(
    old: &Catalog,
    new: &Catalog,
    touched: impl IntoIterator<Item = Oid>,
    askers: impl Fn(&str) -> Option<&'n BTreeSet<Oid>>,
) -> Option<BTreeSet<Oid>> {
    let mut affected = BTreeSet::new();
    let mut changed: BTreeSet<Oid> = old.changed(new).into_iter().chain(touched).collect();
    changed.extend(old.with_other_rows(new));
    for oid in changed {
        let (was, is) = (old.get(oid), new.get(oid));
        if was.zip(is).is_some_and(|(was, is)| was.body.class() == Class::Schema && was.name != is.name) {
            return None;
        }
        for catalog in [old, new] {
            affected.extend(whole_of(catalog, oid));
            affected.extend(catalog.dependents_of_any(oid).filter_map(|(dependent, ..)| whole_of(catalog, dependent.object)));
            // Of a sequence that counts a column also its table.
            if let Some(RelationKind::Sequence(sequence)) = catalog.relation(oid).map(|relation| &relation.kind) {
                affected.extend(sequence.owned_by.and_then(|column| whole_of(catalog, column.object)));
            }
            // Of a foreign key also the table that it refers to.
            if let Some(ConstraintKind::ForeignKey(key)) = catalog.get(oid).and_then(Object::constraint).map(|constraint| &constraint.kind)
            {
                affected.extend(whole_of(catalog, key.table));
            }
        }
        let called = |object: Option<&Object>| object.map(|object| (Arc::clone(&object.name), object.schema));
        if called(was) != called(is) {
            let names = was.into_iter().chain(is).map(|object| &*object.name);
            affected.extend(names.filter_map(&askers).flatten());
        }
    }
    Some(affected)
}

/// All wholes of a schema.
pub(super) fn wholes(catalog: &Catalog) -> impl Iterator<Item = Oid> {
    catalog.objects().filter(|(_, object)| object.of.is_none()).map(|(oid, _)| oid)
}

/// What an object belongs to in the end; itself if to nothing.
fn whole_of(catalog: &Catalog, oid: Oid) -> Option<Oid> {
    let mut whole = oid;
    while let Some(of) = catalog.get(whole)?.of {
        whole = of;
    }
    Some(whole)
}

/// Takes `one` from what is listed under `key`.
pub(super) fn leave<K: Ord + ?Sized, Q: Ord + std::borrow::Borrow<K>, T: Ord>(of: &mut BTreeMap<Q, BTreeSet<T>>, key: &K, one: T) {
    if let Some(listed) = of.get_mut(key) {
        listed.remove(&one);
        if listed.is_empty() {
            of.remove(key);
        }
    }
}
