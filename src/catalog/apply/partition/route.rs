//! Where a row of a partitioned table goes (`ExecFindPartition`, `ExecPartitionCheck`).
//!
//! Invariant: a partition is named only if it takes the row for certain, and none only if each of them refuses it.

use std::cmp::Ordering;
use std::sync::Arc;

use super::bound::key_types;
use super::hash;
use super::value::Datum;
use crate::catalog::apply::constraint::table_name;
use crate::catalog::apply::index::build::same_column;
use crate::catalog::apply::known;
use crate::catalog::evaluate::check::stored_value;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{KeySubject, PartitionBound, Partitioned, TypeUse};
use crate::catalog::rows::{Row, Value};
use crate::catalog::run::Run;
use crate::catalog::types::format_type;
use crate::catalog::{ColumnNumber, Oid};
use crate::syntax::expression::identifier;
use crate::syntax::tree::PartitionStrategy;
use crate::text::Span;

/// Where a row goes.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::catalog::apply) enum Route {
    /// To this partition, as a row of it.
    To(Oid, Row),
    /// To none: this table has no partition for it.
    Nowhere(Oid),
    /// It can't be told to which of this table's, and why.
    Untold(Oid, Arc<str>),
}

/// The partition, one without partitions of its own, that takes a row of `table`.
///
/// # Errors
/// What an expression of a partition key raises.
pub(in crate::catalog::apply) fn route(run: &mut Run<'_>, table: Oid, row: &Row) -> Result<Route> {
    let (mut table, mut row) = (table, Arc::clone(row));
    loop {
        let Some(partitioned) = run.catalog.relation(table).and_then(|relation| relation.partitioned.clone()) else {
            return Ok(Route::To(table, row));
        };
        match choose(run, table, &partitioned, &row)? {
            Choice::Is(partition) => {
                row = translated(run, table, partition, &row);
                table = partition;
            }
            Choice::None => return Ok(Route::Nowhere(table)),
            Choice::Untold(why) => return Ok(Route::Untold(table, why)),
        }
    }
}

/// Whether a table takes a row: a partition takes only some, any other table all; nothing if that can't be told.
///
/// # Errors
/// What an expression of a partition key raises.
pub(in crate::catalog::apply) fn takes(run: &mut Run<'_>, table: Oid, row: &Row) -> Result<Option<bool>> {
    let (mut table, mut row) = (table, Arc::clone(row));
    let mut certain = true;
    while let Some(above) = parent(run, table) {
        row = translated(run, table, above, &row);
        let Some(partitioned) = run.catalog.relation(above).and_then(|relation| relation.partitioned.clone()) else { return Ok(None) };
        match choose(run, above, &partitioned, &row)? {
            Choice::Is(partition) if partition == table => {}
            Choice::Is(_) | Choice::None => return Ok(Some(false)),
            Choice::Untold(_) => certain = false,
        }
        table = above;
    }
    Ok(certain.then_some(true))
}

/// The columns of a table that decide which partition a row of it belongs into.
pub(in crate::catalog::apply) fn deciding_columns(run: &Run<'_>, table: Oid) -> Vec<ColumnNumber> {
    let mut columns = Vec::new();
    for above in lineage(run, table).into_iter().skip(1) {
        let keys = run.catalog.relation(above).and_then(|relation| relation.partitioned.as_ref()).map_or(&[][..], |by| &by.keys);
        let own = keys.iter().flat_map(|key| match &key.subject {
            KeySubject::Column(number) => vec![*number],
            KeySubject::Expression(expression) => expression.columns_of(above),
        });
        columns.extend(own.filter_map(|number| same_column(run, above, table, number)));
    }
    columns
}

/// The table that one is a partition of.
pub(in crate::catalog::apply) fn parent(run: &Run<'_>, table: Oid) -> Option<Oid> {
    let relation = run.catalog.relation(table)?;
    relation.partition_bound.as_ref()?;
    relation.parents.first().copied()
}

/// A table, and those that it is a partition of.
pub(in crate::catalog::apply) fn lineage(run: &Run<'_>, table: Oid) -> Vec<Oid> {
    std::iter::successors(Some(table), |table| parent(run, *table)).collect()
}

