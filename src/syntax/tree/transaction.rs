//! Transaction control.

use crate::text::Span;

use super::Ident;

/// `BEGIN`, `COMMIT`, `ROLLBACK`, `SAVEPOINT`, `PREPARE TRANSACTION` and their kin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// The whole statement.
    pub span: Span,
    /// What it does.
    pub action: TransactionAction,
}

/// What a statement does with the transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransactionAction {
    /// `BEGIN`.
    Begin(Vec<TransactionMode>),
    /// `START TRANSACTION`.
    Start(Vec<TransactionMode>),
    /// `COMMIT` and `END`.
    Commit(Option<Chain>),
    /// `ROLLBACK` and `ABORT`.
    Rollback(Option<Chain>),
    /// `SAVEPOINT name`.
    Savepoint(Ident),
    /// `RELEASE [SAVEPOINT] name`.
    Release(Ident),
    /// `ROLLBACK TO [SAVEPOINT] name`.
    RollbackTo(Ident),
    /// `PREPARE TRANSACTION 'gid'`: the string.
    Prepare(Span),
    /// `COMMIT PREPARED 'gid'`: the string.
    CommitPrepared(Span),
    /// `ROLLBACK PREPARED 'gid'`: the string.
    RollbackPrepared(Span),
}

/// Whether another transaction begins at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chain {
    /// `AND CHAIN`
    Chain(Span),
    /// `AND NO CHAIN`
    NoChain(Span),
}

/// A property of a transaction, with its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransactionMode {
    /// `ISOLATION LEVEL …`
    Isolation(Span, IsolationLevel),
    /// `READ ONLY`
    ReadOnly(Span),
    /// `READ WRITE`
    ReadWrite(Span),
    /// `DEFERRABLE`
    Deferrable(Span),
    /// `NOT DEFERRABLE`
    NotDeferrable(Span),
}

/// How far a transaction is isolated from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum IsolationLevel {
    ReadUncommitted,
    ReadCommitted,
    RepeatableRead,
    Serializable,
}
