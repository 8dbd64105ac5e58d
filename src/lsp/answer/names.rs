//! What a name in a file means at its point of the history: a table or another relation, or a column of one.
//!
//! Names are read where the lexer sees them, in code between dollars too. A name with its qualifiers is looked up as it is written; a bare one is a
//! column of a relation that its statement names, or a relation, in whichever order the word before it says. What is dropped in a migration is
//! still looked up in it.

use std::ops::Range;

use crate::catalog::{Address, Catalog, Class, Oid};
use crate::syntax::lexer::{Mode, Token, TokenKind, lex};
use crate::syntax::tree::Ident;
use crate::text::Span;

/// The tokens of a file, or of code in it.
pub(super) struct Words<'t> {
    text: &'t str,
    tokens: Vec<Token>,
}

impl<'t> Words<'t> {
    /// Those of the text, or of the code in it that `offset` is in.
    pub(super) fn around(text: &'t str, offset: u32) -> Self {
        let whole = lex(text, Span::new(0, text.len() as u32), Mode::Script).tokens;
        let code = whole.iter().find(|token| token.kind == TokenKind::DollarString && token.span.contains(offset));
        match code.map(|token| inside(text, token.span)) {
            Some(span) if span.start <= offset && offset <= span.end => Self { text, tokens: lex(text, span, Mode::Body).tokens },
            _ => Self { text, tokens: whole },
        }
    }

    /// All tokens of a text, and those of each piece of code in it.
    pub(super) fn all(text: &'t str) -> Vec<Self> {
        let whole = lex(text, Span::new(0, text.len() as u32), Mode::Script).tokens;
        let code = whole.iter().filter(|token| token.kind == TokenKind::DollarString);
        let inner: Vec<Self> = code.map(|token| Self { text, tokens: lex(text, inside(text, token.span), Mode::Body).tokens }).collect();
        std::iter::once(Self { text, tokens: whole }).chain(inner).collect()
    }

    /// The name at a byte, or that ends before it.
    pub(super) fn at(&self, offset: u32) -> Option<usize> {
        let is_here = |token: &Token| token.span.start <= offset && offset <= token.span.end && is_name(token);
        self.tokens.iter().rposition(is_here)
    }

    /// The names, by their places among the tokens.
    pub(super) fn named<'w>(&'w self, name: &'w str) -> impl Iterator<Item = usize> + 'w {
        (0..self.tokens.len()).filter(move |at| is_name(&self.tokens[*at]) && self.value(*at) == name)
    }

    /// The bytes of a token.
    pub(super) fn span(&self, at: usize) -> Span {
        self.tokens[at].span
    }

    /// A name as PostgreSQL stores it.
    pub(super) fn value(&self, at: usize) -> String {
        Ident { span: self.tokens[at].span }.value(self.text).into_owned()
    }

    /// The qualifiers before the name at `at`, outermost first.
    pub(super) fn qualifiers(&self, at: usize) -> Vec<String> {
        let mut parts = Vec::new();
        let mut first = at;
        while first >= 2 && self.tokens[first - 1].kind == TokenKind::Dot && is_name(&self.tokens[first - 2]) {
            first -= 2;
            parts.push(self.value(first));
        }
        parts.reverse();
        parts
    }

    /// The tokens of the statement around `at`.
    fn statement(&self, at: usize) -> Range<usize> {
        let ends = |token: &Token| token.kind == TokenKind::Semicolon;
        let start = self.tokens[..at].iter().rposition(ends).map_or(0, |before| before + 1);
        let end = self.tokens[at..].iter().position(ends).map_or(self.tokens.len(), |behind| at + behind);
        start..end
    }

    /// The relations that the statement around the token before `offset` names.
    pub(super) fn relations(&self, catalog: &Catalog, offset: u32) -> Vec<Oid> {
        let at = self.tokens.partition_point(|token| token.span.start < offset).saturating_sub(1);
        if self.tokens.is_empty() { Vec::new() } else { self.relations_of(catalog, self.statement(at)) }
    }

    fn relations_of(&self, catalog: &Catalog, statement: Range<usize>) -> Vec<Oid> {
        let mut found: Vec<Oid> = statement
            .filter(|at| is_name(&self.tokens[*at]))
            .flat_map(|at| relations(catalog, self.qualifiers(at).last().map(String::as_str), &self.value(at)))
            .collect();
        found.dedup();
        found
    }

    /// What the name at `at` means.
    pub(super) fn meaning(&self, catalog: &Catalog, at: usize) -> Option<Address> {
        let (name, qualifiers) = (self.value(at), self.qualifiers(at));
        let of_relation =
            |schema: Option<&str>, table: &str| relations(catalog, schema, table).into_iter().find_map(|oid| column(catalog, oid, &name));
        match qualifiers.as_slice() {
            [.., schema, table] => of_relation(Some(schema), table),
            [one] => {
                let whole = relations(catalog, Some(one), &name).first().copied().map(Address::whole);
                whole.or_else(|| of_relation(None, one)).or_else(|| self.bare(catalog, at, &name))
            }
            [] => {
                let whole = || relations(catalog, None, &name).first().copied().map(Address::whole);
                let part = || self.bare(catalog, at, &name);
                if self.stands_for_a_relation(at) { whole().or_else(part) } else { part().or_else(whole) }
            }
        }
    }

    /// The column of that name of a relation that the statement names.
    fn bare(&self, catalog: &Catalog, at: usize, name: &str) -> Option<Address> {
        self.relations_of(catalog, self.statement(at)).into_iter().find_map(|oid| column(catalog, oid, name))
    }

    fn stands_for_a_relation(&self, at: usize) -> bool {
        const BEFORE: [&str; 13] =
            ["table", "on", "from", "join", "into", "references", "update", "view", "exists", "index", "only", "sequence", "truncate"];
        let before = at.checked_sub(1).map(|before| &self.text[self.tokens[before].span]);
        before.is_some_and(|word| BEFORE.iter().any(|own| word.eq_ignore_ascii_case(own)))
    }
}

/// The relations called `name` in a schema, or in any: those of `public` first.
fn relations(catalog: &Catalog, schema: Option<&str>, name: &str) -> Vec<Oid> {
    let mut found: Vec<(bool, Oid)> = catalog
        .anywhere(Class::Relation, name)
        .filter_map(|(oid, object)| {
            let own = catalog.get(object.schema?)?;
            schema.is_none_or(|schema| *own.name == *schema).then_some((*own.name != *"public", oid))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, oid)| oid).collect()
}

fn column(catalog: &Catalog, relation: Oid, name: &str) -> Option<Address> {
    Some(Address::column(relation, catalog.relation(relation)?.column(name)?.number))
}

/// The bytes between the marks of a string in dollar quotes.
fn inside(text: &str, span: Span) -> Span {
    let raw = &text[span];
    let tag = raw[1..].find('$').map_or(1, |end| end + 2) as u32;
    let start = (span.start + tag).min(span.end);
    Span::new(start, span.end.saturating_sub(tag).max(start))
}

/// Keywords that are no reserved words can be names too.
fn is_name(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::Keyword(_))
}
