//! What can't be read: EXECUTE of a computed text, functions that are called, statements that don't parse.

use crate::postgres::{Kind, Step, Subject, Turn};
use crate::syntax::lexer::{Token, TokenKind};
use crate::syntax::literal;
use crate::text::Span;

use super::Event;

/// Something that may make or take away anything, or what it speaks of.
#[derive(Debug)]
pub(super) struct Unread {
    /// In lower case; none if it says nothing of what it does.
    pub(super) words: Option<String>,
    pub(super) names: Names,
    pub(super) verb: Verb,
}

/// Whether the words say what is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Known,
    /// A statement begins with a word that means nothing.
    Unknown,
}

/// Whether the words name whatever they speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    All,
    Some,
}

impl Unread {
    pub(super) fn new(text: &str, span: Span, step: &Step<'_>) -> Unread {
        let is_dynamic = !step.around.is_empty() || step.outer.span != span;
        if !is_dynamic {
            let verb = match step.tokens.first().map(|token| token.kind) {
                Some(TokenKind::Ident) => Verb::Unknown,
                _ => Verb::Known,
            };
            return Unread { words: Some(text[span].to_lowercase()), names: Names::All, verb };
        }
        let strings: Vec<String> = step.tokens.iter().filter_map(|token| string(text, token)).collect();
        let words = match strings.is_empty() {
            false => Some(strings.join(" ")),
            // Variables alone say nothing; a statement that does not parse does.
            true => matches!(step.tokens, [Token { kind: TokenKind::Keyword(_), .. }, _, ..]).then(|| text[span].to_owned()),
        };
        Unread { words: words.map(|words| words.to_lowercase()), names: Names::Some, verb: Verb::Known }
    }

    /// Whether it may do what `turn` says to what `event` is about: the words for that, and the kind or the name of the object, stand in it.
    pub(super) fn may_touch(&self, event: &Event, turn: Turn) -> bool {
        let Some(words) = &self.words else { return true };
        let verbs: &[&str] = match (turn, &event.subject) {
            (Turn::Goes | Turn::Leaves, Subject::Rows(_)) => &["delete", "truncate", "drop"],
            (Turn::Goes | Turn::Leaves, _) => &["drop", "rename", "detach"],
            (Turn::Comes | Turn::Replaces, _) => &["create", "add", "rename", "attach"],
        };
        let kind = match event.kind {
            Kind::Object(kind) => kind.sql().to_lowercase(),
            _ => String::new(),
        };
        let named = [event.name(), event.of()].into_iter().flatten().any(|name| has_word(words, &name.to_lowercase()));
        let wide = ["table", "schema", "owned"].iter().any(|word| words.contains(word));
        let may_do = self.verb == Verb::Unknown || verbs.iter().any(|verb| words.contains(verb));
        may_do && (named || self.names == Names::Some && (words.contains(&kind) || wide))
    }
}

/// Whether `name` stands in `words` as a whole.
fn has_word(words: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    words.match_indices(name).any(|(at, _)| {
        let (before, after) = (&words[..at], &words[at + name.len()..]);
        !before.chars().next_back().is_some_and(is_part) && !after.chars().next().is_some_and(is_part)
    })
}

fn string(text: &str, token: &Token) -> Option<String> {
    use TokenKind::{DollarString, EscapeString, String, UnicodeString};
    matches!(token.kind, String | EscapeString | DollarString | UnicodeString).then(|| literal::value(text, token.span).into_owned())
}
