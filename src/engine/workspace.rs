//! A set of texts, and linting them: the one engine behind the command line and the editor.
//!
//! Files are set and removed by whoever knows their texts; [`Workspace::lint`] finds the histories in them and runs the rules over the
//! selected files, each migration on whatever thread is free. A migration's tree lives only while its rules run.
//!
//! Inside, files go by their whole paths, so that a history is the same from whichever folder it is looked at; what comes out is renamed to
//! what the user sees.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use crate::catalog::Catalog;
use crate::config::{Config, nearest};
use crate::diagnostic::Diagnostic;
use crate::migration::layout::{self, Reach};
use crate::migration::numbering::Moment;
use crate::migration::{self, History, Layout, Migration, Why};
use crate::rules::{Creations, Document, Documents, Findings, Kept, RULES};
use crate::text::{Damage, SourceFile};

use super::aftermath::Past;
use super::baseline::Baseline;
use super::cache::Cache;
use super::changed::Changed;
use super::check::{Checked, Whole, check_foreign, rule_of};
use super::deployed::{self, Deployed};
use super::fingerprint::Fingerprints;
use super::git::{Changes, FirstCommits};
use super::load::FileText;
use super::outcome::{Finding, Note, Outcome, Silenced, Silencer};
use super::replay::{self, Ground, Judged, Show, Trial};
use super::selection::{Choice, Selection};
use super::settings::Settings;

/// Says that no history has a migration that `name` names, where that is so.
pub(super) fn missing(histories: &[History], name: &str) -> Option<Note> {
    let migrations = || histories.iter().flat_map(|history| &history.migrations);
    if migrations().any(|migration| migration.is_named(name)) {
        return None;
    }
    let hint = match nearest(name, migrations().map(|migration| &*migration.id)) {
        Some(id) => format!("; did you mean `{id}`?"),
        None => migrations().last().map(|last| format!("; the last one is `{}`", last.id)).unwrap_or_default(),
    };
    Some(Note::Failure(format!("there is no migration `{name}`{hint}")))
}

/// Texts by their whole paths.
#[derive(Debug, Clone)]
pub struct Workspace<'a> {
    pub(super) settings: Settings<'a>,
    pub(super) files: BTreeMap<String, (SourceFile, Vec<Damage>)>,
    pub(super) documents: Documents,
    /// The day on which files that git does not know were written.
    today: Option<String>,
    /// When what fixes add is written.
    now: Option<Moment>,
    first_commits: FirstCommits,
    /// What has changed, where nothing else is reported.
    pub(super) changed: Option<Changed>,
    /// What is known already.
    pub(super) baseline: Option<&'a Baseline>,
    /// Whether linting says what is proved, too.
    proof: Proof,
    /// Where what has not changed is kept from one run to the next, if it is.
    pub(super) cache: Option<Cache>,
}

/// Whether what is proved of migrations is told beside what the rules find in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Proof {
    /// It is not asked for.
    #[default]
    Untold,
    /// Of each migration that is linted.
    Told,
}

impl<'a> Workspace<'a> {
    /// Without files.
    pub fn new(settings: Settings<'a>) -> Self {
        let first_commits = FirstCommits::new(settings.root);
        Self {
            settings,
            files: BTreeMap::new(),
            documents: Documents::default(),
            today: None,
            now: None,
            first_commits,
            changed: None,
            baseline: None,
            proof: Proof::Untold,
            cache: None,
        }
    }

    /// Sets the day, as `2026-11-22`, on which files were written whose first commit git does not know.
    pub fn set_today(&mut self, day: Option<String>) {
        self.today = day;
    }

    /// Sets the time at which a migration is written that a fix adds; none: at the beginning of the day that was set for files.
    pub fn set_now(&mut self, now: Option<Moment>) {
        self.now = now;
    }

    /// When a migration is written that a fix adds, if somebody knows.
    pub(super) fn now(&self) -> Option<Moment> {
        let day = || Some(Moment { digits: format!("{}000000", self.today.as_ref()?.replace('-', "")), seconds: 0 });
        self.now.clone().or_else(day)
    }

