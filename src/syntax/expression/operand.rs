//! Operands: constants, names, calls, casts, and what stands in parentheses.

use crate::syntax::lexer::{Category, Keyword, TokenKind};
use crate::syntax::literal;
use crate::text::Span;

use super::read::{Reader, expression};
use super::{Constant, Expression, select};

/// An operand with the casts behind it.
pub(super) fn operand(r: &mut Reader) -> Option<Expression> {
    let mut operand = primary(r)?;
    while r.eat(TokenKind::DoubleColon) {
        operand = Expression::Cast(Box::new(operand), type_name(r)?);
    }
    Some(operand)
}

fn primary(r: &mut Reader) -> Option<Expression> {
    match r.kind() {
        TokenKind::String | TokenKind::EscapeString | TokenKind::DollarString => Some(string(r)),
        TokenKind::Integer | TokenKind::Decimal => Some(Expression::Constant(Constant::Number(r.bump().to_owned()))),
        TokenKind::Minus if matches!(r.nth(1), TokenKind::Integer | TokenKind::Decimal) && r.nth(2) != TokenKind::DoubleColon => {
            r.bump();
            Some(Expression::Constant(Constant::Number(format!("-{}", r.bump()))))
        }
        TokenKind::Param => Some(Expression::Column(vec![r.bump().to_owned()])),
        TokenKind::LeftParen => parenthesised(r),
        TokenKind::Keyword(keyword) => from_keyword(r, keyword),
        TokenKind::Ident | TokenKind::QuotedIdent => name(r),
        _ => None,
    }
}

fn string(r: &mut Reader) -> Expression {
    let written = r.bump();
    let value = literal::value(written, Span::new(0, written.len() as u32)).into_owned();
    Expression::Constant(Constant::String(value))
}

/// `(expression)` or `(query)`.
fn parenthesised(r: &mut Reader) -> Option<Expression> {
    r.nested(|r| {
        r.bump();
        let inner = match r.keyword() {
            Some(Keyword::Select) => Expression::Scalar(Box::new(select::query(r)?)),
            _ => expression(r),
        };
        r.expect(TokenKind::RightParen)?;
        Some(inner)
    })
}

/// `(a, b)` of expressions.
pub(super) fn parenthesised_list(r: &mut Reader) -> Option<Vec<Expression>> {
    r.expect(TokenKind::LeftParen)?;
    list(r, TokenKind::RightParen)
}

/// Expressions between commas up to `close`, which may follow at once.
fn list(r: &mut Reader, close: TokenKind) -> Option<Vec<Expression>> {
    r.nested(|r| {
        let mut items = Vec::new();
        if r.eat(close) {
            return Some(items);
        }
        if matches!(r.keyword(), Some(Keyword::Select | Keyword::With | Keyword::Values | Keyword::Table)) {
            return None;
        }
        loop {
            items.push(expression(r));
            if !r.eat(TokenKind::Comma) {
                break;
            }
        }
        r.expect(close)?;
        Some(items)
    })
}

/// An operand that begins with a keyword, which may be a name as well.
fn from_keyword(r: &mut Reader, keyword: Keyword) -> Option<Expression> {
    match keyword {
        Keyword::True => constant(r, Constant::Boolean(true)),
        Keyword::False => constant(r, Constant::Boolean(false)),
        Keyword::Null => constant(r, Constant::Null),
        Keyword::Exists if r.nth(1) == TokenKind::LeftParen => r.nested(exists),
        Keyword::Cast => r.nested(cast),
        Keyword::Array => {
            r.bump();
            r.expect(TokenKind::LeftBracket)?;
            list(r, TokenKind::RightBracket).map(Expression::Array)
        }
        Keyword::CurrentCatalog
        | Keyword::CurrentRole
        | Keyword::CurrentSchema
        | Keyword::CurrentUser
        | Keyword::SessionUser
        | Keyword::User => {
            let name = r.bump().to_ascii_lowercase();
            let bare = r.kind() != TokenKind::LeftParen;
            (bare || parenthesised_list(r)?.is_empty()).then(|| Expression::Call(vec![name], Vec::new()))
        }
        keyword if keyword.category() == Category::Reserved || has_own_syntax(keyword) => None,
        _ => name(r),
    }
}

