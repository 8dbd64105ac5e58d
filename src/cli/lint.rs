//! The main job: paths to a report.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use globset::GlobBuilder;

use crate::engine::{self, Cache, Changes, Choice, Index, Job, Limits, Mended, Note, Scope, Tree};

use super::args::LintArgs;
use super::configuration::Place;
use super::delivery::Delivery;
use super::{Status, complain, configuration, fix};

/// The name of standard input where no other is given.
pub(super) const STDIN_NAME: &str = "stdin.sql";

/// Lints what `args` name.
pub(super) fn lint(args: &LintArgs) -> Status {
    let choice = Choice { select: args.select.clone(), ignore: args.ignore.clone() };
    if let Some((name, nearest)) = choice.unknown() {
        match nearest {
            Some(nearest) => complain(format_args!("there is no rule or group `{name}`; did you mean `{nearest}`?")),
            None => complain(format_args!("there is no rule or group `{name}`; `migration-lint rules` lists them all")),
        }
        return Status::Trouble;
    }
    if args.stdin_filename.is_some() && !reads_stdin(args) {
        complain("`--stdin-filename` names standard input, which is read where `-` is among the paths");
        return Status::Trouble;
    }
    let stdin = match read_stdin(args) {
        Ok(stdin) => stdin,
        Err(error) => {
            complain(format_args!("standard input: {error}"));
            return Status::Trouble;
        }
    };
    let index = match index(args) {
        Ok(index) => index,
        Err(why) => {
            complain(why);
            return Status::Trouble;
        }
    };
    let tree = index.as_ref().map_or(Tree::Disk, Tree::Index);
    let place = match args.staged && args.paths.is_empty() {
        true => configuration::staged_place(tree, &args.configuration),
        false => configuration::place(tree, &args.configuration, &args.paths, stdin.as_ref().map(|(path, _)| path.as_path())),
    };
    let mut place = match place {
        Ok(place) => place,
        Err(why) => {
            complain(why);
            return Status::Trouble;
        }
    };
    let baseline = match args.no_baseline {
        true => None,
        false => place.read_baseline(),
    };
    let Place { directory, paths, found, notes } = place;
    let scope = match (&args.since, args.staged) {
        (Some(revision), _) => Scope::ChangedSince(revision.clone()),
        (None, true) => Scope::Staged,
        (None, false) => Scope::All,
    };
    let folder = folder_of(&directory, stdin.as_ref(), &paths);
    let changes = match changes(&scope, index.as_ref(), &folder) {
        Ok(changes) => changes,
        Err(why) => {
            complain(why);
            return Status::Trouble;
        }
    };
    let start = configuration::start(&found, &directory, None, args.run.target_postgres, None);
    let delivery = Delivery::new(args, &directory);
    let read = stdin.as_ref().filter(|_| args.fixing.any()).map(|(_, bytes)| bytes.clone());
    let limits = Limits { changes: changes.as_ref(), baseline: baseline.as_ref(), proof: delivery.proof() };
    let now = Some(engine::moment(args.fixing.date.as_deref()));
    let cache = if args.no_cache { None } else { Cache::of(changes.as_ref(), index.as_ref()) };
    let job = Job { tree, stdin, limits, now, cache, ..found.job(&directory, &paths, &choice, &start) };
    let mending = match fix::mending(&args.fixing) {
        Ok(mending) => mending,
        Err(message) => {
            complain(message);
            return Status::Trouble;
        }
    };
    let stdin_name = fix::stdin_name(args, &directory);
    let ran = pool(args.run.jobs, || match &mending {
        Some(wanted) => engine::repair(job, wanted.as_mending(stdin_name.as_deref()), args.fixing.date.clone()),
        None => Mended { outcome: engine::run(job), ..Mended::default() },
    });
    let mut mended = match ran {
        Ok(mended) => mended,
        Err(error) => {
            complain(error);
            return Status::Trouble;
        }
    };
    // A name that somebody gave may be that of a file which is no migration; without one, all that was asked for is to lint this.
    let is_left_out = |name: &String| args.stdin_filename.is_none() && scope == Scope::All && !mended.outcome.migrations.contains(name);
    let left_out = stdin_name.as_ref().filter(|name| is_left_out(name)).is_some();
    mended.outcome.notes.splice(0..0, notes);
    mended.outcome.configuration = found.reading;
    mended.outcome.scope = scope;
    let status = match &mending {
        Some(wanted) => fix::finish(&delivery, wanted, &directory, read.as_deref(), mended),
        None => delivery.finish(&mended.outcome),
    };
    if left_out {
        complain("standard input was not linted: say with `--stdin-filename` which migration of this folder it is");
        return Status::Trouble;
    }
    status
}

