//! EXECUTE: statements whose text is computed.

use super::super::data::{self, Outcome};
use super::atomically;
use super::interpreter::Interpreter;
use super::sql::{is_data, parsed, utility};
use crate::catalog::apply::Statement;
use crate::catalog::evaluate::Variables;
use crate::catalog::expression::analysis::Place;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::replay::deed;
use crate::catalog::rows::Value;
use crate::catalog::run::Run;
use crate::syntax::Script;
use crate::syntax::plpgsql::Dynamic;
use crate::syntax::tree::Node;
use crate::text::Span;

impl<'b> Interpreter<'_, '_, 'b> {
    /// EXECUTE as a statement.
    pub(super) fn execute(&mut self, dynamic: &'b Dynamic, span: Span) -> Result {
        let outcome = self.dynamic(dynamic, span)?;
        if let Some(outcome) = &outcome {
            self.count = outcome.count;
        }
        if let Some(into) = &dynamic.into {
            let Some(outcome) = outcome else {
                return Err(Stop::fails("42601", "INTO used with a command that cannot return data", span));
            };
            // EXECUTE leaves FOUND as it is.
            let found = self.variables.find(&["found".to_owned()]).map(|variable| variable.value.clone());
            self.into(into, &outcome.table, span)?;
            if let (Some(value), Some(variable)) = (found, self.variables.find_mut(&["found".to_owned()])) {
                variable.value = value;
            }
        }
        Ok(())
    }

    /// Runs the text; what its last statement gives, if it is a query or a data change.
    pub(super) fn dynamic(&mut self, dynamic: &'b Dynamic, span: Span) -> Result<Option<Outcome>> {
        let text = match self.evaluate(dynamic.text)? {
            Value::Text(text) => text,
            Value::Null => return Err(Stop::fails("22004", "query string argument of EXECUTE is null", span)),
            _ => return Err(Stop::unknown("the text that EXECUTE runs can't be told", dynamic.text.span)),
        };
        let mut variables = Variables::default();
        for parameter in &dynamic.parameters {
            let value = self.evaluate(*parameter)?;
            variables.parameters.push(value);
        }
        let script = Script::parse(&text, Span::new(0, text.len() as u32));
        let mut last = None;
        for statement in &script.statements {
            self.step(span)?;
            let node = parsed(self.run, statement).map_err(|stop| stop.at(span))?;
            last = if is_data(node) {
                let source = &text[statement.span];
                let tokens = script.tokens_of(statement);
                let change = Statement { text: &text, node, tokens, data: None };
                let work = |run: &mut Run<'_>| data::execute(run, source, &variables, Place::Anywhere).map_err(|stop| stop.at(span));
                Some(deed::noted(self.run, change, work)?)
            } else {
                if matches!(node, Node::Transaction(_)) {
                    return Err(Stop::fails("0A000", "EXECUTE of transaction commands is not implemented", span));
                }
                let tokens = script.tokens_of(statement);
                atomically(self.run, |run| utility(run, &text, node, tokens, span)).map_err(|stop| stop.at(span))?;
                None
            };
        }
        Ok(last)
    }

    /// What a text gives that is run for its rows.
    pub(super) fn dynamic_rows(&mut self, dynamic: &'b Dynamic, span: Span) -> Result<Outcome> {
        match self.dynamic(dynamic, span)? {
            Some(outcome) => Ok(outcome),
            None => Err(Stop::fails("42P11", "cannot open a query that gives no rows as cursor", span)),
        }
    }
}
