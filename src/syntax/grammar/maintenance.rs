//! maintenance: being written.
#![allow(unused_variables)]

use crate::syntax::tree::Node;

use super::parser::{Parse, Parser};

pub(super) fn vacuum(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn analyze(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn reindex(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn cluster(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn truncate(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn lock(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn copy(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}

pub(super) fn explain(p: &mut Parser) -> Parse<Node> {
    Err(p.error("not read yet"))
}
