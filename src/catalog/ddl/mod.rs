//! A catalog, or the difference of two, as DDL.
//!
//! [`schema`] writes what makes a catalog out of a database that has just been made, [`change`] what makes one catalog of another: what was
//! added is dropped, what was changed is changed back, and what was dropped is made again from its definition. Invariants: names are
//! qualified and in quotes where they need them, so that statements mean the same under any `search_path`; nothing is dropped with CASCADE;
//! a statement stands behind everything that it needs; and what no statement brings back is told ([`Loss`]), not passed over.
//!
//! ```text
//! name, stored   names and kept expressions as they are written        create   making objects
//! said           owners, privileges, comments                          alter    changing them, property by property
//! rename         the same object under another name                    destroy  taking them away
//! plan           what has to be made, changed and taken away           nodes    as statements, with what each needs
//! order, rank    in which order                                        loss     what they don't bring back
//! ```

mod alter;
mod create;
mod destroy;
mod kin;
mod loss;
mod name;
mod nodes;
mod order;
mod plan;
mod rank;
mod rename;
mod said;
mod stored;
#[cfg(test)]
mod tests;

use std::fmt;

use super::describe::Identity;
use super::store::Catalog;
use super::{Address, Oid};

pub use create::Repeat;
pub(in crate::catalog) use create::{constraint_text, key_text, trigger_text};
pub(in crate::catalog) use stored::text as expression_text;

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its text, without a semicolon.
    pub sql: String,
    /// What it makes, changes or takes away.
    pub object: Identity,
}

/// Something that no statement brings back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// Of what.
    pub object: Identity,
    /// What is lost, and why.
    pub why: String,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.object, self.why)
    }
}

/// What makes one catalog of another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// In the order in which they have to be run.
    pub statements: Vec<Step>,
    /// What they do not bring back.
    pub lossy: Vec<Loss>,
}

/// What makes `end` of `start`, which was there before; written as `pg_dump` writes it, statements of tables before those of what stands on
/// them. Functions that name in their text what is made after them need `check_function_bodies` to be off.
pub fn schema(start: &Catalog, end: &Catalog) -> Vec<Step> {
    plan::Plan::new(start, end, Repeat::Once).changes().statements
}

/// The statements that make an object of a catalog, without those of its parts that are written by themselves.
pub fn definition(catalog: &Catalog, oid: Oid) -> Vec<String> {
    create::object(catalog, oid, Repeat::Once)
}

/// A column as a table's definition writes it; none if it is not there.
pub fn definition_of_column(catalog: &Catalog, address: Address) -> Option<String> {
    Some(create::column_definition(catalog, address.object, catalog.column(address)?))
}

/// What makes `to` of `from`, one of which was made from the other; a statement may be run twice where PostgreSQL has a clause for it.
pub fn change(from: &Catalog, to: &Catalog) -> Changes {
    plan::Plan::new(from, to, Repeat::Harmless).changes()
}
