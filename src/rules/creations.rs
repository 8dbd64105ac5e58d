//! Which names a history creates, and where first.
//!
//! Whether an object was there before a migration decides what its down migration has to take back, where the migration says
//! `IF NOT EXISTS`. Only names are looked at, and any name behind CREATE counts, so that the answer errs on the side of “it was there”.
//! What is assumed to be there because no file creates it is asked the other way round: there only the name counts that a statement gives to a
//! new object, if nothing shows that it was there before: `CREATE OR REPLACE` does, and what is dropped or renamed before it is made was there.
//!
//! [`Names`] are worked out once for a history, when somebody first asks, and renewed migration by migration. Who asks does so through
//! [`Creations`] or [`Asked`], which remember the names: what was found out depends on nothing else in the texts of other migrations.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::migration::{History, Migration};
use crate::syntax::lexer::{Keyword, Mode, Token, TokenKind, lex};
use crate::syntax::tree::Ident;
use crate::text::Span;

/// The names that a history creates, as one migration asks for them.
#[derive(Debug, Clone, Copy)]
pub struct Creations<'h> {
    history: &'h History,
    names: &'h Names,
    asked: &'h Asked,
}

/// The names that were asked for.
#[derive(Debug, Default)]
pub struct Asked(Mutex<BTreeSet<String>>);

/// The names that a history creates or takes away, and where.
#[derive(Debug, Default)]
pub struct Names(OnceLock<Known>);

#[derive(Debug, Default)]
struct Known {
    /// The place in the history of each migration, by its up file.
    places: BTreeMap<String, u32>,
    mentions: BTreeMap<String, Mentions>,
}

/// Where a name is mentioned. A place is a migration and a count within it; all are in their order.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Mentions {
    /// The migrations that may create something of this name.
    created: Vec<u32>,
    /// Where a statement gives this name to something.
    made: Vec<(u32, u32)>,
    /// Where a statement takes it away.
    taken: Vec<(u32, u32)>,
}

/// What a migration does with names, in order.
type Deeds = Vec<(Deed, String)>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    MayCreate,
    Makes,
    Takes,
}

impl Asked {
    /// Notes that `name` is asked for.
    pub fn note(&self, name: &str) {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !asked.contains(name) {
            asked.insert(name.to_owned());
        }
    }

    /// The names so far.
    pub fn names(&self) -> BTreeSet<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Names {
    /// Of a history that is read when somebody first asks.
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Whether a statement of `history`, whose names these are, gives `name` to what it creates or renames, and nothing had it before.
    pub fn are_new(&self, history: &History, name: &str) -> bool {
        let mentions = self.known(history).mentions.get(name);
        mentions.is_some_and(|mentions| match (mentions.made.first(), mentions.taken.first()) {
            (Some(made), Some(taken)) => made < taken,
            (made, _) => made.is_some(),
        })
    }

    /// Puts the migration `new` in the place of `old`, or in an empty one, or leaves that empty. Gives the names of which something else holds now;
    /// none if nobody has asked yet.
    pub fn renew(&mut self, place: u32, old: Option<&Migration>, new: Option<&Migration>) -> BTreeSet<String> {
        let Some(known) = self.0.get_mut() else { return BTreeSet::new() };
        // Where several migrations move up or down, another one may have the old one's path already.
        if let Some(path) = old.map(|old| old.up.path()).filter(|path| known.places.get(*path) == Some(&place)) {
            known.places.remove(path);
        }
        known.places.extend(new.map(|new| (new.up.path().to_owned(), place)));
        known.replace(place, old.map(deeds).unwrap_or_default(), new.map(deeds).unwrap_or_default())
    }

    fn known(&self, history: &History) -> &Known {
        self.0.get_or_init(|| Known::read(history))
    }
}

impl<'h> Creations<'h> {
    /// Those of `history`, whose `names` these are.
    pub const fn new(history: &'h History, names: &'h Names, asked: &'h Asked) -> Self {
        Self { history, names, asked }
    }

    /// The history.
    pub const fn history(&self) -> &'h History {
        self.history
    }

