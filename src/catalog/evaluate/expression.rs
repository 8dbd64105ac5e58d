//! Expressions.

use std::sync::Arc;

use super::compare::{boolean, compare, holds, is_true, not, same};
use super::concatenate::{beside, concatenated};
use super::lazy::is_constant;
use super::variables::field_of;
use super::{Bound, Compared, Evaluator, Presence, Value, arithmetic, operator, width};
use crate::catalog::apply::code::operator_may_change;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::Class;
use crate::catalog::types;
use crate::syntax::expression::{
    Between, Case, Constant, Expression, ExpressionKind as Kind, Negated, Node, Quantified, Quantifier, Quantity, Subscript, Symmetry,
    ValueFunction,
};

impl Evaluator<'_, '_> {
    /// The value of an expression.
    pub(super) fn expression(&mut self, expression: &Expression) -> Result<Value> {
        match &expression.kind {
            Kind::Column(parts) => Ok(self.column(parts)),
            Kind::Parameter(number) => Ok(self.parameter(*number)),
            Kind::Constant(constant) => Ok(constant_value(constant)),
            Kind::Call(call) => self.call(call, expression.span),
            Kind::Value(function, _) => Ok(self.value_function(*function)),
            Kind::Coalesce(items) => self.coalesce(items),
            Kind::Greatest(items) => self.extreme(items, ">"),
            Kind::Least(items) => self.extreme(items, "<"),
            Kind::NullIf(pair) => {
                let (left, right) = (self.expression(&pair[0])?, self.expression(&pair[1])?);
                Ok(match holds("=", compare(self.run, &left, &right)) {
                    Value::Boolean(true) => Value::Null,
                    Value::Boolean(false) | Value::Null => left,
                    _ => Value::Unknown,
                })
            }
            Kind::Cast(value, ty) => {
                let value = self.expression(value)?;
                let target = types::resolve(self.run, ty, expression.span)?;
                super::cast(self.run, value, &target, super::cast::Cast::Explicit).map_err(|stop| stop.or_at(expression.span))
            }
            Kind::Collate(value, _) => self.expression(value),
            Kind::Not(value) => Ok(not(self.expression(value)?)),
            Kind::And(items) => self.connective(items, false),
            Kind::Or(items) => self.connective(items, true),
            // With a NULL in it, the others are not even evaluated: all built-in ones are strict.
            Kind::Operator(operator) if operator.left.as_ref().is_some_and(|left| self.is_folded(left, &operator.right)) => Ok(Value::Null),
            Kind::Operator(operator) => {
                let left = operator.left.as_ref().map(|left| self.expression(left)).transpose()?;
                let right = match left == Some(Value::Null) && self.calls_code(Node::Expression(&operator.right)) {
                    true => self.untold("whether an operand is evaluated", |evaluator| evaluator.expression(&operator.right))?,
                    false => self.expression(&operator.right)?,
                };
                if self.run.catalog.schema_with(Class::Operator, operator.sign()) {
                    return match operator_may_change(self.run, operator.sign()) {
                        true => Err(Stop::unknown(format!("what the operator `{}` does can't be told", operator.sign()), expression.span)),
                        false => Ok(Value::Unknown),
                    };
                }
                let (left, right) = match (&operator.left, left) {
                    (Some(written), Some(left)) => {
                        let left = beside(written, left, &right);
                        let right = beside(&operator.right, right, &left);
                        if operator.sign() == "||" {
                            return Ok(concatenated(self.run, (written, left), (&operator.right, right)));
                        }
                        (Some(left), right)
                    }
                    (_, left) => (left, right),
                };
                let value =
                    operator::apply(self.run, operator.sign(), left.as_ref(), &right).map_err(|stop| stop.or_at(expression.span))?;
                width::expect_fit(expression, &value)?;
                Ok(value)
            }
            Kind::IsNull(value, negated) => {
                let value = self.expression(value)?;
                Ok(negate(is_null(&value), *negated))
            }
            Kind::IsBoolean(value, wanted, negated) => {
                let value = self.expression(value)?;
                let is = match (value, wanted) {
                    (Value::Null, wanted) => Value::Boolean(wanted.is_none()),
                    (Value::Boolean(is), Some(wanted)) => Value::Boolean(is == *wanted),
                    (Value::Text(text), Some(wanted)) => boolean(&text).map_or(Value::Unknown, |is| Value::Boolean(is == *wanted)),
                    (Value::Unknown, _) | (_, Some(_)) => Value::Unknown,
                    (_, None) => Value::Boolean(false),
                };
                Ok(negate(is, *negated))
            }
            Kind::IsDistinctFrom(pair, negated) => {
                let (left, right) = (self.expression(&pair[0])?, self.expression(&pair[1])?);
                let distinct = same(self.run, &left, &right).map_or(Value::Unknown, |same| Value::Boolean(!same));
                Ok(negate(distinct, *negated))
            }
            Kind::Between(between) => self.between(between),
            Kind::In(value, items, negated) => {
                let value = self.expression(value)?;
                let mut all = Vec::with_capacity(items.len());
                for item in items {
                    let item = self.expression(item)?;
                    all.push(holds("=", compare(self.run, &value, &item)));
                }
                Ok(negate(any(all), *negated))
            }
            Kind::InQuery(value, query) => {
                let value = self.expression(value)?;
                let table = self.subquery(query)?;
                self.any_row("=", &value, &table, Quantifier::Any)
            }
            Kind::Quantified(quantified) => self.quantified(quantified),
            Kind::Case(case) => self.case(case),
            Kind::Array(items) => Ok(Value::Array(items.iter().map(|item| self.expression(item)).collect::<Result<_>>()?)),
            Kind::ArrayQuery(query) => {
                let table = self.subquery(query)?;
                match table.is_certain() {
                    true => Ok(Value::Array(table.rows.iter().map(|(row, _)| row.first().cloned().unwrap_or(Value::Unknown)).collect())),
                    false => Ok(Value::NotNull),
                }
            }
            Kind::Row(items, _) => {
                let values = items.iter().map(|item| self.expression(item)).collect::<Result<Vec<_>>>()?;
                Ok(Value::Record(values.into_iter().enumerate().map(|(at, value)| (Arc::from(format!("f{}", at + 1)), value)).collect()))
            }
            Kind::Exists(query) => {
                let has_rows = match self.bare(query) {
                    Some(bare) => self.query_for(&bare, Some(1))?.has_rows(),
                    None if self.calls_code(Node::Query(query)) => self.query_for(query, Some(1))?.has_rows(),
                    None => self.subquery(query)?.has_rows(),
                };
                Ok(has_rows.map_or(Value::NotNull, Value::Boolean))
            }
            Kind::Scalar(query) => self.subquery(query)?.scalar().map_err(|stop| stop.or_at(expression.span)),
            Kind::Subscript(value, subscript) => self.subscript(value, subscript),
            Kind::Field(value, field) => Ok(field_of(&self.expression(value)?, field)),
            Kind::Star(_)
            | Kind::Default
            | Kind::AllFields(_)
            | Kind::IsDocument(_)
            | Kind::IsJson(..)
            | Kind::Grouping(_)
            | Kind::Unread => Ok(Value::Unknown),
            Kind::Special(_) => Ok(Value::Unknown),
        }
    }

