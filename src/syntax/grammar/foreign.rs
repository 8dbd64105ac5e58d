//! foreign: being written.
#![allow(unused_variables)]

use crate::syntax::tree::Node;

use super::parser::{Parse, Parser};
use super::create::Head;

pub(super) fn create_user_mapping(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn create_wrapper(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn create_server(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn alter_wrapper(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn alter_server(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn alter_user_mapping(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn drop_user_mapping(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn import_foreign_schema(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}
