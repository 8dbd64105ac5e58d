//! Triggers, policies, rules and event triggers.

mod condition;
mod create;
mod event_trigger;
mod function;
mod policy;
mod rule;
mod transition;

use super::Statement;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::run::Run;
use crate::syntax::tree::Node;

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    let text = statement.text;
    match statement.node {
        Node::CreateTrigger(create) => create::create(run, text, create),
        Node::CreatePolicy(create) => policy::create(run, text, create),
        Node::AlterPolicy(alter) => policy::alter(run, text, alter),
        Node::CreateRule(create) => rule::create(run, text, create),
        Node::CreateEventTrigger(create) => event_trigger::create(run, text, create),
        Node::AlterEventTrigger(alter) => event_trigger::alter(run, text, alter),
        _ => Err(Stop::unknown("this kind of statement is not replayed", None)),
    }
}
