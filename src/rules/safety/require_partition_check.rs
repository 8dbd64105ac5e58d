//! `require-partition-check`: a table that becomes a partition is not read for that.

use crate::catalog::Catalog;
use crate::catalog::impact::is_checked_not_null;
use crate::catalog::model::{ConstraintKind, KeySubject};
use crate::diagnostic::Severity;
use crate::rules::change::{Existing, each_action};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, Expr, PartitionBound, PartitionBoundKind, PartitionStrategy};

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
            let takes = taken(attach.bound.as_ref(), table, change.text());
            let is_first_default = is_default(attach.bound.as_ref()) && change.before().children(table.oid).is_empty();
            if partition.is_truncated() || is_first_default || is_checked(change.before(), table, &partition, takes) {
                return;
            }
            let message = format!("this reads all of `{}`, and nobody can use the table meanwhile", partition.shown);
            out.push(change.told_of(&partition, change.finding(attach.partition.span(), message)).help(HELP));
        });
    }
}

const HELP: &str =
    "first add a CHECK that says the same as the partition's bound, `NOT VALID`, and validate it in a later migration; drop it afterwards";

/// Whether a bound lets rows in whose key is null.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nulls {
    Taken,
    Refused,
}

fn is_default(bound: Option<&PartitionBound>) -> bool {
    bound.is_some_and(|bound| matches!(bound.kind, PartitionBoundKind::Default))
}

/// What becomes of nulls in a partition of `table`: a list takes those that it names, and the default of lists those that no other takes.
fn taken(bound: Option<&PartitionBound>, table: &Existing<'_>, text: &str) -> Nulls {
    let is_of_lists = table.relation.partitioned.as_ref().is_some_and(|by| by.strategy == PartitionStrategy::List);
    let is_null = |value: &Expr| text[value.span].trim().eq_ignore_ascii_case("null");
    let is_taken = bound.is_some_and(|bound| match &bound.kind {
        PartitionBoundKind::Default => is_of_lists,
        PartitionBoundKind::List(values) => values.iter().any(is_null),
        PartitionBoundKind::Range(..) | PartitionBoundKind::Hash(_) => false,
    });
    if is_taken { Nulls::Taken } else { Nulls::Refused }
}

/// Whether CHECKs of the partition are about what the table is partitioned by, and no row has null there unless the bound lets it: what PostgreSQL
/// then takes for the bound only PostgreSQL knows.
fn is_checked(catalog: &Catalog, table: &Existing<'_>, partition: &Existing<'_>, takes: Nulls) -> bool {
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
    let checks = catalog.constraints(partition.oid).map(|(_, constraint)| constraint);
    let checks = checks.filter(|one| matches!(one.kind, ConstraintKind::Check(_)) && one.validated && one.enforced);
    let numbers = checks.flat_map(|check| &check.columns);
    let checked: Vec<_> = numbers.filter_map(|number| partition.relation.column_at(*number)).map(|column| &column.name).collect();
    let is_about_keys = !checked.is_empty() && columns.iter().all(|key| checked.contains(&&key.name));
    is_about_keys && (takes == Nulls::Taken || columns.iter().all(|key| has_value(&key.name)))
}
