//! ATTACH and DETACH PARTITION.

use std::sync::Arc;

use super::{Context, identity, index, inheritance, name_of};
use crate::catalog::apply::constraint::add_written_check;
use crate::catalog::apply::partition::{adopt, bound, condition, expect_apart};
use crate::catalog::deletion::{self, Behavior};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{ConstraintKind, PartitionBound, Persistence, Relation, RelationKind};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, Dependency, Oid};
use crate::syntax::tree::{self, Attach, Detach};
use crate::text::Span;

/// Expects a partitioned table.
fn expect_partitioned(run: &Run<'_>, table: Oid, span: Span) -> Result {
    let Some(relation) = run.catalog.relation(table) else { return Ok(()) };
    match relation.kind {
        RelationKind::Unknown => Err(Stop::unknown("whether this table is partitioned is not known", span)),
        _ if relation.partitioned.is_some() => Ok(()),
        _ => Err(Stop::fails("42P17", format!("table \"{}\" is not partitioned", name_of(run, table)), span)),
    }
}

pub(super) fn attach(run: &mut Run<'_>, cx: Context<'_>, attach: &Attach, span: Span) -> Result {
    if run.catalog.relation(cx.table).is_some_and(|relation| relation.index().is_some()) {
        return index::attach(run, cx, attach, span);
    }
    expect_partitioned(run, cx.table, span)?;
    let Some(written) = &attach.bound else { return Err(Stop::fails("42601", "syntax error at end of input", span)) };
    let bound = bound(run, cx.statement, cx.table, written)?;
    let child = run.relation(cx.text(), attach.partition)?;
    let Some(relation) = run.catalog.relation(child) else { return Ok(()) };
    let refuse = |message: String| Err(Stop::fails("42809", message, attach.partition.span()));
    let shown = name_of(run, child);
    if relation.partition_bound.is_some() {
        return refuse(format!("\"{shown}\" is already a partition"));
    }
    if relation.of_type.is_some() {
        return refuse("cannot attach a typed table as partition".to_owned());
    }
    if !relation.parents.is_empty() {
        return refuse("cannot attach inheritance child as partition".to_owned());
    }
    expect_fitting(run, cx.table, child, attach.partition.span())?;
    expect_apart(run, cx.table, &shown, &bound, written.span)?;
    inheritance::merge_columns(run, child, cx.table, &shown, span)?;
    inheritance::merge_constraints(run, child, cx.table, span)?;
    run.catalog.update_relation(child, |relation| relation.columns.iter_mut().for_each(|column| column.local = false));
    let inherited: Vec<Oid> =
        run.catalog.constraints(child).filter(|(_, constraint)| constraint.inherited > 0).map(|(oid, _)| oid).collect();
    for constraint in inherited {
        run.catalog.update(constraint, |object| {
            if let Some(constraint) = object.constraint_mut() {
                constraint.local = false;
            }
        });
    }
    adopt(run, cx.table, child, bound, span)?;
    identity::attach(run, cx.table, child, span)
}

/// Expects a table that may become a partition: not one above, as long-lived, and without columns of its own.
fn expect_fitting(run: &Run<'_>, table: Oid, child: Oid, span: Span) -> Result {
    let (Some(above), Some(below)) = (run.catalog.relation(table), run.catalog.relation(child)) else { return Ok(()) };
    let (parent, shown) = (name_of(run, table), name_of(run, child));
    if !above.columns_known || !below.columns_known {
        return Err(Stop::unknown("which columns these tables have is not known", span));
    }
    if !below.is_table() {
        let message = format!("ALTER action ATTACH PARTITION cannot be performed on relation \"{shown}\"");
        return Err(Stop::fails("42809", message, span));
    }
    if table == child || inheritance::is_below(run, table, child) {
        return Err(Stop::fails("42P07", "circular inheritance not allowed", span));
    }
    let is_temporary = |relation: &Relation| relation.persistence == Persistence::Temporary;
    if is_temporary(above) != is_temporary(below) {
        let (own, other) = if is_temporary(below) { ("temporary", "permanent") } else { ("permanent", "temporary") };
        let message = format!("cannot attach a {own} relation as partition of {other} relation \"{parent}\"");
        return Err(Stop::fails("42809", message, span));
    }
    if let Some(column) = below.columns.iter().find(|column| above.column(&column.name).is_none()) {
        let message = format!("table \"{shown}\" contains column \"{}\" not found in parent \"{parent}\"", column.name);
        return Err(Stop::fails("42804", message, span));
    }
    Ok(())
}

