//! Which rows a partition takes, and that no two take the same ones.

use std::cmp::Ordering;
use std::sync::Arc;

use super::value::{self, Datum};
use crate::catalog::apply::Statement;
use crate::catalog::apply::constraint::table_name;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{KeySubject, PartitionBound, Partitioned, TypeUse};
use crate::catalog::object::Name;
use crate::catalog::run::Run;
use crate::catalog::{Address, Oid};
use crate::syntax::tree::{self, Expr, PartitionBoundKind, PartitionStrategy};
use crate::text::Span;

/// The bound that is written for a partition of `parent`, with its values.
///
/// # Errors
/// 42P17 if `parent` is not partitioned; 42P16 for a bound of another kind; what the values raise; or if values can't be told.
pub(in crate::catalog::apply) fn bound(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    parent: Oid,
    written: &tree::PartitionBound,
) -> Result<PartitionBound> {
    let span = written.span;
    let Some(relation) = run.catalog.relation(parent) else { return Ok(PartitionBound::Unknown) };
    let Some(partitioned) = relation.partitioned.clone() else {
        if !relation.columns_known {
            return Ok(PartitionBound::Unknown);
        }
        return Err(Stop::fails("42P17", format!("\"{}\" is not partitioned", table_name(run, parent)), span));
    };
    let types = key_types(run, parent, &partitioned);
    read(run, statement, &partitioned, &types, written)
}

/// Expects that no other partition of `parent` takes rows of a bound (`check_new_partition_bound`).
///
/// # Errors
/// 42P17 if one does, or if the bound is empty; or if that can't be told.
pub(in crate::catalog::apply) fn expect_apart(run: &Run<'_>, parent: Oid, partition: &str, bound: &PartitionBound, span: Span) -> Result {
    let Some(partitioned) = run.catalog.relation(parent).and_then(|relation| relation.partitioned.clone()) else { return Ok(()) };
    let types = key_types(run, parent, &partitioned);
    let siblings: Vec<(Name, PartitionBound)> = run
        .catalog
        .children(parent)
        .into_iter()
        .filter_map(|child| {
            let object = run.catalog.get(child)?;
            (*object.name != *partition).then_some(())?;
            Some((Name::clone(&object.name), object.relation()?.partition_bound.clone()?))
        })
        .collect();
    check(run, partition, bound, &types, &siblings, span)
}

pub(super) fn key_types(run: &Run<'_>, parent: Oid, partitioned: &Partitioned) -> Vec<Option<TypeUse>> {
    let ty = |subject: &KeySubject| match subject {
        KeySubject::Column(column) => run.catalog.column(Address::column(parent, *column)).and_then(|column| column.ty.clone()),
        KeySubject::Expression(expression) => expression.ty.clone(),
    };
    partitioned.keys.iter().map(|key| ty(&key.subject)).collect()
}

/// Reads a bound, which must be of the table's kind.
fn read(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    partitioned: &Partitioned,
    types: &[Option<TypeUse>],
    written: &tree::PartitionBound,
) -> Result<PartitionBound> {
    let span = written.span;
    match (&written.kind, partitioned.strategy) {
        (PartitionBoundKind::Default, PartitionStrategy::Hash) => {
            Err(Stop::fails("42P16", "a hash-partitioned table may not have a default partition", span))
        }
        (PartitionBoundKind::Default, _) => Ok(PartitionBound::Default),
        (PartitionBoundKind::Hash(hash), PartitionStrategy::Hash) => {
            let number = |span: Span| statement.text[span].trim().replace('_', "").parse::<u32>().ok();
            let (Some(modulus), Some(remainder)) = (number(hash.modulus), number(hash.remainder)) else {
                return Err(Stop::fails("42P16", "modulus for hash partition must be an integer value greater than zero", hash.modulus));
            };
            if modulus == 0 {
                let message = "modulus for hash partition must be an integer value greater than zero";
                return Err(Stop::fails("42P16", message, hash.modulus));
            }
            if remainder >= modulus {
                return Err(Stop::fails("42P16", "remainder for hash partition must be less than modulus", hash.remainder));
            }
            Ok(PartitionBound::Hash { modulus, remainder })
        }
        (PartitionBoundKind::List(values), PartitionStrategy::List) => {
            let ty = types.first().and_then(Option::as_ref);
            let mut read: Vec<Arc<str>> = Vec::with_capacity(values.len());
            let mut is_known = true;
            for value in values {
                match value::evaluate(run, statement, *value, ty)? {
                    Some(value) if !read.contains(&value) => read.push(value),
                    Some(_) => {}
                    None => is_known = false,
                }
            }
            Ok(if is_known { PartitionBound::List(read) } else { PartitionBound::Unknown })
        }
        (PartitionBoundKind::Range(from, to), PartitionStrategy::Range) => {
            for (side, values) in [("FROM", from), ("TO", to)] {
                if values.len() != types.len() {
                    let message = format!("{side} must specify exactly one value per partitioning column");
                    return Err(Stop::fails("42P16", message, span));
                }
            }
            let from = range_side(run, statement, from, types)?;
            let to = range_side(run, statement, to, types)?;
            Ok(match (from, to) {
                (Some(from), Some(to)) => PartitionBound::Range(from, to),
                _ => PartitionBound::Unknown,
            })
        }
        (_, strategy) => {
            let word = match strategy {
                PartitionStrategy::Hash => "hash",
                PartitionStrategy::List => "list",
                PartitionStrategy::Range => "range",
            };
            Err(Stop::fails("42P16", format!("invalid bound specification for a {word} partition"), span))
        }
    }
}

