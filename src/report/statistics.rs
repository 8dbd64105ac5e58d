//! How often each rule found something: the table of `--statistics`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use comfy_table::{CellAlignment, Table, presets};

use crate::engine::Outcome;

use super::Style;
use super::human::summary;

/// Writes one line a rule, the most frequent first, and the summary.
///
/// # Errors
/// What `out` gives.
pub fn statistics(out: &mut dyn Write, outcome: &Outcome, style: Style) -> io::Result<()> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in &outcome.findings {
        *counts.entry((finding.diagnostic.rule, finding.diagnostic.severity.word())).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    for ((rule, severity), count) in rows {
        table.add_row([count.to_string(), severity.to_owned(), rule.to_owned()]);
    }
    if let Some(column) = table.column_mut(0) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    if !outcome.findings.is_empty() {
        writeln!(out, "{}{}", table.trim_fmt(), if style.summary { "\n" } else { "" })?;
    }
    if style.summary { summary(out, outcome, style) } else { Ok(()) }
}
