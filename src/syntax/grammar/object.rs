//! object: being written.
#![allow(unused_variables)]

use crate::syntax::tree::Node;

use super::parser::{Parse, Parser};

pub(super) fn comment(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn security_label(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn drop(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn alter(p: &mut Parser, start: u32) -> Parse<Option<Node>> {
    Ok(None)
}
