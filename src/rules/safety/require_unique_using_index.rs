//! `require-unique-using-index`: a unique constraint or a primary key of a table that is in use is made of an index that was built before.

use crate::diagnostic::Severity;
use crate::rules::change::each_action;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, ColumnConstraint, ColumnConstraintKind, TableConstraintKind};
use crate::text::Span;

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
            if table.is_truncated() {
                return;
            }
            let first = if matches!(action.kind, AlterActionKind::AddColumn(_)) { "add the column by itself, then" } else { "first" };
            let keys: Vec<(Span, Vec<&str>, &str)> = match &action.kind {
                AlterActionKind::AddConstraint(constraint) => {
                    let (key, words) = match &constraint.kind {
                        TableConstraintKind::Unique(_, key) => (key, UNIQUE),
                        TableConstraintKind::PrimaryKey(key) => (key, PRIMARY_KEY),
                        _ => return,
                    };
                    vec![(constraint.span, key.columns.iter().map(|column| change.written(column.span)).collect(), words)]
                }
                AlterActionKind::AddColumn(add) => {
                    let name = add.column.name;
                    if add.guard.is_written() && table.relation.column(&change.name(name)).is_some() {
                        return;
                    }
                    let key = |constraint: &ColumnConstraint| {
                        let words = match &constraint.kind {
                            ColumnConstraintKind::Unique(..) => UNIQUE,
                            ColumnConstraintKind::PrimaryKey(_) => PRIMARY_KEY,
                            _ => return None,
                        };
                        Some((constraint.span, vec![change.written(name.span)], words))
                    };
                    add.column.constraints.iter().filter_map(key).collect()
                }
                _ => return,
            };
            for (place, columns, words) in keys {
                let message =
                    format!("adding this constraint builds an index on `{}`, and nobody can use the table meanwhile", table.shown);
                let finding = change.told_of(table, change.finding(place, message));
                out.push(
                    finding.help(match table.is_partitioned() {
                        // `ADD CONSTRAINT … USING INDEX` is refused for partitioned tables (PostgreSQL 15, ALTER TABLE).
                        true => "build a unique index on each partition first, concurrently; the constraint's then takes those for its own"
                            .to_owned(),
                        false => help(first, &columns, words),
                    }),
                );
            }
        });
    }
}

const UNIQUE: &str = "UNIQUE";
const PRIMARY_KEY: &str = "PRIMARY KEY";

/// What to do instead, after `first`.
fn help(first: &str, columns: &[&str], words: &str) -> String {
    let columns = columns.join(", ");
    format!("{first} `CREATE UNIQUE INDEX CONCURRENTLY …` on ({columns}), in no transaction; then `ADD CONSTRAINT … {words} USING INDEX …`")
}
