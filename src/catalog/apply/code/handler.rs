//! EXCEPTION: what is undone, and which errors a handler catches.

use super::super::session::{restore, save};
use super::interpreter::{Flow, Interpreter};
use crate::catalog::apply::schema::optional;
use crate::catalog::evaluate::Variable;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::rows::Value;
use crate::postgres::facts;
use crate::syntax::plpgsql::{Block, Condition, Handler};

/// An error that a handler handles.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Caught {
    pub(super) sqlstate: &'static str,
    pub(super) message: String,
}

impl<'b> Interpreter<'_, '_, 'b> {
    /// Runs a block that has handlers: where it fails, all that it did is undone but for variables and sequences.
    pub(super) fn handled(&mut self, block: &'b Block) -> Result<Flow> {
        let before = save(self.run);
        let (depth, variables) = (self.run.depth, self.variables.depth());
        self.run.session.subtransactions += 1;
        let (doubts, met) = (self.doubts.len(), self.run.conditions.len());
        let ended = self.statements(&block.statements);
        self.run.session.subtransactions -= 1;
        if self.doubts.len() > doubts {
            block.handlers.iter().for_each(|handler| self.look_into(&handler.statements));
        }
        let failure = match ended {
            Err(Stop::Fails(failure)) => failure,
            other => {
                let sqlstate = optional::missing(self.run.world.target);
                let handler = block.handlers.iter().find(|handler| self.catches(handler, sqlstate));
                if let Some(handler) = handler.filter(|_| other.is_ok() && optional::is_asked_for(self.run, met))
                    && self.goes_on(handler, sqlstate)
                {
                    optional::leave(self.run, met);
                }
                return other;
            }
        };
        let Some(handler) = block.handlers.iter().find(|handler| self.catches(handler, failure.sqlstate)) else {
            return Err(Stop::Fails(failure));
        };
        restore(self.run, before);
        self.run.depth = depth;
        self.variables.close_to(variables);
        self.handle(handler, Caught { sqlstate: failure.sqlstate, message: failure.message })
    }

    fn handle(&mut self, handler: &'b Handler, caught: Caught) -> Result<Flow> {
        let variables = self.variables.depth();
        self.variables.open(None);
        self.variables.declare(Variable::new("sqlstate", None, Value::Text(caught.sqlstate.into())));
        self.variables.declare(Variable::new("sqlerrm", None, Value::Text(caught.message.as_str().into())));
        let outer = self.caught.replace(caught);
        let result = self.statements(&handler.statements);
        self.variables.close_to(variables);
        self.caught = outer;
        result
    }

    /// Whether code goes on behind a handler that handles an error which this server does not raise.
    fn goes_on(&mut self, handler: &'b Handler, sqlstate: &'static str) -> bool {
        let before = (self.run.clone(), self.variables.clone(), self.returned.clone());
        let ended = self.handle(handler, Caught { sqlstate, message: String::new() });
        let after = std::mem::replace(self.run, before.0);
        self.run.budget = after.budget;
        (self.variables, self.returned) = (before.1, before.2);
        ended.is_ok()
    }

    fn catches(&self, handler: &Handler, sqlstate: &str) -> bool {
        handler.conditions.iter().any(|condition| match condition {
            Condition::Name(name) => facts::is_caught_by_name(&self.name(*name).to_ascii_lowercase(), sqlstate),
            Condition::SqlState(span) => facts::is_caught_by(&super::string(self.code, *span), sqlstate),
        })
    }
}
