//! `require-partition-check`: neither a table that becomes a partition nor the default partition is read for that.

use std::sync::Arc;

use crate::catalog::impact::{is_checked_not_null, refuses};
use crate::catalog::model::{Column, ConstraintKind, KeySubject, PartitionBound as Bound, TypeId};
use crate::catalog::{Catalog, Name, Oid, Standing};
use crate::diagnostic::{Diagnostic, Severity};
use crate::postgres::LockMode;
use crate::rules::change::{Change, Existing, changes};
use crate::rules::places::listed;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, AlteredKind, Attach, Expr, Node, PartitionBound, PartitionBoundKind, TableForm};

/// The rule.
#[derive(Debug)]
pub struct RequirePartitionCheck;

static META: Meta = Meta {
    id: "require-partition-check",
    group: Group::Safety,
    severity: Severity::Error,
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
        for change in changes(cx) {
            match change.node() {
                Node::AlterTable(alter) if alter.kind != AlteredKind::Index => {
                    for action in &alter.actions {
                        if let AlterActionKind::AttachPartition(attach) = &action.kind {
                            out.extend(of_partition(&change, attach));
                            out.extend(attach.bound.as_ref().and_then(|bound| of_default(cx, &change, bound)));
                        }
                    }
                }
                Node::CreateTable(create) => {
                    if let TableForm::Partition(of) = &create.form {
                        out.extend(of_default(cx, &change, &of.bound));
                    }
                }
                _ => {}
            }
        }
    }
}

/// What is attached, where it is read for that.
fn of_partition(change: &Change<'_>, attach: &Attach) -> Option<Diagnostic> {
    let is_meant = |partition: &Existing<'_>| partition.named == attach.partition.span() && partition.may_be_table();
    let partition = change.others().find(is_meant)?;
    let bound = attach.bound.as_ref();
    // The whole may be of this migration: then only what the statement leaves says which it is.
    let by_name = || change.after()?.relation(partition.oid)?.parents.first().copied();
    let whole = change.subject().map(|whole| whole.oid).or_else(by_name);
    if partition.is_truncated() || bound.is_some_and(|bound| takes_all(change, whole, bound)) {
        return None;
    }
    let catalog = change.before();
    let nulls = taken(bound, change.text());
    let read = |table: Oid| lacking(catalog, whole, table, nulls);
    let lacks = read(partition.oid)?;
    let leaves = leaves(change, &partition);
    // Of what no file makes there may be others.
    let lacks = if partition.is_partitioned() && !partition.is_assumed() { leaves.iter().find_map(|leaf| read(leaf.oid))? } else { lacks };
    let message = format!("this reads all of `{}`, and nobody can use the table meanwhile", partition.shown);
    let finding = change.told_of(&partition, change.finding(attach.partition.span(), message));
    Some(finding.help(match lacks {
        Lacks::Check => {
            "first add a CHECK that says the same as the partition's bound, `NOT VALID`, and validate it in a later migration; drop it afterwards"
                .to_owned()
        }
        Lacks::Values(columns) => {
            let checks = columns.iter().map(|column| format!("{column} IS NOT NULL")).collect::<Vec<_>>().join(" AND ");
            let of = listed(&columns);
            format!("its CHECK lets {of} be null: first add `CHECK ({checks}) NOT VALID` as well, and validate it in a later migration")
        }
    }))
}

/// What is below a partition that was there before.
fn leaves<'a>(change: &Change<'a>, partition: &Existing<'a>) -> Vec<Existing<'a>> {
    let mut all = vec![partition.oid];
    let mut at = 0;
    while let Some(table) = all.get(at) {
        all.extend(change.before().children(*table));
        at += 1;
    }
    let existing = all.into_iter().filter_map(|table| change.existing(table, LockMode::AccessExclusive, partition.named));
    existing.filter(|leaf| leaf.may_be_table() && !leaf.is_partitioned()).collect()
}

/// The default partition, where it is read for rows that another partition takes from now on.
fn of_default(cx: &MigrationContext<'_>, change: &Change<'_>, bound: &PartitionBound) -> Option<Diagnostic> {
    let catalog = change.before();
    let is_read = |part: &Existing<'_>| {
        let whole = whole_of(change, part);
        let keys = keys(catalog, whole);
        let checked = checked(catalog, part.oid);
        let is_about_one = checked.iter().any(|name| keys.is_empty() || keys.contains(name));
        let is_checked = is_about_one && !lets_in(cx, change, whole, part.oid);
        part.may_be_table() && !part.is_partitioned() && !part.is_truncated() && !is_checked
    };
    let read = change.default_partition().find(is_read)?;
    let message = format!("this reads all of `{}`, the default partition, and nobody can use the table meanwhile", read.shown);
    let finding = change.told_of(&read, change.finding(bound.span, message));
    Some(finding.help(
        "first add a CHECK to it that refuses what the new partition takes, `NOT VALID`, and validate it in a later migration; drop it afterwards",
    ))
}

/// The table whose default partition it is, or is below.
fn whole_of(change: &Change<'_>, part: &Existing<'_>) -> Option<Oid> {
    let parent = |table: Oid| {
        // It may be the statement itself that makes it the default.
        let found = change.after().and_then(|after| after.relation(table)).or_else(|| change.before().relation(table));
        found.and_then(|relation| relation.parents.first().copied())
    };
    let is_below = |table: &Oid| change.default_partition().any(|default| default.oid == *table);
    let whole = parent(part.oid)?;
    std::iter::successors(Some(whole), |table| parent(*table).filter(|_| is_below(table))).last()
}

