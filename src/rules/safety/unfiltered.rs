//! UPDATE and DELETE that leave out no row of a table that was there before: without WHERE, or with `true` or `1 = 1` as its condition.
//!
//! A table that the transaction has emptied holds no row that could be meant.

use crate::catalog::Oid;
use crate::rules::MigrationContext;
use crate::rules::change::{Change, Existing, changes};
use crate::syntax::tree::{Clause, Condition, Node};
use crate::text::Span;

/// Shows `see` each of them, its table, and its words up to the table's name: of several of a kind that write one table in one transaction, the first.
pub(super) fn each<'a>(cx: &'a MigrationContext<'a>, mut see: impl FnMut(Change<'a>, &Existing<'a>, Span)) {
    let mut seen: Vec<(Change<'a>, Oid)> = Vec::new();
    for change in changes(cx) {
        let (span, condition, target) = match change.node() {
            Node::Update(update) => (update.span, &update.where_clause, &update.target),
            Node::Delete(delete) => (delete.span, &delete.where_clause, &delete.target),
            _ => continue,
        };
        let Some(table) = change.written_table().filter(|table| !table.is_emptied()) else { continue };
        let is_filtered = condition.as_ref().is_some_and(|condition| !is_always_true(&change, condition));
        // A partitioned table holds no rows itself, and of one that goes in the end another rule speaks.
        let is_idle = target.only.is_some() && table.is_partitioned() || change.end().get(table.oid).is_none();
        let is_alike = |(other, of): &(Change<'_>, Oid)| {
            *of == table.oid
                && other.shares_transaction(&change)
                && std::mem::discriminant(other.node()) == std::mem::discriminant(change.node())
        };
        if is_filtered || is_idle || seen.iter().any(is_alike) {
            continue;
        }
        seen.push((change, table.oid));
        see(change, &table, Span::new(span.start, target.name.span().end));
    }
}

fn is_always_true(change: &Change<'_>, condition: &Clause<Condition>) -> bool {
    let Condition::Expression(expression) = condition.value else { return false };
    let words: String = change.written(expression.span).chars().filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')')).collect();
    words.eq_ignore_ascii_case("true") || words == "1=1"
}
