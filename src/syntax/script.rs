//! The splitter: a text's tokens to statements, by the rules of psql and of PostgreSQL's parser.
//!
//! A statement ends at a `;` outside parentheses and outside a `BEGIN ATOMIC … END` body. A psql command that sends the buffer (`\gexec`)
//! ends one too. Invariant: statements are in order and don't overlap; between two of them stand only white space, comments, semicolons and
//! psql commands that are statements of their own.

use std::ops::Range;

use crate::text::Span;

use super::grammar;
use super::lexer::{self, Comment, Keyword, Mode, Token, TokenKind};
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
    /// The rows that follow a `COPY … FROM stdin;`, with the line that ends them.
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
        let lexer::Tokens { tokens, comments } = lexer::lex(text, span, Mode::Script);
        let statements = split(text, &tokens)
            .into_iter()
            .map(|piece| {
                let (content, needs) = read(text, &tokens[piece.tokens.start as usize..piece.tokens.end as usize]);
                let first = tokens[piece.tokens.start as usize].span;
                let last = tokens[piece.tokens.end as usize - 1].span;
                Statement { span: first.to(last), terminator: piece.terminator, tokens: piece.tokens, content, needs, data: piece.data }
            })
            .collect();
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
        Err(_) if tokens.iter().any(|token| token.kind == TokenKind::Placeholder) => (Content::Template, Vec::new()),
        Err(error) => (Content::Rejected(error), Vec::new()),
    }
}

/// The tokens of one statement and what ends it.
struct Piece {
    tokens: Range<u32>,
    terminator: Option<Span>,
    data: Option<Span>,
}

fn split(text: &str, tokens: &[Token]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(tokens.len() / 16);
    let mut start = 0;
    let mut parens = 0u32;
    let mut body = AtomicBody::default();
    let mut finish = |start: usize, end: usize, terminator: Option<Span>| {
        if start < end {
            pieces.push(Piece { tokens: start as u32..end as u32, terminator, data: None });
        } else if let (Some(span), Some(last)) = (terminator, pieces.last_mut())
            && tokens[end].kind == TokenKind::CopyData
        {
            last.data = Some(span);
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
            TokenKind::CopyData => {
                finish(at, at, Some(token.span));
                start = at + 1;
            }
            TokenKind::MetaCommand if start == at => {
                finish(at, at + 1, None);
                start = at + 1;
            }
            TokenKind::MetaCommand if sends_buffer(&text[token.span]) => {
                finish(start, at, Some(token.span));
                (start, parens, body) = (at + 1, 0, AtomicBody::default());
            }
            TokenKind::Keyword(keyword) => body.keyword(keyword, &tokens[start..=at]),
            _ => {}
        }
    }
    finish(start, tokens.len(), None);
    pieces
}

/// Whether a psql command ends the statement before it.
fn sends_buffer(command: &str) -> bool {
    let word = command[1..].split(|c: char| c.is_whitespace() || c == '\\' || c == '(').next().unwrap_or("");
    matches!(word, "g" | "gx" | "gexec" | "gset" | "gdesc" | "crosstabview" | "watch" | "bind" | "bind_named" | "parse" | "sendpipeline" | ";")
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
            Keyword::Atomic if self.depth == 0 => {
                let begins = so_far.len() > 1 && so_far[so_far.len() - 2].kind == TokenKind::Keyword(Keyword::Begin);
                if begins && creates_routine(so_far) {
                    self.depth = 1;
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
