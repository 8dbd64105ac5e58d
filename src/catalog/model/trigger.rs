//! What happens when somebody touches a table's rows: triggers, policies, rules.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::catalog::expression::Stored;
use crate::catalog::object::Name;
use crate::catalog::word::{self, Word};
use crate::catalog::{ColumnNumber, Oid};
use crate::syntax::tree::{Firing, PolicyCommand, TriggerEventKind, TriggerLevel, TriggerTiming};

/// A trigger, a part of its relation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trigger {
    /// When it fires.
    pub timing: TriggerTiming,
    /// What makes it fire, sorted.
    pub events: Vec<TriggerEventKind>,
    /// UPDATE OF, in order.
    pub columns: Vec<ColumnNumber>,
    /// How often it fires.
    pub level: TriggerLevel,
    /// WHEN
    pub when: Option<Stored>,
    /// The function that it calls; none if that can't be told.
    pub function: Option<Oid>,
    /// That of the function, schema and name, where it is no object of the catalog.
    pub function_name: Name,
    /// What it passes.
    pub arguments: Vec<Arc<str>>,
    /// REFERENCING OLD TABLE
    pub old_table: Option<Name>,
    /// REFERENCING NEW TABLE
    pub new_table: Option<Name>,
    /// The constraint of a constraint trigger.
    pub constraint: Option<Oid>,
    /// FROM: the other table of a constraint trigger.
    pub from: Option<Oid>,
    /// DEFERRABLE
    pub deferrable: bool,
    /// INITIALLY DEFERRED
    pub deferred: bool,
    /// ENABLE, DISABLE
    pub firing: Firing,
    /// The partitioned table's trigger that it is a copy of.
    pub parent: Option<Oid>,
}

/// A row-level security policy, a part of its table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// PERMISSIVE
    pub permissive: bool,
    /// FOR
    pub command: PolicyCommand,
    /// TO, sorted; `public` for PUBLIC.
    pub roles: Vec<Name>,
    /// USING
    pub using: Option<Stored>,
    /// WITH CHECK
    pub check: Option<Stored>,
}

/// A rule, a part of its relation; the rule that makes a view is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// `SELECT`, `INSERT`, `UPDATE`, `DELETE`.
    #[serde(deserialize_with = "word::one")]
    pub event: Word,
    /// INSTEAD
    pub instead: bool,
    /// WHERE
    pub condition: Option<Stored>,
    /// In order; none for NOTHING.
    pub actions: Vec<Stored>,
    /// ENABLE, DISABLE
    pub firing: Firing,
}
