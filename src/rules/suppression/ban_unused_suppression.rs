//! `ban-unused-suppression`: a comment that allows what nobody found.

use crate::diagnostic::Severity;
use crate::rules::{self, About, Findings, Group, Meta, On, Rule, SuppressionContext};

/// The rule.
#[derive(Debug)]
pub struct BanUnusedSuppression;

static META: Meta = Meta {
    id: "ban-unused-suppression",
    group: Group::Suppression,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-unused-suppression.md"),
};

impl Rule for BanUnusedSuppression {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_suppression(&self, cx: &SuppressionContext<'_>, out: &mut Findings) {
        for (index, &span) in cx.suppression.rules.iter().enumerate() {
            let name = &cx.source.text()[span];
            // A rule that did not run found nothing to allow, which says nothing of the comment.
            if rules::find(name).is_some() && cx.ran[index] && !cx.used[index] {
                let finding = cx.finding(span, format!("`{name}` finds nothing here to allow"));
                out.push(finding.help("take the rule out of the comment, or the comment out of the file"));
            }
        }
    }
}
