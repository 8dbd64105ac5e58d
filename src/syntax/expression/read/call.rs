//! Function calls, and ORDER BY.

use crate::syntax::grammar::name;
use crate::syntax::grammar::parser::Parse;
use crate::syntax::lexer::{Category, Keyword, TokenKind};

use super::super::tree::*;
use super::operator::{self, expression};
use super::{Reader, markup, modifier_at, operand, special, window};

/// A call without OVER and its kin, or a function of the SQL standard's own syntax (func_expr_windowless).
pub(super) fn windowless(r: &mut Reader) -> Parse<Expression> {
    r.count()?;
    let start = r.start();
    if let Some(production) = markup::aggregate(r).or_else(|| special::without_decoration(r)) {
        return production(r, start);
    }
    let mut parts = vec![r.label()?];
    while r.eat(TokenKind::Dot).is_some() {
        parts.push(r.label()?);
    }
    let call = arguments(r, parts)?;
    Ok(r.node(start, ExpressionKind::Call(Box::new(call))))
}

/// From the `(` behind a function's name on; or a constant of a type with modifiers, `varchar(3) 'abc'`.
pub(super) fn after_name(r: &mut Reader, start: u32, parts: Vec<String>) -> Parse<Expression> {
    let mut call = arguments(r, parts)?;
    if r.kind().is_string() {
        let at = r.start();
        let text = r.string()?;
        let value = r.node(at, ExpressionKind::Constant(Constant::String(text)));
        if call.arguments.is_empty() || call.plain_arguments().is_none() {
            return Err(r.error("the modifiers of a type have no names and no order"));
        }
        let modifiers = call.arguments.iter().map(|argument| modifier_at(r.text, argument.value.span)).collect();
        return Ok(operand::cast(r, start, value, TypeRef { name: call.name, modifiers, ..TypeRef::default() }));
    }
    if r.took(Keyword::Within) {
        r.expect_kw(Keyword::Group)?;
        r.left_paren()?;
        call.within_group = order_by(r)?;
        r.right_paren()?;
    }
    call.filter = filter(r)?;
    call.over = window::over(r)?;
    Ok(r.node(start, ExpressionKind::Call(Box::new(call))))
}

/// `FILTER (WHERE …)`, if it stands here.
pub(super) fn filter(r: &mut Reader) -> Parse<Option<Expression>> {
    if !r.took(Keyword::Filter) {
        return Ok(None);
    }
    r.left_paren()?;
    r.expect_kw(Keyword::Where)?;
    let condition = expression(r)?;
    r.right_paren()?;
    Ok(Some(condition))
}

/// One argument, perhaps by name: `a`, `x => a`, `x := a` (func_arg_expr).
pub(super) fn argument(r: &mut Reader) -> Parse<Argument> {
    let named = matches!(r.nth(1), TokenKind::Arrow | TokenKind::ColonEquals)
        && r.is_name(r.kind(), |category| matches!(category, Category::Unreserved | Category::TypeOrFunction));
    let name = if named {
        let name = r.label()?;
        r.bump();
        Some(name)
    } else {
        None
    };
    Ok(Argument { name, value: expression(r)? })
}

/// `(…)`
pub(super) fn arguments(r: &mut Reader, name: Vec<String>) -> Parse<Call> {
    let mut call = Call { name, ..Call::default() };
    r.left_paren()?;
    if r.eat(TokenKind::RightParen).is_some() {
        return Ok(call);
    }
    if r.eat(TokenKind::Star).is_some() {
        call.mode = ArgumentMode::Star;
        r.right_paren()?;
        return Ok(call);
    }
    r.enter(2)?;
    if r.took(Keyword::Distinct) {
        call.mode = ArgumentMode::Distinct;
    } else {
        r.eat_kw(Keyword::All);
    }
    loop {
        if r.took(Keyword::Variadic) {
            call.mode = ArgumentMode::Variadic;
        }
        call.arguments.push(argument(r)?);
        if r.eat(TokenKind::Comma).is_none() {
            break;
        }
    }
    if r.at_kw(Keyword::Order) {
        call.order_by = order_by(r)?;
    }
    r.right_paren()?;
    r.leave(2);
    Ok(call)
}

/// `ORDER BY a, b DESC NULLS LAST, c USING >` (sort_clause)
pub(super) fn order_by(r: &mut Reader) -> Parse<Vec<OrderBy>> {
    r.expect_kws(&[Keyword::Order, Keyword::By])?;
    r.list_of(key)
}

/// One key (sortby).
fn key(r: &mut Reader) -> Parse<OrderBy> {
    let value = expression(r)?;
    let direction = if r.took(Keyword::Using) {
        Direction::Using(using(r)?)
    } else if r.took(Keyword::Desc) {
        Direction::Descending
    } else {
        r.eat_kw(Keyword::Asc);
        Direction::Ascending
    };
    let nulls = if r.eat_kws(&[Keyword::Nulls, Keyword::First]).is_some() {
        Some(Nulls::First)
    } else {
        r.eat_kws(&[Keyword::Nulls, Keyword::Last]).map(|_| Nulls::Last)
    };
    Ok(OrderBy { value, direction, nulls })
}

fn using(r: &mut Reader) -> Parse<Vec<String>> {
    if operator::at_qualified_operator(r) {
        return operator::qualified_operator(r);
    }
    match name::is_operator(r.kind()) {
        true => Ok(vec![operator::sign(r)]),
        false => Err(r.unexpected("an operator")),
    }
}
