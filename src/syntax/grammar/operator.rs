//! operator: being written.
#![allow(unused_variables)]

use crate::syntax::tree::Node;

use super::parser::{Parse, Parser};
use super::create::Head;

pub(super) fn create_aggregate(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn create_operator(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn create_collation(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn create_cast(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn create_transform(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn create_conversion(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn create_access_method(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn alter_operator(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn alter_collation(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}
