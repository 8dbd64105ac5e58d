//! What a migration drops or rewrites of what others of the same change have built.
//!
//! Only what costs something to build counts: tables, materialized views, columns, indexes, constraints. What goes because something else goes
//! that counts itself is not named.

use std::collections::BTreeSet;

use crate::catalog::describe;
use crate::catalog::model::{ConstraintKind, Index, RelationKind};
use crate::catalog::object::{Body, Object, Origin, Standing};
use crate::catalog::run::World;
use crate::catalog::store::Catalog;
use crate::catalog::{Address, ColumnNumber, Oid};

use super::{Direction, stepwise};

/// Something that was built for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waste {
    /// The statement that drops or rewrites it, by its place in the script.
    pub statement: usize,
    /// What: `index public.i`.
    pub object: String,
    /// What becomes of it.
    pub fate: Fate,
    /// What built it.
    pub origin: Origin,
}

/// What becomes of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is dropped.
    Dropped,
    /// A column gets another type.
    Retyped,
}

/// What a migration that applies drops or rewrites of what migrations have built that `is_of_change` says belong to the same change.
pub fn waste(world: &World<'_>, before: &Catalog, up: Direction<'_>, index: u32, is_of_change: &dyn Fn(u32) -> bool) -> Vec<Waste> {
    let is_built = |origin: Origin| origin.migration.is_some_and(|migration| migration != index && is_of_change(migration));
    let mut steps: Vec<(usize, Catalog, Catalog)> = Vec::new();
    let end = stepwise(world, before, up, index, &mut |at, old, new| {
        if old.changed(new).iter().any(|oid| old.get(*oid).is_some()) {
            steps.push((at, old.clone(), new.clone()));
        }
    });
    let mut found = Vec::new();
    for (statement, old, new) in &steps {
        let step = Step { before, old, new, end: &end, is_built: &is_built };
        found.extend(step.waste().into_iter().map(|(object, fate, origin)| Waste { statement: *statement, object, fate, origin }));
    }
    found
}

/// One statement.
struct Step<'c> {
    /// What the migration began with.
    before: &'c Catalog,
    old: &'c Catalog,
    new: &'c Catalog,
    /// What the migration leaves.
    end: &'c Catalog,
    is_built: &'c dyn Fn(Origin) -> bool,
}

impl Step<'_> {
    fn waste(&self) -> Vec<(String, Fate, Origin)> {
        let touched: BTreeSet<Oid> = self.old.changed(self.new).into_iter().collect();
        let was = |oid: &Oid| Some((*oid, self.old.get(*oid).filter(|object| object.standing == Standing::Made)?));
        let mut found = Vec::new();
        for (oid, object) in touched.iter().filter_map(was) {
            if self.end.get(oid).is_some() {
                self.columns(&mut found, oid, object);
            } else if (self.is_built)(object.origin) && self.is_costly(object) && !self.goes_along(object) && !self.is_made_again(object) {
                let identity = describe::identity(self.old, oid);
                found.extend(identity.map(|identity| (identity.to_string(), Fate::Dropped, object.origin)));
            }
        }
        found
    }

    fn columns(&self, found: &mut Vec<(String, Fate, Origin)>, table: Oid, object: &Object) {
        let Some(relation) = object.relation().filter(|relation| relation.is_table()) else { return };
        for column in relation.columns.iter().filter(|column| (self.is_built)(column.origin) && column.inherited == 0) {
            let address = Address::column(table, column.number);
            let fate = match (self.new.column(address), self.end.column(address)) {
                (None, None) => Fate::Dropped,
                (Some(new), Some(_)) if new.ty != column.ty && new.ty.is_some() && column.ty.is_some() => Fate::Retyped,
                _ => continue,
            };
            let identity = describe::identity_of_column(self.old, address);
            found.extend(identity.map(|identity| (identity.to_string(), fate, column.origin)));
        }
    }

    /// Whether building it takes more than an entry in the system catalogs.
    fn is_costly(&self, object: &Object) -> bool {
        match &object.body {
            Body::Relation(relation) => match &relation.kind {
                RelationKind::Table => relation.parents.is_empty(),
                RelationKind::MaterializedView(_) => true,
                RelationKind::Index(index) => index.constraint.is_none() && index.parent.is_none(),
                _ => false,
            },
            // A CHECK that a column is not null is how NOT NULL is added without a long lock, and goes when that is there.
            Body::Constraint(constraint) => match &constraint.kind {
                ConstraintKind::Check(_) => !constraint.columns.iter().any(|column| self.becomes_not_null(object.of, *column)),
                ConstraintKind::NotNull | ConstraintKind::Trigger(_) => false,
                _ => constraint.parent.is_none(),
            },
            _ => false,
        }
    }

    fn becomes_not_null(&self, table: Option<Oid>, column: ColumnNumber) -> bool {
        let Some(address) = table.map(|table| Address::column(table, column)) else { return false };
        let is_not_null = |catalog: &Catalog| catalog.column(address).is_some_and(|column| column.not_null);
        !is_not_null(self.before) && is_not_null(self.end)
    }

    /// Whether what it is a part of, or one of its columns, goes with the same statement and counts itself.
    fn goes_along(&self, object: &Object) -> bool {
        let Some(of) = object.of else { return false };
        let Some(holder) = self.old.get(of) else { return false };
        if self.new.get(of).is_none() {
            return (self.is_built)(holder.origin);
        }
        let columns: Vec<ColumnNumber> = match &object.body {
            Body::Constraint(constraint) => constraint.columns.clone(),
            Body::Relation(relation) => relation.index().into_iter().flat_map(Index::columns).flatten().collect(),
            _ => Vec::new(),
        };
        let goes = |number: &ColumnNumber| {
            let address = Address::column(of, *number);
            let built = self.old.column(address).is_some_and(|column| (self.is_built)(column.origin));
            built && self.new.column(address).is_none()
        };
        columns.iter().any(goes)
    }

    /// Whether the statement makes it anew, as a change of a type does to the indexes on a column.
    fn is_made_again(&self, object: &Object) -> bool {
        let class = object.body.class();
        match (object.of, object.schema) {
            (Some(of), _) => self.new.part(of, class, &object.name).is_some(),
            (None, Some(schema)) => !self.new.named(class, schema, &object.name).is_empty(),
            (None, None) => false,
        }
    }
}
