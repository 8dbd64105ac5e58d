//! `require-rerun`: a second run of up succeeds, changes nothing and inserts nothing again, whatever guards its text has.

use super::failure::{Failing, is_about};
use crate::catalog::difference::{Change, Difference};
use crate::catalog::replay::{Data, Repeat, Verdict};
use crate::diagnostic::{Diagnostic, Severity};
use crate::postgres::StepKind;
use crate::rules::doctrine::RequireIdempotency;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Insert, Node};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct RequireRerun;

static META: Meta = Meta {
    id: "require-rerun",
    group: Group::Proof,
    severity: Severity::Error,
    on: On::House,
    about: About::Text,
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
        let Some(reruns) = cx.replayed.reruns() else { return };
        match (&reruns.verdict, Failing::of(&reruns.verdict)) {
            (Verdict::Refuted { .. }, Some(failing)) => out.extend(fails(cx, &failing)),
            (Verdict::Refuted { .. }, None) => out.extend(changes(cx, &reruns.verdict)),
            (Verdict::Proved { .. }, _) if reruns.data != Data::Same => inserts(cx, out),
            _ => {}
        }
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

/// Each table that an INSERT fills once more, once.
fn inserts(cx: &MigrationContext<'_>, out: &mut Findings) {
    let written = written(cx);
    if written.is_empty() {
        return;
    }
    let lacks = cx.findings_of(&RequireIdempotency);
    let mut told: Vec<String> = Vec::new();
    for repeat in cx.replayed.trials().repeats() {
        let Some(statement) = cx.up.script.statements.get(repeat.statement) else { continue };
        let is_meant =
            |(outer, insert): &&(Span, Insert)| *outer == statement.span && *insert.target.object.value(cx.text()) == *repeat.name;
        // What a trigger or a function writes is no row of this file.
        let Some((_, insert)) = written.iter().find(is_meant).filter(|_| !told.contains(&repeat.table)) else { continue };
        told.push(repeat.table.clone());
        if !is_about(&lacks, cx.source().path(), statement.span) {
            out.push(doubles(cx, insert, &repeat));
        }
    }
}

/// The INSERTs of the file, each with the statement that it stands in.
fn written(cx: &MigrationContext<'_>) -> Vec<(Span, Insert)> {
    let mut found = Vec::new();
    cx.walk(&mut |step| {
        if let StepKind::Statement(Node::Insert(insert)) = step.kind {
            found.push((step.outer.span, Insert::clone(insert)));
        }
    });
    found
}

fn doubles(cx: &MigrationContext<'_>, insert: &Insert, repeat: &Repeat) -> Diagnostic {
    let Repeat { once, twice, .. } = repeat;
    let table = repeat.table.strip_prefix("public.").unwrap_or(&repeat.table);
    let rows = if *once == 1 { "row" } else { "rows" };
    let message = format!("a second run inserts rows again: `{table}` then has {twice} instead of {once} {rows}");
    let help = match insert.on_conflict {
        Some(_) => "the rows are in no conflict with those of the first run: put a unique constraint on the columns that tell rows apart",
        None => {
            "the condition lets the rows through again: ask for what the rows themselves say, or write `ON CONFLICT DO NOTHING` with a unique constraint on the columns that tell rows apart"
        }
    };
    let head = Span::new(insert.span.start.min(insert.target.span().start), insert.target.span().end);
    let head = if insert.with.is_some() { insert.target.span() } else { head };
    cx.related_at(cx.finding(head, message).help(help), repeat.origin, "the table is made here")
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
