//! What one object of a catalog refers to another by: numbers, as in PostgreSQL, so that a rename changes one place only.

use serde::{Deserialize, Serialize};

/// An object of a catalog. A number is never given twice within one history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Oid(pub(super) u32);

impl Oid {
    /// Stands for no object: the scope of what lives in none.
    pub const NONE: Oid = Oid(0);
    /// The schema `pg_catalog`, whose objects are facts of floor 3 and stand in no catalog.
    pub const PG_CATALOG: Oid = Oid(1);
    /// The schema `information_schema`, likewise.
    pub const INFORMATION_SCHEMA: Oid = Oid(2);
    /// The session's schema of temporary objects.
    pub const PG_TEMP: Oid = Oid(3);
    /// The first number that is given to an object.
    pub(super) const FIRST: Oid = Oid(16);
}

/// The number of a column: from 1, in the order in which the table got them. A dropped column's is not given again.
pub type ColumnNumber = i16;

/// An object, or a column of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Address {
    /// The object.
    pub object: Oid,
    /// The column; 0 for the object as a whole.
    pub column: ColumnNumber,
}

impl Address {
    /// The object as a whole.
    pub const fn whole(object: Oid) -> Self {
        Self { object, column: 0 }
    }

    /// A column of a relation.
    pub const fn column(object: Oid, column: ColumnNumber) -> Self {
        Self { object, column }
    }
}

impl From<Oid> for Address {
    fn from(object: Oid) -> Self {
        Address::whole(object)
    }
}
