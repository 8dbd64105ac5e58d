//! Whether two stored expressions or queries are the same: PostgreSQL keeps trees and deparses them, so that different texts may be one.

use super::Stored;
use crate::catalog::store::Catalog;

/// How two texts compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// PostgreSQL deparses both alike.
    Same,
    /// It does not.
    Different,
    /// Nobody can tell.
    Unknown,
}

/// Compares `a`, as `in_a` knows its names, with `b`, as `in_b` does.
pub fn compare(_in_a: &Catalog, a: &Stored, _in_b: &Catalog, b: &Stored) -> Sameness {
    if a.text == b.text { Sameness::Same } else { Sameness::Unknown }
}