/// Whether the CHECKs of a table certainly let rows in that belong into the partition that a statement makes: one of its values, or where its range begins or ends.
fn lets_in(cx: &MigrationContext<'_>, change: &Change<'_>, whole: Option<Oid>, table: Oid) -> bool {
    let (Some(whole), Some(after)) = (whole, change.after()) else { return false };
    let before = change.before().children(whole);
    let new = after.children(whole).into_iter().find(|child| !before.contains(child));
    let rows = match new.and_then(|new| after.relation(new)?.partition_bound.as_ref()) {
        Some(Bound::List(values)) => values.iter().map(|value| vec![Arc::clone(value)]).collect(),
        Some(Bound::Range(from, to)) => {
            let last = to.first().filter(|_| is_of_numbers(change.before(), whole)).and_then(|end| before_number(end));
            vec![from.clone(), last.into_iter().collect()]
        }
        _ => Vec::new(),
    };
    let keys: Vec<Name> = keys(change.before(), Some(whole)).into_iter().map(Name::from).collect();
    let is_let_in = |row: &Vec<Arc<str>>| {
        let values: Vec<(Name, Arc<str>)> = keys.iter().cloned().zip(row.iter().cloned()).collect();
        row.len() == keys.len() && refuses(change.before(), cx.target, table, &values) == Some(false)
    };
    rows.iter().any(is_let_in)
}

/// Whether a table is partitioned by one column of whole numbers.
fn is_of_numbers(catalog: &Catalog, whole: Oid) -> bool {
    let Some(relation) = catalog.relation(whole) else { return false };
    let is_number =
        |column: &Column| column.ty.as_ref().is_some_and(|ty| !ty.array && matches!(ty.id, TypeId::BuiltIn("int2" | "int4" | "int8")));
    match &*keys(catalog, Some(whole)) {
        [key] => relation.column(key).is_some_and(is_number),
        _ => false,
    }
}

/// The last whole number before one that a range ends with.
fn before_number(end: &str) -> Option<Arc<str>> {
    let number = end.trim_matches('\'').parse::<i64>().ok()?.checked_sub(1)?;
    Some(Arc::from(format!("'{number}'")))
}

/// Whether a bound lets rows in whose key is null.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nulls {
    Taken,
    Refused,
}

/// Whether a bound is that of the default partition of a table without others, which refuses nothing.
fn takes_all(change: &Change<'_>, whole: Option<Oid>, bound: &PartitionBound) -> bool {
    let is_known =
        |whole: &Oid| change.before().get(*whole).is_some_and(|object| object.standing == Standing::Made && !object.is_blurred());
    let is_without_others = whole.filter(is_known).is_some_and(|whole| change.before().children(whole).is_empty());
    matches!(bound.kind, PartitionBoundKind::Default) && is_without_others
}

/// What becomes of nulls in a partition: a list takes those that it names, and the default those that no other takes.
fn taken(bound: Option<&PartitionBound>, text: &str) -> Nulls {
    let is_null = |value: &Expr| text[value.span].trim().eq_ignore_ascii_case("null");
    let is_taken = bound.is_some_and(|bound| match &bound.kind {
        PartitionBoundKind::Default => true,
        PartitionBoundKind::List(values) => values.iter().any(is_null),
        PartitionBoundKind::Range(..) | PartitionBoundKind::Hash(_) => false,
    });
    if is_taken { Nulls::Taken } else { Nulls::Refused }
}

/// What a table lacks so that nobody need read whether its rows fit a bound.
enum Lacks {
    /// A CHECK about what the whole is partitioned by.
    Check,
    /// That there is a value in these columns.
    Values(Vec<String>),
}

/// What `table` lacks, if it lacks anything. Whether PostgreSQL takes the CHECKs for the bound only PostgreSQL knows.
fn lacking(catalog: &Catalog, whole: Option<Oid>, table: Oid, nulls: Nulls) -> Option<Lacks> {
    let keys = keys(catalog, whole);
    let checked = checked(catalog, table);
    if checked.is_empty() || !keys.iter().all(|key| checked.contains(key)) {
        return Some(Lacks::Check);
    }
    let is_not_null = |name: &str| catalog.relation(table).and_then(|table| table.column(name)).is_some_and(|column| column.not_null);
    let may_be_null = |name: &String| nulls == Nulls::Refused && !is_not_null(name) && !is_checked_not_null(catalog, table, name);
    let columns: Vec<String> = keys.into_iter().filter(may_be_null).collect();
    (!columns.is_empty()).then_some(Lacks::Values(columns))
}

/// The columns that a table is partitioned by, as far as they are known.
fn keys(catalog: &Catalog, whole: Option<Oid>) -> Vec<String> {
    let Some(whole) = whole.and_then(|whole| catalog.relation(whole)) else { return Vec::new() };
    let keys = whole.partitioned.iter().flat_map(|partitioned| &partitioned.keys);
    let columns = keys.filter_map(|key| match &key.subject {
        KeySubject::Column(number) => whole.column_at(*number),
        KeySubject::Expression(_) => None,
    });
    columns.map(|column| column.name.to_string()).collect()
}

/// The columns that valid CHECKs of a table are about.
fn checked(catalog: &Catalog, table: Oid) -> Vec<String> {
    let Some(relation) = catalog.relation(table) else { return Vec::new() };
    let checks = catalog.constraints(table).map(|(_, constraint)| constraint);
    let checks = checks.filter(|one| matches!(one.kind, ConstraintKind::Check(_)) && one.validated && one.enforced);
    let columns = checks.flat_map(|check| &check.columns).filter_map(|number| relation.column_at(*number));
    columns.map(|column| column.name.to_string()).collect()
}
