//! alter_table: being written.
#![allow(unused_variables)]

use crate::syntax::tree::Node;

use super::parser::{Parse, Parser};

pub(super) fn alter(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}
