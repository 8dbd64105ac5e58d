//! What is kept elsewhere or in another form: tables, materialized views and indexes of which a statement copies or writes all that they hold, while
//! nobody can use them.
//!
//! ALTER TABLE takes the name of each of them; what holds nothing by itself, because its partitions do or because it was never filled, is
//! left out.

use crate::catalog::model::RelationKind;
use crate::rules::MigrationContext;
use crate::rules::change::{Change, Existing, changes};
use crate::syntax::tree::{AlterAction, AlteredKind, Node};

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
        RelationKind::Index(_) => owner(change, stored).is_none_or(|owner| may_hold_something(change, &owner)),
        _ => false,
    }
}

/// What keeps something in files of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Table,
    View,
    Index,
}

/// What something is; of what no file makes, the statement says so.
pub(super) fn kind(change: &Change<'_>, stored: &Existing<'_>) -> Kind {
    let written = match change.node() {
        Node::AlterTable(alter) => Some(alter.kind),
        _ => None,
    };
    match (&stored.relation.kind, written) {
        (RelationKind::Index(_), _) | (RelationKind::Unknown, Some(AlteredKind::Index)) => Kind::Index,
        (RelationKind::MaterializedView(_), _) | (RelationKind::Unknown, Some(AlteredKind::MaterializedView)) => Kind::View,
        _ => Kind::Table,
    }
}

/// What nobody can use meanwhile.
pub(super) fn unusable(change: &Change<'_>, stored: &Existing<'_>) -> &'static str {
    match kind(change, stored) {
        Kind::Table => "the table",
        Kind::View => "the view",
        Kind::Index => match owner(change, stored) {
            Some(owner) if matches!(owner.relation.kind, RelationKind::MaterializedView(_)) => "its view",
            _ => "its table",
        },
    }
}

/// What an index is on, if that was there before.
fn owner<'a>(change: &Change<'a>, stored: &Existing<'a>) -> Option<Existing<'a>> {
    match &stored.relation.kind {
        RelationKind::Index(index) => change.existing(index.table, stored.mode, stored.named),
        _ => None,
    }
}