    /// The first migration that creates something that is called `name`.
    pub fn first(&self, name: &str) -> Option<&'h Migration> {
        self.asked.note(name);
        let (place, _) = self.names.known(self.history).mentions.get(name)?.made.first()?;
        self.history.migrations.get(*place as usize)
    }

    /// Whether a migration before `migration` creates something that is called `name`.
    pub fn is_older(&self, migration: &Migration, name: &str) -> bool {
        self.asked.note(name);
        let known = self.names.known(self.history);
        let first = known.mentions.get(name).and_then(|mentions| mentions.created.first());
        known.places.get(migration.up.path()).zip(first).is_some_and(|(own, first)| first < own)
    }
}

impl Known {
    fn read(history: &History) -> Known {
        let mut known = Known::default();
        for (place, migration) in (0..).zip(&history.migrations) {
            known.places.insert(migration.up.path().to_owned(), place);
            known.add(place, deeds(migration));
        }
        known
    }

    fn add(&mut self, place: u32, deeds: Deeds) {
        for (at, (deed, name)) in (0..).zip(deeds) {
            let mentions = self.mentions.entry(name).or_default();
            match deed {
                Deed::MayCreate => insert(&mut mentions.created, place),
                Deed::Makes => insert(&mut mentions.made, (place, at)),
                Deed::Takes => insert(&mut mentions.taken, (place, at)),
            }
        }
    }

    /// Puts what a migration does now in the place of what it did; gives the names of which something else holds then.
    fn replace(&mut self, place: u32, old: Deeds, new: Deeds) -> BTreeSet<String> {
        let mut before: BTreeMap<String, Mentions> = BTreeMap::new();
        for (_, name) in old.iter().chain(&new) {
            before.entry(name.clone()).or_insert_with(|| self.mentions.get(name).cloned().unwrap_or_default());
        }
        for (_, name) in &old {
            let Some(mentions) = self.mentions.get_mut(name) else { continue };
            mentions.created.retain(|other| *other != place);
            mentions.made.retain(|(other, _)| *other != place);
            mentions.taken.retain(|(other, _)| *other != place);
        }
        self.add(place, new);
        for (_, name) in &old {
            if self.mentions.get(name).is_some_and(|mentions| *mentions == Mentions::default()) {
                self.mentions.remove(name);
            }
        }
        let changed = before.into_iter().filter(|(name, before)| {
            let now = self.mentions.get(name);
            now.map_or_else(|| Mentions::default().essence(), Mentions::essence) != before.essence()
        });
        changed.map(|(name, _)| name).collect()
    }
}

impl Mentions {
    /// What answers depend on: where it is first created and made, and whether it was there before that.
    fn essence(&self) -> (Option<u32>, Option<u32>, bool) {
        let was_there = self.taken.first().is_some_and(|taken| self.made.first().is_none_or(|made| taken < made));
        (self.created.first().copied(), self.made.first().map(|(place, _)| *place), was_there)
    }
}

fn insert<T: Ord>(sorted: &mut Vec<T>, value: T) {
    let at = sorted.partition_point(|other| *other < value);
    if sorted.get(at) != Some(&value) {
        sorted.insert(at, value);
    }
}

fn deeds(migration: &Migration) -> Deeds {
    let text = migration.up.text();
    let mut deeds = Deeds::new();
    for span in &migration.sections().up.spans {
        read(text, *span, Mode::Script, Runs::Now, &mut deeds);
    }
    deeds
}

