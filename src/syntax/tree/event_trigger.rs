//! Event triggers: functions that PostgreSQL calls when DDL is run.

use crate::text::Span;

use super::{Firing, Ident, TriggerAction};

/// `CREATE EVENT TRIGGER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateEventTrigger {
    /// The whole statement.
    pub span: Span,
    /// Its name.
    pub name: Ident,
    /// `ddl_command_end`, `sql_drop`, …
    pub event: Ident,
    /// `WHEN`: all of these must hold.
    pub filters: Vec<EventFilter>,
    /// What it calls.
    pub action: TriggerAction,
}

/// `tag IN ('CREATE TABLE', …)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventFilter {
    /// All of it.
    pub span: Span,
    /// What is compared.
    pub variable: Ident,
    /// Strings with their quotes.
    pub values: Vec<Span>,
}

/// `ALTER EVENT TRIGGER … ENABLE`, `DISABLE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterEventTrigger {
    /// The whole statement.
    pub span: Span,
    /// Its name.
    pub name: Ident,
    /// When it fires from now on.
    pub firing: Firing,
}
