//! What changes or asks the session: SET, RESET and SHOW of variables, which functions, roles, databases and the system have too; SET
//! CONSTRAINTS, DISCARD, LOAD.

use crate::text::Span;

use super::{Ident, Name, TransactionMode};

/// `SET`, `RESET` and `SHOW` of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetVariable {
    /// The whole statement.
    pub span: Span,
    /// Which of the three, and of what.
    pub action: SessionAction,
}

/// What a statement does with a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionAction {
    /// `SET`, and for how long; or `RESET`.
    Change(SetScope, VariableSetting),
    /// `SHOW name`.
    Show(VariableName),
    /// `SHOW ALL`: the word.
    ShowAll(Span),
}

/// How long a SET holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetScope {
    /// Not written: for the session.
    Unwritten,
    /// `SESSION`
    Session(Span),
    /// `LOCAL`: until the transaction ends.
    Local(Span),
}

/// A change of a variable: what follows SET or RESET.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariableSetting {
    /// From the variable's name to the last value.
    pub span: Span,
    /// What it becomes.
    pub change: VariableChange,
}

/// What a variable becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariableChange {
    /// `name = value, …`, and what the standard writes otherwise: `TIME ZONE 'UTC'`, `ROLE app`.
    Values(VariableName, Vec<VariableValue>),
    /// `name TO DEFAULT`, `TIME ZONE LOCAL`, `NAMES`: the word that says so, or the empty place where it would stand.
    Default(VariableName, Span),
    /// `name FROM CURRENT`: the clause.
    FromCurrent(VariableName, Span),
    /// `TRANSACTION modes`.
    Transaction(Vec<TransactionMode>),
    /// `SESSION CHARACTERISTICS AS TRANSACTION modes`.
    SessionCharacteristics(Vec<TransactionMode>),
    /// `TRANSACTION SNAPSHOT 'id'`: the string.
    Snapshot(Span),
    /// `RESET name`.
    Reset(VariableName),
    /// `RESET ALL`: the word.
    ResetAll(Span),
}

impl VariableChange {
    /// The variable that changes, if it is one.
    pub const fn variable(&self) -> Option<&VariableName> {
        match self {
            VariableChange::Values(name, _)
            | VariableChange::Default(name, _)
            | VariableChange::FromCurrent(name, _)
            | VariableChange::Reset(name) => Some(name),
            VariableChange::Transaction(_)
            | VariableChange::SessionCharacteristics(_)
            | VariableChange::Snapshot(_)
            | VariableChange::ResetAll(_) => None,
        }
    }
}

/// Which variable, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariableName {
    /// `search_path`, `app.tenant`: its parts.
    Named(Vec<Ident>),
    /// `TIME ZONE`
    TimeZone(Span),
    /// `SCHEMA`
    Schema(Span),
    /// `NAMES`
    Names(Span),
    /// `ROLE`
    Role(Span),
    /// `SESSION AUTHORIZATION`
    SessionAuthorization(Span),
    /// `XML OPTION`
    XmlOption(Span),
    /// `TRANSACTION ISOLATION LEVEL`
    TransactionIsolation(Span),
}

impl VariableName {
    /// The name by which `pg_settings` knows it, in lower case: PostgreSQL compares the names of variables without case.
    pub fn value(&self, text: &str) -> String {
        let known = match self {
            VariableName::Named(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| part.value(text)).collect();
                return parts.join(".").to_ascii_lowercase();
            }
            VariableName::TimeZone(_) => "timezone",
            VariableName::Schema(_) => "search_path",
            VariableName::Names(_) => "client_encoding",
            VariableName::Role(_) => "role",
            VariableName::SessionAuthorization(_) => "session_authorization",
            VariableName::XmlOption(_) => "xmloption",
            VariableName::TransactionIsolation(_) => "transaction_isolation",
        };
        known.to_owned()
    }

    /// Its bytes.
    pub fn span(&self) -> Span {
        match self {
            VariableName::Named(parts) => match (parts.first(), parts.last()) {
                (Some(first), Some(last)) => first.span.to(last.span),
                _ => Span::empty(0),
            },
            VariableName::TimeZone(span)
            | VariableName::Schema(span)
            | VariableName::Names(span)
            | VariableName::Role(span)
            | VariableName::SessionAuthorization(span)
            | VariableName::XmlOption(span)
            | VariableName::TransactionIsolation(span) => *span,
        }
    }
}

/// One value of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VariableValue {
    /// `public`, `on`, `"$user"`.
    Word(Ident),
    /// `'public'`
    String(Span),
    /// `-1`, `0.5`
    Number(Span),
    /// `INTERVAL '+01:00' HOUR TO MINUTE`
    Interval(Span),
}

impl VariableValue {
    /// Its bytes.
    pub const fn span(self) -> Span {
        match self {
            VariableValue::Word(ident) => ident.span,
            VariableValue::String(span) | VariableValue::Number(span) | VariableValue::Interval(span) => span,
        }
    }
}

/// `SET CONSTRAINTS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetConstraints {
    /// The whole statement.
    pub span: Span,
    /// Which ones; none for `ALL`.
    pub constraints: Vec<Name>,
    /// When they are checked from now on.
    pub time: CheckTime,
}

/// When a deferrable constraint is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckTime {
    /// `DEFERRED`: when the transaction ends.
    Deferred(Span),
    /// `IMMEDIATE`: after each statement.
    Immediate(Span),
}

/// `DISCARD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discard {
    /// The whole statement.
    pub span: Span,
    /// What the session forgets.
    pub target: DiscardTarget,
}

/// What DISCARD throws away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum DiscardTarget {
    All,
    Plans,
    Sequences,
    /// `TEMP` and `TEMPORARY`: the session's temporary tables.
    Temporary,
}

/// `LOAD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// The whole statement.
    pub span: Span,
    /// The library's file, as a string.
    pub file: Span,
}