    /// The day on which the file at the whole `path` was written, if somebody knows.
    pub(super) fn written_on(&self, path: &str) -> Option<String> {
        self.first_commits.day(path).map(str::to_owned).or_else(|| self.today.clone())
    }

    /// Notes that the configured migration directory is not there.
    pub fn set_directory_missing(&mut self) {
        if let Some((directory, _)) = &self.settings.config.house.migration_directory {
            self.documents.set_missing(self.settings.folder(directory));
        }
    }

    /// Notes that the configured schema map is not there.
    pub fn set_schema_map_missing(&mut self) {
        if let Some(path) = self.settings.schema_map() {
            self.documents.set_missing(path);
        }
    }

    /// Sets a file beside the migrations, at a path that counts from the working directory.
    pub fn set_document(&mut self, path: &str, document: Document) {
        self.documents.set(self.settings.whole(path), document);
    }

    /// Sets the text of the file at `path`, which counts from the working directory.
    pub fn set_file(&mut self, path: &str, file: FileText) {
        let path = self.settings.whole(path);
        let source = SourceFile::new(path.as_str(), file.text);
        self.files.insert(path, (source, file.damages));
    }

    /// From now on only migrations that have changed are reported; the file at `edited`, which counts from the working directory, has.
    pub fn set_changes(&mut self, changes: &Changes, edited: Option<&str>) {
        let beside = self.beside();
        let mut changed = Changed::new(changes, self.files.keys().chain(&beside).map(String::as_str));
        if let Some(path) = edited {
            changed.modify(self.settings.whole(path));
        }
        self.changed = Some(changed);
    }

    /// What stands beside the migrations, by its whole path: documents, and the configuration.
    fn beside(&self) -> Vec<String> {
        let config = self.settings.config_file();
        self.documents.paths().chain(config.as_ref().map(SourceFile::path)).map(str::to_owned).collect()
    }

    /// From now on the files at `added`, whole paths, and what they break is all that is reported.
    pub(super) fn set_added(&mut self, added: impl Iterator<Item = String>) {
        self.changed = Some(Changed::added_files(added));
    }

    /// From now on what `baseline` holds is not reported.
    pub fn set_baseline(&mut self, baseline: Option<&'a Baseline>) {
        self.baseline = baseline;
    }

    /// Sets whether linting also says what is proved of each migration.
    pub fn set_proof(&mut self, proof: Proof) {
        self.proof = proof;
    }

    /// From now on what has not changed is kept there from one run to the next.
    pub fn set_cache(&mut self, cache: Option<Cache>) {
        self.cache = cache;
    }

    /// Forgets the file at `path`.
    pub fn remove_file(&mut self, path: &str) {
        self.files.remove(&self.settings.whole(path));
    }

