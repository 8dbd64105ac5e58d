//! `ban-set-tablespace`: nothing that is in use is copied to another tablespace.

use super::storage::{Kind, each_action_on_stored, kind, may_hold_something, unusable};
use crate::catalog::Oid;
use crate::diagnostic::{Diagnostic, Severity};
use crate::postgres::reindexes_into_tablespace;
use crate::rules::change::{Change, Existing, assuming, changes};
use crate::rules::places::listed;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, MoveAll, MovedKind, Node};

/// The rule.
#[derive(Debug)]
pub struct BanSetTablespace;

static META: Meta = Meta {
    id: "ban-set-tablespace",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-set-tablespace.md"),
};

impl Rule for BanSetTablespace {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let mut told: Vec<Told> = Vec::new();
        each_action_on_stored(cx, |change, stored, action| {
            let AlterActionKind::SetTablespace(space) = action.kind else { return };
            let space = change.name(space);
            let is_same = stored.relation.columns_known && stored.relation.tablespace.as_deref().unwrap_or(OWN) == space;
            // What was deleted is copied with the pages that it stood on.
            if is_same || stored.is_truncated() {
                return;
            }
            let message = format!("all of `{}` is copied, and nobody can use {} meanwhile", stored.shown, unusable(&change, stored));
            let help = match kind(&change, stored) {
                Kind::Index => of_indexes(cx),
                Kind::View => OF_VIEWS,
                Kind::Table => OF_TABLES,
            };
            out.push(change.told_of(stored, change.finding(action.span, message)).help(help));
            told.push(Told { by: change.statement(), relation: stored.oid, space });
        });
        for change in changes(cx) {
            if let Node::MoveAll(all) = change.node() {
                out.extend(found_in_tablespace(cx, &change, all, &told));
            }
        }
    }
}

/// What is told to be copied: by which statement of the script, be it in its code, and where to.
struct Told {
    by: Option<usize>,
    relation: Oid,
    space: String,
}

/// The tablespace of what names none, which the database's own goes by as well.
const OWN: &str = "pg_default";

const OF_TABLES: &str = "move it beside those who use it with `pg_repack --tablespace`, an extension";
const OF_SEVERAL_TABLES: &str = "move one after the other beside those who use them with `pg_repack --tablespace`, an extension";
const OF_VIEWS: &str = "make another one in the tablespace, and swap the two names";

fn of_indexes(cx: &MigrationContext<'_>) -> &'static str {
    match reindexes_into_tablespace(cx.target) {
        true => "`REINDEX (CONCURRENTLY, TABLESPACE …) INDEX …` moves it beside those who use it, in no transaction",
        false => "make another one in the tablespace with `CREATE INDEX CONCURRENTLY`, and drop this one concurrently",
    }
}

/// What `ALL IN TABLESPACE` copies of the history's own; where it knows of nothing there, of what else may be.
fn found_in_tablespace(cx: &MigrationContext<'_>, change: &Change<'_>, all: &MoveAll, told: &[Told]) -> Option<Diagnostic> {
    let there: Vec<Existing<'_>> = change.in_tablespace().collect();
    let space = change.name(all.to);
    // What code may have moved there before is copied once, by one of the two.
    let is_told =
        |one: &Existing<'_>| told.iter().any(|told| told.by == change.statement() && told.relation == one.oid && told.space == space);
    let is_copied = |one: &&Existing<'_>| may_hold_something(change, one) && !one.is_truncated() && !is_told(one);
    let copied: Vec<&Existing<'_>> = there.iter().filter(is_copied).collect();
    let help = match all.kind {
        MovedKind::Tables => OF_SEVERAL_TABLES,
        MovedKind::Indexes => of_indexes(cx),
        MovedKind::MaterializedViews => OF_VIEWS,
    };
    let message = match copied.as_slice() {
        [] if !there.is_empty() => return None,
        [] => {
            let kind = match all.kind {
                MovedKind::Tables => "table",
                MovedKind::Indexes => "index",
                MovedKind::MaterializedViews => "materialized view",
            };
            let message = format!("each {kind} in `{}` is copied, and nobody can use it meanwhile", change.name(all.from));
            let finding = change.finding(all.span, message);
            return Some(assuming(finding, "no migration puts any there: some are taken to be there, and to hold rows").help(help));
        }
        [one] => format!("all of `{}` is copied, and nobody can use {} meanwhile", one.shown, unusable(change, one)),
        _ => format!("all of {} is copied, and nobody can use them until the last is", listed(copied.iter().map(|one| &one.shown))),
    };
    let finding = change.finding(all.span, message).help(help);
    Some(copied.into_iter().fold(finding, |finding, one| change.told_of(one, finding)))
}
