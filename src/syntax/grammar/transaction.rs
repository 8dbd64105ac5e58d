//! Transaction control (TransactionStmt), and the modes that SET TRANSACTION shares with BEGIN.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Chain, Ident, IsolationLevel, Node, Transaction, TransactionAction, TransactionMode};

use super::parser::{Parse, Parser};
use super::{SyntaxError, name};

/// BEGIN, START, COMMIT, END, ROLLBACK, ABORT, SAVEPOINT, RELEASE, PREPARE TRANSACTION.
pub(super) fn transaction(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    let action = action(p)?;
    Ok(Node::Transaction(Box::new(Transaction { span: p.since(start), action })))
}

fn action(p: &mut Parser) -> Parse<TransactionAction> {
    let verb = p.kind();
    p.bump();
    match verb {
        TokenKind::Keyword(Keyword::Begin) => {
            work(p);
            optional_modes(p).map(TransactionAction::Begin)
        }
        TokenKind::Keyword(Keyword::Start) => {
            p.expect_kw(Keyword::Transaction)?;
            optional_modes(p).map(TransactionAction::Start)
        }
        TokenKind::Keyword(Keyword::Commit) if p.eat_kw(Keyword::Prepared).is_some() => {
            name::string(p, "the transaction's identifier in quotes").map(TransactionAction::CommitPrepared)
        }
        TokenKind::Keyword(Keyword::Commit | Keyword::End) => {
            work(p);
            chain(p).map(TransactionAction::Commit)
        }
        TokenKind::Keyword(Keyword::Rollback) => rollback(p),
        TokenKind::Keyword(Keyword::Abort) => {
            work(p);
            chain(p).map(TransactionAction::Rollback)
        }
        TokenKind::Keyword(Keyword::Savepoint) => savepoint(p).map(TransactionAction::Savepoint),
        TokenKind::Keyword(Keyword::Release) => {
            optional_savepoint_word(p);
            savepoint(p).map(TransactionAction::Release)
        }
        _ => {
            p.expect_kw(Keyword::Transaction)?;
            name::string(p, "the transaction's identifier in quotes").map(TransactionAction::Prepare)
        }
    }
}

fn rollback(p: &mut Parser) -> Parse<TransactionAction> {
    if p.eat_kw(Keyword::Prepared).is_some() {
        return name::string(p, "the transaction's identifier in quotes").map(TransactionAction::RollbackPrepared);
    }
    work(p);
    if p.eat_kw(Keyword::To).is_some() {
        optional_savepoint_word(p);
        return savepoint(p).map(TransactionAction::RollbackTo);
    }
    chain(p).map(TransactionAction::Rollback)
}

/// `WORK` or `TRANSACTION`, which say nothing.
fn work(p: &mut Parser) {
    if p.eat_kw(Keyword::Work).is_none() {
        p.eat_kw(Keyword::Transaction);
    }
}

/// The word `SAVEPOINT` before a savepoint's name; a savepoint may be called that, too.
fn optional_savepoint_word(p: &mut Parser) {
    if !matches!(p.nth(1), TokenKind::End | TokenKind::Semicolon) {
        p.eat_kw(Keyword::Savepoint);
    }
}

fn savepoint(p: &mut Parser) -> Parse<Ident> {
    name::column_name(p, "the name of a savepoint")
}

fn chain(p: &mut Parser) -> Parse<Option<Chain>> {
    let start = p.start();
    if p.eat_kw(Keyword::And).is_none() {
        return match p.at_statement_end() {
            true => Ok(None),
            false => Err(after_the_verb(p, "`AND CHAIN` or the end of the statement")),
        };
    }
    let no = p.eat_kw(Keyword::No);
    p.expect_kw(Keyword::Chain)?;
    let span = p.since(start);
    Ok(Some(if no.is_some() { Chain::NoChain(span) } else { Chain::Chain(span) }))
}

fn optional_modes(p: &mut Parser) -> Parse<Vec<TransactionMode>> {
    match p.at_statement_end() {
        true => Ok(Vec::new()),
        false if at_mode(p) => modes(p),
        false => Err(after_the_verb(p, "a transaction mode")),
    }
}

