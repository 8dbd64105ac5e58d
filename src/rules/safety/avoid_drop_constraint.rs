//! `avoid-drop-constraint`: what clients rely on a table to refuse is not let in without a word about it.

use crate::catalog::model::{Constraint, ConstraintKind, KeySubject};
use crate::catalog::{Address, Catalog, Class, ColumnNumber};
use crate::diagnostic::Severity;
use crate::rules::change::{Existing, each_action};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::expression::{Expression, ExpressionKind, Negated, read};
use crate::syntax::tree::AlterActionKind;

/// The rule.
#[derive(Debug)]
pub struct AvoidDropConstraint;

static META: Meta = Meta {
    id: "avoid-drop-constraint",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &["ban-drop-constraint", "ban-drop-primary-key"],
    options: &[],
    page: include_str!("../../../rules/avoid-drop-constraint.md"),
};

impl Rule for AvoidDropConstraint {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| {
            let AlterActionKind::DropConstraint(drop) = &action.kind else { return };
            let name = change.name(drop.name);
            let found = change.before().part(table.oid, Class::Constraint, &name).and_then(|oid| change.before().get(oid));
            let Some((object, constraint)) = found.and_then(|object| Some((object, object.constraint()?))) else { return };
            // What the migration made itself, or makes again, nobody relies on less afterwards.
            let is_own = object.origin.migration == Some(cx.replayed.index);
            let after = change.end();
            let is_there = after.part(table.oid, Class::Constraint, &name).is_some();
            if is_own
                || is_there
                || !is_about_what_is_there(after, table, constraint)
                || is_said_otherwise(after, change.before(), table, constraint)
            {
                return;
            }
            let what = match constraint.kind {
                ConstraintKind::PrimaryKey(_) => "rows of one key, which references and replicas rely on not to be there",
                ConstraintKind::Unique(_) => "rows that are alike, and an index is gone that queries may use",
                ConstraintKind::ForeignKey(_) => "rows that refer to nothing",
                ConstraintKind::NotNull => "nulls, which clients that read it do not expect",
                _ => "rows that it refused",
            };
            let message = format!("without `{name}`, `{}` may hold {what}", table.shown);
            out.push(change.told_of(table, change.finding(action.span, message)).help(HELP));
        });
    }
}

const HELP: &str = "make what takes its place first, or say why nothing has to: `-- migration-lint: allow(avoid-drop-constraint): …`";

/// Whether `after` still has what a constraint of `table` is about: its columns, and the table that it references.
fn is_about_what_is_there(after: &Catalog, table: &Existing<'_>, constraint: &Constraint) -> bool {
    let Some(relation) = after.relation(table.oid) else { return false };
    let is_referenced_there = match &constraint.kind {
        ConstraintKind::ForeignKey(key) => after.get(key.table).is_some(),
        _ => true,
    };
    is_referenced_there && constraint.columns.iter().all(|column| relation.column_at(*column).is_some())
}

/// Whether something else that `after` has refuses the same rows.
fn is_said_otherwise(after: &Catalog, before: &Catalog, table: &Existing<'_>, constraint: &Constraint) -> bool {
    let columns = &constraint.columns;
    let is_not_null = |column: &ColumnNumber| after.column(Address::column(table.oid, *column)).is_some_and(|column| column.not_null);
    let is_key = || {
        after.indexes(table.oid).any(|(_, index)| {
            let is_whole = index.unique && index.valid && index.predicate.is_none() && !index.is_exclusion();
            is_whole && index.columns().all(|key| key.is_some_and(|key| columns.contains(&key)))
        })
    };
    match &constraint.kind {
        ConstraintKind::PrimaryKey(_) => is_key() && columns.iter().all(is_not_null),
        ConstraintKind::Unique(_) => is_key(),
        ConstraintKind::ForeignKey(_) => {
            let same = |other: &Constraint| matches!(other.kind, ConstraintKind::ForeignKey(_)) && other.columns == *columns;
            after.constraints(table.oid).any(|(_, other)| same(other))
        }
        ConstraintKind::NotNull => columns.iter().all(is_not_null),
        ConstraintKind::Check(check) => {
            let same = |other: &Constraint| matches!(&other.kind, ConstraintKind::Check(other) if other.text == check.text);
            after.constraints(table.oid).any(|(_, other)| same(other))
                || is_of_bound(before, table, columns)
                || says_not_null(table, &read(&check.text))
        }
        ConstraintKind::Exclude(_) | ConstraintKind::Trigger(_) => false,
    }
}

/// Whether columns of a partition are those by which rows get there, so that its bound says as much.
fn is_of_bound(catalog: &Catalog, table: &Existing<'_>, columns: &[ColumnNumber]) -> bool {
    let whole = table.relation.parents.first().and_then(|whole| catalog.relation(*whole));
    let Some((whole, partitioned)) = whole.and_then(|whole| Some((whole, whole.partitioned.as_ref()?))) else { return false };
    let is_key = |column: &ColumnNumber| {
        let name = table.relation.column_at(*column).map(|column| &column.name);
        partitioned.keys.iter().any(|key| match key.subject {
            KeySubject::Column(key) => whole.column_at(key).map(|key| &key.name) == name,
            KeySubject::Expression(_) => true,
        })
    };
    table.relation.partition_bound.is_some() && columns.iter().all(is_key)
}

/// Whether a CHECK only says that a column is not null which is NOT NULL.
fn says_not_null(table: &Existing<'_>, check: &Expression) -> bool {
    let ExpressionKind::IsNull(value, Negated::Yes) = &check.kind else { return false };
    let name = value.as_column().and_then(|parts| parts.last());
    name.and_then(|name| table.relation.column(name)).is_some_and(|column| column.not_null)
}
