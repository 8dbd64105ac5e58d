//! BEGIN, COMMIT, ROLLBACK, savepoints.
//!
//! A block is a copy to go back to. BEGIN inside a block and COMMIT outside one do nothing but warn; a savepoint outside one fails (manual,
//! SAVEPOINT).

use super::read_only;
use crate::catalog::evaluate::keep_given_out;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{OnCommit, Persistence};
use crate::catalog::object::Class;
use crate::catalog::replay::deed;
use crate::catalog::run::Run;
use crate::catalog::session::{Block, Opener, Saved};
use crate::catalog::{Address, Oid, deletion};
use crate::syntax::tree::{Chain, Ident, TransactionAction};
use crate::text::Span;

pub(super) fn apply(run: &mut Run<'_>, text: &str, action: &TransactionAction, span: Span) -> Result {
    match action {
        TransactionAction::Begin(modes) | TransactionAction::Start(modes) => {
            begin(run);
            read_only::begin(run, modes)
        }
        TransactionAction::Commit(chain) => {
            let open = run.session.in_block();
            if !open && is_chained(*chain) {
                return Err(Stop::fails("25P01", "COMMIT AND CHAIN can only be used in transaction blocks", span));
            }
            let committed = commit(run);
            if is_chained(*chain) {
                begin(run);
            }
            committed
        }
        TransactionAction::Rollback(chain) => {
            let open = run.session.in_block();
            if !open && is_chained(*chain) {
                return Err(Stop::fails("25P01", "ROLLBACK AND CHAIN can only be used in transaction blocks", span));
            }
            rollback(run);
            if is_chained(*chain) {
                begin(run);
            }
            Ok(())
        }
        TransactionAction::Savepoint(name) => {
            let saved = save(run);
            block(run, "SAVEPOINT", span)?.savepoints.push((name.value(text).as_ref().into(), saved));
            Ok(())
        }
        TransactionAction::Release(name) => {
            let at = savepoint(run, text, *name, "RELEASE SAVEPOINT", span)?;
            block(run, "RELEASE SAVEPOINT", span)?.savepoints.truncate(at);
            Ok(())
        }
        TransactionAction::RollbackTo(name) => {
            let at = savepoint(run, text, *name, "ROLLBACK TO SAVEPOINT", span)?;
            let block = block(run, "ROLLBACK TO SAVEPOINT", span)?;
            block.savepoints.truncate(at + 1);
            block.aborted = false;
            let saved = block.savepoints.last().map(|(_, saved)| saved.clone());
            if let Some(saved) = saved {
                restore(run, saved);
            }
            Ok(())
        }
        TransactionAction::Prepare(_) if !run.session.in_block() => Ok(()),
        TransactionAction::Prepare(_) | TransactionAction::CommitPrepared(_) | TransactionAction::RollbackPrepared(_) => {
            Err(Stop::unknown("whether transactions can be prepared is the server's setting `max_prepared_transactions`", span))
        }
    }
}

const fn is_chained(chain: Option<Chain>) -> bool {
    matches!(chain, Some(Chain::Chain(_)))
}

/// Opens a block; inside one that the server opened around a message, that becomes an ordinary one.
fn begin(run: &mut Run<'_>) {
    let saved = save(run);
    match &mut run.session.block {
        Some(block) if block.opener == Opener::Message => block.opener = Opener::Statement,
        Some(_) => {}
        None => open(run, Opener::Statement, saved),
    }
}

pub(in crate::catalog) fn open(run: &mut Run<'_>, opener: Opener, before: Saved) {
    run.session.block = Some(Box::new(Block { before, savepoints: Vec::new(), aborted: false, opener }));
}

pub(in crate::catalog) fn save(run: &Run<'_>) -> Saved {
    Saved {
        catalog: run.catalog.clone(),
        settings: run.session.settings.clone(),
        settings_after: run.session.settings_after.clone(),
        pending_labels: run.session.pending_labels.clone(),
        pending_events: run.session.pending_events.clone(),
        restarted: run.session.restarted.len(),
    }
}

