//! Extended statistics.

use serde::{Deserialize, Serialize};

use crate::catalog::Oid;
use crate::catalog::object::Name;

use super::KeySubject;

/// Extended statistics of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// The table.
    pub table: Oid,
    /// `ndistinct`, `dependencies`, `mcv`, sorted; all of them if none is written.
    pub kinds: Vec<Name>,
    /// On what.
    pub keys: Vec<KeySubject>,
    /// SET STATISTICS
    pub target: Option<i32>,
}
