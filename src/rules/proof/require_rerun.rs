//! `require-rerun`: a second run of up succeeds and changes nothing, whatever guards its text has.

use super::failure::{Failing, is_about};
use crate::catalog::difference::{Change, Difference};
use crate::catalog::replay::Verdict;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::doctrine::RequireIdempotency;
use crate::rules::{Findings, Group, Meta, MigrationContext, On, Rule};

/// The rule.
#[derive(Debug)]
pub struct RequireRerun;

static META: Meta = Meta {
    id: "require-rerun",
    group: Group::Proof,
    severity: Severity::Error,
    on: On::House,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-rerun.md"),
};

/// How many differences a finding names.
const NAMED: usize = 3;

impl Rule for RequireRerun {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let Some(verdict) = cx.replayed.reruns().map(|reruns| &reruns.verdict).filter(|verdict| verdict.is_refuted()) else { return };
        out.extend(match Failing::of(verdict) {
            Some(failing) => fails(cx, &failing),
            None => changes(cx, verdict),
        });
    }
}

fn fails(cx: &MigrationContext<'_>, failing: &Failing<'_>) -> Option<Diagnostic> {
    let statement = failing.statement(cx.up);
    let lacks = cx.findings_of(&RequireIdempotency);
    if statement.is_some_and(|statement| is_about(&lacks, cx.source().path(), statement)) {
        return None;
    }
    let span = failing.span.or(statement).unwrap_or_else(|| cx.source().first_line());
    let finding = cx.finding(span, format!("this fails in a second run: {}", failing.said()));
    Some(match failing.condition(cx) {
        Some(condition) => finding.labelled(condition),
        None => finding,
    })
}

fn changes(cx: &MigrationContext<'_>, verdict: &Verdict) -> Option<Diagnostic> {
    let Verdict::Refuted { differences, .. } = verdict else { return None };
    if !cx.findings_of(&RequireIdempotency).is_empty() {
        return None;
    }
    let shown: Vec<String> = differences.iter().take(NAMED).map(told).collect();
    let more = match differences.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let first = cx.up.script.statements.first().map_or_else(|| cx.source().first_line(), |first| first.span);
    Some(cx.finding(first, format!("a second run changes the schema: {}{more}", shown.join("; "))))
}

/// A difference, as what the second run does.
fn told(difference: &Difference) -> String {
    let text = &difference.text;
    match difference.change {
        Change::Added => format!("{} is new", text.strip_prefix("left behind: ").unwrap_or(text)),
        Change::Lost => text.replace(" is not there again", " is gone"),
        Change::Changed => text.clone(),
    }
}
