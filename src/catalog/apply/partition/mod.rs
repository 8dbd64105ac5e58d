//! Partitioned tables: by what they are partitioned, which rows a partition takes, and what it gets from its table (`ComputePartitionAttrs`,
//! `transformPartitionBound`, `check_new_partition_bound`, and the cloning in `DefineRelation` and `ATExecAttachPartition`).

mod bound;
mod hash;
mod route;
mod value;

pub(super) use bound::{bound, expect_apart};
pub(super) use route::{Route, condition, deciding_columns, lineage, parent, route, takes, takes_all, translated};

use std::sync::Arc;

use super::constraint::{clone_foreign_keys, table_name};
use super::index::build::{give_to_partition, same_column};
use super::index::keys::subject;
use super::index::method::operator_class;
use super::{Statement, known};
use crate::catalog::collation::collation;
use crate::catalog::expression::analysis::Place;
use crate::catalog::expression::link;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{KeySubject, PartitionBound, PartitionKey, Partitioned, Trigger};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, ColumnNumber, Dependency, Oid};
use crate::syntax::tree::{self, OperatorClassUse, PartitionBy, PartitionStrategy, TriggerLevel};
use crate::text::Span;

/// Makes a table a partitioned one.
///
/// # Errors
/// 42703 for columns that are not there, 42P17 for keys that can't be, 42704 for types without the operators.
pub(super) fn partition_by(run: &mut Run<'_>, statement: Statement<'_>, table: Oid, written: &PartitionBy) -> Result {
    let strategy = written.strategy.value;
    if strategy == PartitionStrategy::List && written.keys.len() > 1 {
        let message = "cannot use \"list\" partition strategy with more than one column";
        return Err(Stop::fails("42P17", message, written.span));
    }
    if written.keys.len() > 32 {
        return Err(Stop::fails("54011", "cannot partition using more than 32 columns", written.span));
    }
    let mut keys = Vec::with_capacity(written.keys.len());
    for key in &written.keys {
        keys.push(partition_key(run, statement, table, strategy, key)?);
    }
    for key in &keys {
        match &key.subject {
            KeySubject::Column(column) => run.catalog.link(Address::column(table, *column), table, Dependency::Internal),
            KeySubject::Expression(expression) => {
                link(&mut run.catalog, table, expression, None);
                for column in expression.columns_of(table) {
                    run.catalog.unlink(Address::whole(table), Address::column(table, column), Dependency::Normal);
                    run.catalog.link(Address::column(table, column), table, Dependency::Internal);
                }
            }
        }
    }
    run.catalog.update_relation(table, |relation| relation.partitioned = Some(Partitioned { strategy, keys }));
    Ok(())
}

fn partition_key(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    strategy: PartitionStrategy,
    written: &tree::PartitionKey,
) -> Result<PartitionKey> {
    let text = statement.text;
    if let tree::KeySubject::Column(column) = written.subject
        && matches!(&*column.value(text), "tableoid" | "cmax" | "xmax" | "cmin" | "xmin" | "ctid")
    {
        let message = format!("cannot use system column \"{}\" in partition key", column.value(text));
        return Err(Stop::fails("42P17", message, column.span));
    }
    let (subject, ty) = subject(run, statement, table, written.subject, Place::PartitionKey)?;
    let used: Vec<ColumnNumber> = match &subject {
        KeySubject::Column(column) => vec![*column],
        KeySubject::Expression(expression) => expression.columns_of(table),
    };
    for column in &used {
        if run.catalog.column(Address::column(table, *column)).is_some_and(|column| column.generated.is_some()) {
            return Err(Stop::fails("42P17", "cannot use generated column in partition key", written.span));
        }
    }
    if let KeySubject::Expression(expression) = &subject
        && used.is_empty()
        && expression.is_whole()
        && expression.uses.is_empty()
        && value::is_constant(&expression.text)
    {
        return Err(Stop::fails("42P17", "cannot use constant expression as partition key", written.span));
    }
    let method = if strategy == PartitionStrategy::Hash { "hash" } else { "btree" };
    let class = written.class.map(|name| OperatorClassUse { name, parameters: None });
    let class = operator_class(run, text, method, ty.as_ref(), class.as_ref(), written.span)?;
    let collation = match &written.collation {
        Some(clause) => collation(run, text, clause.value, ty.as_ref())?,
        None => None,
    };
    let own = match &subject {
        KeySubject::Column(column) => run.catalog.column(Address::column(table, *column)).and_then(|column| column.collation.clone()),
        KeySubject::Expression(_) => None,
    };
    let collation = collation.filter(|collation| Some(collation) != own.as_ref());
    Ok(PartitionKey { subject, collation, class })
}

