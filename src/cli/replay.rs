//! `migration-lint replay`: what can be proved of each migration.

use crate::engine::{self, Reading, Show};
use crate::report;

use super::args::ReplayArgs;
use super::{Status, histories, print, terminal};

/// Replays what `args` name.
pub(super) fn replay(args: &ReplayArgs) -> Status {
    let show = if args.diff { Show::Differences } else { Show::Verdicts };
    let replayed = histories::with(&args.histories, |job| {
        let replayed = engine::replay(job, args.until.as_deref(), show);
        (replayed.judged, replayed.notes)
    });
    let (judged, reading) = match replayed {
        Ok(found) => found,
        Err(status) => return status,
    };
    let style = report::Style { summary: !args.histories.run.quiet, ..terminal::stdout_style(args.color) };
    if let Err(status) = print(|out| report::verdicts(out, &judged, args.format.into(), style)) {
        return status;
    }
    if reading == Reading::Part {
        return Status::Trouble;
    }
    let refuted =
        judged.iter().any(|judged| judged.applies.is_refuted() || judged.reverts.as_ref().is_some_and(|verdict| verdict.is_refuted()));
    if refuted { Status::Findings } else { Status::Clean }
}
