//! What is said of a function beside its arguments and its result.
//!
//! The grammar takes every option any number of times; PostgreSQL refuses repetition when it runs the statement.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{FunctionBody, FunctionOption, FunctionOptionKind, OnNull, Security, Volatility};

use super::parser::{Parse, Parser};
use super::{function, name, session, type_name};

/// An option of a function that is created (createfunc_opt_item), if one comes next.
pub(super) fn for_new(p: &mut Parser) -> Parse<Option<FunctionOption>> {
    let start = p.start();
    let TokenKind::Keyword(keyword) = p.kind() else { return Ok(None) };
    let kind = match keyword {
        Keyword::As => {
            p.bump();
            FunctionOptionKind::Body(quoted_body(p)?)
        }
        Keyword::Language => {
            p.bump();
            FunctionOptionKind::Language(name::word_or_string(p, "the name of a language")?)
        }
        Keyword::Transform => {
            p.bump();
            FunctionOptionKind::Transform(p.list(|p| {
                p.expect_kws(&[Keyword::For, Keyword::Type])?;
                type_name::type_name(p)
            })?)
        }
        Keyword::Window => {
            p.bump();
            FunctionOptionKind::Window
        }
        _ => return for_any(p),
    };
    Ok(Some(FunctionOption { span: p.since(start), kind }))
}

/// An option of a function that is created or altered (common_func_opt_item), if one comes next.
pub(super) fn for_any(p: &mut Parser) -> Parse<Option<FunctionOption>> {
    let start = p.start();
    let TokenKind::Keyword(keyword) = p.kind() else { return Ok(None) };
    let words: &[Keyword] = match keyword {
        Keyword::Called => &[Keyword::Called, Keyword::On, Keyword::Null, Keyword::Input],
        Keyword::Returns if p.nth(1) == TokenKind::Keyword(Keyword::Null) => {
            &[Keyword::Returns, Keyword::Null, Keyword::On, Keyword::Null, Keyword::Input]
        }
        Keyword::External => &[Keyword::External, Keyword::Security],
        Keyword::Not => &[Keyword::Not, Keyword::Leakproof],
        Keyword::Strict
        | Keyword::Immutable
        | Keyword::Stable
        | Keyword::Volatile
        | Keyword::Security
        | Keyword::Leakproof
        | Keyword::Cost
        | Keyword::Rows
        | Keyword::Support
        | Keyword::Parallel
        | Keyword::Set
        | Keyword::Reset => &[keyword],
        _ => return Ok(None),
    };
    p.expect_kws(words)?;
    let kind = match keyword {
        Keyword::Called => FunctionOptionKind::OnNull(OnNull::Called),
        Keyword::Returns | Keyword::Strict => FunctionOptionKind::OnNull(OnNull::ReturnsNull),
        Keyword::Immutable => FunctionOptionKind::Volatility(Volatility::Immutable),
        Keyword::Stable => FunctionOptionKind::Volatility(Volatility::Stable),
        Keyword::Volatile => FunctionOptionKind::Volatility(Volatility::Volatile),
        Keyword::Leakproof => FunctionOptionKind::Leakproof,
        Keyword::Not => FunctionOptionKind::NotLeakproof,
        Keyword::Cost => FunctionOptionKind::Cost(name::number(p, "a number")?),
        Keyword::Rows => FunctionOptionKind::Rows(name::number(p, "a number")?),
        Keyword::Support => FunctionOptionKind::Support(name::name(p, "the name of a function")?),
        Keyword::Parallel => FunctionOptionKind::Parallel(name::column_name(p, "`SAFE`, `RESTRICTED` or `UNSAFE`")?),
        Keyword::Set => FunctionOptionKind::Variable(session::set_rest_more(p)?),
        Keyword::Reset => FunctionOptionKind::Variable(session::reset_rest(p)?),
        _ => FunctionOptionKind::Security(security(p)?),
    };
    Ok(Some(FunctionOption { span: p.since(start), kind }))
}

/// `'text'`, `'file', 'symbol'` (func_as).
fn quoted_body(p: &mut Parser) -> Parse<FunctionBody> {
    let first = function::quoted_code(p, "the body in quotes")?;
    if p.eat(TokenKind::Comma).is_none() {
        return Ok(FunctionBody::Text(first));
    }
    let symbol = name::string(p, "the name in the file, in quotes")?;
    Ok(FunctionBody::Object { file: first, symbol })
}

fn security(p: &mut Parser) -> Parse<Security> {
    match p.kind() {
        TokenKind::Keyword(Keyword::Definer) => {
            p.bump();
            Ok(Security::Definer)
        }
        TokenKind::Keyword(Keyword::Invoker) => {
            p.bump();
            Ok(Security::Invoker)
        }
        _ => Err(p.unexpected("`DEFINER` or `INVOKER`")),
    }
}
