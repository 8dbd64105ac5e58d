//! The way back of a whole history: all down sections, one after the other, the last first.
//!
//! Each down section is proved by itself, on what its migration leaves. People go back step by step, and a down section may take away what another
//! one leaves to it, so that each is wrong and all of them together are right. Whoever mends one of them alone breaks the way.

use std::collections::BTreeSet;

use crate::catalog::replay::{Applied, Verdict, apply};
use crate::migration::{History, Kind, Migration};
use crate::rules::Names;

use super::replay::Ground;
use super::start::Start;
use super::workspace::Workspace;

impl Workspace<'_> {
    /// The files, as shown to people, whose down sections fail on the way back, in the histories of the files in `selected`.
    pub(super) fn failing_on_the_way_back(&self, selected: &BTreeSet<String>) -> BTreeSet<String> {
        let histories = self.chosen_histories(selected, &mut Vec::new());
        let failing = histories.iter().flat_map(|history| failing(history, self.settings.start));
        failing.map(|migration| self.settings.shown(migration.down.as_ref().unwrap_or(&migration.up).path())).collect()
    }
}

/// The migrations whose down sections fail after those behind them were run. Where one fails, or can't be followed, the way goes on from what was
/// there before its migration.
fn failing<'h>(history: &'h History, start: &Start) -> Vec<&'h Migration> {
    let names = Names::new();
    let ground = Ground::new(history, &names, start);
    let (befores, mut catalog) = ground.fold(
        &history.migrations,
        |_| false,
        |_, passed| {
            let is_there = passed.migration.kind == Kind::Versioned && !passed.applied.verdict.is_refuted();
            is_there.then(|| passed.before.clone())
        },
    );
    let mut failing = Vec::new();
    for (index, before) in (0..).zip(befores).collect::<Vec<_>>().into_iter().rev() {
        let Some(before) = before else { continue };
        let there = Applied { verdict: Verdict::Proved { conditions: Vec::new() }, after: catalog };
        let back = ground.again(index, before.clone(), there, |world, passed| {
            passed.with_down(|down, _| apply(world, &passed.applied.after, down, index))
        });
        catalog = match back {
            Some(Applied { verdict: Verdict::Proved { .. }, after }) => after,
            Some(Applied { verdict: Verdict::Refuted { .. }, .. }) => {
                failing.extend(history.migrations.get(index as usize));
                before
            }
            Some(_) | None => before,
        };
    }
    failing
}
