//! Names, roles, numbers and strings: the smallest productions.

use crate::syntax::lexer::{Category, Keyword, TokenKind};
use crate::syntax::tree::{Behavior, Guard, Ident, Name, Relation, RoleSpec};
use crate::text::Span;

use super::parser::{Parse, Parser};

/// A column, table, schema … name (ColId).
pub(super) fn column_name(p: &mut Parser, what: &str) -> Parse<Ident> {
    name_of(p, what, |category| matches!(category, Category::Unreserved | Category::ColumnName))
}

/// A name that may be any keyword (ColLabel).
pub(super) fn label(p: &mut Parser, what: &str) -> Parse<Ident> {
    name_of(p, what, |_| true)
}

/// The name of a function or type (type_function_name).
pub(super) fn function_name(p: &mut Parser, what: &str) -> Parse<Ident> {
    name_of(p, what, |category| matches!(category, Category::Unreserved | Category::TypeOrFunction))
}

fn name_of(p: &mut Parser, what: &str, allowed: impl Fn(Category) -> bool) -> Parse<Ident> {
    if p.is_name(p.kind(), allowed) {
        return Ok(Ident { span: p.bump() });
    }
    let error = p.unexpected(what);
    Err(match p.kind() {
        TokenKind::Keyword(keyword) => {
            let word = keyword.word();
            error.help(format!("`{word}` is a keyword of PostgreSQL; as a name it must be quoted: `\"{word}\"`"))
        }
        TokenKind::String => error.help("names are written bare or in double quotes; single quotes make a string"),
        _ => error,
    })
}

/// A table, sequence, view or type name of up to three parts (qualified_name, any_name).
pub(super) fn name(p: &mut Parser, what: &str) -> Parse<Name> {
    let first = column_name(p, what)?;
    qualified(p, first)
}

/// A function name of up to three parts (func_name).
pub(super) fn routine_name(p: &mut Parser, what: &str) -> Parse<Name> {
    if p.nth(1) == TokenKind::Dot {
        return name(p, what);
    }
    function_name(p, what).map(Name::unqualified)
}

/// The rest of a name whose first part was taken.
pub(super) fn qualified(p: &mut Parser, first: Ident) -> Parse<Name> {
    let mut name = Name::unqualified(first);
    while p.at(TokenKind::Dot) {
        if name.database.is_some() {
            return Err(p.error("a name has at most three parts: database, schema and object"));
        }
        p.bump();
        let next = label(p, "a name after the point")?;
        name = Name { database: name.schema, schema: Some(name.object), object: next };
    }
    Ok(name)
}

/// One or more names between commas.
pub(super) fn names(p: &mut Parser, what: &str) -> Parse<Vec<Name>> {
    p.list(|p| name(p, what))
}

/// `(a, b)` of column names.
pub(super) fn column_list(p: &mut Parser) -> Parse<Vec<Ident>> {
    p.paren_list(|p| column_name(p, "a column name"))
}

/// A table that may be written with ONLY, with parentheses, or with `*` (relation_expr).
pub(super) fn relation(p: &mut Parser) -> Parse<Relation> {
    if let Some(only) = p.eat_kw(Keyword::Only) {
        let name = if p.eat(TokenKind::LeftParen).is_some() {
            let inner = name(p, "a table name")?;
            p.right_paren()?;
            inner
        } else {
            name(p, "a table name")?
        };
        return Ok(Relation { only: Some(only), name });
    }
    let name = name(p, "a table name")?;
    p.eat(TokenKind::Star);
    Ok(Relation { only: None, name })
}

/// `PUBLIC`, `CURRENT_USER`, … or a role's name (RoleSpec).
pub(super) fn role(p: &mut Parser) -> Parse<RoleSpec> {
    let kind = p.kind();
    if kind == TokenKind::Ident && p.text[p.span()].eq_ignore_ascii_case("public") {
        return Ok(RoleSpec::Public(p.bump()));
    }
    match kind {
        TokenKind::Keyword(Keyword::CurrentUser) => Ok(RoleSpec::CurrentUser(p.bump())),
        TokenKind::Keyword(Keyword::CurrentRole) => {
            let span = p.bump();
            p.need(14, span, "`CURRENT_ROLE` as a role");
            Ok(RoleSpec::CurrentRole(span))
        }
        TokenKind::Keyword(Keyword::SessionUser) => Ok(RoleSpec::SessionUser(p.bump())),
        // The grammar refuses a role called "none" even in quotes (manual, reserved role names).
        _ if p.text[p.span()].trim_matches('"') == "none" || p.at_kw(Keyword::None) => Err(p.error("`none` is reserved and can't name a role")),
        _ => column_name(p, "a role name").map(RoleSpec::Named),
    }
}

