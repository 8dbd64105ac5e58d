//! table: being written.
#![allow(unused_variables)]

use crate::syntax::tree::Node;

use super::parser::{Parse, Parser};
use super::create::Head;

pub(super) fn create_table(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn create_foreign_table(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}