    /// Lints the files in `selected`, as [`Workspace::lint`] does; also says whether the change may break what has not changed and stands behind it.
    pub(super) fn lint_changed(&self, selected: &BTreeSet<String>) -> (Outcome, bool) {
        let asked: &BTreeSet<String> = &selected.iter().map(|path| self.settings.whole(path)).collect();
        let selection = Selection::new(self.settings.config, self.settings.choice);
        let mut outcome = Outcome::default();
        let (mut findings, mut allowed) = (Findings::new(), Vec::new());
        let histories = self.histories();
        let narrowed = self.changed.as_ref().map(|changed| changed.narrow(asked, &histories));
        let selected = narrowed.as_ref().unwrap_or(asked);
        self.note_others(&histories, selected, &mut outcome.notes);
        let (mut linted, mut is_any_deployed, mut may_break) = (Vec::new(), false, false);
        for history in &histories {
            let is_chosen = |migration: &Migration| migration.files().any(|file| selected.contains(file.path()));
            let places = (0..).zip(&history.migrations);
            let change: BTreeSet<u32> = places.filter(|(_, migration)| is_chosen(migration)).map(|(place, _)| place).collect();
            // What stands beside the migrations is about all of them.
            let is_asked = |migration: &Migration| migration.files().any(|file| asked.contains(file.path()));
            let is_asked_whole = history.migrations.iter().all(is_asked);
            let is_changed = |path: &str| self.changed.as_ref().is_some_and(|changed| changed.has(path));
            // The configuration, or a file that is gone: documents are held against something else than they were.
            let misses =
                self.changed.as_ref().is_some_and(|changed| changed.misses(&history.folder, self.settings.schema_map().as_slice()));
            let is_another = misses || self.settings.config_file().is_some_and(|file| is_changed(file.path()));
            may_break |= misses;
            if change.is_empty() && !(is_asked_whole && (is_another || self.beside().iter().any(|path| is_changed(path)))) {
                continue;
            }
            let deployed = Deployed::of(history, self.settings.config);
            linted.push(history);
            is_any_deployed |= deployed.is_any();
            let named = self.settings.relative_to_root(&history.folder);
            let resumed = self.resume(history, &named.to_string_lossy(), change.first().copied());
            let (places, foreign) = (resumed.places, &resumed.foreign);
            let is_linted = |migration: &&Migration| !foreign.contains_key(migration.up.path());
            let files = history.migrations.iter().filter(is_linted).flat_map(|m| m.files());
            outcome.files += files.filter(|file| selected.contains(file.path())).count();
            for file in history.migrations.iter().flat_map(Migration::files).filter(|file| selected.contains(file.path())) {
                outcome.linted.insert(self.settings.path_in_root(file.path()));
                outcome.migrations.push(self.settings.shown(file.path()));
            }
            let is_foreign = |migration: &Migration| foreign.contains_key(migration.up.path());
            let asks_for_deeds = self.asks_for_deeds(history, &selection);
            let wants_deeds = |migration: &Migration| asks_for_deeds && is_chosen(migration);
            let ground = Ground::resumed(&resumed, self.settings.start).noting(&wants_deeds);
            let (before_change, unknown) = (OnceLock::new(), AtomicUsize::new(0));
            let (known, rest) = history.migrations.split_at(places as usize);
            let (checked, end) = ground.fold_on(
                places,
                resumed.catalog.clone(),
                rest,
                is_foreign,
                |world, passed| {
                    if change.first() == Some(&passed.index) {
                        before_change.get_or_init(|| passed.before.clone());
                    }
                    let files = self.places(passed.migration, deployed.standing(passed.index), selected, selection);
                    let fails = passed.applied.verdict.is_refuted().then(|| passed.migration.up.path());
                    if files.is_empty() {
                        return (fails, None);
                    }
                    let creations = Creations::new(history, &resumed.names, &passed.asked);
                    let seen = match foreign.get(passed.migration.up.path()) {
                        Some(foreign) => (check_foreign(foreign, passed.migration, files), None),
                        None => {
                            unknown.fetch_add(usize::from(passed.applied.verdict.is_unknown()), Ordering::Relaxed);
                            let judged = (self.proof == Proof::Told).then(|| passed.judge(world, Show::Verdicts));
                            (self.check(&creations, &change, &Trial { world, passed }, files, RULES), judged)
                        }
                    };
                    (fails, Some(seen))
                },
                &|| true,
            );
            outcome.unknown += unknown.into_inner();
            let passed_over = (0..).zip(known).map(|(place, one)| (resumed.failing.contains(&place).then(|| one.up.path()), None));
            let (fails, checked): (Vec<Option<&str>>, Vec<_>) = passed_over.chain(checked).unzip();
            let is_behind = |at: u32| change.first().is_some_and(|first| *first < at) && !change.contains(&at);
            let failing: BTreeSet<u32> = (0..).zip(&fails).filter(|(_, fails)| fails.is_some()).map(|(at, _)| at).collect();
            may_break |= self.changed.is_some() && failing.iter().any(|at| is_behind(*at));
            outcome.failing.extend(fails.into_iter().flatten().map(|path| self.settings.shown(path)));
            let added = self.changed.as_ref().map(|changed| changed.added(history)).unwrap_or_default();
            let past = change.first().zip(before_change.get()).filter(|_| self.changed.is_some());
            let past = past.map(|(first, before)| Past::new(history, *first, before, &end));
            let whole = Whole { history, change: &change, end: &end, added: &added, only_finds: false, kept: &Kept::default() };
            let affected = past.as_ref().map(|past| &past.affected);
            let of_history = self.check_history(whole, RULES, affected, &selection);
            let (mut checked, judged): (Vec<Checked<'_>>, Vec<Option<Judged>>) = checked.into_iter().flatten().unzip();
            outcome.verdicts.extend(judged.into_iter().flatten().map(|judged| judged.shown(|path| self.settings.shown(path))));
            checked.iter_mut().for_each(|one| one.add(&of_history));
            if let Some(past) = &past {
                let is_linted = |migration: &Migration| !is_foreign(migration) && is_asked(migration);
                checked.extend(self.aftermath(past, &of_history, is_linted, selection));
            }
            if is_asked_whole {
                let found = self.settle_documents(&of_history, &selection);
                match &self.changed {
                    Some(changed) => findings.extend(self.aftermath_beside(past.as_ref(), (changed, is_another), found, &selection)),
                    None => {
                        findings.extend(found);
                        outcome.linted.extend(self.beside().iter().map(|path| self.settings.path_in_root(path)));
                    }
                }
            }
            for one in checked {
                let (found, mut taken) = one.settle();
                outcome.suppressed += taken.len();
                findings.extend(found);
                allowed.append(&mut taken);
            }
            deployed.protect(&mut findings);
            resumed.keep(before_change.get().unwrap_or(&end), &failing);
        }
        if !is_any_deployed && linted.iter().any(|history| self.is_configured(history)) {
            outcome.notes.extend(deployed::nowhere(&linted, self.settings.config).map(Note::Failure));
        }
        (self.finish(findings, allowed, outcome), may_break)
    }

    /// Replays every history that one of the files in `selected` belongs to, up to the migration called `until`.
    pub fn replay(&self, selected: &BTreeSet<String>, until: Option<&str>, show: Show) -> (Vec<Judged>, Vec<Note>) {
        let mut notes = Vec::new();
        let mut judged = Vec::new();
        let histories = self.chosen_histories(selected, &mut notes);
        if let Some(missing) = until.and_then(|until| missing(&histories, until)) {
            notes.push(missing);
            return (judged, notes);
        }
        for history in &histories {
            for one in replay::judge(history, self.settings.start, until, show) {
                judged.push(one.shown(|path| self.settings.shown(path)));
            }
        }
        (judged, notes)
    }

    /// The schemas that the histories of the files in `selected` leave, in the order of their folders.
    pub fn ends(&self, selected: &BTreeSet<String>) -> Vec<Catalog> {
        let histories = self.chosen_histories(selected, &mut Vec::new());
        histories.iter().map(|history| replay::end(history, self.settings.start)).collect()
    }

    /// The histories that one of the files in `selected`, whose paths count from the working directory, belongs to.
    pub(super) fn chosen_histories(&self, selected: &BTreeSet<String>, notes: &mut Vec<Note>) -> Vec<History> {
        let selected: BTreeSet<String> = selected.iter().map(|path| self.settings.whole(path)).collect();
        let mut histories = self.histories();
        self.note_others(&histories, &selected, notes);
        histories.retain(|history| history.migrations.iter().any(|m| m.files().any(|file| selected.contains(file.path()))));
        histories
    }

    /// The histories among the files: those that the configuration names, and in the other files those that are found.
    pub(super) fn histories(&self) -> Vec<History> {
        let files: Vec<SourceFile> = self.files.values().map(|(source, _)| source.clone()).collect();
        let Config { lint, house, .. } = self.settings.config;
        let mut folders: Vec<String> = lint.histories.iter().map(|(path, _)| self.settings.folder(path)).collect();
        if let (Some(_), true, Some((path, _))) = (lint.layout, folders.is_empty(), &house.migration_directory) {
            folders.push(self.settings.folder(path));
        }
        // A folder within another takes its files first.
        folders.sort_by_key(|folder| std::cmp::Reverse(folder.len()));
        let mut rest = files;
        let mut histories = Vec::new();
        for folder in &folders {
            let (own, others): (Vec<SourceFile>, Vec<SourceFile>) =
                rest.into_iter().partition(|file| inside(folder, file.path()).is_some());
            histories.extend(named_history(folder, &own, lint.layout));
            rest = others;
        }
        match lint.layout {
            Some(layout) if !rest.is_empty() => histories.push(migration::history(&common_folder(&rest, layout), &rest, layout)),
            _ => histories.extend(migration::histories(&rest)),
        }
        histories
    }

    /// Renames, sorts, counts and gives each finding its fingerprint.
    pub(super) fn finish(&self, mut findings: Findings, mut allowed: Vec<(Diagnostic, Silencer)>, mut outcome: Outcome) -> Outcome {
        let mut names = Shown { workspace: self, sources: BTreeMap::new() };
        for finding in findings.iter_mut().chain(allowed.iter_mut().map(|(finding, _)| finding)) {
            for label in std::iter::once(&mut finding.primary).chain(&mut finding.related) {
                label.path = names.shown(&label.path);
            }
            for edit in finding.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
                edit.path = names.shown(&edit.path);
            }
        }
        findings.sort_by(in_order);
        findings.dedup();
        allowed.sort_by(|(a, _), (b, _)| in_order(a, b));
        allowed.dedup_by(|(a, _), (b, _)| a == b);
        let mut from_root: BTreeMap<Arc<str>, String> = BTreeMap::new();
        for (path, source) in names.sources {
            from_root.insert(Arc::from(source.path()), self.settings.path_in_root(&path));
            outcome.sources.insert(Arc::from(source.path()), source);
        }
        let mut fingerprints = Fingerprints::default();
        let sources = &outcome.sources;
        let mut finding = |diagnostic: Diagnostic| {
            let rule = rule_of(&diagnostic)?.meta();
            let shown = &diagnostic.primary.path;
            let path = from_root.get(shown).cloned().unwrap_or_default();
            let fingerprint = fingerprints.next(&diagnostic, &path, sources.get(shown));
            Some(Finding { diagnostic, rule, path, fingerprint })
        };
        // What is allowed comes last, so that a comment changes no other finding's fingerprint.
        outcome.findings = findings.into_iter().filter_map(&mut finding).collect();
        let silenced = |(diagnostic, by)| Some(Silenced { finding: finding(diagnostic)?, by });
        outcome.silenced = allowed.into_iter().filter_map(silenced).collect();
        self.leave_out_known(&mut outcome);
        outcome.silenced.sort_by(|a, b| in_order(&a.finding.diagnostic, &b.finding.diagnostic));
        outcome
    }