/// Git's index, if that is to be read.
fn index(args: &LintArgs) -> Result<Option<Index>, String> {
    let option = match (args.staged, args.git_index) {
        (true, _) => "--staged",
        (false, true) => "--git-index",
        (false, false) => return Ok(None),
    };
    if reads_stdin(args) {
        return Err(format!("`{option}` reads git's index, and `-` standard input: name one of them"));
    }
    let directory = std::env::current_dir().map_err(|error| format!("the working directory: {error}"))?;
    Index::of(&directory).map(Some).map_err(|why| format!("`{option}` asks git: {why}"))
}

/// What has changed, as far as `scope` asks; `folder` is one of the repository.
fn changes(scope: &Scope, index: Option<&Index>, folder: &Path) -> Result<Option<Changes>, String> {
    let (option, changes) = match scope {
        Scope::All => return Ok(None),
        Scope::ChangedSince(revision) => ("--since", Changes::since(folder, revision)),
        Scope::Staged => ("--staged", Changes::staged(index.expect("`--staged` reads the index"))),
    };
    changes.map(Some).map_err(|why| format!("`{option}` asks git: {why}"))
}

/// Deep statements need more stack than threads have by default.
const STACK: usize = 16 << 20;

/// Gives all threads that work is spread over that much stack, where it is not spread over a [`pool`].
pub(super) fn deepen_threads() {
    // It fails only where they have been started before.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
}

/// Runs `work` on as many threads as `--jobs` says.
pub(super) fn pool<T: Send>(jobs: Option<u16>, work: impl FnOnce() -> T + Send) -> Result<T, rayon::ThreadPoolBuildError> {
    let threads = jobs.map_or(0, usize::from);
    Ok(rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build()?.install(work))
}

/// The folder in which git is asked: that of the first path, as far as it is there.
fn folder_of(directory: &Path, stdin: Option<&(PathBuf, Vec<u8>)>, paths: &[PathBuf]) -> PathBuf {
    let first = stdin.map(|(path, _)| path).or(paths.first()).map_or(directory.to_owned(), |path| engine::absolute(directory, path));
    first.ancestors().find(|folder| folder.is_dir()).unwrap_or(directory).to_owned()
}

/// Standard input and the path under which it is linted, if `-` is among the paths.
fn read_stdin(args: &LintArgs) -> io::Result<Option<(PathBuf, Vec<u8>)>> {
    if !reads_stdin(args) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let name = args.stdin_filename.clone().unwrap_or_else(|| STDIN_NAME.into());
    Ok(Some((name, bytes)))
}

pub(super) fn reads_stdin(args: &LintArgs) -> bool {
    args.paths.iter().any(|path| path == Path::new("-"))
}

/// The paths without `-`, and with globs that the shell left alone replaced by the files that match.
pub(super) fn expand(tree: Tree<'_>, directory: &Path, paths: &[PathBuf], notes: &mut Vec<Note>) -> Vec<PathBuf> {
    let mut out = Vec::with_capacity(paths.len());
    for path in paths.iter().filter(|path| *path != Path::new("-")) {
        let text = path.to_string_lossy();
        let text = text.trim_start_matches("./");
        if !text.contains(['*', '?', '[', '{']) || tree.is_there(&directory.join(path)) {
            out.push(path.clone());
            continue;
        }
        match GlobBuilder::new(text).literal_separator(true).build() {
            Ok(glob) => {
                let matched = tree.matching(directory, text, &glob.compile_matcher());
                if matched.is_empty() {
                    notes.push(Note::Failure(format!("{text}: no file matches")));
                }
                out.extend(matched);
            }
            Err(error) => notes.push(Note::Failure(format!("{text}: no such file, and no glob: {}", error.kind()))),
        }
    }
    out
}
