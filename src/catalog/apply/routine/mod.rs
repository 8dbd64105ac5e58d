//! Functions, procedures, aggregates and the other objects that CREATE defines by a list of options.

mod aggregate;
mod alter;
mod arguments;
mod attributes;
mod body;
mod create;
mod replace;
mod result;
mod setting;

use super::Statement;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::run::Run;
use crate::syntax::tree::{Defined, Node};

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    let text = statement.text;
    match statement.node {
        Node::CreateFunction(create) => create::create(run, text, create),
        Node::AlterFunction(alter) => alter::alter(run, text, alter),
        Node::Define(define) => match &define.object {
            Defined::Aggregate { replace, name, arguments, .. } => {
                let replace = replace.map_or(replace::Replace::No, |_| replace::Replace::Yes);
                aggregate::create(run, text, *name, arguments.as_ref(), &define.options, replace)
            }
            _ => super::definition::apply(run, statement),
        },
        _ => Err(Stop::unknown("this kind of statement is not replayed", None)),
    }
}
