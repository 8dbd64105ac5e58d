//! Queries: SELECT, VALUES, TABLE, and what joins and orders them.

use crate::syntax::grammar::name;
use crate::syntax::grammar::parser::Parse;
use crate::syntax::lexer::{Keyword, TokenKind};

use super::super::tree::*;
use super::operator::{self, expression};
use super::{QUERY_HEIGHT, Reader, call, from, number, operand, window, with};

/// Whether a query begins here that is not in parentheses.
pub(super) fn at_query(r: &Reader) -> bool {
    begins(r, 0)
}

/// Whether what stands in the parentheses that open here is a query and no list of names.
pub(super) fn at_parenthesised(r: &Reader) -> bool {
    r.at(TokenKind::LeftParen) && (r.nth(1) == TokenKind::LeftParen || begins(r, 1))
}

fn begins(r: &Reader, ahead: usize) -> bool {
    match r.nth(ahead) {
        TokenKind::Keyword(Keyword::Select | Keyword::With | Keyword::Table) => true,
        TokenKind::Keyword(Keyword::Values) => r.nth(ahead + 1) == TokenKind::LeftParen,
        _ => false,
    }
}

/// Whether a query goes on behind the parentheses around its first part.
pub(super) fn goes_on(r: &Reader) -> bool {
    continues(r.kind())
}

const fn continues(kind: TokenKind) -> bool {
    use Keyword::{Except, Fetch, For, Intersect, Limit, Offset, Order, Union};
    matches!(kind, TokenKind::Keyword(Union | Intersect | Except | Order | Limit | Offset | Fetch | For))
}

/// Whether `kind` stands behind what is selected, or behind one item of it.
pub(super) const fn ends_targets(kind: TokenKind) -> bool {
    use Keyword::{From, Group, Having, Into, On, Returning, Where, Window, With};
    match kind {
        TokenKind::End | TokenKind::Comma | TokenKind::RightParen | TokenKind::Semicolon => true,
        TokenKind::Keyword(From | Group | Having | Into | On | Returning | Where | Window | With) => true,
        _ => continues(kind),
    }
}

/// Any query (SelectStmt).
pub(super) fn any(r: &mut Reader) -> Parse<Query> {
    let start = r.start();
    let with = with::clause(r)?;
    after_with(r, start, with)
}

/// A query behind its WITH.
pub(super) fn after_with(r: &mut Reader, start: u32, with: Option<With>) -> Parse<Query> {
    let first_start = r.start();
    let first = part(r)?;
    let mut query = after_first(r, first_start, first)?;
    if let Some(with) = with {
        if query.with.is_some() {
            return Err(r.unexpected("one `WITH`"));
        }
        query.with = Some(Box::new(with));
        query.span = r.since(start);
    }
    Ok(query)
}

/// `(query)` (select_with_parens)
pub(super) fn parenthesised(r: &mut Reader) -> Parse<Query> {
    r.enter(1)?;
    r.left_paren()?;
    let query = any(r)?;
    r.right_paren()?;
    r.leave(1);
    Ok(query)
}

/// What is left of a query whose first part, from byte `start` on, was read: set operations, ORDER BY, LIMIT, locking.
pub(super) fn after_first(r: &mut Reader, start: u32, first: Query) -> Parse<Query> {
    let mut query = set_operations(r, start, first, 1)?;
    let before = r.mark();
    if r.at_kw(Keyword::Order) {
        query.order_by = call::order_by(r)?;
    }
    limit_and_locking(r, &mut query)?;
    if r.mark() > before {
        query.span = r.since(start);
    }
    Ok(query)
}

/// The set operations behind a query that bind at least as tightly as `power`: 1 UNION and EXCEPT, 2 INTERSECT.
fn set_operations(r: &mut Reader, start: u32, first: Query, power: u8) -> Parse<Query> {
    let mut left = first;
    loop {
        let (operator, own) = match r.kind() {
            TokenKind::Keyword(Keyword::Union) => (SetOperator::Union, 1),
            TokenKind::Keyword(Keyword::Except) => (SetOperator::Except, 1),
            TokenKind::Keyword(Keyword::Intersect) => (SetOperator::Intersect, 2),
            _ => return Ok(left),
        };
        if own < power {
            return Ok(left);
        }
        r.bump();
        let distinct = if r.took(Keyword::All) {
            Distinct::All
        } else {
            r.eat_kw(Keyword::Distinct);
            Distinct::Distinct
        };
        let right_start = r.start();
        let right = part(r)?;
        let right = if own == 1 { set_operations(r, right_start, right, 2)? } else { right };
        left = combined(r, start, left, SetOperation { operator, distinct, parts: vec![right] })?;
    }
}

