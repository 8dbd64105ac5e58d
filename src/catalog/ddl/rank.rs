//! In which order statements come where nothing needs another: as `pg_dump` writes them, what is taken away before what is made.

use super::create::Repeat;
use crate::catalog::model::{ConstraintKind, RelationKind, RoutineBody};
use crate::catalog::object::{Body, Class, Object};

pub(super) const RENAME: u8 = 0;
pub(super) const DROP: u8 = 1;
pub(super) const SCHEMA: u8 = 10;
pub(super) const EXTENSION: u8 = 11;
pub(super) const OTHER: u8 = 12;
pub(super) const TYPE: u8 = 14;
pub(super) const RELABEL: u8 = 15;
pub(super) const ROUTINE: u8 = 20;
pub(super) const SEQUENCE: u8 = 22;
pub(super) const TABLE: u8 = 24;
pub(super) const COLUMN: u8 = 25;
pub(super) const OWNED: u8 = 26;
pub(super) const VIEW: u8 = 28;
pub(super) const LATE_ROUTINE: u8 = 30;
pub(super) const CONSTRAINT: u8 = 32;
pub(super) const INDEX: u8 = 34;
pub(super) const TIE: u8 = 36;
pub(super) const ATTACH: u8 = 38;
pub(super) const ALONE: u8 = 39;
pub(super) const FOREIGN_KEY: u8 = 40;
pub(super) const TRIGGER: u8 = 42;
pub(super) const POLICY: u8 = 43;
pub(super) const PUBLICATION: u8 = 46;
pub(super) const FUTURE: u8 = 50;

/// The rank of what makes or changes an object.
pub(super) fn of(repeat: Repeat, object: &Object) -> u8 {
    match &object.body {
        Body::Schema => SCHEMA,
        Body::Extension(_) => EXTENSION,
        Body::Type(_) => TYPE,
        // What it names in its text is looked for when it is made.
        Body::Routine(routine)
            if repeat == Repeat::Harmless && &*routine.language == "sql" && matches!(routine.body, RoutineBody::Text(_)) =>
        {
            LATE_ROUTINE
        }
        Body::Routine(_) => ROUTINE,
        Body::Relation(relation) => match &relation.kind {
            RelationKind::Sequence(_) => SEQUENCE,
            RelationKind::View(_) | RelationKind::MaterializedView(_) => VIEW,
            RelationKind::Index(_) => INDEX,
            RelationKind::Composite => TYPE,
            _ => TABLE,
        },
        Body::Default(_) => COLUMN,
        Body::Constraint(constraint) => match constraint.kind {
            ConstraintKind::ForeignKey(_) => FOREIGN_KEY,
            _ => CONSTRAINT,
        },
        Body::Statistics(_) => TIE,
        Body::Trigger(_) | Body::Rule(_) => TRIGGER,
        Body::Policy(_) => POLICY,
        Body::Publication(_) | Body::Subscription(_) => PUBLICATION,
        Body::Other(Class::EventTrigger, _) => PUBLICATION,
        _ => OTHER,
    }
}
