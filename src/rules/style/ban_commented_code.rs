//! `ban-commented-code`: no statement is left in a comment.

use crate::diagnostic::Severity;
use crate::migration::commented_out;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::Script;
use crate::syntax::tree::Node;
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct BanCommentedCode;

static META: Meta = Meta {
    id: "ban-commented-code",
    group: Group::Style,
    severity: Severity::Info,
    on: On::Selected,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-commented-code.md"),
};

impl Rule for BanCommentedCode {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let end = cx.sections.marker.map_or(u32::MAX, |marker| marker.start);
        let text = cx.text();
        let statements = commented_out(text, &cx.up.script);
        for span in statements.into_iter().filter(|span| span.start < end && does_something(text, *span)) {
            let message = "a statement is commented out, and nobody knows whether it is meant";
            out.push(cx.finding(span, message).help("take it out; the history of the file keeps it"));
        }
    }
}

/// Whether a text is a statement that changes something; a query may well explain how to look at the result.
fn does_something(text: &str, span: Span) -> bool {
    let line: String = text[span].lines().map(|line| line.trim_start_matches([' ', '\t', '*', '-'])).collect::<Vec<_>>().join("\n");
    let script = Script::parse(&line, Span::new(0, line.len() as u32));
    script.statements.iter().any(|statement| statement.node().is_some_and(|node| !matches!(node, Node::Select(_))))
}
