//! The schemas that histories leave, at their ends or after one of their migrations.

use std::collections::BTreeSet;

use crate::catalog::Catalog;
use crate::catalog::replay::Verdict;
use crate::migration::History;
use crate::rules::Document;
use crate::rules::schema_map::{Comparison, Unreadable};
use crate::syntax::Version;

use super::replay;
use super::start::Start;
use super::workspace::missing;
use super::{Job, Note, Workspace};

/// A schema.
#[derive(Debug, Clone)]
pub struct Schema {
    /// The folder of its history, as the user sees it.
    pub folder: String,
    /// The migration after which it is so; none for the history's end.
    pub at: Option<String>,
    /// The PostgreSQL that it is on.
    pub target: Version,
    /// A database without it.
    pub empty: Catalog,
    /// The database with it.
    pub catalog: Catalog,
}

/// The schemas of the histories that the files of `job` belong to, after the migration called `at`, or at their ends.
pub fn schemas(job: Job, at: Option<&str>) -> (Vec<Schema>, Vec<Note>) {
    let (workspace, selected, mut notes) = super::load(job);
    let (schemas, more) = workspace.schemas(&selected, at);
    notes.extend(more);
    (schemas, notes)
}

/// What becomes of holding the configured schema map against the schema that the migrations leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MapCheck {
    /// No configuration names one.
    Unconfigured,
    /// None of the chosen histories is one that the configuration speaks of, or several are.
    NotOne,
    /// The map's path, as the user sees it, and what there is to say of it.
    Held(String, MapState),
}

/// A schema map beside the schema that it is the map of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MapState {
    /// It says what is so.
    True,
    /// It does not; each in a sentence of which the map is the subject.
    Departs(Vec<String>),
    /// It is not there.
    Missing,
    /// It is no JSON: the line and the character, from 1, and why.
    Unreadable(u32, u32, String),
    /// It could not be read; a note has said so.
    Untold,
}

/// Holds the schema map that the configuration of `job` names against the schema that the migrations leave.
pub fn check_map(job: Job) -> (MapCheck, Vec<Note>) {
    let (workspace, selected, mut notes) = super::load(job);
    let (check, more) = workspace.check_map(&selected);
    notes.extend(more);
    (check, notes)
}

impl Workspace<'_> {
    /// Holds the configured schema map against the schema that the histories leave which one of the files in `selected` belongs to.
    pub fn check_map(&self, selected: &BTreeSet<String>) -> (MapCheck, Vec<Note>) {
        let mut notes = Vec::new();
        let Some(path) = self.settings.schema_map() else { return (MapCheck::Unconfigured, notes) };
        let histories = self.chosen_histories(selected, &mut notes);
        let mut configured = histories.iter().filter(|history| self.is_configured(history));
        let (Some(history), None) = (configured.next(), configured.next()) else { return (MapCheck::NotOne, notes) };
        let state = match self.documents.get(&path) {
            None => MapState::Missing,
            Some(Document::Unreadable) => MapState::Untold,
            Some(Document::Text(source)) => match self.documents.schema_map(&path).expect("it has a text") {
                Err(Unreadable { at, why }) => {
                    let place = source.position(*at);
                    MapState::Unreadable(place.line, place.column, why.clone())
                }
                Ok(map) => {
                    let schema = self.schema(history, None, &mut notes);
                    let departures = Comparison::default().departures(map, &schema.catalog, &|| true).expect("it goes on to its end");
                    if departures.is_empty() { MapState::True } else { MapState::Departs(departures) }
                }
            },
        };
        (MapCheck::Held(self.settings.shown(&path), state), notes)
    }

    /// The schemas of the histories that one of the files in `selected` belongs to, after the migration called `at`, or at their ends.
    pub fn schemas(&self, selected: &BTreeSet<String>, at: Option<&str>) -> (Vec<Schema>, Vec<Note>) {
        let mut notes = Vec::new();
        let histories = self.chosen_histories(selected, &mut notes);
        let has = |history: &History, name: &str| history.migrations.iter().any(|migration| migration.is_named(name));
        if let Some(missing) = at.and_then(|at| missing(&histories, at)) {
            notes.push(missing);
            return (Vec::new(), notes);
        }
        let wanted = histories.iter().filter(|history| at.is_none_or(|at| has(history, at)));
        (wanted.map(|history| self.schema(history, at, &mut notes)).collect(), notes)
    }

    fn schema(&self, history: &History, at: Option<&str>, notes: &mut Vec<Note>) -> Schema {
        let start: &Start = self.settings.start;
        let migrations = history.until(at);
        let (verdicts, catalog) = replay::fold(history, migrations, start, |_, passed| passed.applied.verdict.clone());
        for (migration, verdict) in migrations.iter().zip(verdicts) {
            if let Verdict::Unknown { reason, .. } = verdict {
                notes.push(Note::Warning(format!("what `{}` does is not all told, and the schema may be another: {reason}", migration.id)));
            }
        }
        self.schema_of(history, at, catalog)
    }

    /// The schema that `history` leaves after the migration called `at`.
    pub(super) fn schema_of(&self, history: &History, at: Option<&str>, catalog: Catalog) -> Schema {
        let start: &Start = self.settings.start;
        Schema {
            folder: self.settings.shown(&history.folder),
            at: at.map(str::to_owned),
            target: start.target,
            empty: Catalog::at_start(start.target),
            catalog,
        }
    }
}
