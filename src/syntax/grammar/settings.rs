//! Lists of options: `(name = value, …)`.

use crate::syntax::lexer::{Category, Keyword, TokenKind};
use crate::syntax::tree::{Ident, Setting};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::{name, type_name};

/// `(a = 1, b)` after CREATE AGGREGATE, TYPE and their kin (definition).
pub(super) fn definition(p: &mut Parser) -> Parse<Vec<Setting>> {
    p.paren_list(|p| setting(p, None))
}

/// `WITH (fillfactor = 70, toast.autovacuum_enabled = off)` without its WITH (reloptions).
pub(super) fn storage_parameters(p: &mut Parser) -> Parse<Vec<Setting>> {
    p.paren_list(|p| {
        let namespace = (p.nth(1) == TokenKind::Dot).then(|| name::label(p, "an option")).transpose()?;
        if namespace.is_some() {
            p.bump();
        }
        setting(p, namespace)
    })
}

fn setting(p: &mut Parser, namespace: Option<Ident>) -> Parse<Setting> {
    let start = namespace.map_or(p.start(), |ident| ident.span.start);
    let name = name::label(p, "the name of an option")?;
    let value = p.eat(TokenKind::Equals).map(|_| value(p)).transpose()?;
    Ok(Setting { span: p.since(start), verb: None, namespace, name, value })
}

/// What may stand after `=` (def_arg): a type, a keyword, an operator, a number, a string or NONE.
fn value(p: &mut Parser) -> Parse<Span> {
    let start = p.start();
    match p.kind() {
        TokenKind::Keyword(Keyword::None) => Ok(p.bump()),
        TokenKind::Keyword(Keyword::Operator) if p.nth(1) == TokenKind::LeftParen => {
            p.bump();
            p.left_paren()?;
            name::operator(p)?;
            p.right_paren()?;
            Ok(p.since(start))
        }
        TokenKind::Keyword(keyword) if keyword.category() == Category::Reserved => Ok(p.bump()),
        TokenKind::Integer | TokenKind::Decimal => Ok(p.bump()),
        TokenKind::Plus | TokenKind::Minus if matches!(p.nth(1), TokenKind::Integer | TokenKind::Decimal) => name::number(p, "a number"),
        kind if name::is_operator(kind) => Ok(p.bump()),
        TokenKind::String | TokenKind::EscapeString | TokenKind::UnicodeString | TokenKind::DollarString => name::string(p, "a value"),
        _ => type_name::type_or_set(p).map(|ty| ty.span),
    }
}
