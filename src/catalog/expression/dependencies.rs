//! What keeps what a stored expression uses from being dropped (PostgreSQL's `recordDependencyOnExpr`, `recordDependencyOnSingleRelExpr`).

use std::sync::Arc;

use super::{Completeness, Stored, Use, Used};
use crate::catalog::store::Catalog;
use crate::catalog::{Address, ColumnNumber, Dependency, Oid};

/// Notes that `dependent` depends on everything that `stored` uses: on the columns of `own`, the relation that the expression belongs to, so
/// that it goes with them, on the rest so that it stands in their way.
pub fn link(catalog: &mut Catalog, dependent: impl Into<Address>, stored: &Stored, own: Option<Oid>) {
    let dependent = dependent.into();
    for used in stored.uses.iter() {
        let on = used.what.address();
        let kind = if own == Some(on.object) { Dependency::Auto } else { Dependency::Normal };
        catalog.link(dependent, on, kind);
    }
}

impl Stored {
    /// The columns of `relation` that it names, in the order of their numbers, each once.
    pub fn columns_of(&self, relation: Oid) -> Vec<ColumnNumber> {
        let used = self.uses.iter().filter_map(|used| match used.what {
            Used::Column(address) if address.object == relation => Some(address.column),
            _ => None,
        });
        let mut columns: Vec<ColumnNumber> = used.collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// Whether `uses` are all.
    pub fn is_whole(&self) -> bool {
        self.completeness == Completeness::Whole
    }

    /// The same expression for another relation: what was of `from` is of `to`, its columns by what `column` makes of their numbers.
    pub fn moved(&self, from: Oid, to: Oid, column: impl Fn(ColumnNumber) -> Option<ColumnNumber>) -> Stored {
        let moved = self.uses.iter().map(|used| {
            let what = match used.what {
                Used::Column(address) if address.object == from => {
                    Used::Column(Address::column(to, column(address.column).unwrap_or(address.column)))
                }
                Used::Relation(oid) if oid == from => Used::Relation(to),
                other => other,
            };
            Use { what, ..used.clone() }
        });
        Stored { uses: moved.collect::<Arc<[Use]>>(), ..self.clone() }
    }
}
