//! `avoid-trigger-lock`: no trigger is made or dropped on a table that is in use without a word about it.

use crate::diagnostic::Severity;
use crate::rules::change::changes;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Node, ObjectKind};

/// The rule.
#[derive(Debug)]
pub struct AvoidTriggerLock;

static META: Meta = Meta {
    id: "avoid-trigger-lock",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/avoid-trigger-lock.md"),
};

impl Rule for AvoidTriggerLock {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let place = match change.node() {
                Node::CreateTrigger(create) => create.table.span(),
                Node::Drop(drop) if drop.kind == ObjectKind::Trigger => drop.span,
                _ => continue,
            };
            let Some(table) = change.table() else { continue };
            let whom = if table.mode.blocks_reads() { "use" } else { "write to" };
            let message = format!("nobody can {whom} `{}` until the transaction ends ({})", table.shown, table.mode.sql());
            out.push(change.told_of(&table, change.finding(place, message)).help(HELP));
        }
    }
}

const HELP: &str = "let it stand in a migration of its own, with a `lock_timeout`";
