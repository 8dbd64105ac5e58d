//! `ban-set-tablespace`: no table that is in use is copied to another tablespace.

use crate::diagnostic::Severity;
use crate::rules::change::each_action;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::AlterActionKind;

/// The rule.
#[derive(Debug)]
pub struct BanSetTablespace;

static META: Meta = Meta {
    id: "ban-set-tablespace",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-set-tablespace.md"),
};

impl Rule for BanSetTablespace {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| {
            let AlterActionKind::SetTablespace(space) = action.kind else { return };
            let is_same = table.relation.columns_known && table.relation.tablespace.as_deref() == Some(change.name(space).as_str());
            if is_same || table.is_partitioned() || table.is_emptied() {
                return;
            }
            let message = format!("all of `{}` is copied, and nobody can use the table meanwhile", table.shown);
            out.push(change.told_of(table, change.finding(action.span, message)).help(HELP));
        });
    }
}

const HELP: &str = "move it beside those who use it with `pg_repack --tablespace`, an extension";
