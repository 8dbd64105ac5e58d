//! ALTER INDEX … ATTACH PARTITION (`ATExecAttachPartitionIdx`).

use super::{Context, name_of};
use crate::catalog::Oid;
use crate::catalog::apply::index::build;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::Index;
use crate::catalog::run::Run;
use crate::syntax::tree::Attach;
use crate::text::Span;

pub(super) fn attach(run: &mut Run<'_>, cx: Context<'_>, attach: &Attach, span: Span) -> Result {
    let above = cx.table;
    let (name, at) = (name_of(run, above), attach.partition.span());
    let Some(parent) = index_of(run, above) else { return Ok(()) };
    if !build::is_partitioned(run, parent.table) {
        let message = format!("ALTER action ATTACH PARTITION cannot be performed on relation \"{name}\"");
        return Err(Stop::fails("42809", message, span));
    }
    let below = run.relation(cx.text(), attach.partition)?;
    let shown = name_of(run, below);
    let Some(own) = index_of(run, below) else {
        return Err(Stop::fails("42P17", format!("\"{shown}\" is not an index"), at));
    };
    if own.parent == Some(above) {
        return Ok(());
    }
    let refuse = |sqlstate| Err(Stop::fails(sqlstate, format!("cannot attach index \"{shown}\" as a partition of index \"{name}\""), at));
    let taken = run.catalog.indexes(own.table).any(|(_, index)| index.parent == Some(above));
    if taken || own.parent.is_some() || !run.catalog.children(parent.table).contains(&own.table) {
        return refuse("55000");
    }
    if !build::serves(run, above, below) {
        return refuse("42P17");
    }
    build::become_part(run, above, below);
    validate(run, above);
    Ok(())
}

fn index_of(run: &Run<'_>, oid: Oid) -> Option<Index> {
    run.catalog.relation(oid)?.index().cloned()
}

/// An index is valid once each partition has a valid part of it, and so then is the one above (`validatePartitionedIndex`).
fn validate(run: &mut Run<'_>, above: Oid) {
    let Some(index) = index_of(run, above).filter(|index| !index.valid) else { return };
    let has_part = |table: Oid| run.catalog.indexes(table).any(|(_, part)| part.parent == Some(above) && part.valid);
    if run.catalog.children(index.table).into_iter().all(has_part) {
        run.catalog.update_relation(above, |relation| build::edit(relation, |index| index.valid = true));
        if let Some(next) = index.parent {
            validate(run, next);
        }
    }
}
