//! The splitter: a text's tokens to statements, by the rules of psql and of PostgreSQL's parser.
//!
//! A statement ends at a `;` outside parentheses and outside a `BEGIN ATOMIC … END` body. A psql command that sends the buffer (`\gexec`)
//! ends one too. Invariant: statements are in order and don't overlap; between two of them stand only white space, comments, semicolons and
//! psql commands that are statements of their own.

use std::ops::Range;

use crate::text::Span;

use super::grammar;
use super::lexer::{self, Comment, Keyword, Mode, Token, TokenKind, Tokens};
use super::literal::{Laid, Unquoted};
use super::tree::Node;
use super::{Need, SyntaxError};

/// A text, or a part of one, as statements.
#[derive(Debug, Clone)]
pub struct Script {
    /// The bytes that were read.
    pub span: Span,
    /// In order.
    pub statements: Vec<Statement>,
    /// In order; comments inside statements too.
    pub comments: Vec<Comment>,
    /// In order; a statement's are `tokens[statement.tokens]`.
    pub tokens: Vec<Token>,
}

/// One statement.
#[derive(Debug, Clone)]
pub struct Statement {
    /// From its first token to its last, without the semicolon.
    pub span: Span,
    /// The semicolon (or psql command) that ends it.
    pub terminator: Option<Span>,
    /// Its tokens, as indexes into the script's.
    pub tokens: Range<u32>,
    /// What it says.
    pub content: Content,
    /// Syntax in it that not every version of PostgreSQL reads.
    pub needs: Vec<Need>,
    /// The rows that a script holds for `COPY … FROM stdin`, with the line that ends them.
    pub data: Option<Span>,
}

/// What a statement says.
#[derive(Debug, Clone)]
pub enum Content {
    /// A statement of PostgreSQL.
    Parsed(Node),
    /// PostgreSQL would reject it.
    Rejected(Box<SyntaxError>),
    /// It holds a placeholder where only the tool that fills it in knows the grammar.
    Template,
    /// It holds a string within strings that is not written as it reads, so that its tree could not be read from the file.
    Opaque,
    /// A psql command.
    MetaCommand,
}

impl Statement {
    /// The tree, if it parsed.
    pub fn node(&self) -> Option<&Node> {
        match &self.content {
            Content::Parsed(node) => Some(node),
            _ => None,
        }
    }
}

impl Script {
    /// Reads the bytes `span` of `text`; every span counts from the start of `text`.
    pub fn parse(text: &str, span: Span) -> Script {
        let tokens = lexer::lex(text, span, Mode::Script);
        Script::of(text, span, Laid { tokens, inexact: Vec::new() })
    }

    /// Reads the text that a string constant stands for, such as the body of a function in SQL; every span counts from the start of `text`.
    pub fn parse_literal(text: &str, literal: Span) -> Script {
        let unquoted = Unquoted::new(text, literal);
        Script::of(text, unquoted.span, unquoted.lex(text))
    }

    fn of(text: &str, span: Span, laid: Laid) -> Script {
        let tokens = &laid.tokens.tokens;
        let mut rows = laid.tokens.rows.iter().peekable();
        let statements = split(tokens)
            .into_iter()
            .map(|piece| {
                let range = piece.tokens.start as usize..piece.tokens.end as usize;
                let (content, needs) = match laid.is_exact(&piece.tokens) {
                    true => read(text, &tokens[range.clone()]),
                    false => (Content::Opaque, Vec::new()),
                };
                let first = tokens[range.start].span;
                let last = tokens[range.end - 1].span;
                let terminator = piece.terminator;
                let end = terminator.unwrap_or(last);
                // Rows of a `\copy` inside a statement are no statement's.
                while rows.next_if(|rows| rows.terminator.start < end.start).is_some() {}
                let data = rows.next_if(|rows| rows.terminator == end).map(|rows| rows.span);
                Statement { span: first.to(last), terminator, tokens: piece.tokens, content, needs, data }
            })
            .collect();
        let Tokens { tokens, comments, .. } = laid.tokens;
        Script { span, statements, comments, tokens }
    }

