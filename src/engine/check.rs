//! Running the rules over one migration, and what becomes of what they find: severities, suppressions.
//!
//! A migration is checked while its trees are there; what rules find in the history as a whole is known only at its end and added then. So
//! checking and settling are two steps, and suppressions are judged in the second.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::catalog::{Catalog, Oid};
use crate::diagnostic::{Diagnostic, FileEdit};
use crate::migration::{self, History, Migration, Sections, Sql};
use crate::rules::{
    Asked, Awaited, Creations, Draft, Drafts, Findings, ForeignContext, Group, HistoryContext, Kept, Meta, MigrationContext, OptionsAt,
    RULES, Replayed, Rule, StatementContext, WrittenOn,
};
use crate::text::{Damage, DamageKind, Edit, SourceFile};

use super::deployed::{Sight, Standing};
use super::dialects::Foreign;
use super::new::NewFile;
use super::objects::{ByObject, Found, wholes};
use super::outcome::Silencer;
use super::replay::{Passed, Trial};
use super::selection::{Configured, Selection};
use super::suppress::FileSuppressions;
use super::workspace::Workspace;

/// A file that is to be reported, and what is configured for it.
#[derive(Debug, Clone)]
pub(super) struct Place<'a> {
    source: SourceFile,
    /// Relative to the configuration's folder.
    path: PathBuf,
    selection: Selection<'a>,
    standing: Standing,
}

/// The rule that tells of what PostgreSQL can't read.
const SYNTAX: &str = "ban-syntax-error";

/// What the rules found in one migration, before suppressions.
#[derive(Debug, Clone)]
pub(super) struct Checked<'a> {
    files: Vec<Place<'a>>,
    findings: Findings,
    /// Of each of `files`.
    suppressions: Vec<FileSuppressions>,
    judged: Judging,
}

/// Whether suppressions are judged too: not in a migration of another database, where no rule runs that they could be about.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Judging {
    All,
    None,
}

/// A history as a whole, as its rules look at it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole<'h> {
    pub(super) history: &'h History,
    /// The places of the migrations that are looked at.
    pub(super) change: &'h BTreeSet<u32>,
    /// What it leaves.
    pub(super) end: &'h Catalog,
    /// The up files of migrations that were not there.
    pub(super) added: &'h BTreeSet<&'h str>,
    /// Whether nobody asks how what is found is mended.
    pub(super) only_finds: bool,
    /// What was found out when it was looked at before.
    pub(super) kept: &'h Kept,
}

