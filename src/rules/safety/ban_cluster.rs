//! `ban-cluster`: no table that is in use is sorted by CLUSTER.

use crate::diagnostic::Severity;
use crate::postgres::StepKind;
use crate::rules::change::changes;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::Node;

/// The rule.
#[derive(Debug)]
pub struct BanCluster;

static META: Meta = Meta {
    id: "ban-cluster",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-cluster.md"),
};

impl Rule for BanCluster {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let Node::Cluster(cluster) = change.node() else { continue };
            let Some(table) = change.subject().filter(|table| !table.is_truncated()) else { continue };
            let message = format!("CLUSTER writes all of `{}` again, and nobody can use the table meanwhile", table.shown);
            out.push(change.told_of(&table, change.finding(cluster.span, message)).help(HELP));
        }
        cx.walk(&mut |step| {
            if let StepKind::Statement(Node::Cluster(cluster)) = step.kind
                && cluster.table.is_none()
            {
                let message = "CLUSTER writes each table again that was clustered before, and nobody can use that table meanwhile";
                out.push(cx.finding(cluster.span, message).help(HELP));
            }
        });
    }
}

const HELP: &str = "`pg_repack`, an extension, sorts a table beside those who use it; new rows are not kept in order anyway";
