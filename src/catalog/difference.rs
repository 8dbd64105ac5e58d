//! What is different between two catalogs.

use std::fmt;

use super::store::Catalog;

/// Something that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Whether it is known to be different.
    pub certainty: Certainty,
    /// What, as a clause.
    pub text: String,
}

/// Whether something is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Certainty {
    Certain,
    Possible,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// What `after` has otherwise than `before`.
pub fn differences(_before: &Catalog, _after: &Catalog) -> Vec<Difference> {
    Vec::new()
}
