//! Triggers, policies, rules and event triggers.

mod condition;
mod create;
mod event_trigger;
mod function;
mod policy;
mod rule;
mod transition;

use super::Statement;
use crate::catalog::Oid;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::run::Run;
use crate::postgres::facts;
use crate::syntax::tree::{Name, Node};

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

/// The relation that gets a trigger, policy or rule.
///
/// # Errors
/// 42P01 if there is none, 42501 for one of PostgreSQL's own, or if it can't be told.
fn subject(run: &mut Run<'_>, text: &str, name: Name) -> Result<Oid> {
    let object = name.object.value(text);
    let in_pg_catalog = name.schema.is_none_or(|schema| schema.is(text, "pg_catalog"));
    if in_pg_catalog
        && facts::system().relation(&object, run.world.target).is_some()
        && run.find(crate::catalog::object::Class::Relation, text, name)?.is_none()
    {
        return Err(Stop::fails("42501", format!("permission denied: \"{object}\" is a system catalog"), name.span()));
    }
    run.relation(text, name)
}
