//! `prefer-single-alter-table`: what several ALTER TABLE do one after the other, one does.

use crate::diagnostic::Severity;
use crate::rules::change::{Change, Existing, changes};
use crate::rules::places::with_places;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{
    AlterAction, AlterActionKind, AlterTable, AlteredKind, AttributeKind, ColumnChange, ColumnRef, DropPart, Ident, Node,
};
use crate::text::Span;

use super::avoid_many_foreign_keys::adds_foreign_key;

/// The rule.
#[derive(Debug)]
pub struct PreferSingleAlterTable;

static META: Meta = Meta {
    id: "prefer-single-alter-table",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/prefer-single-alter-table.md"),
};

impl Rule for PreferSingleAlterTable {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let mut series: Vec<Altered<'_>> = Vec::new();
        for altered in changes(cx).filter_map(Altered::of).map(Some).chain([None]) {
            let goes_on = altered.as_ref().is_some_and(|next| series.last().is_some_and(|last| last.is_before(next)));
            let is_apart = |next: &Altered<'_>| series.iter().all(|earlier| !next.stands_on(earlier));
            if goes_on && altered.as_ref().is_some_and(is_apart) {
                series.extend(altered);
                continue;
            }
            if let [_, second, ..] = series.as_slice() {
                let places: Vec<Span> = series[1..].iter().map(|altered| altered.alter.relation.name.span()).collect();
                let message = format!("the ALTER TABLE before could do this to `{}` as well", second.table.shown);
                let finding = with_places(cx, second.change.finding(places[0], message), &places, "and here");
                out.push(
                    second.change.told_of(&second.table, finding).help("write the actions behind each other in one statement, with commas"),
                );
            }
            series = altered.into_iter().collect();
        }
    }
}

/// An ALTER TABLE that one before it, or behind it, may take in.
struct Altered<'a> {
    change: Change<'a>,
    alter: &'a AlterTable,
    table: Existing<'a>,
    /// Its place among the statements of the script.
    at: usize,
}

impl<'a> Altered<'a> {
    fn of(change: Change<'a>) -> Option<Altered<'a>> {
        let Node::AlterTable(alter) = change.node() else { return None };
        let at = change.statement().filter(|_| change.is_of_script())?;
        let is_meant = alter.kind == AlteredKind::Table && alter.actions.iter().all(can_stand_beside_others);
        is_meant.then_some(Altered { alter, table: change.table()?, at, change })
    }

    /// Whether `next` follows it at once, on the same table, in the same transaction if there is one, and takes no other lock.
    fn is_before(&self, next: &Altered<'_>) -> bool {
        let is_same = self.table.oid == next.table.oid && self.alter.relation.only.is_some() == next.alter.relation.only.is_some();
        is_same && self.at + 1 == next.at && self.table.mode == next.table.mode
    }

    /// Whether it needs what `earlier` has done first, or another statement that it does more on purpose.
    fn stands_on(&self, earlier: &Altered<'_>) -> bool {
        let needs = |action: &AlterAction| earlier.alter.actions.iter().any(|first| self.needs(action, earlier, first));
        self.alter.actions.iter().any(needs)
    }

    /// Whether `second`, an action of it, needs `first`, one of `earlier`: within one statement PostgreSQL drops before it changes, changes before it adds,
    /// computes from the row as it was, and changes a type once. A CHECK that spares SET NOT NULL a scan may go only behind it, and each foreign key
    /// keeps others from writing to one table more.
    fn needs(&self, second: &AlterAction, earlier: &Altered<'_>, first: &AlterAction) -> bool {
        use AlterActionKind::{AddConstraint, AlterColumn, AlterConstraint, DropColumn, DropConstraint};
        let names = |name: Ident| earlier.change.names(first.span, &self.change.name(name));
        let adds = matches!(first.kind, AlterActionKind::AddColumn(_) | AddConstraint(_));
        match &second.kind {
            AlterColumn(ColumnRef::Name(column), what) => match &first.kind {
                AlterColumn(ColumnRef::Name(other), was) => {
                    let is_retyped = matches!(what, ColumnChange::SetType(_)) || matches!(was, ColumnChange::SetType(_));
                    let is_same = earlier.change.name(*other) == self.change.name(*column);
                    let is_read = matches!(what, ColumnChange::SetType(_)) && self.change.names(second.span, &earlier.change.name(*other));
                    is_read || is_same && (is_retyped || aspect(what) == aspect(was))
                }
                AlterActionKind::AddColumn(add) => self.change.names(second.span, &earlier.change.name(add.column.name)),
                _ => false,
            },
            DropColumn(drop) => !matches!(first.kind, DropColumn(_) | DropConstraint(_)) && names(drop.name),
            DropConstraint(DropPart { name, .. }) | AlterConstraint(name, _) => {
                let is_checked = matches!(first.kind, AlterColumn(_, ColumnChange::SetNotNull));
                is_checked || adds && has_unnamed_constraint(first) || !matches!(first.kind, DropConstraint(_)) && names(*name)
            }
            _ => adds_foreign_key(first) && adds_foreign_key(second),
        }
    }
}

/// What of a column a change is about: two of one kind are done in another order in one statement, or the first for nothing.
fn aspect(change: &ColumnChange) -> u8 {
    match change {
        ColumnChange::SetDefault(_) | ColumnChange::DropDefault => 0,
        ColumnChange::SetNotNull | ColumnChange::DropNotNull => 1,
        ColumnChange::SetType(_) => 2,
        ColumnChange::SetExpression(_) | ColumnChange::DropExpression(_) => 3,
        ColumnChange::SetStatistics(_) => 4,
        ColumnChange::SetOptions(_) | ColumnChange::ResetOptions(_) | ColumnChange::Options(_) => 5,
        ColumnChange::SetStorage(_) => 6,
        ColumnChange::SetCompression(_) => 7,
        ColumnChange::AddIdentity(_) | ColumnChange::SetIdentity(_) | ColumnChange::DropIdentity(_) => 8,
    }
}

/// Whether an action adds a constraint that PostgreSQL names.
fn has_unnamed_constraint(action: &AlterAction) -> bool {
    match &action.kind {
        AlterActionKind::AddConstraint(constraint) => constraint.name.is_none(),
        AlterActionKind::AddColumn(add) => add.column.constraints.iter().any(|constraint| constraint.name.is_none()),
        _ => false,
    }
}

/// Whether it is an action that may stand beside others, and that nobody keeps apart from them on purpose.
fn can_stand_beside_others(action: &AlterAction) -> bool {
    match &action.kind {
        AlterActionKind::AttachPartition(_) | AlterActionKind::DetachPartition(..) | AlterActionKind::ValidateConstraint(_) => false,
        AlterActionKind::AddConstraint(constraint) => constraint.attributes.find(AttributeKind::NotValid).is_none(),
        _ => true,
    }
}
