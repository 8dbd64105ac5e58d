//! `require-policy`: a table with row level security has a policy.

use crate::catalog::Class;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule, own_tables};

/// The rule.
#[derive(Debug)]
pub struct RequirePolicy;

static META: Meta = Meta {
    id: "require-policy",
    group: Group::Safety,
    severity: Severity::Info,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-policy.md"),
};

impl Rule for RequirePolicy {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in own_tables(cx) {
            let security = table.relation.row_security;
            if !security.enabled || security.untold || cx.end.parts(table.oid, Class::Policy).next().is_some() {
                continue;
            }
            let who = if security.forced { "nobody" } else { "nobody but its owner" };
            let message = format!("`{}` has row level security and no policy: {who} sees a row", cx.shown(table.oid));
            let culprit = security.switched.max(security.unpoliced).unwrap_or(table.object.origin);
            let finding =
                cx.finding_at(culprit, message).map(|finding| cx.related_at(finding, table.object.origin, "the table is made here"));
            out.extend(finding.map(|finding| {
                finding.help(
                    "say with CREATE POLICY who may see and write what, or that nobody may: `-- migration-lint: allow(require-policy): …`",
                )
            }));
        }
    }
}
