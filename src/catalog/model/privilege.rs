//! Who may do what: access control lists, and the privileges that new objects will have.

use std::collections::BTreeMap;

use crate::catalog::object::Name;

/// The access control list of an object: what each grantee may do beside its owner, who may do everything.
///
/// It is stored as the difference from nothing: for an object whose kind gives PUBLIC something by default, that stands in it too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Privileges {
    /// By grantee (`public` for PUBLIC) and privilege (`SELECT`); whether it may be granted on.
    pub grants: BTreeMap<(Name, &'static str), GrantOption>,
    /// What the owner has given up of its own rights.
    pub owner_lacks: Vec<&'static str>,
}

/// Whether a privilege may be granted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GrantOption {
    /// No.
    Without,
    /// WITH GRANT OPTION
    With,
}
