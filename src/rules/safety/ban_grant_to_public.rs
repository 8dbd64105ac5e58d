//! `ban-grant-to-public`: no privilege is granted to everybody.

use crate::diagnostic::Severity;
use crate::rules::change::changes;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{GrantVerb, Node, RoleSpec};

/// The rule.
#[derive(Debug)]
pub struct BanGrantToPublic;

static META: Meta = Meta {
    id: "ban-grant-to-public",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-grant-to-public.md"),
};

impl Rule for BanGrantToPublic {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let grant = match change.node() {
                Node::Grant(grant) => grant,
                Node::AlterDefaultPrivileges(alter) => &alter.grant,
                _ => continue,
            };
            if grant.verb != GrantVerb::Grant {
                continue;
            }
            let to_all = grant.grantees.iter().find_map(|grantee| match grantee {
                RoleSpec::Public(span) => Some(*span),
                _ => None,
            });
            out.extend(to_all.map(|span| {
                let finding = change.finding(span, "every role of the server, those to come included, is granted this");
                finding.help("grant it to a role, and that role to whoever needs it")
            }));
        }
    }
}