    /// Whether a condition holds; nothing if that can't be told.
    pub(in crate::catalog) fn condition(&mut self, expression: &Expression) -> Result<Option<bool>> {
        Ok(is_true(&self.expression(expression)?))
    }

    /// What a name means: a column, else a variable.
    pub(super) fn column(&mut self, parts: &[String]) -> Value {
        for (at, frame) in self.frames.iter().enumerate().rev() {
            if let Some(found) = in_frame(&frame.items, parts) {
                self.reach = self.reach.min(at);
                return found;
            }
        }
        self.variables.and_then(|variables| variables.value(parts)).unwrap_or(Value::Unknown)
    }

    fn parameter(&self, number: u32) -> Value {
        let at = (number as usize).checked_sub(1);
        let found = at.and_then(|at| self.variables?.parameters.get(at));
        found.cloned().unwrap_or(Value::Unknown)
    }

    fn value_function(&mut self, function: ValueFunction) -> Value {
        match function {
            ValueFunction::CurrentSchema => super::function::current_schema(self.run),
            ValueFunction::CurrentRole | ValueFunction::CurrentUser | ValueFunction::User => super::text(self.run.current_user()),
            ValueFunction::SessionUser => super::text(Arc::clone(&self.run.world.user)),
            ValueFunction::CurrentCatalog => Value::NotNull,
            ValueFunction::CurrentDate
            | ValueFunction::CurrentTime
            | ValueFunction::CurrentTimestamp
            | ValueFunction::LocalTime
            | ValueFunction::LocalTimestamp => super::function::now(self.run, function.word()),
        }
    }

