//! `ban-set-access-method`: nothing that is in use is written again in another access method.

use super::storage::{each_action_on_stored, unusable};
use crate::catalog::Value;
use crate::diagnostic::Severity;
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
        each_action_on_stored(cx, |change, stored, action| {
            let AlterActionKind::SetAccessMethod(method) = action.kind else { return };
            let wanted = match (method, change.setting("default_table_access_method")) {
                (Some(method), _) => change.name(method),
                (None, Some(Value::Text(default))) => default.to_string(),
                (None, _) => HEAP.to_owned(),
            };
            let is_same = stored.relation.columns_known && stored.relation.method.as_deref().unwrap_or(HEAP) == wanted;
            if is_same || stored.is_emptied() {
                return;
            }
            let message =
                format!("this writes every row of `{}` again, and nobody can use {} meanwhile", stored.shown, unusable(&change, stored));
            out.push(change.told_of(stored, change.finding(action.span, message)).help(HELP));
        });
    }
}

const HELP: &str = "make a new table with the access method, copy the rows in batches, and swap the two names";

/// What a table has where nothing says otherwise (PostgreSQL 15, 20.11.1, `default_table_access_method`).
const HEAP: &str = "heap";
