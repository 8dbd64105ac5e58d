//! `require-statement-timeout`: what locks a table that is in use does not run for ever.

use super::timeout;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};

/// The rule.
#[derive(Debug)]
pub struct RequireStatementTimeout;

static META: Meta = Meta {
    id: "require-statement-timeout",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-statement-timeout.md"),
};

impl Rule for RequireStatementTimeout {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let Some((change, held, place)) = timeout::first_without(cx, "statement_timeout") else { return };
        let message = format!(
            "this holds a lock on `{}` ({}) for as long as it runs, with no limit, and others wait for it",
            held.shown,
            held.mode.sql()
        );
        let finding = change.told_of(&held, change.taken_to_run(cx.finding(place, message)));
        out.push(
            finding.help(
                "write `SET LOCAL statement_timeout = '60s';` below `BEGIN;` (without a transaction `SET statement_timeout = '60s';`)",
            ),
        );
    }
}
