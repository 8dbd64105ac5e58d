//! `ban-select-star-view`: a view says which columns it shows.

use crate::catalog::Standing;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};
use crate::syntax::expression::{Body, ExpressionKind, Query, read_query};

/// The rule.
#[derive(Debug)]
pub struct BanSelectStarView;

static META: Meta = Meta {
    id: "ban-select-star-view",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-select-star-view.md"),
};

impl Rule for BanSelectStarView {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for (oid, object) in cx.objects() {
            let Some(view) = object.relation().and_then(|relation| relation.view()) else { continue };
            let has_star = read_query(&view.query.text).is_some_and(|query| selects_star(&query));
            if object.standing != Standing::Made || object.extension.is_some() || !has_star {
                continue;
            }
            let finding = cx.finding_at(object.origin, format!("view `{}` shows `*`, and not columns that it names", cx.shown(oid)));
            out.extend(finding.map(|finding| finding.help("write the columns")));
        }
    }
}

/// Whether `*` is among what the query gives.
fn selects_star(query: &Query) -> bool {
    match &query.body {
        Body::Select(select) => select.targets.iter().any(|target| matches!(target.value.kind, ExpressionKind::Star(_))),
        Body::SetOperation(operation) => operation.parts.first().is_some_and(selects_star),
        _ => false,
    }
}
