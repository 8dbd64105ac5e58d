//! Windows: OVER and the WINDOW clause.

use crate::syntax::lexer::{Keyword, TokenKind};

use super::parser::{Parse, Parser};
use super::{expression, name, ordering};

/// `OVER name` or `OVER (…)`, if it stands here.
pub(super) fn over(p: &mut Parser) -> Parse<()> {
    if p.eat_kw(Keyword::Over).is_none() {
        return Ok(());
    }
    match p.kind() {
        TokenKind::LeftParen => specification(p),
        _ => name::column_name(p, "the name of a window or `(`").map(drop),
    }
}

/// `WINDOW a AS (…), b AS (…)`, if it stands here.
pub(super) fn window_clause(p: &mut Parser) -> Parse<()> {
    if p.eat_kw(Keyword::Window).is_none() {
        return Ok(());
    }
    loop {
        name::column_name(p, "the name of a window")?;
        p.expect_kw(Keyword::As)?;
        specification(p)?;
        if p.eat(TokenKind::Comma).is_none() {
            return Ok(());
        }
    }
}

/// `(base PARTITION BY … ORDER BY … ROWS …)` (window_specification).
fn specification(p: &mut Parser) -> Parse<()> {
    p.left_paren()?;
    // These four are names elsewhere, but here they begin a clause.
    let clause = matches!(p.kind(), TokenKind::Keyword(Keyword::Partition | Keyword::Range | Keyword::Rows | Keyword::Groups));
    if !clause && p.at_column_name() {
        p.bump();
    }
    if p.eat_kw(Keyword::Partition).is_some() {
        p.expect_kw(Keyword::By)?;
        expression::expressions(p)?;
    }
    if p.at_kw(Keyword::Order) {
        ordering::order_by(p)?;
    }
    if matches!(p.kind(), TokenKind::Keyword(Keyword::Range | Keyword::Rows | Keyword::Groups)) {
        p.bump();
        frame(p)?;
    }
    p.right_paren().map(drop)
}

/// One end of a frame, in the order in which rows come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bound {
    UnboundedPreceding,
    Preceding,
    CurrentRow,
    Following,
    UnboundedFollowing,
}

/// The rows of a frame, and which of them are left out (frame_extent, opt_window_exclusion_clause).
fn frame(p: &mut Parser) -> Parse<()> {
    let between = p.eat_kw(Keyword::Between).is_some();
    let first = p.span();
    let start = bound(p)?;
    if start == Bound::UnboundedFollowing {
        return Err(p.error_at(first, "a frame can't begin with `UNBOUNDED FOLLOWING`").state("42P20"));
    }
    if between {
        p.expect_kw(Keyword::And)?;
        let last = p.span();
        let end = bound(p)?;
        if end == Bound::UnboundedPreceding || end < start {
            return Err(p.error_at(last, "this frame ends before it begins").state("42P20"));
        }
    } else if start == Bound::Following {
        return Err(p
            .error_at(first, "a frame that begins after the current row must say where it ends: `BETWEEN … AND …`")
            .state("42P20"));
    }
    if p.eat_kw(Keyword::Exclude).is_some() {
        let known: &[&[Keyword]] =
            &[&[Keyword::Current, Keyword::Row], &[Keyword::Group], &[Keyword::Ties], &[Keyword::No, Keyword::Others]];
        if !known.iter().any(|words| p.eat_kws(words).is_some()) {
            return Err(p.unexpected("`CURRENT ROW`, `GROUP`, `TIES` or `NO OTHERS`"));
        }
    }
    Ok(())
}

fn bound(p: &mut Parser) -> Parse<Bound> {
    let direction = |kind| matches!(kind, TokenKind::Keyword(Keyword::Preceding | Keyword::Following));
    if p.eat_kws(&[Keyword::Current, Keyword::Row]).is_some() {
        return Ok(Bound::CurrentRow);
    }
    let unbounded = p.at_kw(Keyword::Unbounded) && direction(p.nth(1));
    if unbounded {
        p.bump();
    } else {
        expression::expression(p)?;
    }
    match p.kind() {
        TokenKind::Keyword(Keyword::Preceding) => {
            p.bump();
            Ok(if unbounded { Bound::UnboundedPreceding } else { Bound::Preceding })
        }
        TokenKind::Keyword(Keyword::Following) => {
            p.bump();
            Ok(if unbounded { Bound::UnboundedFollowing } else { Bound::Following })
        }
        _ => Err(p.unexpected("`PRECEDING` or `FOLLOWING`")),
    }
}
