//! The cursor that PL/pgSQL's productions read through.
//!
//! PL/pgSQL has keywords of its own, most of them unreserved, and cuts what it leaves to SQL out of its text by looking for the word that
//! ends it, outside parentheses. So this reader compares words, and hands ranges of tokens to the grammar of SQL.

use std::borrow::Cow;
use std::ops::Range;

use crate::syntax::grammar;
use crate::syntax::lexer::{Token, TokenKind};
use crate::syntax::literal::{self, Laid, Unquoted};
use crate::syntax::tree::{Expr, Ident};
use crate::syntax::{Need, SyntaxError};
use crate::text::Span;

/// What a production gives: a node, or what PostgreSQL would reject.
pub(super) type Read<T> = Result<T, Box<SyntaxError>>;

/// How deep statements may nest.
const MAX_DEPTH: u32 = 200;

/// PL/pgSQL's keywords that can't be names.
const RESERVED: [&str; 24] = [
    "all", "begin", "by", "case", "declare", "else", "end", "execute", "for", "foreach", "from", "if", "in", "into", "loop", "not", "null",
    "or", "strict", "then", "to", "using", "when", "while",
];

/// A position in the tokens of a body.
pub(super) struct Reader<'s> {
    /// The file.
    pub(super) text: &'s str,
    /// The body's tokens.
    pub(super) laid: &'s Laid,
    /// The body's text.
    pub(super) unquoted: &'s Unquoted,
    /// The blocks and loops around the cursor.
    pub(super) scopes: Vec<Scope>,
    tokens: &'s [Token],
    at: usize,
    depth: u32,
    needs: Vec<Need>,
}

/// What EXIT and CONTINUE can name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Scope {
    pub(super) kind: ScopeKind,
    pub(super) label: Option<Ident>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ScopeKind {
    Block,
    Loop,
}

/// What ends a piece of SQL.
#[derive(Clone, Copy)]
pub(super) enum Stop {
    /// A reserved word, in lower case.
    Word(&'static str),
    /// A token.
    Token(TokenKind),
}

/// The end of a statement.
pub(super) const SEMICOLON: Stop = Stop::Token(TokenKind::Semicolon);
/// What separates expressions.
pub(super) const COMMA: Stop = Stop::Token(TokenKind::Comma);

impl<'s> Reader<'s> {
    pub(super) fn new(text: &'s str, laid: &'s Laid, unquoted: &'s Unquoted) -> Self {
        Self { text, laid, unquoted, scopes: Vec::new(), tokens: &laid.tokens.tokens, at: 0, depth: 0, needs: Vec::new() }
    }

    pub(super) fn into_needs(self) -> Vec<Need> {
        self.needs
    }

    /// The kind of the token `ahead` places after the next.
    pub(super) fn nth(&self, ahead: usize) -> TokenKind {
        self.tokens.get(self.at + ahead).map_or(TokenKind::End, |token| token.kind)
    }

    /// The kind of the next token; [`TokenKind::End`] after the last.
    pub(super) fn kind(&self) -> TokenKind {
        self.nth(0)
    }

    /// The span of the next token; after the last, the empty place behind it.
    pub(super) fn span(&self) -> Span {
        match self.tokens.get(self.at) {
            Some(token) => token.span,
            None => Span::empty(self.tokens.last().map_or(self.unquoted.span.start, |token| token.span.end)),
        }
    }

    /// First byte of the next token.
    pub(super) fn start(&self) -> u32 {
        self.span().start
    }

    /// From byte `start` to the end of the token taken last.
    pub(super) fn since(&self, start: u32) -> Span {
        let end = self.at.checked_sub(1).map_or(start, |at| self.tokens[at].span.end);
        Span::new(start, end.max(start))
    }

    /// The index of the next token.
    pub(super) fn mark(&self) -> usize {
        self.at
    }

    /// The tokens of a range.
    pub(super) fn tokens(&self, range: Range<usize>) -> &'s [Token] {
        &self.tokens[range]
    }

    /// Takes the next token, whatever it is.
    pub(super) fn bump(&mut self) -> Span {
        let span = self.span();
        self.at = (self.at + 1).min(self.tokens.len());
        span
    }

