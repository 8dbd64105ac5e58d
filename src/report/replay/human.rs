//! Verdicts for people: a table, and below it, migration by migration, what is refuted and why, what is unknown and why, and under which
//! conditions the rest holds.

use std::collections::BTreeMap;
use std::io::{self, Write};

use comfy_table::{Table, presets};

use crate::catalog::replay::Verdict;
use crate::engine::Judged;
use crate::report::{Style, count, one_line, wrapped};
use crate::text::{SourceFile, Span};

/// How many differences of one verdict are shown; `--diff` shows all.
const SHOWN: usize = 6;

/// What stands before each item of a list.
const ITEM: &str = "- ";

pub(super) fn write(out: &mut dyn Write, judged: &[Judged], style: Style) -> io::Result<()> {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_width(style.width as u16);
    table.set_header(["migration", "applies", "re-runs", "reverts"]);
    for one in judged {
        let reruns = one.reruns.as_ref().map(|reruns| &reruns.verdict);
        table.add_row([one.id.clone(), word(Some(&one.applies)), word(reruns), word(one.reverts.as_ref())]);
    }
    if !judged.is_empty() {
        writeln!(out, "{}\n", table.trim_fmt())?;
    }
    for one in judged {
        details(out, one, style)?;
    }
    if style.summary { summary(out, judged) } else { Ok(()) }
}

fn word(verdict: Option<&Verdict>) -> String {
    match verdict {
        None => "–".to_owned(),
        Some(Verdict::Proved { conditions }) if !conditions.is_empty() => "proved, if".to_owned(),
        Some(verdict) => verdict.word().to_owned(),
    }
}

/// What is to be said of one migration beyond the table.
fn details(out: &mut dyn Write, one: &Judged, style: Style) -> io::Result<()> {
    let down = one.down.as_ref().unwrap_or(&one.up);
    let (mut lines, mut is_told) = (Vec::new(), false);
    of_verdict(&mut lines, "applies", &one.applies, &one.up, SHOWN);
    // Where it can't be told whether it applies, nothing else can be told either, and that is said once.
    let stands = |verdict: &Verdict| !(one.applies.is_unknown() && verdict.is_unknown());
    if let Some(reruns) = one.reruns.as_ref().filter(|reruns| stands(&reruns.verdict)) {
        of_verdict(&mut lines, "re-runs", &reruns.verdict, &one.up, SHOWN);
    }
    if let Some(reverts) = one.reverts.as_ref().filter(|reverts| stands(reverts)) {
        let shown = if one.left.is_empty() { SHOWN } else { usize::MAX };
        of_verdict(&mut lines, "reverts", reverts, down, shown);
        is_told = !reverts.differences().is_empty();
    }
    if !one.left.is_empty() && !is_told {
        lines.push("after down, other than before up:".to_owned());
        lines.extend(one.left.iter().map(|left| format!("{ITEM}{}", one_line(left))));
    }
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", one.id)?;
    for line in lines {
        for piece in wrapped(&line, style.width.saturating_sub(4).max(20)) {
            writeln!(out, "  {piece}")?;
        }
    }
    writeln!(out)
}

/// Adds what is to be said of one verdict, with at most `shown` differences.
fn of_verdict(lines: &mut Vec<String>, question: &str, verdict: &Verdict, source: &SourceFile, shown: usize) {
    match verdict {
        Verdict::Proved { conditions } => {
            lines.extend(conditions.iter().map(|condition| {
                let place = place(condition.span, source);
                format!("{question}, but {} {}{place}", condition.sqlstate, one_line(&condition.reason))
            }));
        }
        Verdict::Refuted { reason, differences, .. } if !differences.is_empty() => {
            let what = reason.split(':').next().unwrap_or(reason);
            lines.push(format!("{question}: refuted: {}:", one_line(what)));
            lines.extend(differences.iter().take(shown).map(|difference| format!("{ITEM}{}", one_line(&difference.text))));
            match differences.len().saturating_sub(shown) {
                0 => {}
                more => lines.push(format!("{ITEM}and {more} more: `--diff` shows all")),
            }
        }
        Verdict::Refuted { sqlstate, reason, span, .. } => {
            let state = sqlstate.map(|sqlstate| format!("{sqlstate} ")).unwrap_or_default();
            lines.push(format!("{question}: refuted: {state}{}{}", one_line(reason), place(*span, source)));
        }
        Verdict::Unknown { reason, span } => {
            lines.push(format!("{question}: unknown: {}{}", one_line(reason), place(*span, source)));
        }
    }
}

fn place(span: Option<Span>, source: &SourceFile) -> String {
    span.map(|span| format!(" ({}:{})", source.path(), source.position(span.start).line)).unwrap_or_default()
}

/// How many verdicts of each kind there are.
fn summary(out: &mut dyn Write, judged: &[Judged]) -> io::Result<()> {
    let mut counts: [BTreeMap<&str, usize>; 3] = Default::default();
    for one in judged {
        let reruns = one.reruns.as_ref().map(|reruns| &reruns.verdict);
        for (count, verdict) in counts.iter_mut().zip([Some(&one.applies), reruns, one.reverts.as_ref()]) {
            if let Some(verdict) = verdict {
                *count.entry(verdict.word()).or_default() += 1;
            }
        }
    }
    writeln!(out, "{}", count(judged.len(), "migration"))?;
    for (question, count) in ["applies", "re-runs", "reverts"].into_iter().zip(counts) {
        let parts: Vec<String> = count.iter().map(|(word, number)| format!("{number} {word}")).collect();
        if !parts.is_empty() {
            writeln!(out, "  {question}: {}", parts.join(", "))?;
        }
    }
    Ok(())
}