    fn coalesce(&mut self, items: &[Expression]) -> Result<Value> {
        for (at, item) in items.iter().enumerate() {
            match self.expression(item)? {
                Value::Null => {}
                Value::Unknown => {
                    // Some later one may be what it is, and if that is never null the whole is not.
                    let rest = items[at + 1..].iter().map(|item| self.expression(item)).collect::<Result<Vec<_>>>();
                    let rest = rest.map_err(|stop| perhaps(stop, "whether a value is null"))?;
                    let never = rest.iter().any(|value| !matches!(value, Value::Null | Value::Unknown));
                    return Ok(if never { Value::NotNull } else { Value::Unknown });
                }
                value => return Ok(value),
            }
        }
        Ok(Value::Null)
    }

    fn extreme(&mut self, items: &[Expression], sign: &str) -> Result<Value> {
        let mut best = Value::Null;
        for item in items {
            let item = self.expression(item)?;
            best = match (best, item) {
                (best, Value::Null) => best,
                (Value::Null, item) => item,
                (best, item) => match holds(sign, compare(self.run, &item, &best)) {
                    Value::Boolean(true) => item,
                    Value::Boolean(false) => best,
                    _ => Value::NotNull,
                },
            };
        }
        Ok(best)
    }

    /// Whether an operator gives NULL before its operands are evaluated, one of which calls code.
    fn is_folded(&mut self, left: &Expression, right: &Expression) -> bool {
        let null = |operand| is_constant(operand, &Constant::Null);
        (null(left) || null(right)) && self.any_calls_code([left, right])
    }

    /// AND ends at the first that is false, OR at the first that is true.
    fn connective(&mut self, items: &[Expression], end: bool) -> Result<Value> {
        let mut result = Value::Boolean(!end);
        // A constant among them decides before any of them is evaluated.
        if items.iter().any(|item| is_constant(item, &Constant::Boolean(end))) && self.any_calls_code(items) {
            return Ok(Value::Boolean(end));
        }
        for item in items {
            let value = match self.expression(item) {
                Ok(value) => value,
                Err(stop) if result == Value::Boolean(!end) || result == Value::Null => return Err(stop),
                Err(stop) => return Err(perhaps(stop, "whether a part of the condition is evaluated")),
            };
            match value {
                Value::Boolean(is) if is == end => return Ok(Value::Boolean(end)),
                Value::Text(text) if boolean(&text) == Some(end) => return Ok(Value::Boolean(end)),
                Value::Boolean(_) | Value::Text(_) => {}
                Value::Null if result == Value::Boolean(!end) => result = Value::Null,
                Value::Null => {}
                _ => result = Value::Unknown,
            }
        }
        Ok(result)
    }

