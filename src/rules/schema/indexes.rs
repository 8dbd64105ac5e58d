//! The indexes of a history's own tables, and which of them could stand for which.
//!
//! Two keys are the same where PostgreSQL deparses them alike; where nobody can tell, they are not.

use crate::catalog::expression::Stored;
use crate::catalog::expression::canonical::{Sameness, compare};
use crate::catalog::model::{Index, IndexKey, KeySubject, ReplicaIdentity};
use crate::catalog::{Catalog, Class, ColumnNumber, Object, Oid, Origin, Standing};
use crate::rules::{HistoryContext, OwnTable};

use super::tables;

/// An index that a migration made, on one of the history's own tables.
#[derive(Clone, Copy)]
pub(super) struct OwnIndex<'c> {
    pub(super) table: OwnTable<'c>,
    pub(super) oid: Oid,
    pub(super) object: &'c Object,
    pub(super) index: &'c Index,
}

/// The indexes of each table, those that matter most first: the primary key's, those of constraints, the older ones.
pub(super) fn indexes<'c>(cx: &HistoryContext<'c>) -> Vec<Vec<OwnIndex<'c>>> {
    let of = |table: OwnTable<'c>| {
        let mut own: Vec<OwnIndex<'c>> = cx
            .end
            .indexes(table.oid)
            .filter_map(|(oid, index)| Some(OwnIndex { table, oid, object: cx.end.get(oid)?, index }))
            .filter(|one| one.object.standing == Standing::Made && one.index.parent.is_none() && one.index.valid)
            .collect();
        own.sort_by_key(OwnIndex::rank);
        own
    };
    tables(cx).map(of).collect()
}

impl<'c> OwnIndex<'c> {
    fn rank(&self) -> (bool, bool, Origin, Oid) {
        (!self.index.primary, self.index.constraint.is_none(), self.object.origin, self.oid)
    }

    /// Whether it is the same index once more.
    pub(super) fn repeats(&self, catalog: &Catalog, other: &OwnIndex<'c>) -> bool {
        let (a, b) = (self.index, other.index);
        a.unique == b.unique
            && a.immediate == b.immediate
            && a.nulls_not_distinct == b.nulls_not_distinct
            && a.method == b.method
            && a.keys.len() == b.keys.len()
            && a.keys.iter().zip(&b.keys).all(|(a, b)| is_same_key(catalog, a, b))
            && sorted(&a.include) == sorted(&b.include)
            && is_same_predicate(catalog, a, b)
    }

    /// Whether `other` finds whatever it finds, and it demands nothing itself.
    pub(super) fn is_covered_by(&self, catalog: &Catalog, other: &OwnIndex<'c>) -> bool {
        let (a, b) = (self.index, other.index);
        let covers = |column: &ColumnNumber| b.include.contains(column) || b.columns().any(|key| key == Some(*column));
        let leading = || a.keys.iter().zip(&b.keys);
        !a.unique
            && a.constraint.is_none()
            && &*a.method == "btree"
            && &*b.method == "btree"
            && a.keys.len() <= b.keys.len()
            && (leading().all(|(a, b)| is_same_key(catalog, a, b)) || leading().all(|(a, b)| is_reversed(catalog, a, b)))
            && a.include.iter().all(covers)
            // What an index only includes makes it larger, and keeps equal keys from being stored once.
            && b.include.iter().all(|column| a.include.contains(column))
            && is_same_predicate(catalog, a, b)
            && !self.has_a_use_of_its_own()
    }

    fn has_a_use_of_its_own(&self) -> bool {
        self.table.relation.clustered_on == Some(self.oid) || self.table.relation.replica_identity == ReplicaIdentity::Index(self.oid)
    }

    /// What messages call it: the constraint that it stands for, or the index.
    pub(super) fn described(&self, catalog: &Catalog) -> String {
        let constraint = self.index.constraint.and_then(|oid| catalog.get(oid));
        match constraint {
            Some(constraint) if self.index.primary => format!("the primary key `{}`", constraint.name),
            Some(constraint) => format!("constraint `{}`", constraint.name),
            None => format!("index `{}`", self.object.name),
        }
    }

    /// The statement that takes it away.
    pub(super) fn drop_sql(&self, cx: &HistoryContext<'_>) -> String {
        let name = crate::catalog::describe::name;
        match self.index.constraint.and_then(|oid| cx.end.get(oid)) {
            Some(constraint) => {
                format!("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {};", cx.shown(self.table.oid), name(&constraint.name))
            }
            None if self.table.schema == "public" => format!("DROP INDEX IF EXISTS {};", name(&self.object.name)),
            None => format!("DROP INDEX IF EXISTS {}.{};", name(self.table.schema), name(&self.object.name)),
        }
    }

    /// The column with this number.
    pub(super) fn column_name(&self, number: ColumnNumber) -> &'c str {
        self.table.relation.column_at(number).map_or("", |column| &*column.name)
    }
}

/// Whether both keys sort the same values in the same order.
fn is_same_key(catalog: &Catalog, a: &IndexKey, b: &IndexKey) -> bool {
    is_same_subject(catalog, a, b) && a.descending == b.descending && a.nulls_first == b.nulls_first
}

/// Whether one key sorts as the other does from its end.
fn is_reversed(catalog: &Catalog, a: &IndexKey, b: &IndexKey) -> bool {
    is_same_subject(catalog, a, b) && a.descending != b.descending && a.nulls_first != b.nulls_first
}

/// Whether both keys are of the same values, compared in the same way.
pub(super) fn is_same_subject(catalog: &Catalog, a: &IndexKey, b: &IndexKey) -> bool {
    let is_same_value = match (&a.subject, &b.subject) {
        (KeySubject::Column(a), KeySubject::Column(b)) => a == b,
        (KeySubject::Expression(a), KeySubject::Expression(b)) => is_same(catalog, a, b),
        _ => false,
    };
    is_same_value && a.collation == b.collation && a.class == b.class && a.class_options == b.class_options && a.exclusion == b.exclusion
}

fn is_same_predicate(catalog: &Catalog, a: &Index, b: &Index) -> bool {
    match (&a.predicate, &b.predicate) {
        (None, None) => true,
        (Some(a), Some(b)) => is_same(catalog, a, b),
        _ => false,
    }
}

fn is_same(catalog: &Catalog, a: &Stored, b: &Stored) -> bool {
    compare(catalog, a, catalog, b) == Sameness::Same
}

fn sorted(columns: &[ColumnNumber]) -> Vec<ColumnNumber> {
    let mut columns = columns.to_vec();
    columns.sort_unstable();
    columns
}

/// Whether a table's parts of this class may be looked at: they belong to the table itself, and to no whole that it is a part of.
pub(super) fn own_constraints<'c>(
    cx: &HistoryContext<'c>,
    table: &OwnTable<'c>,
) -> impl Iterator<Item = (&'c Object, &'c crate::catalog::model::Constraint)> {
    let parts = cx.end.parts(table.oid, Class::Constraint).filter_map(|(_, object)| Some((object, object.constraint()?)));
    parts.filter(|(object, constraint)| object.standing == Standing::Made && constraint.parent.is_none() && constraint.local)
}
