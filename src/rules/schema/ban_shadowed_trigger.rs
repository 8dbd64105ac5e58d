//! `ban-shadowed-trigger`: nothing is made on a table called `if`.

use crate::diagnostic::Severity;
use crate::postgres::StepKind;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::Node;

use super::is_known_to_fail;

/// The rule.
#[derive(Debug)]
pub struct BanShadowedTrigger;

static META: Meta = Meta {
    id: "ban-shadowed-trigger",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-shadowed-trigger.md"),
};

impl Rule for BanShadowedTrigger {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        if cx.creations.first("trigger", "if").is_some() {
            return;
        }
        cx.walk(&mut |step| {
            let (what, table) = match step.kind {
                StepKind::Statement(Node::CreateTrigger(create)) => ("trigger", create.table),
                StepKind::Statement(Node::CreatePolicy(create)) => ("policy", create.table),
                StepKind::Statement(Node::CreateIndex(create)) => ("index", create.table.name),
                _ => return,
            };
            if table.object.text(cx.text()).eq_ignore_ascii_case("if") && !is_known_to_fail(cx, step.outer.span) {
                let finding = cx.finding(table.span(), format!("to PostgreSQL this {what} is on a table called `if`"));
                out.push(finding.help("write the table's name: there is no IF EXISTS here"));
            }
        });
    }
}
