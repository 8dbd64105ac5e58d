//! `ban-unfiltered-update`: not all rows of a table that is in use are written at once.

use super::unfiltered;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::Node;

/// The rule.
#[derive(Debug)]
pub struct BanUnfilteredUpdate;

static META: Meta = Meta {
    id: "ban-unfiltered-update",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-unfiltered-update.md"),
};

impl Rule for BanUnfilteredUpdate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        unfiltered::each(cx, |change, table, place| {
            if !matches!(change.node(), Node::Update(_)) {
                return;
            }
            let message = format!("every row of `{}` is written anew, and locked until the transaction ends", table.shown);
            let finding = change.told_of(table, change.finding(place, message));
            out.push(finding.help(
                "write them in batches, each in a transaction of its own, once this is through; or say why all can be written at once: `-- migration-lint: allow(ban-unfiltered-update): …`",
            ));
        });
    }
}
