//! FROM: tables, functions, sub-queries, and joins of them (table_ref).
//!
//! As in expressions, a `(` is read once: what stands inside tells whether it was a query or a join.

use crate::syntax::lexer::{Category, Keyword, TokenKind};

use super::parser::{Parse, Parser};
use super::query::{self, Body};
use super::{expression, function_call, json, name, special_function, type_name, xml};

/// Tables, functions and joins between commas (from_list).
pub(super) fn from_list(p: &mut Parser) -> Parse<()> {
    table(p)?;
    while p.eat(TokenKind::Comma).is_some() {
        table(p)?;
    }
    Ok(())
}

/// A table, a function, a sub-query, or joins of them (table_ref); how many joins there are outside parentheses.
pub(super) fn table(p: &mut Parser) -> Parse<usize> {
    item(p)?;
    joins(p)
}

/// Whatever is joined to the item before, and how much.
fn joins(p: &mut Parser) -> Parse<usize> {
    let mut count = 0;
    loop {
        match p.kind() {
            TokenKind::Keyword(Keyword::Cross) => {
                p.bump();
                p.expect_kw(Keyword::Join)?;
                item(p)?;
            }
            TokenKind::Keyword(Keyword::Natural) => {
                p.bump();
                join_type(p);
                p.expect_kw(Keyword::Join)?;
                item(p)?;
            }
            TokenKind::Keyword(Keyword::Full | Keyword::Left | Keyword::Right | Keyword::Inner | Keyword::Join) => {
                join_type(p);
                p.expect_kw(Keyword::Join)?;
                // Up to its own condition the right side may be joins itself: a JOIN b JOIN c ON … ON ….
                p.nested(table)?;
                condition(p)?;
            }
            _ => return Ok(count),
        }
        count += 1;
    }
}

/// `LEFT OUTER` and its kin, or nothing.
fn join_type(p: &mut Parser) {
    if p.eat_kw(Keyword::Inner).is_none() && matches!(p.kind(), TokenKind::Keyword(Keyword::Full | Keyword::Left | Keyword::Right)) {
        p.bump();
        p.eat_kw(Keyword::Outer);
    }
}

/// `ON …`, `USING (a, b) AS x` (join_qual).
fn condition(p: &mut Parser) -> Parse<()> {
    if p.eat_kw(Keyword::On).is_some() {
        return expression::expression(p).map(drop);
    }
    if p.eat_kw(Keyword::Using).is_none() {
        return Err(p.unexpected("`ON` or `USING`"));
    }
    name::column_list(p)?;
    if let Some(word) = p.eat_kw(Keyword::As) {
        let alias = name::column_name(p, "an alias")?;
        p.need(14, word.to(alias.span), "an alias of `JOIN … USING`");
    }
    Ok(())
}

/// One item, with its alias.
fn item(p: &mut Parser) -> Parse<()> {
    if p.at(TokenKind::LeftParen) {
        let start = p.start();
        let inner = parenthesised(p)?;
        return finish_parenthesised(p, start, &inner).map(drop);
    }
    let lateral = p.eat_kw(Keyword::Lateral).is_some();
    if lateral && p.at(TokenKind::LeftParen) {
        let start = p.start();
        let inner = query::parenthesised(p).map(Parenthesised::Query)?;
        return finish_parenthesised(p, start, &inner).map(drop);
    }
    let called = p.nth(1) == TokenKind::LeftParen;
    if query::at_query(p) {
        return Err(p.unexpected("a table name").help("a query in FROM stands in parentheses: `(SELECT …) AS x`"));
    }
    match p.kind() {
        TokenKind::Keyword(Keyword::Xmltable) if called => {
            xml::table(p)?;
            alias(p).map(drop)
        }
        TokenKind::Keyword(Keyword::JsonTable) if called => {
            json::table(p)?;
            alias(p).map(drop)
        }
        TokenKind::Keyword(Keyword::Rows) if p.nth(1) == TokenKind::Keyword(Keyword::From) && p.nth(2) == TokenKind::LeftParen => {
            rows_from(p)?;
            function_alias(p)
        }
        _ if lateral || at_function(p) => {
            function_call::windowless_call(p)?;
            p.eat_kws(&[Keyword::With, Keyword::Ordinality]);
            function_alias(p)
        }
        _ => {
            let relation = name::relation(p)?;
            p.reads.push(relation.name);
            alias(p)?;
            tablesample(p)
        }
    }
}

/// What stood in parentheses.
enum Parenthesised {
    Query(Box<Body>),
    /// A join without an alias.
    Join,
}

