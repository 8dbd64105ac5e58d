//! `ban-unknown-suppression`: a comment that allows what does not exist, or is not written as a suppression is.

use crate::config::nearest;
use crate::diagnostic::Severity;
use crate::migration::Scope;
use crate::rules::{self, About, Findings, Group, Meta, On, RULES, Rule, SuppressionContext};

/// The rule.
#[derive(Debug)]
pub struct BanUnknownSuppression;

static META: Meta = Meta {
    id: "ban-unknown-suppression",
    group: Group::Suppression,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-unknown-suppression.md"),
};

impl Rule for BanUnknownSuppression {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_suppression(&self, cx: &SuppressionContext<'_>, out: &mut Findings) {
        const FORM: &str = "write `-- migration-lint: allow(rule, rule): reason`, or `allow-file(…)` for the whole file";
        let suppression = cx.suppression;
        if suppression.scope == Scope::Malformed {
            out.push(cx.finding(suppression.span, "this comment is not written as a suppression is").help(FORM));
        } else if suppression.rules.is_empty() {
            out.push(cx.finding(suppression.span, "this suppression names no rule").help(FORM));
        }
        for &span in &suppression.rules {
            let name = &cx.source.text()[span];
            if rules::find(name).is_none() {
                out.push(cx.finding(span, format!("there is no rule `{name}` to allow")).help(advice(name)));
            }
        }
    }
}

/// What was probably meant by a name that is no rule's.
fn advice(name: &str) -> String {
    if Group::ALL.iter().any(|group| group.id() == name) {
        return format!("`{name}` is a group: name the rules of it that are meant");
    }
    match nearest(name, RULES.iter().map(|rule| rule.meta().id)) {
        Some(id) => format!("did you mean `{id}`?"),
        None => "`migration-lint rules` lists them all".to_owned(),
    }
}
