//! What a migration does to what was there before it: the statements that lock a table of an earlier migration, or one that no file makes,
//! and what a rule asks about them.
//!
//! A table of the migration itself is empty and unseen, so that no lock on it keeps anybody waiting: of such statements nothing is said here.
//! A table that was there before may hold rows, whatever the history shows: its migrations are deployed, and people use it.

use crate::catalog::model::{Persistence, Relation, RelationKind};
use crate::catalog::replay::{Deed, Hold};
use crate::catalog::{Catalog, Class, Object, Oid, Standing, describe};
use crate::diagnostic::Diagnostic;
use crate::postgres::{LockMode, LockTarget};
use crate::syntax::tree::{AlterAction, Ident, Node};
use crate::text::Span;

use super::MigrationContext;

/// A statement that locks what was there before the migration.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change<'a> {
    cx: &'a MigrationContext<'a>,
    deed: &'a Deed,
}

/// A relation that was there before the migration.
#[derive(Debug, Clone)]
pub(super) struct Existing<'a> {
    pub(super) oid: Oid,
    pub(super) object: &'a Object,
    pub(super) relation: &'a Relation,
    /// What it is called, with its schema unless that is `public`.
    pub(super) shown: String,
    /// How the statement locks it.
    pub(super) mode: LockMode,
}

/// The statements of the migration that lock what was there before it, in the order in which they run.
pub(super) fn changes<'a>(cx: &'a MigrationContext<'a>) -> impl Iterator<Item = Change<'a>> {
    cx.replayed.deeds().iter().map(|deed| Change { cx, deed })
}

/// Shows `see` each action of each ALTER TABLE on a table that was there before.
pub(super) fn each_action<'a>(cx: &'a MigrationContext<'a>, mut see: impl FnMut(Change<'a>, &Existing<'a>, &'a AlterAction)) {
    for change in changes(cx) {
        let Node::AlterTable(alter) = change.node() else { continue };
        let Some(table) = change.table() else { continue };
        alter.actions.iter().for_each(|action| see(change, &table, action));
    }
}