pub(in crate::catalog) fn restore(run: &mut Run<'_>, saved: Saved) {
    deed::fill_all(run);
    run.session.truncated.clear();
    let undone = std::mem::replace(&mut run.catalog, saved.catalog);
    keep_given_out(run, &undone);
    run.session.settings = saved.settings;
    run.session.settings_after = saved.settings_after;
    run.session.pending_labels = saved.pending_labels;
    run.session.pending_events = saved.pending_events;
    run.session.restarted.truncate(saved.restarted);
}

fn block<'r>(run: &'r mut Run<'_>, what: &str, span: Span) -> Result<&'r mut Block> {
    match &mut run.session.block {
        Some(block) if !matches!(block.opener, Opener::Message | Opener::Code) => Ok(block),
        _ => Err(Stop::fails("25P01", format!("{what} can only be used in transaction blocks"), span)),
    }
}

fn savepoint(run: &mut Run<'_>, text: &str, name: Ident, what: &str, span: Span) -> Result<usize> {
    let value = name.value(text);
    let found = block(run, what, span)?.savepoints.iter().rposition(|(other, _)| **other == *value);
    found.ok_or_else(|| Stop::fails("3B001", format!("savepoint \"{value}\" does not exist"), name.span))
}

/// Ends the block, or the transaction of a single statement: what is done is done, unless a statement failed.
///
/// # Errors
/// What a check that waited for the end of the transaction raises; then everything is undone.
pub(in crate::catalog) fn commit(run: &mut Run<'_>) -> Result {
    if run.session.block.as_ref().is_some_and(|block| block.aborted) {
        rollback(run);
        return Ok(());
    }
    if !run.session.pending_events.is_empty()
        && let Err(stop) = super::super::data::check_deferred(run)
    {
        rollback(run);
        return Err(stop);
    }
    deed::fill_all(run);
    run.session.truncated.clear();
    run.session.restarted.clear();
    run.session.block = None;
    run.session.deferral.clear();
    run.session.settings = run.session.settings_after.clone();
    run.session.pending_labels.clear();
    run.session.nested_types.clear();
    run.session.pending_events.clear();
    end_temporary(run);
    Ok(())
}

/// Ends the transaction in which code runs, which goes on in the next one.
///
/// # Errors
/// As those of [`commit`].
pub(in crate::catalog) fn commit_code(run: &mut Run<'_>) -> Result {
    let result = commit(run);
    let saved = save(run);
    run.session.committed = Some(saved.catalog.clone());
    open(run, Opener::Code, saved);
    result
}

/// Undoes the transaction in which code runs, which goes on in the next one.
pub(in crate::catalog) fn rollback_code(run: &mut Run<'_>) {
    rollback(run);
    let saved = save(run);
    open(run, Opener::Code, saved);
}

/// Undoes the block.
pub(in crate::catalog) fn rollback(run: &mut Run<'_>) {
    run.session.deferral.clear();
    run.session.nested_types.clear();
    if let Some(block) = run.session.block.take() {
        restore(run, block.before);
        run.session.settings_after = run.session.settings.clone();
    }
}

/// What ON COMMIT says of temporary tables.
fn end_temporary(run: &mut Run<'_>) {
    for table in run.catalog.in_schema(Class::Relation, Oid::PG_TEMP) {
        match run.catalog.relation(table).map(|relation| relation.on_commit) {
            Some(OnCommit::Drop) => drop_quietly(run, table),
            Some(OnCommit::DeleteRows) => drop(run.catalog.rows.remove(&table)),
            _ => {}
        }
    }
}

/// Ends the session: what it has open is undone, and what is temporary goes.
pub(in crate::catalog) fn end_session(run: &mut Run<'_>) {
    rollback(run);
    drop_temporary(run);
}

/// Drops everything that is temporary.
pub(super) fn drop_temporary(run: &mut Run<'_>) {
    for object in run.catalog.schema_contents(Oid::PG_TEMP) {
        drop_quietly(run, object);
    }
}

fn drop_quietly(run: &mut Run<'_>, object: Oid) {
    debug_assert!(run.catalog.relation(object).is_none_or(|relation| relation.persistence != Persistence::Permanent));
    // What can't be taken along is no temporary object's business.
    let gone = deletion::delete(run, &[Address::whole(object)], deletion::Behavior::Cascade, Span::empty(0));
    if gone.is_err() {
        run.catalog.remove(object);
    }
}
