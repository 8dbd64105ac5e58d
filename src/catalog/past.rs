//! What was there once, and what may have been: the names that objects and columns no longer have.
//!
//! In a partial history, what no file creates is assumed to be there. That stops where a statement took it away ([`Catalog::is_gone`]), and
//! whoever asks whether a down migration restores the schema has to know what of it was only assumed: there is nothing else to tell that it
//! was there. Invariant: what is `lost` or `given` was only assumed.

use std::hash::BuildHasher;
use std::sync::Arc;

use fnv::FnvBuildHasher;
use imbl::{OrdMap, OrdSet};
use serde::{Deserialize, Serialize};

use super::Oid;
use super::model::{Column, Relation};
use super::object::{Class, Name, Origin, Standing};
use super::store::Catalog;

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A column of a relation.
    Column,
    /// An object of a class.
    Object(Class),
}

/// What is known of what a name is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// It is a part of a relation that files make, or of one that is no more.
    OfKnown,
    /// It is in a schema, in none, or a part of something of which nobody knows what all it has.
    OfUnknown,
}

/// A name in a schema, in none ([`Oid::NONE`]) or in the object that its bearer is a part of.
pub type Slot = (Kind, Oid, Name);

/// The names that were there, or may have been.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Past {
    /// What was there and is no more, or what a statement said is not: nobody may assume it again. Columns only of relations whose columns
    /// are not all known.
    gone: OrdSet<Slot>,
    /// Hashes of the names that anything but a column once had.
    former: OrdSet<u64>,
    /// What of it was only assumed to be there.
    pub(super) lost: OrdSet<Slot>,
    /// The names that statements gave to what was only assumed.
    pub(super) given: OrdSet<Slot>,
    /// What a statement dropped or replaced if it was there, and nobody knows whether it was.
    perhaps: OrdSet<Slot>,
    /// By tables, the last column that a statement filled by its place: without a list of columns.
    filled: OrdMap<Oid, i16>,
    /// By tables, the last statement that gave a column a number by hand which a sequence counts.
    numbered: OrdMap<Oid, Origin>,
    /// The last statement that could not be followed and may have run code.
    untraced: Option<Origin>,
}

impl Past {
    /// Notes that something of that name is no more. Of what is a part of a relation that files make, nobody may assume another one anyway.
    pub(super) fn forget(&mut self, slot: Slot, standing: Standing, part: Part) {
        self.former.insert(hash(&slot.2));
        if standing == Standing::Assumed {
            self.lost.insert(slot.clone());
        }
        if part == Part::OfUnknown {
            self.gone.insert(slot);
        }
    }

    /// Notes which columns a relation has no longer, of whose columns not all are known, and which it has under new names.
    pub(super) fn columns(&mut self, relation: Oid, before: &[Column], after: &Relation) {
        for column in before.iter().filter(|column| after.column(&column.name).is_none()) {
            let slot = (Kind::Column, relation, Arc::clone(&column.name));
            if column.ty.is_none() {
                self.lost.insert(slot.clone());
                if let Some(renamed) = after.column_at(column.number) {
                    self.given.insert((Kind::Column, relation, Arc::clone(&renamed.name)));
                }
            }
            self.gone.insert(slot);
        }
    }

    pub(super) fn is_untouched_since(&self, other: &Past) -> bool {
        self.gone.ptr_eq(&other.gone)
    }

    /// Whether both hold the same names. It costs what changed since they were one.
    pub(super) fn is_same(&self, other: &Past) -> bool {
        let pairs = [(&self.gone, &other.gone), (&self.lost, &other.lost), (&self.given, &other.given), (&self.perhaps, &other.perhaps)];
        pairs.into_iter().all(|(own, other)| own.diff(other).next().is_none())
            && self.former.diff(&other.former).next().is_none()
            && self.filled.diff(&other.filled).next().is_none()
            && self.numbered.diff(&other.numbered).next().is_none()
            && self.untraced == other.untraced
    }
}

/// Of a name.
fn hash(name: &str) -> u64 {
    FnvBuildHasher::default().hash_one(name)
}

