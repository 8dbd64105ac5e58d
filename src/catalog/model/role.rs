//! Roles, which belong to the cluster and not to the database.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalog::object::Name;

use super::Options;

/// A role.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Role {
    /// What is said of it: `LOGIN`, `CONNECTION LIMIT` …
    pub options: Options,
    /// The roles that it is a member of, with the options of each membership.
    pub member_of: BTreeMap<Name, Options>,
    /// ALTER ROLE … SET.
    pub settings: Options,
}