impl<'a> Change<'a> {
    /// What it says.
    pub(super) fn node(&self) -> &'a Node {
        &self.deed.node
    }

    /// The text of `span`.
    pub(super) fn written(&self, span: Span) -> &'a str {
        &self.text()[span]
    }

    /// The text that its spans index.
    pub(super) fn text(&self) -> &'a str {
        self.deed.text.as_deref().unwrap_or(&self.cx.up.text)
    }

    /// What `name` is stored as.
    pub(super) fn name(&self, name: Ident) -> String {
        name.value(self.text()).into_owned()
    }

    /// Whether it stands in the file as it is run, so that a fix can change it.
    pub(super) fn is_in_file(&self) -> bool {
        self.deed.text.is_none()
    }

    /// Whether it is a statement of the script itself, and no part of code.
    pub(super) fn is_of_script(&self) -> bool {
        self.statement().is_some_and(|at| self.cx.up.script.statements[at].node() == Some(self.node()))
    }

    /// The statement of the script, by its place, that it is or that runs it.
    pub(super) fn statement(&self) -> Option<usize> {
        self.cx.up.script.statements.binary_search_by_key(&self.deed.outer.start, |statement| statement.span.start).ok()
    }

    /// A finding at `span` of it; at the statement that runs it where that is not in the file.
    pub(super) fn finding(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        let place = if self.is_in_file() { span } else { self.deed.outer };
        self.cx.finding(place, message)
    }

    /// What is there before it.
    pub(super) fn before(&self) -> &'a Catalog {
        &self.deed.before
    }

    /// What it leaves, if that can be told.
    pub(super) fn after(&self) -> Option<&'a Catalog> {
        self.deed.after.as_ref()
    }

    /// A run-time variable that was set before it, by its name in lower case.
    pub(super) fn setting(&self, name: &str) -> Option<&'a crate::catalog::Value> {
        self.deed.setting(name)
    }

    /// The relations that were there before the migration, and that it locks by their own names.
    pub(super) fn subjects(&self) -> impl Iterator<Item = Existing<'a>> {
        let change = *self;
        self.holds(LockTarget::Subject).filter_map(move |hold| change.existing(hold.relation, hold.lock.mode))
    }

    /// The first of them.
    pub(super) fn subject(&self) -> Option<Existing<'a>> {
        self.subjects().next()
    }

    /// The same, if it is a table, as far as anybody knows.
    pub(super) fn table(&self) -> Option<Existing<'a>> {
        self.subject().filter(Existing::may_be_table)
    }

    /// The indexes that were there before the migration, and that it locks together with their tables.
    pub(super) fn indexes(&self) -> impl Iterator<Item = Existing<'a>> {
        let change = *self;
        self.holds(LockTarget::Index).filter_map(move |hold| change.existing(hold.relation, hold.lock.mode))
    }

    /// What it is about, table or index, and how it locks that.
    pub(super) fn strongest(&self) -> Option<Existing<'a>> {
        self.subjects().chain(self.indexes()).max_by_key(|existing| existing.mode)
    }

    /// The relation with this number, if it was there before the migration.
    pub(super) fn existing(&self, oid: Oid, mode: LockMode) -> Option<Existing<'a>> {
        let object = self.deed.before.get(oid)?;
        let relation = object.relation()?;
        let is_older = object.origin.migration != Some(self.cx.replayed.index) || object.standing == Standing::Assumed;
        let is_seen = relation.persistence != Persistence::Temporary;
        let shown = describe::shown(&self.deed.before, oid);
        (is_older && is_seen).then_some(Existing { oid, object, relation, shown, mode })
    }

    fn holds(&self, target: LockTarget) -> impl Iterator<Item = Hold> + use<'a> {
        self.deed.holds.iter().copied().filter(move |hold| hold.lock.target == target)
    }

    /// The earlier statement in the same transaction that made `part`, if one did.
    pub(super) fn maker_in_transaction(&self, part: &Object) -> Option<Span> {
        if part.origin.migration != Some(self.cx.replayed.index) {
            return None;
        }
        let made = |other: &&Deed| other.transaction == self.deed.transaction && other.outer.encloses(part.origin.span);
        self.cx.replayed.deeds().iter().find(made).map(|_| part.origin.span)
    }

    /// `finding`, which says of a table that no file makes why it is taken to be there.
    pub(super) fn told_of(&self, table: &Existing<'_>, finding: Diagnostic) -> Diagnostic {
        match table.object.standing {
            Standing::Assumed => finding.labelled("no migration makes it: it is taken to be there, and to hold rows"),
            Standing::Made => self.cx.related_at(finding, table.object.origin, "it is made here, and may hold rows since"),
        }
    }
}

impl Existing<'_> {
    /// Whether it is a table, partitioned or not, or nobody knows what it is.
    pub(super) fn may_be_table(&self) -> bool {
        matches!(self.relation.kind, RelationKind::Table | RelationKind::Unknown)
    }

    /// Whether it may hold rows: a table, a materialized view, or what nobody knows.
    pub(super) fn has_rows(&self) -> bool {
        self.may_be_table() || matches!(self.relation.kind, RelationKind::MaterializedView(_))
    }

    /// Whether rows are in its partitions, and none in itself.
    pub(super) fn is_partitioned(&self) -> bool {
        self.relation.partitioned.is_some()
    }

    /// Whether the migration found the column called `name` there: not so if it made it itself.
    pub(super) fn had_column(&self, cx: &MigrationContext<'_>, name: &str) -> bool {
        match self.relation.column(name) {
            Some(column) => column.origin.migration != Some(cx.replayed.index),
            None => !self.relation.columns_known,
        }
    }
}

/// Whether a schema has a relation called `name` in the schema of `existing`.
pub(super) fn is_there(catalog: &Catalog, existing: &Existing<'_>, name: &str) -> bool {
    let schema = existing.object.schema.unwrap_or(Oid::NONE);
    !catalog.named(Class::Relation, schema, name).is_empty()
}
