//! Aggregates over known rows.

use std::cmp::Ordering;
use std::rc::Rc;

use super::compare::{compare, holds, is_true, same};
use super::text::written;
use super::{Compared, Evaluator, Frame, Line, Presence, Value, arithmetic, number, text};
use crate::catalog::failure::Result;
use crate::catalog::run::Run;
use crate::syntax::expression::{ArgumentMode, Call, Direction, Expression, ExpressionKind as Kind, Node, Nulls, OrderBy};
use crate::text::Span;

const AGGREGATES: &[&str] = &[
    "count",
    "sum",
    "min",
    "max",
    "avg",
    "string_agg",
    "array_agg",
    "bool_or",
    "bool_and",
    "every",
    "json_agg",
    "jsonb_agg",
    "json_object_agg",
    "jsonb_object_agg",
    "mode",
    "percentile_cont",
    "percentile_disc",
    "stddev",
    "variance",
    "bit_or",
    "bit_and",
    "xmlagg",
];

/// Whether a call is one of an aggregate of PostgreSQL's.
pub(super) fn is_aggregate(call: &Call) -> bool {
    let name = call.name.last().map_or("", String::as_str);
    let own = match &call.name[..] {
        [_] => true,
        [schema, _] => schema == "pg_catalog",
        _ => false,
    };
    own && call.over.is_none() && (AGGREGATES.contains(&name) || !call.within_group.is_empty() || call.filter.is_some())
}

/// Whether an expression holds an aggregate, those of its queries aside.
pub(super) fn has_aggregate(expression: &Expression) -> bool {
    let mut found = false;
    let mut inner = Vec::new();
    expression.walk(&mut |node| match node {
        Node::Query(query) => inner.push(query.span),
        Node::Expression(Expression { span, kind: Kind::Call(call) }) if is_aggregate(call) => {
            found |= !inner.iter().any(|query| query.start <= span.start && span.end <= query.end);
        }
        _ => {}
    });
    found
}

impl Evaluator<'_, '_> {
    /// What an aggregate gives for the rows of the group.
    pub(super) fn aggregate(&mut self, call: &Call, _span: Span) -> Result<Value> {
        let Some(group) = self.group.take() else { return Ok(Value::Unknown) };
        let result = self.aggregated(call, &group);
        self.group = Some(group);
        result
    }

    fn aggregated(&mut self, call: &Call, group: &Rc<Vec<Line>>) -> Result<Value> {
        let name = call.name.last().map_or("", String::as_str);
        let mut rows: Vec<(Vec<Value>, Vec<Value>)> = Vec::with_capacity(group.len());
        let mut certain = true;
        // The rows of the group take the place of the row that stands for it.
        let outer = self.frames.pop();
        for line in group.iter() {
            self.frames.push(Frame { items: line.items.clone() });
            let row = self.row_of(call);
            self.frames.pop();
            if let Some((row, presence)) = row? {
                certain &= presence.and(line.presence) == Presence::Certain;
                rows.push(row);
            }
        }
        self.frames.extend(outer);
        if !certain {
            let sure_to_be = |wanted: bool| {
                rows.iter()
                    .zip(group.iter())
                    .any(|((row, _), line)| line.presence == Presence::Certain && row.first() == Some(&Value::Boolean(wanted)))
            };
            return Ok(match name {
                "count" => Value::NotNull,
                "bool_or" if rows.len() == group.len() && sure_to_be(true) => Value::Boolean(true),
                "bool_and" | "every" if rows.len() == group.len() && sure_to_be(false) => Value::Boolean(false),
                _ => Value::Unknown,
            });
        }
        let ordered = sort(self.run, &mut rows, &call.order_by);
        if name == "count" && call.mode == ArgumentMode::Star {
            return Ok(number(rows.len() as i128));
        }
        let mut values: Vec<Value> = rows.iter().map(|(row, _)| row.first().cloned().unwrap_or(Value::Unknown)).collect();
        if call.mode == ArgumentMode::Distinct {
            match distinct(self.run, values) {
                Some(kept) => values = kept,
                None => return Ok(if name == "count" { Value::NotNull } else { Value::Unknown }),
            }
        }
        let separator = rows.first().and_then(|(row, _)| row.get(1)).cloned();
        Ok(fold(self.run, name, values, separator, ordered))
    }

    /// The arguments and the sort keys of one row, unless FILTER leaves it out.
    #[allow(clippy::type_complexity)]
    fn row_of(&mut self, call: &Call) -> Result<Option<((Vec<Value>, Vec<Value>), Presence)>> {
        let mut presence = Presence::Certain;
        if let Some(filter) = &call.filter {
            match self.condition(filter)? {
                Some(true) => {}
                Some(false) => return Ok(None),
                None => presence = Presence::Maybe,
            }
        }
        let mut values = Vec::with_capacity(call.arguments.len());
        for argument in &call.arguments {
            values.push(match argument.value.kind {
                Kind::Star(_) => Value::NotNull,
                _ => self.expression(&argument.value)?,
            });
        }
        let keys = call.order_by.iter().map(|key| self.expression(&key.value)).collect::<Result<_>>()?;
        Ok(Some(((values, keys), presence)))
    }
}

