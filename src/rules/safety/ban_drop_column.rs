//! `ban-drop-column`: no column of a table that is in use is dropped.

use crate::diagnostic::Severity;
use crate::rules::change::each_action;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::AlterActionKind;

/// The rule.
#[derive(Debug)]
pub struct BanDropColumn;

static META: Meta = Meta {
    id: "ban-drop-column",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-drop-column.md"),
};

impl Rule for BanDropColumn {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| {
            let AlterActionKind::DropColumn(drop) = &action.kind else { return };
            let name = change.name(drop.name);
            if let Some(old) = change.old_name_of_column(table, &name).filter(|_| change.had_column(table, &name)) {
                let message = match table.is_emptied() {
                    false => format!("what `{}` holds in `{old}` is lost, and whoever still names the column fails", table.shown),
                    true => format!("whoever still names `{old}` of `{}` fails", table.shown),
                };
                let finding = change.told_of(table, change.finding(action.span, message));
                out.push(
                    finding.help("drop it once nothing that runs names it, and say so: `-- migration-lint: allow(ban-drop-column): …`"),
                );
            }
        });
    }
}
