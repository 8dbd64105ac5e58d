//! `avoid-drop-not-null`: a column that clients rely on does not begin to hold nulls.

use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::rules::change::each_action;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, ColumnChange, ColumnRef};

/// The rule.
#[derive(Debug)]
pub struct AvoidDropNotNull;

static META: Meta = Meta {
    id: "avoid-drop-not-null",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &["ban-drop-not-null"],
    options: &[],
    page: include_str!("../../../rules/avoid-drop-not-null.md"),
};

impl Rule for AvoidDropNotNull {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let mut told = BTreeSet::new();
        each_action(cx, |change, table, action| {
            let AlterActionKind::AlterColumn(ColumnRef::Name(column), ColumnChange::DropNotNull) = action.kind else { return };
            let name = change.name(column);
            let is_nullable = table.relation.column(&name).is_some_and(|column| !column.not_null);
            // It may be gone at the end, or demand a value again.
            let after = change.end().relation(table.oid).map(|relation| relation.column(&name).is_some_and(|column| !column.not_null));
            if is_nullable || after == Some(false) || !change.had_column(table, &name) {
                return;
            }
            // A statement may say it twice.
            if !told.insert((table.oid, name.clone())) {
                return;
            }
            let message = format!("`{name}` of `{}` may hold nulls from now on, which clients that read it do not expect", table.shown);
            let finding = change.told_of(table, change.finding(action.span, message));
            out.push(
                finding.help("deploy clients that can read nulls first, and say so: `-- migration-lint: allow(avoid-drop-not-null): …`"),
            );
        });
    }
}
