//! Who may do what: access control lists, and the privileges that new objects will have.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalog::object::Name;
use crate::catalog::word::{self, Word};

/// The access control list of an object: what each grantee may do beside its owner, who may do everything.
///
/// It is stored as the difference from nothing: for an object whose kind gives PUBLIC something by default, that stands in it too.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Privileges {
    /// By grantee (`public` for PUBLIC) and privilege (`SELECT`); whether it may be granted on.
    #[serde(deserialize_with = "word::of_grants")]
    pub grants: BTreeMap<(Name, Word), GrantOption>,
    /// What the owner has given up of its own rights.
    #[serde(deserialize_with = "word::several")]
    pub owner_lacks: Vec<Word>,
}

/// Whether a privilege may be granted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum GrantOption {
    /// No.
    Without,
    /// WITH GRANT OPTION
    With,
}
