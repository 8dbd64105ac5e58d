//! The functions to which the SQL standard gave a syntax of their own: `CURRENT_DATE`, `EXTRACT(… FROM …)`, `TRIM(BOTH … FROM …)` and so on.
//!
//! A call that older versions read as that of an ordinary function (`JSON_ARRAY(a, b)`), or as a column (`SYSTEM_USER`), needs no version.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::{expression, function_call, json, name, type_name, xml};

/// What reads the call that stands here, if its name is such a function's.
pub(super) type Production = fn(&mut Parser) -> Parse<()>;

/// Functions of this and of `json` and `xml`, aggregates with what decorates them.
pub(super) fn production(p: &Parser) -> Option<Production> {
    match json::aggregate(p) {
        Some(_) => Some(json::decorated_aggregate),
        None => without_decoration(p),
    }
}

/// Functions that are no aggregates (func_expr_common_subexpr).
pub(super) fn without_decoration(p: &Parser) -> Option<Production> {
    use Keyword::{
        Cast, Coalesce, Collation, CurrentCatalog, CurrentDate, CurrentRole, CurrentSchema, CurrentTime, CurrentTimestamp, CurrentUser,
        Extract, For, Greatest, Least, Localtime, Localtimestamp, Normalize, Nullif, Overlay, Position, SessionUser, Substring, SystemUser,
        Treat, Trim, User,
    };
    let TokenKind::Keyword(keyword) = p.kind() else {
        return None;
    };
    let called = p.nth(1) == TokenKind::LeftParen;
    let found: Production = match keyword {
        CurrentDate | CurrentRole | CurrentUser | SessionUser | SystemUser | User | CurrentCatalog => bare,
        CurrentSchema if !called && !p.nth(1).is_string() => bare,
        CurrentTime | CurrentTimestamp | Localtime | Localtimestamp => with_precision,
        Collation if p.nth(1) == TokenKind::Keyword(For) => collation_for,
        Cast => cast,
        _ if !called => return None,
        Treat => cast,
        Extract => extract,
        Normalize => normalize,
        Overlay => overlay,
        Position => position,
        Substring => substring,
        Trim => trim,
        Nullif => nullif,
        Coalesce | Greatest | Least => list,
        _ => return json::function(keyword).or_else(|| xml::function(keyword)),
    };
    Some(found)
}

/// `CURRENT_USER`.
fn bare(p: &mut Parser) -> Parse<()> {
    p.bump();
    Ok(())
}

/// `CURRENT_TIMESTAMP(3)`.
fn with_precision(p: &mut Parser) -> Parse<()> {
    p.bump();
    if p.eat(TokenKind::LeftParen).is_some() {
        name::integer(p, "a number of digits")?;
        p.right_paren()?;
    }
    Ok(())
}

/// `COLLATION FOR (x)`.
fn collation_for(p: &mut Parser) -> Parse<()> {
    p.expect_kws(&[Keyword::Collation, Keyword::For])?;
    p.left_paren()?;
    expression::expression(p)?;
    p.right_paren().map(drop)
}

/// `CAST(x AS type)`, `TREAT(x AS type)`.
fn cast(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    expression::expression(p)?;
    p.expect_kw(Keyword::As)?;
    type_name::type_name(p)?;
    p.right_paren().map(drop)
}

/// `EXTRACT(field FROM x)`.
fn extract(p: &mut Parser) -> Parse<()> {
    use Keyword::{Day, Hour, Minute, Month, Second, Year};
    p.bump();
    p.left_paren()?;
    match p.kind() {
        TokenKind::Ident
        | TokenKind::QuotedIdent
        | TokenKind::UnicodeIdent
        | TokenKind::Placeholder
        | TokenKind::Keyword(Year | Month | Day | Hour | Minute | Second) => {
            p.bump();
        }
        _ => {
            name::string(p, "a field such as `year`")?;
        }
    }
    p.expect_kw(Keyword::From)?;
    expression::expression(p)?;
    p.right_paren().map(drop)
}

