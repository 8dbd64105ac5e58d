//! `ban-column-type-change`: no column of a table that is in use gets a type for which its rows are written or read again.

use super::retyping::{Cost, cost};
use crate::diagnostic::Severity;
use crate::rules::change::each_action;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, ColumnChange, ColumnRef};

/// The rule.
#[derive(Debug)]
pub struct BanColumnTypeChange;

static META: Meta = Meta {
    id: "ban-column-type-change",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &["changing-column-type"],
    options: &[],
    page: include_str!("../../../rules/ban-column-type-change.md"),
};

impl Rule for BanColumnTypeChange {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| {
            let AlterActionKind::AlterColumn(ColumnRef::Name(column), ColumnChange::SetType(set)) = &action.kind else { return };
            let name = change.name(*column);
            let shown = &table.shown;
            if table.is_emptied() {
                return;
            }
            let message = match cost(cx, &change, table, *column, set) {
                Cost::None => return,
                Cost::Rewrite => {
                    format!("giving `{name}` another type writes every row of `{shown}` again, and nobody can use the table meanwhile")
                }
                Cost::Untold => {
                    format!(
                        "as far as anybody knows, giving `{name}` another type writes every row of `{shown}` again, and nobody can use the table meanwhile"
                    )
                }
                Cost::UnlessUtc => format!(
                    "giving `{name}` another type writes every row of `{shown}` again unless `TimeZone` is UTC, and nobody can use the table meanwhile"
                ),
                Cost::Index(index) => {
                    format!(
                        "giving `{name}` another type builds the index `{index}` of `{shown}` again, and nobody can use the table meanwhile"
                    )
                }
                Cost::Check(check) => {
                    format!(
                        "giving `{name}` another type checks `{check}` on every row of `{shown}` again, and nobody can use the table meanwhile"
                    )
                }
            };
            let finding = change.told_of(table, change.finding(action.span, message));
            out.push(finding.help(
                "add a column of the new type, write to both, fill it in batches, and drop the old one once nothing that runs names it",
            ));
        });
    }
}
