//! Which names a history creates, and where first.
//!
//! Whether an object was there before a migration decides what its down migration has to take back, where the migration says
//! `IF NOT EXISTS`. Only names are looked at, and any name behind CREATE counts, so that the answer errs on the side of “it was there”.
//! What is assumed to be there because no file creates it is asked the other way round: there only the name counts that a statement gives to a
//! new object, if nothing shows that it was there before: `CREATE OR REPLACE` does, and what is dropped or renamed before it is made was there.
//! Worked out once for a history, when a rule first asks.

use std::collections::{BTreeMap, BTreeSet};
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
    /// The first migration that may create something of this name.
    first: BTreeMap<String, usize>,
    /// The first migration that gives this name to something.
    made: BTreeMap<String, usize>,
    /// What is taken away before it is made.
    there: BTreeSet<String>,
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

    /// The names that statements give to what they create or rename, and that nothing had before.
    pub fn names(&self) -> BTreeSet<String> {
        let known = self.known.get_or_init(|| Known::read(self.history));
        known.made.keys().filter(|name| !known.there.contains(*name)).cloned().collect()
    }

    /// The first migration that creates something that is called `name`.
    pub fn first(&self, name: &str) -> Option<&'h Migration> {
        let known = self.known.get_or_init(|| Known::read(self.history));
        known.made.get(name).and_then(|at| self.history.migrations.get(*at))
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
            for span in &migration.sections().up.spans {
                known.add(text, *span, Mode::Script, at, Runs::Now);
            }
        }
        known
    }

    /// Notes what the bytes `span` of `text` create; a string in dollar quotes may be a block that does.
    fn add(&mut self, text: &str, span: Span, mode: Mode, at: usize, runs: Runs) {
        let tokens = lex(text, span, mode).tokens;
        let mut rest = tokens.as_slice();
        let mut before = None;
        while let Some(token) = rest.first() {
            rest = &rest[1..];
            let last = before.replace(token.kind);
            match token.kind {
                TokenKind::Keyword(Keyword::Create | Keyword::Rename) if runs == Runs::Now => {
                    if let Some(name) = new_name(text, token.kind, rest) {
                        self.made.entry(Ident { span: name }.value(text).into_owned()).or_insert(at);
                    }
                }
                TokenKind::Keyword(Keyword::Drop | Keyword::Alter) if runs == Runs::Now => {
                    let gone = old_names(text, token.kind, rest).into_iter().map(|name| Ident { span: name }.value(text).into_owned());
                    self.there.extend(gone.filter(|name| !self.made.contains_key(name)));
                }
                _ => {}
            }
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
                    let runs = if last == Some(TokenKind::Keyword(Keyword::Do)) { Runs::Now } else { Runs::WhenCalled };
                    self.add(text, inner, Mode::Body, at, runs);
                }
                _ => {}
            }
        }
    }
}

/// Whether code is run where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Runs {
    Now,
    /// Perhaps it never is.
    WhenCalled,
}

/// What may stand between the verb and the kind of object.
const BEFORE: [&str; 24] = [
    "or",
    "replace",
    "global",
    "local",
    "temp",
    "temporary",
    "unlogged",
    "recursive",
    "unique",
    "materialized",
    "foreign",
    "constraint",
    "trusted",
    "procedural",
    "default",
    "event",
    "access",
    "text",
    "search",
    "data",
    "operator",
    "user",
    "class",
    "family",
];

/// The kinds of objects.
const KINDS: [&str; 29] = [
    "table",
    "view",
    "index",
    "sequence",
    "type",
    "domain",
    "function",
    "procedure",
    "aggregate",
    "schema",
    "extension",
    "role",
    "group",
    "database",
    "tablespace",
    "collation",
    "conversion",
    "language",
    "server",
    "wrapper",
    "publication",
    "subscription",
    "statistics",
    "trigger",
    "policy",
    "rule",
    "method",
    "configuration",
    "dictionary",
];

fn is(text: &str, token: &Token, words: &[&str]) -> bool {
    words.iter().any(|word| text[token.span].eq_ignore_ascii_case(word))
}

/// The name that a statement gives: what follows `CREATE … kind IF NOT EXISTS`, or `RENAME TO`, without the schema before it. `OR REPLACE` says
/// that it may be there already.
fn new_name(text: &str, verb: TokenKind, rest: &[Token]) -> Option<Span> {
    const BEHIND: [&str; 5] = ["concurrently", "if", "not", "exists", "authorization"];
    let named = if verb == TokenKind::Keyword(Keyword::Rename) {
        rest.split_first().filter(|(to, _)| is(text, to, &["to"])).map(|(_, named)| named)?
    } else if rest.first().is_some_and(|token| is(text, token, &["or"])) {
        return None;
    } else {
        let behind = behind_kind(text, rest)?;
        let name = behind.iter().position(|token| !is(text, token, &BEHIND))?;
        &behind[name..]
    };
    last_name(text, named).map(|(name, _)| name)
}

