//! Loops.

use super::branch::same_database;
use super::interpreter::{Flow, Interpreter};
use crate::catalog::apply::data::Outcome;
use crate::catalog::evaluate::{Table, Variable, is_true};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::TypeUse;
use crate::catalog::object::Name;
use crate::catalog::replay::deed::{self, Deeds};
use crate::catalog::rows::Value;
use crate::catalog::run::Run;
use crate::syntax::plpgsql::{Loop, LoopKind};
use crate::syntax::tree::Expr;
use crate::text::Span;

/// How many statements that could not be followed are passed over before loops are given up.
const MOST_DOUBTS: usize = 1_000;

/// Whether a loop goes on after a turn.
enum Turn {
    On,
    Over(Flow),
}

impl<'b> Interpreter<'_, '_, 'b> {
    pub(super) fn looped(&mut self, inner: &'b Loop, span: Span) -> Result<Flow> {
        let result = self.followed(inner, span);
        if matches!(result, Err(Stop::Unknown(_))) && self.is_wary() {
            self.look_into(&inner.statements);
        }
        result
    }

    fn followed(&mut self, inner: &'b Loop, span: Span) -> Result<Flow> {
        let label = inner.label.map(|label| self.name(label));
        match &inner.kind {
            LoopKind::Forever => loop {
                self.step(span)?;
                let doubts = self.doubts.len();
                if let Turn::Over(flow) = self.turn(inner, label.as_ref())? {
                    return Ok(flow);
                }
                // What ends it may be what could not be followed.
                if self.doubts.len() > doubts {
                    return Ok(Flow::Next);
                }
            },
            LoopKind::While(condition) => loop {
                self.step(span)?;
                match is_true(&self.evaluate(*condition)?) {
                    Some(true) => {}
                    Some(false) => return Ok(Flow::Next),
                    None => return Err(Stop::unknown("how often a loop is run can't be told", condition.span)),
                }
                let doubts = self.doubts.len();
                if let Turn::Over(flow) = self.turn(inner, label.as_ref())? {
                    return Ok(flow);
                }
                if self.doubts.len() > doubts {
                    return Ok(Flow::Next);
                }
            },
            LoopKind::Integers { variable, reverse, lower, upper, step } => {
                let lower = self.bound(*lower)?;
                let upper = self.bound(*upper)?;
                let step = step.map(|step| self.bound(step)).transpose()?.unwrap_or(1);
                if step <= 0 {
                    return Err(Stop::fails("22023", "BY value of FOR loop must be greater than zero", span));
                }
                let name = self.name(*variable);
                let depth = self.variables.depth();
                self.variables.open(label.clone());
                self.variables.declare(Variable::new(name, Some(TypeUse::built_in("int4")), Value::Null));
                let result = self.counted(inner, label.as_ref(), (lower, upper, step, reverse.is_some()), span);
                self.variables.close_to(depth);
                result
            }
            LoopKind::Query(targets, sql) => {
                let before = self.run.clone();
                let outcome = self.sql(sql, span)?.ok_or_else(|| Stop::unknown("a loop over what gives no rows", span))?;
                self.over_outcome(inner, label.as_ref(), targets, (&before, outcome), span)
            }
            LoopKind::Execute(targets, dynamic) => {
                let before = self.run.clone();
                let outcome = self.dynamic_rows(dynamic, span)?;
                self.over_outcome(inner, label.as_ref(), targets, (&before, outcome), span)
            }
            LoopKind::Array(targets, slice, array) => {
                let value = self.evaluate(*array)?;
                let items = match value {
                    Value::Array(items) if slice.is_none() => items,
                    Value::Null => return Err(Stop::fails("22004", "FOREACH expression must not be null", array.span)),
                    _ => return Err(Stop::unknown("what a loop runs over can't be told", array.span)),
                };
                let mut found = false;
                for item in items {
                    self.step(span)?;
                    found = true;
                    match &targets[..] {
                        [target] => self.assign(*target, item, span)?,
                        _ => return Err(Stop::unknown("what a loop runs over can't be told", array.span)),
                    }
                    if let Turn::Over(flow) = self.turn(inner, label.as_ref())? {
                        self.set_found(Some(true));
                        return Ok(flow);
                    }
                }
                self.set_found(Some(found));
                Ok(Flow::Next)
            }
            LoopKind::Cursor(record, cursor, arguments) => self.over_cursor(inner, label.as_ref(), (*record, *cursor, *arguments), span),
        }
    }

    fn bound(&mut self, expression: Expr) -> Result<i64> {
        let value = self.evaluate(expression)?;
        match self.coerce(value, Some(&TypeUse::built_in("int4")))? {
            Value::Number(number) => number.parse().map_err(|_| Stop::unknown("how often a loop is run can't be told", expression.span)),
            Value::Null => Err(Stop::fails("22004", "lower bound of FOR loop cannot be null", expression.span)),
            _ => Err(Stop::unknown("how often a loop is run can't be told", expression.span)),
        }
    }

