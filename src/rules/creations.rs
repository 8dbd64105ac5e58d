//! Which names a history creates, and where first.
//!
//! Whether an object was there before a migration decides what its down migration has to take back, where the migration says
//! `IF NOT EXISTS`. Only names are looked at, and any name behind CREATE counts, so that the answer errs on the side of “it was there”.
//! Worked out once for a history, when a rule first asks.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::migration::{History, Migration};
use crate::syntax::lexer::{Keyword, Mode, Token, TokenKind, lex};
use crate::syntax::tree::Ident;
use crate::text::Span;

/// The names that a history creates.
#[derive(Debug)]
pub struct Creations<'h> {
    history: &'h History,
    known: OnceLock<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// The place in the history of each migration, by its up file.
    places: BTreeMap<String, usize>,
    /// The first migration that creates something of this name.
    first: BTreeMap<String, usize>,
}

impl<'h> Creations<'h> {
    /// Those of `history`.
    pub const fn new(history: &'h History) -> Self {
        Self { history, known: OnceLock::new() }
    }

    /// The history.
    pub const fn history(&self) -> &'h History {
        self.history
    }

    /// All of them.
    pub fn names(&self) -> std::collections::BTreeSet<String> {
        self.known.get_or_init(|| Known::read(self.history)).first.keys().cloned().collect()
    }

    /// Whether a migration before `migration` creates something that is called `name`.
    pub fn is_older(&self, migration: &Migration, name: &str) -> bool {
        let known = self.known.get_or_init(|| Known::read(self.history));
        known.places.get(migration.up.path()).zip(known.first.get(name)).is_some_and(|(own, first)| first < own)
    }
}

impl Known {
    fn read(history: &History) -> Known {
        let mut known = Known::default();
        for (at, migration) in history.migrations.iter().enumerate() {
            let text = migration.up.text();
            known.places.insert(migration.up.path().to_owned(), at);
            known.add(text, Span::new(0, text.len() as u32), Mode::Script, at);
        }
        known
    }

    /// Notes what the bytes `span` of `text` create; a string in dollar quotes may be a block that does.
    fn add(&mut self, text: &str, span: Span, mode: Mode, at: usize) {
        let tokens = lex(text, span, mode).tokens;
        let mut rest = tokens.as_slice();
        while let Some(token) = rest.first() {
            rest = &rest[1..];
            match token.kind {
                TokenKind::Keyword(Keyword::Create) => {
                    let head = rest.iter().take_while(|token| !matches!(token.kind, TokenKind::LeftParen | TokenKind::Semicolon));
                    for name in head.filter(|token| is_name(token)) {
                        self.first.entry(Ident { span: name.span }.value(text).into_owned()).or_insert(at);
                    }
                }
                TokenKind::DollarString if mode == Mode::Script => {
                    let raw = &text[token.span];
                    let tag = raw[1..].find('$').map_or(1, |end| end + 2) as u32;
                    let inner = Span::new(token.span.start + tag, (token.span.end - tag).max(token.span.start + tag));
                    self.add(text, inner, Mode::Body, at);
                }
                _ => {}
            }
        }
    }
}

/// Keywords that are no reserved words can be names too.
fn is_name(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::Keyword(_))
}
