//! What the commands that replay whole histories have in common: which ones, from what, and what there is to say of reading them.

use crate::catalog::Knowledge;
use crate::engine::{self, Choice, Job, Limits, Note, Reading};

use super::args::{HistoriesArgs, HistoryArg};
use super::{Status, complain, configuration, lint};

/// Does `work` with the histories that `args` name, and gives what it gives and whether all could be read; what there is to say goes to
/// standard error. `to` says what for.
pub(super) fn with<T: Send>(
    args: &HistoriesArgs,
    to: &str,
    work: impl FnOnce(Job) -> (T, Vec<Note>) + Send,
) -> Result<(T, Reading), Status> {
    let directory = std::env::current_dir().map_err(|error| {
        complain(format_args!("the working directory: {error}"));
        Status::Trouble
    })?;
    let mut notes = Vec::new();
    let mut paths = lint::expand(&directory, &args.paths, &mut notes);
    let first = paths.first().map_or(directory.clone(), |path| engine::absolute(&directory, path));
    let found = configuration::find(&args.configuration, &directory, &first);
    if paths.is_empty() && args.paths.is_empty() {
        match &found.config.house.migration_directory {
            Some((folder, _)) => paths.push(found.root.join(folder)),
            None => {
                complain(format_args!(
                    "name a folder to {to}: no configuration says where the migrations are (`database.migrations.directory`)"
                ));
                return Err(Status::Trouble);
            }
        }
    }
    let knowledge = args.history.map(|history| match history {
        HistoryArg::Partial => Knowledge::Partial,
        HistoryArg::Complete => Knowledge::Complete,
    });
    let start = configuration::start(&found, &directory, args.schema.as_deref(), args.target_postgres, knowledge);
    let choice = Choice::default();
    let job = Job {
        directory: &directory,
        root: &found.root,
        config: &found.config,
        choice: &choice,
        paths: &paths,
        stdin: None,
        start: &start,
        limits: Limits::default(),
    };
    let (result, more) = lint::pool(args.jobs, || work(job)).map_err(|error| {
        complain(error);
        Status::Trouble
    })?;
    notes.extend(more);
    for note in &notes {
        match note {
            Note::Failure(text) => complain(text),
            Note::Warning(text) if !args.quiet => complain(format_args!("warning: {text}")),
            Note::Warning(_) => {}
        }
    }
    let failed = notes.iter().any(|note| matches!(note, Note::Failure(_)));
    Ok((result, if failed { Reading::Part } else { found.reading }))
}
