//! `ban-rename-column`: no column of a table that is in use is renamed.

use crate::catalog::model::Relation;
use crate::diagnostic::Severity;
use crate::rules::change::changes;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Node, RenamedPart};

/// The rule.
#[derive(Debug)]
pub struct BanRenameColumn;

static META: Meta = Meta {
    id: "ban-rename-column",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &["renaming-column"],
    options: &[],
    page: include_str!("../../../rules/ban-rename-column.md"),
};

impl Rule for BanRenameColumn {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let Node::Rename(rename) = change.node() else { continue };
            let (RenamedPart::Column(column), Some(table)) = (rename.part, change.subject()) else { continue };
            let name = change.name(column);
            // What is renamed once more was told of the first time, and a column that goes in the end is told of there.
            let is_first = change.old_name_of_column(&table, &name).is_some_and(|old| old == name);
            let number = table.relation.column(&name).map(|column| column.number);
            let goes = |at_end: &Relation| number.is_some_and(|number| at_end.columns.iter().all(|column| column.number != number));
            let is_settled = |at_end: &Relation| at_end.column(&name).is_some() || goes(at_end);
            if !change.had_column(&table, &name) || !is_first || change.end().relation(table.oid).is_some_and(is_settled) {
                continue;
            }
            let message = format!("whoever still calls `{name}` of `{}` by that name fails", table.shown);
            let finding = change.told_of(&table, change.finding(column.span.to(rename.new.span), message));
            out.push(finding.help("add a column of the new name, write to both, and drop the old one once nothing that runs names it"));
        }
    }
}
