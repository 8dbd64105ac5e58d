//! The options of VACUUM, ANALYZE, REINDEX, CLUSTER and EXPLAIN: a list in parentheses, or bare words before the name.

use crate::syntax::lexer::{Category, Keyword, TokenKind};
use crate::syntax::tree::{Ident, Setting, SettingValue};
use crate::text::Span;

use super::name;
use super::parser::{Parse, Parser};

/// `(VERBOSE, PARALLEL 2)` (utility_option_list).
pub(super) fn listed(p: &mut Parser) -> Parse<Vec<Setting>> {
    p.paren_list(|p| {
        let start = p.start();
        let span = match analyze(p).or_else(|| word(p)) {
            Some(span) => span,
            None => return Err(p.unexpected("the name of an option")),
        };
        let value = value(p)?;
        Ok(Setting { span: p.since(start), verb: None, namespace: None, name: Ident { span }, value })
    })
}

fn value(p: &mut Parser) -> Parse<Option<SettingValue>> {
    Ok(match p.kind() {
        TokenKind::Comma | TokenKind::RightParen => None,
        TokenKind::Keyword(Keyword::True | Keyword::False | Keyword::On) => Some(SettingValue::Word(p.bump())),
        TokenKind::Plus | TokenKind::Minus | TokenKind::Integer | TokenKind::Decimal => {
            Some(SettingValue::Number(name::number(p, "a number")?))
        }
        TokenKind::Equals => {
            return Err(p.unexpected("the option's value").help("these options are written without `=`: `(VERBOSE on)`"));
        }
        _ => Some(match word(p) {
            Some(span) => SettingValue::Word(span),
            None => SettingValue::String(name::string(p, "the option's value")?),
        }),
    })
}

/// `ANALYZE`, or as the British write it.
pub(super) fn analyze(p: &mut Parser) -> Option<Span> {
    p.eat_kw(Keyword::Analyze).or_else(|| p.eat_kw(Keyword::Analyse))
}

/// A word that is not reserved (NonReservedWord).
fn word(p: &mut Parser) -> Option<Span> {
    p.is_name(p.kind(), |category| category != Category::Reserved).then(|| p.bump())
}

/// An option that is a bare word.
pub(super) fn bare(span: Span) -> Setting {
    Setting { span, verb: None, namespace: None, name: Ident { span }, value: None }
}
