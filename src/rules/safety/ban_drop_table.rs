//! `ban-drop-table`: no table that is in use is dropped.

use crate::diagnostic::Severity;
use crate::rules::change::changes;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Node, ObjectKind};

/// The rule.
#[derive(Debug)]
pub struct BanDropTable;

static META: Meta = Meta {
    id: "ban-drop-table",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-drop-table.md"),
};

impl Rule for BanDropTable {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let Node::Drop(drop) = change.node() else { continue };
            if drop.kind != ObjectKind::Table {
                continue;
            }
            for table in change.subjects().filter(|table| table.may_be_table()) {
                let object =
                    drop.objects.iter().find(|object| object.name().is_some_and(|name| change.name(name.object) == *table.object.name));
                let place = object.map_or(drop.span, |object| object.span);
                let message = match table.is_emptied() {
                    false => format!("what `{}` holds is lost, and whoever still names the table fails", table.shown),
                    true => format!("whoever still names `{}` fails", table.shown),
                };
                let finding = change.told_of(&table, change.finding(place, message));
                out.push(
                    finding.help("drop it once nothing that runs names it, and say so: `-- migration-lint: allow(ban-drop-table): …`"),
                );
            }
        }
    }
}