/// `left` with what `operation` adds to it.
fn combined(r: &mut Reader, start: u32, left: Query, operation: SetOperation) -> Parse<Query> {
    let plain = left.with.is_none() && left.order_by.is_empty() && left.limit.is_none() && left.offset.is_none() && left.locking.is_empty();
    let SetOperation { operator, distinct, parts: mut added } = operation;
    let parts = match left.body {
        Body::SetOperation(SetOperation { operator: own, distinct: is, mut parts }) if plain && own == operator && is == distinct => {
            parts.append(&mut added);
            parts
        }
        body => {
            r.grow(QUERY_HEIGHT)?;
            let mut parts = vec![Query { body, ..left }];
            parts.append(&mut added);
            parts
        }
    };
    Ok(plain_query(r, start, Body::SetOperation(SetOperation { operator, distinct, parts })))
}

fn plain_query(r: &Reader, start: u32, body: Body) -> Query {
    Query { span: r.since(start), with: None, body, order_by: Vec::new(), limit: None, offset: None, locking: Vec::new() }
}

/// One part of a set operation (select_clause).
fn part(r: &mut Reader) -> Parse<Query> {
    let start = r.start();
    match r.kind() {
        TokenKind::LeftParen => parenthesised(r),
        TokenKind::Keyword(Keyword::Select) => {
            r.bump();
            r.enter(3)?;
            let outer = r.begin();
            let select = selection(r)?;
            r.end(outer, QUERY_HEIGHT)?;
            r.leave(3);
            Ok(plain_query(r, start, Body::Select(Box::new(select))))
        }
        TokenKind::Keyword(Keyword::Values) => {
            r.bump();
            r.enter(3)?;
            let outer = r.begin();
            let rows = r.list_of(operator::parenthesised_expressions)?;
            r.end(outer, QUERY_HEIGHT)?;
            r.leave(3);
            Ok(plain_query(r, start, Body::Values(rows)))
        }
        TokenKind::Keyword(Keyword::Table) => {
            r.bump();
            let at = r.start();
            let (name, inheritance) = from::relation(r)?;
            let span = r.since(at);
            let relation = RelationInFrom { name, inheritance, alias: None, sample: None };
            let star = Expression { span, kind: ExpressionKind::Star(Vec::new()) };
            let mut select = empty_select();
            select.targets = vec![Target { span, value: star, label: None }];
            select.from = vec![FromItem { span, kind: FromItemKind::Relation(Box::new(relation)) }];
            let outer = r.begin();
            r.end(outer, QUERY_HEIGHT)?;
            Ok(plain_query(r, start, Body::Select(Box::new(select))))
        }
        _ => Err(r.unexpected("a query")),
    }
}

const fn empty_select() -> Select {
    Select {
        distinct: Distinct::All,
        targets: Vec::new(),
        into: None,
        from: Vec::new(),
        condition: None,
        group_by: None,
        having: None,
        windows: Vec::new(),
    }
}

/// A query without its first word: what PL/pgSQL calls an expression.
pub(super) fn after_select(r: &mut Reader) -> Parse<Query> {
    let start = r.start();
    let select = selection(r)?;
    r.grow(QUERY_HEIGHT)?;
    let first = plain_query(r, start, Body::Select(Box::new(select)));
    after_first(r, start, first)
}

/// The one expression that a query is if it is nothing else, or the value of the query.
pub(super) fn lone_expression(mut query: Query) -> Expression {
    if let Body::Select(select) = &mut query.body
        && let [Target { label: None, value, .. }] = &mut select.targets[..]
        && !matches!(value.kind, ExpressionKind::Star(_))
    {
        let value = std::mem::replace(value, super::unread(query.span));
        let label = None;
        let alone = vec![Target { span: query.span, value: super::unread(query.span), label }];
        let nothing_else = Select { targets: alone, ..empty_select() };
        let bare = query.order_by.is_empty() && query.limit.is_none() && query.offset.is_none() && query.locking.is_empty();
        if bare && **select == nothing_else {
            return value;
        }
        select.targets[0].value = value;
    }
    Expression { span: query.span, kind: ExpressionKind::Scalar(Box::new(query)) }
}