/// `IF NOT EXISTS`, or its place.
pub(super) fn if_not_exists(p: &mut Parser) -> Guard {
    let at = p.start();
    match p.eat_kws(&[Keyword::If, Keyword::Not, Keyword::Exists]) {
        Some(span) => Guard::Written(span),
        None => Guard::Absent(at),
    }
}

/// `IF EXISTS`, or its place.
pub(super) fn if_exists(p: &mut Parser) -> Guard {
    let at = p.start();
    match p.eat_kws(&[Keyword::If, Keyword::Exists]) {
        Some(span) => Guard::Written(span),
        None => Guard::Absent(at),
    }
}

/// `CASCADE` or `RESTRICT`, if one is written.
pub(super) fn behavior(p: &mut Parser) -> Option<Behavior> {
    match p.kind() {
        TokenKind::Keyword(Keyword::Cascade) => Some(Behavior::Cascade(p.bump())),
        TokenKind::Keyword(Keyword::Restrict) => Some(Behavior::Restrict(p.bump())),
        _ => None,
    }
}

/// A string constant of the kinds that the grammar calls Sconst; its bytes with quotes.
pub(super) fn string(p: &mut Parser, what: &str) -> Parse<Span> {
    match p.kind() {
        TokenKind::String | TokenKind::EscapeString | TokenKind::DollarString | TokenKind::Placeholder => Ok(p.bump()),
        TokenKind::UnicodeString => {
            let start = p.start();
            p.bump();
            if p.eat_kw(Keyword::Uescape).is_some() {
                p.expect(TokenKind::String, "the escape character in quotes")?;
            }
            Ok(p.since(start))
        }
        _ => Err(p.unexpected(what)),
    }
}

/// An integer with an optional sign (SignedIconst).
pub(super) fn signed_integer(p: &mut Parser, what: &str) -> Parse<Span> {
    let start = p.start();
    if p.eat(TokenKind::Minus).is_none() {
        p.eat(TokenKind::Plus);
    }
    integer(p, what)?;
    Ok(p.since(start))
}

/// An integer (Iconst).
pub(super) fn integer(p: &mut Parser, what: &str) -> Parse<Span> {
    match p.kind() {
        TokenKind::Integer | TokenKind::Placeholder => Ok(p.bump()),
        _ => Err(p.unexpected(what)),
    }
}

/// A number with an optional sign (NumericOnly).
pub(super) fn number(p: &mut Parser, what: &str) -> Parse<Span> {
    let start = p.start();
    if p.eat(TokenKind::Minus).is_none() {
        p.eat(TokenKind::Plus);
    }
    match p.kind() {
        TokenKind::Integer | TokenKind::Decimal | TokenKind::Placeholder => {
            p.bump();
            Ok(p.since(start))
        }
        _ => Err(p.unexpected(what)),
    }
}

/// An operator, bare or as `OPERATOR(schema.op)` where `qualified` forms are read elsewhere (any_operator): `schema.+`, `=`.
pub(super) fn operator(p: &mut Parser) -> Parse<Span> {
    let start = p.start();
    while p.at_column_name() && p.nth(1) == TokenKind::Dot {
        p.bump();
        p.bump();
    }
    if !is_operator(p.kind()) {
        return Err(p.unexpected("an operator"));
    }
    p.bump();
    Ok(p.since(start))
}

/// Whether a token is an operator (all_Op).
pub(super) fn is_operator(kind: TokenKind) -> bool {
    use TokenKind::*;
    matches!(
        kind,
        Operator | Plus | Minus | Star | Slash | Percent | Caret | Less | Greater | Equals | LessEquals | GreaterEquals | NotEquals
    )
}
