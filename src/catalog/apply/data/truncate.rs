//! TRUNCATE.

use super::table::{self, family};
use super::trigger::{self, Event};
use crate::catalog::Oid;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{ConstraintKind, RelationKind};
use crate::catalog::replay::deed;
use crate::catalog::run::Run;
use crate::syntax::tree::{Behavior, Truncate, TruncateIdentity};

/// TRUNCATE
pub(super) fn apply(run: &mut Run<'_>, text: &str, truncate: &Truncate) -> Result {
    let mut tables: Vec<Oid> = Vec::new();
    for relation in &truncate.relations {
        let oid = run.relation(text, relation.name)?;
        let name = run.catalog.get(oid).map(|object| object.name.clone()).unwrap_or_default();
        match run.catalog.relation(oid).map(|relation| &relation.kind) {
            Some(RelationKind::Table | RelationKind::ForeignTable(..) | RelationKind::Unknown) => {}
            _ => return Err(Stop::fails("42809", format!("\"{name}\" is not a table"), relation.name.span())),
        }
        let is_partitioned = run.catalog.relation(oid).is_some_and(|relation| relation.partitioned.is_some());
        match relation.only {
            Some(only) if is_partitioned => return Err(Stop::fails("42809", "cannot truncate only a partitioned table", only)),
            Some(_) => tables.push(oid),
            None => tables.extend(family(run, oid)),
        }
    }
    let cascade = truncate.behavior.is_some_and(|behavior| matches!(behavior, Behavior::Cascade(_)));
    let mut at = 0;
    while let Some(table) = tables.get(at).copied() {
        at += 1;
        for referencing in referencing(run, table) {
            if tables.contains(&referencing) {
                continue;
            }
            if !cascade {
                return Err(Stop::fails("0A000", "cannot truncate a table referenced in a foreign key constraint", truncate.span));
            }
            tables.extend(family(run, referencing));
        }
    }
    tables.dedup();
    for table in &tables {
        let target = table::of(run, *table, run.catalog.get(*table).map(|object| object.name.clone()).unwrap_or_default(), truncate.span)?;
        trigger::statement(run, &target, Event::Truncate, trigger::Timing::Before)?;
    }
    let restart = matches!(truncate.identity, Some(TruncateIdentity::Restart(_)));
    deed::empty(run, &tables, deed::Emptied::Truncated);
    if run.session.in_block() {
        run.session.truncated.extend(&tables);
    }
    for table in &tables {
        run.catalog.rows.remove(table);
        if restart {
            let owned: Vec<Oid> = run.catalog.dependents_of_any(*table).map(|(address, _, _)| address.object).collect();
            for sequence in owned {
                let is_sequence = run.catalog.relation(sequence).is_some_and(|relation| relation.sequence().is_some());
                if is_sequence {
                    run.catalog.rows.remove(&sequence);
                    run.session.restarted.push(sequence);
                }
            }
        }
    }
    Ok(())
}

/// The tables that reference a table, other than itself.
fn referencing(run: &Run<'_>, table: Oid) -> Vec<Oid> {
    let mut found: Vec<Oid> = run
        .catalog
        .dependents_of_any(table)
        .filter_map(|(address, _, _)| {
            let object = run.catalog.get(address.object)?;
            match &object.constraint()?.kind {
                ConstraintKind::ForeignKey(key) if key.table == table => object.of.filter(|of| *of != table),
                _ => None,
            }
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}
