//! Roles, privileges, and what is said of objects.
//!
//! Statements run as a superuser, as migrations do on a server of their own, but after SET ROLE.

mod acting;
mod comment;
mod future;
mod grant;
mod membership;
mod owned;
mod role;

#[cfg(test)]
mod tests;

pub(super) use acting::expect_allowed;

use super::Statement;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::run::Run;
use crate::syntax::tree::Node;

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    let text = statement.text;
    match statement.node {
        Node::Grant(node) => grant::apply(run, text, node),
        Node::GrantRole(node) => membership::apply(run, text, node),
        Node::AlterDefaultPrivileges(node) => future::apply(run, text, node),
        Node::CreateRole(node) => role::create(run, text, node),
        Node::AlterRole(node) => role::alter(run, text, node),
        Node::AlterRoleSet(node) => role::set(run, text, node),
        Node::DropRole(node) => role::drop(run, text, node),
        Node::ReassignOwned(node) => owned::reassign(run, text, node),
        Node::DropOwned(node) => owned::drop(run, text, node),
        Node::CommentOn(node) => comment::apply(run, text, node),
        Node::SecurityLabel(node) => comment::label(run, text, node),
        _ => Err(Stop::unknown("this kind of statement is not replayed", None)),
    }
}
