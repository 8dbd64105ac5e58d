//! What depends on what (manual, `pg_depend`).
//!
//! Invariant: an edge stands in both directions, and only between objects that are there; dropping an object takes its edges along.

use imbl::OrdSet;
use serde::{Deserialize, Serialize};

use super::model::{TypeId, TypeUse};
use super::store::Catalog;
use super::{Address, ColumnNumber, Oid};

/// How an object depends on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Dependency {
    /// The other can't be dropped unless CASCADE takes this along.
    Normal,
    /// It goes with the other, CASCADE or not.
    Auto,
    /// It is a part of the other: dropped by itself it is refused, and goes with the other. A view's rule, a constraint's index.
    Internal,
    /// Of a partition's part, on the partitioned table's part.
    PartitionPrimary,
    /// Of a partition's part, on the partition's own table.
    PartitionSecondary,
    /// It is a member of an extension.
    Extension,
    /// ALTER … DEPENDS ON EXTENSION: it goes with the extension.
    AutoExtension,
}

/// That one depends on another, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Edge {
    /// Where the edge is looked for: the dependent one in one direction, what it depends on in the other.
    pub from: Address,
    /// The other end.
    pub to: Address,
    /// How.
    pub kind: Dependency,
}

impl Catalog {
    /// Notes that `dependent` depends on `on`. What is built in is not depended on.
    pub fn link(&mut self, dependent: impl Into<Address>, on: impl Into<Address>, kind: Dependency) {
        let (dependent, on) = (dependent.into(), on.into());
        if on.object < Oid::FIRST || dependent == on {
            return;
        }
        self.dependencies.insert(Edge { from: dependent, to: on, kind });
        self.dependents.insert(Edge { from: on, to: dependent, kind });
    }

    /// Notes that `dependent` is of a type, or has something of that type in it.
    pub fn link_type(&mut self, dependent: impl Into<Address>, ty: &TypeUse) {
        if let TypeId::User(oid) = ty.id {
            self.link(dependent, oid, Dependency::Normal);
        }
    }

    /// Forgets that `dependent` depends on `on`.
    pub fn unlink(&mut self, dependent: Address, on: Address, kind: Dependency) {
        self.dependencies.remove(&Edge { from: dependent, to: on, kind });
        self.dependents.remove(&Edge { from: on, to: dependent, kind });
    }

    /// Forgets everything of kind `kind` that `dependent` depends on.
    pub fn unlink_all(&mut self, dependent: Address, kind: Dependency) {
        let found: Vec<Address> = self.dependencies_of(dependent).filter(|(_, other)| *other == kind).map(|(on, _)| on).collect();
        for on in found {
            self.unlink(dependent, on, kind);
        }
    }

    /// Forgets everything that a column depends on, and that depends on it.
    pub fn unlink_column(&mut self, column: Address) {
        let on: Vec<(Address, Dependency)> = self.dependencies_of(column).collect();
        for (on, kind) in on {
            self.unlink(column, on, kind);
        }
        let dependents: Vec<(Address, Dependency)> = self.dependents_of(column).collect();
        for (dependent, kind) in dependents {
            self.unlink(dependent, column, kind);
        }
    }

    /// Forgets every way in which `dependent` or a column of it depends on `on` or a column of that.
    pub fn unlink_between(&mut self, dependent: Oid, on: Oid) {
        let found: Vec<Edge> = self.edges(&self.dependencies, dependent).filter(|edge| edge.to.object == on).collect();
        for edge in found {
            self.unlink(edge.from, edge.to, edge.kind);
        }
    }

    /// What `dependent` depends on.
    pub fn dependencies_of(&self, dependent: Address) -> impl Iterator<Item = (Address, Dependency)> {
        at(&self.dependencies, dependent)
    }

    /// What an object or one of its columns depends on: the column (0: the whole), on what, and how.
    pub fn dependencies_of_any(&self, dependent: Oid) -> impl Iterator<Item = (ColumnNumber, Address, Dependency)> {
        self.edges(&self.dependencies, dependent).map(|edge| (edge.from.column, edge.to, edge.kind))
    }

    /// What depends on exactly `on`: for a relation as a whole, not what depends on its columns.
    pub fn dependents_of(&self, on: Address) -> impl Iterator<Item = (Address, Dependency)> {
        at(&self.dependents, on)
    }

    /// What depends on an object or on one of its columns: the dependent, on which column (0: the whole), and how.
    pub fn dependents_of_any(&self, on: Oid) -> impl Iterator<Item = (Address, ColumnNumber, Dependency)> {
        self.edges(&self.dependents, on).map(|edge| (edge.to, edge.from.column, edge.kind))
    }

    pub(super) fn edges<'c>(&'c self, set: &'c OrdSet<Edge>, object: Oid) -> impl Iterator<Item = Edge> + use<'c> {
        let first = Edge { from: Address::column(object, ColumnNumber::MIN), to: Address::column(Oid::NONE, 0), kind: Dependency::Normal };
        set.range(first..).copied().take_while(move |edge| edge.from.object == object)
    }
}

fn at(set: &OrdSet<Edge>, from: Address) -> impl Iterator<Item = (Address, Dependency)> {
    let first = Edge { from, to: Address::column(Oid::NONE, 0), kind: Dependency::Normal };
    set.range(first..).take_while(move |edge| edge.from == from).map(|edge| (edge.to, edge.kind))
}
