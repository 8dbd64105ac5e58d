//! What the commands that replay whole histories have in common: which ones, from what, and what there is to say of reading them.

use crate::catalog::Knowledge;
use crate::engine::{Choice, Job, Note, Reading, Tree};

use super::args::{HistoriesArgs, HistoryArg};
use super::configuration::Place;
use super::{Status, complain, configuration, lint, tell};

/// Does `work` with the histories that `args` name, and gives what it gives and whether all could be read; what there is to say goes to
/// standard error.
pub(super) fn with<T: Send>(args: &HistoriesArgs, work: impl FnOnce(Job) -> (T, Vec<Note>) + Send) -> Result<(T, Reading), Status> {
    let place = configuration::place(Tree::Disk, &args.configuration, &args.paths, None).map_err(|why| {
        complain(why);
        Status::Trouble
    })?;
    let Place { directory, paths, found, mut notes } = place;
    let knowledge = args.history.map(|history| match history {
        HistoryArg::Partial => Knowledge::Partial,
        HistoryArg::Complete => Knowledge::Complete,
    });
    let start = configuration::start(&found, &directory, args.schema.as_deref(), args.run.target_postgres, knowledge);
    let choice = Choice::default();
    let job = found.job(&directory, &paths, &choice, &start);
    let (result, more) = lint::pool(args.run.jobs, || work(job)).map_err(|error| {
        complain(error);
        Status::Trouble
    })?;
    notes.extend(more);
    tell(&notes, args.run.quiet);
    let failed = notes.iter().any(|note| matches!(note, Note::Failure(_)));
    Ok((result, if failed { Reading::Part } else { found.reading }))
}