    /// The tokens of `statement`.
    pub fn tokens_of(&self, statement: &Statement) -> &[Token] {
        &self.tokens[statement.tokens.start as usize..statement.tokens.end as usize]
    }
}

fn read(text: &str, tokens: &[Token]) -> (Content, Vec<Need>) {
    if tokens[0].kind == TokenKind::MetaCommand {
        return (Content::MetaCommand, Vec::new());
    }
    match grammar::parse(text, tokens) {
        Ok((node, needs)) => (Content::Parsed(node), needs),
        Err(error) => (unparsed(tokens, error), Vec::new()),
    }
}

/// What a statement is that the grammar rejects.
pub(super) fn unparsed(tokens: &[Token], error: Box<SyntaxError>) -> Content {
    match tokens.iter().any(|token| token.kind == TokenKind::Placeholder) {
        true => Content::Template,
        false => Content::Rejected(error),
    }
}

/// The tokens of one statement and what ends it.
struct Piece {
    tokens: Range<u32>,
    terminator: Option<Span>,
}

fn split(tokens: &[Token]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(tokens.len() / 16);
    let mut start = 0;
    let mut parens = 0u32;
    let mut body = AtomicBody::default();
    let mut finish = |start: usize, end: usize, terminator: Option<Span>| {
        if start < end {
            pieces.push(Piece { tokens: start as u32..end as u32, terminator });
        }
    };
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::LeftParen => parens += 1,
            TokenKind::RightParen => parens = parens.saturating_sub(1),
            TokenKind::Semicolon if parens == 0 && body.depth == 0 => {
                finish(start, at, Some(token.span));
                (start, body) = (at + 1, AtomicBody::default());
            }
            TokenKind::MetaCommand if start == at => {
                finish(at, at + 1, None);
                start = at + 1;
            }
            TokenKind::MetaCommand => {
                finish(start, at, Some(token.span));
                (start, parens, body) = (at + 1, 0, AtomicBody::default());
            }
            TokenKind::Keyword(keyword) => body.keyword(keyword, &tokens[start..=at]),
            _ => {}
        }
    }
    match tokens.last() {
        // A body that is never closed: what the text ends with still is no part of the statement.
        Some(Token { kind: TokenKind::Semicolon, span }) if parens == 0 => finish(start, tokens.len() - 1, Some(*span)),
        _ => finish(start, tokens.len(), None),
    }
    pieces
}

/// Whether the splitter stands in a `BEGIN ATOMIC … END` body, which holds semicolons.
#[derive(Default)]
struct AtomicBody {
    /// Open BEGIN ATOMIC and CASE.
    depth: u32,
}

impl AtomicBody {
    /// `so_far` are the statement's tokens up to this keyword.
    fn keyword(&mut self, keyword: Keyword, so_far: &[Token]) {
        match keyword {
            Keyword::Atomic => {
                let begins = so_far.len() > 1 && so_far[so_far.len() - 2].kind == TokenKind::Keyword(Keyword::Begin);
                if begins && (self.depth > 0 || creates_routine(so_far)) {
                    self.depth += 1;
                }
            }
            Keyword::Case if self.depth > 0 => self.depth += 1,
            Keyword::End if self.depth > 0 => self.depth -= 1,
            _ => {}
        }
    }
}

fn creates_routine(tokens: &[Token]) -> bool {
    let mut words = tokens.iter().map(|token| token.kind);
    let keyword = |kind: Option<TokenKind>, word| kind == Some(TokenKind::Keyword(word));
    if !keyword(words.next(), Keyword::Create) {
        return false;
    }
    let mut next = words.next();
    if keyword(next, Keyword::Or) && keyword(words.next(), Keyword::Replace) {
        next = words.next();
    }
    keyword(next, Keyword::Function) || keyword(next, Keyword::Procedure)
}
