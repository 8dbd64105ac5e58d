//! schema: being written.
#![allow(unused_variables)]

use crate::syntax::tree::Node;

use super::parser::{Parse, Parser};
use super::create::Head;

pub(super) fn create_schema(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn create_extension(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn create_database(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn create_tablespace(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn create_statistics(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn create_language(p: &mut Parser, head: Head) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn alter_extension(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn alter_database(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn alter_tablespace(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn alter_statistics(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn alter_system(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn drop_database(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn drop_tablespace(p: &mut Parser, start: u32) -> Parse<Node> {
    Err(p.error("not read yet"))
}