/// A row of `from` as one of `to`, which has the same columns, perhaps in another order.
pub(in crate::catalog::apply) fn translated(run: &Run<'_>, from: Oid, to: Oid, row: &Row) -> Row {
    let (Some(above), Some(below)) = (run.catalog.relation(from), run.catalog.relation(to)) else { return Arc::clone(row) };
    if from == to || above.columns.iter().zip(&below.columns).all(|(a, b)| a.number == b.number && a.name == b.name) {
        return Arc::clone(row);
    }
    let value = |name: &str| above.column(name).and_then(|column| row.get(&column.number)).cloned();
    Arc::new(below.columns.iter().filter_map(|column| Some((column.number, value(&column.name)?))).collect())
}

/// Expects that a table, or what it is partitioned into, holds only rows that it takes (23514).
pub(super) fn expect_belonging(run: &mut Run<'_>, table: Oid, message: impl Fn(&str) -> String, span: Span) -> Result {
    for table in known::members(run, table) {
        let rows = known::rows(&run.catalog, table).map_err(|why| Stop::unknown(&*why, span))?;
        let mut doubtful = false;
        for row in &rows {
            match takes(run, table, row).map_err(|stop| stop.at(span))? {
                Some(true) => {}
                Some(false) => return Err(Stop::fails("23514", message(&table_name(run, table)), span)),
                None => doubtful = true,
            }
        }
        if doubtful {
            let shown = known::shown_name(&run.catalog, table);
            return Err(Stop::unknown(
                format!("whether the rows of {shown} belong there can't be told: the files do not show their keys"),
                span,
            ));
        }
    }
    Ok(())
}

/// Which rows a partition takes, as PostgreSQL would write it as a condition (`get_partition_qual`): of a list, or a range of one column.
pub(in crate::catalog::apply) fn condition(run: &Run<'_>, table: Oid, partition: Oid) -> Option<String> {
    // One that is below another one takes what both do.
    if parent(run, table).is_some() {
        return None;
    }
    let partitioned = run.catalog.relation(table)?.partitioned.as_ref()?;
    let ([key], [ty]) = (&partitioned.keys[..], &key_types(run, table, partitioned)[..]) else { return None };
    let KeySubject::Column(number) = key.subject else { return None };
    let column = identifier(&run.catalog.relation(table)?.column_at(number)?.name).to_string();
    let shown = format_type(&run.catalog, ty.as_ref()?);
    let constant = |value: &Arc<str>| if value.starts_with('\'') { format!("{value}::{shown}") } else { value.to_string() };
    let mut parts = vec![format!("{column} IS NOT NULL")];
    match run.catalog.relation(partition)?.partition_bound.as_ref()? {
        PartitionBound::Range(from, to) => {
            for (sign, limit, unbounded) in [(">=", from.first()?, "MINVALUE"), ("<", to.first()?, "MAXVALUE")] {
                if &**limit != unbounded {
                    parts.push(format!("{column} {sign} {}", constant(limit)));
                }
            }
        }
        PartitionBound::List(values) if values.iter().all(|value| &**value != "NULL") => match &values[..] {
            [value] => parts.push(format!("{column} = {}", constant(value))),
            values => {
                let bare = |value: &Arc<str>| Some(value.trim_matches('\'').to_owned()).filter(|value| is_plain(value));
                let items = values.iter().map(bare).collect::<Option<Vec<String>>>()?;
                parts.push(format!("{column} = ANY ('{{{}}}'::{shown}[])", items.join(",")));
            }
        },
        _ => return None,
    }
    Some(parts.join(" AND "))
}

/// Whether a value stands in an array's text as it is.
fn is_plain(value: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !value.is_empty() && !value.eq_ignore_ascii_case("null") && value.bytes().all(plain)
}

/// Which partition takes a row.
enum Choice {
    Is(Oid),
    None,
    Untold(Arc<str>),
}

