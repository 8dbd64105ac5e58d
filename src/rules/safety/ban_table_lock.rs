//! `ban-table-lock`: no table that is in use is locked against others by hand.

use crate::diagnostic::Severity;
use crate::rules::change::changes;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::Node;

/// The rule.
#[derive(Debug)]
pub struct BanTableLock;

static META: Meta = Meta {
    id: "ban-table-lock",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-table-lock.md"),
};

impl Rule for BanTableLock {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            if !matches!(change.node(), Node::Lock(_)) {
                continue;
            }
            for table in change.subjects().filter(|table| table.mode.blocks_writes()) {
                let whom = if table.mode.blocks_reads() { "using" } else { "writing to" };
                let message =
                    format!("this keeps everybody from {whom} `{}` until the transaction ends ({})", table.shown, table.mode.sql());
                let finding = change.told_of(&table, change.finding(table.named, message));
                out.push(finding.help("statements take the locks that they need by themselves: take it out, or say what it is for"));
            }
        }
    }
}
