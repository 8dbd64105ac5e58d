//! Indexes; an index is a relation.

use serde::{Deserialize, Serialize};

use crate::catalog::expression::Stored;
use crate::catalog::object::Name;
use crate::catalog::{ColumnNumber, Oid};

use super::{KeySubject, Options};

/// An index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Index {
    /// Its table.
    pub table: Oid,
    /// `btree`, `gin` …
    pub method: Name,
    /// In order.
    pub keys: Vec<IndexKey>,
    /// INCLUDE, in order.
    pub include: Vec<ColumnNumber>,
    /// UNIQUE
    pub unique: bool,
    /// Whether it backs a primary key.
    pub primary: bool,
    /// NULLS NOT DISTINCT
    pub nulls_not_distinct: bool,
    /// WHERE
    pub predicate: Option<Stored>,
    /// The constraint that it backs.
    pub constraint: Option<Oid>,
    /// Whether queries may use it: not so while CONCURRENTLY has failed, or of a partitioned table's ONLY index.
    pub valid: bool,
    /// The index of the partitioned table that it is a partition of.
    pub parent: Option<Oid>,
    /// Whether it refuses a duplicate at once: not so while its constraint may be checked later.
    pub immediate: bool,
    /// What its columns are called, INCLUDE's among them: by what they are, or by a function, or `expr`. The names of a partition's indexes
    /// come from them.
    pub column_names: Vec<Name>,
}

/// A key of an index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndexKey {
    /// What is indexed.
    pub subject: KeySubject,
    /// The collation, if not the column's.
    pub collation: Option<Name>,
    /// The operator class, if not the type's default.
    pub class: Option<Name>,
    /// Its options.
    pub class_options: Options,
    /// DESC
    pub descending: bool,
    /// NULLS FIRST
    pub nulls_first: bool,
    /// The operator of an exclusion constraint.
    pub exclusion: Option<Name>,
}

impl Index {
    /// Whether it compares by operators of its own: those of EXCLUDE, or of WITHOUT OVERLAPS.
    pub fn is_exclusion(&self) -> bool {
        self.keys.iter().any(|key| key.exclusion.is_some())
    }

    /// The columns that it indexes, as far as its keys are columns, in order.
    pub fn columns(&self) -> impl Iterator<Item = Option<ColumnNumber>> {
        self.keys.iter().map(|key| match key.subject {
            KeySubject::Column(column) => Some(column),
            KeySubject::Expression(_) => None,
        })
    }
}