/// The error for what other databases write after BEGIN or COMMIT.
fn after_the_verb(p: &Parser, expected: &str) -> Box<SyntaxError> {
    let error = p.unexpected(expected);
    let word = p.text[p.span()].to_ascii_lowercase();
    match word.as_str() {
        "tran" => error.help("PostgreSQL has no `TRAN`: write `TRANSACTION`"),
        "immediate" | "exclusive" | "deferred" => error.help("SQLite's transaction modes don't exist in PostgreSQL: write `BEGIN`"),
        _ => error,
    }
}

/// One or more modes, with or without commas between them (transaction_mode_list).
pub(super) fn modes(p: &mut Parser) -> Parse<Vec<TransactionMode>> {
    let mut modes = vec![mode(p)?];
    while p.eat(TokenKind::Comma).is_some() || at_mode(p) {
        modes.push(mode(p)?);
    }
    Ok(modes)
}

fn at_mode(p: &Parser) -> bool {
    matches!(p.kind(), TokenKind::Keyword(Keyword::Isolation | Keyword::Read | Keyword::Deferrable | Keyword::Not))
}

fn mode(p: &mut Parser) -> Parse<TransactionMode> {
    let start = p.start();
    match p.kind() {
        TokenKind::Keyword(Keyword::Isolation) => {
            p.bump();
            p.expect_kw(Keyword::Level)?;
            let level = isolation_level(p)?;
            Ok(TransactionMode::Isolation(p.since(start), level))
        }
        TokenKind::Keyword(Keyword::Read) => {
            p.bump();
            if p.eat_kw(Keyword::Only).is_some() {
                return Ok(TransactionMode::ReadOnly(p.since(start)));
            }
            p.eat_kw(Keyword::Write).ok_or_else(|| p.unexpected("`ONLY` or `WRITE`"))?;
            Ok(TransactionMode::ReadWrite(p.since(start)))
        }
        TokenKind::Keyword(Keyword::Deferrable) => Ok(TransactionMode::Deferrable(p.bump())),
        TokenKind::Keyword(Keyword::Not) => {
            p.bump();
            p.expect_kw(Keyword::Deferrable)?;
            Ok(TransactionMode::NotDeferrable(p.since(start)))
        }
        _ => Err(p.unexpected("a transaction mode")),
    }
}

fn isolation_level(p: &mut Parser) -> Parse<IsolationLevel> {
    if p.eat_kw(Keyword::Serializable).is_some() {
        return Ok(IsolationLevel::Serializable);
    }
    if p.eat_kw(Keyword::Repeatable).is_some() {
        p.expect_kw(Keyword::Read)?;
        return Ok(IsolationLevel::RepeatableRead);
    }
    p.eat_kw(Keyword::Read).ok_or_else(|| p.unexpected("an isolation level"))?;
    if p.eat_kw(Keyword::Committed).is_some() {
        return Ok(IsolationLevel::ReadCommitted);
    }
    p.eat_kw(Keyword::Uncommitted).ok_or_else(|| p.unexpected("`COMMITTED` or `UNCOMMITTED`"))?;
    Ok(IsolationLevel::ReadUncommitted)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{error, node};
    use super::*;

    fn action(text: &str) -> TransactionAction {
        match node(text) {
            Node::Transaction(transaction) => transaction.action,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn modes_chains_and_savepoints() {
        let TransactionAction::Begin(modes) = action("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY NOT DEFERRABLE") else {
            panic!("no BEGIN")
        };
        assert!(matches!(
            modes[..],
            [
                TransactionMode::Isolation(_, IsolationLevel::RepeatableRead),
                TransactionMode::ReadOnly(_),
                TransactionMode::NotDeferrable(_)
            ]
        ));
        assert!(matches!(action("END AND CHAIN"), TransactionAction::Commit(Some(Chain::Chain(_)))));
        assert!(matches!(action("ABORT WORK AND NO CHAIN"), TransactionAction::Rollback(Some(Chain::NoChain(_)))));
        let text = "ROLLBACK TO SAVEPOINT savepoint";
        assert!(matches!(action(text), TransactionAction::RollbackTo(name) if name.text(text) == "savepoint"));
        assert!(matches!(action("RELEASE savepoint"), TransactionAction::Release(_)));
    }

    #[test]
    fn what_other_databases_write_gets_advice() {
        assert!(error("BEGIN TRAN").help.is_some_and(|help| help.contains("TRANSACTION")));
        assert!(error("BEGIN IMMEDIATE").help.is_some_and(|help| help.contains("SQLite")));
    }
}
