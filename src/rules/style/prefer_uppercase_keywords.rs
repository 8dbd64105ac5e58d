//! `prefer-uppercase-keywords`: keywords are written in capitals.

use crate::diagnostic::Applicability;
use crate::diagnostic::Severity;
use crate::rules::places::with_places;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::lexer::{Category, Keyword, Token, TokenKind};
use crate::text::{Edit, Span};

/// The rule.
#[derive(Debug)]
pub struct PreferUppercaseKeywords;

static META: Meta = Meta {
    id: "prefer-uppercase-keywords",
    group: Group::Style,
    severity: Severity::Info,
    on: On::Selected,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/prefer-uppercase-keywords.md"),
};

impl Rule for PreferUppercaseKeywords {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let text = cx.text();
        let mut small: Vec<Span> = Vec::new();
        for statement in cx.up.script.statements.iter().filter(|statement| statement.node().is_some()) {
            let tokens = cx.up.script.tokens_of(statement);
            let head = head(tokens);
            let is_keyword = |at: &usize| *at < head || is_reserved(tokens, *at);
            let spans = (0..tokens.len()).filter(is_keyword).map(|at| tokens[at].span);
            small.extend(spans.filter(|span| text[*span].bytes().any(|byte| byte.is_ascii_lowercase())));
        }
        let Some(first) = small.first() else { return };
        let message = match small.len() {
            1 => format!("keyword `{}` is written in small letters", &text[*first]),
            count => format!("{count} keywords are written in small letters"),
        };
        let edits = small.iter().map(|span| Edit::replacement(*span, text[*span].to_ascii_uppercase())).collect();
        let fix = cx.fix(Applicability::Safe, "write keywords in capitals", edits);
        out.push(with_places(cx, cx.finding(*first, message), &small, "and here").fix(fix));
    }
}

/// How many tokens a statement begins with that are keywords for certain: `CREATE OR REPLACE FUNCTION`, `DROP INDEX IF EXISTS`.
fn head(tokens: &[Token]) -> usize {
    const KINDS: [Keyword; 21] = [
        Keyword::Select,
        Keyword::From,
        Keyword::On,
        Keyword::Table,
        Keyword::Index,
        Keyword::View,
        Keyword::Sequence,
        Keyword::Type,
        Keyword::Domain,
        Keyword::Function,
        Keyword::Procedure,
        Keyword::Aggregate,
        Keyword::Schema,
        Keyword::Extension,
        Keyword::Role,
        Keyword::Trigger,
        Keyword::Policy,
        Keyword::Rule,
        Keyword::Into,
        Keyword::Update,
        Keyword::Set,
    ];
    const BEHIND: [Keyword; 5] = [Keyword::If, Keyword::Not, Keyword::Exists, Keyword::Concurrently, Keyword::Only];
    let mut named = false;
    let is_head = |token: &&Token| {
        let TokenKind::Keyword(keyword) = token.kind else { return false };
        let counts = !named || BEHIND.contains(&keyword);
        named |= KINDS.contains(&keyword);
        counts
    };
    tokens.iter().take_while(is_head).count()
}

/// Whether a token is a word that can be no name: a reserved one, unless it is a label, or a part of a name.
fn is_reserved(tokens: &[Token], at: usize) -> bool {
    let TokenKind::Keyword(keyword) = tokens[at].kind else { return false };
    let before = at.checked_sub(1).map(|before| tokens[before].kind);
    let is_label = matches!(before, Some(TokenKind::Dot | TokenKind::Keyword(Keyword::As)));
    let is_part = match keyword {
        Keyword::Key => matches!(before, Some(TokenKind::Keyword(Keyword::Primary | Keyword::Foreign))),
        Keyword::By => matches!(before, Some(TokenKind::Keyword(Keyword::Order | Keyword::Group | Keyword::Partition))),
        keyword => keyword.category() == Category::Reserved,
    };
    // `timestamp with time zone` is a type.
    let is_of_type = keyword == Keyword::With && tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Keyword(Keyword::Time));
    is_part && !is_label && !is_of_type
}
