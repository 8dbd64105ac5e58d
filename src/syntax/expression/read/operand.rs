//! Operands (c_expr): constants, columns, calls, parentheses, rows, arrays, CASE, sub-queries.

use crate::syntax::grammar::parser::Parse;
use crate::syntax::grammar::{name, type_name};
use crate::syntax::lexer::{Category, Keyword, TokenKind};
use crate::syntax::tree::Ident;
use crate::text::Span;

use super::super::tree::*;
use super::operator::{self, Content, expression};
use super::{Reader, call, query, special, unread};

/// What stood in parentheses.
pub(super) enum Parenthesised {
    Query(Query),
    Expression(Expression),
    Row(Vec<Expression>),
}

/// One operand.
pub(super) fn operand(r: &mut Reader) -> Parse<Expression> {
    r.enter(1)?;
    let operand = any(r)?;
    r.leave(1);
    Ok(operand)
}

fn any(r: &mut Reader) -> Parse<Expression> {
    r.count()?;
    let start = r.start();
    match r.kind() {
        TokenKind::LeftParen => {
            let inner = parenthesised(r)?;
            finish_parenthesised(r, start, inner)
        }
        TokenKind::Keyword(keyword) => of_keyword(r, keyword, start),
        TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::UnicodeIdent => column_or_call(r, start),
        TokenKind::Placeholder => filled_in(r, start),
        _ => literal(r, start),
    }
}

/// Constants, parameters, and `$1.field`.
fn literal(r: &mut Reader, start: u32) -> Parse<Expression> {
    match r.kind() {
        TokenKind::Integer | TokenKind::Decimal => {
            let constant = Constant::Number(number(r.bump_text()));
            Ok(r.node(start, ExpressionKind::Constant(constant)))
        }
        TokenKind::BitString | TokenKind::HexString => {
            let span = r.bump();
            let letter = r.text[span][..1].to_ascii_lowercase();
            // Behind its letter it is written as any string, perhaps in pieces on several lines.
            let digits = crate::syntax::literal::value(r.text, Span::new(span.start + 1, span.end));
            let constant = Constant::Bits(letter + &digits);
            Ok(r.node(start, ExpressionKind::Constant(constant)))
        }
        TokenKind::NationalString => {
            let span = r.bump();
            let text = crate::syntax::literal::value(r.text, span).into_owned();
            let value = r.node(start, ExpressionKind::Constant(Constant::String(text)));
            Ok(cast(r, start, value, TypeRef::named(&["pg_catalog", "bpchar"])))
        }
        TokenKind::Param => {
            let digits = &r.bump_text()[1..];
            let Ok(number) = digits.parse() else { return Err(r.error("no parameter")) };
            let parameter = r.node(start, ExpressionKind::Parameter(number));
            indirection(r, start, parameter)
        }
        kind if kind.is_string() => {
            let text = r.string()?;
            Ok(r.node(start, ExpressionKind::Constant(Constant::String(text))))
        }
        _ => Err(r.unexpected("an expression")),
    }
}

/// A number as PostgreSQL stores it: an integer of 32 bits by its value, any other as it is written.
pub(super) fn number(written: &str) -> String {
    let integer = written.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') && !is_exponent(written);
    match name::integer_value(written) {
        Some(value) if integer && value <= i32::MAX as u64 => value.to_string(),
        _ => written.to_owned(),
    }
}

/// `1e5`, which has no point and is no integer for all that.
fn is_exponent(written: &str) -> bool {
    !written.starts_with("0x") && !written.starts_with("0X") && written.contains(['e', 'E'])
}

pub(super) fn cast(r: &Reader, start: u32, value: Expression, ty: TypeRef) -> Expression {
    r.node(start, ExpressionKind::Cast(Box::new(value), Box::new(ty)))
}

/// `(…)`: a query, an expression, or a row.
pub(super) fn parenthesised(r: &mut Reader) -> Parse<Parenthesised> {
    r.enter(1)?;
    r.left_paren()?;
    let inner = match operator::expression_or_query(r)? {
        Content::Query(query) => Parenthesised::Query(query),
        Content::Expression(first) if r.at(TokenKind::Comma) => {
            let mut items = vec![first];
            while r.eat(TokenKind::Comma).is_some() {
                items.push(expression(r)?);
            }
            Parenthesised::Row(items)
        }
        Content::Expression(inner) => Parenthesised::Expression(inner),
    };
    r.right_paren()?;
    r.leave(1);
    Ok(inner)
}

