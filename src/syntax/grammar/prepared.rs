//! Prepared statements: PREPARE, EXECUTE, DEALLOCATE.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Deallocate, Execute, Ident, Node, Prepare};

use super::parser::{Parse, Parser};
use super::{expression, name, query, type_name};

/// `PREPARE name (types) AS statement`.
pub(super) fn prepare(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let name = statement_name(p)?;
    let arguments = match p.at(TokenKind::LeftParen) {
        true => p.paren_list(type_name::type_name)?,
        false => Vec::new(),
    };
    p.expect_kw(Keyword::As)?;
    let statement = Box::new(query::preparable(p)?);
    Ok(Node::Prepare(Box::new(Prepare { span: p.since(start), name, arguments, statement })))
}

/// `EXECUTE name (values)`.
pub(super) fn execute(p: &mut Parser) -> Parse<Node> {
    execution(p).map(|execute| Node::Execute(Box::new(execute)))
}

/// The same as a part of CREATE TABLE AS.
pub(super) fn execution(p: &mut Parser) -> Parse<Execute> {
    let start = p.start();
    p.expect_kw(Keyword::Execute)?;
    let name = statement_name(p)?;
    let arguments = match p.at(TokenKind::LeftParen) {
        true => p.paren_list(expression::expression)?,
        false => Vec::new(),
    };
    Ok(Execute { span: p.since(start), name, arguments })
}

/// `DEALLOCATE name`.
pub(super) fn deallocate(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    if !matches!(p.nth(1), TokenKind::End | TokenKind::Semicolon) {
        p.eat_kw(Keyword::Prepare);
    }
    let name = match p.eat_kw(Keyword::All) {
        Some(_) => None,
        None => Some(statement_name(p)?),
    };
    Ok(Node::Deallocate(Box::new(Deallocate { span: p.since(start), name })))
}

fn statement_name(p: &mut Parser) -> Parse<Ident> {
    name::column_name(p, "the name of a prepared statement")
}