/// The names that a statement takes away from what is there for certain: `DROP kind a, b`, `ALTER kind a RENAME TO`.
fn old_names(text: &str, verb: TokenKind, rest: &[Token]) -> Vec<Span> {
    let is_drop = verb == TokenKind::Keyword(Keyword::Drop);
    // What follows the comma behind a constraint is the next action of ALTER TABLE.
    let (behind, is_list) = match rest {
        [constraint, behind @ ..] if is_drop && is(text, constraint, &["constraint"]) => (Some(behind), false),
        _ => (behind_kind(text, rest), true),
    };
    let Some(mut behind) = behind else { return Vec::new() };
    while let [token, more @ ..] = behind
        && is(text, token, &["concurrently", "only"])
    {
        behind = more;
    }
    let mut names = Vec::new();
    while let Some((name, more)) = last_name(text, behind).filter(|(name, _)| !text[*name].eq_ignore_ascii_case("if")) {
        match more {
            [rename, to, ..] if !is_drop && is(text, rename, &["rename"]) && is(text, to, &["to"]) => names.push(name),
            _ if !is_drop => {}
            [comma, next @ ..] if is_list && comma.kind == TokenKind::Comma => {
                names.push(name);
                behind = next;
                continue;
            }
            _ => names.push(name),
        }
        break;
    }
    names
}

/// What follows the kind of object that a statement is about.
fn behind_kind<'t>(text: &str, rest: &'t [Token]) -> Option<&'t [Token]> {
    let kind = rest.iter().position(|token| !is(text, token, &BEFORE))?;
    // `CREATE USER name` and the operator classes have no other word for their kind.
    match is(text, &rest[kind], &KINDS) {
        true => Some(&rest[kind + 1..]),
        false if kind > 0 && is(text, &rest[kind - 1], &["user", "class", "family"]) => Some(&rest[kind..]),
        false => None,
    }
}

/// The last part of the name that tokens begin with, and what follows it.
fn last_name<'t>(text: &str, tokens: &'t [Token]) -> Option<(Span, &'t [Token])> {
    let (first, mut rest) = tokens.split_first().filter(|(token, _)| is_name(token) && !is(text, token, &["on"]))?;
    let mut name = first.span;
    while let [dot, next, more @ ..] = rest
        && dot.kind == TokenKind::Dot
        && is_name(next)
    {
        (name, rest) = (next.span, more);
    }
    Some((name, rest))
}

/// Keywords that are no reserved words can be names too.
fn is_name(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::Keyword(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_new_where_a_statement_gives_it() {
        let text = "CREATE TABLE IF NOT EXISTS s.t (a int REFERENCES u);
            CREATE UNIQUE INDEX CONCURRENTLY i ON s.t (a); CREATE INDEX ON w (a);
            CREATE OR REPLACE VIEW v AS SELECT * FROM x; CREATE USER r; CREATE FOREIGN DATA WRAPPER f; GRANT CREATE ON SCHEMA g TO r;
            CREATE FUNCTION c() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE later (); END $$;
            DO $$ BEGIN CREATE TYPE e AS ENUM (); END $$; ALTER TABLE o RENAME TO n; ALTER TABLE o RENAME b TO d;";
        let mut known = Known::default();
        known.add(text, Span::new(0, text.len() as u32), Mode::Script, 0, Runs::Now);
        let names: Vec<&str> = known.made.keys().map(String::as_str).collect();
        assert_eq!(names, ["c", "e", "f", "i", "n", "r", "t"]);
    }

    #[test]
    fn what_is_taken_away_before_it_is_made_was_there() {
        let text = "DROP INDEX CONCURRENTLY s.a, b; CREATE INDEX a ON t (x); ALTER TABLE c RENAME TO d; ALTER TABLE ONLY e RENAME f TO g;
            DROP TABLE IF EXISTS h; CREATE TABLE h (); CREATE TABLE i (); DROP TABLE i; ALTER TABLE t DROP CONSTRAINT j, DROP COLUMN k;
            DROP FUNCTION l(int); ALTER INDEX IF EXISTS m RENAME TO n;";
        let mut known = Known::default();
        known.add(text, Span::new(0, text.len() as u32), Mode::Script, 0, Runs::Now);
        let names: Vec<&str> = known.there.iter().map(String::as_str).collect();
        assert_eq!(names, ["a", "b", "c", "j", "l"]);
    }
}
