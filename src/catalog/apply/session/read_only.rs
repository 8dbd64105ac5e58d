//! Transactions that only read: which statements they refuse (manual, SET TRANSACTION; `ClassifyUtilityCommandAsReadOnly`).
//!
//! A block keeps whether it only reads in the variable `transaction_read_only`; a statement outside a block, and a block that says nothing
//! of it, do as `default_transaction_read_only` says.

use crate::catalog::evaluate::boolean;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::Persistence;
use crate::catalog::rows::Value;
use crate::catalog::run::Run;
use crate::catalog::session::Settings;
use crate::catalog::{Oid, apply::Statement};
use crate::syntax::lexer::{Keyword, Token, TokenKind};
use crate::syntax::tree::{Node, TransactionMode};
use crate::text::Span;

const OF_THIS: &str = "transaction_read_only";
const OF_NEXT: &str = "default_transaction_read_only";

/// Whether the open transaction, or the next statement's own, only reads.
fn is_read_only(run: &Run<'_>) -> bool {
    let others = &run.session.settings.others;
    let own = others.get(OF_THIS).filter(|_| run.session.in_block());
    match own.or_else(|| others.get(OF_NEXT)) {
        Some(Value::Text(value)) => boolean(value) == Some(true),
        _ => false,
    }
}

/// Notes what BEGIN says, and what it is silent about: a later change of the default is not for this block.
pub(super) fn begin(run: &mut Run<'_>, modes: &[TransactionMode]) -> Result {
    let settings = &mut run.session.settings;
    if let Some(default) = settings.others.get(OF_NEXT).cloned() {
        settings.others.insert(OF_THIS.into(), default);
    }
    set(run, modes)
}

/// SET TRANSACTION, which means this block alone.
pub(super) fn set(run: &mut Run<'_>, modes: &[TransactionMode]) -> Result {
    let Some(block) = &run.session.block else { return Ok(()) };
    let inner = !block.savepoints.is_empty();
    for mode in modes {
        if let TransactionMode::ReadWrite(span) = mode
            && inner
            && is_read_only(run)
        {
            return Err(Stop::fails("25001", "cannot set transaction read-write mode inside a read-only transaction", *span));
        }
        note(&mut run.session.settings, OF_THIS, mode);
    }
    Ok(())
}

/// SET SESSION CHARACTERISTICS.
pub(super) fn set_default(settings: &mut Settings, modes: &[TransactionMode]) {
    modes.iter().for_each(|mode| note(settings, OF_NEXT, mode));
}

fn note(settings: &mut Settings, variable: &str, mode: &TransactionMode) {
    let value = match mode {
        TransactionMode::ReadOnly(_) => "on",
        TransactionMode::ReadWrite(_) => "off",
        _ => return,
    };
    settings.others.insert(variable.into(), Value::Text(value.into()));
}

/// Refuses what changes anything but rows, which [`expect_change`] is for.
///
/// # Errors
/// 25006 in a transaction that only reads.
pub(in crate::catalog::apply) fn expect_utility(run: &Run<'_>, statement: Statement<'_>) -> Result {
    let reads = matches!(
        statement.node,
        // What makes a table of a query is analysed first.
        Node::CreateTableAs(_)
            | Node::Select(_)
            | Node::Insert(_)
            | Node::Update(_)
            | Node::Delete(_)
            | Node::Merge(_)
            | Node::Copy(_)
            | Node::Do(_)
            | Node::Call(_)
            | Node::Transaction(_)
            | Node::SetVariable(_)
            | Node::SetConstraints(_)
            | Node::Discard(_)
            | Node::Notify(_)
            | Node::Prepare(_)
            | Node::Execute(_)
            | Node::Deallocate(_)
            | Node::Cursor(_)
            | Node::Load(_)
            | Node::Checkpoint(_)
            | Node::Vacuum(_)
            | Node::Reindex(_)
            | Node::Cluster(_)
            | Node::Lock(_)
            | Node::Explain(_)
            | Node::AlterSystem(_)
    );
    match reads {
        true => Ok(()),
        false => expect_writable(run, &tag(statement.text, statement.tokens), None),
    }
}

/// Refuses a change of rows, unless they are those of a temporary table.
///
/// # Errors
/// As [`expect_utility`].
pub(in crate::catalog) fn expect_change(run: &Run<'_>, relation: Oid, what: &str) -> Result {
    match run.catalog.relation(relation) {
        Some(relation) if relation.persistence == Persistence::Temporary => Ok(()),
        _ => expect_writable(run, what, None),
    }
}

/// Refuses `what` in a transaction that only reads.
///
/// # Errors
/// 25006.
pub(in crate::catalog) fn expect_writable(run: &Run<'_>, what: &str, span: Option<Span>) -> Result {
    match is_read_only(run) {
        true => Err(Stop::fails("25006", format!("cannot execute {what} in a read-only transaction"), span)),
        false => Ok(()),
    }
}

/// What PostgreSQL calls a statement: `CREATE TABLE`.
fn tag(text: &str, tokens: &[Token]) -> String {
    let noun = matches!(tokens.first(), Some(Token { kind: TokenKind::Keyword(Keyword::Create | Keyword::Alter | Keyword::Drop), .. }));
    let is_tag = |token: &&Token| match token.kind {
        TokenKind::Keyword(keyword) => !matches!(keyword, Keyword::If | Keyword::Only),
        _ => false,
    };
    let is_mute = |token: &&Token| {
        use Keyword::{Concurrently, Or, Recursive, Replace, Temp, Temporary, Unique, Unlogged};
        matches!(token.kind, TokenKind::Keyword(Or | Replace | Temp | Temporary | Unlogged | Unique | Recursive | Concurrently))
    };
    let words = tokens.iter().take_while(is_tag).filter(|token| !is_mute(token)).take(if noun { 4 } else { 1 });
    words.map(|token| text[token.span].to_uppercase()).collect::<Vec<_>>().join(" ")
}
