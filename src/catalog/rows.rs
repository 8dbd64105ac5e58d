//! The rows that a history puts into its tables, as far as it shows them.
//!
//! A verdict is about a database that holds exactly what the history put there, so a table begins empty and stays empty until something
//! writes to it. Rows are kept up to a bound; beyond it, and where a value can't be told, they are unknown.

use std::collections::BTreeMap;
use std::sync::Arc;

use imbl::Vector;

use super::ColumnNumber;

/// What a table holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Contents {
    /// Exactly these rows.
    Rows(Vector<Row>),
    /// Nobody can tell, and why.
    Unknown(Arc<str>),
}

/// A row: its values by column. A column that was added later, and has no value here, is NULL.
pub type Row = Arc<BTreeMap<ColumnNumber, Value>>;

/// A value, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// NULL
    Null,
    /// true or false
    Boolean(bool),
    /// A number, as it is written.
    Number(Arc<str>),
    /// A text, and whatever else is written as a string.
    Text(Arc<str>),
    /// An array.
    Array(Vec<Value>),
    /// A row, or a record.
    Record(Vec<(Arc<str>, Value)>),
    /// It is not null, and what it is can't be told.
    NotNull,
    /// Nobody can tell.
    Unknown,
}
