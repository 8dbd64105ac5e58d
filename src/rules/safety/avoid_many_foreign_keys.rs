//! `avoid-many-foreign-keys`: one transaction does not keep many tables from being written to for the sake of foreign keys.

use std::collections::BTreeSet;

use crate::catalog::model::{ConstraintKind, ForeignKey};
use crate::catalog::{Class, Object};
use crate::config::OptionValue;
use crate::diagnostic::Severity;
use crate::postgres::LockMode;
use crate::rules::change::{Change, Existing, changes};
use crate::rules::places::listed;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{
    AlterAction, AlterActionKind, ColumnConstraintKind, Ident, Node, TableConstraintKind, TableForm, TransactionAction,
};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct AvoidManyForeignKeys;

static META: Meta = Meta {
    id: "avoid-many-foreign-keys",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::Text,
    aliases: &[],
    options: &["max"],
    page: include_str!("../../../rules/avoid-many-foreign-keys.md"),
};

/// A foreign key between two tables locks both.
const MAX: usize = 2;

impl Rule for AvoidManyForeignKeys {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn option_values(&self) -> &'static [(&'static str, OptionValue)] {
        &[("max", OptionValue::Count)]
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let max = cx.option("max").first().and_then(|max| max.parse().ok()).unwrap_or(MAX);
        let mut locked: Vec<(Option<usize>, BTreeSet<String>)> = Vec::new();
        let mut last: Option<Change<'_>> = None;
        for change in changes(cx).filter(is_of_foreign_key) {
            if last.is_some_and(|last| !last.shares_transaction(&change)) {
                locked.clear();
            }
            // What is taken back to a savepoint is unlocked again.
            let since = last.and_then(|last| undone_from(cx, last.statement()?, change.statement()?));
            locked.retain(|(at, _)| since.is_none_or(|since| *at < Some(since)));
            last = Some(change);
            let all = |locked: &[(_, BTreeSet<String>)]| locked.iter().flat_map(|(_, names)| names.clone()).collect::<BTreeSet<String>>();
            let count = all(&locked).len();
            locked.push((change.statement(), tables(&change).into_iter().map(|table| table.shown).collect()));
            let names = all(&locked);
            if count <= max && names.len() > max {
                let message = format!("foreign keys keep everybody from writing to {} until the transaction ends", listed(&names));
                out.push(
                    change
                        .finding(place(&change), message)
                        .help("add each in a transaction of its own, `NOT VALID`, and validate it later"),
                );
            }
        }
    }
}

/// The first of the statements up to that at `end` that something between `start` and it takes back, by `ROLLBACK TO SAVEPOINT`.
fn undone_from(cx: &MigrationContext<'_>, start: usize, end: usize) -> Option<usize> {
    let actions = |range: std::ops::Range<usize>| {
        let statements = cx.up.script.statements[range.clone()].iter().zip(range);
        statements.filter_map(|(statement, at)| match statement.node() {
            Some(Node::Transaction(transaction)) => Some((at, &transaction.action)),
            _ => None,
        })
    };
    let is_saved = |name: Ident, to: Ident| name.value(cx.text()) == to.value(cx.text());
    let back = actions(start..end).filter_map(|(at, action)| match action {
        TransactionAction::RollbackTo(to) => {
            let saves = |action: &TransactionAction| matches!(action, TransactionAction::Savepoint(name) if is_saved(*name, *to));
            actions(0..at).filter(|(_, action)| saves(action)).map(|(at, _)| at).max()
        }
        _ => None,
    });
    back.min()
}

/// What a statement that adds foreign keys locks for them, as far as it was there before the migration: the tables, what a partition takes keys of its
/// parent to, and their partitions, each of which gets keys of its own.
fn tables<'a>(change: &Change<'a>) -> Vec<Existing<'a>> {
    let others = change.others().filter(|other| other.mode == LockMode::ShareRowExclusive);
    let mut all: Vec<Existing<'a>> = others.collect();
    if let Some(parent) = parent_of_partition(change) {
        let keys = change.before().parts(parent.oid, Class::Constraint).filter_map(|(_, part)| key(part));
        all.extend(keys.filter_map(|key| change.existing(key.table, LockMode::ShareRowExclusive, parent.named)));
    } else {
        all.extend(change.subject());
    }
    let mut at = 0;
    while let Some(table) = all.get(at) {
        let children = if table.is_partitioned() { change.before().children(table.oid) } else { Vec::new() };
        let named = table.named;
        all.extend(children.into_iter().filter_map(|child| change.existing(child, LockMode::ShareRowExclusive, named)));
        at += 1;
    }
    all
}

/// The table that gets a partition, if that takes foreign keys from it.
fn parent_of_partition<'a>(change: &Change<'a>) -> Option<Existing<'a>> {
    match change.node() {
        Node::AlterTable(alter) if alter.actions.iter().any(|action| matches!(action.kind, AlterActionKind::AttachPartition(_))) => {
            change.subject()
        }
        Node::CreateTable(create) => match &create.form {
            TableForm::Partition(of) => change.others().find(|other| other.named == of.parent.span()),
            _ => None,
        },
        _ => None,
    }
}

fn key(part: &Object) -> Option<&ForeignKey> {
    match &part.constraint()?.kind {
        ConstraintKind::ForeignKey(key) => Some(key),
        _ => None,
    }
}

fn is_of_foreign_key(change: &Change<'_>) -> bool {
    match change.node() {
        Node::AlterTable(alter) => parent_of_partition(change).is_some() || alter.actions.iter().any(adds_foreign_key),
        Node::CreateTable(_) => !tables(change).is_empty(),
        _ => false,
    }
}

/// Whether an action of ALTER TABLE adds a foreign key by itself.
pub(super) fn adds_foreign_key(action: &AlterAction) -> bool {
    match &action.kind {
        AlterActionKind::AddConstraint(constraint) => matches!(constraint.kind, TableConstraintKind::ForeignKey(_)),
        AlterActionKind::AddColumn(add) => {
            add.column.constraints.iter().any(|constraint| matches!(constraint.kind, ColumnConstraintKind::References(_)))
        }
        _ => false,
    }
}

/// The table that a statement alters or makes, by its name there.
fn place(change: &Change<'_>) -> Span {
    match change.node() {
        Node::AlterTable(alter) => alter.relation.name.span(),
        Node::CreateTable(create) => create.name.span(),
        _ => Span::empty(0),
    }
}
