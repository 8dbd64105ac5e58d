//! Schemas.

use crate::text::Span;

use super::{Clause, Guard, Ident, Node, RoleSpec};

/// `CREATE SCHEMA`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateSchema {
    /// The whole statement, with what it creates in the schema.
    pub span: Span,
    /// `IF NOT EXISTS`
    pub guard: Guard,
    /// Its name; without one it is called as the role that owns it.
    pub name: Option<Ident>,
    /// `AUTHORIZATION role`
    pub authorization: Option<Clause<RoleSpec>>,
    /// Tables, views, indexes, sequences, triggers and grants, as statements without semicolons between them. PostgreSQL reorders them.
    pub elements: Vec<Node>,
}