    /// Takes the next token if it is of `kind`.
    pub(super) fn eat(&mut self, kind: TokenKind) -> Option<Span> {
        (self.kind() == kind).then(|| self.bump())
    }

    /// Takes a token of `kind`.
    pub(super) fn expect(&mut self, kind: TokenKind, what: &str) -> Read<Span> {
        self.eat(kind).ok_or_else(|| self.unexpected(what))
    }

    /// The semicolon that ends every statement.
    pub(super) fn semicolon(&mut self) -> Read<Span> {
        self.expect(TokenKind::Semicolon, "`;`")
    }

    /// The token `ahead` places after the next, if it is a word without quotes.
    pub(super) fn nth_word(&self, ahead: usize) -> Option<&'s str> {
        let token = self.tokens.get(self.at + ahead)?;
        matches!(token.kind, TokenKind::Ident | TokenKind::Keyword(_)).then(|| &self.text[token.span])
    }

    /// Whether the next token is `word`, which is in lower case.
    pub(super) fn at_word(&self, word: &str) -> bool {
        self.is_word(0, word)
    }

    /// Whether the token `ahead` places after the next is `word`.
    pub(super) fn is_word(&self, ahead: usize, word: &str) -> bool {
        self.nth_word(ahead).is_some_and(|found| found.eq_ignore_ascii_case(word))
    }

    /// Takes the next token if it is `word`.
    pub(super) fn eat_word(&mut self, word: &str) -> Option<Span> {
        self.at_word(word).then(|| self.bump())
    }

    /// Takes `word`.
    pub(super) fn expect_word(&mut self, word: &str) -> Read<Span> {
        self.eat_word(word).ok_or_else(|| self.unexpected(&format!("`{}`", word.to_uppercase())))
    }

    /// Whether the next token is the operator `operator`.
    pub(super) fn at_operator(&self, operator: &str) -> bool {
        self.kind() == TokenKind::Operator && &self.text[self.span()] == operator
    }

    /// Whether the token `ahead` places after the next can be a name: any word but PL/pgSQL's reserved ones.
    pub(super) fn is_name(&self, ahead: usize) -> bool {
        match self.nth_word(ahead) {
            Some(word) => !RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(word)),
            None => matches!(self.nth(ahead), TokenKind::QuotedIdent | TokenKind::UnicodeIdent | TokenKind::Placeholder),
        }
    }

    /// A name.
    pub(super) fn name(&mut self, what: &str) -> Read<Ident> {
        match self.is_name(0) {
            true => Ok(Ident { span: self.bump() }),
            false => Err(self.unexpected(what)),
        }
    }

    /// A variable, or a field of a record, of up to three parts; `$1` is one too.
    pub(super) fn variable(&mut self, what: &str) -> Read<Span> {
        let start = self.start();
        if self.eat(TokenKind::Param).is_none() {
            self.name(what)?;
        }
        for _ in 0..2 {
            if self.kind() == TokenKind::Dot && self.is_name(1) {
                self.bump();
                self.bump();
            }
        }
        Ok(self.since(start))
    }

    /// One or more variables between commas.
    pub(super) fn variables(&mut self, what: &str) -> Read<Vec<Span>> {
        let mut variables = vec![self.variable(what)?];
        while self.eat(TokenKind::Comma).is_some() {
            variables.push(self.variable(what)?);
        }
        Ok(variables)
    }

    /// Whether a string constant follows.
    pub(super) fn at_string(&self) -> bool {
        matches!(self.kind(), TokenKind::String | TokenKind::EscapeString | TokenKind::DollarString)
    }

    /// What the string constant at `span` stands for.
    pub(super) fn string_value(&self, span: Span) -> Cow<'s, str> {
        let constant = self.unquoted.slice(self.text, span);
        literal::value(constant, Span::new(0, constant.len() as u32))
    }

    /// The tokens up to one of `stops` outside parentheses; the cursor then stands on it.
    pub(super) fn until(&mut self, stops: &[Stop], what: &str) -> Read<Range<usize>> {
        let first = self.at;
        let mut open = Vec::new();
        loop {
            let kind = self.kind();
            if open.is_empty() && self.at_stop(stops) {
                break;
            }
            match kind {
                TokenKind::LeftParen | TokenKind::LeftBracket => open.push(self.span()),
                TokenKind::RightParen | TokenKind::RightBracket if open.pop().is_none() => {
                    return Err(self.error("nothing opens this parenthesis"));
                }
                TokenKind::Semicolon | TokenKind::End => {
                    return Err(match open.pop() {
                        Some(span) => self.error_at(span, "this parenthesis is never closed"),
                        None => self.unexpected(&describe(stops)),
                    });
                }
                _ => {}
            }
            self.bump();
        }
        match first == self.at {
            true => Err(self.unexpected(what)),
            false => Ok(first..self.at),
        }
    }

    fn at_stop(&self, stops: &[Stop]) -> bool {
        stops.iter().any(|stop| match stop {
            Stop::Word(word) => self.at_word(word),
            Stop::Token(kind) => self.kind() == *kind,
        })
    }

    /// An expression that one of `stops` ends.
    pub(super) fn expression(&mut self, stops: &[Stop]) -> Read<Expr> {
        let range = self.until(stops, "an expression")?;
        self.expression_of(range)
    }

    /// One or more expressions between commas, up to one of `stops`.
    pub(super) fn expressions(&mut self, stops: &[Stop]) -> Read<Vec<Expr>> {
        let stops = [stops, &[COMMA]].concat();
        let mut expressions = vec![self.expression(&stops)?];
        while self.eat(TokenKind::Comma).is_some() {
            expressions.push(self.expression(&stops)?);
        }
        Ok(expressions)
    }

    /// The tokens of a range as an expression.
    pub(super) fn expression_of(&mut self, range: Range<usize>) -> Read<Expr> {
        let (expression, needs) = grammar::parse_expression(self.text, self.tokens(range))?;
        self.needs.extend(needs);
        Ok(expression)
    }

    /// Notes that `what`, at `span`, is read from version `since` on.
    pub(super) fn need(&mut self, since: u8, span: Span, what: &'static str) {
        self.needs.push(Need::new(since, span, what));
    }

    /// Adds what a part needs of the server's version.
    pub(super) fn add_needs(&mut self, needs: Vec<Need>) {
        self.needs.extend(needs);
    }

    /// Runs a production one level deeper.
    pub(super) fn nested<T>(&mut self, production: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == MAX_DEPTH {
            return Err(Box::new(SyntaxError::too_deep(self.span(), MAX_DEPTH)));
        }
        self.depth += 1;
        let result = production(self);
        self.depth -= 1;
        result
    }

    /// The error that the next token is not `expected`.
    pub(super) fn unexpected(&self, expected: &str) -> Box<SyntaxError> {
        let found = match self.kind() {
            TokenKind::End => "the end of the body".to_owned(),
            _ => format!("`{}`", first_line(&self.text[self.span()])),
        };
        self.error(format!("expected {expected}, found {found}"))
    }

    /// An error of our own words about what stands at `span`.
    pub(super) fn error_at(&self, span: Span, message: impl Into<String>) -> Box<SyntaxError> {
        Box::new(SyntaxError::new(span, message))
    }

    /// An error of our own words at the next token.
    pub(super) fn error(&self, message: impl Into<String>) -> Box<SyntaxError> {
        Box::new(match self.kind() {
            TokenKind::Error(error) => SyntaxError::lexical(self.span(), error),
            _ => SyntaxError::new(self.span(), message),
        })
    }
}

fn describe(stops: &[Stop]) -> String {
    let names = stops.iter().map(|stop| match stop {
        Stop::Word(word) => format!("`{}`", word.to_uppercase()),
        Stop::Token(TokenKind::Comma) => "`,`".to_owned(),
        Stop::Token(TokenKind::RightParen) => "`)`".to_owned(),
        Stop::Token(TokenKind::DotDot) => "`..`".to_owned(),
        Stop::Token(_) => "`;`".to_owned(),
    });
    names.collect::<Vec<_>>().join(" or ")
}

/// The first line of a token, at most 40 characters.
fn first_line(token: &str) -> String {
    const MAX: usize = 40;
    let line = token.lines().next().unwrap_or("");
    match line.char_indices().nth(MAX) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None if line.len() < token.len() => format!("{line}…"),
        None => line.to_owned(),
    }
}
