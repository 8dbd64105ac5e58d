//! The cursor that every production reads through.
//!
//! A production is a function `fn production(p: &mut Parser) -> Parse<Node>`; it looks at the next token, takes what it knows, and fails
//! at the first token that it doesn't. Nothing backtracks further than a few tokens of look-ahead. Depth is bounded, so that no input can
//! exhaust the stack.

use crate::syntax::lexer::{Category, Keyword, LexError, Token, TokenKind};
use crate::syntax::tree::{Clause, Name};
use crate::syntax::version::Need;
use crate::text::Span;

use super::SyntaxError;

/// What a production gives: a node, or what PostgreSQL would reject.
pub(in crate::syntax) type Parse<T> = Result<T, Box<SyntaxError>>;

/// How deep productions may nest; PostgreSQL itself gives up between a few thousand levels (its own stack) and ten thousand (Bison's).
const MAX_DEPTH: u32 = 600;

/// A position in the tokens of one statement.
pub(in crate::syntax) struct Parser<'s> {
    /// The text that spans point into.
    pub(in crate::syntax) text: &'s str,
    tokens: &'s [Token],
    at: usize,
    depth: u32,
    needs: Vec<Need>,
    /// The relations that queries have read so far.
    pub(in crate::syntax) reads: Vec<Name>,
    /// The targets of data changes so far.
    pub(in crate::syntax) writes: Vec<Name>,
}

impl<'s> Parser<'s> {
    pub(in crate::syntax) fn new(text: &'s str, tokens: &'s [Token]) -> Self {
        Self { text, tokens, at: 0, depth: 0, needs: Vec::new(), reads: Vec::new(), writes: Vec::new() }
    }

    /// A cursor for a reader that brings its own depth: productions may nest by `levels` more.
    pub(in crate::syntax) fn shallow(text: &'s str, tokens: &'s [Token], levels: u32) -> Self {
        Self { depth: MAX_DEPTH - levels, ..Self::new(text, tokens) }
    }

    /// What the statement asks of the server's version.
    pub(in crate::syntax) fn into_needs(self) -> Vec<Need> {
        self.needs
    }

    /// Notes that `what`, at `span`, is read from version `since` on.
    pub(in crate::syntax) fn need(&mut self, since: u8, span: Span, what: &'static str) {
        self.needs.push(Need::new(since, span, what));
    }

    /// The kind of the next token; [`TokenKind::End`] after the last.
    pub(in crate::syntax) fn kind(&self) -> TokenKind {
        self.nth(0)
    }

    /// The kind of the token `ahead` places after the next.
    pub(in crate::syntax) fn nth(&self, ahead: usize) -> TokenKind {
        self.tokens.get(self.at + ahead).map_or(TokenKind::End, |token| token.kind)
    }

    /// The span of the next token; after the last, the empty place behind it.
    pub(in crate::syntax) fn span(&self) -> Span {
        match self.tokens.get(self.at) {
            Some(token) => token.span,
            None => Span::empty(self.tokens.last().map_or(0, |token| token.span.end)),
        }
    }

    /// First byte of the next token.
    pub(in crate::syntax) fn start(&self) -> u32 {
        self.span().start
    }

    /// From byte `start` to the end of the token taken last.
    pub(in crate::syntax) fn since(&self, start: u32) -> Span {
        Span::new(start, self.previous_end().max(start))
    }

    fn previous_end(&self) -> u32 {
        self.at.checked_sub(1).map_or(0, |at| self.tokens[at].span.end)
    }

    /// Where the cursor stands, for [`Parser::rewind`].
    pub(in crate::syntax) fn mark(&self) -> usize {
        self.at
    }

    /// Goes back to a mark; for look-ahead that no fixed number of tokens decides.
    pub(in crate::syntax) fn rewind(&mut self, mark: usize) {
        self.at = mark;
    }

    /// Whether no token is left.
    pub(in crate::syntax) fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Whether the statement ends here: no token is left, or a semicolon inside a body follows.
    pub(in crate::syntax) fn at_statement_end(&self) -> bool {
        matches!(self.kind(), TokenKind::End | TokenKind::Semicolon)
    }