    fn between(&mut self, between: &Between) -> Result<Value> {
        if self.calls_code(Node::Expression(&between.value)) {
            return Err(Stop::unknown("how often BETWEEN evaluates what it is about is not followed", between.value.span));
        }
        let value = self.expression(&between.value)?;
        let (low, high) = (self.expression(&between.low)?, self.expression(&between.high)?);
        let within =
            |low: &Value, high: &Value| both(holds(">=", compare(self.run, &value, low)), holds("<=", compare(self.run, &value, high)));
        let mut result = within(&low, &high);
        if between.symmetry == Symmetry::Symmetric {
            result = any([result, within(&high, &low)]);
        }
        Ok(negate(result, between.negated))
    }

    fn quantified(&mut self, quantified: &Quantified) -> Result<Value> {
        let left = self.expression(&quantified.left)?;
        let sign = quantified.operator.last().map_or("", String::as_str);
        match &quantified.right {
            Quantity::Query(query) => {
                let table = self.subquery(query)?;
                self.any_row(sign, &left, &table, quantified.quantifier)
            }
            Quantity::Array(array) => {
                let array = self.expression(array)?;
                let items = match super::function::elements(&array) {
                    Some(items) => items,
                    None if array == Value::Null => return Ok(Value::Null),
                    None => return Ok(Value::Unknown),
                };
                let mut all = Vec::with_capacity(items.len());
                for item in &items {
                    all.push(operator::apply(self.run, sign, Some(&left), item)?);
                }
                Ok(match quantified.quantifier {
                    Quantifier::Any => any(all),
                    Quantifier::All => not(any(all.into_iter().map(not))),
                })
            }
        }
    }

    /// How a value, or a row, compares with the rows of a query.
    fn any_row(&mut self, sign: &str, left: &Value, table: &super::Table, quantifier: Quantifier) -> Result<Value> {
        let mut results = Vec::with_capacity(table.rows.len());
        for (row, presence) in &table.rows {
            let right = match row.len() {
                1 => row[0].clone(),
                _ => Value::Record(row.iter().map(|value| (Arc::from(""), value.clone())).collect()),
            };
            let holds = operator::apply(self.run, sign, Some(left), &right)?;
            let holds = if quantifier == Quantifier::All { not(holds) } else { holds };
            results.push(match (presence, holds) {
                (Presence::Certain, holds) => holds,
                (Presence::Maybe, Value::Boolean(false)) => Value::Boolean(false),
                (Presence::Maybe, _) => Value::Unknown,
            });
        }
        let result = any(results);
        Ok(if quantifier == Quantifier::All { not(result) } else { result })
    }

    fn case(&mut self, case: &Case) -> Result<Value> {
        let operand = case.operand.as_ref().map(|operand| self.expression(operand)).transpose()?;
        for (at, (when, then)) in case.whens.iter().enumerate() {
            let when = self.expression(when)?;
            let holds = match &operand {
                Some(operand) => holds("=", compare(self.run, operand, &when)),
                None => when,
            };
            match is_true(&holds) {
                Some(true) => return self.expression(then),
                Some(false) => {}
                None => {
                    let rest = case.whens[at..].iter().map(|(_, then)| then).chain(&case.otherwise);
                    let rest = rest.map(|then| self.expression(then)).collect::<Result<Vec<_>>>();
                    let rest = rest.map_err(|stop| perhaps(stop, "which branch of a CASE is taken"))?;
                    let otherwise = case.otherwise.is_some();
                    return Ok(either(&rest, otherwise));
                }
            }
        }
        case.otherwise.as_ref().map_or(Ok(Value::Null), |otherwise| self.expression(otherwise))
    }

    fn subscript(&mut self, value: &Expression, subscript: &Subscript) -> Result<Value> {
        let value = self.expression(value)?;
        let Subscript::Index(index) = subscript else { return Ok(if value == Value::Null { Value::Null } else { Value::Unknown }) };
        let index = self.expression(index)?;
        let (items, index) = match (super::function::elements(&value), arithmetic::integer(&index)) {
            (Some(items), Some(index)) => (items, index),
            _ if value == Value::Null || index == Value::Null => return Ok(Value::Null),
            _ => return Ok(Value::Unknown),
        };
        let at = usize::try_from(index - 1).ok();
        Ok(at.and_then(|at| items.get(at).cloned()).unwrap_or(Value::Null))
    }
}

