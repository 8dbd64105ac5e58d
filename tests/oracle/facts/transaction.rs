//! Transaction control.

use migration_lint::syntax::tree::{Chain, CheckTime, IsolationLevel, SetConstraints, Transaction, TransactionAction, TransactionMode};

use super::{Facts, Kind};

pub fn transaction(f: &mut Facts, node: &Transaction) -> Kind {
    let words = f.words;
    let action = match &node.action {
        TransactionAction::Begin(modes) => {
            f.each("option", modes.iter().map(|&mode| transaction_mode(mode)));
            "begin"
        }
        TransactionAction::Start(modes) => {
            f.each("option", modes.iter().map(|&mode| transaction_mode(mode)));
            "start"
        }
        TransactionAction::Commit(chain) => {
            f.chain(*chain);
            "commit"
        }
        TransactionAction::Rollback(chain) => {
            f.chain(*chain);
            "rollback"
        }
        TransactionAction::Savepoint(name) => {
            f.say(format!("savepoint {}", words.ident(*name)));
            "savepoint"
        }
        TransactionAction::Release(name) => {
            f.say(format!("savepoint {}", words.ident(*name)));
            "release"
        }
        TransactionAction::RollbackTo(name) => {
            f.say(format!("savepoint {}", words.ident(*name)));
            "rollback-to"
        }
        TransactionAction::Prepare(id) => {
            f.say(format!("gid {}", words.string(*id)));
            "prepare"
        }
        TransactionAction::CommitPrepared(id) => {
            f.say(format!("gid {}", words.string(*id)));
            "commit-prepared"
        }
        TransactionAction::RollbackPrepared(id) => {
            f.say(format!("gid {}", words.string(*id)));
            "rollback-prepared"
        }
    };
    f.say(format!("transaction {action}"));
    "TransactionStmt"
}

pub fn set_constraints(f: &mut Facts, node: &SetConstraints) -> Kind {
    let words = f.words;
    if node.constraints.is_empty() {
        f.say("all");
    }
    f.each("constraint", node.constraints.iter().map(|&constraint| words.name(constraint)));
    f.say(match node.time {
        CheckTime::Deferred(_) => "deferred",
        CheckTime::Immediate(_) => "immediate",
    });
    "ConstraintsSetStmt"
}

/// A mode as a variable and its value.
pub const fn transaction_mode(mode: TransactionMode) -> &'static str {
    match mode {
        TransactionMode::Isolation(_, IsolationLevel::ReadUncommitted) => "transaction_isolation=read uncommitted",
        TransactionMode::Isolation(_, IsolationLevel::ReadCommitted) => "transaction_isolation=read committed",
        TransactionMode::Isolation(_, IsolationLevel::RepeatableRead) => "transaction_isolation=repeatable read",
        TransactionMode::Isolation(_, IsolationLevel::Serializable) => "transaction_isolation=serializable",
        TransactionMode::ReadOnly(_) => "transaction_read_only=1",
        TransactionMode::ReadWrite(_) => "transaction_read_only=0",
        TransactionMode::Deferrable(_) => "transaction_deferrable=1",
        TransactionMode::NotDeferrable(_) => "transaction_deferrable=0",
    }
}

impl Facts<'_> {
    fn chain(&mut self, chain: Option<Chain>) {
        if matches!(chain, Some(Chain::Chain(_))) {
            self.say("chain");
        }
    }
}
