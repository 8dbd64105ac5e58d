//! Rewrite rules.

use crate::text::Span;

use super::{Clause, Expr, Ident, Name, Node};

/// `CREATE RULE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRule {
    /// The whole statement.
    pub span: Span,
    /// `OR REPLACE`
    pub replace: Option<Span>,
    /// The byte before which `OR REPLACE` would stand.
    pub replace_at: u32,
    /// Its name, unique among the rules of its table.
    pub name: Ident,
    /// What is rewritten.
    pub event: Clause<RuleEvent>,
    /// Whose rule it is.
    pub table: Name,
    /// `WHERE`
    pub condition: Option<Clause<Expr>>,
    /// `INSTEAD` or `ALSO`, which is meant if neither is written.
    pub mode: Option<Clause<RuleMode>>,
    /// What is done; nothing for `NOTHING`.
    pub actions: Vec<RuleAction>,
}

/// The statements that a rule rewrites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RuleEvent {
    Select,
    Insert,
    Update,
    Delete,
}

/// Whether the rewritten statement is still done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleMode {
    /// It is.
    Also,
    /// It is not.
    Instead,
}

/// One statement of a rule: a query, INSERT, UPDATE, DELETE or NOTIFY.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleAction {
    /// Without its semicolon.
    pub span: Span,
    /// What it says.
    pub node: Node,
}
