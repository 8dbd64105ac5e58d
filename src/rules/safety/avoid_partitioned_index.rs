//! `avoid-partitioned-index`: the index of a partitioned table is built on one partition after the other, and not on all of them at once.

use crate::catalog::Oid;
use crate::diagnostic::{Diagnostic, Severity};
use crate::postgres::LockMode;
use crate::rules::change::{Change, Existing, changes};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{CreateIndex, Node};

/// The rule.
#[derive(Debug)]
pub struct AvoidPartitionedIndex;

static META: Meta = Meta {
    id: "avoid-partitioned-index",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/avoid-partitioned-index.md"),
};

impl Rule for AvoidPartitionedIndex {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            if let Node::CreateIndex(create) = change.node() {
                out.extend(found(&change, create));
            }
        }
    }
}

fn found(change: &Change<'_>, create: &CreateIndex) -> Option<Diagnostic> {
    let table = change.subject().filter(|table| table.is_partitioned() && !table.is_truncated())?;
    if !is_built(change, create, &table) {
        return None;
    }
    let shown = &table.shown;
    let message =
        format!("building this index keeps everybody from writing to `{shown}` and all its partitions until it is done with the last");
    let name = create.name.map_or_else(|| "it, with a name,".to_owned(), |name| format!("`{}`", change.name(name)));
    let help = format!(
        "create {name} `ON ONLY {shown}`; then, in no transaction, build one on each partition with `CREATE INDEX CONCURRENTLY`, and attach each by itself: \
         `ALTER INDEX … ATTACH PARTITION …`"
    );
    Some(change.told_of(&table, change.finding(create.table.name.span(), message)).help(help))
}

/// Whether rows are read that were there before the migration: an index that a partition has already is taken for its part. What has no partition that
/// was there before is taken to have some that no file makes, and so is what no file makes itself.
fn is_built(change: &Change<'_>, create: &CreateIndex, table: &Existing<'_>) -> bool {
    // What is refused builds nothing.
    if create.table.only.is_some() || create.concurrently.is_some() {
        return false;
    }
    let (Some(after), before) = (change.after(), change.before()) else { return false };
    let new = after.objects().filter(|(oid, _)| before.get(*oid).is_none());
    let mut tables = new.filter_map(|(_, object)| Some(object.relation()?.index()?.table)).peekable();
    if tables.peek().is_none() {
        return false;
    }
    let existing = |oid: Oid| change.existing(oid, LockMode::Share, create.span);
    let has_partitions = |oid: Oid| before.children(oid).into_iter().any(|child| existing(child).is_some());
    let is_read = |partition: Existing<'_>| partition.has_rows() && !(partition.is_partitioned() && has_partitions(partition.oid));
    table.is_assumed() || !has_partitions(table.oid) || tables.filter_map(existing).any(is_read)
}