impl Catalog {
    /// Notes that there is no object of a class called `name` in a schema, in none or as a part of an object: a statement said so.
    pub fn note_gone(&mut self, class: Class, scope: Oid, name: impl Into<Name>) {
        let name = name.into();
        self.settle(class, &name);
        self.past.former.insert(hash(&name));
        self.past.gone.insert((Kind::Object(class), scope, name));
    }

    /// Notes that a relation, not all of whose columns are known, has no column of that name: a statement said so.
    pub fn note_column_gone(&mut self, relation: Oid, name: impl Into<Name>) {
        self.past.gone.insert((Kind::Column, relation, name.into()));
    }

    /// Notes that there may have been something of that name until now, unless it is known that there was not.
    pub fn note_perhaps(&mut self, kind: Kind, scope: Oid, name: impl Into<Name>) {
        let slot = (kind, scope, name.into());
        if !self.past.gone.contains(&slot) {
            self.past.perhaps.insert(slot);
        }
    }

    /// Notes that a statement fills the columns of a table up to this one by their places.
    pub(super) fn note_filled(&mut self, table: Oid, column: i16) {
        if self.last_filled(table) < Some(column) {
            self.past.filled.insert(table, column);
        }
    }

    /// The last column of a table that a statement without a list of columns has filled: its values go elsewhere where another comes before it.
    pub fn last_filled(&self, table: Oid) -> Option<i16> {
        self.past.filled.get(&table).copied()
    }

    /// Notes that a statement gives a column of a table a number by hand which a sequence counts.
    pub(super) fn note_numbered(&mut self, table: Oid, origin: Origin) {
        self.past.numbered.insert(table, origin);
    }

    /// Notes that a statement could not be followed which may have run code.
    pub(super) fn note_untraced(&mut self, origin: Origin) {
        self.past.untraced = Some(origin);
    }

    /// The last statement that could not be followed and may have run code: where sequences stand behind it can't be told.
    pub fn untraced(&self) -> Option<Origin> {
        self.past.untraced
    }

    /// The last statement that gave a column of a table a number by hand which a sequence counts.
    pub fn numbered_at(&self, table: Oid) -> Option<Origin> {
        self.past.numbered.get(&table).copied()
    }

    /// Whether an object of a class was called `name` in a schema, in none ([`Oid::NONE`]) or as a part of an object, and is no more.
    pub fn is_gone(&self, class: Class, scope: Oid, name: &str) -> bool {
        !self.past.gone.is_empty() && self.past.gone.contains(&(Kind::Object(class), scope, Name::from(name)))
    }

    /// Whether anything but a column was called `name` and is no more.
    pub fn was_there(&self, name: &str) -> bool {
        self.past.former.contains(&hash(name))
    }

    /// Whether a relation, not all of whose columns are known, once had a column `name` and has it no more.
    pub fn is_column_gone(&self, relation: Oid, name: &str) -> bool {
        !self.past.gone.is_empty() && self.past.gone.contains(&(Kind::Column, relation, Name::from(name)))
    }

    /// Whether something that was only assumed to be there when `earlier` was, or that may have been, was dropped or renamed since, or
    /// replaced if it was there.
    pub(super) fn may_have_lost(&self, earlier: &Catalog, slot: &Slot) -> bool {
        let since = |now: &OrdSet<Slot>, then: &OrdSet<Slot>| now.contains(slot) && !then.contains(slot);
        since(&self.past.lost, &earlier.past.lost) || since(&self.past.perhaps, &earlier.past.perhaps)
    }

    /// What was only assumed to be there when `earlier` was, and was dropped or renamed since.
    pub(super) fn lost_since(&self, earlier: &Catalog) -> impl Iterator<Item = &Slot> {
        let is_new = move |slot: &&Slot| self.past.given.contains(*slot) && !earlier.past.given.contains(*slot);
        self.past.lost.iter().filter(move |slot| !earlier.past.lost.contains(*slot) && !is_new(slot))
    }
}
