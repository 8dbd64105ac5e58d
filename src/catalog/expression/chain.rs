//! Where in a stored text the names stand that its uses are about: the bytes of a use are those of a call, a cast or a column, and not of a
//! name alone. A chain is a name in its parts, with points between them.

use crate::syntax::lexer::{Mode, Token, TokenKind, lex};
use crate::text::Span;

/// The tokens of some bytes.
pub(in crate::catalog) fn tokens(text: &str, span: Span) -> Vec<Token> {
    lex(text, span, Mode::Body).tokens
}

/// The chain that the bytes begin with; `ONLY` before it aside.
pub(in crate::catalog) fn first(text: &str, span: Span) -> Option<Vec<Span>> {
    let tokens = tokens(text, span);
    let skipped = tokens.iter().take_while(|token| {
        token.kind == TokenKind::LeftParen || ["only", "table", "lateral"].iter().any(|word| text[token.span].eq_ignore_ascii_case(word))
    });
    let skipped = skipped.count();
    chain(text, &tokens[skipped..])
}

/// The chain behind the last such word or sign.
pub(in crate::catalog) fn behind(text: &str, span: Span, word: &str) -> Option<Vec<Span>> {
    let tokens = tokens(text, span);
    let at = tokens.iter().rposition(|token| text[token.span].eq_ignore_ascii_case(word))?;
    chain(text, &tokens[at + 1..])
}

/// The type in `x::t`, `CAST(x AS t)` or `t 'x'`; in a call of a type's constructor the name that is called.
pub(in crate::catalog) fn of_type(text: &str, span: Span) -> Option<Vec<Span>> {
    let tokens = tokens(text, span);
    if tokens.first().is_some_and(|token| text[token.span].eq_ignore_ascii_case("cast")) {
        return behind(text, span, "as");
    }
    if tokens.iter().any(|token| text[token.span] == *"::") {
        return behind(text, span, "::");
    }
    let chain = chain(text, &tokens)?;
    // Otherwise it is the name of a row.
    let next = tokens.iter().find(|token| token.span.start >= chain[chain.len() - 1].end)?;
    matches!(next.kind, TokenKind::String | TokenKind::EscapeString | TokenKind::LeftParen).then_some(chain)
}

fn chain(text: &str, tokens: &[Token]) -> Option<Vec<Span>> {
    let mut parts = Vec::new();
    let mut rest = tokens;
    while let [name, after @ ..] = rest {
        if !name.is_word() {
            break;
        }
        parts.push(name.span);
        match after {
            [point, more @ ..] if text[point.span] == *"." => rest = more,
            _ => break,
        }
    }
    (!parts.is_empty()).then_some(parts)
}
