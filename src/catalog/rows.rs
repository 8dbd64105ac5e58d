//! The rows that a history puts into its tables, as far as it shows them.
//!
//! A verdict is about a database that holds exactly what the history put there, so a table begins empty and stays empty until something
//! writes to it. Rows are kept up to a bound; beyond it, and where a value can't be told, they are unknown.

use std::collections::BTreeMap;
use std::sync::Arc;

use imbl::Vector;
use serde::{Deserialize, Serialize};

use super::object::Class;
use super::{ColumnNumber, Oid};

/// What a table holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Contents {
    /// Exactly these rows.
    Rows(Vector<Row>),
    /// Nobody can tell, and why.
    Unknown(Arc<str>),
}

/// A row: its values by column. A column that was added later, and has no value here, is NULL.
pub type Row = Arc<BTreeMap<ColumnNumber, Value>>;

/// A value, as far as it is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// NULL
    Null,
    /// true or false
    Boolean(bool),
    /// A number, as it is written.
    Number(Arc<str>),
    /// A text.
    Text(Arc<str>),
    /// A value of another type, of which two are equal exactly if they are spelled alike: a label of an enum, a UUID.
    Exact(Arc<str>),
    /// A value of any other type, in one of its spellings: values that are spelled alike are equal, and others may be so too.
    Spelled(Arc<str>),
    /// A time of the day that is so many days after the one on which the migration runs; two that are called alike are the same.
    Sometime(Arc<str>, i32),
    /// An array.
    Array(Vec<Value>),
    /// A row, or a record.
    Record(Vec<(Arc<str>, Value)>),
    /// The number of an object, perhaps as a value of `regclass` and its kin. The numbers are ours and not those of any server.
    Object(Reference, u32),
    /// Something of an object that may be there although the history does not show it.
    Elsewhere(Elsewhere),
    /// A value that was made up, and is like no other: a random UUID.
    Fresh(u32),
    /// It is not null, and what it is can't be told.
    NotNull,
    /// Nobody can tell.
    Unknown,
}

/// As what an object's number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reference {
    /// `oid`
    Oid,
    /// `regclass`
    Class,
    /// `regtype`
    Type,
    /// `regnamespace`
    Namespace,
    /// `regproc`
    Routine,
    /// `regprocedure`
    Procedure,
    /// `regrole`
    Role,
}

/// What is not known of an object that the history does not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Elsewhere {
    /// Its name: none that is taken in that schema, and none that the history would have to make.
    Name(Class, Oid),
    /// The name of a column that a relation may have besides those that are known.
    Column(Oid),
    /// Its number: none of an object that is known.
    Number,
}
