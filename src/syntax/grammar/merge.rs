//! MERGE.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Expr, Merge, MergeAction, MergeMatch, MergeWhen, Node};

use super::data_change::{self, Head};
use super::parser::{Parse, Parser};
use super::{expression, from_clause};

/// `MERGE INTO t USING s ON … WHEN … THEN …` (MergeStmt).
pub(super) fn merge(p: &mut Parser, head: Head) -> Parse<Node> {
    let word = p.expect_kw(Keyword::Merge)?;
    p.need(15, word, "`MERGE`");
    p.expect_kw(Keyword::Into)?;
    let (target, alias) = data_change::target(p)?;
    p.expect_kw(Keyword::Using)?;
    let source_start = p.start();
    from_clause::table(p)?;
    let source = Expr { span: p.since(source_start) };
    p.expect_kw(Keyword::On)?;
    let condition = expression::expression(p)?;
    let mut when = vec![when_clause(p)?];
    while p.at_kw(Keyword::When) {
        when.push(when_clause(p)?);
    }
    let returning = data_change::returning(p)?;
    if let Some(span) = returning {
        p.need(17, span, "`RETURNING` of `MERGE`");
    }
    Ok(Node::Merge(Box::new(Merge {
        span: p.since(head.start),
        reads: Vec::new(),
        writes: Vec::new(),
        with: head.with,
        target,
        alias,
        source,
        condition,
        when,
        returning,
    })))
}

/// `WHEN [NOT] MATCHED … AND … THEN …` (merge_when_clause).
fn when_clause(p: &mut Parser) -> Parse<MergeWhen> {
    let start = p.start();
    p.expect_kw(Keyword::When)?;
    let kind = match p.eat_kw(Keyword::Not) {
        Some(_) => {
            p.expect_kw(Keyword::Matched)?;
            not_matched(p)?
        }
        None => p.expect_kw(Keyword::Matched).map(|_| MergeMatch::Matched)?,
    };
    let condition = match p.eat_kw(Keyword::And) {
        Some(_) => Some(expression::expression(p)?),
        None => None,
    };
    p.expect_kw(Keyword::Then)?;
    let action = action(p, kind)?;
    Ok(MergeWhen { span: p.since(start), kind, condition, action })
}

/// What may follow `NOT MATCHED`.
fn not_matched(p: &mut Parser) -> Parse<MergeMatch> {
    let start = p.start();
    if p.eat_kw(Keyword::By).is_none() {
        return Ok(MergeMatch::NotMatchedByTarget);
    }
    let kind = match p.kind() {
        TokenKind::Keyword(Keyword::Source) => MergeMatch::NotMatchedBySource,
        TokenKind::Keyword(Keyword::Target) => MergeMatch::NotMatchedByTarget,
        _ => return Err(p.unexpected("`SOURCE` or `TARGET`")),
    };
    p.bump();
    let span = p.since(start);
    p.need(17, span, "`BY SOURCE` and `BY TARGET` in `MERGE`");
    Ok(kind)
}

/// What happens to the rows: those of the target can be changed, those that it has not can be inserted.
fn action(p: &mut Parser, kind: MergeMatch) -> Parse<MergeAction> {
    let inserts = kind == MergeMatch::NotMatchedByTarget;
    match p.kind() {
        TokenKind::Keyword(Keyword::Do) => p.expect_kws(&[Keyword::Do, Keyword::Nothing]).map(|_| MergeAction::Nothing),
        TokenKind::Keyword(Keyword::Update) if !inserts => {
            p.expect_kws(&[Keyword::Update, Keyword::Set])?;
            data_change::assignments(p).map(MergeAction::Update)
        }
        TokenKind::Keyword(Keyword::Delete) if !inserts => {
            p.bump();
            Ok(MergeAction::Delete)
        }
        TokenKind::Keyword(Keyword::Insert) if inserts => insert(p),
        _ if inserts => Err(p.unexpected("`INSERT` or `DO NOTHING`")),
        _ => Err(p.unexpected("`UPDATE`, `DELETE` or `DO NOTHING`")),
    }
}

/// `INSERT (a, b) OVERRIDING … VALUES (…)`, `INSERT DEFAULT VALUES` (merge_insert).
fn insert(p: &mut Parser) -> Parse<MergeAction> {
    p.expect_kw(Keyword::Insert)?;
    if p.at_kw(Keyword::Default) {
        let values = p.expect_kws(&[Keyword::Default, Keyword::Values])?;
        return Ok(MergeAction::Insert { columns: None, overriding: None, values });
    }
    let columns = match p.at(TokenKind::LeftParen) {
        true => Some(p.paren_list(data_change::column)?),
        false => None,
    };
    let overriding = data_change::overriding(p)?;
    let start = p.start();
    p.expect_kw(Keyword::Values)?;
    expression::parenthesised_expressions(p)?;
    Ok(MergeAction::Insert { columns, overriding, values: p.since(start) })
}
