//! UPDATE and DELETE that leave out no row of a table that was there before: without WHERE, or with one that is always true.
//!
//! A table that the transaction has emptied holds no row that could be meant.

use crate::rules::MigrationContext;
use crate::rules::change::{Change, Existing, changes};
use crate::syntax::tree::{Clause, Condition, Node};
use crate::text::Span;

/// Shows `see` each of them, its table, and its words up to the table's name; one that a loop runs once more, once.
pub(super) fn each<'a>(cx: &'a MigrationContext<'a>, mut see: impl FnMut(Change<'a>, &Existing<'a>, Span)) {
    let mut seen: Vec<(Option<usize>, Span)> = Vec::new();
    for change in changes(cx) {
        let (span, condition, target) = match change.node() {
            Node::Update(update) => (update.span, &update.where_clause, &update.target),
            Node::Delete(delete) => (delete.span, &delete.where_clause, &delete.target),
            _ => continue,
        };
        let Some(table) = change.written_table().filter(|table| !table.is_emptied()) else { continue };
        if condition.as_ref().is_some_and(|condition| !is_always_true(&change, condition)) || seen.contains(&(change.statement(), span)) {
            continue;
        }
        seen.push((change.statement(), span));
        see(change, &table, Span::new(span.start, target.name.span().end));
    }
}

fn is_always_true(change: &Change<'_>, condition: &Clause<Condition>) -> bool {
    matches!(condition.value, Condition::Expression(expression) if change.written(expression.span).eq_ignore_ascii_case("true"))
}
