//! DELETE.

use crate::syntax::lexer::Keyword;
use crate::syntax::tree::{Delete, Node};

use super::data_change::{self, Head};
use super::from_clause;
use super::parser::{Parse, Parser};

/// `DELETE FROM t USING … WHERE … RETURNING …` (DeleteStmt).
pub(super) fn delete(p: &mut Parser, head: Head) -> Parse<Node> {
    p.expect_kw(Keyword::Delete)?;
    p.expect_kw(Keyword::From)?;
    let (target, alias) = data_change::target(p)?;
    let using_start = p.start();
    let using = match p.eat_kw(Keyword::Using) {
        Some(_) => {
            from_clause::from_list(p)?;
            Some(p.since(using_start))
        }
        None => None,
    };
    let where_at = p.since(head.start).end;
    let where_clause = data_change::where_or_current(p)?;
    let returning = data_change::returning(p)?;
    Ok(Node::Delete(Box::new(Delete {
        span: p.since(head.start),
        reads: Vec::new(),
        writes: Vec::new(),
        with: head.with,
        target,
        alias,
        using,
        where_clause,
        where_at,
        returning,
    })))
}
