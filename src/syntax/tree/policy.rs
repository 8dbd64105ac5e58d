//! Row-level security policies.

use serde::{Deserialize, Serialize};

use crate::text::Span;

use super::{Clause, Expr, Ident, Name, RoleSpec};

/// `CREATE POLICY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatePolicy {
    /// The whole statement.
    pub span: Span,
    /// Its name, unique among the policies of its table.
    pub name: Ident,
    /// Whose policy it is.
    pub table: Name,
    /// `AS`; permissive if it is not written.
    pub combination: Option<Clause<PolicyCombination>>,
    /// `FOR`; for all if it is not written.
    pub command: Option<Clause<PolicyCommand>>,
    /// `TO`; PUBLIC if it is not written.
    pub roles: Option<Clause<Vec<RoleSpec>>>,
    /// `USING`: the rows that are seen.
    pub using: Option<Clause<Expr>>,
    /// `WITH CHECK`: the rows that may be written.
    pub check: Option<Clause<Expr>>,
}

/// How a policy goes together with the others of its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyCombination {
    /// One of the permissive ones must hold.
    Permissive,
    /// All the restrictive ones must hold.
    Restrictive,
}

/// Which statements a policy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum PolicyCommand {
    All,
    Select,
    Insert,
    Update,
    Delete,
}

/// `ALTER POLICY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterPolicy {
    /// The whole statement.
    pub span: Span,
    /// Which one.
    pub name: Ident,
    /// Whose policy it is.
    pub table: Name,
    /// `TO`
    pub roles: Option<Clause<Vec<RoleSpec>>>,
    /// `USING`
    pub using: Option<Clause<Expr>>,
    /// `WITH CHECK`
    pub check: Option<Clause<Expr>>,
}