fn fold(run: &Run<'_>, name: &str, values: Vec<Value>, separator: Option<Value>, ordered: bool) -> Value {
    if name == "array_agg" {
        return if values.is_empty() {
            Value::Null
        } else if ordered {
            Value::Array(values)
        } else {
            Value::NotNull
        };
    }
    if matches!(name, "json_agg" | "jsonb_agg") {
        return if values.is_empty() { Value::Null } else { Value::NotNull };
    }
    if values.contains(&Value::Unknown) {
        return if name == "count" { Value::NotNull } else { Value::Unknown };
    }
    let values: Vec<Value> = values.into_iter().filter(|value| *value != Value::Null).collect();
    match name {
        "count" => number(values.len() as i128),
        _ if values.is_empty() => Value::Null,
        "sum" => match values.iter().map(arithmetic::integer).sum::<Option<i128>>() {
            Some(sum) => number(sum),
            None => Value::NotNull,
        },
        "min" | "max" => {
            let sign = if name == "min" { "<" } else { ">" };
            let mut best = values[0].clone();
            for value in &values[1..] {
                match holds(sign, compare(run, value, &best)) {
                    Value::Boolean(true) => best = value.clone(),
                    Value::Boolean(false) => {}
                    _ => return Value::NotNull,
                }
            }
            best
        }
        "bool_or" | "bool_and" | "every" => {
            let end = name == "bool_or";
            let all: Vec<Option<bool>> = values.iter().map(is_true).collect();
            if all.contains(&Some(end)) {
                return Value::Boolean(end);
            }
            if all.contains(&None) { Value::NotNull } else { Value::Boolean(!end) }
        }
        "string_agg" if values.len() == 1 || ordered => {
            let parts: Option<Vec<String>> = values.iter().map(|value| written(run, value)).collect();
            match (parts, separator) {
                (Some(parts), Some(Value::Text(separator))) => text(parts.join(&separator)),
                (Some(parts), Some(Value::Null)) => text(parts.concat()),
                _ => Value::NotNull,
            }
        }
        _ => Value::NotNull,
    }
}

/// Each value once; nothing if it can't be told which are the same.
pub(super) fn distinct(run: &Run<'_>, values: Vec<Value>) -> Option<Vec<Value>> {
    let mut kept: Vec<Value> = Vec::new();
    for value in values {
        let mut is_new = true;
        for other in &kept {
            is_new &= !same(run, &value, other)?;
        }
        if is_new {
            kept.push(value);
        }
    }
    Some(kept)
}

/// Sorts rows by their keys; whether their order can be told. Without keys it is that in which rows were put into tables, and objects made,
/// which is what servers do as long as nothing was changed.
pub(super) fn sort<T>(run: &Run<'_>, rows: &mut Vec<(T, Vec<Value>)>, order_by: &[OrderBy]) -> bool {
    if order_by.is_empty() {
        return true;
    }
    let mut known = true;
    let mut compared = |(_, left): &(T, Vec<Value>), (_, right): &(T, Vec<Value>)| {
        for ((left, right), key) in left.iter().zip(right).zip(order_by) {
            let descending = matches!(key.direction, Direction::Descending);
            let order = match (left, right) {
                (Value::Null, Value::Null) => Ordering::Equal,
                (Value::Null, _) | (_, Value::Null) => {
                    let nulls_first = key.nulls.map_or(descending, |nulls| nulls == Nulls::First);
                    let left_is_first = (*left == Value::Null) == nulls_first;
                    if left_is_first { Ordering::Less } else { Ordering::Greater }
                }
                _ => {
                    let order = match compare(run, left, right) {
                        Compared::Is(order) => order,
                        _ => {
                            known &= matches!((left, right), (Value::Object(..), Value::Object(..)));
                            numbers(left, right)
                        }
                    };
                    if descending { order.reverse() } else { order }
                }
            };
            if order != Ordering::Equal {
                return order;
            }
        }
        Ordering::Equal
    };
    *rows = merged(std::mem::take(rows), &mut compared);
    // Which of those comes first that are alike in all keys can't be told.
    let alike = |pair: &[(T, Vec<Value>)]| pair[0].1.iter().zip(&pair[1].1).all(|(one, other)| same(run, one, other) != Some(false));
    known && !rows.windows(2).any(alike)
}

/// `rows` in order, those that are alike as they stood: by merging, which also ends where not every pair can be compared and there is no order that all
/// answers agree with. The standard library's sort may panic then.
fn merged<R>(mut rows: Vec<R>, compared: &mut impl FnMut(&R, &R) -> Ordering) -> Vec<R> {
    if rows.len() < 2 {
        return rows;
    }
    let right = rows.split_off(rows.len() / 2);
    let (left, right) = (merged(rows, compared), merged(right, compared));
    let mut out = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let Some((one, other)) = left.peek().zip(right.peek()) {
        let next = if compared(one, other) == Ordering::Greater { right.next() } else { left.next() };
        out.extend(next);
    }
    out.extend(left);
    out.extend(right);
    out
}

/// Objects come in the order in which they were made.
fn numbers(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Object(_, left), Value::Object(_, right)) => left.cmp(right),
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        _ => Ordering::Equal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_order_ends_all_the_same() {
        // Each number is below the next ten, and above all others.
        let cycle = |one: &u32, other: &u32| if (1..=10).contains(&((other + 30 - one) % 30)) { Ordering::Less } else { Ordering::Greater };
        for length in 0..=30 {
            let mut rows = merged((0..length).rev().collect(), &mut { cycle });
            rows.sort_unstable();
            assert_eq!(rows, (0..length).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_is_alike_stays_as_it_stood() {
        let rows =
            merged(vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd'), (0, 'e')], &mut |one: &(u8, char), other: &(u8, char)| one.0.cmp(&other.0));
        assert_eq!(rows, [(0, 'e'), (1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }
}
