//! Floor 8: everything between files and reports.
//!
//! `load` reads, [`Workspace`] holds texts and lints them, `selection` says which rules run where, `suppress` takes out what comments allow,
//! `repair` applies those fixes that `trust` and `way_back` let pass, `write` replaces files. Only `tree`, `write`, `git`, `index` and `cache` touch the world. Invariant: the same files, configuration and choice give the same outcome, however many threads there are.

mod aftermath;
mod baseline;
mod breakage;
mod cache;
mod changed;
mod check;
mod clock;
mod deployed;
mod dialects;
mod encoding;
mod fingerprint;
mod git;
mod index;
mod live;
mod load;
mod new;
mod objects;
mod outcome;
mod repair;
mod replay;
mod schema;
mod selection;
mod settings;
mod start;
mod story;
mod suppress;
mod tree;
mod trust;
mod way_back;
mod workspace;
mod write;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::migration::numbering::Moment;
use crate::migration::{History, Layout};

pub use baseline::{Baseline, Growth, Movement};
pub use cache::Cache;
pub use clock::moment;
pub use encoding::decode;
pub use git::{Changes, Repository, root_above};
pub use index::Index;
pub use live::{Live, Settled};
pub use load::{FileText, absolute, configuration_above, read, reason, shown};
pub use new::{NewFile, Wish};
pub use outcome::{Finding, Note, Outcome, Reading, Scope, Silenced, Silencer};
pub use repair::{Change, Mended, Mending, fitted};
pub use replay::{Judged, Show};
pub use schema::{MapCheck, MapState, Schema, check_map, schemas};
pub use selection::{Choice, Configured, Selection};
pub use settings::Settings;
pub use start::Start;
pub use story::{Chapter, Story, stories};
pub use tree::{Kind, Tree};
pub use workspace::{Proof, Workspace};
pub use write::{own_folder, replace};

/// One run over files.
#[derive(Debug)]
pub struct Job<'a> {
    /// Where they are read.
    pub tree: Tree<'a>,
    /// The working directory, absolute.
    pub directory: &'a Path,
    /// The folder that paths in the configuration are relative to, absolute.
    pub root: &'a Path,
    /// The configuration.
    pub config: &'a Config,
    /// What the command line chooses.
    pub choice: &'a Choice,
    /// Files and folders as the user names them.
    pub paths: &'a [PathBuf],
    /// A path, and the bytes that stand for its content.
    pub stdin: Option<(PathBuf, Vec<u8>)>,
    /// What a history is replayed from, and on which PostgreSQL.
    pub start: &'a Start,
    /// What keeps findings out of the report, and whether there is more in it.
    pub limits: Limits<'a>,
    /// When a migration is written that a fix adds; none where nothing is mended.
    pub now: Option<Moment>,
    /// Where what has not changed is kept from one run to the next, if it is.
    pub cache: Option<Cache>,
}

/// What keeps findings out of a report, beside what the configuration and the files say, and what it tells beside findings.
#[derive(Debug, Clone, Copy, Default)]
pub struct Limits<'a> {
    /// Only what has changed is reported, if this is there.
    pub changes: Option<&'a Changes>,
    /// What is known is not reported.
    pub baseline: Option<&'a Baseline>,
    /// Whether what is proved of the migrations is told, too.
    pub proof: Proof,
}

/// Replays the histories that the files of `job` belong to, each up to the migration called `until`.
pub fn replay(job: Job, until: Option<&str>, show: Show) -> Replay {
    let (workspace, selected, mut notes) = load(job);
    let (judged, more) = workspace.replay(&selected, until, show);
    notes.extend(more);
    Replay { judged, notes }
}

/// What a replay says.
#[derive(Debug)]
pub struct Replay {
    /// Of each migration, in the order of the histories and of their migrations.
    pub judged: Vec<Judged>,
    /// What could not be read, and what else the user must know; for standard error.
    pub notes: Vec<Note>,
}

/// A history among the files of a job.
#[derive(Debug)]
pub struct Survey {
    /// As shown to people.
    pub folder: String,
    /// How it is laid out.
    pub layout: &'static dyn Layout,
    /// How many migrations it has.
    pub migrations: usize,
}

