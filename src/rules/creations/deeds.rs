//! Which names a migration creates, gives away and takes, by its tokens alone.

use crate::catalog::Class;
use crate::migration::Migration;
use crate::syntax::lexer::{Keyword, Mode, Token, TokenKind, lex};
use crate::syntax::tree::Ident;
use crate::text::Span;

/// What a migration does with names, in order.
pub type Deeds = Vec<(Deed, String)>;

/// What is done with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// It stands behind CREATE.
    MayCreate,
    /// Something of the class gets it.
    Makes(Class),
    /// Something of the class had it.
    Takes(Class),
}

/// What `migration` does with names, by its tokens alone.
pub fn deeds(migration: &Migration) -> Deeds {
    let text = migration.up.text();
    migration.up_section().spans.iter().flat_map(|span| deeds_in(text, *span)).collect()
}

/// What the bytes `span` of `text` do with names.
pub(super) fn deeds_in(text: &str, span: Span) -> Deeds {
    let mut deeds = Deeds::new();
    read(text, span, Mode::Script, Runs::Now, &mut deeds);
    deeds
}

/// Adds what the bytes `span` of `text` do with names; a string in dollar quotes may be a block that does something.
fn read(text: &str, span: Span, mode: Mode, runs: Runs, deeds: &mut Deeds) {
    let tokens = lex(text, span, mode).tokens;
    let mut rest = tokens.as_slice();
    let (mut before, mut altered) = (None, None);
    let value = |span: Span| Ident { span }.value(text).into_owned();
    while let Some(token) = rest.first() {
        rest = &rest[1..];
        let last = before.replace(token.kind);
        match token.kind {
            TokenKind::Keyword(Keyword::Create) if runs == Runs::Now => {
                deeds.extend(created_name(text, rest).map(|(class, name)| (Deed::Makes(class), value(name))));
            }
            TokenKind::Keyword(Keyword::Constraint) if runs == Runs::Now && last.is_none_or(names_new_constraint) => {
                let name = rest.first().filter(|token| is_name(token) && !is(text, token, &["trigger"]));
                deeds.extend(name.map(|name| (Deed::Makes(Class::Constraint), value(name.span))));
            }
            TokenKind::Keyword(Keyword::Rename) if runs == Runs::Now => {
                deeds.extend(altered.zip(renamed_to(text, rest)).map(|(class, name)| (Deed::Makes(class), value(name))));
                if let Some((old, new)) = renamed_constraint(text, rest) {
                    deeds.push((Deed::Takes(Class::Constraint), value(old)));
                    deeds.push((Deed::Makes(Class::Constraint), value(new)));
                }
            }
            TokenKind::Keyword(Keyword::Drop | Keyword::Alter) if runs == Runs::Now => {
                let (class, names) = old_names(text, token.kind, rest).unzip();
                deeds.extend(names.into_iter().flatten().map(|name| (Deed::Takes(class.unwrap_or(Class::Relation)), value(name))));
                if token.kind == TokenKind::Keyword(Keyword::Alter) {
                    altered = class;
                }
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

/// Whether what follows CONSTRAINT is the name of a new one, by what stands before it.
const fn names_new_constraint(before: TokenKind) -> bool {
    use Keyword::{Alter, Drop, On, Rename, Validate};
    !matches!(before, TokenKind::Keyword(Alter | Drop | On | Rename | Validate))
}

/// Whether code is run where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Runs {
    Now,
    /// Perhaps it never is.
    WhenCalled,
}

/// What may stand between the verb and the kind of object.
const BEFORE: [&str; 23] = [
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

/// The kinds of objects, and the class of each.
pub(super) const KINDS: [(&str, Class); 31] = [
    ("table", Class::Relation),
    ("view", Class::Relation),
    ("index", Class::Relation),
    ("sequence", Class::Relation),
    ("type", Class::Type),
    ("domain", Class::Type),
    ("function", Class::Routine),
    ("procedure", Class::Routine),
    ("routine", Class::Routine),
    ("aggregate", Class::Routine),
    ("schema", Class::Schema),
    ("extension", Class::Extension),
    ("role", Class::Role),
    ("group", Class::Role),
    ("database", Class::Database),
    ("tablespace", Class::Tablespace),
    ("collation", Class::Collation),
    ("conversion", Class::Conversion),
    ("language", Class::Language),
    ("server", Class::Server),
    ("wrapper", Class::ForeignDataWrapper),
    ("publication", Class::Publication),
    ("subscription", Class::Subscription),
    ("statistics", Class::Statistics),
    ("trigger", Class::Trigger),
    ("policy", Class::Policy),
    ("rule", Class::Rule),
    ("method", Class::AccessMethod),
    ("configuration", Class::TextSearchConfiguration),
    ("dictionary", Class::TextSearchDictionary),
    ("constraint", Class::Constraint),
];

/// The kinds that have no other word than one that may stand before one.
const BARE: [(&str, Class); 3] = [("user", Class::Role), ("class", Class::OperatorClass), ("family", Class::OperatorFamily)];

fn is(text: &str, token: &Token, words: &[&str]) -> bool {
    words.iter().any(|word| text[token.span].eq_ignore_ascii_case(word))
}

/// The name that CREATE gives: what follows `kind IF NOT EXISTS`, without the schema before it. `OR REPLACE` says that it may be there already.
fn created_name(text: &str, rest: &[Token]) -> Option<(Class, Span)> {
    const BEHIND: [&str; 5] = ["concurrently", "if", "not", "exists", "authorization"];
    if rest.first().is_some_and(|token| is(text, token, &["or"])) {
        return None;
    }
    let (class, behind) = behind_kind(text, rest)?;
    let name = behind.iter().position(|token| !is(text, token, &BEHIND))?;
    Some((class, last_name(text, &behind[name..])?.0))
}

/// The name that `RENAME TO` gives.
fn renamed_to(text: &str, rest: &[Token]) -> Option<Span> {
    let (_, named) = rest.split_first().filter(|(to, _)| is(text, to, &["to"]))?;
    last_name(text, named).map(|(name, _)| name)
}

/// The names that `RENAME CONSTRAINT a TO b` takes and gives.
fn renamed_constraint(text: &str, rest: &[Token]) -> Option<(Span, Span)> {
    let (_, named) = rest.split_first().filter(|(constraint, _)| is(text, constraint, &["constraint"]))?;
    let (old, behind) = last_name(text, named)?;
    Some((old, renamed_to(text, behind)?))
}

/// The names that a statement takes away from what is there for certain: `DROP kind a, b`, `ALTER kind a RENAME TO`.
fn old_names(text: &str, verb: TokenKind, rest: &[Token]) -> Option<(Class, Vec<Span>)> {
    let is_drop = verb == TokenKind::Keyword(Keyword::Drop);
    let (class, mut behind) = behind_kind(text, rest)?;
    // What follows the comma behind a constraint is the next action of ALTER TABLE.
    let is_list = class != Class::Constraint;
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
    Some((class, names))
}

/// The class of the kind of object that a statement is about, and what follows it.
fn behind_kind<'t>(text: &str, rest: &'t [Token]) -> Option<(Class, &'t [Token])> {
    let of = |token: &Token, kinds: &[(&str, Class)]| kinds.iter().find(|(word, _)| is(text, token, &[word])).map(|(_, class)| *class);
    // `CREATE CONSTRAINT TRIGGER`, but `DROP CONSTRAINT name`.
    let is_before = |at: usize| {
        let is_trigger = || rest.get(at + 1).is_some_and(|next| is(text, next, &["trigger"]));
        is(text, &rest[at], &BEFORE) || is(text, &rest[at], &["constraint"]) && is_trigger()
    };
    let kind = (0..rest.len()).find(|at| !is_before(*at))?;
    let before = kind.checked_sub(1).map(|before| &rest[before]);
    match of(&rest[kind], &KINDS) {
        Some(Class::Trigger) if before.is_some_and(|event| is(text, event, &["event"])) => Some((Class::EventTrigger, &rest[kind + 1..])),
        Some(class) => Some((class, &rest[kind + 1..])),
        // `CREATE USER name` and the operator classes have no other word for their kind.
        None => Some((of(before?, &BARE)?, &rest[kind..])),
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