fn choose(run: &mut Run<'_>, table: Oid, partitioned: &Partitioned, row: &Row) -> Result<Choice> {
    let types = key_types(run, table, partitioned);
    let mut key: Vec<(Datum, Option<TypeUse>)> = Vec::with_capacity(types.len());
    for (part, ty) in partitioned.keys.iter().zip(types) {
        let value = match &part.subject {
            KeySubject::Column(number) => row.get(number).cloned().unwrap_or(Value::Null),
            KeySubject::Expression(expression) => stored_value(run, table, expression, row)?,
        };
        key.push((Datum::of(run, &value, ty.as_ref()), ty));
    }
    let hash = match partitioned.strategy {
        PartitionStrategy::Hash => hash::of_row(&key),
        _ => None,
    };
    let (mut default, mut doubtful) = (None, false);
    for partition in run.catalog.children(table) {
        let Some(bound) = run.catalog.relation(partition).and_then(|relation| relation.partition_bound.clone()) else { continue };
        if bound == PartitionBound::Default {
            default = Some(partition);
            continue;
        }
        match admits(run, &bound, &key, hash) {
            Some(true) => return Ok(Choice::Is(partition)),
            Some(false) => {}
            None => doubtful = true,
        }
    }
    Ok(match default {
        _ if doubtful => Choice::Untold(untold(run, table, partitioned)),
        Some(partition) => Choice::Is(partition),
        None => Choice::None,
    })
}

/// Whether a bound takes a key.
fn admits(run: &Run<'_>, bound: &PartitionBound, key: &[(Datum, Option<TypeUse>)], hash: Option<u64>) -> Option<bool> {
    match bound {
        PartitionBound::List(values) => {
            let (datum, ty) = key.first()?;
            let mut answer = Some(false);
            for value in values {
                match Datum::read(run, value, ty.as_ref()).equals(datum) {
                    Some(true) => return Some(true),
                    Some(false) => {}
                    None => answer = None,
                }
            }
            answer
        }
        PartitionBound::Range(from, to) => {
            // A null is in no range.
            if key.iter().any(|(datum, _)| *datum == Datum::Null) {
                return Some(false);
            }
            let is_from = |order: Ordering| order != Ordering::Less;
            match (against(run, key, from).map(is_from), against(run, key, to).map(|order| order == Ordering::Less)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            }
        }
        PartitionBound::Hash { modulus, remainder } => Some(hash? % u64::from(*modulus) == u64::from(*remainder)),
        PartitionBound::Default | PartitionBound::Unknown => None,
    }
}

/// How a key compares with a bound.
fn against(run: &Run<'_>, key: &[(Datum, Option<TypeUse>)], bound: &[Arc<str>]) -> Option<Ordering> {
    for ((datum, ty), limit) in key.iter().zip(bound) {
        let order = match &**limit {
            "MINVALUE" => Ordering::Greater,
            "MAXVALUE" => Ordering::Less,
            limit => datum.compare(&Datum::read(run, limit, ty.as_ref()))?,
        };
        if order != Ordering::Equal {
            return Some(order);
        }
    }
    Some(Ordering::Equal)
}

fn untold(run: &Run<'_>, table: Oid, partitioned: &Partitioned) -> Arc<str> {
    let column = |subject: &KeySubject| match subject {
        KeySubject::Column(number) => run.catalog.relation(table)?.column_at(*number).map(|column| column.name.to_string()),
        KeySubject::Expression(expression) => Some(expression.text.to_string()),
    };
    let names: Vec<String> = partitioned.keys.iter().filter_map(|key| column(&key.subject)).collect();
    let shown = known::shown_name(&run.catalog, table);
    Arc::from(format!("which partition of {shown} a row goes to hangs on {}, of which the files do not show the value", names.join(", ")))
}

/// Whether there is a partition for every row, whatever it holds.
pub(in crate::catalog::apply) fn takes_all(run: &Run<'_>, table: Oid) -> bool {
    let Some(partitioned) = run.catalog.relation(table).and_then(|relation| relation.partitioned.as_ref()) else { return true };
    let children = run.catalog.children(table);
    let bounds: Vec<PartitionBound> = children.iter().filter_map(|child| run.catalog.relation(*child)?.partition_bound.clone()).collect();
    let share = |bound: &PartitionBound| match bound {
        PartitionBound::Hash { modulus, .. } => 1.0 / f64::from(*modulus),
        _ => 0.0,
    };
    let whole = match partitioned.strategy {
        PartitionStrategy::Hash => bounds.iter().map(share).sum::<f64>() > 0.999_999,
        _ => bounds.contains(&PartitionBound::Default),
    };
    whole && children.into_iter().all(|child| takes_all(run, child))
}
