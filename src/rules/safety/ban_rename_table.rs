//! `ban-rename-table`: no table that is in use is renamed.

use crate::catalog::model::RelationKind;
use crate::diagnostic::Severity;
use crate::rules::change::{changes, is_there};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Node, ObjectKind, RenamedPart};

/// The rule.
#[derive(Debug)]
pub struct BanRenameTable;

static META: Meta = Meta {
    id: "ban-rename-table",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &["renaming-table"],
    options: &[],
    page: include_str!("../../../rules/ban-rename-table.md"),
};

impl Rule for BanRenameTable {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let Node::Rename(rename) = change.node() else { continue };
            let (RenamedPart::Whole, ObjectKind::Table | ObjectKind::ForeignTable, Some(table)) =
                (rename.part, rename.object.kind, change.subject())
            else {
                continue;
            };
            // ALTER TABLE renames views, sequences and indexes as well.
            let is_table = matches!(table.relation.kind, RelationKind::Table | RelationKind::ForeignTable(..) | RelationKind::Unknown);
            // What is renamed once more was told of the first time, and a table that goes in the end is told of there.
            let is_told = !change.is_old_name(&table) || change.end().get(table.oid).is_none();
            if !is_table || is_told || is_there(change.end(), &table, &table.object.name) {
                continue;
            }
            let message = format!("whoever still calls `{}` by that name fails", table.shown);
            let finding = change.told_of(&table, change.finding(rename.object.span.to(rename.new.span), message));
            out.push(finding.help("leave a view of the old name in its place, in the same transaction, until nothing that runs names it"));
        }
    }
}