    /// Takes out what is known already, and says what of that is mended, if everything that might have been found was looked for.
    fn leave_out_known(&self, outcome: &mut Outcome) {
        let Some(baseline) = self.baseline else { return };
        let Choice { select, ignore } = self.settings.choice;
        let mended = match select.is_empty() && ignore.is_empty() {
            true => baseline.mended(outcome),
            false => 0,
        };
        if mended > 0 {
            let (number, them) = if mended == 1 { ("1 finding".to_owned(), "it") } else { (format!("{mended} findings"), "them") };
            let text = format!("{number} of the baseline mended: `migration-lint baseline` takes {them} out of it");
            outcome.notes.push(Note::Warning(text));
        }
        let (known, new): (Vec<Finding>, Vec<Finding>) =
            std::mem::take(&mut outcome.findings).into_iter().partition(|finding| baseline.has(finding));
        outcome.findings = new;
        outcome.baselined = known.len();
        outcome.silenced.extend(known.into_iter().map(|finding| Silenced { finding, by: Silencer::Baseline }));
    }

    /// Whether the configuration may speak of `history`: it does not where it names another folder.
    pub(super) fn is_configured(&self, history: &History) -> bool {
        let directory = self.settings.config.house.migration_directory.as_ref();
        directory.is_none_or(|(path, _)| Path::new(&history.folder).starts_with(self.settings.folder(path)))
    }

