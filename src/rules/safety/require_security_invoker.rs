//! `require-security-invoker`: a view reads with the rights of whoever asks it.

use crate::catalog::Standing;
use crate::catalog::model::{Persistence, RelationKind};
use crate::diagnostic::Severity;
use crate::postgres::views_have_invokers;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

/// The rule.
#[derive(Debug)]
pub struct RequireSecurityInvoker;

static META: Meta = Meta {
    id: "require-security-invoker",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-security-invoker.md"),
};

impl Rule for RequireSecurityInvoker {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        if !views_have_invokers(cx.target) {
            return;
        }
        for (oid, object) in cx.objects() {
            let Some(relation) = object.relation().filter(|relation| matches!(relation.kind, RelationKind::View(_))) else { continue };
            let is_own = object.standing == Standing::Made && object.extension.is_none() && relation.settled;
            let invokes = relation.options.get("security_invoker").is_some_and(|value| is_true(value));
            if !is_own || invokes || relation.persistence == Persistence::Temporary {
                continue;
            }
            let shown = cx.shown(oid);
            let message = format!("`{shown}` shows whoever may read it what its owner may read, past all policies for them");
            let finding = cx.finding_at(object.origin, message);
            let help = format!(
                "write `WITH (security_invoker = true)` each time that it is made or replaced, or `ALTER VIEW {shown} SET (security_invoker = true)`"
            );
            out.extend(finding.map(|finding| finding.help(help)));
        }
    }
}

fn is_true(value: &str) -> bool {
    ["true", "on", "yes", "1", "t", "y"].iter().any(|word| value.eq_ignore_ascii_case(word))
}