/// The value that a name has in the rows of one query.
fn in_frame(items: &[Bound], parts: &[String]) -> Option<Value> {
    match parts {
        [name] => {
            let mut open = false;
            for item in items {
                if let Some(at) = item.head.columns.iter().position(|column| **column == **name) {
                    return Some(item.values.get(at).cloned().unwrap_or(Value::Unknown));
                }
                open |= !item.head.complete;
            }
            // The name of a row stands for all of it.
            let row = items.iter().find(|item| item.head.name.as_deref() == Some(name.as_str()));
            row.map(whole).or_else(|| open.then_some(Value::Unknown))
        }
        [.., table, name] => {
            let item = items.iter().find(|item| item.head.name.as_deref() == Some(table.as_str()))?;
            let at = item.head.columns.iter().position(|column| **column == **name);
            Some(at.and_then(|at| item.values.get(at).cloned()).unwrap_or(Value::Unknown))
        }
        [] => None,
    }
}

/// A row as one value.
pub(super) fn whole(item: &Bound) -> Value {
    // A function in FROM that gives single values is called as its one column.
    if let ([column], Some(name)) = (&item.head.columns[..], &item.head.name)
        && column == name
    {
        return item.values.first().cloned().unwrap_or(Value::Unknown);
    }
    super::record(&item.head.columns, &item.values)
}

/// What a constant says.
fn constant_value(constant: &Constant) -> Value {
    match constant {
        Constant::String(text) => super::text(text.as_str()),
        Constant::Number(digits) => Value::Number(Arc::from(digits.as_str())),
        Constant::Boolean(is) => Value::Boolean(*is),
        Constant::Null => Value::Null,
        Constant::Bits(_) => Value::NotNull,
    }
}

/// That an error may be raised or not.
pub(super) fn perhaps(stop: Stop, what: &str) -> Stop {
    match stop {
        Stop::Fails(failure) => Stop::unknown(format!("{what} can't be told, and it fails: {}", failure.message), failure.span),
        stop => stop,
    }
}

fn is_null(value: &Value) -> Value {
    match value {
        Value::Null => Value::Boolean(true),
        Value::Unknown => Value::NotNull,
        // Every field of a row must be so.
        Value::Record(fields) => match fields.iter().all(|(_, value)| *value == Value::Null) {
            true => Value::Boolean(true),
            false if fields.iter().any(|(_, value)| !matches!(value, Value::Null | Value::Unknown)) => Value::Boolean(false),
            false => Value::NotNull,
        },
        _ => Value::Boolean(false),
    }
}

fn negate(value: Value, negated: Negated) -> Value {
    if negated == Negated::Yes { not(value) } else { value }
}

fn both(left: Value, right: Value) -> Value {
    not(any([not(left), not(right)]))
}

/// OR
fn any(values: impl IntoIterator<Item = Value>) -> Value {
    let mut result = Value::Boolean(false);
    for value in values {
        match value {
            Value::Boolean(true) => return Value::Boolean(true),
            Value::Boolean(false) => {}
            Value::Null if result == Value::Boolean(false) => result = Value::Null,
            Value::Null => {}
            _ => result = Value::Unknown,
        }
    }
    result
}

/// One of these, or, where not all cases are covered, NULL.
fn either(values: &[Value], covered: bool) -> Value {
    let first = values.first().cloned().unwrap_or(Value::Null);
    let nullable = !covered || values.iter().any(|value| matches!(value, Value::Null | Value::Unknown));
    match values.iter().all(|value| *value == first) && (covered || first == Value::Null) {
        true => first,
        false if nullable => Value::Unknown,
        false => Value::NotNull,
    }
}

impl Compared {
    /// How a pair of rows that both are there compares with equality.
    pub(super) const fn is_equal(self) -> Option<bool> {
        match self {
            Compared::Is(order) => Some(order.is_eq()),
            Compared::Different | Compared::Null => Some(false),
            Compared::Unknown => None,
        }
    }
}
