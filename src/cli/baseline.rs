//! `migration-lint baseline`: what is found now is known from now on.

use crate::engine::{self, Baseline, Choice, Growth, Movement, Tree};

use super::args::BaselineArgs;
use super::{Status, complain, configuration, counted, lint, print, tell};

/// Writes the baseline, or takes out of it what is mended.
pub(super) fn baseline(args: &BaselineArgs) -> Status {
    match write(args) {
        Ok((said, status)) => print(|out| writeln!(out, "{said}")).map_or_else(|status| status, |()| status),
        Err(why) => {
            complain(why);
            Status::Trouble
        }
    }
}

fn write(args: &BaselineArgs) -> Result<(String, Status), String> {
    let place = configuration::place(Tree::Disk, &args.configuration, &args.paths, None)?;
    let (path, name) = place.baseline();
    let before = Baseline::read(Tree::Disk, &path).map_err(|why| format!("{name}: the baseline: {why}"))?;
    let start = configuration::start(&place.found, &place.directory, None, args.run.target_postgres, None);
    let choice = Choice::default();
    let job = place.found.job(&place.directory, &place.paths, &choice, &start);
    let mut outcome = lint::pool(args.run.jobs, || engine::run(job)).map_err(|error| error.to_string())?;
    outcome.notes.splice(0..0, place.notes);
    outcome.configuration = place.found.reading;
    tell(&outcome.notes, args.run.quiet);
    if outcome.failed() {
        return Err(format!("{name}: the baseline is not written: a finding that was not looked for would be taken for mended"));
    }
    let found = Baseline::of(&outcome);
    let growth = if args.update || before.is_none() { Growth::Allowed } else { Growth::Refused };
    let is_there = |path: &str| place.found.root.join(path).exists();
    let known = before.as_ref().map(|(known, _)| known.clone()).unwrap_or_default();
    let (after, movement) = known.moved(&found, &outcome.linted, is_there, growth);
    after.write(&path, before.as_ref()).map_err(|why| format!("{name}: the baseline: {why}"))?;
    let said = match before {
        None => format!("{name}: {} known from now on", counted(after.len(), "finding")),
        Some(_) => format!("{name}: {}", told(movement, growth, after.len())),
    };
    let grows = growth == Growth::Refused && movement.new > 0;
    Ok((said, if grows { Status::Findings } else { Status::Clean }))
}

/// What became of a baseline that was there.
fn told(movement: Movement, growth: Growth, left: usize) -> String {
    let mut parts = vec![format!("{} known", counted(left, "finding"))];
    if movement.mended > 0 {
        parts.push(format!("{} mended and taken out", counted(movement.mended, "finding")));
    }
    match (movement.new, growth) {
        (0, _) => {}
        (new, Growth::Allowed) => parts.push(format!("{} taken in", counted(new, "new finding"))),
        (new, Growth::Refused) => {
            parts.push(format!("{} not taken in: mend what is new, or take it in with `--update`", counted(new, "new finding")));
        }
    }
    parts.join(", ")
}
