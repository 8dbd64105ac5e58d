//! Verdicts in words: one for each question, and in sentences what is refuted and why, what is unknown and why, and under which conditions the
//! rest holds.

use crate::catalog::replay::Verdict;
use crate::engine::Judged;
use crate::report::one_line;
use crate::text::{SourceFile, Span};

/// How many differences of one verdict are shown; `--diff` shows all.
const SHOWN: usize = 6;

/// What stands before each item of a list.
const ITEM: &str = "- ";

/// Whether a migration applies, re-runs and reverts.
pub(in crate::report) fn words(one: &Judged) -> [&'static str; 3] {
    let reruns = one.reruns.as_ref().map(|reruns| &reruns.verdict);
    [Some(&one.applies), reruns, one.reverts.as_ref()].map(word)
}

fn word(verdict: Option<&Verdict>) -> &'static str {
    match verdict {
        None => "–",
        Some(Verdict::Proved { conditions }) if !conditions.is_empty() => "proved, if",
        Some(verdict) => verdict.word(),
    }
}

/// What is to be said of a migration beyond those words, line by line.
pub(in crate::report) fn told(one: &Judged) -> Vec<String> {
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
    lines
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