/// The operand that parentheses make of what they hold, with what is taken of it.
pub(super) fn finish_parenthesised(r: &mut Reader, start: u32, inner: Parenthesised) -> Parse<Expression> {
    match inner {
        Parenthesised::Row(items) => Ok(r.node(start, ExpressionKind::Row(items, RowForm::Implicit))),
        Parenthesised::Expression(inner) => indirection(r, start, inner),
        Parenthesised::Query(query) => {
            let scalar = r.node(start, ExpressionKind::Scalar(Box::new(query)));
            indirection(r, start, scalar)
        }
    }
}

/// `.field`, `.*`, `[1]`, `[1:2]`, any number of them (opt_indirection).
pub(super) fn indirection(r: &mut Reader, start: u32, whole: Expression) -> Parse<Expression> {
    let mut whole = whole;
    loop {
        let inner = Box::new(whole);
        let kind = match r.kind() {
            TokenKind::Dot => {
                r.bump();
                match r.eat(TokenKind::Star) {
                    Some(_) => ExpressionKind::AllFields(inner),
                    None => ExpressionKind::Field(inner, r.label()?),
                }
            }
            TokenKind::LeftBracket => ExpressionKind::Subscript(inner, Box::new(subscript(r)?)),
            _ => return Ok(*inner),
        };
        r.grow(1)?;
        whole = r.node(start, kind);
    }
}

/// `[1]`, `[1:2]`, `[:]`.
pub(super) fn subscript(r: &mut Reader) -> Parse<Subscript> {
    r.expect(TokenKind::LeftBracket, "`[`")?;
    let first = if r.at(TokenKind::Colon) { None } else { Some(expression(r)?) };
    let subscript = match (r.eat(TokenKind::Colon), first) {
        (None, Some(index)) => Subscript::Index(index),
        (_, first) => {
            let last = if r.at(TokenKind::RightBracket) { None } else { Some(expression(r)?) };
            Subscript::Slice(first, last)
        }
    };
    r.expect(TokenKind::RightBracket, "`]`")?;
    Ok(subscript)
}

/// What a tool fills in: nobody knows what it says, nor what stands behind it in parentheses.
fn filled_in(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.bump();
    while r.eat(TokenKind::Dot).is_some() {
        r.bump();
    }
    if r.at(TokenKind::LeftParen) {
        skip_parentheses(r);
    }
    Ok(unread(r.since(start)))
}

/// Takes a `(` and everything up to its `)`.
pub(super) fn skip_parentheses(r: &mut Reader) {
    let mut depth = 0u32;
    while !r.at_end() {
        match r.kind() {
            TokenKind::LeftParen => depth += 1,
            TokenKind::RightParen => depth -= 1,
            _ => {}
        }
        r.bump();
        if depth == 0 {
            return;
        }
    }
}

/// An operand that begins with a keyword.
fn of_keyword(r: &mut Reader, keyword: Keyword, start: u32) -> Parse<Expression> {
    let called = r.nth(1) == TokenKind::LeftParen;
    let constant = match keyword {
        Keyword::True => Constant::Boolean(true),
        Keyword::False => Constant::Boolean(false),
        Keyword::Null => Constant::Null,
        Keyword::Row if called => return row(r, start),
        Keyword::Case => return case(r, start),
        Keyword::Array => return array(r, start),
        Keyword::Exists if called => {
            r.bump();
            let query = query::parenthesised(r)?;
            return Ok(r.node(start, ExpressionKind::Exists(Box::new(query))));
        }
        Keyword::Grouping if called => {
            r.bump();
            let items = operator::parenthesised_expressions(r)?;
            return Ok(r.node(start, ExpressionKind::Grouping(items)));
        }
        _ => {
            return match special::production(r) {
                Some(production) => production(r, start),
                None if type_name::at_typed_constant(r) => typed_constant(r, start),
                None => column_or_call(r, start),
            };
        }
    };
    r.bump();
    Ok(r.node(start, ExpressionKind::Constant(constant)))
}

/// `timestamp '2020-01-01'`, `interval '1' day`.
fn typed_constant(r: &mut Reader, start: u32) -> Parse<Expression> {
    if r.at_kw(Keyword::Interval) && r.nth(1).is_string() {
        r.bump();
        let at = r.start();
        let text = r.string()?;
        let value = r.node(at, ExpressionKind::Constant(Constant::String(text)));
        let ty = type_name::interval_constant_type(r)?;
        let ty = r.known_type(&ty)?;
        return Ok(cast(r, start, value, ty));
    }
    let written = type_name::simple_type(r)?;
    let mut ty = r.known_type(&written)?;
    if written.modifiers.is_empty() {
        // Before a constant, `char` and `bit` are of any length.
        ty.modifiers.clear();
    }
    let at = r.start();
    let text = r.string()?;
    let value = r.node(at, ExpressionKind::Constant(Constant::String(text)));
    Ok(cast(r, start, value, ty))
}

