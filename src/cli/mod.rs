//! Floor 10: the command line: arguments to exit status.
//!
//! Findings go to standard output, everything else to standard error. Invariant: a reader that goes away early (`| head`) is no error.

mod args;
mod baseline;
mod configuration;
mod delivery;
mod explain;
mod fix;
mod histories;
mod init;
mod lint;
mod manual;
mod new;
mod replay;
mod schema;
mod service;
mod squawk;
mod terminal;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};

use crate::engine::Note;

/// Why a run ends; the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// Nothing at or above `--fail-on`.
    Clean,
    /// Findings.
    Findings,
    /// Usage, configuration, input or output.
    Trouble,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(match status {
            Status::Clean => 0,
            Status::Findings => 1,
            Status::Trouble => 2,
        })
    }
}

/// Runs the program with the process's arguments; `serve` is what an editor speaks to.
pub fn run(serve: impl FnOnce() -> ExitCode) -> ExitCode {
    let cli = Cli::parse();
    let color = cli.lint.color;
    match cli.command {
        Some(Command::Server) => {
            lint::deepen_threads();
            return serve();
        }
        Some(Command::Rules) => explain::rules(color),
        Some(Command::Explain { rule }) => explain::explain(&rule),
        Some(Command::Replay(args)) => replay::replay(&args),
        Some(Command::Schema(args)) => schema::schema(&args),
        Some(Command::New(args)) => new::new(&args),
        Some(Command::Init(args)) => init::init(&args),
        Some(Command::Baseline(args)) => baseline::baseline(&args),
        Some(Command::ConfigSchema) => explain::config_schema(),
        Some(Command::Completions { shell }) => manual::completions(shell),
        Some(Command::Man { command }) => manual::man(command.as_deref()),
        None => lint::lint(&cli.lint),
    }
    .into()
}

/// Says what went wrong, on standard error.
fn complain(message: impl std::fmt::Display) {
    // Nothing can be done where even standard error is gone.
    let _ = writeln!(io::stderr(), "migration-lint: {message}");
}

/// Says what there is to say of a run itself; `quiet` leaves failures alone.
fn tell(notes: &[Note], quiet: bool) {
    for note in notes {
        match note {
            Note::Failure(text) => complain(text),
            Note::Warning(text) if !quiet => complain(format_args!("warning: {text}")),
            Note::Warning(_) => {}
        }
    }
}

/// `1 file`, `2 files`.
fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// Writes to standard output through a buffer; a reader that went away is no error.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Status> {
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(format_args!("standard output: {error}"));
            Err(Status::Trouble)
        }
        _ => Ok(()),
    }
}
