//! `require-concurrent-reindex`: indexes of tables that are in use are built again beside everybody else.

use super::concurrency;
use crate::catalog::Class;
use crate::catalog::model::Index;
use crate::diagnostic::Severity;
use crate::postgres::{StepKind, is_reindexed_concurrently};
use crate::rules::change::{Change, changes};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Name, Node, ReindexTarget};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct RequireConcurrentReindex;

static META: Meta = Meta {
    id: "require-concurrent-reindex",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-concurrent-reindex.md"),
};

impl Rule for RequireConcurrentReindex {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let Node::Reindex(reindex) = change.node() else { continue };
            let (ReindexTarget::Index(name) | ReindexTarget::Table(name)) = reindex.target else { continue };
            if is_reindexed_concurrently(change.text(), reindex) {
                continue;
            }
            // PostgreSQL builds those of its own catalogs, and those of exclusion constraints, in no other way.
            if name.schema.is_some_and(|schema| is_own(&schema.value(change.text()))) || is_of_exclusion(&change, name) {
                continue;
            }
            let Some(subject) = change.strongest().filter(|subject| !subject.is_truncated()) else { continue };
            let words = change.written(Span::new(reindex.span.start, name.span().start)).trim_end();
            let place = Span::new(reindex.span.start, reindex.span.start + words.len() as u32);
            let message = match reindex.target {
                ReindexTarget::Index(_) => {
                    format!(
                        "building `{}` again keeps everybody from writing to its table, and queries of that wait as well",
                        subject.shown
                    )
                }
                _ => format!(
                    "building this again keeps everybody from writing, and queries wait for each index of `{}` that is built",
                    subject.shown
                ),
            };
            let finding = change.told_of(&subject, change.finding(place, message));
            let advice = concurrency::advice(cx, &change, "CONCURRENTLY");
            out.push(finding.help(advice).fix(concurrency::fix(cx, &change, place.end)));
        }
        // Which tables these lock, no migration says.
        cx.walk(&mut |step| {
            let StepKind::Statement(Node::Reindex(reindex)) = step.kind else { return };
            let is_own = match reindex.target {
                ReindexTarget::Schema(schema) => is_own(&schema.value(cx.text())),
                ReindexTarget::Database(_) => false,
                _ => return,
            };
            if !is_own && !is_reindexed_concurrently(cx.text(), reindex) {
                let message = "building these again keeps everybody from writing to one table after the other, and queries wait for each index that is built";
                out.push(cx.finding(reindex.span, message).help("write `CONCURRENTLY` before the name"));
            }
        });
    }
}

/// Whether a schema is PostgreSQL's own.
fn is_own(schema: &str) -> bool {
    schema.starts_with("pg_") || schema == "information_schema"
}

/// Whether an index stands for an exclusion constraint.
fn is_of_exclusion(change: &Change<'_>, name: Name) -> bool {
    let value = name.object.value(change.text());
    let mut found = change.before().anywhere(Class::Relation, &value).filter_map(|(_, object)| object.relation()?.index());
    found.any(Index::is_exclusion)
}
