//! `ban-truncate`: no table that is in use is emptied.

use crate::diagnostic::Severity;
use crate::rules::change::changes;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Behavior, Node};

/// The rule.
#[derive(Debug)]
pub struct BanTruncate;

static META: Meta = Meta {
    id: "ban-truncate",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &["ban-truncate-cascade"],
    options: &[],
    page: include_str!("../../../rules/ban-truncate.md"),
};

impl Rule for BanTruncate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let Node::Truncate(truncate) = change.node() else { continue };
            for table in change.subjects().filter(|table| table.may_be_table() && !table.is_truncated()) {
                let more = match truncate.behavior {
                    Some(Behavior::Cascade(_)) => ", with that of every table that references it",
                    _ => "",
                };
                let message = format!("all that `{}` holds is lost{more}", table.shown);
                let finding = change.told_of(&table, change.finding(table.named, message));
                out.push(
                    finding.help("delete the rows that are meant, or say why all of them are: `-- migration-lint: allow(ban-truncate): …`"),
                );
            }
        }
    }
}
