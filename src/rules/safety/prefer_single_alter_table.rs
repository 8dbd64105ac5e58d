//! `prefer-single-alter-table`: what several ALTER TABLE do one after the other, one does.

use crate::diagnostic::Severity;
use crate::rules::change::{Change, Existing, changes};
use crate::rules::places::with_places;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterAction, AlterActionKind, AlterTable, AlteredKind, AttributeKind, ColumnChange, ColumnRef, Ident, Node};
use crate::text::Span;

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

    /// Whether it needs what `earlier` has done first: within one statement PostgreSQL drops before it changes, changes before it adds, and changes a
    /// type once. A CHECK that spares SET NOT NULL a scan may go only behind it.
    fn stands_on(&self, earlier: &Altered<'_>) -> bool {
        let any = |altered: &Altered<'_>, is: fn(&AlterActionKind) -> bool| altered.alter.actions.iter().any(|action| is(&action.kind));
        let is_check = |kind: &AlterActionKind| matches!(kind, AlterActionKind::DropConstraint(_));
        let is_checked = |kind: &AlterActionKind| matches!(kind, AlterActionKind::AlterColumn(_, ColumnChange::SetNotNull));
        let made: Vec<String> = earlier.alter.actions.iter().filter_map(makes).map(|name| earlier.change.name(name)).collect();
        let mut touched = self.alter.actions.iter().filter_map(touches);
        touched.any(|name| made.contains(&self.change.name(name))) || any(earlier, is_checked) && any(self, is_check)
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

/// The name of the column or constraint that an action adds, or of the column that it gives another type.
fn makes(action: &AlterAction) -> Option<Ident> {
    match &action.kind {
        AlterActionKind::AddColumn(add) => Some(add.column.name),
        AlterActionKind::AddConstraint(constraint) => constraint.name.map(|name| name.value),
        AlterActionKind::AlterColumn(ColumnRef::Name(name), ColumnChange::SetType(_)) => Some(*name),
        _ => None,
    }
}

/// The name of the column or constraint that an action changes or drops.
fn touches(action: &AlterAction) -> Option<Ident> {
    match &action.kind {
        AlterActionKind::AlterColumn(ColumnRef::Name(name), _) | AlterActionKind::AlterConstraint(name, _) => Some(*name),
        AlterActionKind::DropColumn(drop) | AlterActionKind::DropConstraint(drop) => Some(drop.name),
        _ => None,
    }
}
