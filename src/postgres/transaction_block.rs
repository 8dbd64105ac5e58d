//! The transaction blocks of a script: which statements stand between a BEGIN and its COMMIT.
//!
//! BEGIN inside a block, and COMMIT outside one, do nothing but warn (PostgreSQL 15, BEGIN and COMMIT). What a script does not show is whether
//! a statement failed, after which COMMIT rolls back: here every statement succeeds.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Chain, Node, TransactionAction};
use crate::syntax::{Content, Script, Statement};

/// The blocks of a script; statements are indexes into it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TransactionBlocks {
    /// In order.
    pub blocks: Vec<TransactionBlock>,
    /// Each BEGIN inside a block.
    pub nested: Vec<usize>,
    /// Each COMMIT or ROLLBACK outside one.
    pub stray: Vec<usize>,
}

/// One block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransactionBlock {
    /// The statement that opens it.
    pub begin: usize,
    /// The statement that ends it, if one does, and how.
    pub end: Option<(usize, Ending)>,
}

/// How a block ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// COMMIT.
    Commit,
    /// ROLLBACK.
    Rollback,
    /// PREPARE TRANSACTION: somebody else ends it.
    Prepare,
}

impl TransactionBlock {
    /// Whether the statement at `index` stands in it; those that open and end it do not.
    pub fn contains(&self, index: usize) -> bool {
        self.begin < index && self.end.is_none_or(|(end, _)| index < end)
    }
}

impl TransactionBlocks {
    /// The blocks of `script`, a script of a text; `None` if a statement that may open or end one can't be read.
    pub fn of(script: &Script) -> Option<Self> {
        let mut found = Self::default();
        for (index, statement) in script.statements.iter().enumerate() {
            match &statement.content {
                Content::Parsed(Node::Transaction(transaction)) => found.note(index, &transaction.action),
                Content::Rejected(_) | Content::Template | Content::Opaque if is_control(script, statement) => return None,
                _ => {}
            }
        }
        Some(found)
    }

    /// The block in which the statement at `index` stands.
    pub fn around(&self, index: usize) -> Option<&TransactionBlock> {
        self.blocks.iter().find(|block| block.contains(index))
    }

    fn open(&mut self) -> Option<&mut TransactionBlock> {
        self.blocks.last_mut().filter(|block| block.end.is_none())
    }

    fn note(&mut self, index: usize, action: &TransactionAction) {
        let (ending, chain) = match action {
            TransactionAction::Begin(_) | TransactionAction::Start(_) => {
                if self.open().is_some() {
                    self.nested.push(index);
                } else {
                    self.blocks.push(TransactionBlock { begin: index, end: None });
                }
                return;
            }
            TransactionAction::Commit(chain) => (Ending::Commit, chain),
            TransactionAction::Rollback(chain) => (Ending::Rollback, chain),
            TransactionAction::Prepare(_) => (Ending::Prepare, &None),
            TransactionAction::Savepoint(_)
            | TransactionAction::Release(_)
            | TransactionAction::RollbackTo(_)
            | TransactionAction::CommitPrepared(_)
            | TransactionAction::RollbackPrepared(_) => return,
        };
        match self.open() {
            Some(block) => {
                block.end = Some((index, ending));
                if matches!(chain, Some(Chain::Chain(_))) {
                    self.blocks.push(TransactionBlock { begin: index, end: None });
                }
            }
            None => self.stray.push(index),
        }
    }
}

/// Whether a statement that can't be read begins as those do that open or end a transaction.
fn is_control(script: &Script, statement: &Statement) -> bool {
    use Keyword::{Abort, Begin, Commit, End, Prepare, Rollback, Start};
    let first = script.tokens_of(statement).first().map(|token| token.kind);
    matches!(first, Some(TokenKind::Keyword(Abort | Begin | Commit | End | Prepare | Rollback | Start)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn blocks(sql: &str) -> Option<TransactionBlocks> {
        TransactionBlocks::of(&Script::parse(sql, Span::new(0, sql.len() as u32)))
    }

    fn ends(sql: &str) -> Vec<(usize, Option<(usize, Ending)>)> {
        blocks(sql).map(|found| found.blocks.iter().map(|block| (block.begin, block.end)).collect()).unwrap_or_default()
    }

    #[test]
    fn blocks_begin_and_end() {
        assert_eq!(ends("SELECT 1; BEGIN; SELECT 2; COMMIT; SELECT 3"), [(1, Some((3, Ending::Commit)))]);
        assert_eq!(ends("START TRANSACTION; SAVEPOINT a; ROLLBACK TO a; END"), [(0, Some((3, Ending::Commit)))]);
        assert_eq!(ends("BEGIN; ABORT; BEGIN"), [(0, Some((1, Ending::Rollback))), (2, None)]);
        assert_eq!(ends("BEGIN; COMMIT AND CHAIN; ROLLBACK"), [(0, Some((1, Ending::Commit))), (1, Some((2, Ending::Rollback)))]);
        assert_eq!(ends("BEGIN; COMMIT AND NO CHAIN").len(), 1);
    }

    #[test]
    fn what_does_nothing_is_told() {
        let found = blocks("COMMIT; BEGIN; BEGIN; COMMIT; ROLLBACK").expect("all can be read");
        assert_eq!((found.stray, found.nested, found.blocks.len()), (vec![0, 4], vec![2], 1));
    }

    #[test]
    fn what_can_not_be_read_may_be_control() {
        assert_eq!(blocks("BEGIN NOW; SELECT 1; COMMIT"), None);
        assert!(blocks("CREATE NOTHING; SELECT 1").is_some());
    }
}
