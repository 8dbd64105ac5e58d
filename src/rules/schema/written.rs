//! What a clause looks like where it was written: rules that ask for a word look there, since the catalog keeps what a clause means, and not
//! whether its words were there.

use crate::catalog::Origin;
use crate::rules::HistoryContext;
use crate::syntax::lexer::{Keyword, Mode, Token, TokenKind, lex};
use crate::text::Span;

/// The tokens that made something; none for what no migration made.
pub(super) fn tokens(cx: &HistoryContext<'_>, origin: Origin) -> Vec<Token> {
    let text = cx.text_at(origin).unwrap_or_default();
    lex(text, Span::new(0, text.len() as u32), Mode::Script).tokens
}

/// Whether a token is this keyword.
pub(super) fn is(token: Option<&Token>, keyword: Keyword) -> bool {
    token.is_some_and(|token| token.kind == TokenKind::Keyword(keyword))
}
