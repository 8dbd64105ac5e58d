//! What changes the session, and maintenance that changes no object.

mod constraints;
mod maintenance;
mod read_only;
pub(in crate::catalog) mod setting;
mod transaction;
mod value;

pub(in crate::catalog) use maintenance::is_barred;
pub(super) use read_only::expect_utility;
pub(in crate::catalog) use read_only::{expect_change as expect_writable_relation, expect_writable};
pub(super) use setting::{expect_change, schemas};
pub(in crate::catalog) use transaction::{commit, commit_code, end_session, open, restore, rollback, save};
pub(super) use value::LISTS;

use super::Statement;
use crate::catalog::expression::analysis::{self, Scope};
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
        Node::Prepare(prepare) => {
            let name = prepare.name.value(text);
            if run.session.prepared.contains_key(&*name) {
                return Err(Stop::fails("42P05", format!("prepared statement \"{name}\" already exists"), prepare.name.span));
            }
            let span = match &*prepare.statement {
                Node::Select(select) => Some(select.span),
                Node::Insert(insert) => Some(insert.span),
                Node::Update(update) => Some(update.span),
                Node::Delete(delete) => Some(delete.span),
                _ => None,
            };
            // What parameters are, and so which functions are meant, comes from what is around them.
            if let Some(span) = span.filter(|span| !text[*span].contains('$')) {
                analysis::statement(run, text, span, &Scope::default())?;
            }
            run.session.prepared.insert(name.as_ref().into(), text[prepare.span].into());
            Ok(())
        }
        Node::Execute(execute) => {
            let name = execute.name.value(text);
            match run.session.prepared.contains_key(&*name) {
                true => Err(Stop::unknown("a prepared statement with parameters is executed", execute.span)),
                false => Err(Stop::fails("26000", format!("prepared statement \"{name}\" does not exist"), execute.name.span)),
            }
        }
        Node::Deallocate(deallocate) => {
            let Some(ident) = deallocate.name else {
                run.session.prepared.clear();
                return Ok(());
            };
            let name = ident.value(text);
            match run.session.prepared.remove(&*name) {
                Some(_) => Ok(()),
                None => Err(Stop::fails("26000", format!("prepared statement \"{name}\" does not exist"), ident.span)),
            }
        }
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
