//! A history told: the schema that it leaves, and of each migration what it changed, what can be proved of it, and what the rules found.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::difference::{Deed, deeds};
use crate::migration::History;

use super::outcome::Finding;
use super::replay::{self, Judged, Show};
use super::schema::Schema;
use super::workspace::missing;
use super::{Job, Note, Workspace};

/// A history.
#[derive(Debug)]
pub struct Story {
    /// The schema that it leaves.
    pub schema: Schema,
    /// Its migrations, in order.
    pub chapters: Vec<Chapter>,
}

/// One migration.
#[derive(Debug)]
pub struct Chapter {
    /// What is proved of it.
    pub judged: Judged,
    /// What it did.
    pub deeds: Vec<Deed>,
    /// What the rules found in its files, each with the line on which it stands, from 1.
    pub findings: Vec<(u32, Finding)>,
}

/// The histories that the files of `job` belong to, up to the migration called `at`, or to their ends.
pub fn stories(job: Job, at: Option<&str>) -> (Vec<Story>, Vec<Note>) {
    let (workspace, selected, mut notes) = super::load(job);
    let (stories, more) = workspace.stories(&selected, at);
    notes.extend(more);
    (stories, notes)
}

impl Workspace<'_> {
    /// Tells the histories that one of the files in `selected` belongs to, up to the migration called `at`, or to their ends.
    pub fn stories(&self, selected: &BTreeSet<String>, at: Option<&str>) -> (Vec<Story>, Vec<Note>) {
        let mut notes = Vec::new();
        let histories = self.chosen_histories(selected, &mut notes);
        if let Some(missing) = at.and_then(|at| missing(&histories, at)) {
            notes.push(missing);
            return (Vec::new(), notes);
        }
        let files = histories.iter().flat_map(|history| &history.migrations).flat_map(|migration| migration.files());
        let files: BTreeSet<String> = files.map(|file| self.settings.shown(file.path())).collect();
        let outcome = self.lint(&files);
        notes.extend(outcome.notes);
        let mut findings: BTreeMap<String, Vec<(u32, Finding)>> = BTreeMap::new();
        for finding in outcome.findings {
            let label = &finding.diagnostic.primary;
            let line = outcome.sources.get(&label.path).map_or(1, |source| source.position(label.span.start).line);
            findings.entry(label.path.to_string()).or_default().push((line, finding));
        }
        let has = |history: &History, name: &str| history.migrations.iter().any(|migration| migration.is_named(name));
        let wanted = histories.iter().filter(|history| at.is_none_or(|at| has(history, at)));
        (wanted.map(|history| self.story(history, at, &mut findings)).collect(), notes)
    }

    fn story(&self, history: &History, at: Option<&str>, findings: &mut BTreeMap<String, Vec<(u32, Finding)>>) -> Story {
        let start = self.settings.start;
        let migrations = history.until(at);
        let tell = |world: &crate::catalog::World<'_>, passed: &replay::Passed<'_>| {
            (passed.judge(world, Show::Verdicts), deeds(&passed.before, &passed.applied.after))
        };
        let (told, catalog) = replay::fold(history, migrations, start, tell);
        let chapters = told.into_iter().zip(migrations).map(|((judged, deeds), migration)| {
            let mut found = Vec::new();
            for file in migration.files() {
                found.extend(findings.remove(&self.settings.shown(file.path())).unwrap_or_default());
            }
            Chapter { judged: judged.shown(|path| self.settings.shown(path)), deeds, findings: found }
        });
        Story { chapters: chapters.collect(), schema: self.schema_of(history, at, catalog) }
    }
}
