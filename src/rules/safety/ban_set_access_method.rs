//! `ban-set-access-method`: no table that is in use is written again in another access method.

use crate::diagnostic::Severity;
use crate::rules::change::{Existing, each_action};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::AlterActionKind;

/// The rule.
#[derive(Debug)]
pub struct BanSetAccessMethod;

static META: Meta = Meta {
    id: "ban-set-access-method",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-set-access-method.md"),
};

impl Rule for BanSetAccessMethod {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| {
            let AlterActionKind::SetAccessMethod(method) = action.kind else { return };
            let is_same = method.is_some_and(|method| is_its_own(table, &change.name(method)));
            if is_same || table.is_partitioned() || table.is_emptied() {
                return;
            }
            let message = format!("this writes every row of `{}` again, and nobody can use the table meanwhile", table.shown);
            out.push(change.told_of(table, change.finding(action.span, message)).help(HELP));
        });
    }
}

const HELP: &str = "make a new table with the access method, copy the rows in batches, and swap the two names";

/// Whether a table has the access method already; `heap` is what it has where nothing says otherwise.
fn is_its_own(table: &Existing<'_>, method: &str) -> bool {
    table.relation.columns_known && table.relation.method.as_deref().unwrap_or("heap") == method
}
