//! `ban-drop-database`: no migration drops a database.

use crate::catalog::replay::Verdict;
use crate::diagnostic::Severity;
use crate::postgres::StepKind;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::Node;

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
        // One that fails, as it does in a transaction, loses nothing.
        let failing = match cx.replayed.applies {
            Verdict::Refuted { sqlstate: Some(_), span, .. } => *span,
            _ => None,
        };
        cx.walk(&mut |step| {
            if let StepKind::Statement(Node::DropDatabase(drop)) = step.kind
                && !failing.is_some_and(|at| drop.span.encloses(at))
            {
                let message = format!("all of the database `{}` is lost", drop.name.value(cx.text()));
                out.push(cx.finding(drop.span, message).help("drop it by hand, where a backup is at hand"));
            }
        });
    }
}
