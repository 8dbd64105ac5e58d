//! Replaying a history: folding its migrations over catalogs, and what can be said of each.
//!
//! [`apply`] is the fold's step: a migration's up section on the catalog that those before it leave. [`reruns`] and [`reverts`] need nothing but the catalogs
//! around a migration, so that migrations can be judged on any thread once the fold has passed them.

mod breaking;
pub(super) mod deed;
mod drift;
mod repeat;
mod statement;
mod undo;
mod verdict;
mod waste;

pub use super::script::Direction;
pub use breaking::{Break, breaks, is_used_by_name};
pub use deed::{Course, Deed, Emptied, Hold, NamedObject, Noted, apply_noting, deeds};
pub use drift::{Drift, drifts};
pub use repeat::{Repeat, repeats};
pub use undo::{Done, Undo, completion, undo};
pub use verdict::{Data, Reruns, Verdict};
pub use waste::{Fate, Waste, waste};

use super::difference::{Certainty, Difference, differences, left_by_undoing};
use super::failure::Stop;
use super::object::Origin;
use super::run::{Run, World};
use super::script::{Ended, run_script, run_script_watched};
use super::store::Catalog;

/// A migration that was applied.
#[derive(Debug, Clone)]
pub struct Applied {
    /// Whether it applies.
    pub verdict: Verdict,
    /// What it leaves.
    pub after: Catalog,
}

/// Applies a migration, the `index`th of its history, to the catalog that those before it leave.
pub fn apply(world: &World<'_>, before: &Catalog, up: Direction<'_>, index: u32) -> Applied {
    let (ended, run) = run_on(world, before, up, index);
    Applied { verdict: Verdict::of(ended.stop, run.conditions), after: run.catalog }
}

/// A run of the `index`th migration of its history, which has not begun.
fn beginning<'w>(world: &'w World<'w>, before: &Catalog, index: u32) -> Run<'w> {
    let mut run = Run::new(world, before.clone());
    run.origin = Origin { migration: Some(index), ..Origin::START };
    run
}

fn run_on<'w>(world: &'w World<'w>, catalog: &Catalog, direction: Direction<'_>, index: u32) -> (Ended, Run<'w>) {
    let mut run = beginning(world, catalog, index);
    let ended = run_script(&mut run, direction);
    super::apply::session::end_session(&mut run);
    (ended, run)
}

/// Runs a direction once more and shows `see` each statement, by its place, with the catalogs around it. Gives the catalog at the end.
fn stepwise(
    world: &World<'_>,
    catalog: &Catalog,
    direction: Direction<'_>,
    index: u32,
    see: &mut dyn FnMut(usize, &Catalog, &Catalog),
) -> Catalog {
    let mut run = beginning(world, catalog, index);
    let (mut before, mut last) = (run.catalog.clone(), None);
    run_script_watched(&mut run, direction, &mut |run, at| {
        if let Some(last) = last.replace(at) {
            see(last, &before, &run.catalog);
        }
        before = run.catalog.clone();
    });
    if let Some(last) = last {
        see(last, &before, &run.catalog);
    }
    run.catalog
}

/// Whether a migration that applies can be run once more: without an error, and without a change of the schema.
pub fn reruns(world: &World<'_>, applied: &Applied, up: Direction<'_>, index: u32) -> Reruns {
    if let Some(verdict) = applied.verdict.after_unknown() {
        return Reruns { verdict, data: Data::Unknown };
    }
    let (ended, run) = run_on(world, &applied.after, up, index);
    let data = match &ended.stop {
        None => Data::compare(&applied.after, &run.catalog),
        Some(_) => Data::Unknown,
    };
    let verdict = compared(ended.stop, run, |after| differences(&applied.after, after), "the second run changes the schema");
    Reruns { verdict, data }
}

/// Whether a down section takes the schema back to what it was before.
pub fn reverts(world: &World<'_>, before: &Catalog, applied: &Applied, down: Direction<'_>, index: u32) -> Verdict {
    if let Some(verdict) = applied.verdict.after_unknown() {
        return verdict;
    }
    let (ended, run) = run_on(world, &applied.after, down, index);
    compared(ended.stop, run, |after| left_by_undoing(before, &applied.after, after), "it does not restore the schema")
}

/// What `down` leaves, for whoever wants to see the difference.
pub fn reverted(world: &World<'_>, applied: &Applied, down: Direction<'_>, index: u32) -> Catalog {
    run_on(world, &applied.after, down, index).1.catalog
}

fn compared(stop: Option<Stop>, run: Run<'_>, differences: impl FnOnce(&Catalog) -> Vec<Difference>, what: &str) -> Verdict {
    if stop.is_some() {
        return Verdict::of(stop, run.conditions);
    }
    let found = differences(&run.catalog);
    let (certain, uncertain): (Vec<Difference>, Vec<Difference>) =
        found.into_iter().partition(|difference| difference.certainty == Certainty::Certain);
    match (certain.is_empty(), uncertain.first()) {
        (true, None) => Verdict::Proved { conditions: run.conditions },
        (true, Some(uncertain)) => Verdict::Unknown { reason: format!("it can't be told whether {uncertain}"), span: None },
        (false, _) => {
            let texts: Vec<&str> = certain.iter().map(|difference| difference.text.as_str()).collect();
            let reason = format!("{what}: {}", texts.join("; "));
            Verdict::Refuted { sqlstate: None, reason, span: None, differences: certain }
        }
    }
}
