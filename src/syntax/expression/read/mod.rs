//! Reading: tokens to the tree, production by production as `grammar` accepts them.
//!
//! The text is expected to be what the grammar has accepted; at anything else reading ends with nothing, and never with something wrong.
//! Three limits keep the tree small enough for a stack of 2 MB, on which it is walked and dropped: how deep productions nest, how high the
//! tree grows (a chain of operators is as high as it is long), and how many operands there are. ANDs, ORs, lists and UNIONs are flat, and
//! may be as long as they like.

mod call;
mod change;
mod from;
mod markup;
mod operand;
mod operator;
mod query;
mod special;
mod values;
mod window;
mod with;

use std::ops::{Deref, DerefMut};

use crate::syntax::grammar::parser::{Parse, Parser};
use crate::syntax::grammar::{name, type_name};
use crate::syntax::lexer::{self, Keyword, Mode, Token, TokenKind};
use crate::syntax::literal;
use crate::syntax::tree::{Ident, Name, TypeBase, TypeName};
use crate::text::Span;

use super::tree::{Constant, DataChange, Expression, ExpressionKind, FromItem, Query, Target, TypeRef};

pub use values::{Row, Rows, read_values};

/// How deep productions may nest, each by what it costs: one for some 3 KB of stack where nothing is optimised.
pub(super) const MAX_DEPTH: u32 = 420;
/// How high a tree may grow; a query counts for [`QUERY_HEIGHT`].
pub(super) const MAX_HEIGHT: u32 = 250;
/// How many levels a query counts for, since it takes more functions to walk one.
pub(super) const QUERY_HEIGHT: u32 = 3;
/// How deep the productions of the grammar may nest that are used here: types in modifiers of types.
const TYPE_DEPTH: u32 = 20;
/// How many operands a text may have.
pub(super) const MAX_OPERANDS: u32 = 1 << 18;

/// Reads an expression, or what PL/pgSQL calls one: whatever may follow SELECT. What is more than an expression is the
/// [`Scalar`](ExpressionKind::Scalar) of the query that it is.
pub fn read(text: &str) -> Expression {
    whole(text, whole_span(text), |r| {
        let query = query::after_select(r)?;
        Ok(query::lone_expression(query))
    })
    .unwrap_or(unread(whole_span(text)))
}

/// Reads a query: `SELECT`, `VALUES`, `TABLE`, with or without `WITH`.
pub fn read_query(text: &str) -> Option<Query> {
    whole(text, whole_span(text), query::any)
}

/// Reads an INSERT, UPDATE, DELETE or MERGE, with or without WITH.
pub fn read_data_change(text: &str) -> Option<DataChange> {
    whole(text, whole_span(text), change::statement)
}

/// Reads what may follow SELECT or RETURNING: `a, b AS c, *`.
pub fn read_targets(text: &str) -> Option<Vec<Target>> {
    whole(text, whole_span(text), query::targets)
}

/// Reads what may follow FROM or USING: `a, b JOIN c ON …`.
pub fn read_from(text: &str) -> Option<Vec<FromItem>> {
    whole(text, whole_span(text), from::list)
}

/// Reads a modifier of a type: constants, names, signs. Whatever nests is [`ExpressionKind::Unread`].
pub(super) fn modifier_at(text: &str, span: Span) -> Expression {
    let tokens = lexer::lex(text, span, Mode::Body).tokens;
    let nests = tokens.iter().any(|token| token.kind == TokenKind::LeftParen);
    let read = if nests { None } else { all(text, &tokens, operator::expression) };
    read.unwrap_or(unread(span))
}

/// A number constant.
pub(super) fn number(digits: &str, span: Span) -> Expression {
    Expression { span, kind: ExpressionKind::Constant(Constant::Number(digits.to_owned())) }
}

pub(super) const fn unread(span: Span) -> Expression {
    Expression { span, kind: ExpressionKind::Unread }
}

fn whole_span(text: &str) -> Span {
    Span::new(0, text.len() as u32)
}

/// Runs a production that must read all of `span`.
fn whole<T>(text: &str, span: Span, production: impl FnOnce(&mut Reader) -> Parse<T>) -> Option<T> {
    all(text, &lexer::lex(text, span, Mode::Body).tokens, production)
}

fn all<T>(text: &str, tokens: &[Token], production: impl FnOnce(&mut Reader) -> Parse<T>) -> Option<T> {
    let mut r = Reader::new(text, tokens);
    production(&mut r).ok().filter(|_| r.at_end())
}

/// The grammar's cursor, with the limits of the tree. A limit that is reached is an error, as is whatever can't be read.
struct Reader<'s> {
    parser: Parser<'s>,
    depth: u32,
    /// How high the highest tree is that was read in the operand that is being read; never less than it is.
    height: u32,
    operands: u32,
}

impl<'s> Deref for Reader<'s> {
    type Target = Parser<'s>;
    fn deref(&self) -> &Parser<'s> {
        &self.parser
    }
}

impl DerefMut for Reader<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.parser
    }
}

impl<'s> Reader<'s> {
    fn new(text: &'s str, tokens: &'s [Token]) -> Self {
        Self { parser: Parser::shallow(text, tokens, TYPE_DEPTH), depth: 0, height: 0, operands: 0 }
    }

