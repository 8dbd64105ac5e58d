//! Where the report of a run goes: standard output or a file, and for GitHub Actions also the summary of the step.
//!
//! What a CI service says of itself in the environment is read here and nowhere else.

use std::env;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::engine::{self, Note, Outcome, Proof};
use crate::report::{self, Destination, Format, Style};

use super::args::LintArgs;
use super::{Status, complain, print, tell, terminal};

/// How many bytes GitHub takes as the summary of a step.
const STEP_SUMMARY: usize = 1 << 20;

/// How a report is delivered.
pub(super) struct Delivery<'a> {
    args: &'a LintArgs,
    format: Format,
    /// The working directory from the repository's root.
    directory: String,
    /// The address of the repository's files.
    files: Option<String>,
    /// The file that becomes the summary of the step, if the format is GitHub's.
    step_summary: Option<PathBuf>,
}

impl<'a> Delivery<'a> {
    /// What `args` and the environment ask for, in the working directory `directory`.
    pub(super) fn new(args: &'a LintArgs, directory: &Path) -> Self {
        let root = engine::root_above(directory).unwrap_or(directory);
        let directory = engine::shown(root, directory);
        let format = Format::from(args.format);
        Self {
            args,
            format,
            directory: if directory == "." { String::new() } else { directory },
            files: address_of_files(),
            step_summary: variable("GITHUB_STEP_SUMMARY").filter(|_| format == Format::Github).map(PathBuf::from),
        }
    }

    pub(super) fn args(&self) -> &'a LintArgs {
        self.args
    }

    /// Whether somebody will read what is proved.
    pub(super) fn proof(&self) -> Proof {
        if self.format.tells_verdicts() || self.step_summary.is_some() { Proof::Told } else { Proof::Untold }
    }

    /// Writes the report of `outcome` where it belongs, and says what the run comes to.
    pub(super) fn finish(&self, outcome: &Outcome) -> Status {
        tell(&outcome.notes, self.args.run.quiet);
        let mut limits = Vec::new();
        let written = match &self.args.output {
            Some(file) => self.write_file(outcome, file, &mut limits),
            None => print(|out| {
                limits = self.write(outcome, out, terminal::stdout_style(self.args.color))?;
                Ok(())
            }),
        };
        self.conclude(outcome, written, &limits)
    }

    /// The same where standard output holds something else: the report goes to standard error.
    pub(super) fn finish_beside(&self, outcome: &Outcome) -> Status {
        let mut limits = Vec::new();
        let written = match &self.args.output {
            Some(file) => self.write_file(outcome, file, &mut limits),
            None => {
                // Nothing can be done where even standard error is gone.
                limits = self.write(outcome, &mut io::stderr().lock(), terminal::stderr_style(self.args.color)).unwrap_or_default();
                Ok(())
            }
        };
        self.conclude(outcome, written, &limits)
    }

    /// What the run comes to, after its report is written.
    fn conclude(&self, outcome: &Outcome, written: Result<(), Status>, limits: &[String]) -> Status {
        if !self.args.run.quiet {
            limits.iter().for_each(|limit| complain(format_args!("warning: {limit}")));
        }
        let summarised = self.step_summary.as_ref().map_or(Ok(()), |file| self.summarise(outcome, file));
        match written.and(summarised) {
            Err(status) => status,
            Ok(()) if outcome.failed() => Status::Trouble,
            Ok(()) => {
                let least = self.args.fail_on.least();
                let fails = least.is_some_and(|least| outcome.findings.iter().any(|finding| finding.diagnostic.severity >= least));
                if fails { Status::Findings } else { Status::Clean }
            }
        }
    }

    fn write_file(&self, outcome: &Outcome, file: &Path, limits: &mut Vec<String>) -> Result<(), Status> {
        let written = File::create(file).and_then(|file| {
            let mut out = BufWriter::new(file);
            *limits = self.write(outcome, &mut out, terminal::file_style(self.args.color))?;
            out.flush()
        });
        written.map_err(|error| {
            complain(format_args!("{}: can't be written: {error}", file.display()));
            Status::Trouble
        })
    }

    /// Adds to the summary of the step, to which other commands of it may have added already.
    fn summarise(&self, outcome: &Outcome, file: &Path) -> Result<(), Status> {
        let taken = fs::metadata(file).map_or(0, |file| usize::try_from(file.len()).unwrap_or(usize::MAX));
        let room = STEP_SUMMARY.saturating_sub(taken);
        let Some(text) = report::step_summary(outcome, &self.destination(terminal::file_style(self.args.color)), room) else {
            let full = "the summary of the step (GITHUB_STEP_SUMMARY) is full, and stays as it is: GitHub takes 1 MiB of it";
            tell(&[Note::Warning(format!("{}: {full}", file.display()))], self.args.run.quiet);
            return Ok(());
        };
        let opened = OpenOptions::new().create(true).append(true).open(file);
        opened.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| {
            complain(format_args!("{}: the summary of the step (GITHUB_STEP_SUMMARY) can't be written: {error}", file.display()));
            Status::Trouble
        })
    }

    fn write(&self, outcome: &Outcome, out: &mut dyn Write, style: Style) -> io::Result<Vec<String>> {
        let for_people = matches!(self.format, Format::Human | Format::Concise);
        if self.args.statistics && !for_people && !self.args.run.quiet {
            complain("warning: `--statistics` is for people; a report for programs is written in full");
        }
        let destination = self.destination(style);
        if self.args.statistics && for_people {
            return report::statistics(out, outcome, destination.style).map(|()| Vec::new());
        }
        report::write(out, outcome, self.format, &destination)
    }

    fn destination(&self, style: Style) -> Destination<'_> {
        Destination {
            style: Style { summary: !self.args.run.quiet, ..style },
            directory: &self.directory,
            fails: self.args.fail_on.least(),
            files: self.files.as_deref(),
        }
    }
}

/// Where people read the files of the commit that a job of GitHub or GitLab works on.
fn address_of_files() -> Option<String> {
    let github = || {
        let (server, repository, commit) = (variable("GITHUB_SERVER_URL")?, variable("GITHUB_REPOSITORY")?, variable("GITHUB_SHA")?);
        Some(format!("{server}/{repository}/blob/{commit}/"))
    };
    let gitlab = || Some(format!("{}/-/blob/{}/", variable("CI_PROJECT_URL")?, variable("CI_COMMIT_SHA")?));
    github().or_else(gitlab)
}

/// A variable of the environment that says something.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
