//! UPDATE.

use crate::syntax::lexer::Keyword;
use crate::syntax::tree::{Node, Update};

use super::data_change::{self, Head};
use super::from_clause;
use super::parser::{Parse, Parser};

/// `UPDATE t SET a = 1 FROM … WHERE … RETURNING …` (UpdateStmt).
pub(super) fn update(p: &mut Parser, head: Head) -> Parse<Node> {
    p.expect_kw(Keyword::Update)?;
    let (target, alias) = data_change::target(p)?;
    if matches!(p.kind(), crate::syntax::lexer::TokenKind::Keyword(Keyword::Join | Keyword::Inner | Keyword::Left)) {
        return Err(p.unexpected("`SET`").help("PostgreSQL joins other tables behind SET: `UPDATE … SET … FROM other WHERE …`"));
    }
    p.expect_kw(Keyword::Set)?;
    let set = data_change::assignments(p)?;
    let from_start = p.start();
    let from = match p.eat_kw(Keyword::From) {
        Some(_) => {
            from_clause::from_list(p)?;
            Some(p.since(from_start))
        }
        None => None,
    };
    let where_at = p.since(head.start).end;
    let where_clause = data_change::where_or_current(p)?;
    let returning = data_change::returning(p)?;
    Ok(Node::Update(Box::new(Update {
        span: p.since(head.start),
        reads: Vec::new(),
        writes: Vec::new(),
        with: head.with,
        target,
        alias,
        set,
        from,
        where_clause,
        where_at,
        returning,
    })))
}
