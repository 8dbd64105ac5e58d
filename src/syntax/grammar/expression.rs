//! expression: being written.

use crate::syntax::tree::Expr;

use super::parser::{Parse, Parser};

/// Any expression (a_expr).
pub(super) fn expression(p: &mut Parser) -> Parse<Expr> {
    Err(p.error("not read yet"))
}
