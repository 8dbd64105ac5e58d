//! Extensions. Their members are facts of floor 3, except for the types and relations that they bring, which are objects.

use crate::catalog::object::Name;

/// An extension.
#[derive(Debug, Clone, PartialEq)]
pub struct Extension {
    /// The version that was asked for; none for the default one.
    pub version: Option<Name>,
    /// Whether floor 3 knows what it brings.
    pub known: bool,
}
