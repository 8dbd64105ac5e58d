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
        let mut found = Findings::new();
        cx.walk(&mut |step| {
            let (what, table) = match step.kind {
                StepKind::Statement(Node::CreateTrigger(create)) => ("trigger", create.table),
                StepKind::Statement(Node::CreatePolicy(create)) => ("policy", create.table),
                StepKind::Statement(Node::CreateIndex(create)) => ("index", create.table.name),
                _ => return,
            };
            if table.object.text(cx.text()).eq_ignore_ascii_case("if") && !is_known_to_fail(cx, step.outer.span) {
                let finding = cx.finding(table.span(), format!("to PostgreSQL this {what} is on a table called `if`"));
                found.push(finding.help("write the table's name: there is no IF EXISTS here"));
            }
        });
        // Where some file makes a trigger called `if`, they know what they write. That is asked of all files, and so only at last.
        if !found.is_empty() && cx.creations.first("trigger", "if").is_none() {
            out.append(&mut found);
        }
    }
}
