//! `ban-rename-column`: no column of a table that is in use is renamed.

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
            let at_end = cx.replayed.after.relation(table.oid);
            let is_there_again = at_end.is_some_and(|relation| relation.column(&name).is_some());
            if !table.had_column(cx, &name) || is_there_again {
                continue;
            }
            let message = format!("whoever still calls `{name}` of `{}` by that name fails", table.shown);
            let finding = change.told_of(&table, change.finding(column.span.to(rename.new.span), message));
            out.push(finding.help("add a column of the new name, write to both, and drop the old one once nothing that runs names it"));
        }
    }
}
