//! Triggers of tables.

use serde::{Deserialize, Serialize};

use crate::text::Span;

use super::{Attributes, Clause, Expr, Ident, Name};

/// `CREATE [CONSTRAINT] TRIGGER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTrigger {
    /// The whole statement.
    pub span: Span,
    /// `OR REPLACE`
    pub replace: Option<Span>,
    /// The byte before which `OR REPLACE` would stand.
    pub replace_at: u32,
    /// `CONSTRAINT`
    pub constraint: Option<Span>,
    /// Its name, unique among the triggers of its table.
    pub name: Ident,
    /// When it fires.
    pub timing: Clause<TriggerTiming>,
    /// What makes it fire; each event once.
    pub events: Vec<TriggerEvent>,
    /// Whose trigger it is.
    pub table: Name,
    /// `FROM`: the other table of a constraint trigger.
    pub from: Option<Clause<Name>>,
    /// `DEFERRABLE` and its kin, of a constraint trigger.
    pub attributes: Attributes,
    /// `REFERENCING`: what it calls the rows that changed.
    pub transitions: Vec<Transition>,
    /// `FOR EACH …`, for the statement if it is not written.
    pub level: Option<Clause<TriggerLevel>>,
    /// `WHEN (…)`
    pub when: Option<Clause<Expr>>,
    /// What it calls.
    pub action: TriggerAction,
}

/// When a trigger fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum TriggerTiming {
    Before,
    After,
    InsteadOf,
}

/// What makes a trigger fire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriggerEvent {
    /// All of it.
    pub span: Span,
    /// Which change.
    pub kind: TriggerEventKind,
    /// `OF`: only if one of these columns is set.
    pub columns: Vec<Ident>,
}

/// A change of a table's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum TriggerEventKind {
    Insert,
    Delete,
    Update,
    Truncate,
}

/// A name for the rows before or after the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// All of it.
    pub span: Span,
    /// `OLD` or `NEW`.
    pub state: TransitionState,
    /// `TABLE` or `ROW`.
    pub scope: TransitionScope,
    /// What they are called.
    pub name: Ident,
}

/// Rows before or after the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TransitionState {
    Old,
    New,
}

/// All rows that changed, or one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransitionScope {
    /// All of them.
    Table,
    /// One, which PostgreSQL refuses when it runs the statement.
    Row,
}

/// How often a trigger fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TriggerLevel {
    /// For each row that changed.
    Row,
    /// Once.
    Statement,
}

/// `EXECUTE FUNCTION name(arguments)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriggerAction {
    /// All of it.
    pub span: Span,
    /// `FUNCTION`, or `PROCEDURE` as before PostgreSQL 11.
    pub keyword: Span,
    /// What is called.
    pub function: Name,
    /// Constants and words, which all become strings; an event trigger has none.
    pub arguments: Vec<Span>,
}