/// `(query)`, `(a JOIN b ON …)`.
fn parenthesised(p: &mut Parser) -> Parse<Parenthesised> {
    p.nested(|p| {
        p.left_paren()?;
        let inner = if query::at_query(p) {
            query::any(p).map(Parenthesised::Query)?
        } else if p.at(TokenKind::LeftParen) {
            let start = p.start();
            match parenthesised(p)? {
                Parenthesised::Query(body) if p.at(TokenKind::RightParen) || query::goes_on(p) => {
                    query::after_first(p, body).map(Parenthesised::Query)?
                }
                first => {
                    let join = finish_parenthesised(p, start, &first)?;
                    if joins(p)? == 0 && !join {
                        return Err(p.unexpected("a join"));
                    }
                    Parenthesised::Join
                }
            }
        } else {
            if table(p)? == 0 {
                return Err(p.unexpected("a join").help("only a query or a join is written in parentheses"));
            }
            Parenthesised::Join
        };
        p.right_paren()?;
        Ok(inner)
    })
}

/// The alias behind parentheses that open at byte `start`; whether what they hold is a join without one.
fn finish_parenthesised(p: &mut Parser, start: u32, inner: &Parenthesised) -> Parse<bool> {
    let span = p.since(start);
    let named = alias(p)?;
    match inner {
        Parenthesised::Query(_) if !named => p.need(16, span, "a query in FROM without an alias"),
        _ => {}
    }
    Ok(matches!(inner, Parenthesised::Join) && !named)
}

/// Whether a function's name, and not a table's, stands here.
fn at_function(p: &Parser) -> bool {
    if json::aggregate(p).is_some() || special_function::without_decoration(p).is_some() {
        return true;
    }
    let mut ahead = 1;
    while p.nth(ahead) == TokenKind::Dot {
        ahead += 2;
    }
    p.nth(ahead) == TokenKind::LeftParen && p.is_name(p.kind(), |category| category != Category::Reserved)
}

/// `ROWS FROM (f(x) AS (a int), g(y)) WITH ORDINALITY`.
fn rows_from(p: &mut Parser) -> Parse<()> {
    p.expect_kws(&[Keyword::Rows, Keyword::From])?;
    p.left_paren()?;
    loop {
        function_call::windowless_call(p)?;
        if p.eat_kw(Keyword::As).is_some() {
            p.left_paren()?;
            column_definitions(p)?;
        }
        if p.eat(TokenKind::Comma).is_none() {
            break;
        }
    }
    p.expect(TokenKind::RightParen, "`,` or `)`")?;
    p.eat_kws(&[Keyword::With, Keyword::Ordinality]);
    Ok(())
}

/// `[AS] x (a, b)`, if it stands here; whether it does (opt_alias_clause).
fn alias(p: &mut Parser) -> Parse<bool> {
    if p.eat_kw(Keyword::As).is_none() && !p.at_column_name() {
        return Ok(false);
    }
    name::column_name(p, "an alias")?;
    if p.at(TokenKind::LeftParen) {
        name::column_list(p)?;
    }
    Ok(true)
}

/// `[AS] x (a, b)`, `[AS] x (a int, b text)`, `AS (a int)`, if it stands here (func_alias_clause).
fn function_alias(p: &mut Parser) -> Parse<()> {
    let written = p.eat_kw(Keyword::As).is_some();
    if written && p.eat(TokenKind::LeftParen).is_some() {
        return column_definitions(p);
    }
    if !written && !p.at_column_name() {
        return Ok(());
    }
    name::column_name(p, "an alias")?;
    if !p.at(TokenKind::LeftParen) {
        return Ok(());
    }
    if matches!(p.nth(2), TokenKind::Comma | TokenKind::RightParen) {
        return name::column_list(p).map(drop);
    }
    p.left_paren()?;
    column_definitions(p)
}

/// `a int, b text COLLATE "C")` (TableFuncElementList).
fn column_definitions(p: &mut Parser) -> Parse<()> {
    loop {
        name::column_name(p, "a column name")?;
        type_name::type_name(p)?;
        if p.eat_kw(Keyword::Collate).is_some() {
            name::name(p, "the name of a collation")?;
        }
        if p.eat(TokenKind::Comma).is_none() {
            return p.expect(TokenKind::RightParen, "`,` or `)`").map(drop);
        }
    }
}

/// `TABLESAMPLE bernoulli (10) REPEATABLE (1)`, if it stands here.
fn tablesample(p: &mut Parser) -> Parse<()> {
    if p.eat_kw(Keyword::Tablesample).is_none() {
        return Ok(());
    }
    name::routine_name(p, "a sampling method")?;
    expression::parenthesised_expressions(p)?;
    if p.eat_kw(Keyword::Repeatable).is_some() {
        p.left_paren()?;
        expression::expression(p)?;
        p.right_paren()?;
    }
    Ok(())
}
