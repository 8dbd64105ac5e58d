//! `ban-volatile-default`: a new column of a table that is in use has no default that differs from row to row.

use crate::catalog::Body;
use crate::catalog::impact::{Constancy, constancy};
use crate::diagnostic::Severity;
use crate::rules::change::each_action;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, ColumnConstraintKind};

/// The rule.
#[derive(Debug)]
pub struct BanVolatileDefault;

static META: Meta = Meta {
    id: "ban-volatile-default",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &["adding-field-with-default"],
    options: &[],
    page: include_str!("../../../rules/ban-volatile-default.md"),
};

impl Rule for BanVolatileDefault {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| {
            let AlterActionKind::AddColumn(add) = &action.kind else { return };
            let written = add.column.constraints.iter().find(|constraint| matches!(constraint.kind, ColumnConstraintKind::Default(_)));
            let name = change.name(add.column.name);
            let is_there = add.guard.is_written() && table.relation.column(&name).is_some();
            let (Some(written), Some(after)) = (written.filter(|_| !is_there), change.after()) else { return };
            let default = after.relation(table.oid).and_then(|relation| relation.column(&name)?.default);
            let Some(Body::Default(default)) = default.and_then(|oid| after.get(oid)).map(|object| &object.body) else { return };
            let why = match constancy(after, cx.target, &default.expression) {
                Constancy::Stable => return,
                Constancy::Volatile(function) => format!("`{function}` is volatile"),
                Constancy::Untold(what) => format!("as far as anybody knows, `{what}` is volatile"),
            };
            let message =
                format!("{why}: adding `{name}` writes every row of `{}` again, and nobody can use the table meanwhile", table.shown);
            let finding = change.told_of(table, change.finding(written.span, message));
            out.push(finding.help(
                "add the column without the default, then `ALTER COLUMN … SET DEFAULT …` for new rows, and fill the old ones in batches",
            ));
        });
    }
}
