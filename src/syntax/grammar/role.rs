//! role: being written.
#![allow(unused_variables)]

use crate::syntax::tree::Node;

use super::parser::{Parse, Parser};
use super::create::Head;

pub(super) fn create_role(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn alter_role(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn drop_role(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn drop_owned(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn reassign_owned(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}