/// `NORMALIZE(x, NFC)`.
fn normalize(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    expression::expression(p)?;
    if p.eat(TokenKind::Comma).is_some() {
        match p.kind() {
            TokenKind::Keyword(Keyword::Nfc | Keyword::Nfd | Keyword::Nfkc | Keyword::Nfkd) => p.bump(),
            _ => return Err(p.unexpected("`NFC`, `NFD`, `NFKC` or `NFKD`")),
        };
    }
    p.right_paren().map(drop)
}

/// `OVERLAY(x PLACING y FROM 1 FOR 2)`, or the plain arguments of a function of that name.
fn overlay(p: &mut Parser) -> Parse<()> {
    const PLAIN: &str = "`OVERLAY` without `PLACING`";
    let function = p.bump();
    p.left_paren()?;
    if p.eat(TokenKind::RightParen).is_some() {
        p.need(14, function, PLAIN);
        return Ok(());
    }
    let named = function_call::argument(p)?;
    if named.is_some() || p.eat_kw(Keyword::Placing).is_none() {
        p.need(14, function, PLAIN);
        return more_arguments(p).map(drop);
    }
    expression::expression(p)?;
    p.expect_kw(Keyword::From)?;
    expression::expression(p)?;
    if p.eat_kw(Keyword::For).is_some() {
        expression::expression(p)?;
    }
    p.right_paren().map(drop)
}

/// `POSITION(x IN y)`.
fn position(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    expression::restricted(p)?;
    p.expect_kw(Keyword::In)?;
    expression::restricted(p)?;
    p.right_paren().map(drop)
}

/// `SUBSTRING(x FROM 1 FOR 2)`, `SUBSTRING(x SIMILAR y ESCAPE z)`, or the plain arguments of a function of that name.
fn substring(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    if p.eat(TokenKind::RightParen).is_some() {
        return Ok(());
    }
    let named = function_call::argument(p)?;
    match p.kind() {
        TokenKind::Keyword(first @ (Keyword::From | Keyword::For)) if named.is_none() => {
            p.bump();
            expression::expression(p)?;
            let second = if first == Keyword::From { Keyword::For } else { Keyword::From };
            if p.eat_kw(second).is_some() {
                expression::expression(p)?;
            }
            p.right_paren().map(drop)
        }
        TokenKind::Keyword(Keyword::Similar) if named.is_none() => {
            let similar = p.bump();
            p.need(14, similar, "`SUBSTRING` with `SIMILAR`");
            expression::expression(p)?;
            p.expect_kw(Keyword::Escape)?;
            expression::expression(p)?;
            p.right_paren().map(drop)
        }
        _ => {
            let more = more_arguments(p)?;
            if let Some(name) = named.or(more) {
                p.need(14, name, "an argument of `SUBSTRING` by name");
            }
            Ok(())
        }
    }
}

/// Further arguments after the first, and `)`. Gives the name of one that has a name.
fn more_arguments(p: &mut Parser) -> Parse<Option<Span>> {
    let mut named = None;
    while p.eat(TokenKind::Comma).is_some() {
        named = named.or(function_call::argument(p)?);
    }
    p.expect(TokenKind::RightParen, "`,` or `)`")?;
    Ok(named)
}

/// `TRIM(BOTH x FROM y)`.
fn trim(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    if matches!(p.kind(), TokenKind::Keyword(Keyword::Both | Keyword::Leading | Keyword::Trailing)) {
        p.bump();
    }
    let from = p.at_kw(Keyword::From) || expression::expressions(p)? == 1 && p.at_kw(Keyword::From);
    if from {
        p.bump();
        expression::expressions(p)?;
    }
    p.expect(TokenKind::RightParen, "`,` or `)`").map(drop)
}

/// `NULLIF(a, b)`.
fn nullif(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    expression::expression(p)?;
    p.expect(TokenKind::Comma, "`,`")?;
    expression::expression(p)?;
    p.right_paren().map(drop)
}

/// `COALESCE(a, b, …)`.
fn list(p: &mut Parser) -> Parse<()> {
    p.bump();
    expression::parenthesised_expressions(p).map(drop)
}
