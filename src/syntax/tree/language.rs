//! Procedural languages, and the transforms between their types and SQL's.

use crate::text::Span;

use super::{Ident, Name, RoutineRef, TypeName};

/// `CREATE LANGUAGE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateLanguage {
    /// The whole statement.
    pub span: Span,
    /// `OR REPLACE`
    pub replace: Option<Span>,
    /// The byte before which `OR REPLACE` would stand.
    pub replace_at: u32,
    /// `TRUSTED`
    pub trusted: Option<Span>,
    /// Its name.
    pub name: Ident,
    /// What runs it. Without it the statement creates an extension of that name, and `OR REPLACE` stands for `IF NOT EXISTS`.
    pub handlers: Option<LanguageHandlers>,
}

/// The functions that run a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LanguageHandlers {
    /// `HANDLER function`
    pub call: Name,
    /// `INLINE function`, for DO.
    pub inline: Option<Name>,
    /// `VALIDATOR function`; `NO VALIDATOR` is the same as nothing.
    pub validator: Option<Name>,
}

/// `CREATE TRANSFORM`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTransform {
    /// The whole statement.
    pub span: Span,
    /// `OR REPLACE`
    pub replace: Option<Span>,
    /// The byte before which `OR REPLACE` would stand.
    pub replace_at: u32,
    /// The type.
    pub ty: TypeName,
    /// The language.
    pub language: Ident,
    /// `FROM SQL WITH FUNCTION function`; one of the two directions is there.
    pub from_sql: Option<RoutineRef>,
    /// `TO SQL WITH FUNCTION function`
    pub to_sql: Option<RoutineRef>,
}
