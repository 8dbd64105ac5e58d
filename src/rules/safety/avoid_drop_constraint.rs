//! `avoid-drop-constraint`: what clients rely on a table to refuse is not let in without a word about it.

use crate::catalog::Class;
use crate::catalog::model::ConstraintKind;
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
            let is_there = cx.replayed.after.part(table.oid, Class::Constraint, &name).is_some();
            let is_table_there = cx.replayed.after.relation(table.oid).is_some();
            let is_said_elsewhere = match &constraint.kind {
                ConstraintKind::Check(check) => table.relation.partition_bound.is_some() || says_not_null(table, &read(&check.text)),
                _ => false,
            };
            if is_own || is_there || !is_table_there || is_said_elsewhere {
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

/// Whether a CHECK only says that a column is not null which is NOT NULL.
fn says_not_null(table: &Existing<'_>, check: &Expression) -> bool {
    let ExpressionKind::IsNull(value, Negated::Yes) = &check.kind else { return false };
    let name = value.as_column().and_then(|parts| parts.last());
    name.and_then(|name| table.relation.column(name)).is_some_and(|column| column.not_null)
}
