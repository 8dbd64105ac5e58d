//! `ban-vacuum-full`: no table that is in use is written again by VACUUM FULL.

use crate::diagnostic::Severity;
use crate::postgres::{StepKind, is_vacuum_full};
use crate::rules::change::changes;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::Node;

/// The rule.
#[derive(Debug)]
pub struct BanVacuumFull;

static META: Meta = Meta {
    id: "ban-vacuum-full",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-vacuum-full.md"),
};

impl Rule for BanVacuumFull {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let Node::Vacuum(vacuum) = change.node() else { continue };
            if !is_vacuum_full(change.text(), vacuum) {
                continue;
            }
            for table in change.subjects().filter(|table| table.has_rows()) {
                let message = format!("VACUUM FULL writes all of `{}` again, and nobody can use the table meanwhile", table.shown);
                out.push(change.told_of(&table, change.finding(table.named, message)).help(HELP));
            }
        }
        cx.walk(&mut |step| {
            if let StepKind::Statement(Node::Vacuum(vacuum)) = step.kind
                && vacuum.relations.is_empty()
                && is_vacuum_full(cx.text(), vacuum)
            {
                let message = "VACUUM FULL writes each table of the database again, and nobody can use that table meanwhile";
                out.push(cx.finding(vacuum.span, message).help(HELP));
            }
        });
    }
}

const HELP: &str = "VACUUM without FULL lets others go on; `pg_repack`, an extension, gives room back beside them";
