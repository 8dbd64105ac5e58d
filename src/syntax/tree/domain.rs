//! Domains: types with constraints of their own.

use crate::text::Span;

use super::{Behavior, Clause, ColumnConstraint, Expr, Guard, Ident, Name, TypeName};

/// `CREATE DOMAIN`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateDomain {
    /// The whole statement.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// The type that it restricts.
    pub ty: TypeName,
    /// `COLLATE name`
    pub collation: Option<Clause<Name>>,
    /// In the order written. The grammar lets a domain have every constraint that a column has; PostgreSQL refuses keys and references when
    /// it runs the statement.
    pub constraints: Vec<ColumnConstraint>,
}

/// `ALTER DOMAIN`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterDomain {
    /// The whole statement.
    pub span: Span,
    /// The domain.
    pub name: Name,
    /// What happens to it.
    pub action: DomainAction,
}

/// What happens to a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DomainAction {
    /// `SET DEFAULT expression`
    SetDefault(Expr),
    /// `DROP DEFAULT`
    DropDefault(Span),
    /// `SET NOT NULL`
    SetNotNull(Span),
    /// `DROP NOT NULL`
    DropNotNull(Span),
    /// `ADD CONSTRAINT name CHECK (expression)`
    AddConstraint(ColumnConstraint),
    /// `DROP CONSTRAINT name`
    DropConstraint {
        /// `IF EXISTS`
        guard: Guard,
        /// Its name.
        name: Ident,
        /// `CASCADE` or `RESTRICT`.
        behavior: Option<Behavior>,
    },
    /// `VALIDATE CONSTRAINT name`
    ValidateConstraint(Ident),
}
