//! The functions to which the SQL standard gave a syntax of their own, as calls of the functions that PostgreSQL's grammar makes of them
//! (func_expr_common_subexpr).

use crate::syntax::grammar::parser::Parse;
use crate::syntax::lexer::{Keyword, TokenKind};

use super::super::tree::*;
use super::operator::{self, expression, restricted, string_constant, system_call};
use super::{Reader, call, markup, number, operand};

/// What reads an operand that begins at a byte.
pub(super) type Production = fn(&mut Reader, u32) -> Parse<Expression>;

/// The function that stands here; aggregates with what decorates them.
pub(super) fn production(r: &Reader) -> Option<Production> {
    match markup::aggregate(r) {
        Some(_) => Some(markup::decorated_aggregate),
        None => without_decoration(r),
    }
}

/// Functions that are no aggregates.
pub(super) fn without_decoration(r: &Reader) -> Option<Production> {
    use Keyword::{
        Cast, Coalesce, Collation, CurrentCatalog, CurrentDate, CurrentRole, CurrentSchema, CurrentTime, CurrentTimestamp, CurrentUser,
        Extract, For, Greatest, Least, Localtime, Localtimestamp, Normalize, Nullif, Overlay, Position, SessionUser, Substring, SystemUser,
        Treat, Trim, User, Xmlexists,
    };
    let TokenKind::Keyword(keyword) = r.kind() else {
        return None;
    };
    let called = r.nth(1) == TokenKind::LeftParen;
    let found: Production = match keyword {
        CurrentDate | CurrentRole | CurrentUser | SessionUser | User | CurrentCatalog => value,
        SystemUser => system_user,
        CurrentSchema if !called && !r.nth(1).is_string() => value,
        CurrentTime | CurrentTimestamp | Localtime | Localtimestamp => value,
        Collation if r.nth(1) == TokenKind::Keyword(For) => collation_for,
        Cast => cast,
        _ if !called => return None,
        Treat => treat,
        Extract => extract,
        Normalize => normalize,
        Overlay => overlay,
        Position => position,
        Substring => substring,
        Trim => trim,
        Nullif => nullif,
        Coalesce => coalesce,
        Greatest => greatest,
        Least => least,
        Xmlexists => xmlexists,
        _ => return markup::function(keyword),
    };
    Some(found)
}

/// `CURRENT_USER`, `CURRENT_TIMESTAMP(3)`
fn value(r: &mut Reader, start: u32) -> Parse<Expression> {
    let function = match r.kind() {
        TokenKind::Keyword(Keyword::CurrentCatalog) => ValueFunction::CurrentCatalog,
        TokenKind::Keyword(Keyword::CurrentDate) => ValueFunction::CurrentDate,
        TokenKind::Keyword(Keyword::CurrentRole) => ValueFunction::CurrentRole,
        TokenKind::Keyword(Keyword::CurrentSchema) => ValueFunction::CurrentSchema,
        TokenKind::Keyword(Keyword::CurrentTime) => ValueFunction::CurrentTime,
        TokenKind::Keyword(Keyword::CurrentTimestamp) => ValueFunction::CurrentTimestamp,
        TokenKind::Keyword(Keyword::CurrentUser) => ValueFunction::CurrentUser,
        TokenKind::Keyword(Keyword::Localtime) => ValueFunction::LocalTime,
        TokenKind::Keyword(Keyword::Localtimestamp) => ValueFunction::LocalTimestamp,
        TokenKind::Keyword(Keyword::SessionUser) => ValueFunction::SessionUser,
        _ => ValueFunction::User,
    };
    r.bump();
    use ValueFunction::{CurrentTime, CurrentTimestamp, LocalTime, LocalTimestamp};
    let timed = matches!(function, CurrentTime | CurrentTimestamp | LocalTime | LocalTimestamp);
    let precision = if timed && r.eat(TokenKind::LeftParen).is_some() {
        let digits = r.integer()?;
        r.right_paren()?;
        Some(digits)
    } else {
        None
    };
    Ok(r.node(start, ExpressionKind::Value(function, precision)))
}

