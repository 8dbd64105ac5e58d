//! Operands of expressions (c_expr): constants, columns, calls, parentheses, rows, arrays, CASE, sub-queries.
//!
//! A `(` is read once, whatever it turns out to open: what stands inside says whether it was a query, an expression or a row.

use crate::syntax::lexer::{Category, Keyword, TokenKind};

use super::expression::{self, Content};
use super::parser::{Parse, Parser};
use super::{function_call, name, query, special_function, type_name};

/// What an operand is, as far as what may follow it depends on that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operand {
    /// A row of so many items.
    Row(usize),
    /// A literal, `TRUE`, `FALSE`, `NULL`, or a type and a string (AexprConst).
    Constant,
    /// Anything else.
    Other,
}

/// What stood in parentheses.
pub(super) enum Parenthesised {
    /// `(SELECT …)`
    Query(Box<query::Body>),
    /// `(a)`
    Expression,
    /// `(a, b)`, and how many items.
    Row(usize),
}

/// One operand (c_expr, or the row before OVERLAPS).
pub(super) fn operand(p: &mut Parser) -> Parse<Operand> {
    match p.kind() {
        TokenKind::LeftParen => {
            let inner = parenthesised(p)?;
            finish_parenthesised(p, &inner)
        }
        TokenKind::Integer | TokenKind::Decimal => {
            let span = p.bump();
            name::note_number(p, span);
            Ok(Operand::Constant)
        }
        TokenKind::BitString | TokenKind::HexString | TokenKind::NationalString => {
            p.bump();
            Ok(Operand::Constant)
        }
        kind if kind.is_string() => name::string(p, "a string").map(|_| Operand::Constant),
        TokenKind::Param => {
            p.bump();
            indirection(p).map(|_| Operand::Other)
        }
        TokenKind::Keyword(keyword) => of_keyword(p, keyword),
        TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::UnicodeIdent | TokenKind::Placeholder => column_or_call(p),
        _ => Err(p.unexpected("an expression")),
    }
}

/// A constant (AexprConst).
pub(super) fn constant(p: &mut Parser) -> Parse<()> {
    let start = p.start();
    match operand(p)? {
        Operand::Constant => Ok(()),
        _ => Err(p.error_at(p.since(start), "only a constant can stand here")),
    }
}

/// `(…)`: a query, an expression, or a row.
pub(super) fn parenthesised(p: &mut Parser) -> Parse<Parenthesised> {
    p.nested(|p| {
        p.left_paren()?;
        if let Content::Query(body) = expression::expression_or_query(p)? {
            p.right_paren()?;
            return Ok(Parenthesised::Query(body));
        }
        let more = match p.eat(TokenKind::Comma) {
            Some(_) => expression::expressions(p)?,
            None => 0,
        };
        p.expect(TokenKind::RightParen, "`,` or `)`")?;
        Ok(if more == 0 { Parenthesised::Expression } else { Parenthesised::Row(more + 1) })
    })
}

/// Fields and elements that are taken of what stood in parentheses.
pub(super) fn finish_parenthesised(p: &mut Parser, inner: &Parenthesised) -> Parse<Operand> {
    if let Parenthesised::Row(items) = inner {
        return Ok(Operand::Row(*items));
    }
    indirection(p)?;
    Ok(Operand::Other)
}

/// What follows a column or a value to take a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Indirection {
    /// Nothing.
    None,
    /// Only `.name`.
    Names,
    /// `.*` or `[1]` somewhere.
    Parts,
}

/// `.field`, `.*`, `[1]`, `[1:2]`, any number of them (opt_indirection).
pub(super) fn indirection(p: &mut Parser) -> Parse<Indirection> {
    let mut found = Indirection::None;
    loop {
        match p.kind() {
            TokenKind::Dot => {
                p.bump();
                if p.eat(TokenKind::Star).is_none() {
                    name::label(p, "a name or `*`")?;
                    if found == Indirection::None {
                        found = Indirection::Names;
                    }
                    continue;
                }
                found = Indirection::Parts;
                if matches!(p.kind(), TokenKind::Dot | TokenKind::LeftBracket) {
                    return Err(p.error("nothing can be taken of `*`"));
                }
            }
            TokenKind::LeftBracket => {
                subscript(p)?;
                found = Indirection::Parts;
            }
            _ => return Ok(found),
        }
    }
}

/// Takes a `:` that stands between two expressions; one that the lexer has taken for the start of a psql variable stays, as the first
/// letter of the second expression.
pub(super) fn colon(p: &mut Parser) -> bool {
    p.eat(TokenKind::Colon).is_some() || p.at(TokenKind::Placeholder) && p.text[p.span()].starts_with(':')
}

