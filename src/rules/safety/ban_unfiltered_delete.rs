//! `ban-unfiltered-delete`: no table that is in use is emptied with DELETE.

use super::unfiltered;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::Node;

/// The rule.
#[derive(Debug)]
pub struct BanUnfilteredDelete;

static META: Meta = Meta {
    id: "ban-unfiltered-delete",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &["delete-without-where"],
    options: &[],
    page: include_str!("../../../rules/ban-unfiltered-delete.md"),
};

impl Rule for BanUnfilteredDelete {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        unfiltered::each(cx, |change, table, place| {
            if !matches!(change.node(), Node::Delete(_)) {
                return;
            }
            let message = format!("all that `{}` holds is lost", table.shown);
            let finding = change.told_of(table, change.finding(place, message));
            out.push(
                finding.help(
                    "say with WHERE which rows are meant, or why all of them are: `-- migration-lint: allow(ban-unfiltered-delete): …`",
                ),
            );
        });
    }
}