fn system_user(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.bump();
    Ok(system_call(r, start, "system_user", Vec::new()))
}

/// `COLLATION FOR (x)`
fn collation_for(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.expect_kws(&[Keyword::Collation, Keyword::For])?;
    r.left_paren()?;
    let of = expression(r)?;
    r.right_paren()?;
    Ok(system_call(r, start, "pg_collation_for", vec![of]))
}

/// `(x AS type)`
fn value_and_type(r: &mut Reader) -> Parse<(Expression, TypeRef)> {
    r.bump();
    r.left_paren()?;
    let value = expression(r)?;
    r.expect_kw(Keyword::As)?;
    let ty = r.type_ref()?;
    r.right_paren()?;
    Ok((value, ty))
}

/// `CAST(x AS type)`
fn cast(r: &mut Reader, start: u32) -> Parse<Expression> {
    let (value, ty) = value_and_type(r)?;
    Ok(operand::cast(r, start, value, ty))
}

/// `TREAT(x AS type)`, which calls a function of the type's name.
fn treat(r: &mut Reader, start: u32) -> Parse<Expression> {
    let (value, ty) = value_and_type(r)?;
    let name = ty.name.last().cloned().unwrap_or_default();
    Ok(system_call(r, start, &name, vec![value]))
}

/// `EXTRACT(field FROM x)`
fn extract(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.bump();
    r.left_paren()?;
    let at = r.start();
    let field = if r.kind().is_string() { r.string()? } else { r.label()? };
    let field = string_constant(r.since(at), &field);
    r.expect_kw(Keyword::From)?;
    let of = expression(r)?;
    r.right_paren()?;
    Ok(system_call(r, start, "extract", vec![field, of]))
}

/// `NORMALIZE(x, NFC)`
fn normalize(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.bump();
    r.left_paren()?;
    let mut arguments = vec![expression(r)?];
    if r.eat(TokenKind::Comma).is_some() {
        let span = r.bump();
        arguments.push(string_constant(span, &r.text[span].to_uppercase()));
    }
    r.right_paren()?;
    Ok(system_call(r, start, "normalize", arguments))
}

/// `OVERLAY(x PLACING y FROM 1 FOR 2)`, or the plain arguments of a function of that name.
fn overlay(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.bump();
    r.left_paren()?;
    if r.at(TokenKind::RightParen) {
        return plain_call(r, start, vec!["overlay".to_owned()], Vec::new());
    }
    let first = call::argument(r)?;
    if first.name.is_some() || !r.took(Keyword::Placing) {
        return plain_call(r, start, vec!["overlay".to_owned()], vec![first]);
    }
    let mut arguments = vec![first.value, expression(r)?];
    r.expect_kw(Keyword::From)?;
    arguments.push(expression(r)?);
    if r.took(Keyword::For) {
        arguments.push(expression(r)?);
    }
    r.right_paren()?;
    Ok(system_call(r, start, "overlay", arguments))
}

/// A call of an ordinary function, from behind its first arguments on.
pub(super) fn plain_call(r: &mut Reader, start: u32, name: Vec<String>, arguments: Vec<Argument>) -> Parse<Expression> {
    let mut call = Call { name, arguments, ..Call::default() };
    while r.eat(TokenKind::Comma).is_some() {
        call.arguments.push(call::argument(r)?);
    }
    r.right_paren()?;
    Ok(r.node(start, ExpressionKind::Call(Box::new(call))))
}

/// `POSITION(x IN y)`
fn position(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.bump();
    r.left_paren()?;
    let part = restricted(r)?;
    r.expect_kw(Keyword::In)?;
    let whole = restricted(r)?;
    r.right_paren()?;
    Ok(system_call(r, start, "position", vec![whole, part]))
}