    /// Says which selected files are no migrations, so that nothing is passed over in silence.
    fn note_others(&self, histories: &[History], selected: &BTreeSet<String>, notes: &mut Vec<Note>) {
        let mut known: BTreeSet<&str> =
            histories.iter().flat_map(|h| &h.migrations).flat_map(|m| m.files()).map(SourceFile::path).collect();
        for other in histories.iter().flat_map(|history| &history.others).filter(|other| selected.contains(other.source.path())) {
            known.insert(other.source.path());
            let why = match other.why {
                // Its name says so to everybody.
                Why::Elsewhere => continue,
                Why::Unlisted => "is not in the list that its tool keeps of its migrations",
                Why::Name => "is not named as a migration of its folder's layout",
                Why::Loose => "stands beside the directories that are migrations",
                Why::NothingToUndo => "undoes a migration that is not there",
            };
            notes.push(Note::Warning(format!("{}: not linted: it {why}", self.settings.shown(other.source.path()))));
        }
        for path in self.files.keys().filter(|path| selected.contains(*path) && !known.contains(path.as_str())) {
            notes.push(Note::Warning(format!("{}: not linted: no layout takes it for a migration", self.settings.shown(path))));
        }
    }
}

/// The order of a report: path, place, rule, message.
pub(super) fn in_order(a: &Diagnostic, b: &Diagnostic) -> std::cmp::Ordering {
    let key = |finding: &Diagnostic| (Arc::clone(&finding.primary.path), finding.primary.span, finding.rule);
    key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
}

