//! What the unit tests of the grammar read through: one statement in, its tree or its error out.

use crate::syntax::lexer::{self, Mode};
use crate::syntax::tree::Node;
use crate::text::Span;

use super::{SyntaxError, parse};

/// The tree of a statement that is right.
pub(super) fn node(text: &str) -> Node {
    read(text).unwrap_or_else(|error| panic!("{text}: {}", error.message))
}

/// What is wrong with a statement.
pub(super) fn error(text: &str) -> SyntaxError {
    read(text).expect_err("the statement is wrong")
}

fn read(text: &str) -> Result<Node, SyntaxError> {
    let tokens = lexer::lex(text, Span::new(0, text.len() as u32), Mode::Script).tokens;
    parse(text, &tokens).map(|(node, _)| node).map_err(|error| *error)
}
