//! `ban-double-backslash-pattern`: a pattern has single backslashes.

use crate::diagnostic::Applicability;
use crate::diagnostic::Severity;
use crate::rules::doctrine::RequireBartonIdFormat;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::lexer::{Keyword, Mode, Token, TokenKind, lex};
use crate::text::{Edit, Span};

/// The rule.
#[derive(Debug)]
pub struct BanDoubleBackslashPattern;

static META: Meta = Meta {
    id: "ban-double-backslash-pattern",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-double-backslash-pattern.md"),
};

impl Rule for BanDoubleBackslashPattern {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        // With this setting off, a backslash escapes the next one after all.
        if cx.text().contains("standard_conforming_strings") {
            return;
        }
        let bodies = cx.up.script.tokens.iter().filter(|token| token.kind == TokenKind::DollarString);
        let bodies: Vec<Vec<Token>> = bodies.map(|body| lex(cx.text(), inside(cx.text(), body.span), Mode::Body).tokens).collect();
        for tokens in bodies.iter().chain([&cx.up.script.tokens]) {
            for pair in tokens.windows(2).filter(|pair| matches(cx.text(), pair)) {
                let span = pair[1].span;
                let Some(mended) = mended(&cx.text()[span]).filter(|_| !is_told_elsewhere(cx, span)) else { continue };
                let finding = cx.finding(span, "`\\\\` in this pattern stands for one backslash in the text, and not for an escape");
                let fix = cx.fix(Applicability::Unsafe, "write single backslashes", vec![Edit::replacement(span, mended.clone())]);
                out.push(finding.help(format!("write `{mended}`")).fix(fix));
            }
        }
    }
}

/// The bytes between the tags of a dollar-quoted string.
fn inside(text: &str, string: Span) -> Span {
    let tag = text[string][1..].find('$').map_or(1, |end| end + 2) as u32;
    Span::new(string.start + tag, (string.end - tag).max(string.start + tag))
}

/// Whether the second of two tokens is a constant, without escapes of its own, that is read as a regular expression.
fn matches(text: &str, pair: &[Token]) -> bool {
    let is_match = match pair[0].kind {
        TokenKind::Operator => matches!(&text[pair[0].span], "~" | "~*" | "!~" | "!~*"),
        kind => kind == TokenKind::Keyword(Keyword::To),
    };
    is_match && pair[1].kind == TokenKind::String
}

/// The constant with single backslashes before what they are meant to escape; nothing if there are no doubled ones.
fn mended(constant: &str) -> Option<String> {
    const ESCAPED: &str = ".dDwWsSbBmMyYAZ()[]{}*+?|^$/-";
    let mut mended = String::with_capacity(constant.len());
    let mut rest = constant;
    while let Some(at) = rest.find("\\\\") {
        let behind = &rest[at + 2..];
        let is_escape = behind.starts_with(|c: char| ESCAPED.contains(c));
        mended.push_str(&rest[..at]);
        mended.push_str(if is_escape { "\\" } else { "\\\\" });
        rest = behind;
    }
    mended.push_str(rest);
    (mended != constant).then_some(mended)
}

/// Whether it looks like the form of an id, of which `require-barton-id-format` tells.
fn is_told_elsewhere(cx: &MigrationContext<'_>, constant: Span) -> bool {
    let pattern = cx.text()[constant].trim_matches('\'').trim_start_matches('^');
    let begins_with_digits = pattern.split("\\\\.").take(2).all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
    begins_with_digits && cx.runs(&RequireBartonIdFormat)
}
