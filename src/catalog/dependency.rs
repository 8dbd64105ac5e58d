//! What depends on what (manual, `pg_depend`).
//!
//! Invariant: an edge stands in both directions, and only between objects that are there; dropping an object takes its edges along.

use super::Address;

/// How an object depends on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dependency {
    /// The other can't be dropped unless CASCADE takes this along.
    Normal,
    /// It goes with the other, CASCADE or not.
    Auto,
    /// It is a part of the other: dropped by itself it is refused, and goes with the other. A view's rule, a constraint's index.
    Internal,
    /// Of a partition's part, on the partition's own table.
    PartitionPrimary,
    /// Of a partition's part, on the partitioned table's part.
    PartitionSecondary,
    /// It is a member of an extension.
    Extension,
    /// ALTER … DEPENDS ON EXTENSION: it goes with the extension.
    AutoExtension,
}

/// That one depends on another, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// Where the edge is looked for: the dependent one in one direction, what it depends on in the other.
    pub from: Address,
    /// The other end.
    pub to: Address,
    /// How.
    pub kind: Dependency,
}
