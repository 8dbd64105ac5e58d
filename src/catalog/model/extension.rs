//! Extensions. Their members are facts of floor 3, except for the types and relations that they bring, which are objects.

use serde::{Deserialize, Serialize};

use crate::catalog::Oid;
use crate::catalog::object::Name;

/// An extension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Extension {
    /// The schema that its members are in; none where they are in schemas of their own.
    pub schema: Option<Oid>,
    /// The version that was asked for; none for the default one.
    pub version: Option<Name>,
    /// Whether floor 3 knows what it brings.
    pub known: bool,
    /// Whether it is only there if the server offers it, because code goes on where it does not.
    pub optional: bool,
}
