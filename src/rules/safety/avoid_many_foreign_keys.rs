//! `avoid-many-foreign-keys`: one transaction does not keep many tables from being written to for the sake of foreign keys.

use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::postgres::LockMode;
use crate::rules::change::{Change, Existing, changes};
use crate::rules::places::listed;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, ColumnConstraintKind, Node, TableConstraintKind};
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

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let max = cx.option("max").first().and_then(|max| max.parse().ok()).unwrap_or(MAX);
        let mut locked: BTreeSet<String> = BTreeSet::new();
        let mut last: Option<Change<'_>> = None;
        for change in changes(cx).filter(adds_foreign_key) {
            if last.is_some_and(|last| !last.shares_transaction(&change)) {
                locked.clear();
            }
            last = Some(change);
            let count = locked.len();
            locked.extend(tables(&change).map(|table| table.shown));
            if count <= max && locked.len() > max {
                let message = format!("foreign keys keep everybody from writing to {} until the transaction ends", listed(&locked));
                out.push(
                    change
                        .finding(place(&change), message)
                        .help("add each in a transaction of its own, `NOT VALID`, and validate it later"),
                );
            }
        }
    }
}

/// What a statement that adds a foreign key locks for it, as far as it was there before the migration.
fn tables<'a>(change: &Change<'a>) -> impl Iterator<Item = Existing<'a>> + use<'a> {
    let others = change.others().filter(|other| other.mode == LockMode::ShareRowExclusive);
    change.subject().into_iter().chain(others).collect::<Vec<_>>().into_iter()
}

fn adds_foreign_key(change: &Change<'_>) -> bool {
    let is_key = |kind: &ColumnConstraintKind| matches!(kind, ColumnConstraintKind::References(_));
    match change.node() {
        Node::AlterTable(alter) => alter.actions.iter().any(|action| match &action.kind {
            AlterActionKind::AddConstraint(constraint) => matches!(constraint.kind, TableConstraintKind::ForeignKey(_)),
            AlterActionKind::AddColumn(add) => add.column.constraints.iter().any(|constraint| is_key(&constraint.kind)),
            _ => false,
        }),
        Node::CreateTable(_) => change.others().any(|other| other.mode == LockMode::ShareRowExclusive),
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
