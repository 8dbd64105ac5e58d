//! How rows are spread over partitions, and which rows one takes.

use migration_lint::syntax::tree::{PartitionBound, PartitionBoundKind, PartitionBy, PartitionStrategy};

use super::words::{Words, list};

impl Words<'_> {
    /// `bound …`: how many values, since they are expressions.
    pub fn bound(self, bound: &PartitionBound) -> String {
        match &bound.kind {
            PartitionBoundKind::Default => "bound default".to_owned(),
            PartitionBoundKind::List(values) => format!("bound list {}", values.len()),
            PartitionBoundKind::Range(from, to) => format!("bound range {} {}", from.len(), to.len()),
            PartitionBoundKind::Hash(hash) => {
                format!("bound hash modulus={} remainder={}", self.number(hash.modulus), self.number(hash.remainder))
            }
        }
    }

    /// The strategy and its keys.
    pub fn partition_by(self, by: &PartitionBy) -> String {
        let strategy = match by.strategy.value {
            PartitionStrategy::List => "list",
            PartitionStrategy::Range => "range",
            PartitionStrategy::Hash => "hash",
        };
        let keys = by.keys.iter().map(|key| {
            let collation = key.collation.map_or(String::new(), |collation| format!(" collate {}", self.name(collation.value)));
            let class = key.class.map_or(String::new(), |class| format!(" opclass {}", self.name(class)));
            format!("{}{collation}{class}", self.key_subject(key.subject))
        });
        format!("{strategy} {}", list(keys))
    }
}
