//! What puts its rows into a table once more where a migration is run a second time.

use std::collections::BTreeSet;

use crate::catalog::describe::qualified;
use crate::catalog::object::Name;
use crate::catalog::rows::Contents;
use crate::catalog::run::World;
use crate::catalog::store::Catalog;
use crate::catalog::{Oid, Origin};

use super::{Applied, Direction, stepwise};

/// A table that has more rows after the second run, and a statement that put some of them there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// The statement, by its place in the script.
    pub statement: usize,
    /// The table's name.
    pub name: Name,
    /// The same with its schema: `public.t`.
    pub table: String,
    /// How many rows it has after one run.
    pub once: usize,
    /// How many it has after two.
    pub twice: usize,
    /// What made the table.
    pub origin: Origin,
}

/// What the second run of a migration that applies doubles, as far as all rows of the table are known.
pub fn repeats(world: &World<'_>, applied: &Applied, up: Direction<'_>, index: u32) -> Vec<Repeat> {
    let mut grown: BTreeSet<(usize, Oid)> = BTreeSet::new();
    let end = stepwise(world, &applied.after, up, index, &mut |at, before, after| {
        let tables = after.rows.diff(&before.rows).map(|item| match item {
            imbl::ordmap::DiffItem::Add(oid, _) | imbl::ordmap::DiffItem::Remove(oid, _) => *oid,
            imbl::ordmap::DiffItem::Update { old: (oid, _), .. } => *oid,
        });
        for table in tables {
            if count(before, table).zip(count(after, table)).is_some_and(|(before, after)| before < after) {
                grown.insert((at, table));
            }
        }
    });
    let found = grown.into_iter().filter_map(|(statement, table)| {
        let (once, twice) = count(&applied.after, table).zip(count(&end, table))?;
        let object = end.get(table).filter(|_| once > 0 && once < twice)?;
        let (name, origin) = (Name::clone(&object.name), object.origin);
        Some(Repeat { statement, name, table: qualified(&end, table), once, twice, origin })
    });
    found.collect()
}

/// How many rows a table has, if that is known.
fn count(catalog: &Catalog, table: Oid) -> Option<usize> {
    match catalog.rows.get(&table) {
        None => Some(0),
        Some(Contents::Rows(rows)) => Some(rows.len()),
        Some(Contents::Unknown(_)) => None,
    }
}
