//! What is kept elsewhere or in another form: tables, materialized views and indexes of which a statement copies or writes all that they hold, while
//! nobody can use them.
//!
//! ALTER TABLE takes the name of each of them; what holds nothing by itself, because its partitions do or because it was never filled, is
//! left out.

use crate::catalog::model::RelationKind;
use crate::rules::MigrationContext;
use crate::rules::change::{Change, Existing, changes};
use crate::syntax::tree::{AlterAction, Node};

/// Shows `see` each action of ALTER TABLE, INDEX and MATERIALIZED VIEW on what was there before and may hold something.
pub(super) fn each_action_on_stored<'a>(cx: &'a MigrationContext<'a>, mut see: impl FnMut(Change<'a>, &Existing<'a>, &'a AlterAction)) {
    for change in changes(cx) {
        let Node::AlterTable(alter) = change.node() else { continue };
        let Some(stored) = change.subjects().chain(change.indexes()).next().filter(|stored| may_hold_something(&change, stored)) else {
            continue;
        };
        alter.actions.iter().for_each(|action| see(change, &stored, action));
    }
}

/// Whether files of its own may hold something.
pub(super) fn may_hold_something(change: &Change<'_>, stored: &Existing<'_>) -> bool {
    match &stored.relation.kind {
        RelationKind::Table | RelationKind::Unknown => !stored.is_partitioned(),
        RelationKind::MaterializedView(view) => view.populated,
        RelationKind::Index(index) => change.existing(index.table, stored.mode, stored.named).is_none_or(|table| !table.is_partitioned()),
        _ => false,
    }
}

/// What nobody can use meanwhile.
pub(super) fn unusable(stored: &Existing<'_>) -> &'static str {
    match stored.relation.kind {
        RelationKind::Index(_) => "its table",
        RelationKind::MaterializedView(_) => "the view",
        _ => "the table",
    }
}
