//! `require-partition-check`: a table that becomes a partition is not read for that.

use crate::catalog::Catalog;
use crate::catalog::impact::is_checked_not_null;
use crate::catalog::model::{ConstraintKind, KeySubject};
use crate::diagnostic::Severity;
use crate::rules::change::{Existing, each_action};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::AlterActionKind;

/// The rule.
#[derive(Debug)]
pub struct RequirePartitionCheck;

static META: Meta = Meta {
    id: "require-partition-check",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-partition-check.md"),
};

impl Rule for RequirePartitionCheck {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| {
            let AlterActionKind::AttachPartition(attach) = &action.kind else { return };
            let is_meant = |partition: &Existing<'_>| partition.named == attach.partition.span() && partition.may_be_table();
            let Some(partition) = change.others().find(is_meant) else { return };
            if partition.is_truncated() || is_checked(change.before(), table, &partition, change.written(action.span)) {
                return;
            }
            let message = format!("this reads all of `{}`, and nobody can use the table meanwhile", partition.shown);
            out.push(change.told_of(&partition, change.finding(attach.partition.span(), message)).help(HELP));
        });
    }
}

const HELP: &str =
    "first add a CHECK that says the same as the partition's bound, `NOT VALID`, and validate it in a later migration; drop it afterwards";

/// Whether a CHECK of the partition is about what the table is partitioned by, and no row has null there unless the bound lets it: what PostgreSQL
/// then takes for the bound only PostgreSQL knows.
fn is_checked(catalog: &Catalog, table: &Existing<'_>, partition: &Existing<'_>, written: &str) -> bool {
    let takes_null = written.to_ascii_lowercase().contains("null");
    let keys = table.relation.partitioned.iter().flat_map(|partitioned| &partitioned.keys);
    let columns: Vec<_> = keys
        .filter_map(|key| match &key.subject {
            KeySubject::Column(number) => table.relation.column_at(*number),
            KeySubject::Expression(_) => None,
        })
        .collect();
    let has_value = |name: &str| {
        let is_not_null = partition.relation.column(name).is_some_and(|column| column.not_null);
        is_not_null || is_checked_not_null(catalog, partition.oid, name)
    };
    let is_about_keys = catalog.constraints(partition.oid).any(|(_, constraint)| {
        let names = || constraint.columns.iter().filter_map(|number| partition.relation.column_at(*number)).map(|column| &column.name);
        let is_check = matches!(constraint.kind, ConstraintKind::Check(_)) && constraint.validated && constraint.enforced;
        is_check && columns.iter().all(|key| names().any(|name| *name == key.name))
    });
    is_about_keys && (takes_null || columns.iter().all(|key| has_value(&key.name)))
}
