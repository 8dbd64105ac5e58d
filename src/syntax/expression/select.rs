//! Queries, as far as [`Select`] goes.

use crate::syntax::lexer::{Keyword, TokenKind};

use super::read::{Reader, conjuncts, ends_expression, expression};
use super::{Expression, Relation, Select};

/// `SELECT …`.
pub(super) fn query(r: &mut Reader) -> Option<Select> {
    r.expect(TokenKind::Keyword(Keyword::Select))?;
    after_select(r)
}

/// What follows SELECT.
pub(super) fn after_select(r: &mut Reader) -> Option<Select> {
    r.eat_kw(Keyword::All);
    if r.at_kw(Keyword::Distinct) {
        return None;
    }
    let columns = columns(r)?;
    let mut select = Select { columns, relations: Vec::new(), conditions: Vec::new() };
    if r.eat_kw(Keyword::From) {
        from(r, &mut select)?;
    }
    if r.eat_kw(Keyword::Where) {
        select.conditions.extend(conjuncts(expression(r)));
    }
    if r.eat_kw(Keyword::Limit) && r.bump() != "1" {
        return None;
    }
    matches!(r.kind(), TokenKind::End | TokenKind::RightParen).then_some(select)
}

fn columns(r: &mut Reader) -> Option<Vec<Expression>> {
    let mut columns = Vec::new();
    if matches!(r.keyword(), Some(Keyword::From | Keyword::Where)) {
        return Some(columns);
    }
    loop {
        columns.push(column(r)?);
        if !r.eat(TokenKind::Comma) {
            return Some(columns);
        }
    }
}

/// One column; its label says nothing here.
fn column(r: &mut Reader) -> Option<Expression> {
    if r.eat(TokenKind::Star) {
        return Some(Expression::Unread);
    }
    let value = expression(r);
    if r.eat_kw(Keyword::As) {
        r.name()?;
    }
    Some(value)
}

/// Relations between commas, each with its joins.
fn from(r: &mut Reader, select: &mut Select) -> Option<()> {
    loop {
        select.relations.push(relation(r)?);
        joins(r, select)?;
        if !r.eat(TokenKind::Comma) {
            return Some(());
        }
    }
}

fn joins(r: &mut Reader, select: &mut Select) -> Option<()> {
    loop {
        if r.eat_kw(Keyword::Cross) {
            r.expect(TokenKind::Keyword(Keyword::Join))?;
            select.relations.push(relation(r)?);
        } else if r.at_kw(Keyword::Inner) || r.at_kw(Keyword::Join) {
            r.eat_kw(Keyword::Inner);
            r.expect(TokenKind::Keyword(Keyword::Join))?;
            select.relations.push(relation(r)?);
            r.expect(TokenKind::Keyword(Keyword::On))?;
            select.conditions.extend(conjuncts(expression(r)));
        } else {
            return Some(());
        }
    }
}

fn relation(r: &mut Reader) -> Option<Relation> {
    let mut name = vec![r.name()?];
    while r.eat(TokenKind::Dot) {
        name.push(r.name()?);
    }
    let alias = if r.eat_kw(Keyword::As) || !ends_expression(r.kind()) { Some(r.name()?) } else { None };
    (r.kind() != TokenKind::LeftParen).then_some(Relation { name, alias })
}
