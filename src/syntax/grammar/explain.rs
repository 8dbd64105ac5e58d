//! EXPLAIN.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{CursorAction, Explain, Node};

use super::parser::{Parse, Parser};
use super::{statement, utility_options};

/// `EXPLAIN …` (ExplainStmt).
pub(super) fn explain(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let options = match at_options(p) {
        true => utility_options::listed(p)?,
        false => {
            let analyze = utility_options::analyze(p);
            let verbose = p.eat_kw(Keyword::Verbose);
            analyze.into_iter().chain(verbose).map(utility_options::bare).collect()
        }
    };
    let statement = Box::new(explainable(p)?);
    Ok(Node::Explain(Box::new(Explain { span: p.since(start), options, statement })))
}

/// Whether a `(` opens options, and no query: of the words that may begin one, only VALUES can name an option too.
fn at_options(p: &Parser) -> bool {
    p.at(TokenKind::LeftParen)
        && match p.nth(1) {
            TokenKind::LeftParen | TokenKind::Keyword(Keyword::Select | Keyword::Table | Keyword::With) => false,
            TokenKind::Keyword(Keyword::Values) => p.nth(2) != TokenKind::LeftParen,
            _ => true,
        }
}

/// A statement that has a plan (ExplainableStmt).
fn explainable(p: &mut Parser) -> Parse<Node> {
    let unexplainable = p.unexpected("a query, a data change or another statement that has a plan");
    if p.at_kw(Keyword::Explain) {
        return Err(unexplainable);
    }
    match statement(p)? {
        node @ (Node::Select(_)
        | Node::Insert(_)
        | Node::Update(_)
        | Node::Delete(_)
        | Node::Merge(_)
        | Node::CreateTableAs(_)
        | Node::RefreshMaterializedView(_)
        | Node::Execute(_)) => Ok(node),
        Node::Cursor(cursor) if matches!(cursor.action, CursorAction::Declare(_)) => Ok(Node::Cursor(cursor)),
        _ => Err(unexplainable),
    }
}