/// The names under which files are shown.
struct Shown<'w, 'a> {
    workspace: &'w Workspace<'a>,
    /// By whole paths: the files that were asked for, renamed.
    sources: BTreeMap<Arc<str>, SourceFile>,
}

impl Shown<'_, '_> {
    fn shown(&mut self, path: &Arc<str>) -> Arc<str> {
        if let Some(source) = self.sources.get(path) {
            return Arc::from(source.path());
        }
        let shown = self.workspace.settings.shown(path);
        if let Some((source, _)) = self.workspace.files.get(&**path) {
            self.sources.insert(Arc::clone(path), source.renamed(shown.as_str()));
        } else if let Some(source) = self.workspace.documents.text(path) {
            self.sources.insert(Arc::clone(path), source.renamed(shown.as_str()));
        } else if let Some(source) = self.workspace.settings.config_file().filter(|source| *source.path() == **path) {
            self.sources.insert(Arc::clone(path), source.renamed(shown.as_str()));
        }
        Arc::from(shown)
    }
}

fn named_history(folder: &str, files: &[SourceFile], layout: Option<&'static dyn Layout>) -> Option<History> {
    let below: Vec<(&str, &SourceFile)> = files.iter().filter_map(|file| Some((inside(folder, file.path())?, file))).collect();
    let layout = layout.or_else(|| layout::detect(&layout::Folder { path: folder, files: below }))?;
    Some(migration::history(folder, files, layout))
}

/// `path` as seen from `folder`, if it lies in it.
fn inside<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    path.strip_prefix(folder.trim_end_matches('/'))?.strip_prefix('/')
}

/// The deepest folder that holds all of `files`, and is not itself a migration of `layout`.
fn common_folder(files: &[SourceFile], layout: &dyn Layout) -> String {
    let folder_of = |file: &SourceFile| -> Vec<String> {
        let folder = file.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        folder.split('/').map(str::to_owned).collect()
    };
    let mut folders = files.iter().map(folder_of);
    let first = folders.next().unwrap_or_default();
    let mut common = folders.fold(first, |common, next| common.into_iter().zip(next).take_while(|(a, b)| a == b).map(|(a, _)| a).collect());
    if layout.reach() == Reach::Directories && files.iter().any(|file| folder_of(file) == common) {
        common.pop();
    }
    common.join("/")
}

