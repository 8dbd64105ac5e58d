//! What is particular to each kind of object: one file a kind, values only.
//!
//! Everything that PostgreSQL stores and `pg_dump` writes has a field; what it derives has none. A missing clause is stored as what it means:
//! `NO ACTION`, ascending, btree. Objects refer to each other by [`Oid`](super::Oid) and column number, never by name.

mod constraint;
mod extension;
mod index;
mod operator;
mod privilege;
mod publication;
mod relation;
mod role;
mod routine;
mod sequence;
mod statistics;
mod trigger;
mod types;

pub use constraint::*;
pub use extension::*;
pub use index::*;
pub use operator::*;
pub use privilege::*;
pub use publication::*;
pub use relation::*;
pub use role::*;
pub use routine::*;
pub use sequence::*;
pub use statistics::*;
pub use trigger::*;
pub use types::*;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Options by name: storage parameters, options of foreign objects, settings of roles.
pub type Options = BTreeMap<Arc<str>, Arc<str>>;

/// The definition of an object of which nothing but its text matters here: option by option, normalised as far as PostgreSQL does.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Definition {
    /// What it says.
    pub options: Options,
}
