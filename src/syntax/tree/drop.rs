//! DROP of every kind of object that has no statement of its own.

use crate::text::Span;

use super::{Behavior, Guard, ObjectKind, ObjectRef};

/// DROP of whatever is no role, database, tablespace, subscription or user mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drop {
    /// The whole statement.
    pub span: Span,
    /// What they are.
    pub kind: ObjectKind,
    /// `CONCURRENTLY` of an index.
    pub concurrently: Option<Span>,
    /// `IF EXISTS`
    pub guard: Guard,
    /// Which ones; at least one.
    pub objects: Vec<ObjectRef>,
    /// `CASCADE`, `RESTRICT`
    pub behavior: Option<Behavior>,
}
