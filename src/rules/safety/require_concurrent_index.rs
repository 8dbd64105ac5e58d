//! `require-concurrent-index`: an index on a table that is in use is built without keeping writers waiting.

use super::concurrency;
use crate::catalog::Class;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::change::{Change, changes};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{CreateIndex, Node};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct RequireConcurrentIndex;

static META: Meta = Meta {
    id: "require-concurrent-index",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &["require-concurrent-index-creation"],
    options: &[],
    page: include_str!("../../../rules/require-concurrent-index.md"),
};

impl Rule for RequireConcurrentIndex {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            if let Node::CreateIndex(create) = change.node() {
                out.extend(found(cx, &change, create));
            }
        }
    }
}

fn found(cx: &MigrationContext<'_>, change: &Change<'_>, create: &CreateIndex) -> Option<Diagnostic> {
    let table = change.subject()?;
    // Of a partitioned table no index can be built concurrently; a view has none.
    if create.concurrently.is_some() || !table.has_rows() || table.is_truncated() || table.is_partitioned_with(create.table.only) {
        return None;
    }
    let is_there = |name: &str| create.guard.is_written() && change.before().part(table.oid, Class::Relation, name).is_some();
    if create.name.is_some_and(|name| is_there(&change.name(name))) {
        return None;
    }
    let words = change.written(Span::new(create.span.start, create.concurrently_at)).trim_end().len() as u32;
    let place = Span::new(create.span.start, create.span.start + words);
    let shown = &table.shown;
    let finding = change.finding(place, format!("building this index keeps everybody from writing to `{shown}` until it is done"));
    let finding = change.told_of(&table, finding);
    Some(finding.help(concurrency::advice(cx, change, "CREATE INDEX CONCURRENTLY")).fix(concurrency::fix(cx, change, place.end)))
}
