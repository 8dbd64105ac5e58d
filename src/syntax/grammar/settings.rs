//! Lists of options: `(name = value, …)`, `OPTIONS (name 'value', …)`.
//!
//! The grammar takes any word as the name of an option; which ones there are is for PostgreSQL's commands to say, not for its parser.

use crate::syntax::lexer::{Category, Keyword, TokenKind};
use crate::syntax::tree::{Ident, Setting, SettingValue, SettingVerb};

use super::parser::{Parse, Parser};
use super::{name, type_name};

/// `(a = 1, b)` after CREATE AGGREGATE, TYPE and their kin (definition).
pub(super) fn definition(p: &mut Parser) -> Parse<Vec<Setting>> {
    p.paren_list(|p| setting(p, None))
}

/// `(a = 1, b)` after ALTER OPERATOR and ALTER TYPE (operator_def_list).
pub(super) fn changed_definition(p: &mut Parser) -> Parse<Vec<Setting>> {
    let options = definition(p)?;
    for option in options.iter().filter(|option| option.value.is_none()) {
        p.need(17, option.span, "an option without a value in `ALTER OPERATOR` and `ALTER TYPE`");
    }
    Ok(options)
}

/// `(fillfactor = 70, toast.autovacuum_enabled = off)` (reloptions).
pub(super) fn storage_parameters(p: &mut Parser) -> Parse<Vec<Setting>> {
    p.paren_list(|p| {
        let namespace = (p.nth(1) == TokenKind::Dot).then(|| name::label(p, "an option")).transpose()?;
        if namespace.is_some() {
            p.bump();
        }
        setting(p, namespace)
    })
}

/// `OPTIONS (host 'a', port '1')` of foreign data, or nothing (create_generic_options).
pub(super) fn generic_options(p: &mut Parser) -> Parse<Vec<Setting>> {
    if p.eat_kw(Keyword::Options).is_some() { p.paren_list(|p| generic_option(p, None)) } else { Ok(Vec::new()) }
}

/// `OPTIONS (ADD host 'a', SET port '1', DROP user)`, which must be there (alter_generic_options).
pub(super) fn changed_generic_options(p: &mut Parser) -> Parse<Vec<Setting>> {
    p.expect_kw(Keyword::Options)?;
    p.paren_list(|p| {
        // In `OPTIONS (add 'x')` the option is called "add".
        let verb = match p.kind() {
            _ if name::at_string(p.nth(1)) => None,
            TokenKind::Keyword(Keyword::Add) => Some(SettingVerb::Add),
            TokenKind::Keyword(Keyword::Set) => Some(SettingVerb::Set),
            TokenKind::Keyword(Keyword::Drop) => Some(SettingVerb::Drop),
            _ => None,
        };
        generic_option(p, verb)
    })
}

/// `a = 1` or `a` (def_elem).
pub(super) fn setting(p: &mut Parser, namespace: Option<Ident>) -> Parse<Setting> {
    let start = namespace.map_or(p.start(), |ident| ident.span.start);
    let name = name::label(p, "the name of an option")?;
    let value = p.eat(TokenKind::Equals).map(|_| value(p)).transpose()?;
    Ok(Setting { span: p.since(start), verb: None, namespace, name, value })
}

/// `a 'x'` or, to drop it, `a`, with `verb` still before it.
fn generic_option(p: &mut Parser, verb: Option<SettingVerb>) -> Parse<Setting> {
    let start = p.start();
    if verb.is_some() {
        p.bump();
    }
    let name = name::label(p, "the name of an option")?;
    let value = match verb {
        Some(SettingVerb::Drop) => None,
        _ if p.at(TokenKind::Equals) => {
            return Err(p.unexpected("a value in quotes").help("here options are written `name 'value'`, without `=`"));
        }
        _ => Some(SettingValue::String(name::string(p, "a value in quotes")?)),
    };
    Ok(Setting { span: p.since(start), verb, namespace: None, name, value })
}

/// What may stand after `=` (def_arg): a type, a keyword, an operator, a number, a string or NONE.
fn value(p: &mut Parser) -> Parse<SettingValue> {
    let start = p.start();
    match p.kind() {
        TokenKind::Keyword(Keyword::None) => Ok(SettingValue::Word(p.bump())),
        TokenKind::Keyword(Keyword::Operator) if p.nth(1) == TokenKind::LeftParen => {
            p.bump();
            p.left_paren()?;
            name::operator(p)?;
            p.right_paren()?;
            Ok(SettingValue::Operator(p.since(start)))
        }
        TokenKind::Keyword(keyword) if keyword.category() == Category::Reserved => Ok(SettingValue::Word(p.bump())),
        TokenKind::Integer | TokenKind::Decimal => name::number(p, "a number").map(SettingValue::Number),
        TokenKind::Plus | TokenKind::Minus if matches!(p.nth(1), TokenKind::Integer | TokenKind::Decimal) => {
            name::number(p, "a number").map(SettingValue::Number)
        }
        kind if name::is_operator(kind) => Ok(SettingValue::Operator(p.bump())),
        kind if name::at_string(kind) => name::string(p, "a value").map(SettingValue::String),
        _ => type_name::type_or_set(p).map(|ty| SettingValue::Type(Box::new(ty))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};
    use crate::syntax::tree::{Node, TypeDefinition};

    #[test]
    fn a_value_is_told_by_its_first_token() {
        let text = "CREATE TYPE t (a = int, b = none, c = -1, d = 'x', e = OPERATOR(s.+), f)";
        let Node::CreateType(create) = node(text) else { panic!("no CreateType") };
        let TypeDefinition::Base(options) = create.definition else { panic!("{:?}", create.definition) };
        let values: Vec<_> = options.into_iter().map(|option| option.value).collect();
        assert!(matches!(
            values.as_slice(),
            [
                Some(SettingValue::Type(_)),
                Some(SettingValue::Word(_)),
                Some(SettingValue::Number(_)),
                Some(SettingValue::String(_)),
                Some(SettingValue::Operator(_)),
                None
            ]
        ));
    }

    #[test]
    fn options_of_foreign_data_have_no_equals_sign() {
        assert!(error("ALTER SERVER s OPTIONS (host = 'a')").help.is_some_and(|help| help.contains("without `=`")));
    }
}
