//! ORDER BY.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::text::Span;

use super::expression;
use super::name;
use super::parser::{Parse, Parser};

/// `ORDER BY a, b DESC NULLS LAST, c USING >` (sort_clause); all of it.
pub(super) fn order_by(p: &mut Parser) -> Parse<Span> {
    let start = p.start();
    p.expect_kws(&[Keyword::Order, Keyword::By])?;
    item(p)?;
    while p.eat(TokenKind::Comma).is_some() {
        item(p)?;
    }
    Ok(p.since(start))
}

/// One key (sortby).
fn item(p: &mut Parser) -> Parse<()> {
    expression::expression(p)?;
    if p.eat_kw(Keyword::Using).is_some() {
        if expression::at_qualified_operator(p) {
            expression::qualified_operator(p)?;
        } else if name::is_operator(p.kind()) {
            p.bump();
        } else {
            return Err(p.unexpected("an operator"));
        }
    } else if p.eat_kw(Keyword::Asc).is_none() {
        p.eat_kw(Keyword::Desc);
    }
    if p.at_kw(Keyword::Nulls) && matches!(p.nth(1), TokenKind::Keyword(Keyword::First | Keyword::Last)) {
        p.bump();
        p.bump();
    }
    Ok(())
}
