//! `require-lock-timeout`: whoever waits for a lock on a table that is in use does not wait for ever.

use super::timeout;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};

/// The rule.
#[derive(Debug)]
pub struct RequireLockTimeout;

static META: Meta = Meta {
    id: "require-lock-timeout",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::House,
    about: About::Text,
    aliases: &["require-timeout-settings"],
    options: &[],
    page: include_str!("../../../rules/require-lock-timeout.md"),
};

impl Rule for RequireLockTimeout {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let Some((change, held, place)) = timeout::first_without(cx, "lock_timeout") else { return };
        let message = format!(
            "this waits for a lock on `{}` ({}) with no limit, and whoever comes after it waits as well",
            held.shown,
            held.mode.sql()
        );
        let finding = change.told_of(&held, change.taken_to_run(cx.finding(place, message)));
        out.push(finding.help("write `SET LOCAL lock_timeout = '5s';` below `BEGIN;` (without a transaction `SET lock_timeout = '5s';`), and try again when it fails"));
    }
}
