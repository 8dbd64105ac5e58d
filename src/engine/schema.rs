//! The schemas that histories leave, at their ends or after one of their migrations.

use std::collections::BTreeSet;

use crate::catalog::Catalog;
use crate::catalog::replay::Verdict;
use crate::migration::History;
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

impl Workspace<'_> {
    /// The schemas of the histories that one of the files in `selected` belongs to, after the migration called `at`, or at their ends.
    pub fn schemas(&self, selected: &BTreeSet<String>, at: Option<&str>) -> (Vec<Schema>, Vec<Note>) {
        let mut notes = Vec::new();
        let histories = self.chosen_histories(selected, &mut notes);
        let has = |history: &History, id: &str| history.migrations.iter().any(|migration| migration.id == id);
        if let Some(missing) = at.and_then(|at| missing(&histories, at)) {
            notes.push(missing);
            return (Vec::new(), notes);
        }
        let wanted = histories.iter().filter(|history| at.is_none_or(|at| has(history, at)));
        (wanted.map(|history| self.schema(history, at, &mut notes)).collect(), notes)
    }

    fn schema(&self, history: &History, at: Option<&str>, notes: &mut Vec<Note>) -> Schema {
        let start: &Start = self.settings.start;
        let end = at.and_then(|at| history.migrations.iter().position(|migration| migration.id == at));
        let migrations = &history.migrations[..end.map_or(history.migrations.len(), |end| end + 1)];
        let (verdicts, catalog) = replay::fold(history, migrations, start, |_| false, |_, passed| passed.applied.verdict.clone());
        for (migration, verdict) in migrations.iter().zip(verdicts) {
            if let Verdict::Unknown { reason, .. } = verdict {
                notes.push(Note::Warning(format!("what `{}` does is not all told, and the schema may be another: {reason}", migration.id)));
            }
        }
        Schema {
            folder: self.settings.shown(&history.folder),
            at: at.map(str::to_owned),
            target: start.target,
            empty: Catalog::at_start(start.target),
            catalog,
        }
    }
}
