//! REFERENCING: the names of all rows that a statement changed.

use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Relation, RelationKind};
use crate::catalog::object::Name;
use crate::syntax::tree::{CreateTrigger, TransitionScope, TransitionState, TriggerEventKind, TriggerLevel, TriggerTiming};

/// The names of the rows before and after the change.
#[derive(Default)]
pub(super) struct Transitions {
    pub(super) old: Option<Name>,
    pub(super) new: Option<Name>,
}

/// Reads REFERENCING (`CreateTriggerFiringOn`).
///
/// # Errors
/// 0A000, 42809 and 42P17 for what no trigger of this kind can have.
pub(super) fn read(text: &str, create: &CreateTrigger, level: TriggerLevel, relation: &Relation, shown: &str) -> Result<Transitions> {
    let mut found = Transitions::default();
    let has = |kind: TriggerEventKind| create.events.iter().any(|event| event.kind == kind);
    let row = level == TriggerLevel::Row;
    for transition in &create.transitions {
        let fails = |sqlstate, message: &str| Err(Stop::fails(sqlstate, message, transition.span));
        if transition.scope == TransitionScope::Row {
            return fails("0A000", "ROW variable naming in the REFERENCING clause is not supported");
        }
        match relation.kind {
            RelationKind::ForeignTable(..) => return fails("42809", &format!("\"{shown}\" is a foreign table")),
            RelationKind::View(_) => return fails("42809", &format!("\"{shown}\" is a view")),
            _ => {}
        }
        if row && relation.partition_bound.is_some() {
            return fails("0A000", "ROW triggers with transition tables are not supported on partitions");
        }
        if row && !relation.parents.is_empty() {
            return fails("0A000", "ROW triggers with transition tables are not supported on inheritance children");
        }
        if create.timing.value != TriggerTiming::After {
            return fails("42P17", "transition table name can only be specified for an AFTER trigger");
        }
        if has(TriggerEventKind::Truncate) {
            return fails("0A000", "TRUNCATE triggers with transition tables are not supported");
        }
        if create.events.len() > 1 {
            return fails("0A000", "transition tables cannot be specified for triggers with more than one event");
        }
        if create.events.iter().any(|event| !event.columns.is_empty()) {
            return fails("0A000", "transition tables cannot be specified for triggers with column lists");
        }
        let name = Name::from(transition.name.value(text).as_ref());
        match transition.state {
            TransitionState::New if has(TriggerEventKind::Delete) => {
                return fails("42P17", "NEW TABLE can only be specified for an INSERT or UPDATE trigger");
            }
            TransitionState::New if found.new.is_some() => return fails("42P17", "NEW TABLE cannot be specified multiple times"),
            TransitionState::New => found.new = Some(name),
            TransitionState::Old if has(TriggerEventKind::Insert) => {
                return fails("42P17", "OLD TABLE can only be specified for a DELETE or UPDATE trigger");
            }
            TransitionState::Old if found.old.is_some() => return fails("42P17", "OLD TABLE cannot be specified multiple times"),
            TransitionState::Old => found.old = Some(name),
        }
    }
    match create.transitions.last() {
        Some(last) if found.old.is_some() && found.old == found.new => {
            Err(Stop::fails("42P17", "OLD TABLE name and NEW TABLE name cannot be the same", last.span))
        }
        _ => Ok(found),
    }
}
