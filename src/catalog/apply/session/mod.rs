//! What changes the session, and maintenance that changes no object.

mod constraints;
mod maintenance;
mod option;
mod prepared;
mod read_only;
pub(in crate::catalog) mod setting;
mod transaction;
mod value;

pub(in crate::catalog) use maintenance::is_barred;
pub(super) use read_only::expect_utility;
pub(in crate::catalog) use read_only::{expect_change as expect_writable_relation, expect_writable};
pub(super) use setting::{expect_change, schemas};
pub(in crate::catalog) use transaction::{commit, commit_code, end_session, open, restore, rollback, rollback_code, save};
pub(super) use value::LISTS;

use super::Statement;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::run::Run;
use crate::syntax::tree::{CursorAction, DiscardTarget, Node, SessionAction};

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    let text = statement.text;
    match statement.node {
        Node::Transaction(transaction) => transaction::apply(run, text, &transaction.action, transaction.span),
        Node::SetVariable(set) => match &set.action {
            SessionAction::Change(scope, change) => setting::change(run, text, *scope, change),
            SessionAction::Show(name) => setting::known(run, &name.value(text), name.span()),
            SessionAction::ShowAll(_) => Ok(()),
        },
        Node::SetConstraints(set) => constraints::set(run, text, set),
        Node::Notify(_) | Node::Checkpoint(_) => Ok(()),
        Node::Load(load) => {
            run.condition("58P01", format!("unless the server has the library {}", &text[load.file]), load.span);
            Ok(())
        }
        Node::Discard(discard) => {
            if matches!(discard.target, DiscardTarget::All) {
                run.session = crate::catalog::session::Session::new();
            }
            if matches!(discard.target, DiscardTarget::All | DiscardTarget::Temporary) {
                transaction::drop_temporary(run);
            }
            Ok(())
        }
        Node::Prepare(prepare) => prepared::prepare(run, text, prepare),
        Node::Execute(execute) => prepared::execute(run, text, execute),
        Node::Deallocate(deallocate) => prepared::deallocate(run, text, deallocate),
        Node::Cursor(cursor) => match &cursor.action {
            CursorAction::Declare(declare) if declare.hold.is_none() && !run.session.in_block() => {
                Err(Stop::fails("25P01", "DECLARE CURSOR can only be used in transaction blocks", cursor.span))
            }
            CursorAction::Declare(_) | CursorAction::CloseAll(_) => Ok(()),
            _ => Err(Stop::unknown("what a cursor stands on is not followed", cursor.span)),
        },
        _ => maintenance::apply(run, statement),
    }
}
