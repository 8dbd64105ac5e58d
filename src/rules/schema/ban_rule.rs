//! `ban-rule`: no rule rewrites what is asked of a table.

use crate::catalog::Body;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

/// The rule.
#[derive(Debug)]
pub struct BanRule;

static META: Meta = Meta {
    id: "ban-rule",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-rule.md"),
};

impl Rule for BanRule {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for (_, object) in cx.objects() {
            let Body::Rule(rule) = &object.body else { continue };
            let Some(of) = object.of.filter(|_| object.extension.is_none()) else { continue };
            let message = format!("rule `{}` rewrites every {} on `{}`", object.name, rule.event, cx.shown(of));
            let finding = cx.finding_at(object.origin, message);
            out.extend(finding.map(|finding| finding.help("write a trigger")));
        }
    }
}