/// Makes `partition`, a table with the columns of `parent`, its partition: it depends on it, and gets its indexes, its triggers, and its
/// foreign keys.
///
/// # Errors
/// What an index that it gets raises.
pub(super) fn adopt(run: &mut Run<'_>, parent: Oid, partition: Oid, bound: PartitionBound, span: Span) -> Result {
    run.catalog.update_relation(partition, |relation| {
        relation.parents = vec![parent];
        relation.partition_bound = Some(bound);
    });
    run.catalog.link(partition, parent, Dependency::Auto);
    let indexes: Vec<Oid> = run.catalog.indexes(parent).map(|(oid, _)| oid).collect();
    for index in indexes {
        give_to_partition(run, index, partition, span)?;
    }
    clone_triggers(run, parent, partition, span)?;
    clone_foreign_keys(run, parent, partition, span)?;
    for table in known::members(run, partition) {
        known::condition(run, table, "23514", "has rows that do not belong into the partition", span);
    }
    let message = |table: &str| format!("partition constraint of relation \"{table}\" is violated by some row");
    route::expect_belonging(run, partition, message, span)?;
    expect_default_to_hold(run, parent, partition, span)
}

/// Rows of the default partition must not belong into a new one (23514).
fn expect_default_to_hold(run: &mut Run<'_>, parent: Oid, partition: Oid, span: Span) -> Result {
    let is_default = |child: &Oid| run.catalog.relation(*child).is_some_and(|child| child.partition_bound == Some(PartitionBound::Default));
    let Some(default) = run.catalog.children(parent).into_iter().find(is_default).filter(|default| *default != partition) else {
        return Ok(());
    };
    for table in known::members(run, default) {
        known::condition(run, table, "23514", "has rows that belong into the new partition", span);
    }
    let message = |table: &str| format!("updated partition constraint for default partition \"{table}\" would be violated by some row");
    route::expect_belonging(run, default, message, span)
}

/// Gives a partition the row triggers of its table (`CloneRowTriggersToPartition`).
fn clone_triggers(run: &mut Run<'_>, parent: Oid, partition: Oid, span: Span) -> Result {
    let triggers: Vec<(Oid, Object)> = run
        .catalog
        .parts(parent, Class::Trigger)
        .filter(|(_, object)| matches!(&object.body, Body::Trigger(trigger) if trigger.level == TriggerLevel::Row))
        .map(|(oid, object)| (oid, object.clone()))
        .collect();
    for (above, object) in triggers {
        let Body::Trigger(trigger) = &object.body else { continue };
        clone_trigger(run, parent, partition, (above, &object, trigger), span)?;
    }
    Ok(())
}

/// Gives a partition, and those below it, its part of one trigger; one of that name that it has already is in the way.
pub(super) fn clone_trigger(
    run: &mut Run<'_>,
    parent: Oid,
    partition: Oid,
    (above, object, trigger): (Oid, &Object, &Trigger),
    span: Span,
) -> Result {
    if run.catalog.part(partition, Class::Trigger, &object.name).is_some() {
        let message = format!("trigger \"{}\" for relation \"{}\" already exists", object.name, table_name(run, partition));
        return Err(Stop::fails("42710", message, span));
    }
    let number = |number: ColumnNumber| same_column(run, parent, partition, number);
    let copy = Trigger {
        columns: trigger.columns.iter().map(|column| number(*column).unwrap_or(*column)).collect(),
        when: trigger.when.as_ref().map(|when| when.moved(parent, partition, number)),
        parent: Some(above),
        ..trigger.clone()
    };
    let when = copy.when.clone();
    let columns = copy.columns.clone();
    let function = copy.function;
    let clone = Object::new(Arc::clone(&object.name), Body::Trigger(Arc::new(copy)), run.origin).part_of(partition);
    let made = run.catalog.add(Object { schema: object.schema.and(run.catalog.get(partition).and_then(|object| object.schema)), ..clone });
    run.catalog.link(made, partition, Dependency::Auto);
    run.catalog.link(made, above, Dependency::PartitionPrimary);
    run.catalog.link(made, partition, Dependency::PartitionSecondary);
    if let Some(function) = function {
        run.catalog.link(made, function, Dependency::Normal);
    }
    for column in columns {
        run.catalog.link(made, Address::column(partition, column), Dependency::Normal);
    }
    if let Some(when) = &when {
        link(&mut run.catalog, made, when, None);
    }
    let below: Vec<Oid> = run.catalog.children(partition);
    let cloned = run.catalog.get(made).cloned();
    if let Some((cloned, Body::Trigger(trigger))) = cloned.as_ref().map(|object| (object, &object.body)) {
        for child in below {
            clone_trigger(run, partition, child, (made, cloned, trigger), span)?;
        }
    }
    Ok(())
}
