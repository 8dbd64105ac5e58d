//! `--fix` and `--diff`: what becomes of the repairs that the engine has made in memory.

use std::fs;
use std::path::Path;

use crate::config::nearest;
use crate::diagnostic::Applicability;
use crate::engine::{self, Change, Mended, Mending, Note, Outcome};
use crate::report;
use crate::rules;

use super::args::{FixArgs, LintArgs};
use super::delivery::Delivery;
use super::lint::{self, STDIN_NAME};
use super::{Status, complain, counted, print, tell};

/// Which repairs the command line asks for.
pub(super) struct Wanted {
    least: Applicability,
    only: Vec<&'static str>,
    shows: Shows,
}

#[derive(PartialEq)]
enum Shows {
    /// The files are written, and what is left is reported.
    Findings,
    /// Nothing is written.
    Patch,
}

impl Wanted {
    /// `stdin` is what the file is called that standard input holds: then no other is written.
    pub(super) fn as_mending<'w>(&'w self, stdin: Option<&'w str>) -> Mending<'w> {
        Mending { least: self.least, only: &self.only, within: stdin }
    }
}

/// Which repairs `args` ask for; none if none.
///
/// # Errors
/// A rule that does not exist.
pub(super) fn mending(args: &FixArgs) -> Result<Option<Wanted>, String> {
    if !args.any() {
        return Ok(None);
    }
    let mut only = Vec::new();
    for name in &args.fix_only {
        match rules::find(name) {
            Some(rule) => only.push(rule.meta().id),
            None => {
                let nearest = nearest(name, rules::RULES.iter().map(|rule| rule.meta().id));
                let advice = nearest.map_or("; `migration-lint rules` lists them all".to_owned(), |id| format!("; did you mean `{id}`?"));
                return Err(format!("there is no rule `{name}`{advice}"));
            }
        }
    }
    let least = if args.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
    Ok(Some(Wanted { least, only, shows: if args.diff { Shows::Patch } else { Shows::Findings } }))
}

/// Writes what was repaired, or shows it; `stdin` is what standard input held.
pub(super) fn finish(delivery: &Delivery<'_>, wanted: &Wanted, directory: &Path, stdin: Option<&[u8]>, mut mended: Mended) -> Status {
    let args = delivery.args();
    if wanted.shows == Shows::Patch {
        if let Some(base) = rebase(directory, &mut mended.changes) {
            mended
                .outcome
                .notes
                .push(Note::Warning(format!("the paths of the patch count from `{base}`: apply it there, as with `git -C {base} apply`")));
        }
        tell(&mended.outcome.notes, args.run.quiet);
        if let Err(status) = print(|out| report::patch(out, &mended.changes)) {
            return status;
        }
        let found = if mended.changes.is_empty() { Status::Clean } else { Status::Findings };
        return if mended.outcome.failed() { Status::Trouble } else { found };
    }
    if let Some(read) = stdin {
        return finish_stdin(delivery, mended.changes.first().map_or(read, |change| change.after.as_bytes()), &mended.outcome);
    }
    let mut failures = Vec::new();
    let mut written = 0;
    let reads_index = args.staged || args.git_index;
    // Documents tell of what the migrations make, and so they come last.
    let (migrations, documents): (Vec<&Change>, Vec<&Change>) = mended.changes.iter().partition(|change| change.is_migration());
    for change in migrations.into_iter().chain(documents) {
        let path = directory.join(&change.path);
        if !change.is_migration() && !failures.is_empty() {
            failures.push(Note::Failure(format!("{}: it stays as it is, since it tells of what could not be written", change.path)));
            continue;
        }
        if reads_index && !is_as_staged(&path, change) {
            failures.push(Note::Failure(format!("{}: {UNSTAGED}", change.path)));
            continue;
        }
        match engine::replace(&path, change.before.as_deref(), &change.after) {
            Ok(()) => written += 1,
            Err(why) => failures.push(Note::Failure(format!("{}: {why}", change.path))),
        }
    }
    if !args.run.quiet && written > 0 {
        let advice = if reads_index { "; `git add` what is mended, for git's index is as it was" } else { "" };
        complain(format_args!("{}{advice}", told(&mended, written, failures.is_empty())));
    }
    if !failures.is_empty() {
        failures.push(Note::Warning(LEFT.to_owned()));
    }
    mended.outcome.notes.extend(failures);
    match delivery.finish(&mended.outcome) {
        // The next commit still has what was found.
        Status::Clean if reads_index && written > 0 => Status::Findings,
        status => status,
    }
}

/// Where a file lies above the working directory, has the paths of all count from the folder that holds everything, for no tool applies a patch
/// with `..` in a path: that folder, as it is seen from the working directory.
fn rebase(directory: &Path, changes: &mut [Change]) -> Option<String> {
    let above = |change: &Change| change.path.split('/').take_while(|part| *part == "..").count();
    let levels = changes.iter().map(above).max().filter(|levels| *levels > 0)?;
    let base = directory.ancestors().nth(levels)?;
    for change in changes {
        change.path = engine::shown(base, &engine::absolute(directory, Path::new(&change.path)));
    }
    Some(vec![".."; levels].join("/"))
}

const LEFT: &str = "what is found in files that stay as they are is not reported: run again without `--fix`";

/// What was mended, in how many files; by rule only where all of it was written.
fn told(mended: &Mended, written: usize, all: bool) -> String {
    if !all {
        return format!("mended {}", counted(written, "file"));
    }
    let count: usize = mended.fixes.values().sum();
    let rules: Vec<String> = mended.fixes.iter().map(|(rule, number)| format!("{rule} {number}")).collect();
    format!("mended {} in {}: {}", counted(count, "finding"), counted(written, "file"), rules.join(", "))
}

const UNSTAGED: &str = "it has changes that are not staged, and stays as it is: stage them or take them back, and run again";

/// Whether the file at `path` is what git's index has of it; one that is to be made is.
fn is_as_staged(path: &Path, change: &Change) -> bool {
    change.before.as_ref().is_none_or(|before| fs::read(path).is_ok_and(|text| text == before.as_bytes()))
}

/// The text of standard input goes to standard output, mended or not, and the report to standard error.
fn finish_stdin(delivery: &Delivery<'_>, text: &[u8], outcome: &Outcome) -> Status {
    tell(&outcome.notes, delivery.args().run.quiet);
    match print(|out| out.write_all(text)) {
        Ok(()) => delivery.finish_beside(outcome),
        Err(status) => status,
    }
}

/// What the file is called that standard input holds, as it is shown; none where it is not read.
pub(super) fn stdin_name(args: &LintArgs, directory: &Path) -> Option<String> {
    let name = args.stdin_filename.clone().unwrap_or_else(|| STDIN_NAME.into());
    lint::reads_stdin(args).then(|| engine::shown(directory, &engine::absolute(directory, &name)))
}
