//! Windows: OVER and the WINDOW clause.

use crate::syntax::grammar::parser::Parse;
use crate::syntax::lexer::{Keyword, TokenKind};

use super::super::tree::*;
use super::operator::{self, expression};
use super::{Reader, call};

/// `OVER name` or `OVER (…)`, if it stands here.
pub(super) fn over(r: &mut Reader) -> Parse<Option<Over>> {
    if !r.took(Keyword::Over) {
        return Ok(None);
    }
    match r.kind() {
        TokenKind::LeftParen => specification(r).map(|window| Some(Over::Window(window))),
        _ => r.column_name().map(|name| Some(Over::Name(name))),
    }
}

/// `WINDOW a AS (…), b AS (…)`, if it stands here.
pub(super) fn clause(r: &mut Reader) -> Parse<Vec<(String, Window)>> {
    if !r.took(Keyword::Window) {
        return Ok(Vec::new());
    }
    r.list_of(|r| {
        let name = r.column_name()?;
        r.expect_kw(Keyword::As)?;
        Ok((name, specification(r)?))
    })
}

/// `(base PARTITION BY … ORDER BY … ROWS …)` (window_specification)
fn specification(r: &mut Reader) -> Parse<Window> {
    let mut window = Window::default();
    r.left_paren()?;
    let clause = matches!(r.kind(), TokenKind::Keyword(Keyword::Partition | Keyword::Range | Keyword::Rows | Keyword::Groups));
    if !clause && r.at_column_name() {
        window.base = Some(r.column_name()?);
    }
    if r.took(Keyword::Partition) {
        r.expect_kw(Keyword::By)?;
        window.partition_by = operator::expressions(r)?;
    }
    if r.at_kw(Keyword::Order) {
        window.order_by = call::order_by(r)?;
    }
    let unit = match r.kind() {
        TokenKind::Keyword(Keyword::Range) => Some(FrameUnit::Range),
        TokenKind::Keyword(Keyword::Rows) => Some(FrameUnit::Rows),
        TokenKind::Keyword(Keyword::Groups) => Some(FrameUnit::Groups),
        _ => None,
    };
    if let Some(unit) = unit {
        r.bump();
        window.frame = Some(frame(r, unit)?);
    }
    r.right_paren()?;
    Ok(window)
}

/// The rows of a frame, and which of them are left out (frame_extent, opt_window_exclusion_clause).
fn frame(r: &mut Reader, unit: FrameUnit) -> Parse<Frame> {
    let between = r.took(Keyword::Between);
    let start = bound(r)?;
    let end = if between {
        r.expect_kw(Keyword::And)?;
        bound(r)?
    } else {
        FrameBound::CurrentRow
    };
    let exclusion = match r.took(Keyword::Exclude) {
        false => FrameExclusion::NoOthers,
        true if r.eat_kws(&[Keyword::Current, Keyword::Row]).is_some() => FrameExclusion::CurrentRow,
        true if r.took(Keyword::Group) => FrameExclusion::Group,
        true if r.took(Keyword::Ties) => FrameExclusion::Ties,
        true => {
            r.expect_kws(&[Keyword::No, Keyword::Others])?;
            FrameExclusion::NoOthers
        }
    };
    Ok(Frame { unit, start, end, exclusion })
}

fn bound(r: &mut Reader) -> Parse<FrameBound> {
    let direction = |kind| matches!(kind, TokenKind::Keyword(Keyword::Preceding | Keyword::Following));
    if r.eat_kws(&[Keyword::Current, Keyword::Row]).is_some() {
        return Ok(FrameBound::CurrentRow);
    }
    let offset = if r.at_kw(Keyword::Unbounded) && direction(r.nth(1)) {
        r.bump();
        None
    } else {
        Some(Box::new(expression(r)?))
    };
    let preceding = r.took(Keyword::Preceding);
    if !preceding {
        r.expect_kw(Keyword::Following)?;
    }
    Ok(match (offset, preceding) {
        (None, true) => FrameBound::UnboundedPreceding,
        (None, false) => FrameBound::UnboundedFollowing,
        (Some(offset), true) => FrameBound::Preceding(offset),
        (Some(offset), false) => FrameBound::Following(offset),
    })
}
