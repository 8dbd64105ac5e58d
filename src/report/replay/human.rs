//! Verdicts for people: a table, and below it what is to be said of each migration.

use std::collections::BTreeMap;
use std::io::{self, Write};

use comfy_table::{Table, presets};

use crate::engine::Judged;
use crate::report::{Style, count, wrapped};

use super::sentence::{told, words};

pub(super) fn write(out: &mut dyn Write, judged: &[Judged], style: Style) -> io::Result<()> {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_width(style.width as u16);
    table.set_header(["migration", "applies", "re-runs", "reverts"]);
    for one in judged {
        table.add_row(std::iter::once(one.id.clone()).chain(words(one).map(str::to_owned)));
    }
    if !judged.is_empty() {
        writeln!(out, "{}\n", table.trim_fmt())?;
    }
    for one in judged {
        details(out, one, style)?;
    }
    if style.summary { summary(out, judged) } else { Ok(()) }
}

/// What is to be said of one migration beyond the table.
fn details(out: &mut dyn Write, one: &Judged, style: Style) -> io::Result<()> {
    let lines = told(one);
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