    fn counted(&mut self, inner: &'b Loop, label: Option<&Name>, range: (i64, i64, i64, bool), span: Span) -> Result<Flow> {
        let (lower, upper, step, reverse) = range;
        let mut at = lower;
        let mut found = false;
        while if reverse { at >= upper } else { at <= upper } {
            self.step(span)?;
            found = true;
            if let LoopKind::Integers { variable, .. } = &inner.kind {
                self.assign(variable.span, Value::Number(at.to_string().into()), span)?;
            }
            if let Turn::Over(flow) = self.turn(inner, label)? {
                self.set_found(Some(true));
                return Ok(flow);
            }
            at += if reverse { -step } else { step };
        }
        self.set_found(Some(found));
        Ok(Flow::Next)
    }

    /// Runs a loop over what a statement gave, which changed nothing yet `before` it.
    fn over_outcome(
        &mut self,
        inner: &'b Loop,
        label: Option<&Name>,
        targets: &[Span],
        (before, outcome): (&Run<'_>, Outcome),
        span: Span,
    ) -> Result<Flow> {
        if !outcome.changes {
            self.expect_at_once(before, &outcome.table, span)?;
        }
        self.run.session.changing_loops += u32::from(outcome.changes);
        let result = self.over(inner, label, targets, &outcome.table, span);
        self.run.session.changing_loops -= u32::from(outcome.changes);
        result
    }

    /// Expects that a query changed nothing whose rows are fetched while the loop over them is run.
    pub(super) fn expect_at_once(&self, before: &Run<'_>, table: &Table, span: Span) -> Result {
        match (table.is_certain() && table.rows.len() <= 1) || same_database(before, self.run) {
            true => Ok(()),
            false => Err(Stop::unknown("between which turns of a loop its query changes something can't be told", span)),
        }
    }

    /// Runs a loop over the rows of a query.
    pub(super) fn over(&mut self, inner: &'b Loop, label: Option<&Name>, targets: &[Span], table: &Table, span: Span) -> Result<Flow> {
        if !table.is_certain() {
            return self.over_unknown(inner, label, targets, table, span);
        }
        for (row, _) in &table.rows {
            self.step(span)?;
            self.assign_row(targets, &table.columns, row, span)?;
            if let Turn::Over(flow) = self.turn(inner, label)? {
                self.set_found(Some(true));
                return Ok(flow);
            }
        }
        if table.rows.is_empty() {
            let nulls = vec![Value::Null; table.columns.len()];
            self.assign_row(targets, &table.columns, &nulls, span)?;
        }
        self.set_found(Some(!table.rows.is_empty()));
        Ok(Flow::Next)
    }

    /// A loop of which it can't be told how often it is run: it does not matter if a turn changes nothing.
    fn over_unknown(&mut self, inner: &'b Loop, label: Option<&Name>, targets: &[Span], table: &Table, span: Span) -> Result<Flow> {
        let undecided = || Stop::unknown("over which rows a loop runs can't be told", span);
        let before = (self.run.clone(), self.variables.clone());
        let unknown = vec![Value::Unknown; table.columns.len()];
        self.assign_row(targets, &table.columns, &unknown, span)?;
        self.run.deeds.iter_mut().for_each(Deeds::begin_untold);
        let turn = self.turn(inner, label);
        deed::end_untold(self.run);
        let mut after = std::mem::replace(self.run, before.0);
        self.run.deeds = after.deeds.take();
        let variables = std::mem::replace(&mut self.variables, before.1);
        match turn {
            Ok(Turn::On) if same_database(self.run, &after) => {}
            Err(stop @ Stop::Unknown(_)) => return Err(stop),
            _ => return Err(undecided()),
        }
        self.variables.blur(&variables);
        // What a second turn makes of what the first one left is not asked.
        if self.variables != variables {
            self.variables.blur(&variables);
        }
        self.set_found(None);
        Ok(Flow::Next)
    }

    /// Runs the statements of a loop once.
    fn turn(&mut self, inner: &'b Loop, label: Option<&Name>) -> Result<Turn> {
        if self.doubts.len() > MOST_DOUBTS {
            return Err(Stop::unknown("too much in a loop can't be told", None));
        }
        Ok(match self.statements(&inner.statements)? {
            Flow::Next => Turn::On,
            Flow::Continue(to) if to.is_none() || to.as_ref() == label => Turn::On,
            Flow::Exit(from) if from.is_none() || from.as_ref() == label => Turn::Over(Flow::Next),
            flow => Turn::Over(flow),
        })
    }
}
