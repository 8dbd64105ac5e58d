//! `ban-grant-to-public`: no privilege is granted to everybody.

use crate::diagnostic::Severity;
use crate::postgres::StepKind;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Grant, GrantVerb, Node, RoleSpec};

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
        cx.walk(&mut |step| {
            let grant: &Grant = match step.kind {
                StepKind::Statement(Node::Grant(grant)) => grant,
                StepKind::Statement(Node::AlterDefaultPrivileges(alter)) => &alter.grant,
                _ => return,
            };
            if grant.verb != GrantVerb::Grant {
                return;
            }
            let to_all = grant.grantees.iter().find_map(|grantee| match grantee {
                RoleSpec::Public(span) => Some(*span),
                _ => None,
            });
            out.extend(to_all.map(|span| {
                let finding = cx.finding(span, "every role of the server, those to come included, is granted this");
                finding.help("grant it to a role, and that role to whoever needs it")
            }));
        });
    }
}