#[cfg(test)]
mod tests {
    use super::super::start::Start;
    use super::*;
    use crate::rules::known_names;

    const REJECTED: &str = "CREATE NOTHING;";

    /// The paths of the findings in `selected` of files that all hold one mistake, looked at from `directory`; and what is noted.
    fn found(directory: &str, config: &str, files: &[&str], selected: &[&str]) -> (Vec<String>, Vec<Note>) {
        let (config, errors) = Config::parse(&SourceFile::new("global-config.yaml", config), &known_names());
        assert_eq!(errors, []);
        let (root, choice) = (Path::new("/project"), Choice { select: vec!["ban-syntax-error".to_owned()], ignore: Vec::new() });
        let settings = Settings { directory: Path::new(directory), root, config: &config, choice: &choice, start: &Start::default() };
        let mut workspace = Workspace::new(settings);
        for file in files {
            workspace.set_file(file, FileText { text: REJECTED.into(), damages: Vec::new() });
        }
        let outcome = workspace.lint(&selected.iter().map(|path| (*path).to_owned()).collect());
        (outcome.findings.iter().map(|finding| finding.diagnostic.primary.path.to_string()).collect(), outcome.notes)
    }

    #[test]
    fn a_history_is_the_same_from_within() {
        let files = ["up.sql", "down.sql", "../1_a/up.sql", "../1_a/down.sql"];
        let (paths, notes) = found("/project/migrations/2_b", "", &files, &["up.sql", "../1_a/down.sql"]);
        assert_eq!((paths, notes), (vec!["../1_a/down.sql".to_owned(), "up.sql".to_owned()], vec![]));
    }

    #[test]
    fn what_is_found_in_a_file_that_is_not_selected_is_not_reported() {
        assert_eq!(found("/project", "", &["m/1_a.up.sql", "m/1_a.down.sql"], &["m/1_a.down.sql"]).0, ["m/1_a.down.sql"]);
    }

    #[test]
    fn overrides_look_at_each_file_of_a_migration() {
        let config = "migration_lint: {overrides: [{paths: ['**/*.down.sql'], rules: {ban-syntax-error: warning}}]}";
        let (config, _) = Config::parse(&SourceFile::new("global-config.yaml", config), &known_names());
        let settings = Settings {
            directory: Path::new("/p"),
            root: Path::new("/p"),
            config: &config,
            choice: &Choice::default(),
            start: &Start::default(),
        };
        let mut workspace = Workspace::new(settings);
        for path in ["m/1_a.up.sql", "m/1_a.down.sql"] {
            workspace.set_file(path, FileText { text: REJECTED.into(), damages: Vec::new() });
        }
        let outcome = workspace.lint(&["m/1_a.up.sql".to_owned(), "m/1_a.down.sql".to_owned()].into());
        let severities: Vec<&str> = outcome.findings.iter().map(|finding| finding.diagnostic.severity.word()).collect();
        assert_eq!(severities, ["warning", "error"]);
    }

    #[test]
    fn named_histories_take_their_files_and_leave_the_others() {
        let files = ["a/1_x.sql", "a/b/1_y.sql", "c/1_z.sql"];
        let (paths, notes) = found("/project", "migration_lint: {histories: [a, a/b/]}", &files, &files);
        assert_eq!((paths.as_slice(), notes), (files.map(str::to_owned).as_slice(), vec![]));
    }

    #[test]
    fn a_layout_of_directories_knows_a_history_of_one() {
        let files = ["m/1_x/up.sql", "m/1_x/down.sql"];
        assert_eq!(found("/project", "migration_lint: {layout: diesel}", &files, &files[..1]), (vec!["m/1_x/up.sql".to_owned()], vec![]));
    }
}
