//! `require-lock-timeout`: whoever waits for a lock on a table that is in use does not wait for ever.

use crate::catalog::Value;
use crate::diagnostic::Severity;
use crate::rules::change::changes;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::text::Span;

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
        let mut waiting = changes(cx).filter(|change| !has_limit(change.setting("lock_timeout"))).filter_map(|change| {
            let held = change.strongest().filter(|held| held.mode.blocks_writes())?;
            Some((change, held))
        });
        let Some((change, held)) = waiting.next() else { return };
        let Some(place) = change.statement().map(|at| head(cx, at)) else { return };
        let message = format!(
            "this waits for a lock on `{}` ({}) with no limit, and whoever comes after it waits as well",
            held.shown,
            held.mode.sql()
        );
        let finding = change.told_of(&held, change.taken_to_run(cx.finding(place, message)));
        out.push(finding.help("write `SET LOCAL lock_timeout = '5s';` below `BEGIN;` (without a transaction `SET lock_timeout = '5s';`), and try again when it fails"));
    }
}

/// Whether the variable is set to something else than 0, which stands for no limit (PostgreSQL 15, 20.11.1).
fn has_limit(setting: Option<&Value>) -> bool {
    match setting {
        None | Some(Value::Null) => false,
        Some(Value::Number(written) | Value::Text(written)) => written.contains(|c: char| ('1'..='9').contains(&c)),
        Some(_) => true,
    }
}

/// The first words of a statement, as far as they stand on one line.
fn head(cx: &MigrationContext<'_>, at: usize) -> Span {
    let span = cx.up.script.statements[at].span;
    let line = cx.text()[span].lines().next().unwrap_or_default();
    Span::new(span.start, span.start + line.trim_end().len() as u32)
}
