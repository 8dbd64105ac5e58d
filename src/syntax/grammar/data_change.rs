//! data_change: being written.
#![allow(unused_variables)]

use crate::syntax::tree::Node;

use super::parser::{Parse, Parser};

pub(super) fn statement(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}
