//! Code that runs at once: DO and CALL.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Call, Do, Node};

use super::parser::{Parse, Parser};
use super::{function, function_call, name};

/// `DO` (DoStmt).
pub(super) fn do_block(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let (mut bodies, mut languages) = (Vec::new(), Vec::new());
    loop {
        if p.eat_kw(Keyword::Language).is_some() {
            languages.push(name::word_or_string(p, "the name of a language")?);
        } else if name::at_string(p.kind()) || bodies.len() + languages.len() == 0 {
            bodies.push(function::quoted_code(p, "the code in quotes")?);
        } else {
            break;
        }
    }
    Ok(Node::Do(Box::new(Do { span: p.since(start), bodies, languages })))
}

/// `CALL` (CallStmt).
pub(super) fn call(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let before = p.mark();
    let name = name::routine_name(p, "the name of a procedure")?;
    if !p.at(TokenKind::LeftParen) {
        return Err(p.unexpected("`(`").help("a call has parentheses, even without arguments"));
    }
    p.rewind(before);
    let call = function_call::function_call(p)?;
    Ok(Node::Call(Box::new(Call { span: p.since(start), name, call })))
}