/// Whether what `keyword` opens is neither a name nor a call like others.
fn has_own_syntax(keyword: Keyword) -> bool {
    use Keyword::{
        Extract, Grouping, Interval, Normalize, Overlay, Position, Row, Substring, Treat, Trim, Xmlconcat, Xmlelement, Xmlexists,
        Xmlforest, Xmlparse, Xmlpi, Xmlroot, Xmlserialize,
    };
    matches!(
        keyword,
        Extract
            | Grouping
            | Interval
            | Normalize
            | Overlay
            | Position
            | Row
            | Substring
            | Treat
            | Trim
            | Xmlconcat
            | Xmlelement
            | Xmlexists
    ) || matches!(keyword, Xmlforest | Xmlparse | Xmlpi | Xmlroot | Xmlserialize)
}

fn constant(r: &mut Reader, constant: Constant) -> Option<Expression> {
    r.bump();
    Some(Expression::Constant(constant))
}

/// `EXISTS (query)`.
fn exists(r: &mut Reader) -> Option<Expression> {
    r.bump();
    r.bump();
    let query = select::query(r)?;
    r.expect(TokenKind::RightParen)?;
    Some(Expression::Exists(Box::new(query)))
}

/// `CAST (value AS type)`.
fn cast(r: &mut Reader) -> Option<Expression> {
    r.bump();
    r.expect(TokenKind::LeftParen)?;
    let value = expression(r);
    r.expect(TokenKind::Keyword(Keyword::As))?;
    let ty = type_name(r)?;
    r.expect(TokenKind::RightParen)?;
    Some(Expression::Cast(Box::new(value), ty))
}

/// A column, a call, or a constant of a type.
fn name(r: &mut Reader) -> Option<Expression> {
    let mut parts = vec![r.name()?];
    while r.eat(TokenKind::Dot) {
        parts.push(r.name()?);
    }
    match r.kind() {
        TokenKind::LeftParen => call(r, parts),
        TokenKind::String if parts.len() == 1 => {
            let value = string(r);
            Some(Expression::Cast(Box::new(value), parts.remove(0)))
        }
        TokenKind::LeftBracket | TokenKind::String | TokenKind::EscapeString | TokenKind::DollarString => None,
        _ => Some(Expression::Column(parts)),
    }
}

fn call(r: &mut Reader, name: Vec<String>) -> Option<Expression> {
    if r.nth(1) == TokenKind::Star && r.nth(2) == TokenKind::RightParen {
        for _ in 0..3 {
            r.bump();
        }
        return (plain(r) && name.last().is_some_and(|function| function == "count")).then_some(Expression::CountRows);
    }
    let arguments = parenthesised_list(r)?;
    plain(r).then_some(Expression::Call(name, arguments))
}

/// Whether no clause of an aggregate or window function follows.
fn plain(r: &Reader) -> bool {
    !matches!(r.keyword(), Some(Keyword::Filter | Keyword::Over | Keyword::Within))
}

/// A type, as it is written in lower case.
fn type_name(r: &mut Reader) -> Option<String> {
    let mark = r.mark();
    r.name()?;
    while r.eat(TokenKind::Dot) {
        r.name()?;
    }
    while matches!(r.keyword(), Some(Keyword::Varying | Keyword::Precision)) {
        r.bump();
    }
    if r.kind() == TokenKind::LeftParen {
        parenthesised_list(r)?;
    }
    if matches!(r.keyword(), Some(Keyword::With | Keyword::Without)) && r.nth(1) == TokenKind::Keyword(Keyword::Time) {
        for _ in 0..3 {
            r.bump();
        }
    }
    while r.eat(TokenKind::LeftBracket) {
        r.eat(TokenKind::Integer);
        r.expect(TokenKind::RightBracket)?;
    }
    Some(r.written(mark))
}
