//! `ban-permissive-policy`: a policy that lets rows be written leaves some out.

use crate::catalog::Body;
use crate::catalog::Class;
use crate::catalog::expression::Stored;
use crate::catalog::model::{Policy, RowSecurity};
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule, own_tables};
use crate::syntax::tree::PolicyCommand;

/// The rule.
#[derive(Debug)]
pub struct BanPermissivePolicy;

static META: Meta = Meta {
    id: "ban-permissive-policy",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-permissive-policy.md"),
};

impl Rule for BanPermissivePolicy {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in own_tables(cx).filter(|table| is_told(&table.relation.row_security)) {
            let policies = || {
                cx.end.parts(table.oid, Class::Policy).filter_map(|(_, object)| match &object.body {
                    Body::Policy(policy) => Some((object, &**policy)),
                    _ => None,
                })
            };
            for (object, policy) in policies().filter(|(_, policy)| policy.permissive) {
                let is_limited = |(_, other): (_, &Policy)| !other.permissive && may_be_for(other.command, policy.command);
                let Some(deed) = unlimited(policy).filter(|_| !policies().any(is_limited)) else { continue };
                let message = format!(
                    "row level security of `{}` keeps nobody from {deed} rows: `{}` holds for all of them",
                    cx.shown(table.oid),
                    object.name
                );
                let finding = cx.finding_at(object.origin, message);
                out.extend(finding.map(|finding| {
                    cx.related_at(finding, table.object.origin, "the table is made here")
                        .help("say with TO who may, or with USING and WITH CHECK which rows; privileges alone need no policy")
                }));
            }
        }
    }
}

/// Whether a table has row level security, and which policies is known.
const fn is_told(security: &RowSecurity) -> bool {
    security.enabled && !security.untold
}

/// What a policy for everybody lets everybody do to any row.
fn unlimited(policy: &Policy) -> Option<&'static str> {
    let is_true = |stored: &Option<Stored>| stored.as_ref().is_some_and(|stored| stored.text.trim().eq_ignore_ascii_case("true"));
    // Without WITH CHECK, what USING says holds for new rows as well (PostgreSQL 15, CREATE POLICY).
    let is_unchecked = is_true(policy.check.as_ref().map_or(&policy.using, |_| &policy.check));
    let deed = match (policy.command, is_true(&policy.using)) {
        (PolicyCommand::Insert, _) if is_unchecked => "inserting",
        (PolicyCommand::Delete, true) => "deleting",
        (PolicyCommand::Update, true) if is_unchecked => "changing",
        (PolicyCommand::All, true) if is_unchecked => "reading and writing",
        (PolicyCommand::All, true) => "reading and deleting",
        (PolicyCommand::All, false) if is_unchecked => "inserting",
        _ => return None,
    };
    policy.roles.iter().any(|role| &**role == "public").then_some(deed)
}

fn may_be_for(of: PolicyCommand, command: PolicyCommand) -> bool {
    of == PolicyCommand::All || command == PolicyCommand::All || of == command
}