    /// Goes deeper, into a production that costs so much.
    fn enter(&mut self, cost: u32) -> Parse<()> {
        self.depth += cost;
        if self.depth > MAX_DEPTH { Err(self.error("nested too deep")) } else { Ok(()) }
    }

    /// Comes back from [`Reader::enter`].
    fn leave(&mut self, cost: u32) {
        self.depth -= cost;
    }

    /// Begins a tree of its own: gives how high the trees before it are, for [`Reader::end`].
    fn begin(&mut self) -> u32 {
        std::mem::take(&mut self.height)
    }

    /// Ends a tree that is `levels` higher than its parts.
    fn end(&mut self, outer: u32, levels: u32) -> Parse<()> {
        self.grow(levels)?;
        self.height = self.height.max(outer);
        Ok(())
    }

    /// Counts an operand.
    fn count(&mut self) -> Parse<()> {
        self.operands += 1;
        if self.operands > MAX_OPERANDS { Err(self.error("too long")) } else { Ok(()) }
    }

    /// Notes that the tree grows by `levels`.
    fn grow(&mut self, levels: u32) -> Parse<()> {
        self.height += levels;
        if self.height > MAX_HEIGHT { Err(self.error("too high")) } else { Ok(()) }
    }

    /// An expression from byte `start` to the token taken last.
    fn node(&self, start: u32, kind: ExpressionKind) -> Expression {
        Expression { span: self.since(start), kind }
    }

    /// What PostgreSQL stores for a name; an error for one that a tool fills in. Braces in quotes may as well be what a label says.
    fn owned(&self, ident: Ident) -> Parse<String> {
        match ident.is_template(self.text) && !ident.is_quoted(self.text) {
            true => Err(self.error_at(ident.span, "a name that a tool fills in")),
            false => Ok(ident.value(self.text).into_owned()),
        }
    }

    /// The parts of an object's name; an error for one that a tool fills in, in quotes too.
    fn parts(&self, name: Name) -> Parse<Vec<String>> {
        let parts = [name.database, name.schema, Some(name.object)].into_iter().flatten();
        parts
            .map(|part| match part.is_template(self.text) {
                true => Err(self.error_at(part.span, "a name that a tool fills in")),
                false => self.owned(part),
            })
            .collect()
    }

    /// ColId.
    fn column_name(&mut self) -> Parse<String> {
        let ident = name::column_name(self, "a name")?;
        self.owned(ident)
    }

    /// ColLabel.
    fn label(&mut self) -> Parse<String> {
        let ident = name::label(self, "a name")?;
        self.owned(ident)
    }

    /// any_name.
    fn qualified_name(&mut self) -> Parse<Vec<String>> {
        let name = name::name(self, "a name")?;
        self.parts(name)
    }

    /// `(a, b)` of ColIds.
    fn column_list(&mut self) -> Parse<Vec<String>> {
        let names = name::column_list(self)?;
        names.into_iter().map(|ident| self.owned(ident)).collect()
    }

    /// The value of a string constant (Sconst).
    fn string(&mut self) -> Parse<String> {
        if self.at(TokenKind::Placeholder) {
            return Err(self.unexpected("a string"));
        }
        let span = name::string(self, "a string")?;
        Ok(literal::value(self.text, span).into_owned())
    }

    /// The value of an integer constant (Iconst).
    fn integer(&mut self) -> Parse<u32> {
        let span = name::integer(self, "a number")?;
        match name::integer_value(&self.text[span]) {
            Some(value) if value <= i32::MAX as u64 => Ok(value as u32),
            _ => Err(self.error_at(span, "no number")),
        }
    }

    /// Typename.
    fn type_ref(&mut self) -> Parse<TypeRef> {
        let ty = type_name::type_name(self)?;
        self.known_type(&ty)
    }

    fn known_type(&self, ty: &TypeName) -> Parse<TypeRef> {
        let written = match ty.base {
            TypeBase::Named(name) => name.span(),
            TypeBase::BuiltIn(span, _) => span,
        };
        match (Ident { span: written }).is_template(self.text) {
            true => Err(self.error_at(written, "a type that a tool fills in")),
            false => Ok(TypeRef::of(self.text, ty)),
        }
    }

    /// One or more of `item` between commas.
    fn list_of<T>(&mut self, mut item: impl FnMut(&mut Self) -> Parse<T>) -> Parse<Vec<T>> {
        let mut items = vec![item(self)?];
        while self.eat(TokenKind::Comma).is_some() {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// `(` one or more of `item` between commas `)`.
    fn paren_list_of<T>(&mut self, item: impl FnMut(&mut Self) -> Parse<T>) -> Parse<Vec<T>> {
        self.left_paren()?;
        let items = self.list_of(item)?;
        self.right_paren()?;
        Ok(items)
    }

    /// Whether `keyword` stood here; it is taken.
    fn took(&mut self, keyword: Keyword) -> bool {
        self.eat_kw(keyword).is_some()
    }

    /// The bytes of the token that is taken.
    fn bump_text(&mut self) -> &'s str {
        let span = self.bump();
        &self.text[span]
    }
}
