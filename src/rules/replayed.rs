//! What the replay says of one migration: the catalogs around it, and the verdicts.
//!
//! Whether it applies is known from the fold; whether it re-runs and reverts is worked out when a rule first asks.

use std::cell::OnceCell;

use crate::catalog::Catalog;
use crate::catalog::replay::{Applied, Drift, Reruns, Verdict};

/// What the replay says of one migration.
pub struct Replayed<'a> {
    /// Its place in the history.
    pub index: u32,
    /// The schema that the migrations before it leave.
    pub before: &'a Catalog,
    /// The schema that it leaves.
    pub after: &'a Catalog,
    /// Whether it applies.
    pub applies: &'a Verdict,
    ask_reruns: &'a dyn Fn() -> Option<Reruns>,
    ask_reverts: &'a dyn Fn() -> Option<Verdict>,
    ask_drifts: &'a dyn Fn() -> Vec<Drift>,
    reruns: OnceCell<Option<Reruns>>,
    reverts: OnceCell<Option<Verdict>>,
}

impl<'a> Replayed<'a> {
    /// Of the `index`th migration; `reruns` and `reverts` are called at most once each.
    pub fn new(
        index: u32,
        before: &'a Catalog,
        applied: &'a Applied,
        reruns: &'a dyn Fn() -> Option<Reruns>,
        reverts: &'a dyn Fn() -> Option<Verdict>,
        drifts: &'a dyn Fn() -> Vec<Drift>,
    ) -> Self {
        Self {
            index,
            before,
            after: &applied.after,
            applies: &applied.verdict,
            ask_reruns: reruns,
            ask_reverts: reverts,
            ask_drifts: drifts,
            reruns: OnceCell::new(),
            reverts: OnceCell::new(),
        }
    }

    /// Whether the statements of the up section before byte `end` are known to succeed.
    pub fn succeeds_up_to(&self, end: u32) -> bool {
        match self.applies {
            Verdict::Proved { .. } => true,
            Verdict::Refuted { span, .. } | Verdict::Unknown { span, .. } => span.is_some_and(|span| end <= span.start),
        }
    }

    /// Whether it re-runs; none if it does not apply.
    pub fn reruns(&self) -> Option<&Reruns> {
        self.reruns.get_or_init(self.ask_reruns).as_ref()
    }

    /// Where `IF NOT EXISTS` passes over something else than what it guards. It is worked out each time.
    pub fn drifts(&self) -> Vec<Drift> {
        (self.ask_drifts)()
    }

    /// Whether it reverts; none without a down section, or if it does not apply.
    pub fn reverts(&self) -> Option<&Verdict> {
        self.reverts.get_or_init(self.ask_reverts).as_ref()
    }
}

impl std::fmt::Debug for Replayed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Replayed").field("index", &self.index).field("applies", self.applies).finish_non_exhaustive()
    }
}
