//! What ends a query: LIMIT, OFFSET, FETCH FIRST, and the locks on its rows.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{LockStrength, LockWait, Locking};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::query::Body;
use super::{expression, name, operand};

/// `LIMIT`, `OFFSET`, `FETCH` and `FOR UPDATE` in the orders that PostgreSQL knows, onto what `body` has of them already.
pub(super) fn limit_and_locking(p: &mut Parser, body: &mut Body) -> Parse<()> {
    if p.at_kw(Keyword::For) {
        locking(p, body)?;
        return limit_and_offset(p, body);
    }
    limit_and_offset(p, body)?;
    if p.at_kw(Keyword::For) {
        locking(p, body)?;
        if let Some(ties) = body.ties {
            refuse_skipping(p, body, ties)?;
        }
    }
    Ok(())
}

/// One LIMIT and one OFFSET, in either order (select_limit).
fn limit_and_offset(p: &mut Parser, body: &mut Body) -> Parse<()> {
    let inner_ties = body.ties;
    let (mut limit, mut offset) = (None, None);
    loop {
        let span = match p.kind() {
            TokenKind::Keyword(Keyword::Limit | Keyword::Fetch) if limit.is_none() => {
                let span = if p.at_kw(Keyword::Limit) { limit_clause(p)? } else { fetch(p, body)? };
                limit = Some(span);
                if body.limit.replace(span).is_some() {
                    return Err(p.error_at(span, "a query has only one `LIMIT`"));
                }
                span
            }
            TokenKind::Keyword(Keyword::Offset) if offset.is_none() => {
                let span = offset_clause(p)?;
                offset = Some(span);
                if body.offset.replace(span).is_some() {
                    return Err(p.error_at(span, "a query has only one `OFFSET`"));
                }
                span
            }
            _ => return Ok(()),
        };
        if inner_ties.is_some() {
            return Err(p.error_at(span, "a query that has `WITH TIES` takes no further limit"));
        }
    }
}

/// `LIMIT 10`, `LIMIT ALL`.
fn limit_clause(p: &mut Parser) -> Parse<Span> {
    let start = p.start();
    p.expect_kw(Keyword::Limit)?;
    if p.eat_kw(Keyword::All).is_none() {
        expression::expression(p)?;
        if p.at(TokenKind::Comma) {
            return Err(p.error("`LIMIT` takes one number").help("write `LIMIT count OFFSET start`"));
        }
    }
    Ok(p.since(start))
}

/// `OFFSET 10`, `OFFSET 10 ROWS`.
fn offset_clause(p: &mut Parser) -> Parse<Span> {
    let start = p.start();
    p.expect_kw(Keyword::Offset)?;
    let signed = matches!(p.kind(), TokenKind::Plus | TokenKind::Minus);
    let number = matches!(p.nth(1), TokenKind::Integer | TokenKind::Decimal);
    if signed && number && is_rows(p.nth(2)) {
        number_of_rows(p)?;
        p.bump();
    } else if expression::at_prefix(p) {
        expression::expression(p)?;
    } else {
        let first = operand::operand(p)?;
        if is_rows(p.kind()) {
            p.bump();
        } else {
            expression::after_first_operand(p, first)?;
        }
    }
    Ok(p.since(start))
}

/// `FETCH FIRST 10 ROWS ONLY`, `FETCH NEXT ROW WITH TIES`.
fn fetch(p: &mut Parser, body: &mut Body) -> Parse<Span> {
    let start = p.start();
    p.expect_kw(Keyword::Fetch)?;
    match p.kind() {
        TokenKind::Keyword(Keyword::First | Keyword::Next) => p.bump(),
        _ => return Err(p.unexpected("`FIRST` or `NEXT`")),
    };
    let one = is_rows(p.kind()) && matches!(p.nth(1), TokenKind::Keyword(Keyword::Only | Keyword::With));
    if !one {
        number_of_rows(p)?;
    }
    if !is_rows(p.kind()) {
        return Err(p.unexpected("`ROWS`"));
    }
    p.bump();
    if p.eat_kw(Keyword::Only).is_none() {
        let ties = p.start();
        p.expect_kws(&[Keyword::With, Keyword::Ties])?;
        let ties = p.since(ties);
        p.need(13, ties, "`FETCH FIRST … WITH TIES`");
        if body.order.is_none() {
            return Err(p.error_at(ties, "`WITH TIES` needs an `ORDER BY`"));
        }
        body.ties = Some(ties);
        refuse_skipping(p, body, ties)?;
    }
    Ok(p.since(start))
}

/// A number with a sign, or an operand (select_fetch_first_value).
fn number_of_rows(p: &mut Parser) -> Parse<()> {
    match p.kind() {
        TokenKind::Plus | TokenKind::Minus => name::number(p, "a number of rows").map(drop),
        _ => operand::operand(p).map(drop),
    }
}

const fn is_rows(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Keyword(Keyword::Row | Keyword::Rows))
}

/// `FOR UPDATE …`, any number of them, or `FOR READ ONLY`.
fn locking(p: &mut Parser, body: &mut Body) -> Parse<()> {
    if p.eat_kws(&[Keyword::For, Keyword::Read, Keyword::Only]).is_some() {
        return Ok(());
    }
    while p.at_kw(Keyword::For) {
        body.locking.push(lock(p)?);
    }
    Ok(())
}

/// `FOR UPDATE OF a, b SKIP LOCKED` (for_locking_item).
fn lock(p: &mut Parser) -> Parse<Locking> {
    let start = p.start();
    p.expect_kw(Keyword::For)?;
    let strength = if p.eat_kw(Keyword::Update).is_some() {
        LockStrength::Update
    } else if p.eat_kws(&[Keyword::No, Keyword::Key, Keyword::Update]).is_some() {
        LockStrength::NoKeyUpdate
    } else if p.eat_kw(Keyword::Share).is_some() {
        LockStrength::Share
    } else if p.eat_kws(&[Keyword::Key, Keyword::Share]).is_some() {
        LockStrength::KeyShare
    } else {
        return Err(p.unexpected("`UPDATE`, `NO KEY UPDATE`, `SHARE` or `KEY SHARE`"));
    };
    let of = if p.eat_kw(Keyword::Of).is_some() { name::names(p, "a table name")? } else { Vec::new() };
    let wait = if let Some(span) = p.eat_kw(Keyword::Nowait) {
        LockWait::NoWait(span)
    } else if p.at_kw(Keyword::Skip) {
        LockWait::SkipLocked(p.expect_kws(&[Keyword::Skip, Keyword::Locked])?)
    } else {
        LockWait::Block
    };
    Ok(Locking { span: p.since(start), strength, of, wait })
}

fn refuse_skipping(p: &Parser, body: &Body, ties: Span) -> Parse<()> {
    match body.locking.iter().any(|lock| matches!(lock.wait, LockWait::SkipLocked(_))) {
        true => Err(p.error_at(ties, "`WITH TIES` and `SKIP LOCKED` can't be combined")),
        false => Ok(()),
    }
}
