//! Logical replication, the receiving side: subscriptions.

use crate::text::Span;

use super::{Behavior, Clause, Guard, Ident, Setting};

/// `CREATE SUBSCRIPTION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateSubscription {
    /// The whole statement.
    pub span: Span,
    /// Its name.
    pub name: Ident,
    /// `CONNECTION 'conninfo'`: the string.
    pub connection: Span,
    /// `PUBLICATION names`
    pub publications: Vec<Ident>,
    /// `WITH (copy_data = false)`
    pub options: Option<Clause<Vec<Setting>>>,
}

/// `ALTER SUBSCRIPTION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterSubscription {
    /// The whole statement.
    pub span: Span,
    /// The subscription.
    pub name: Ident,
    /// What happens to it.
    pub action: SubscriptionAction,
}

/// What happens to a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubscriptionAction {
    /// `SET (slot_name = NONE)`
    SetOptions(Vec<Setting>),
    /// `CONNECTION 'conninfo'`: the string.
    Connection(Span),
    /// `REFRESH PUBLICATION WITH (copy_data = false)`
    Refresh(Option<Clause<Vec<Setting>>>),
    /// `SET`, `ADD` or `DROP PUBLICATION names WITH (refresh = false)`
    Publications {
        /// Which of the three.
        change: PublicationsChange,
        /// The publications.
        publications: Vec<Ident>,
        /// `WITH (…)`
        options: Option<Clause<Vec<Setting>>>,
    },
    /// `ENABLE`
    Enable(Span),
    /// `DISABLE`
    Disable(Span),
    /// `SKIP (lsn = '0/1')`
    Skip(Vec<Setting>),
}

/// What happens to the publications of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicationsChange {
    /// These and no others.
    Set,
    /// These too.
    Add,
    /// These no more.
    Drop,
}

/// `DROP SUBSCRIPTION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropSubscription {
    /// The whole statement.
    pub span: Span,
    /// `IF EXISTS`
    pub guard: Guard,
    /// Its name.
    pub name: Ident,
    /// `CASCADE` or `RESTRICT`, which mean nothing here.
    pub behavior: Option<Behavior>,
}
