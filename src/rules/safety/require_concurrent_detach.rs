//! `require-concurrent-detach`: a partition leaves a table that is in use without waiting in front of everybody else.

use super::concurrency;
use crate::catalog::Catalog;
use crate::catalog::model::PartitionBound;
use crate::diagnostic::Severity;
use crate::postgres::detaches_concurrently;
use crate::rules::change::{Existing, each_action};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, Detach};

/// The rule.
#[derive(Debug)]
pub struct RequireConcurrentDetach;

static META: Meta = Meta {
    id: "require-concurrent-detach",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &["require-concurrent-partition-detach"],
    options: &[],
    page: include_str!("../../../rules/require-concurrent-detach.md"),
};

impl Rule for RequireConcurrentDetach {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| {
            let AlterActionKind::DetachPartition(_, Detach::AtOnce) = action.kind else { return };
            if !detaches_concurrently(cx.target) || has_default(change.before(), table) {
                return;
            }
            let message = format!("detaching a partition waits for all who use `{}`, and lets nobody else in meanwhile", table.shown);
            let finding = change.told_of(table, change.finding(action.span, message));
            let fix = concurrency::fix(cx, &change, action.span.end);
            out.push(finding.help(concurrency::advice(cx, &change, "DETACH PARTITION … CONCURRENTLY")).fix(fix));
        });
    }
}

/// Whether a table has a default partition, as far as is known: PostgreSQL detaches nothing concurrently then (PostgreSQL 15, ALTER TABLE).
fn has_default(catalog: &Catalog, table: &Existing<'_>) -> bool {
    catalog
        .objects()
        .filter_map(|(_, object)| object.relation())
        .any(|other| other.parents.contains(&table.oid) && matches!(other.partition_bound, Some(PartitionBound::Default)))
}