/// A column, a function call, or a constant of a type that is named: `a.b[1]`, `f(x)`, `date '2020-01-01'`.
fn column_or_call(r: &mut Reader, start: u32) -> Parse<Expression> {
    let column = r.at_column_name();
    let function = r.is_name(r.kind(), |category| matches!(category, Category::Unreserved | Category::TypeOrFunction));
    if !column && !function {
        return Err(r.unexpected("an expression"));
    }
    let first = name::word(r)?;
    let mut template = first.is_template(r.text);
    let mut parts = vec![owned(r, first)];
    let mut star = false;
    while column && r.at(TokenKind::Dot) && !star {
        r.bump();
        star = r.eat(TokenKind::Star).is_some();
        if !star {
            let part = name::label(r, "a name")?;
            template |= part.is_template(r.text);
            parts.push(owned(r, part));
        }
    }
    if template {
        return after_template(r, start);
    }
    if star {
        return Ok(r.node(start, ExpressionKind::Star(parts)));
    }
    let callable = function || parts.len() > 1;
    match r.kind() {
        TokenKind::LeftParen if callable => call::after_name(r, start, parts),
        kind if callable && kind.is_string() => {
            let at = r.start();
            let text = r.string()?;
            let value = r.node(at, ExpressionKind::Constant(Constant::String(text)));
            Ok(cast(r, start, value, TypeRef { name: parts, ..TypeRef::default() }))
        }
        _ if column => {
            let column = r.node(start, ExpressionKind::Column(parts));
            indirection(r, start, column)
        }
        _ => Err(r.unexpected("`(`")),
    }
}

fn owned(r: &Reader, ident: Ident) -> String {
    ident.value(r.text).into_owned()
}

/// A name with a part that a tool fills in, and what belongs to it.
fn after_template(r: &mut Reader, start: u32) -> Parse<Expression> {
    if r.at(TokenKind::LeftParen) {
        skip_parentheses(r);
    } else if r.kind().is_string() {
        r.string()?;
    } else {
        indirection(r, start, unread(r.since(start)))?;
    }
    Ok(unread(r.since(start)))
}

/// `ROW(a, b)`
fn row(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.expect_kw(Keyword::Row)?;
    r.left_paren()?;
    let items = if r.at(TokenKind::RightParen) { Vec::new() } else { operator::expressions(r)? };
    r.right_paren()?;
    Ok(r.node(start, ExpressionKind::Row(items, RowForm::Explicit)))
}

/// `ARRAY[…]`, `ARRAY(SELECT …)`.
fn array(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.expect_kw(Keyword::Array)?;
    if r.at(TokenKind::LeftBracket) {
        return elements(r, start);
    }
    let query = query::parenthesised(r)?;
    Ok(r.node(start, ExpressionKind::ArrayQuery(Box::new(query))))
}

/// `[a, b]`, `[[a], [b]]`, `[]` (array_expr).
fn elements(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.enter(1)?;
    let outer = r.begin();
    r.expect(TokenKind::LeftBracket, "`[`")?;
    let items = match r.kind() {
        TokenKind::RightBracket => Vec::new(),
        TokenKind::LeftBracket => {
            let rows = r.list_of(|r| {
                let start = r.start();
                elements(r, start)
            })?;
            r.grow(1)?;
            rows
        }
        _ => operator::expressions(r)?,
    };
    r.expect(TokenKind::RightBracket, "`]`")?;
    r.end(outer, 0)?;
    r.leave(1);
    Ok(r.node(start, ExpressionKind::Array(items)))
}

/// `CASE [x] WHEN … THEN … [ELSE …] END`
fn case(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.enter(1)?;
    r.expect_kw(Keyword::Case)?;
    let operand = if r.at_kw(Keyword::When) { None } else { Some(expression(r)?) };
    let mut whens = Vec::new();
    while r.took(Keyword::When) {
        let when = expression(r)?;
        r.expect_kw(Keyword::Then)?;
        whens.push((when, expression(r)?));
    }
    let otherwise = if r.took(Keyword::Else) { Some(expression(r)?) } else { None };
    r.expect_kw(Keyword::End)?;
    r.leave(1);
    Ok(r.node(start, ExpressionKind::Case(Box::new(Case { operand, whens, otherwise }))))
}
