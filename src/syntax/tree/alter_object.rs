//! What ALTER does in the same way to every kind of object: RENAME, SET SCHEMA, OWNER TO, DEPENDS ON EXTENSION.

use crate::text::Span;

use super::{Behavior, Guard, Ident, ObjectRef, RoleSpec};

/// `ALTER … RENAME`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// The whole statement.
    pub span: Span,
    /// `IF EXISTS`
    pub guard: Guard,
    /// `ONLY` before a table's name.
    pub only: Option<Span>,
    /// The object after ALTER: what gets a new name, or what holds the column, constraint or attribute that does.
    pub object: ObjectRef,
    /// What gets a new name.
    pub part: RenamedPart,
    /// The new name.
    pub new: Ident,
    /// `CASCADE`, `RESTRICT`, of an attribute.
    pub behavior: Option<Behavior>,
}

/// Which part of an object gets a new name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenamedPart {
    /// The object itself.
    Whole,
    /// A column of a table or view.
    Column(Ident),
    /// A constraint of a table or domain.
    Constraint(Ident),
    /// An attribute of a composite type.
    Attribute(Ident),
}

/// `ALTER … SET SCHEMA`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetSchema {
    /// The whole statement.
    pub span: Span,
    /// `IF EXISTS`
    pub guard: Guard,
    /// `ONLY` before a table's name.
    pub only: Option<Span>,
    /// What moves.
    pub object: ObjectRef,
    /// Where to.
    pub schema: Ident,
}

/// `ALTER … OWNER TO`, except for relations, where it is an action of ALTER TABLE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetOwner {
    /// The whole statement.
    pub span: Span,
    /// What changes hands.
    pub object: ObjectRef,
    /// Its new owner.
    pub owner: RoleSpec,
}

/// `ALTER … [NO] DEPENDS ON EXTENSION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DependsOnExtension {
    /// The whole statement.
    pub span: Span,
    /// What is dropped together with the extension.
    pub object: ObjectRef,
    /// `NO`: no longer.
    pub no: Option<Span>,
    /// The extension.
    pub extension: Ident,
}
