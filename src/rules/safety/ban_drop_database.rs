//! `ban-drop-database`: no migration drops a database.

use super::BanConcurrentInTransaction;
use crate::diagnostic::{Diagnostic, Severity};
use crate::postgres::StepKind;
use crate::rules::doctrine::RequireTransaction;
use crate::rules::proof::BanFailingStatement;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::Node;
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct BanDropDatabase;

static META: Meta = Meta {
    id: "ban-drop-database",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-drop-database.md"),
};

impl Rule for BanDropDatabase {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let mut drops: Vec<(Span, String)> = Vec::new();
        cx.walk(&mut |step| {
            if let StepKind::Statement(Node::DropDatabase(drop)) = step.kind {
                drops.push((drop.span, format!("all of the database `{}` is lost", drop.name.value(cx.text()))));
            }
        });
        if drops.is_empty() {
            return;
        }
        // One that fails, as it does in a transaction, loses nothing.
        let causes: [&dyn Rule; 3] = [&BanFailingStatement, &RequireTransaction, &BanConcurrentInTransaction];
        let told: Vec<Diagnostic> = causes.into_iter().flat_map(|cause| cx.findings_of(cause)).collect();
        let is_told = |span: Span| told.iter().any(|other| span.encloses(other.primary.span) && *other.primary.path == *cx.source().path());
        for (span, message) in drops.into_iter().filter(|(span, _)| !is_told(*span)) {
            out.push(cx.finding(span, message).help("drop it by hand, where a backup is at hand"));
        }
    }
}
