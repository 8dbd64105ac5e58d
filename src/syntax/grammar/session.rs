//! session: being written.
#![allow(unused_variables)]

use crate::syntax::tree::Node;

use super::parser::{Parse, Parser};

pub(super) fn set_constraints(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn set(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn reset(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn show(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn discard(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn notify(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn prepare(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn execute(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn deallocate(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn cursor(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn load(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn checkpoint(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}