/// Adds what the bytes `span` of `text` do with names; a string in dollar quotes may be a block that does something.
fn read(text: &str, span: Span, mode: Mode, runs: Runs, deeds: &mut Deeds) {
    let tokens = lex(text, span, mode).tokens;
    let mut rest = tokens.as_slice();
    let mut before = None;
    let value = |span: Span| Ident { span }.value(text).into_owned();
    while let Some(token) = rest.first() {
        rest = &rest[1..];
        let last = before.replace(token.kind);
        match token.kind {
            TokenKind::Keyword(Keyword::Create | Keyword::Rename) if runs == Runs::Now => {
                deeds.extend(new_name(text, token.kind, rest).map(|name| (Deed::Makes, value(name))));
            }
            TokenKind::Keyword(Keyword::Drop | Keyword::Alter) if runs == Runs::Now => {
                deeds.extend(old_names(text, token.kind, rest).into_iter().map(|name| (Deed::Takes, value(name))));
            }
            _ => {}
        }
        match token.kind {
            TokenKind::Keyword(Keyword::Create) => {
                let head = rest.iter().take_while(|token| !matches!(token.kind, TokenKind::LeftParen | TokenKind::Semicolon));
                deeds.extend(head.filter(|token| is_name(token)).map(|name| (Deed::MayCreate, value(name.span))));
            }
            TokenKind::DollarString if mode == Mode::Script => {
                let raw = &text[token.span];
                let tag = raw[1..].find('$').map_or(1, |end| end + 2) as u32;
                let inner = Span::new(token.span.start + tag, (token.span.end - tag).max(token.span.start + tag));
                let runs = if last == Some(TokenKind::Keyword(Keyword::Do)) { Runs::Now } else { Runs::WhenCalled };
                read(text, inner, Mode::Body, runs, deeds);
            }
            _ => {}
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

    /// What a history of these migrations, one text each, does with names.
    fn known(texts: &[&str]) -> Known {
        let mut known = Known::default();
        for (place, text) in (0..).zip(texts) {
            known.add(place, of(text));
        }
        known
    }

    fn of(text: &str) -> Deeds {
        let mut deeds = Deeds::new();
        read(text, Span::new(0, text.len() as u32), Mode::Script, Runs::Now, &mut deeds);
        deeds
    }

    fn those(known: &Known, is_meant: impl Fn(&Mentions) -> bool) -> Vec<&str> {
        known.mentions.iter().filter(|(_, mentions)| is_meant(mentions)).map(|(name, _)| name.as_str()).collect()
    }

    #[test]
    fn a_name_is_new_where_a_statement_gives_it() {
        let known = known(&["CREATE TABLE IF NOT EXISTS s.t (a int REFERENCES u);
            CREATE UNIQUE INDEX CONCURRENTLY i ON s.t (a); CREATE INDEX ON w (a);
            CREATE OR REPLACE VIEW v AS SELECT * FROM x; CREATE USER r; CREATE FOREIGN DATA WRAPPER f; GRANT CREATE ON SCHEMA g TO r;
            CREATE FUNCTION c() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE later (); END $$;
            DO $$ BEGIN CREATE TYPE e AS ENUM (); END $$; ALTER TABLE o RENAME TO n; ALTER TABLE o RENAME b TO d;"]);
        assert_eq!(those(&known, |mentions| !mentions.made.is_empty()), ["c", "e", "f", "i", "n", "r", "t"]);
    }

    #[test]
    fn what_is_taken_away_before_it_is_made_was_there() {
        let known = known(&[
            "DROP INDEX CONCURRENTLY s.a, b; CREATE INDEX a ON t (x); ALTER TABLE c RENAME TO d; ALTER TABLE ONLY e RENAME f TO g;
            DROP TABLE IF EXISTS h; CREATE TABLE h (); CREATE TABLE i (); DROP TABLE i; ALTER TABLE t DROP CONSTRAINT j, DROP COLUMN k;
            DROP FUNCTION l(int); ALTER INDEX IF EXISTS m RENAME TO n;",
        ]);
        assert_eq!(those(&known, |mentions| mentions.essence().2), ["a", "b", "c", "j", "l"]);
    }

    #[test]
    fn a_migration_that_is_read_anew_leaves_what_all_of_them_say_and_tells_what_changed() {
        let texts = ["CREATE TABLE a (); CREATE TABLE b ();", "DROP TABLE c; CREATE TABLE b ();", "CREATE TABLE c ();"];
        let mut renewed = known(&texts);
        let changed = renewed.replace(0, of(texts[0]), of("CREATE TABLE d (); CREATE TABLE a ();"));
        assert_eq!(changed.iter().collect::<Vec<_>>(), ["b", "d"]);
        let afresh = known(&["CREATE TABLE d (); CREATE TABLE a ();", texts[1], texts[2]]);
        let essences = |known: &Known| known.mentions.iter().map(|(name, one)| (name.clone(), one.essence())).collect::<Vec<_>>();
        assert_eq!(essences(&renewed), essences(&afresh));
        assert_eq!(renewed.replace(1, of(texts[1]), of(texts[1])), BTreeSet::new());
        assert_eq!(renewed.replace(1, of(texts[1]), of("")).into_iter().collect::<Vec<_>>(), ["b", "c"]);
    }
}