/// `SUBSTRING(x FROM 1 FOR 2)`, `SUBSTRING(x SIMILAR y ESCAPE z)`, or the plain arguments of a function of that name.
fn substring(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.bump();
    r.left_paren()?;
    if r.at(TokenKind::RightParen) {
        return plain_call(r, start, vec!["substring".to_owned()], Vec::new());
    }
    let first = call::argument(r)?;
    let word = match r.kind() {
        TokenKind::Keyword(word @ (Keyword::From | Keyword::For | Keyword::Similar)) if first.name.is_none() => word,
        _ => return plain_call(r, start, vec!["substring".to_owned()], vec![first]),
    };
    r.bump();
    let at = r.start();
    let second = expression(r)?;
    let arguments = match word {
        Keyword::From if r.took(Keyword::For) => vec![first.value, second, expression(r)?],
        Keyword::From => vec![first.value, second],
        Keyword::For if r.took(Keyword::From) => vec![first.value, expression(r)?, second],
        Keyword::For => {
            // Nothing says where it begins: at the first character, and the length is an integer.
            let from = number("1", second.span);
            let length = operand::cast(r, at, second, TypeRef::named(&["pg_catalog", "int4"]));
            r.grow(1)?;
            vec![first.value, from, length]
        }
        _ => {
            r.expect_kw(Keyword::Escape)?;
            vec![first.value, second, expression(r)?]
        }
    };
    r.right_paren()?;
    Ok(system_call(r, start, "substring", arguments))
}

/// `TRIM(BOTH x FROM y)`
fn trim(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.bump();
    r.left_paren()?;
    let name = match r.kind() {
        TokenKind::Keyword(Keyword::Leading) => "ltrim",
        TokenKind::Keyword(Keyword::Trailing) => "rtrim",
        _ => "btrim",
    };
    if matches!(r.kind(), TokenKind::Keyword(Keyword::Both | Keyword::Leading | Keyword::Trailing)) {
        r.bump();
    }
    let before = if r.at_kw(Keyword::From) { Vec::new() } else { operator::expressions(r)? };
    let mut arguments = if r.took(Keyword::From) { operator::expressions(r)? } else { Vec::new() };
    arguments.extend(before);
    r.right_paren()?;
    Ok(system_call(r, start, name, arguments))
}

/// `NULLIF(a, b)`
fn nullif(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.bump();
    r.left_paren()?;
    let left = expression(r)?;
    r.expect(TokenKind::Comma, "`,`")?;
    let right = expression(r)?;
    r.right_paren()?;
    Ok(r.node(start, ExpressionKind::NullIf(Box::new([left, right]))))
}

fn coalesce(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.bump();
    let items = operator::parenthesised_expressions(r)?;
    Ok(r.node(start, ExpressionKind::Coalesce(items)))
}

fn greatest(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.bump();
    let items = operator::parenthesised_expressions(r)?;
    Ok(r.node(start, ExpressionKind::Greatest(items)))
}

fn least(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.bump();
    let items = operator::parenthesised_expressions(r)?;
    Ok(r.node(start, ExpressionKind::Least(items)))
}

/// `XMLEXISTS(path PASSING BY REF x)`; how it is passed says nothing.
fn xmlexists(r: &mut Reader, start: u32) -> Parse<Expression> {
    r.bump();
    r.left_paren()?;
    let path = operand::operand(r)?;
    r.expect_kw(Keyword::Passing)?;
    mechanism(r)?;
    let passed = operand::operand(r)?;
    mechanism(r)?;
    r.right_paren()?;
    Ok(system_call(r, start, "xmlexists", vec![path, passed]))
}

/// `BY REF`, `BY VALUE`, if it stands here.
pub(super) fn mechanism(r: &mut Reader) -> Parse<()> {
    if r.took(Keyword::By) && !r.took(Keyword::Ref) {
        r.expect_kw(Keyword::Value)?;
    }
    Ok(())
}
