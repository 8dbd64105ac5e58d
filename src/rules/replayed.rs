//! What the replay says of one migration: the catalogs around it, and the verdicts.
//!
//! Whether it applies is known from the fold; everything else is worked out when a rule first asks.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::catalog::Catalog;
use crate::catalog::replay::{Applied, Break, Deed, Drift, Repeat, Reruns, Undo, Verdict, Waste};

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
    trials: &'a dyn Trials,
    reruns: OnceCell<Option<Reruns>>,
    reverts: OnceCell<Option<Verdict>>,
    undo: OnceCell<Option<Undo>>,
    completion: OnceCell<Option<Undo>>,
}

/// What is found out by running a migration once more, each time that it is asked where nothing else is said.
pub trait Trials {
    /// Whether it re-runs; none if it does not apply.
    fn reruns(&self) -> Option<Reruns>;

    /// Whether it reverts; none without a down section, or if it does not apply.
    fn reverts(&self) -> Option<Verdict>;

    /// The statements that undo it, and `besides` behind them; none where it can't be told what it leaves.
    fn undo(&self, besides: &[String]) -> Option<Undo>;

    /// The statements that its down section lacks, and `besides` behind them, if nothing else is wrong with it.
    fn completion(&self, besides: &[String]) -> Option<Undo>;

    /// Where `IF NOT EXISTS` passes over something else than what it guards.
    fn drifts(&self) -> Vec<Drift>;

    /// What puts its rows into a table once more in a second run.
    fn repeats(&self) -> Vec<Repeat>;

    /// What it breaks of the schema that was there before it.
    fn breaks(&self) -> Vec<Break>;

    /// Its statements that lock what was there before it; they are looked for once.
    fn deeds(&self) -> &[Deed];

    /// What it drops or rewrites of what other migrations of the same change have built, by their places in the history.
    fn waste(&self, is_of_change: &dyn Fn(u32) -> bool) -> Vec<Waste>;
}

impl<'a> Replayed<'a> {
    /// Of the `index`th migration; whether it re-runs and reverts is asked at most once each.
    pub fn new(index: u32, before: &'a Catalog, applied: &'a Applied, trials: &'a dyn Trials) -> Self {
        let (after, applies) = (&applied.after, &applied.verdict);
        Self {
            index,
            before,
            after,
            applies,
            trials,
            reruns: OnceCell::new(),
            reverts: OnceCell::new(),
            undo: OnceCell::new(),
            completion: OnceCell::new(),
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
        self.reruns.get_or_init(|| self.trials.reruns()).as_ref()
    }

    /// Whether it reverts; none without a down section, or if it does not apply.
    pub fn reverts(&self) -> Option<&Verdict> {
        self.reverts.get_or_init(|| self.trials.reverts()).as_ref()
    }

    /// Its statements that lock what was there before it.
    pub fn deeds(&self) -> &[Deed] {
        self.trials.deeds()
    }

    /// The statements that undo it, and `besides` behind them; none where it can't be told what it leaves.
    pub fn undo(&self, besides: &[String]) -> Option<Cow<'_, Undo>> {
        match besides {
            [] => self.undo.get_or_init(|| self.trials.undo(&[])).as_ref().map(Cow::Borrowed),
            besides => self.trials.undo(besides).map(Cow::Owned),
        }
    }

    /// The statements that its down section lacks, and `besides` behind them, if nothing else is wrong with it.
    pub fn completion(&self, besides: &[String]) -> Option<Cow<'_, Undo>> {
        match besides {
            [] => self.completion.get_or_init(|| self.trials.completion(&[])).as_ref().map(Cow::Borrowed),
            besides => self.trials.completion(besides).map(Cow::Owned),
        }
    }

    /// Everything else.
    pub fn trials(&self) -> &'a dyn Trials {
        self.trials
    }
}

impl std::fmt::Debug for Replayed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Replayed").field("index", &self.index).field("applies", self.applies).finish_non_exhaustive()
    }
}
