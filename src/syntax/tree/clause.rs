//! Parts that many statements share.

use crate::text::Span;

use super::{Ident, Name};

/// An expression or a query, unread: `expression` parses its bytes on request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Expr {
    /// Its bytes.
    pub span: Span,
}

/// A clause, and what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause<T> {
    /// All of it, with its keywords.
    pub span: Span,
    /// What it says.
    pub value: T,
}

/// `IF [NOT] EXISTS`, or the place where it would be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Where it stands.
    Written(Span),
    /// The byte before which it would stand.
    Absent(u32),
}

impl Guard {
    /// Whether it is written.
    pub const fn is_written(self) -> bool {
        matches!(self, Guard::Written(_))
    }
}

/// `CASCADE` or `RESTRICT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behavior {
    /// `CASCADE`
    Cascade(Span),
    /// `RESTRICT`
    Restrict(Span),
}

/// `PUBLIC`, `CURRENT_USER`, or a role's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleSpec {
    /// `PUBLIC`
    Public(Span),
    /// `CURRENT_USER`
    CurrentUser(Span),
    /// `CURRENT_ROLE`
    CurrentRole(Span),
    /// `SESSION_USER`
    SessionUser(Span),
    /// By name.
    Named(Ident),
}

impl RoleSpec {
    /// Its bytes.
    pub const fn span(self) -> Span {
        match self {
            RoleSpec::Public(span) | RoleSpec::CurrentUser(span) | RoleSpec::CurrentRole(span) | RoleSpec::SessionUser(span) => span,
            RoleSpec::Named(ident) => ident.span,
        }
    }
}

/// A table in a statement that may say ONLY.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// `ONLY`: without its children.
    pub only: Option<Span>,
    /// Its name.
    pub name: Name,
}

/// What may be written as a word or as a string, which mean the same: a language, a label provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordOrString {
    /// `plpgsql`
    Word(Ident),
    /// `'plpgsql'`, with its quotes.
    String(Span),
}