fn range_side(run: &mut Run<'_>, statement: Statement<'_>, values: &[Expr], types: &[Option<TypeUse>]) -> Result<Option<Vec<Arc<str>>>> {
    let mut read = Vec::with_capacity(values.len());
    let mut unbounded: Option<&'static str> = None;
    let mut is_known = true;
    for (value, ty) in values.iter().zip(types) {
        let word = statement.text[value.span].trim();
        let limit = ["MINVALUE", "MAXVALUE"].into_iter().find(|limit| word.eq_ignore_ascii_case(limit));
        if let Some(before) = unbounded
            && limit != Some(before)
        {
            let message = format!("every bound following {before} must also be {before}");
            return Err(Stop::fails("42804", message, value.span));
        }
        if let Some(limit) = limit {
            unbounded = Some(limit);
            read.push(Arc::from(limit));
            continue;
        }
        match value::evaluate(run, statement, *value, ty.as_ref())? {
            Some(null) if &*null == "NULL" => return Err(Stop::fails("42P17", "cannot specify NULL in range bound", value.span)),
            Some(value) => read.push(value),
            None => is_known = false,
        }
    }
    Ok(is_known.then_some(read))
}

/// Expects that no sibling takes a row that the new partition takes.
fn check(
    run: &Run<'_>,
    partition: &str,
    bound: &PartitionBound,
    types: &[Option<TypeUse>],
    siblings: &[(Name, PartitionBound)],
    span: Span,
) -> Result {
    if let PartitionBound::Range(from, to) = bound {
        match compare_bounds(run, from, to, types) {
            Some(Ordering::Less) => {}
            Some(_) => {
                return Err(Stop::fails("42P17", format!("empty range bound specified for partition \"{partition}\""), span));
            }
            None => return Err(untold(span)),
        }
    }
    if let PartitionBound::Hash { modulus, .. } = bound {
        check_modulus(*modulus, siblings, span)?;
    }
    for (name, other) in siblings {
        let overlaps = match (bound, other) {
            (PartitionBound::Default, PartitionBound::Default) => {
                let message = format!("partition \"{partition}\" conflicts with existing default partition \"{name}\"");
                return Err(Stop::fails("42P17", message, span));
            }
            (PartitionBound::Default, _) | (_, PartitionBound::Default) => Some(false),
            (PartitionBound::Hash { modulus, remainder }, PartitionBound::Hash { modulus: m, remainder: r }) => {
                let least = modulus.min(m);
                Some(remainder % least == r % least)
            }
            (PartitionBound::List(values), PartitionBound::List(others)) => share(run, values, others, types),
            (PartitionBound::Range(from, to), PartitionBound::Range(other_from, other_to)) => {
                let less = |a: &[Arc<str>], b: &[Arc<str>]| compare_bounds(run, a, b, types).map(|order| order == Ordering::Less);
                match (less(from, other_to), less(other_from, to)) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                }
            }
            _ => None,
        };
        match overlaps {
            Some(false) => {}
            Some(true) => {
                let message = format!("partition \"{partition}\" would overlap partition \"{name}\"");
                return Err(Stop::fails("42P17", message, span));
            }
            None => return Err(untold(span)),
        }
    }
    Ok(())
}

fn untold(span: Span) -> Stop {
    Stop::unknown("which rows the partition takes can't be told", span)
}

/// Each modulus must divide the next larger one.
fn check_modulus(modulus: u32, siblings: &[(Name, PartitionBound)], span: Span) -> Result {
    let others = siblings.iter().filter_map(|(_, bound)| match bound {
        PartitionBound::Hash { modulus, .. } => Some(*modulus),
        _ => None,
    });
    let fits = |other: u32| if other >= modulus { other.is_multiple_of(modulus) } else { modulus.is_multiple_of(other) };
    if others.into_iter().all(fits) {
        return Ok(());
    }
    Err(Stop::fails("42P17", "every hash partition modulus must be a factor of the next larger modulus", span))
}

/// Whether two lists have a value in common.
fn share(run: &Run<'_>, a: &[Arc<str>], b: &[Arc<str>], types: &[Option<TypeUse>]) -> Option<bool> {
    let ty = types.first().and_then(Option::as_ref);
    let mut certain = Some(false);
    for value in a {
        for other in b {
            match Datum::read(run, value, ty).equals(&Datum::read(run, other, ty)) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => certain = None,
            }
        }
    }
    certain
}

/// Compares two bounds, column by column; behind MINVALUE or MAXVALUE nothing counts.
fn compare_bounds(run: &Run<'_>, a: &[Arc<str>], b: &[Arc<str>], types: &[Option<TypeUse>]) -> Option<Ordering> {
    for ((a, b), ty) in a.iter().zip(b).zip(types) {
        let limit = |value: &str| match value {
            "MINVALUE" => -1,
            "MAXVALUE" => 1,
            _ => 0,
        };
        match limit(a).cmp(&limit(b)) {
            Ordering::Equal if limit(a) != 0 => return Some(Ordering::Equal),
            Ordering::Equal => {}
            other => return Some(other),
        }
        match Datum::read(run, a, ty.as_ref()).compare(&Datum::read(run, b, ty.as_ref()))? {
            Ordering::Equal => {}
            other => return Some(other),
        }
    }
    Some(Ordering::Equal)
}
