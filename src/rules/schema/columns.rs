//! Columns of a table about which there is one thing to say, told once for each migration that made some of them.

use std::collections::BTreeMap;

use crate::catalog::model::Column;
use crate::diagnostic::Diagnostic;
use crate::rules::{HistoryContext, OwnTable};

/// How many columns a message names.
const NAMED: usize = 3;

/// A finding for each migration that made some of `columns`, at the first of them; `message` gets their names.
pub(super) fn together<'c>(
    cx: &HistoryContext<'c>,
    table: &OwnTable<'c>,
    columns: impl Iterator<Item = &'c Column>,
    message: impl Fn(&str, usize) -> String,
) -> Vec<Diagnostic> {
    let mut by_migration: BTreeMap<Option<u32>, Vec<&Column>> = BTreeMap::new();
    for column in columns {
        by_migration.entry(column.origin.migration).or_default().push(column);
    }
    let told = |columns: &Vec<&Column>| {
        let first = columns.first()?;
        cx.finding_at_column(table, first, message(&named(columns), columns.len()))
    };
    by_migration.values().filter_map(told).collect()
}

/// Whether a name holds anything but small letters, digits and underscores.
pub(super) fn needs_quotes(name: &str) -> bool {
    crate::catalog::describe::name(name).starts_with('"')
}

/// The columns, as a message names them: ``columns `a`, `b` and 2 more``.
pub(super) fn named(columns: &[&Column]) -> String {
    let quoted: Vec<String> = columns.iter().take(NAMED).map(|column| format!("`{}`", column.name)).collect();
    match columns.len() - quoted.len() {
        0 => match quoted.split_last() {
            Some((last, [])) => format!("column {last}"),
            Some((last, rest)) => format!("columns {} and {last}", rest.join(", ")),
            None => String::new(),
        },
        more => format!("columns {} and {more} more", quoted.join(", ")),
    }
}
