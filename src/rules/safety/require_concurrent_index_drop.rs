//! `require-concurrent-index-drop`: an index of a table that is in use is dropped without waiting in front of everybody else.

use super::concurrency;
use crate::diagnostic::{Diagnostic, Severity};
use crate::postgres::LockMode;
use crate::rules::change::{Change, changes};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Behavior, Drop, Guard, Node, ObjectKind};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct RequireConcurrentIndexDrop;

static META: Meta = Meta {
    id: "require-concurrent-index-drop",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &["require-concurrent-index-deletion"],
    options: &[],
    page: include_str!("../../../rules/require-concurrent-index-drop.md"),
};

impl Rule for RequireConcurrentIndexDrop {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            if let Node::Drop(drop) = change.node() {
                out.extend(found(cx, &change, drop));
            }
        }
    }
}

fn found(cx: &MigrationContext<'_>, change: &Change<'_>, drop: &Drop) -> Option<Diagnostic> {
    if drop.kind != ObjectKind::Index || drop.concurrently.is_some() {
        return None;
    }
    let dropped = change.indexes().find_map(|index| {
        let Some(of) = index.relation.index() else { return Some((index, None)) };
        let table = change.existing(of.table, LockMode::AccessExclusive, index.named)?;
        // The index of a partitioned table, or a part of it, can't be dropped concurrently.
        (!table.is_partitioned() && of.parent.is_none()).then_some((index, Some(table)))
    });
    let (index, table) = dropped?;
    // Of a table that goes in the end, ban-drop-table speaks.
    if table.as_ref().is_some_and(|table| change.end().get(table.oid).is_none()) {
        return None;
    }
    let at = match drop.guard {
        Guard::Written(span) => span.start,
        Guard::Absent(at) => at,
    };
    let table = table.map_or_else(|| "its table".to_owned(), |table| format!("`{}`", table.shown));
    let message = format!("dropping `{}` waits for all who use {table}, and lets nobody else in meanwhile", index.shown);
    let place = Span::new(drop.span.start, drop.span.start + change.written(Span::new(drop.span.start, at)).trim_end().len() as u32);
    let finding = change.finding(place, message);
    let is_alone = drop.objects.len() == 1 && !matches!(drop.behavior, Some(Behavior::Cascade(_)));
    let fix = if is_alone { concurrency::fix(cx, change, place.end) } else { None };
    let advice = match is_alone {
        true => concurrency::advice(cx, change, "DROP INDEX CONCURRENTLY"),
        false => "write one `DROP INDEX CONCURRENTLY` for each index, without `CASCADE`, in no transaction".to_owned(),
    };
    Some(finding.help(advice).fix(fix))
}
