//! `ban-concurrent-in-transaction`: what runs concurrently runs in no transaction.

use super::concurrency;
use crate::diagnostic::Severity;
use crate::rules::doctrine::RequireTransaction;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};

/// The rule.
#[derive(Debug)]
pub struct BanConcurrentInTransaction;

static META: Meta = Meta {
    id: "ban-concurrent-in-transaction",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &["ban-concurrent-index-creation-in-transaction"],
    options: &[],
    page: include_str!("../../../rules/ban-concurrent-in-transaction.md"),
};

impl Rule for BanConcurrentInTransaction {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let told = cx.findings_of(&RequireTransaction);
        for barred in concurrency::barred(cx) {
            if told.iter().any(|finding| finding.primary.span == barred.span && *finding.primary.path == *cx.source().path()) {
                continue;
            }
            let message = format!("`{}` can't run in a transaction (SQLSTATE {})", barred.what, barred.sqlstate);
            let finding = cx.finding(barred.span, message).labelled(barred.reason);
            out.push(
                finding.help(concurrency::way_out(
                    cx,
                    cx.up.script.statements.iter().position(|statement| statement.span.encloses(barred.span)),
                )),
            );
        }
        for barred in concurrency::mixed(cx) {
            let message = format!("Flyway runs `{}` beside other statements only where its setting `mixed` is on", barred.what);
            out.push(cx.finding(barred.span, message).help("let it be the only statement of a migration"));
        }
    }
}
