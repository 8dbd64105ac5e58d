//! What the planner computes before anything is run: operators between constants (PostgreSQL 15, `eval_const_expressions`). What fails there
//! fails even where it would not have been evaluated, for a row that is not there or in a branch that is not taken.

use super::Evaluator;
use super::lazy::is_constant;
use crate::catalog::failure::{Result, Stop};
use crate::syntax::expression::{
    Body, Case, Constant, Expression, ExpressionKind as Kind, FromItem, FromItemKind, JoinCondition, Node, Query,
};

impl Evaluator<'_, '_> {
    /// Expects that everything between constants in a query can be computed.
    ///
    /// # Errors
    /// What PostgreSQL raises when it plans the query, 22012 above all.
    pub(super) fn expect_planned(&mut self, query: &Query) -> Result {
        match &query.body {
            Body::Select(select) => {
                for target in &select.targets {
                    self.expect_computed(&target.value)?;
                }
                for item in &select.from {
                    self.expect_joined(item)?;
                }
                for condition in select.condition.iter().chain(&select.having) {
                    self.expect_computed(condition)?;
                }
            }
            Body::Values(rows) => {
                for value in rows.iter().flatten() {
                    self.expect_computed(value)?;
                }
            }
            Body::SetOperation(operation) => {
                for part in &operation.parts {
                    self.expect_planned(part)?;
                }
            }
        }
        let keys = query.order_by.iter().map(|key| &key.value);
        for expression in keys.chain(query.limit.iter().map(|limit| &limit.count)).chain(query.offset.as_deref()) {
            self.expect_computed(expression)?;
        }
        Ok(())
    }

    fn expect_joined(&mut self, item: &FromItem) -> Result {
        let FromItemKind::Join(join) = &item.kind else { return Ok(()) };
        self.expect_joined(&join.left)?;
        self.expect_joined(&join.right)?;
        match &join.condition {
            JoinCondition::On(condition) => self.expect_computed(condition),
            _ => Ok(()),
        }
    }

    /// Expects that everything between constants in an expression can be computed.
    ///
    /// # Errors
    /// What PostgreSQL raises when it plans the expression.
    pub(in crate::catalog) fn expect_computed(&mut self, expression: &Expression) -> Result {
        match &expression.kind {
            Kind::Operator(_) if is_computed(expression) => match self.expression(expression) {
                Err(stop @ Stop::Fails(_)) => Err(stop),
                _ => Ok(()),
            },
            // What stands behind a constant that decides is not looked at.
            Kind::And(items) => self.expect_up_to(items, |item| is_constant(item, &Constant::Boolean(false))),
            Kind::Or(items) => self.expect_up_to(items, |item| is_constant(item, &Constant::Boolean(true))),
            Kind::Coalesce(items) => {
                self.expect_up_to(items, |item| item.as_constant().is_some_and(|constant| *constant != Constant::Null))
            }
            Kind::Case(case) => self.expect_branches(case),
            Kind::Exists(query) => match self.bare(query) {
                Some(bare) => self.expect_planned(&bare),
                None => self.expect_planned(query),
            },
            _ => {
                let mut result = Ok(());
                Node::Expression(expression).each_part(&mut |part| {
                    if result.is_ok() {
                        result = match part {
                            Node::Expression(part) => self.expect_computed(part),
                            Node::Query(query) => self.expect_planned(query),
                            _ => Ok(()),
                        };
                    }
                });
                result
            }
        }
    }

    fn expect_up_to(&mut self, items: &[Expression], decides: impl Fn(&Expression) -> bool) -> Result {
        let end = items.iter().position(decides).map_or(items.len(), |at| at + 1);
        items[..end].iter().try_for_each(|item| self.expect_computed(item))
    }

    fn expect_branches(&mut self, case: &Case) -> Result {
        if let Some(operand) = &case.operand {
            self.expect_computed(operand)?;
        }
        for (when, then) in &case.whens {
            self.expect_computed(when)?;
            let holds = match &case.operand {
                None => when.as_constant().map(|constant| *constant == Constant::Boolean(true)),
                Some(operand) => operand.as_constant().zip(when.as_constant()).map(|(operand, when)| operand == when),
            };
            match holds {
                Some(true) => return self.expect_computed(then),
                Some(false) => {}
                None => self.expect_computed(then)?,
            }
        }
        case.otherwise.as_ref().map_or(Ok(()), |otherwise| self.expect_computed(otherwise))
    }
}

/// Whether an expression is made of numbers, operators between them, and casts.
fn is_computed(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::Constant(Constant::Number(_) | Constant::Null) => true,
        Kind::Cast(value, ty) => ty.array_dimensions == 0 && ty.catalog_name().is_some() && is_computed(value),
        Kind::Operator(operator) => {
            matches!(operator.sign(), "+" | "-" | "*" | "/" | "%") && operator.left.iter().chain([&operator.right]).all(is_computed)
        }
        _ => false,
    }
}
