//! Casts between types, conversions between encodings.

use crate::text::Span;

use super::{Clause, Name, RoutineRef, TypeName};

/// `CREATE CAST`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateCast {
    /// The whole statement.
    pub span: Span,
    /// From this type.
    pub source: TypeName,
    /// To this type.
    pub target: TypeName,
    /// How.
    pub method: CastMethod,
    /// When it is done unasked; only explicitly if nothing is written.
    pub context: Option<Clause<CastContext>>,
}

/// How a cast is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CastMethod {
    /// `WITH FUNCTION function`
    Function(RoutineRef),
    /// `WITHOUT FUNCTION`: the bytes are the same.
    Binary(Span),
    /// `WITH INOUT`: by way of text.
    InOut(Span),
}

/// When a cast is done unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CastContext {
    /// `AS ASSIGNMENT`
    Assignment,
    /// `AS IMPLICIT`
    Implicit,
}

/// `CREATE CONVERSION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateConversion {
    /// The whole statement.
    pub span: Span,
    /// `DEFAULT` between its encodings.
    pub default: Option<Span>,
    /// Its name.
    pub name: Name,
    /// `FOR 'encoding'`: the string.
    pub source: Span,
    /// `TO 'encoding'`: the string.
    pub target: Span,
    /// `FROM function`
    pub function: Name,
}
