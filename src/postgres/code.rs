//! Code inside statements: the bodies of DO blocks, functions and procedures, in the languages that are read here.

use crate::syntax::plpgsql::{self, Body};
use crate::syntax::tree::{FunctionBody, Node, WordOrString};
use crate::syntax::{Script, SyntaxError, literal};
use crate::text::Span;

/// A body that was read.
#[derive(Debug)]
pub enum Code {
    /// In PL/pgSQL, or what is wrong with it.
    Block(Result<Body, Box<SyntaxError>>),
    /// In SQL, as a string; a `BEGIN ATOMIC` body is a part of its statement's tree.
    Sql(Script),
}

/// When a body is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// By its statement: DO.
    AtOnce,
    /// When somebody calls it.
    WhenCalled,
}

/// The body in `node`, a statement of `text`, and when it is run; `None` if there is none, or none in a language that is read here.
///
/// A language in quotes is not folded to lower case: there is no language `'SQL'` (PostgreSQL 15, CREATE FUNCTION).
pub fn code(text: &str, node: &Node) -> Option<(Code, Moment)> {
    match node {
        Node::Do(block) => {
            let [body] = block.bodies[..] else { return None };
            let language = match block.languages[..] {
                [] => "plpgsql".into(),
                [language] => name(text, language),
                _ => return None,
            };
            (language == "plpgsql").then(|| (Code::Block(plpgsql::parse(text, body)), Moment::AtOnce))
        }
        Node::CreateFunction(create) => {
            let Some(&FunctionBody::Text(body)) = create.body() else { return None };
            let code = read(text, body, &name(text, create.language()?))?;
            Some((code, Moment::WhenCalled))
        }
        _ => None,
    }
}

fn read(text: &str, body: Span, language: &str) -> Option<Code> {
    match language {
        "plpgsql" => Some(Code::Block(plpgsql::parse(text, body))),
        "sql" => Some(Code::Sql(Script::parse_literal(text, body))),
        _ => None,
    }
}

fn name(text: &str, language: WordOrString) -> String {
    match language {
        WordOrString::Word(word) => word.value(text).into_owned(),
        WordOrString::String(string) => literal::value(text, string).into_owned(),
    }
}