/// What follows SELECT.
fn selection(r: &mut Reader) -> Parse<Select> {
    let mut select = empty_select();
    if r.took(Keyword::Distinct) {
        select.distinct = match r.took(Keyword::On) {
            true => Distinct::On(operator::parenthesised_expressions(r)?),
            false => Distinct::Distinct,
        };
        select.targets = targets(r)?;
    } else {
        r.eat_kw(Keyword::All);
        if !ends_targets(r.kind()) {
            select.targets = targets(r)?;
        }
    }
    if r.took(Keyword::Into) {
        select.into = Some(into(r)?);
    }
    if r.took(Keyword::From) {
        select.from = from::list(r)?;
    }
    select.condition = where_clause(r)?;
    select.group_by = group_by(r)?;
    if r.took(Keyword::Having) {
        select.having = Some(expression(r)?);
    }
    select.windows = window::clause(r)?;
    Ok(select)
}

/// `a, b AS c, *` (target_list)
pub(super) fn targets(r: &mut Reader) -> Parse<Vec<Target>> {
    r.list_of(target)
}

fn target(r: &mut Reader) -> Parse<Target> {
    let start = r.start();
    if r.eat(TokenKind::Star).is_some() {
        let value = r.node(start, ExpressionKind::Star(Vec::new()));
        return Ok(Target { span: value.span, value, label: None });
    }
    let value = operator::before_label(r)?;
    let label = if r.took(Keyword::As) || r.at_bare_label() { Some(r.label()?) } else { None };
    Ok(Target { span: r.since(start), value, label })
}

/// `[TEMP] [TABLE] t` behind INTO (OptTempTableName)
fn into(r: &mut Reader) -> Parse<IntoTable> {
    let temporary = |kind| matches!(kind, TokenKind::Keyword(Keyword::Temporary | Keyword::Temp));
    let names = |r: &Reader, ahead| r.nth(ahead) == TokenKind::Keyword(Keyword::Table) || r.is_column_name(r.nth(ahead));
    let (words, persistence) = match r.kind() {
        TokenKind::Keyword(Keyword::Local | Keyword::Global) if temporary(r.nth(1)) && names(r, 2) => (2, "temporary"),
        TokenKind::Keyword(Keyword::Unlogged) if names(r, 1) => (1, "unlogged"),
        kind if temporary(kind) && names(r, 1) => (1, "temporary"),
        _ => (0, ""),
    };
    for _ in 0..words {
        r.bump();
    }
    r.eat_kw(Keyword::Table);
    Ok(IntoTable { name: r.qualified_name()?, persistence })
}

/// `WHERE …`, if it stands here.
pub(super) fn where_clause(r: &mut Reader) -> Parse<Option<Expression>> {
    if r.took(Keyword::Where) { expression(r).map(Some) } else { Ok(None) }
}

/// `GROUP BY …`, if it stands here (group_clause).
fn group_by(r: &mut Reader) -> Parse<Option<GroupBy>> {
    if !r.took(Keyword::Group) {
        return Ok(None);
    }
    r.expect_kw(Keyword::By)?;
    let distinct = if r.took(Keyword::Distinct) {
        Distinct::Distinct
    } else {
        r.eat_kw(Keyword::All);
        Distinct::All
    };
    Ok(Some(GroupBy { distinct, items: r.list_of(grouping_item)? }))
}

/// An expression, `()`, `ROLLUP (…)`, `CUBE (…)` or `GROUPING SETS (…)` (group_by_item).
fn grouping_item(r: &mut Reader) -> Parse<GroupingItem> {
    match (r.kind(), r.nth(1)) {
        (TokenKind::LeftParen, TokenKind::RightParen) => {
            r.bump();
            r.bump();
            Ok(GroupingItem::Empty)
        }
        (TokenKind::Keyword(word @ (Keyword::Rollup | Keyword::Cube)), TokenKind::LeftParen) => {
            r.bump();
            let items = operator::parenthesised_expressions(r)?;
            Ok(if word == Keyword::Cube { GroupingItem::Cube(items) } else { GroupingItem::Rollup(items) })
        }
        (TokenKind::Keyword(Keyword::Grouping), TokenKind::Keyword(Keyword::Sets)) => {
            r.enter(1)?;
            let outer = r.begin();
            r.bump();
            r.bump();
            let items = r.paren_list_of(grouping_item)?;
            r.end(outer, 1)?;
            r.leave(1);
            Ok(GroupingItem::Sets(items))
        }
        _ => expression(r).map(GroupingItem::Expression),
    }
}

