//! `migration-lint schema`: the schema that histories leave.

use crate::engine::{self, MapCheck, MapState, Reading, Schema};
use crate::report;

use super::args::{HistoriesArgs, SchemaArgs};
use super::{Status, complain, histories, print};

/// Writes the schemas of the histories that `args` name.
pub(super) fn schema(args: &SchemaArgs) -> Status {
    if args.check {
        return check(&args.histories);
    }
    let at = args.at.as_deref();
    let written = match args.format.of_schemas() {
        Some(format) => histories::with(&args.histories, |job| engine::schemas(job, at)).and_then(|(schemas, reading)| {
            if !format.takes_several() {
                one_of(schemas.iter())?;
            }
            print(|out| report::schemas(out, &schemas, format))?;
            Ok(reading)
        }),
        None => histories::with(&args.histories, |job| engine::stories(job, at)).and_then(|(stories, reading)| {
            one_of(stories.iter().map(|story| &story.schema))?;
            print(|out| stories.iter().try_for_each(|story| report::page(out, story)))?;
            Ok(reading)
        }),
    };
    match written {
        Err(status) => status,
        Ok(Reading::Part) => Status::Trouble,
        Ok(Reading::Whole) => Status::Clean,
    }
}

/// Complains where there is more than one schema, and what is written holds no more.
fn one_of<'s>(schemas: impl Iterator<Item = &'s Schema>) -> Result<(), Status> {
    let folders: Vec<String> = schemas.map(|schema| format!("`{}`", schema.folder)).collect();
    if folders.len() <= 1 {
        return Ok(());
    }
    complain(format_args!("this format is for one history, and there are {}: name one of {}", folders.len(), folders.join(", ")));
    Err(Status::Trouble)
}

/// Holds the configured schema map against the schema.
fn check(args: &HistoriesArgs) -> Status {
    let (check, reading) = match histories::with(args, engine::check_map) {
        Ok(found) => found,
        Err(status) => return status,
    };
    let status = match &check {
        MapCheck::Unconfigured => {
            complain("no configuration says where the schema map is (`database.schema_map_path`)");
            Status::Trouble
        }
        MapCheck::NotOne => {
            complain("the schema map is that of one history: name the one that `database.migrations.directory` names");
            Status::Trouble
        }
        MapCheck::Held(path, MapState::Unreadable(line, column, why)) => {
            complain(format_args!("{path}:{line}:{column}: no JSON: {why}"));
            Status::Trouble
        }
        MapCheck::Held(_, MapState::Untold) => Status::Trouble,
        MapCheck::Held(path, MapState::Missing) => told(&[format!("{path}: there is no such file: `--fix` writes it")], Status::Findings),
        MapCheck::Held(path, MapState::Departs(sentences)) => {
            let lines: Vec<String> = sentences.iter().map(|sentence| format!("{path}: {sentence}")).collect();
            told(&lines, Status::Findings)
        }
        MapCheck::Held(_, MapState::True) if args.run.quiet => Status::Clean,
        MapCheck::Held(path, MapState::True) => {
            told(&[format!("{path} is the map of the schema that the migrations leave")], Status::Clean)
        }
    };
    if reading == Reading::Part { Status::Trouble } else { status }
}

/// Writes lines to standard output, and gives `status`, or what comes of writing.
fn told(lines: &[String], status: Status) -> Status {
    let written = print(|out| lines.iter().try_for_each(|line| writeln!(out, "{line}")));
    written.err().unwrap_or(status)
}
