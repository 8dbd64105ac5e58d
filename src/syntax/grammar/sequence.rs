//! sequence: being written.
#![allow(unused_variables)]

use crate::syntax::tree::Node;

use super::parser::{Parse, Parser};
use super::create::Head;

pub(super) fn create_sequence(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn alter(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}