/// The histories that `job` names.
pub fn survey(job: Job) -> Vec<Survey> {
    let directory = job.directory;
    let (workspace, _, _) = load(job);
    let told = |history: &History| Survey {
        folder: shown(directory, Path::new(&history.folder)),
        layout: history.layout,
        migrations: history.migrations.len(),
    };
    workspace.histories().iter().map(told).collect()
}

/// The files of a new migration in the history of `folder`, which `job` names, and what is left to do then, a sentence each.
///
/// # Errors
/// What keeps it from being made, for people.
pub fn compose(job: Job, folder: &str, wish: Wish<'_>) -> Result<(Vec<NewFile>, Vec<String>), String> {
    let (mut workspace, _, _) = load(job);
    let files = workspace.compose(folder, wish)?;
    let left = workspace.left_to_do(folder, &files);
    Ok((files, left))
}

/// Reads what `job` names, with the histories around it, and lints it.
pub fn run(job: Job) -> Outcome {
    let (workspace, selected, notes) = load(job);
    let mut outcome = workspace.lint(&selected);
    outcome.notes.splice(0..0, notes);
    outcome
}

/// Reads what `job` names, mends it in memory, and lints it as it is then; `today` is the day on which files were written that git does not
/// know. Nothing is written: what would be is in the changes.
pub fn repair(job: Job, mending: Mending<'_>, today: Option<String>) -> Mended {
    let (mut workspace, selected, notes) = load(job);
    workspace.set_today(today);
    let mut mended = workspace.repair(&selected, mending);
    mended.outcome.notes.splice(0..0, notes);
    mended
}

/// Reads what `job` names: the texts, the paths that were asked for, and what there is to say.
fn load(job: Job<'_>) -> (Workspace<'_>, BTreeSet<String>, Vec<Note>) {
    let excluded = |path: &Path| job.config.lint.exclude.is_match(shown(job.root, path));
    let directory = job.config.house.migration_directory.as_ref().map(|(folder, _)| absolute(job.root, Path::new(folder)));
    let request = load::Request {
        tree: job.tree,
        directory: job.directory,
        paths: job.paths,
        beside: job.stdin.as_ref().map(|(path, _)| path.as_path()),
        migration_directory: directory,
        documents: job.config.house.schema_map_path.iter().map(|(path, _)| absolute(job.root, Path::new(path))).collect(),
        excluded: &excluded,
    };
    let loaded = load::load(&request);
    let settings = Settings { directory: job.directory, root: job.root, config: job.config, choice: job.choice, start: job.start };
    let mut workspace = Workspace::new(settings);
    let mut selected: BTreeSet<String> = loaded.selected.into_iter().collect();
    let mut notes = job.start.notes.clone();
    notes.extend(loaded.notes);
    for (path, file) in loaded.files {
        workspace.set_file(&path, file);
    }
    if loaded.directory_missing {
        workspace.set_directory_missing();
    }
    if loaded.documents_missing {
        workspace.set_schema_map_missing();
    }
    for (path, document) in loaded.documents {
        workspace.set_document(&path, document);
    }
    let mut stdin = None;
    match job.stdin {
        Some((path, _)) if excluded(&absolute(job.directory, &path)) => notes.push(load::left_out(&path)),
        Some((path, bytes)) => {
            let path = shown(job.directory, &absolute(job.directory, &path));
            workspace.set_file(&path, encoding::decode(bytes));
            selected.insert(path.clone());
            stdin = Some(path);
        }
        None => {}
    }
    if let Some(changes) = job.limits.changes {
        let outside = |path: &&PathBuf| !changes.cover(&absolute(job.directory, path));
        notes.extend(job.paths.iter().filter(outside).map(|path| Note::Failure(format!("{}: not in the git repository", path.display()))));
        workspace.set_changes(changes, stdin.as_deref());
    }
    workspace.set_baseline(job.limits.baseline);
    workspace.set_proof(job.limits.proof);
    workspace.set_now(job.now);
    workspace.set_cache(job.cache);
    (workspace, selected, notes)
}
