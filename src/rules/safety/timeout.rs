//! Limits of time: the first statement of a migration that locks what is in use while a run-time variable sets no limit.

use crate::catalog::Value;
use crate::rules::MigrationContext;
use crate::rules::change::{Change, Existing, changes};
use crate::text::Span;

/// The first statement that keeps others from writing to what was there before, while `variable` is not set or 0; what it locks so, and its first
/// words.
pub(super) fn first_without<'a>(cx: &'a MigrationContext<'a>, variable: &str) -> Option<(Change<'a>, Existing<'a>, Span)> {
    let mut without = changes(cx).filter(|change| !has_limit(change.setting(variable))).filter_map(|change| {
        let held = change.strongest().filter(|held| held.mode.blocks_writes())?;
        Some((change, held))
    });
    let (change, held) = without.next()?;
    let place = change.statement().map(|at| head(cx, at))?;
    Some((change, held, place))
}

/// Whether the variable is set to something else than 0, which stands for no limit (PostgreSQL 15, 20.11.1).
fn has_limit(setting: Option<&Value>) -> bool {
    match setting {
        None | Some(Value::Null) => false,
        Some(Value::Number(written) | Value::Text(written)) => written.contains(|c: char| ('1'..='9').contains(&c)),
        Some(_) => true,
    }
}

/// The first words of a statement, as far as they stand on one line.
fn head(cx: &MigrationContext<'_>, at: usize) -> Span {
    let span = cx.up.script.statements[at].span;
    let line = cx.text()[span].lines().next().unwrap_or_default();
    Span::new(span.start, span.start + line.trim_end().len() as u32)
}
