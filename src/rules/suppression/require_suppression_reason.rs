//! `require-suppression-reason`: a comment that allows something says why.

use crate::diagnostic::Severity;
use crate::migration::Scope;
use crate::rules::{About, Findings, Group, Meta, On, Rule, SuppressionContext};

/// The rule.
#[derive(Debug)]
pub struct RequireSuppressionReason;

static META: Meta = Meta {
    id: "require-suppression-reason",
    group: Group::Suppression,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-suppression-reason.md"),
};

impl Rule for RequireSuppressionReason {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_suppression(&self, cx: &SuppressionContext<'_>, out: &mut Findings) {
        let suppression = cx.suppression;
        if suppression.scope != Scope::Malformed && suppression.reason.is_none() {
            let finding = cx.finding(suppression.span, "this suppression does not say why");
            out.push(finding.labelled("no reason").help("write the reason after a colon: `-- migration-lint: allow(rule): reason`"));
        }
    }
}
