//! Whether rows can be written through a view (manual, CREATE VIEW, "Updatable Views"; `view_query_is_auto_updatable`).

use crate::catalog::expression::analysis::AnalysedQuery;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::RelationKind;
use crate::catalog::run::Run;
use crate::syntax::expression::{Body, Distinct, ExpressionKind, FromItemKind, Node, Query, Select, read_query};
use crate::text::Span;

/// Expects that rows can be written through a view of this query.
///
/// # Errors
/// 0A000 if they can't.
pub(super) fn expect(run: &Run<'_>, analysed: &AnalysedQuery, span: Span) -> Result {
    let Some(query) = read_query(&analysed.stored.text) else { return Ok(()) };
    let writable = is_plain(&query) && reads_one_relation(run, analysed, &query);
    let has_column = analysed.outputs.as_ref().is_none_or(|outputs| outputs.iter().any(|output| output.source.is_some()));
    match writable && has_column {
        true => Ok(()),
        false => Err(Stop::fails("0A000", "WITH CHECK OPTION is supported only on automatically updatable views", span)),
    }
}

/// Whether each row of the query is one of what it reads.
fn is_plain(query: &Query) -> bool {
    let Body::Select(select) = &query.body else { return false };
    let whole = query.with.is_none() && query.limit.is_none() && query.offset.is_none();
    whole && select.distinct == Distinct::All && select.group_by.is_none() && select.having.is_none() && !has_window(select)
}

fn has_window(select: &Select) -> bool {
    let mut found = false;
    for target in &select.targets {
        target.value.walk(&mut |node| {
            if let Node::Expression(expression) = node
                && let ExpressionKind::Call(call) = &expression.kind
            {
                found |= call.over.is_some();
            }
        });
    }
    found
}

fn reads_one_relation(run: &Run<'_>, analysed: &AnalysedQuery, query: &Query) -> bool {
    let Body::Select(select) = &query.body else { return false };
    let [item] = &select.from[..] else { return false };
    let FromItemKind::Relation(relation) = &item.kind else { return false };
    let source = analysed.outputs.iter().flatten().find_map(|output| output.source);
    let is_written = source.and_then(|source| run.catalog.relation(source.object)).is_none_or(|relation| {
        !matches!(relation.kind, RelationKind::MaterializedView(_) | RelationKind::Sequence(_) | RelationKind::Composite)
    });
    relation.sample.is_none() && is_written
}
