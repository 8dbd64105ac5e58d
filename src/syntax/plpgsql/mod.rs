//! PL/pgSQL: the bodies of DO blocks and of functions, as `pl_gram.y` reads them (PostgreSQL 15, chapter 43).
//!
//! They decide what happens to the schema, so they are read in full: structure here, SQL statements, expressions and types by the grammar
//! of SQL, as PL/pgSQL itself does when it compiles a body. What depends on variables' types, or on a function's arguments, is not checked.
//!
//! Invariant: every span counts from the start of the file, however the body is quoted. What is not written in the file as it reads is
//! [`Opaque`], or [`Content::Opaque`](super::Content::Opaque) in a statement.

mod block;
mod cursor;
pub mod guard;
mod loops;
mod raise;
mod reader;
mod rows;
mod sql;
mod statement;
mod tree;

use crate::text::Span;

use super::lexer::{Comment, Token, TokenKind};
use super::literal::{Laid, Unquoted};
use super::{Need, SyntaxError};
use reader::Reader;

pub use tree::*;

/// The body of a DO block or function in PL/pgSQL.
#[derive(Debug, Clone)]
pub struct Body {
    /// The bytes between its quotes.
    pub span: Span,
    /// What it says.
    pub content: BodyContent,
    /// Syntax in its expressions and types that not every version of PostgreSQL reads; statements have their own.
    pub needs: Vec<Need>,
    /// In order.
    pub comments: Vec<Comment>,
    /// In order; a statement's are `tokens[statement.tokens]`.
    pub tokens: Vec<Token>,
    unquoted: Unquoted,
}

/// What a body says.
#[derive(Debug, Clone)]
pub enum BodyContent {
    /// Its outermost block.
    Block(Block),
    /// It can't be read where it stands.
    Opaque(Opaque),
}

/// Why a body can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opaque {
    /// Its quoting spells a name in it otherwise than it reads.
    Quoting(Span),
    /// It holds a placeholder where only the tool that fills it in knows the grammar.
    Template(Span),
}

/// Reads the body in `literal`, a string constant with its quotes.
///
/// # Errors
/// What PostgreSQL would reject when it compiles the body. A statement of SQL that it would reject keeps its error instead, as
/// [`Content::Rejected`](super::Content::Rejected).
pub fn parse(text: &str, literal: Span) -> Result<Body, Box<SyntaxError>> {
    let unquoted = Unquoted::new(text, literal);
    let laid = unquoted.lex(text);
    let (content, needs) = read(text, &laid, &unquoted)?;
    Ok(Body { span: unquoted.span, content, needs, comments: laid.tokens.comments, tokens: laid.tokens.tokens, unquoted })
}

fn read(text: &str, laid: &Laid, unquoted: &Unquoted) -> Result<(BodyContent, Vec<Need>), Box<SyntaxError>> {
    if let Some(span) = misspelt(laid) {
        return Ok((BodyContent::Opaque(Opaque::Quoting(span)), Vec::new()));
    }
    let mut reader = Reader::new(text, laid, unquoted);
    match block::body(&mut reader) {
        Ok(block) => Ok((BodyContent::Block(block), reader.into_needs())),
        Err(error) => match laid.tokens.tokens.iter().find(|token| token.kind == TokenKind::Placeholder) {
            Some(token) => Ok((BodyContent::Opaque(Opaque::Template(token.span)), Vec::new())),
            None => Err(cause(laid, error)),
        },
    }
}

impl Body {
    /// Its outermost block, if it could be read.
    pub fn block(&self) -> Option<&Block> {
        match &self.content {
            BodyContent::Block(block) => Some(block),
            BodyContent::Opaque(_) => None,
        }
    }

    /// What the bytes `span` of the file, which lie in this body, read as: in a quoted body a quote is one quote here.
    pub fn slice<'t>(&'t self, text: &'t str, span: Span) -> &'t str {
        self.unquoted.slice(text, span)
    }
}

/// A token other than a string that is not written in the file as it reads.
fn misspelt(laid: &Laid) -> Option<Span> {
    let mut tokens = laid.inexact.iter().map(|&at| laid.tokens.tokens[at as usize]);
    tokens.find(|token| !is_constant(token.kind)).map(|token| token.span)
}

fn is_constant(kind: TokenKind) -> bool {
    use TokenKind::*;
    matches!(kind, String | EscapeString | UnicodeString | NationalString | BitString | HexString | DollarString | Error(_))
}

/// The error to tell: what the lexer could not read is the cause of whatever follows from it.
fn cause(laid: &Laid, error: Box<SyntaxError>) -> Box<SyntaxError> {
    let unreadable = laid.tokens.tokens.iter().find_map(|token| match token.kind {
        TokenKind::Error(cause) => Some((token.span, cause)),
        _ => None,
    });
    match unreadable {
        Some((span, cause)) if span.start <= error.span.start => Box::new(SyntaxError::lexical(span, cause)),
        _ => error,
    }
}

#[cfg(test)]
mod tests;
