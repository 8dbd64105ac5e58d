//! Constraints of tables and domains, and the expressions of columns.

use serde::{Deserialize, Serialize};

use crate::catalog::expression::Stored;
use crate::catalog::{ColumnNumber, Oid};
use crate::syntax::tree::{Action, Match};

/// A constraint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Constraint {
    /// What it demands.
    pub kind: ConstraintKind,
    /// The columns that it is on, in order; of a CHECK those that its expression names, of a domain's none.
    pub columns: Vec<ColumnNumber>,
    /// DEFERRABLE
    pub deferrable: bool,
    /// INITIALLY DEFERRED
    pub deferred: bool,
    /// Whether all rows are known to fulfil it: not so after NOT VALID.
    pub validated: bool,
    /// Not so after NOT ENFORCED.
    pub enforced: bool,
    /// NO INHERIT
    pub no_inherit: bool,
    /// Whether the table has it of its own, whatever its parents have.
    pub local: bool,
    /// How many parents it comes from.
    pub inherited: u32,
    /// The partitioned table's constraint that it is a partition's part of.
    pub parent: Option<Oid>,
}

/// What a constraint demands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ConstraintKind {
    /// CHECK
    Check(Stored),
    /// NOT NULL, which is a constraint of its own since PostgreSQL 18.
    NotNull,
    /// PRIMARY KEY, with its index.
    PrimaryKey(Oid),
    /// UNIQUE, with its index.
    Unique(Oid),
    /// EXCLUDE, with its index.
    Exclude(Oid),
    /// FOREIGN KEY
    ForeignKey(ForeignKey),
    /// A constraint trigger, with its trigger.
    Trigger(Oid),
}

/// What a foreign key references.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// The referenced table.
    pub table: Oid,
    /// Its columns, in the order of the referencing ones; none known where the table is only assumed.
    pub columns: Vec<ColumnNumber>,
    /// The unique index that it relies on; none where the table is only assumed.
    pub index: Option<Oid>,
    /// MATCH
    pub matching: Match,
    /// ON DELETE
    pub on_delete: Action,
    /// The columns that ON DELETE sets, if not all.
    pub on_delete_columns: Vec<ColumnNumber>,
    /// ON UPDATE
    pub on_update: Action,
    /// PERIOD
    pub period: bool,
}

/// The expression of a column's default, or of a generated column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnDefault {
    /// The column, of the relation that the object is a part of.
    pub column: ColumnNumber,
    /// What it says.
    pub expression: Stored,
}

impl Constraint {
    /// A valid, enforced, immediate constraint of a table's own.
    pub fn new(kind: ConstraintKind, columns: Vec<ColumnNumber>) -> Constraint {
        Constraint {
            kind,
            columns,
            deferrable: false,
            deferred: false,
            validated: true,
            enforced: true,
            no_inherit: false,
            local: true,
            inherited: 0,
            parent: None,
        }
    }

    /// The index behind it.
    pub const fn index(&self) -> Option<Oid> {
        match self.kind {
            ConstraintKind::PrimaryKey(index) | ConstraintKind::Unique(index) | ConstraintKind::Exclude(index) => Some(index),
            _ => None,
        }
    }
}
