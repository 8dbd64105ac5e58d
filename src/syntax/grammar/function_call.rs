//! Function calls: arguments, and what makes a call an aggregate or a window function.

use crate::syntax::lexer::{Category, Keyword, TokenKind};
use crate::syntax::tree::Expr;
use crate::text::Span;

use super::operand::{self, Indirection, Operand};
use super::parser::{Parse, Parser};
use super::{expression, json, name, ordering, special_function, window};

/// `f(a, b)` and nothing around it (func_application).
pub(super) fn function_call(p: &mut Parser) -> Parse<Expr> {
    let start = p.start();
    callee(p)?;
    arguments(p)?;
    Ok(Expr { span: p.since(start) })
}

/// A call without OVER and its kin, or a function of the SQL standard's own syntax (func_expr_windowless).
pub(super) fn windowless_call(p: &mut Parser) -> Parse<Expr> {
    let start = p.start();
    match (json::aggregate(p), special_function::without_decoration(p)) {
        (Some(aggregate), _) => aggregate(p)?,
        (None, Some(production)) => production(p)?,
        (None, None) => return function_call(p),
    }
    Ok(Expr { span: p.since(start) })
}

/// From the `(` behind a function's name on, with WITHIN GROUP, FILTER and OVER; or a constant of a type with modifiers, `varchar(3) 'abc'`.
pub(super) fn after_name(p: &mut Parser) -> Parse<Operand> {
    let call = arguments(p)?;
    if p.kind().is_string() && call.modifiers {
        return match call.not_modifier {
            Some(span) => Err(p.error_at(span, "the modifiers of a type have no names and no order")),
            None => name::string(p, "a string").map(|_| Operand::Constant),
        };
    }
    if let Some(within) = p.eat_kw(Keyword::Within) {
        if let Some(what) = call.not_within {
            return Err(p.error_at(within, format!("{what} can't be combined with `WITHIN GROUP`")));
        }
        p.expect_kw(Keyword::Group)?;
        p.left_paren()?;
        ordering::order_by(p)?;
        p.right_paren()?;
    }
    filter_and_over(p)?;
    Ok(Operand::Other)
}

/// `FILTER (WHERE …)` and `OVER …`, each if it is there.
pub(super) fn filter_and_over(p: &mut Parser) -> Parse<()> {
    if p.eat_kw(Keyword::Filter).is_some() {
        p.left_paren()?;
        p.expect_kw(Keyword::Where)?;
        expression::expression(p)?;
        p.right_paren()?;
    }
    window::over(p)
}

/// One argument, perhaps by name: `a`, `x => a`, `x := a` (func_arg_expr).
pub(super) fn argument(p: &mut Parser) -> Parse<Option<Span>> {
    let named = matches!(p.nth(1), TokenKind::Arrow | TokenKind::ColonEquals)
        && p.is_name(p.kind(), |category| matches!(category, Category::Unreserved | Category::TypeOrFunction));
    let name = named.then(|| {
        let name = p.bump();
        p.bump();
        name
    });
    expression::expression(p)?;
    Ok(name)
}

/// What of a call's arguments decides what may follow them.
#[derive(Default)]
struct Arguments {
    /// Whether they could be the modifiers of a type.
    modifiers: bool,
    /// A name or an ORDER BY among them, which modifiers don't have.
    not_modifier: Option<Span>,
    /// What WITHIN GROUP does not go with.
    not_within: Option<&'static str>,
}

/// `f`, `schema.f`.
fn callee(p: &mut Parser) -> Parse<()> {
    if p.nth(1) == TokenKind::Dot && p.at_column_name() {
        p.bump();
        if operand::indirection(p)? == Indirection::Parts {
            return Err(p.error("the name of a function is made of names alone"));
        }
        return Ok(());
    }
    name::function_name(p, "the name of a function").map(drop)
}

/// `(…)`.
fn arguments(p: &mut Parser) -> Parse<Arguments> {
    p.left_paren()?;
    let mut found = Arguments::default();
    if p.eat(TokenKind::RightParen).is_some() {
        return Ok(found);
    }
    if p.eat(TokenKind::Star).is_some() {
        p.right_paren()?;
        return Ok(found);
    }
    found.modifiers = true;
    match p.kind() {
        TokenKind::Keyword(Keyword::Distinct) => {
            p.bump();
            found.not_within = Some("`DISTINCT`");
            found.modifiers = false;
        }
        TokenKind::Keyword(Keyword::All) => {
            p.bump();
            found.modifiers = false;
        }
        _ => {}
    }
    let plain = found.modifiers;
    loop {
        let variadic = plain && p.eat_kw(Keyword::Variadic).is_some();
        found.not_modifier = found.not_modifier.or(argument(p)?);
        if variadic {
            found.modifiers = false;
            found.not_within = Some("`VARIADIC`");
            break;
        }
        if p.eat(TokenKind::Comma).is_none() {
            break;
        }
    }
    if p.at_kw(Keyword::Order) {
        let span = ordering::order_by(p)?;
        found.not_modifier = Some(span);
        found.not_within = Some("`ORDER BY` among the arguments");
    }
    p.expect(TokenKind::RightParen, "`,` or `)`")?;
    Ok(found)
}
