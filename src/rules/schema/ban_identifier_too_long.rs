//! `ban-identifier-too-long`: no name is cut off.

use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::lexer::{Keyword, Token, TokenKind};
use crate::syntax::tree::Ident;

/// The rule.
#[derive(Debug)]
pub struct BanIdentifierTooLong;

static META: Meta = Meta {
    id: "ban-identifier-too-long",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &["identifier-too-long"],
    options: &[],
    page: include_str!("../../../rules/ban-identifier-too-long.md"),
};

impl Rule for BanIdentifierTooLong {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let mut told = BTreeSet::new();
        cx.walk(&mut |step| {
            for (at, token) in step.tokens.iter().enumerate().filter(|(_, token)| is_too_long(token, &cx.text()[token.span])) {
                let name = Ident { span: token.span };
                let kept = name.value(cx.text()).into_owned();
                // Where it was made there is a finding already.
                if name.is_template(cx.text())
                    || cx.creations.is_older(cx.migration, &kept)
                    || is_dropped(&step.tokens[..at])
                    || !told.insert(kept.clone())
                {
                    continue;
                }
                let length = cx.text()[token.span].trim_matches('"').len();
                let message = format!("this name has {length} bytes, and PostgreSQL keeps {MAX} of them: `{kept}`");
                out.push(cx.finding(token.span, message).help("take a shorter one"));
            }
        });
    }
}

/// How many bytes of a name PostgreSQL keeps (PostgreSQL 15, 4.1.1).
const MAX: usize = 63;

fn is_too_long(token: &Token, text: &str) -> bool {
    let length = match token.kind {
        TokenKind::Ident => text.len(),
        TokenKind::QuotedIdent => text.trim_matches('"').replace("\"\"", "\"").len(),
        _ => return false,
    };
    length > MAX
}

/// Whether what stands behind these tokens goes: PostgreSQL itself may have made its name, and then has cut it off too.
fn is_dropped(before: &[Token]) -> bool {
    const VERBS: [Keyword; 6] = [Keyword::Create, Keyword::Add, Keyword::Drop, Keyword::Alter, Keyword::To, Keyword::Comment];
    let verb = before.iter().rev().find_map(|token| VERBS.into_iter().find(|verb| token.kind == TokenKind::Keyword(*verb)));
    verb == Some(Keyword::Drop)
}
