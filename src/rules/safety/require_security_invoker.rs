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
            // What reads nothing shows nobody anything.
            let reads = cx.end.dependencies_of_any(oid).any(|(_, on, _)| cx.end.relation(on.object).is_some_and(|_| on.object != oid));
            if !is_own || invokes || !reads || relation.persistence == Persistence::Temporary {
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

/// Whether it is one of the words that PostgreSQL takes for true, or what one of them begins with (`parse_bool`).
fn is_true(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let is_cut = |word: &str| !value.is_empty() && word.starts_with(&*value);
    is_cut("true") || is_cut("yes") || matches!(&*value, "on" | "1")
}
