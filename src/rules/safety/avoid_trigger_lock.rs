//! `avoid-trigger-lock`: no trigger is made, changed or dropped on a table that is in use without a word about it.

use crate::catalog::{Class, Oid};
use crate::diagnostic::{Diagnostic, Severity};
use crate::postgres::LockMode;
use crate::rules::change::{Change, Existing, changes};
use crate::rules::places::listed;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, Node, ObjectKind};

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
                Node::Drop(_) => {
                    out.extend(of_cascade(&change));
                    continue;
                }
                Node::Rename(rename) if rename.object.kind == ObjectKind::Trigger => rename.span,
                Node::AlterTable(alter) => match alter.actions.iter().find(|action| matches!(action.kind, AlterActionKind::Trigger(..))) {
                    Some(action) => action.span,
                    None => continue,
                },
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

/// What DROP … CASCADE of a function locks because triggers go with it.
fn of_cascade(change: &Change<'_>) -> Option<Diagnostic> {
    let Node::Drop(drop) = change.node() else { return None };
    let after = change.after().filter(|_| matches!(drop.kind, ObjectKind::Function | ObjectKind::Routine))?;
    let gone = change.before().objects().filter(|(oid, object)| object.body.class() == Class::Trigger && after.get(*oid).is_none());
    let mut tables: Vec<Oid> = gone.filter_map(|(_, trigger)| trigger.of).collect();
    tables.sort();
    tables.dedup();
    let tables = tables.into_iter().filter_map(|table| change.existing(table, LockMode::AccessExclusive, drop.span));
    let tables: Vec<Existing<'_>> = tables.filter(Existing::may_be_table).collect();
    let first = tables.first()?;
    let shown = listed(tables.iter().map(|table| &table.shown));
    let message = format!("nobody can use {shown} until the transaction ends ({}): triggers go with it", first.mode.sql());
    let finding = change.finding(drop.span, message).help(HELP);
    Some(tables.iter().fold(finding, |finding, table| change.told_of(table, finding)))
}