pub(super) fn detach(run: &mut Run<'_>, cx: Context<'_>, name: tree::Name, how: Detach) -> Result {
    let span = name.span();
    expect_partitioned(run, cx.table, span)?;
    let is_default = |child: &Oid| run.catalog.relation(*child).is_some_and(|child| child.partition_bound == Some(PartitionBound::Default));
    if matches!(how, Detach::Concurrently(_)) && run.catalog.children(cx.table).iter().any(is_default) {
        return Err(Stop::fails("55000", "cannot detach partitions concurrently when a default partition exists", span));
    }
    let child = run.relation(cx.text(), name)?;
    let is_partition = run.catalog.relation(child).is_some_and(|relation| relation.parents.contains(&cx.table));
    if !is_partition {
        let message = format!("relation \"{}\" is not a partition of relation \"{}\"", name_of(run, child), name_of(run, cx.table));
        return Err(Stop::fails("42P01", message, span));
    }
    if matches!(how, Detach::Finalize(_)) {
        // One that was begun and not ended is none of those that end here.
        return Err(Stop::fails("55000", format!("cannot complete detaching partition \"{}\"", name_of(run, child)), span));
    }
    expect_unreferenced(run, cx.table, child, span)?;
    if matches!(how, Detach::Concurrently(_)) {
        keep_condition(run, cx.table, child, span)?;
    }
    identity::detach(run, child);
    inheritance::part(run, child, cx.table, Dependency::Auto);
    run.catalog.update_relation(child, |relation| relation.partition_bound = None);
    let indexes: Vec<(Oid, Oid)> = run.catalog.indexes(child).filter_map(|(oid, index)| Some((oid, index.parent?))).collect();
    for (index, above) in indexes {
        run.catalog.update_relation(index, |relation| {
            if let RelationKind::Index(index) = &mut relation.kind {
                Arc::make_mut(index).parent = None;
            }
        });
        release(run, index, above, child);
    }
    let constraints: Vec<(Oid, Oid)> =
        run.catalog.constraints(child).filter_map(|(oid, constraint)| Some((oid, constraint.parent?))).collect();
    for (constraint, above) in constraints {
        run.catalog.update(constraint, |object| {
            if let Some(constraint) = object.constraint_mut() {
                constraint.parent = None;
                constraint.inherited = 0;
                constraint.local = true;
            }
        });
        release(run, constraint, above, child);
    }
    let triggers: Vec<Address> = run
        .catalog
        .parts(child, Class::Trigger)
        .filter(|(_, object)| matches!(&object.body, Body::Trigger(trigger) if trigger.parent.is_some()))
        .map(|(oid, _)| oid.into())
        .collect();
    for trigger in &triggers {
        let edges: Vec<(Address, Dependency)> = run.catalog.dependencies_of(*trigger).collect();
        for (on, kind) in edges {
            if matches!(kind, Dependency::PartitionPrimary | Dependency::PartitionSecondary) {
                run.catalog.unlink(*trigger, on, kind);
            }
        }
    }
    deletion::delete(run, &triggers, Behavior::Restrict, span)
}

/// What is detached while others go on keeps as a check which rows it takes (`DetachAddConstraintIfNeeded`).
fn keep_condition(run: &mut Run<'_>, table: Oid, child: Oid, span: Span) -> Result {
    let has_checks = run.catalog.constraints(child).any(|(_, constraint)| matches!(constraint.kind, ConstraintKind::Check(_)));
    match condition(run, table, child).filter(|_| !has_checks) {
        Some(condition) => add_written_check(run, child, &condition),
        None => {
            let name = name_of(run, child);
            Err(Stop::unknown(format!("whether a check that {name} has says already which rows it takes can't be told"), span))
        }
    }
}

/// Ends what makes something the part of a partitioned table's part.
fn release(run: &mut Run<'_>, part: Oid, above: Oid, table: Oid) {
    run.catalog.unlink(Address::whole(part), Address::whole(above), Dependency::PartitionPrimary);
    run.catalog.unlink(Address::whole(part), Address::whole(table), Dependency::PartitionSecondary);
}

/// Rows of a partition that something references stay where they are (23503); whether there are any is not followed.
fn expect_unreferenced(run: &Run<'_>, table: Oid, child: Oid, span: Span) -> Result {
    let referencing = |object: &Object| match object.constraint().map(|constraint| &constraint.kind) {
        Some(ConstraintKind::ForeignKey(key)) => key.table == table,
        _ => false,
    };
    let is_referenced =
        run.catalog.dependents_of_any(table).any(|(dependent, ..)| run.catalog.get(dependent.object).is_some_and(referencing));
    if is_referenced {
        let name: Name = name_of(run, child);
        return Err(Stop::unknown(format!("foreign keys that reference {name} by way of its table are not followed"), span));
    }
    Ok(())
}
