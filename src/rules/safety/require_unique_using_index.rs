//! `require-unique-using-index`: a unique constraint or a primary key of a table that is in use is made of an index that was built before.

use crate::diagnostic::Severity;
use crate::rules::change::each_action;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, TableConstraintKind};

/// The rule.
#[derive(Debug)]
pub struct RequireUniqueUsingIndex;

static META: Meta = Meta {
    id: "require-unique-using-index",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &["disallowed-unique-constraint", "adding-serial-primary-key-field"],
    options: &[],
    page: include_str!("../../../rules/require-unique-using-index.md"),
};

impl Rule for RequireUniqueUsingIndex {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| {
            let AlterActionKind::AddConstraint(constraint) = &action.kind else { return };
            if table.is_truncated() {
                return;
            }
            let (key, words) = match &constraint.kind {
                TableConstraintKind::Unique(_, key) => (key, "UNIQUE"),
                TableConstraintKind::PrimaryKey(key) => (key, "PRIMARY KEY"),
                _ => return,
            };
            let message = format!("adding this constraint builds an index on `{}`, and nobody can use the table meanwhile", table.shown);
            let finding = change.told_of(table, change.finding(constraint.span, message));
            let columns: Vec<&str> = key.columns.iter().map(|column| change.written(column.span)).collect();
            let help = match table.is_partitioned() {
                // `ADD CONSTRAINT … USING INDEX` is refused for partitioned tables (PostgreSQL 15, ALTER TABLE).
                true => {
                    "build a unique index on each partition first, concurrently; the constraint's then takes those for its own".to_owned()
                }
                false => format!(
                    "first `CREATE UNIQUE INDEX CONCURRENTLY …` on ({}), in no transaction; then `ADD CONSTRAINT … {words} USING INDEX …`",
                    columns.join(", ")
                ),
            };
            out.push(finding.help(help));
        });
    }
}