    /// Takes the next token, whatever it is.
    pub(in crate::syntax) fn bump(&mut self) -> Span {
        let span = self.span();
        self.at = (self.at + 1).min(self.tokens.len());
        span
    }

    /// Whether the next token is of `kind`.
    pub(in crate::syntax) fn at(&self, kind: TokenKind) -> bool {
        self.kind() == kind
    }

    /// Whether the next token is `keyword`.
    pub(in crate::syntax) fn at_kw(&self, keyword: Keyword) -> bool {
        self.kind() == TokenKind::Keyword(keyword)
    }

    /// Whether the next tokens are `keywords`.
    pub(in crate::syntax) fn at_kws(&self, keywords: &[Keyword]) -> bool {
        keywords.iter().enumerate().all(|(ahead, &keyword)| self.nth(ahead) == TokenKind::Keyword(keyword))
    }

    /// Takes the next token if it is of `kind`.
    pub(in crate::syntax) fn eat(&mut self, kind: TokenKind) -> Option<Span> {
        self.at(kind).then(|| self.bump())
    }

    /// Takes the next token if it is `keyword`.
    pub(in crate::syntax) fn eat_kw(&mut self, keyword: Keyword) -> Option<Span> {
        self.at_kw(keyword).then(|| self.bump())
    }

    /// Takes the next tokens if they are `keywords`, all of them or none.
    pub(in crate::syntax) fn eat_kws(&mut self, keywords: &[Keyword]) -> Option<Span> {
        self.at_kws(keywords).then(|| {
            let start = self.start();
            self.at += keywords.len();
            self.since(start)
        })
    }

    /// Takes a token of `kind`.
    pub(in crate::syntax) fn expect(&mut self, kind: TokenKind, what: &str) -> Parse<Span> {
        self.eat(kind).ok_or_else(|| self.unexpected(what))
    }

    /// Takes `keyword`.
    pub(in crate::syntax) fn expect_kw(&mut self, keyword: Keyword) -> Parse<Span> {
        self.eat_kw(keyword).ok_or_else(|| self.unexpected(&format!("`{}`", keyword.word().to_uppercase())))
    }

    /// Takes `keywords` in their order.
    pub(in crate::syntax) fn expect_kws(&mut self, keywords: &[Keyword]) -> Parse<Span> {
        let start = self.start();
        for &keyword in keywords {
            self.expect_kw(keyword)?;
        }
        Ok(self.since(start))
    }

    pub(in crate::syntax) fn left_paren(&mut self) -> Parse<Span> {
        self.expect(TokenKind::LeftParen, "`(`")
    }

    pub(in crate::syntax) fn right_paren(&mut self) -> Parse<Span> {
        self.expect(TokenKind::RightParen, "`)`")
    }

