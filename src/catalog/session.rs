//! What a session remembers: its settings, and the transaction that it is in.
//!
//! Transactions and savepoints are copies of the catalog and of the settings, to go back to. The names are PostgreSQL's: a block is what
//! BEGIN opens; inside it a failing statement aborts what follows until ROLLBACK.

use std::sync::Arc;

use imbl::OrdMap;

use super::Oid;
use super::object::Name;
use super::rows::Value;
use super::store::Catalog;

/// A session.
#[derive(Debug, Clone)]
pub struct Session {
    /// What is set now.
    pub settings: Settings,
    /// Whether functions run with a safe `search_path`, as they do since version 17 where an index is made or a materialized view filled.
    pub is_safe: bool,
    /// What COMMIT leaves of it: SET LOCAL is undone.
    pub settings_after: Settings,
    /// The transaction block that is open.
    pub block: Option<Box<Block>>,
    /// Enum labels that the open transaction added and can't use yet. Since version 17 it can use those of a type that it made itself, if
    /// neither was done in a subtransaction.
    pub pending_labels: Vec<(Oid, Arc<str>)>,
    /// How many blocks of PL/pgSQL that catch errors are around what runs: each is a subtransaction.
    pub subtransactions: u32,
    /// How many functions, and statements that no transaction may end in, are around the code that runs.
    pub atomic: u32,
    /// How many loops over what changes return are around it.
    pub changing_loops: u32,
    /// What code has committed that is still running, and stands even if it fails.
    pub committed: Option<Catalog>,
    /// Tables that were emptied in the open transaction, which nobody else can put rows into before it ends.
    pub truncated: Vec<Oid>,
    /// Sequences that the open transaction has set back: what they count from then on is undone with it, which it is not otherwise.
    pub restarted: Vec<Oid>,
    /// The sequence that `nextval` was asked of last.
    pub last_counted: Option<Oid>,
    /// Enum types that a subtransaction made, whose later labels wait for COMMIT.
    pub nested_types: Vec<Oid>,
    /// Tables with rows that wait for a deferred check or an AFTER trigger to fire at COMMIT.
    pub pending_events: Vec<Oid>,
    /// What SET CONSTRAINTS said in this transaction, in order: of which constraint, or of all, and whether it waits for the end.
    pub deferral: Vec<(Option<Oid>, bool)>,
    /// Prepared statements, by name: their text.
    pub prepared: OrdMap<Name, Arc<str>>,
}

/// Run-time variables.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The names of `search_path`, `$user` among them; none if it can't be told.
    pub search_path: Option<Arc<[Name]>>,
    /// The role that statements run as; none for the one that logged in.
    pub role: Option<Name>,
    /// Every other variable that was set, by its name in lower case.
    pub others: OrdMap<Arc<str>, Value>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { search_path: Some(Arc::from([Name::from("$user"), Name::from("public")])), role: None, others: OrdMap::new() }
    }
}

/// The `search_path` with which functions run where an index is made or a materialized view filled (`RestrictSearchPath`).
pub fn safe_path() -> Arc<[Name]> {
    Arc::from([Name::from("pg_catalog"), Name::from("pg_temp")])
}

/// An open transaction block.
#[derive(Debug, Clone)]
pub struct Block {
    /// The database as it was before.
    pub before: Saved,
    /// SAVEPOINT, the newest last.
    pub savepoints: Vec<(Name, Saved)>,
    /// Whether a statement failed in it, so that all others are refused (25P02) until it ends.
    pub aborted: bool,
    /// Who opened it.
    pub opener: Opener,
}

/// Who opened a transaction block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opener {
    /// BEGIN or START TRANSACTION.
    Statement,
    /// The tool that runs the migration, around it.
    Tool,
    /// The server, around a message of several statements.
    Message,
    /// DO or CALL, which nothing else stands around: the code may end it.
    Code,
}

/// Something to go back to.
#[derive(Debug, Clone)]
pub struct Saved {
    /// The catalog.
    pub catalog: Catalog,
    /// The settings.
    pub settings: Settings,
    /// What COMMIT would have left of them.
    pub settings_after: Settings,
    /// As in [`Session`].
    pub pending_labels: Vec<(Oid, Arc<str>)>,
    /// As in [`Session`].
    pub pending_events: Vec<Oid>,
    /// How many of [`Session::restarted`] there were.
    pub restarted: usize,
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

impl Session {
    /// A fresh one.
    pub fn new() -> Session {
        Session {
            settings: Settings::default(),
            is_safe: false,
            settings_after: Settings::default(),
            block: None,
            pending_labels: Vec::new(),
            subtransactions: 0,
            atomic: 0,
            changing_loops: 0,
            committed: None,
            truncated: Vec::new(),
            restarted: Vec::new(),
            last_counted: None,
            nested_types: Vec::new(),
            pending_events: Vec::new(),
            deferral: Vec::new(),
            prepared: OrdMap::new(),
        }
    }

    /// Whether SET CONSTRAINTS has a constraint wait for the end of the transaction; nothing if it says nothing of it.
    pub fn is_deferred(&self, constraint: Oid) -> Option<bool> {
        let said = self.deferral.iter().rev().find(|(of, _)| of.is_none_or(|of| of == constraint));
        said.map(|(_, deferred)| *deferred)
    }

    /// Whether what runs is in a subtransaction: behind SAVEPOINT, or where errors are caught.
    pub fn is_nested(&self) -> bool {
        self.subtransactions > 0 || self.block.as_ref().is_some_and(|block| !block.savepoints.is_empty())
    }

    /// Whether a transaction block is open, whoever opened it.
    pub const fn in_block(&self) -> bool {
        self.block.is_some()
    }
}
