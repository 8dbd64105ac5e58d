//! Tables and views that PostgreSQL or an extension brings, and composite types, with their columns (manual, 37, 53 and 54).

use crate::syntax::Version;

use super::table::{Keyed, Row};
use super::versions::Versions;

/// A relation, or a composite type.
#[derive(Debug, Clone)]
pub struct RelationFact {
    /// Its name; with its schema if that is neither `pg_catalog` nor the one that its extension was put into.
    pub name: &'static str,
    /// What it is.
    pub kind: RelationKind,
    columns: &'static [ColumnFact],
    /// The versions that have it.
    pub versions: Versions,
}

impl RelationFact {
    /// Its columns in every version.
    #[cfg(test)]
    pub(super) fn all_columns(&self) -> &'static [ColumnFact] {
        self.columns
    }

    /// Its columns in a version, in their order, without those that all tables have (`ctid`, `xmin`, …).
    pub fn columns(&self, version: Version) -> impl Iterator<Item = &'static ColumnFact> + Clone {
        self.columns.iter().filter(move |column| column.versions.contains(version))
    }
}

/// A column of a relation.
#[derive(Debug, Clone)]
pub struct ColumnFact {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub type_name: &'static str,
    /// The versions that have it as it is here; where they are those of its relation, they may say more than that.
    pub versions: Versions,
}

/// What a relation is (`relkind`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationKind {
    /// A table.
    Table,
    /// A partitioned table.
    Partitioned,
    /// A view.
    View,
    /// A materialized view.
    MaterializedView,
    /// A sequence; its columns are not told.
    Sequence,
    /// A composite type.
    Composite,
    /// A foreign table.
    Foreign,
}

impl RelationKind {
    const ALL: [RelationKind; 7] = [
        RelationKind::Table,
        RelationKind::Partitioned,
        RelationKind::View,
        RelationKind::MaterializedView,
        RelationKind::Sequence,
        RelationKind::Composite,
        RelationKind::Foreign,
    ];

    /// What the data call it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            RelationKind::Table => "table",
            RelationKind::Partitioned => "partitioned",
            RelationKind::View => "view",
            RelationKind::MaterializedView => "materialized",
            RelationKind::Sequence => "sequence",
            RelationKind::Composite => "composite",
            RelationKind::Foreign => "foreign",
        }
    }
}

impl Row for RelationFact {
    fn read(source: &'static str) -> Vec<Self> {
        let mut columns = Vec::new();
        let mut read: Vec<(RelationFact, usize)> = Vec::new();
        for line in source.lines() {
            let (line, versions) = Versions::of_line(line);
            match line.strip_prefix(' ') {
                Some(column) => {
                    let (name, type_name) = column.split_once(' ').unwrap_or((column, ""));
                    columns.push(ColumnFact { name, type_name, versions });
                }
                None => read.push((relation(line, versions), columns.len())),
            }
        }
        // All columns are one piece of memory, which lives as long as the facts: as long as the program.
        let columns: &'static [ColumnFact] = columns.leak();
        let mut end = columns.len();
        for (relation, start) in read.iter_mut().rev() {
            relation.columns = &columns[*start..end];
            end = *start;
        }
        read.into_iter().map(|(relation, _)| relation).collect()
    }

    fn versions(&self) -> Versions {
        self.versions
    }
}

impl Keyed for RelationFact {
    fn key(&self) -> &'static str {
        self.name
    }
}

fn relation(line: &'static str, versions: Versions) -> RelationFact {
    let (name, kind) = line.split_once(' ').unwrap_or((line, ""));
    let kind = RelationKind::ALL.into_iter().find(|known| known.word() == kind).unwrap_or(RelationKind::Table);
    RelationFact { name, kind, columns: &[], versions }
}
