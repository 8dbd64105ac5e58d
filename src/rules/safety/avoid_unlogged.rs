//! `avoid-unlogged`: no table that is in use becomes logged or unlogged.

use crate::catalog::model::Persistence;
use crate::diagnostic::Severity;
use crate::rules::change::each_action;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::AlterActionKind;

/// The rule.
#[derive(Debug)]
pub struct AvoidUnlogged;

static META: Meta = Meta {
    id: "avoid-unlogged",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/avoid-unlogged.md"),
};

impl Rule for AvoidUnlogged {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| {
            let (wanted, help) = match action.kind {
                AlterActionKind::SetLogged => (Persistence::Permanent, OF_LOGGED),
                AlterActionKind::SetUnlogged => (Persistence::Unlogged, OF_UNLOGGED),
                _ => return,
            };
            let is_same = table.relation.columns_known && table.relation.persistence == wanted;
            if is_same || table.is_partitioned() || table.is_emptied() {
                return;
            }
            let message = format!("this writes every row of `{}` again, and nobody can use the table meanwhile", table.shown);
            out.push(change.told_of(table, change.finding(action.span, message)).help(help));
        });
    }
}

const OF_LOGGED: &str = "make a new table, which is logged, copy the rows in batches, and swap the two names";
const OF_UNLOGGED: &str = "make it so when it is made; what is unlogged is empty after a crash, and on no replica";