/// `CASE … END` and the other operands that begin with a keyword.
fn of_keyword(p: &mut Parser, keyword: Keyword) -> Parse<Operand> {
    let called = p.nth(1) == TokenKind::LeftParen;
    match keyword {
        Keyword::True | Keyword::False | Keyword::Null => {
            p.bump();
            return Ok(Operand::Constant);
        }
        Keyword::Row if called => return row(p).map(Operand::Row),
        Keyword::Case => case(p)?,
        Keyword::Array => array(p)?,
        Keyword::Exists if called => {
            p.bump();
            query::parenthesised(p)?;
        }
        Keyword::Grouping if called => {
            p.bump();
            expression::parenthesised_expressions(p)?;
        }
        Keyword::Unique if called => return Err(p.error("PostgreSQL has no `UNIQUE` predicate").state("0A000")),
        _ => match special_function::production(p) {
            Some(production) => production(p)?,
            None if type_name::at_typed_constant(p) => return type_name::typed_constant(p).map(|()| Operand::Constant),
            None => return column_or_call(p),
        },
    }
    Ok(Operand::Other)
}

/// A column, a function call, or a constant of a type that is named: `a.b[1]`, `f(x)`, `date '2020-01-01'`.
fn column_or_call(p: &mut Parser) -> Parse<Operand> {
    let column = p.at_column_name();
    let function = p.is_name(p.kind(), |category| matches!(category, Category::Unreserved | Category::TypeOrFunction));
    if !column && !function {
        return Err(p.unexpected("an expression"));
    }
    name::word(p)?;
    let path = if column { indirection(p)? } else { Indirection::None };
    let callable = match path {
        Indirection::None => function,
        Indirection::Names => true,
        Indirection::Parts => false,
    };
    match p.kind() {
        TokenKind::LeftParen if callable => function_call::after_name(p),
        kind if callable && kind.is_string() => name::string(p, "a string").map(|_| Operand::Constant),
        _ if column => Ok(Operand::Other),
        _ => Err(p.unexpected("`(`")),
    }
}

/// `[1]`, `[1:2]`, `[:]`.
fn subscript(p: &mut Parser) -> Parse<()> {
    p.expect(TokenKind::LeftBracket, "`[`")?;
    let slice = if p.eat(TokenKind::Colon).is_some() {
        true
    } else {
        expression::expression(p)?;
        colon(p)
    };
    if slice && !p.at(TokenKind::RightBracket) {
        expression::expression(p)?;
    }
    p.expect(TokenKind::RightBracket, "`]`").map(drop)
}

/// `ROW(a, b)`, and how many items.
fn row(p: &mut Parser) -> Parse<usize> {
    p.expect_kw(Keyword::Row)?;
    p.left_paren()?;
    if p.eat(TokenKind::RightParen).is_some() {
        return Ok(0);
    }
    let items = expression::expressions(p)?;
    p.expect(TokenKind::RightParen, "`,` or `)`")?;
    Ok(items)
}

/// `ARRAY[…]`, `ARRAY(SELECT …)`.
fn array(p: &mut Parser) -> Parse<()> {
    p.expect_kw(Keyword::Array)?;
    match p.kind() {
        TokenKind::LeftBracket => elements(p),
        TokenKind::LeftParen => query::parenthesised(p).map(drop),
        _ => Err(p.unexpected("`[` or a query in parentheses")),
    }
}

/// `[a, b]`, `[[a], [b]]`, `[]` (array_expr).
fn elements(p: &mut Parser) -> Parse<()> {
    p.nested(|p| {
        p.expect(TokenKind::LeftBracket, "`[`")?;
        if p.eat(TokenKind::RightBracket).is_some() {
            return Ok(());
        }
        if p.at(TokenKind::LeftBracket) {
            elements(p)?;
            while p.eat(TokenKind::Comma).is_some() {
                elements(p)?;
            }
        } else {
            expression::expressions(p)?;
        }
        p.expect(TokenKind::RightBracket, "`,` or `]`").map(drop)
    })
}

/// `CASE [x] WHEN … THEN … [ELSE …] END`.
fn case(p: &mut Parser) -> Parse<()> {
    p.expect_kw(Keyword::Case)?;
    if !p.at_kw(Keyword::When) {
        expression::expression(p)?;
    }
    p.expect_kw(Keyword::When)?;
    loop {
        expression::expression(p)?;
        p.expect_kw(Keyword::Then)?;
        expression::expression(p)?;
        if p.eat_kw(Keyword::When).is_none() {
            break;
        }
    }
    if p.eat_kw(Keyword::Else).is_some() {
        expression::expression(p)?;
    }
    p.expect_kw(Keyword::End).map(drop)
}
