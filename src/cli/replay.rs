//! `migration-lint replay`: what can be proved of each migration.

use std::path::{Path, PathBuf};

use crate::catalog::Knowledge;
use crate::config::HistoryKind;
use crate::engine::{self, Choice, Job, Note, Reading, Show, Start};
use crate::report;
use crate::syntax::Version;
use crate::text::SourceFile;

use super::args::{HistoryArg, ReplayArgs};
use super::{Status, complain, configuration, lint, print, terminal};

/// Where nothing says which PostgreSQL the migrations run on.
const DEFAULT_TARGET: u8 = 15;

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
    let schema = args.schema.clone().map(|path| directory.join(path));
    let schema = schema.or_else(|| found.config.lint.schema.as_ref().map(|(path, _)| found.root.join(path)));
    let schema = match schema.map(|path| read_schema(&directory, &path)).transpose() {
        Ok(schema) => schema,
        Err(message) => {
            complain(message);
            return Status::Trouble;
        }
    };
    let complete = match args.history {
        Some(history) => history == HistoryArg::Complete,
        None => found.config.lint.history == HistoryKind::Complete || schema.is_some(),
    };
    let target = args.target_postgres.or(found.config.lint.target_postgres).or(Version::new(DEFAULT_TARGET));
    let start = Start {
        target: target.unwrap_or(Version::OLDEST),
        knowledge: if complete { Knowledge::Complete } else { Knowledge::Partial },
        schemas: found.config.house.schemas.iter().flatten().map(|(schema, _)| schema.clone()).collect(),
        schema,
    };
    let choice = Choice::default();
    let job = Job {
        directory: &directory,
        root: &found.root,
        config: &found.config,
        choice: &choice,
        paths: &paths,
        stdin: None,
        target: args.target_postgres,
    };
    let show = if args.diff { Show::Differences } else { Show::Verdicts };
    let replayed = match lint::pool(args.jobs, || engine::replay(job, &start, args.until.as_deref(), show)) {
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

fn read_schema(directory: &Path, path: &PathBuf) -> Result<SourceFile, String> {
    let name = engine::shown(directory, path);
    match std::fs::read(path) {
        Ok(bytes) => Ok(SourceFile::new(name, String::from_utf8_lossy(&bytes))),
        Err(error) => Err(format!("{name}: the starting schema: {}", engine::reason(&error))),
    }
}
