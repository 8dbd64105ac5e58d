//! ALTER INDEX … ATTACH PARTITION (`ATExecAttachPartitionIdx`).
//!
//! An index that no file makes is taken for one that fits, on a partition that has none yet, if there is such a partition; it goes with the
//! index above from then on.

use super::{Context, name_of};
use crate::catalog::apply::index::build;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Index, RelationKind};
use crate::catalog::run::Run;
use crate::catalog::{Address, Dependency, Oid};
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
    if run.catalog.relation(below).is_some_and(|relation| relation.kind == RelationKind::Unknown) {
        return attach_assumed(run, (above, &name), (below, &shown), at);
    }
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

/// Attaches what no file makes.
fn attach_assumed(run: &mut Run<'_>, (above, name): (Oid, &str), (below, shown): (Oid, &str), span: Span) -> Result {
    match whole_of(run, below) {
        Some(whole) if whole == above => return Ok(()),
        Some(_) => {
            let message = format!("cannot attach index \"{shown}\" as a partition of index \"{name}\"");
            return Err(Stop::fails("55000", message, span));
        }
        None => {}
    }
    run.condition("42P17", format!("unless {shown}, which no file creates, is an index of a partition that fits {name}"), span);
    run.catalog.link(below, above, Dependency::PartitionPrimary);
    validate(run, above);
    Ok(())
}

/// The index that something assumed was attached to.
fn whole_of(run: &Run<'_>, below: Oid) -> Option<Oid> {
    let is_whole = |(on, kind): (Address, Dependency)| (kind == Dependency::PartitionPrimary).then_some(on.object);
    run.catalog.dependencies_of(Address::whole(below)).find_map(is_whole)
}

fn index_of(run: &Run<'_>, oid: Oid) -> Option<Index> {
    run.catalog.relation(oid)?.index().cloned()
}

/// An index is valid once each partition has a valid part of it, and so then is the one above (`validatePartitionedIndex`).
fn validate(run: &mut Run<'_>, above: Oid) {
    let Some(index) = index_of(run, above).filter(|index| !index.valid) else { return };
    let has_part = |table: Oid| run.catalog.indexes(table).any(|(_, part)| part.parent == Some(above) && part.valid);
    let lacking = run.catalog.children(index.table).into_iter().filter(|table| !has_part(*table)).count();
    let is_assumed = |oid: Oid| run.catalog.relation(oid).is_some_and(|relation| relation.kind == RelationKind::Unknown);
    let assumed = run
        .catalog
        .dependents_of(Address::whole(above))
        .filter(|(dependent, kind)| *kind == Dependency::PartitionPrimary && is_assumed(dependent.object));
    if lacking <= assumed.count() {
        run.catalog.update_relation(above, |relation| build::edit(relation, |index| index.valid = true));
        if let Some(next) = index.parent {
            validate(run, next);
        }
    }
}