/// `LIMIT`, `OFFSET`, `FETCH` and `FOR UPDATE`, in whatever order the grammar has accepted.
fn limit_and_locking(r: &mut Reader, query: &mut Query) -> Parse<()> {
    loop {
        match r.kind() {
            TokenKind::Keyword(Keyword::Limit) => {
                r.bump();
                let start = r.start();
                let count = match r.took(Keyword::All) {
                    true => r.node(start, ExpressionKind::Constant(Constant::Null)),
                    false => expression(r)?,
                };
                query.limit = Some(Box::new(Limit { count, ties: TiesLimit::Only }));
            }
            TokenKind::Keyword(Keyword::Fetch) => query.limit = Some(Box::new(fetch(r)?)),
            TokenKind::Keyword(Keyword::Offset) => query.offset = Some(Box::new(offset(r)?)),
            TokenKind::Keyword(Keyword::For) => {
                if r.eat_kws(&[Keyword::For, Keyword::Read, Keyword::Only]).is_none() {
                    query.locking.push(lock(r)?);
                }
            }
            _ => return Ok(()),
        }
    }
}

/// `OFFSET 10`, `OFFSET 10 ROWS`
fn offset(r: &mut Reader) -> Parse<Expression> {
    r.bump();
    let start = r.start();
    if operator::at_prefix(r) {
        let value = if is_rows(r.nth(2)) { number_of_rows(r)? } else { expression(r)? };
        if is_rows(r.kind()) {
            r.bump();
        }
        return Ok(value);
    }
    let first = operand::operand(r)?;
    if is_rows(r.kind()) {
        r.bump();
        return Ok(first);
    }
    operator::after_first_operand(r, start, first)
}

/// `FETCH FIRST 10 ROWS ONLY`, `FETCH NEXT ROW WITH TIES`
fn fetch(r: &mut Reader) -> Parse<Limit> {
    r.bump();
    r.bump();
    let one = is_rows(r.kind()) && matches!(r.nth(1), TokenKind::Keyword(Keyword::Only | Keyword::With));
    let count = if one { number("1", r.span()) } else { number_of_rows(r)? };
    r.bump();
    let ties = if r.took(Keyword::Only) {
        TiesLimit::Only
    } else {
        r.expect_kws(&[Keyword::With, Keyword::Ties])?;
        TiesLimit::WithTies
    };
    Ok(Limit { count, ties })
}

/// A number with a sign, or an operand (select_fetch_first_value).
fn number_of_rows(r: &mut Reader) -> Parse<Expression> {
    let start = r.start();
    match r.kind() {
        TokenKind::Plus => {
            r.bump();
            let operand = operand::operand(r)?;
            let plus = Operator { name: vec!["+".to_owned()], left: None, right: operand };
            Ok(r.node(start, ExpressionKind::Operator(Box::new(plus))))
        }
        TokenKind::Minus => {
            r.bump();
            let digits = operand::number(r.bump_text());
            Ok(number(&format!("-{digits}"), r.since(start)))
        }
        _ => operand::operand(r),
    }
}

const fn is_rows(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Keyword(Keyword::Row | Keyword::Rows))
}

/// `FOR UPDATE OF a, b SKIP LOCKED` (for_locking_item)
fn lock(r: &mut Reader) -> Parse<Locking> {
    r.expect_kw(Keyword::For)?;
    let strength = if r.took(Keyword::Update) {
        LockStrength::Update
    } else if r.took(Keyword::No) {
        r.expect_kws(&[Keyword::Key, Keyword::Update])?;
        LockStrength::NoKeyUpdate
    } else if r.took(Keyword::Share) {
        LockStrength::Share
    } else {
        r.expect_kws(&[Keyword::Key, Keyword::Share])?;
        LockStrength::KeyShare
    };
    let of = match r.took(Keyword::Of) {
        true => {
            let names = name::names(r, "a table name")?;
            names.into_iter().map(|name| r.parts(name)).collect::<Parse<_>>()?
        }
        false => Vec::new(),
    };
    let wait = if r.took(Keyword::Nowait) {
        LockWait::NoWait
    } else if r.took(Keyword::Skip) {
        r.expect_kw(Keyword::Locked)?;
        LockWait::SkipLocked
    } else {
        LockWait::Block
    };
    Ok(Locking { strength, of, wait })
}