    /// One or more of `item`, between commas.
    pub(in crate::syntax) fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Parse<T>) -> Parse<Vec<T>> {
        let mut items = vec![item(self)?];
        while self.eat(TokenKind::Comma).is_some() {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// `(` one or more of `item` between commas `)`.
    pub(in crate::syntax) fn paren_list<T>(&mut self, item: impl FnMut(&mut Self) -> Parse<T>) -> Parse<Vec<T>> {
        self.left_paren()?;
        let items = self.list(item)?;
        self.right_paren_or_comma()?;
        Ok(items)
    }

    fn right_paren_or_comma(&mut self) -> Parse<Span> {
        self.expect(TokenKind::RightParen, "`,` or `)`")
    }

    /// A clause that begins with `keywords`, if they are there: they decide, so that what follows them must be `value`.
    pub(in crate::syntax) fn clause<T>(
        &mut self,
        keywords: &[Keyword],
        value: impl FnOnce(&mut Self) -> Parse<T>,
    ) -> Parse<Option<Clause<T>>> {
        let start = self.start();
        if self.eat_kws(keywords).is_none() {
            return Ok(None);
        }
        let value = value(self)?;
        Ok(Some(Clause { span: self.since(start), value }))
    }

    /// Runs a production one level deeper.
    pub(in crate::syntax) fn nested<T>(&mut self, production: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        if self.depth == MAX_DEPTH {
            return Err(Box::new(SyntaxError::too_deep(self.span(), MAX_DEPTH)));
        }
        self.depth += 1;
        let result = production(self);
        self.depth -= 1;
        result
    }

    /// Whether the next token can be a column or table name: gram.y's ColId.
    pub(in crate::syntax) fn at_column_name(&self) -> bool {
        !self.at_joined_word() && self.is_column_name(self.kind())
    }

    /// Whether the next token can be a label without AS: gram.y's BareColLabel.
    pub(in crate::syntax) fn at_bare_label(&self) -> bool {
        match self.kind() {
            TokenKind::Keyword(keyword) => keyword.is_bare_label() && !self.at_joined_word(),
            kind => self.is_name(kind, |_| true),
        }
    }

    /// Whether the next word is one that PostgreSQL reads together with the word behind it, so that it is no name there: `NULLS FIRST`.
    pub(in crate::syntax) fn at_joined_word(&self) -> bool {
        use Keyword::{Between, First, Format, Ilike, In, Json, Last, Like, Not, Nulls, Ordinality, Similar, Time, With, Without};
        let (TokenKind::Keyword(word), TokenKind::Keyword(next)) = (self.kind(), self.nth(1)) else {
            return false;
        };
        match word {
            Format => next == Json,
            Not => matches!(next, Between | In | Like | Ilike | Similar),
            Nulls => matches!(next, First | Last),
            With => matches!(next, Time | Ordinality),
            Without => next == Time,
            _ => false,
        }
    }

    /// Whether a token can be a column or table name.
    pub(in crate::syntax) fn is_column_name(&self, kind: TokenKind) -> bool {
        self.is_name(kind, |category| matches!(category, Category::Unreserved | Category::ColumnName))
    }

    /// Whether a token can be a name of which `allowed` categories of keywords may be one.
    pub(in crate::syntax) fn is_name(&self, kind: TokenKind, allowed: impl Fn(Category) -> bool) -> bool {
        match kind {
            TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::UnicodeIdent | TokenKind::Placeholder => true,
            TokenKind::Keyword(keyword) => allowed(keyword.category()),
            _ => false,
        }
    }

    /// The error that the next token is not `expected`, which says what could stand here: `` `)` ``, `a table name`.
    pub(in crate::syntax) fn unexpected(&self, expected: &str) -> Box<SyntaxError> {
        if let TokenKind::Error(error) = self.kind() {
            return Box::new(SyntaxError::lexical(self.span(), error));
        }
        let found = match self.kind() {
            TokenKind::End => "the end of the statement".to_owned(),
            _ => format!("`{}`", shorten(&self.text[self.span()])),
        };
        Box::new(SyntaxError::new(self.span(), format!("expected {expected}, found {found}")))
    }

    /// An error of our own words at the next token.
    pub(in crate::syntax) fn error(&self, message: impl Into<String>) -> Box<SyntaxError> {
        match self.kind() {
            TokenKind::Error(error) => Box::new(SyntaxError::lexical(self.span(), error)),
            _ => Box::new(SyntaxError::new(self.span(), message)),
        }
    }

    /// An error of our own words about what was read already.
    pub(in crate::syntax) fn error_at(&self, span: Span, message: impl Into<String>) -> Box<SyntaxError> {
        Box::new(SyntaxError::new(span, message))
    }

    /// The first token, from here on, that the lexer could not read.
    pub(in crate::syntax) fn lexical_error(&self) -> Option<(Span, LexError)> {
        self.tokens[self.at..].iter().find_map(|token| match token.kind {
            TokenKind::Error(error) => Some((token.span, error)),
            _ => None,
        })
    }
}

/// The first line of a token, at most 40 characters.
fn shorten(token: &str) -> String {
    const MAX: usize = 40;
    let line = token.lines().next().unwrap_or("");
    if line.len() == token.len() && line.chars().count() <= MAX {
        return line.to_owned();
    }
    let kept: String = line.chars().take(MAX).collect();
    format!("{kept}…")
}
