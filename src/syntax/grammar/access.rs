//! access: being written.
#![allow(unused_variables)]

use crate::syntax::tree::Node;

use super::parser::{Parse, Parser};

pub(super) fn grant(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn revoke(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn alter_default_privileges(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}
