//! `avoid-refresh-lock`: a materialized view that is in use is filled again beside those who read it.

use crate::catalog::Catalog;
use crate::catalog::model::RelationKind;
use crate::diagnostic::{Applicability, Severity};
use crate::rules::change::{Change, Existing, changes};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Node, WithData};
use crate::text::Edit;

/// The rule.
#[derive(Debug)]
pub struct AvoidRefreshLock;

static META: Meta = Meta {
    id: "avoid-refresh-lock",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/avoid-refresh-lock.md"),
};

impl Rule for AvoidRefreshLock {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let Node::RefreshMaterializedView(refresh) = change.node() else { continue };
            if refresh.concurrently.is_some() {
                continue;
            }
            let Some(view) = change.subject().filter(|view| !is_unpopulated(view)) else { continue };
            let is_emptied = refresh.data.as_ref().is_some_and(|data| matches!(data.value, WithData::NoData));
            if is_emptied && change.end().get(view.oid).is_none() {
                continue;
            }
            if is_emptied && !is_filled_in_transaction(cx, &change, &view) {
                let message = format!("`{}` can't be read from now on, until it is filled again: queries fail", view.shown);
                let finding = change.told_of(&view, change.finding(refresh.span, message));
                out.push(
                    finding.help("`REFRESH MATERIALIZED VIEW CONCURRENTLY` fills it beside those who read it; drop it if nobody does"),
                );
                continue;
            }
            let message = format!("nobody can read `{}` until it has been filled again", view.shown);
            let finding = change.told_of(&view, change.finding(refresh.span, message));
            let can = has_key(change.before(), &view);
            let help = match (can, is_emptied) {
                (true, false) => "write `CONCURRENTLY`",
                (false, false) => "write `CONCURRENTLY`, for which it needs a unique index on columns, without WHERE",
                (true, true) => "take this out, and let the one that fills it say `CONCURRENTLY`",
                (false, true) => {
                    "take this out, and let the one that fills it say `CONCURRENTLY`, for which it needs a unique index on columns, without WHERE"
                }
            };
            let is_known = matches!(&view.relation.kind, RelationKind::MaterializedView(view) if view.populated);
            let fix = (can && is_known && !is_emptied && change.is_of_script()).then(|| {
                let edit = Edit::insertion(refresh.concurrently_at, "CONCURRENTLY ");
                cx.fix(Applicability::Safe, "write `CONCURRENTLY`", vec![edit])
            });
            out.push(finding.help(help).fix(fix));
        }
    }
}

/// Whether the same transaction fills a view that `emptying` empties: then nobody sees it empty, and all wait.
fn is_filled_in_transaction(cx: &MigrationContext<'_>, emptying: &Change<'_>, view: &Existing<'_>) -> bool {
    let mut later =
        changes(cx).skip_while(|change| !change.is_same(emptying)).skip(1).take_while(|change| change.shares_transaction(emptying));
    later.any(|change| {
        let fills = matches!(change.node(), Node::RefreshMaterializedView(refresh) if refresh.data.as_ref().is_none_or(|data| matches!(data.value, WithData::Data)));
        fills && change.subject().is_some_and(|other| other.oid == view.oid)
    })
}

/// Whether it holds nothing that could be read.
fn is_unpopulated(view: &Existing<'_>) -> bool {
    matches!(&view.relation.kind, RelationKind::MaterializedView(view) if !view.populated)
}

/// Whether a unique index on columns alone, and on all rows, tells its rows apart, as CONCURRENTLY asks (PostgreSQL 15, REFRESH MATERIALIZED VIEW).
fn has_key(catalog: &Catalog, view: &Existing<'_>) -> bool {
    catalog.indexes(view.oid).any(|(_, index)| index.unique && index.predicate.is_none() && index.columns().all(|column| column.is_some()))
}