impl<'a> Workspace<'a> {
    /// What `rules` find in the history as a whole and in the schema that it leaves, by the file that they find it in; of wholes only in those that are
    /// `affected`, where something says which are.
    pub(super) fn check_history(
        &self,
        whole: Whole<'_>,
        rules: &[&'static dyn Rule],
        affected: Option<&BTreeSet<Oid>>,
        selection: &Selection<'_>,
    ) -> BTreeMap<Arc<str>, Findings> {
        const ENDS: &str = "it goes on to its end";
        let mut by_file = self.check_whole(whole, rules, selection, &|| true).expect(ENDS);
        // What is told once is told of the object that was made first, be it affected or not.
        let (once, each): (Vec<_>, Vec<_>) = rules.iter().copied().partition(|rule| rule.tells_once());
        for (rules, affected) in [(once, None), (each, affected)] {
            let found = match affected {
                Some(affected) => self.check_objects(whole, &rules, selection, affected.iter().copied(), &|| true),
                None => self.check_objects(whole, &rules, selection, wholes(whole.end), &|| true),
            };
            let mut by_object = ByObject::default();
            for (whole, found) in found.expect(ENDS) {
                by_object.take(whole, found);
            }
            for path in by_object.files() {
                by_file.entry(Arc::clone(path)).or_default().append(&mut by_object.in_file(path));
            }
        }
        by_file
    }

    /// What `rules` find in the history as a whole, by the file that they find it in, as long as `goes_on` says so; none if it did not at last. Rules
    /// look on all threads.
    pub(super) fn check_whole(
        &self,
        whole: Whole<'_>,
        rules: &[&'static dyn Rule],
        selection: &Selection<'_>,
        goes_on: &(dyn Fn() -> bool + Sync),
    ) -> Option<BTreeMap<Arc<str>, Findings>> {
        let mut findings = Findings::new();
        self.with_history(whole, rules, selection, goes_on, |rules, cx| {
            let look = |rule: &&'static dyn Rule| {
                let mut found = Findings::new();
                rule.check_history(&HistoryContext { rule: rule.meta(), ..cx }, &mut found);
                goes_on().then_some(found)
            };
            let Some(found) = rules.par_iter().map(look).collect::<Option<Vec<Findings>>>() else { return false };
            findings.extend(found.into_iter().flatten());
            true
        })?;
        let mut by_file: BTreeMap<Arc<str>, Findings> = BTreeMap::new();
        for finding in findings {
            by_file.entry(Arc::clone(&finding.primary.path)).or_default().push(finding);
        }
        Some(by_file)
    }

    /// What `rules` find in each of `objects`, wholes of the schema that the history leaves, as long as `goes_on` says so before each; none if it did
    /// not at last.
    pub(super) fn check_objects(
        &self,
        whole: Whole<'_>,
        rules: &[&'static dyn Rule],
        selection: &Selection<'_>,
        objects: impl Iterator<Item = Oid>,
        goes_on: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<(Oid, Found)>> {
        let mut found = Vec::new();
        self.with_history(whole, rules, selection, goes_on, |rules, cx| {
            let mut among = Vec::new();
            objects.into_iter().all(|oid| {
                among.clear();
                among.extend(std::iter::once(oid).chain(whole.end.all_parts(oid)));
                let (asked, mut findings) = (Asked::default(), Findings::new());
                for rule in rules {
                    let cx = HistoryContext { rule: rule.meta(), among: Some(&among), asked: &asked, ..cx };
                    rule.check_object(&cx, &mut findings);
                }
                found.push((oid, Found { findings, asked: asked.names() }));
                goes_on()
            })
        })?;
        Some(found)
    }

    /// Shows `look` those of `rules` that run somewhere in the history, and what they are asked about but for which of them is; none if it says no.
    fn with_history(
        &self,
        Whole { history, change, end, added, only_finds, kept }: Whole<'_>,
        rules: &[&'static dyn Rule],
        selection: &Selection<'_>,
        goes_on: &(dyn Fn() -> bool + Sync),
        look: impl FnOnce(&[&'static dyn Rule], HistoryContext<'_>) -> bool,
    ) -> Option<()> {
        let (config_file, root) = (self.settings.config_file(), self.settings.root_name());
        let schema_map = self.settings.schema_map().filter(|_| self.is_configured(history));
        let options_at = |rule: &Meta, path: &str| selection.options(rule, &self.settings.relative_to_root(path));
        let running = rules.iter().copied().filter(|rule| self.runs_somewhere(rule.meta(), history, selection));
        let rules: Vec<&'static dyn Rule> = running.collect();
        let cx = HistoryContext {
            rule: RULES[0].meta(),
            config: self.settings.config,
            history,
            change,
            end,
            among: None,
            asked: &Asked::default(),
            only_finds,
            target: self.settings.start.target,
            added,
            documents: &self.documents,
            kept,
            config_file: config_file.as_ref(),
            root: &root,
            schema_map: schema_map.as_deref(),
            options_at: OptionsAt(&options_at),
            awaited: Awaited(goes_on),
        };
        look(&rules, cx).then_some(())
    }

    /// The edits that write a migration which a fix adds to `history`.
    fn drafted(&self, history: &History, draft: &Draft<'_>) -> Option<Vec<FileEdit>> {
        let written = |file: NewFile| FileEdit { path: Arc::from(file.path), edit: Edit::insertion(0, file.text) };
        Some(self.draft(history, draft)?.into_iter().map(written).collect())
    }

    /// Whether a rule runs that looks at what each statement of a migration does.
    pub(super) fn asks_for_deeds(&self, history: &History, selection: &Selection<'_>) -> bool {
        let mut rules = RULES.iter().map(|rule| rule.meta()).filter(|rule| rule.group == Group::Safety);
        rules.any(|rule| self.runs_somewhere(rule, history, selection))
    }

    fn runs_somewhere(&self, rule: &Meta, history: &History, selection: &Selection<'_>) -> bool {
        let runs = |path: &Path| selection.severity(rule, path).is_some();
        if self.settings.config.lint.overrides.is_empty() {
            return runs(Path::new(""));
        }
        let mut files = history.migrations.iter().flat_map(|migration| migration.files());
        runs(Path::new("")) || files.any(|file| runs(&self.settings.relative_to_root(file.path())))
    }

    /// What was found in `documents`: files beside the migrations, and the configuration's.
    pub(super) fn settle_documents(&self, of_history: &BTreeMap<Arc<str>, Findings>, selection: &Selection<'_>) -> Findings {
        let is_document = |path: &str| !self.files.contains_key(path);
        let found = of_history.iter().filter(|(path, _)| is_document(path)).flat_map(|(_, findings)| findings);
        let weighed = found.filter_map(|finding| {
            let mut finding = finding.clone();
            let rule = rule_of(&finding)?.meta();
            selection.severity(rule, &self.settings.relative_to_root(&finding.primary.path))?.weigh(std::slice::from_mut(&mut finding));
            Some(finding)
        });
        weighed.collect()
    }

    /// The files of `migration` that are to be reported.
    pub(super) fn places(
        &self,
        migration: &Migration,
        standing: Standing,
        selected: &BTreeSet<String>,
        selection: Selection<'a>,
    ) -> Vec<Place<'a>> {
        let files = migration.files().filter(|file| selected.contains(file.path()));
        let place = |source: &SourceFile| Place {
            source: source.clone(),
            path: self.settings.relative_to_root(source.path()),
            selection,
            standing,
        };
        files.map(place).collect()
    }

    /// Runs `rules` over one migration; of what is found, that in `files` counts.
    pub(super) fn check(
        &self,
        creations: &Creations<'_>,
        change: &BTreeSet<u32>,
        trial: &Trial<'_, '_>,
        files: Vec<Place<'a>>,
        rules: &[&'static dyn Rule],
    ) -> Checked<'a> {
        let passed = trial.passed;
        let Passed { migration, up, .. } = passed;
        let (sections, down) = (passed.sections(), passed.down());
        let path = self.settings.relative_to_root(migration.up.path());
        let path_from_root = path.to_string_lossy();
        let directory = self.settings.migration_directory();
        let damaged =
            |file| self.files.get(SourceFile::path(file)).into_iter().flat_map(move |(_, found)| found).map(move |one| (file, one));
        let damages: Vec<(&SourceFile, &Damage)> = migration.files().flat_map(damaged).collect();
        let replayed = Replayed::new(passed.index, &passed.before, &passed.applied, trial);
        let written_on = || self.written_on(migration.up.path());
        let drafts = |draft: &Draft<'_>| self.drafted(creations.history(), draft);
        let mut findings = Findings::new();
        let runs = |rule: &&'static dyn Rule| files.iter().any(|file| file.severity(rule.meta(), Sight::Migration).is_some());
        let running: Vec<&'static dyn Rule> = rules.iter().copied().filter(runs).collect();
        for rule in &running {
            let options = files.first().map(|file| file.selection.options(rule.meta(), &path)).unwrap_or_default();
            let cx = MigrationContext {
                rule: rule.meta(),
                config: self.settings.config,
                options: &options,
                history: creations.history(),
                creations,
                change,
                migration,
                sections,
                up,
                down,
                path_from_root: &path_from_root,
                migration_directory: directory.as_deref(),
                damages: &damages,
                target: self.settings.start.target,
                replayed: &replayed,
                running: &running,
                documents: &self.documents,
                written_on: WrittenOn(&written_on),
                drafts: Drafts(&drafts),
            };
            rule.check_migration(&cx, &mut findings);
            for (index, statement) in up.script.statements.iter().enumerate() {
                rule.check_statement(&StatementContext { migration: &cx, index, statement }, &mut findings);
            }
        }
        // Of a file that is no text to PostgreSQL, whatever is missing in it is missing because of that.
        let unreadable: Vec<&str> = damages.iter().filter(|(_, one)| one.kind == DamageKind::Utf16).map(|(file, _)| file.path()).collect();
        if running.iter().any(|rule| rule.meta().id == SYNTAX) {
            findings.retain(|finding| finding.rule == SYNTAX || !unreadable.contains(&&*finding.primary.path));
        }
        let suppressions = suppressions(&files, (sections, up, down));
        Checked { files, findings, suppressions, judged: Judging::All }
    }
}

/// What the comments of `files`, which are those of one migration, allow.
fn suppressions(files: &[Place<'_>], (sections, up, down): (&Sections, &Sql, Option<&Sql>)) -> Vec<FileSuppressions> {
    let read = |file: &Place<'_>| {
        let own_script = |section: &migration::Section| section.source.path() == file.source.path();
        let mut scripts = Vec::new();
        scripts.extend(own_script(&sections.up).then_some(&up.script));
        scripts.extend(sections.down.as_ref().filter(|section| own_script(section)).and(down).map(|down| &down.script));
        FileSuppressions::read(&file.source, &scripts)
    };
    files.iter().map(read).collect()
}

impl<'a> Checked<'a> {
    /// What was found in a migration whose own rules do not run.
    pub(super) fn of(migration: &Migration, files: Vec<Place<'a>>, findings: Findings) -> Self {
        let sections = migration.sections();
        let (up, down) = (sections.up.parse(), sections.down.as_ref().map(migration::Section::parse));
        let suppressions = suppressions(&files, (&sections, &up, down.as_ref()));
        Checked { files, findings, suppressions, judged: Judging::None }
    }
}

impl Checked<'_> {
    /// Adds what was found in the history as a whole, by the file that it was found in.
    pub(super) fn add(&mut self, of_history: &BTreeMap<Arc<str>, Findings>) {
        if self.judged == Judging::All {
            let found = self.files.iter().filter_map(|file| of_history.get(file.source.path())).flatten();
            self.findings.extend(found.cloned());
        }
    }

    /// What is to be reported, and what suppressions took out.
    pub(super) fn settle(self) -> (Findings, Vec<(Diagnostic, Silencer)>) {
        self.settled(Judging::All)
    }

    /// What is to be reported for certain as long as not everything has been looked for: nothing is said of suppressions yet.
    pub(super) fn settle_for_now(self) -> Findings {
        self.settled(Judging::None).0
    }

    fn settled(self, judging: Judging) -> (Findings, Vec<(Diagnostic, Silencer)>) {
        let Checked { files, mut findings, suppressions, judged } = self;
        findings.retain_mut(|finding| weigh(finding, &files));
        let mut suppressed = Vec::new();
        for (file, mut suppressions) in files.iter().zip(suppressions) {
            suppressed.append(&mut suppressions.take_out(&mut findings));
            if judged == Judging::All && judging == Judging::All {
                let mut own = Findings::new();
                suppressions.judge(|rule| file.severity(rule, Sight::Migration).is_some(), &mut own);
                own.retain_mut(|finding| weigh(finding, &files));
                findings.append(&mut own);
            }
        }
        (findings, suppressed)
    }

    /// The files in which the findings show or mend something.
    pub(super) fn shown(&self) -> impl Iterator<Item = &Arc<str>> {
        self.findings.iter().flat_map(|finding| {
            let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| &edit.path);
            finding.related.iter().map(|label| &label.path).chain(edits)
        })
    }
}

impl Place<'_> {
    /// The severity of what `rule` finds; none where it is off, or where nobody could do anything about it.
    fn severity(&self, rule: &Meta, sight: Sight) -> Option<Configured> {
        self.selection.severity(rule, &self.path).filter(|_| self.standing.can_be_mended(rule.about, sight))
    }
}

/// Says of a migration of another database that it is one.
pub(super) fn check_foreign<'a>(foreign: &Foreign, migration: &Migration, files: Vec<Place<'a>>) -> Checked<'a> {
    let mut findings = Findings::new();
    for rule in RULES {
        let sign = foreign.sign.as_ref().map(|(source, sign)| (source, *sign));
        let cx = ForeignContext { rule: rule.meta(), migration, dialect: foreign.dialect, evidence: foreign.evidence, sign };
        rule.check_foreign(&cx, &mut findings);
    }
    let suppressions = files.iter().map(|file| FileSuppressions::read(&file.source, &[])).collect();
    Checked { files, findings, suppressions, judged: Judging::None }
}

pub(super) fn rule_of(finding: &Diagnostic) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|rule| rule.meta().id == finding.rule)
}

/// Gives `finding` the severity that is configured for its file; whether that file is one of `files`, and the rule runs there.
fn weigh(finding: &mut Diagnostic, files: &[Place<'_>]) -> bool {
    let file = files.iter().find(|file| *file.source.path() == *finding.primary.path);
    let configured = file.zip(rule_of(finding)).and_then(|(file, rule)| file.severity(rule.meta(), Sight::History));
    configured.inspect(|configured| configured.weigh(std::slice::from_mut(finding))).is_some()
}
