//! `ban-opaque-statement`: what nobody can tell from the files.

use crate::catalog::replay::Verdict;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct BanOpaqueStatement;

static META: Meta = Meta {
    id: "ban-opaque-statement",
    group: Group::Proof,
    severity: Severity::Info,
    on: On::Selected,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-opaque-statement.md"),
};

impl Rule for BanOpaqueStatement {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let first = cx.source().first_line();
        // What stands on a migration that can't be followed can't be told either.
        if let Some((reason, span)) = unknown(cx.replayed.applies) {
            out.push(told(cx.finding(span.unwrap_or(first), format!("it can't be told whether this applies: {reason}")), reason));
            return;
        }
        if let Some((reason, span)) = cx.replayed.reruns().and_then(|reruns| unknown(&reruns.verdict)) {
            out.push(told(cx.finding(span.unwrap_or(first), format!("it can't be told whether this re-runs: {reason}")), reason));
        }
        let reverts = cx.replayed.reverts().and_then(unknown).zip(cx.sections.down.as_ref());
        if let Some(((reason, span), down)) = reverts {
            let span = span.unwrap_or_else(|| super::first_line_of(down));
            out.extend(
                cx.finding_down(span, format!("it can't be told whether this reverts: {reason}")).map(|finding| told(finding, reason)),
            );
        }
    }
}

fn unknown(verdict: &Verdict) -> Option<(&str, Option<Span>)> {
    match verdict {
        Verdict::Unknown { reason, span } => Some((reason, *span)),
        _ => None,
    }
}

/// Words of reasons, and what would make such a statement decidable; the first that fits counts.
const HELPS: &[(&[&str], &str)] = &[
    // What stands behind a statement that can't be followed can't be told because of that one.
    (
        &["would have made", "may have", "what the migration leaves", "known only in part"],
        "see what is said of the statement that comes before",
    ),
    (&["EXECUTE", "computed", "dynamic"], "write the statements out, or compute their text from constants only"),
    (
        &["filled in by the tool", "fills in"],
        "write the name instead of the placeholder, or keep such statements in a migration of their own",
    ),
    (&["psql"], "write what psql's command brings in as statements of this file"),
    (&["too long", "too deep", "too many"], "let it end after fewer rounds, or write the statements out"),
    (&["prepared"], "write the statement itself in the place of EXECUTE"),
    (&["cursor"], "loop over the query itself: `FOR … IN SELECT … LOOP`"),
    (&["search_path"], "set `search_path` to constants, or write each name with its schema"),
    (&["change of a view"], "change the table under the view"),
    (&["a rule makes", "a trigger", "triggers"], "change the rows before the trigger or the rule is there, or while it is disabled"),
    (
        &["function", "procedure", "routine"],
        "have a migration define it, in SQL or PL/pgSQL, or write what it does as statements of this file",
    ),
    (
        &["which columns", "what columns", "nothing is known of type", "no file creates", "type of"],
        "have a migration create it, or name a dump with it as `migration_lint.schema`",
    ),
    (
        &["row", "loop", "branch", "assertion", "this holds", "value"],
        "ask for something that migrations decide, such as a catalog, and not for rows that they don't write",
    ),
    (&["server"], "have the migration state it itself, as `SET` does, or keep such statements in a migration of their own"),
];

/// With what would make it decidable.
fn told(finding: Diagnostic, reason: &str) -> Diagnostic {
    match HELPS.iter().find(|(words, _)| words.iter().any(|word| reason.contains(word))) {
        Some((_, help)) => finding.help(*help),
        None => finding.help("write it so that its effect follows from the files alone"),
    }
}
