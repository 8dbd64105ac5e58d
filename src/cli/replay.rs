//! `migration-lint replay`: what can be proved of each migration.

use crate::catalog::Knowledge;
use crate::engine::{self, Choice, Job, Limits, Note, Reading, Show};
use crate::report;

use super::args::{HistoryArg, ReplayArgs};
use super::{Status, complain, configuration, lint, print, terminal};

/// Replays what `args` name.
pub(super) fn replay(args: &ReplayArgs) -> Status {
    let directory = match std::env::current_dir() {
        Ok(directory) => directory,
        Err(error) => {
            complain(format_args!("the working directory: {error}"));
            return Status::Trouble;
        }
    };
    let mut notes = Vec::new();
    let mut paths = lint::expand(&directory, &args.paths, &mut notes);
    let first = paths.first().map_or(directory.clone(), |path| engine::absolute(&directory, path));
    let found = configuration::find(&args.configuration, &directory, &first);
    if paths.is_empty() && args.paths.is_empty() {
        match &found.config.house.migration_directory {
            Some((folder, _)) => paths.push(found.root.join(folder)),
            None => {
                complain("name a folder to replay: no configuration says where the migrations are (`database.migrations.directory`)");
                return Status::Trouble;
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
    let show = if args.diff { Show::Differences } else { Show::Verdicts };
    let replayed = match lint::pool(args.jobs, || engine::replay(job, args.until.as_deref(), show)) {
        Ok(replayed) => replayed,
        Err(error) => {
            complain(error);
            return Status::Trouble;
        }
    };
    notes.extend(replayed.notes);
    for note in &notes {
        match note {
            Note::Failure(text) => complain(text),
            Note::Warning(text) if !args.quiet => complain(format_args!("warning: {text}")),
            Note::Warning(_) => {}
        }
    }
    let style = report::Style { summary: !args.quiet, ..terminal::stdout_style(args.color) };
    if let Err(status) = print(|out| report::verdicts(out, &replayed.judged, args.format.into(), style)) {
        return status;
    }
    if found.reading == Reading::Part || notes.iter().any(|note| matches!(note, Note::Failure(_))) {
        return Status::Trouble;
    }
    let refuted = replayed
        .judged
        .iter()
        .any(|judged| judged.applies.is_refuted() || judged.reverts.as_ref().is_some_and(|verdict| verdict.is_refuted()));
    if refuted { Status::Findings } else { Status::Clean }
}
