//! `require-row-level-security`: a table with a policy has row level security.

use crate::catalog::Class;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule, own_tables};

/// The rule.
#[derive(Debug)]
pub struct RequireRowLevelSecurity;

static META: Meta = Meta {
    id: "require-row-level-security",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-row-level-security.md"),
};

impl Rule for RequireRowLevelSecurity {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in own_tables(cx) {
            let security = table.relation.row_security;
            if security.enabled || security.untold {
                continue;
            }
            let Some((_, policy)) = cx.end.parts(table.oid, Class::Policy).next() else { continue };
            let shown = cx.shown(table.oid);
            let message = format!("policy `{}` does nothing, since row level security of `{shown}` is not enabled", policy.name);
            let finding = match security.switched.filter(|switched| *switched > policy.origin) {
                Some(culprit) => {
                    cx.finding_at(culprit, message).map(|finding| cx.related_at(finding, policy.origin, "the policy is made here"))
                }
                None => cx.finding_at(policy.origin, message),
            };
            out.extend(finding.map(|finding| finding.help(format!("add `ALTER TABLE {shown} ENABLE ROW LEVEL SECURITY`"))));
        }
    }
}
