//! A workspace that is kept while its files change: after each change only what the change touches is worked out again.
//!
//! Whoever keeps one sets texts, lets it [`work`](Live::work) until nothing is left to do or something else is more urgent, and asks for what
//! is found in the files since then ([`Live::settle`]). Invariant: when all is done, that is what [`Workspace::lint`] finds.

mod course;
mod mend;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::catalog::Catalog;
use crate::migration::layout::look_alike;
use crate::migration::numbering::Moment;
use crate::migration::{History, Migration};
use crate::rules::{self, Document, Findings};
use crate::text::SourceFile;

use super::deployed::{self, Deployed};
use super::load::{FileText, shown};
use super::outcome::{Finding, Note, Outcome};
use super::replay::{Judged, Show};
use super::selection::Selection;
use super::workspace::Workspace;
use super::{Job, load as load_job};

use course::{Course, Look};

/// A workspace, and everything that is known of its histories.
pub struct Live<'a> {
    workspace: Workspace<'a>,
    /// The files that are linted, by their whole paths.
    selected: BTreeSet<String>,
    courses: Vec<Course<'a>>,
    /// The history of each file of a migration, and the migration's place in it.
    places: BTreeMap<String, (usize, usize)>,
    notes: Vec<Note>,
    /// Files in which something was found, and that may be there no longer.
    gone: BTreeSet<String>,
    /// Whether a text changed in a way from which its folder may be laid out otherwise.
    is_doubtful: bool,
}

/// What is found in the files that were looked at.
#[derive(Debug, Default)]
pub struct Settled {
    /// The files, as they are shown: what is not found in them any more is not there any more.
    pub files: BTreeSet<String>,
    /// What is found in them.
    pub outcome: Outcome,
}

impl<'a> Live<'a> {
    /// Reads what `job` names. Nothing is worked out yet.
    pub fn open(job: Job<'a>) -> Self {
        let (workspace, selected, notes) = load_job(job);
        let mut live = Self::of(workspace);
        live.take(selected, notes);
        live
    }

    /// Of a workspace, nothing of which is linted.
    fn of(workspace: Workspace<'a>) -> Self {
        Self {
            workspace,
            selected: BTreeSet::new(),
            courses: Vec::new(),
            places: BTreeMap::new(),
            notes: Vec::new(),
            gone: BTreeSet::new(),
            is_doubtful: false,
        }
    }

    fn take(&mut self, selected: BTreeSet<String>, notes: Vec<Note>) {
        self.selected = selected.iter().map(|path| self.workspace.settings.whole(path)).collect();
        self.notes = notes;
        self.build();
    }

    /// Reads again what `job` names, for files may have come or gone. What was worked out stays as far as it holds.
    pub fn reopen(&mut self, job: Job<'a>) {
        let (workspace, selected, notes) = load_job(job);
        self.workspace = workspace;
        self.take(selected, notes);
    }

    /// What there is to say of reading the files.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Whether `path` is a file of one of the histories, or beside them.
    pub fn has(&self, path: &str) -> bool {
        let whole = self.workspace.settings.whole(path);
        self.workspace.files.contains_key(&whole) || self.workspace.documents.get(&whole).is_some()
    }

    /// Whether one of its files is below the folder `path`.
    pub fn has_below(&self, path: &str) -> bool {
        let below = format!("{}/", self.workspace.settings.whole(path));
        self.workspace.files.keys().any(|file| file.starts_with(&below))
    }

    /// Whether the configuration leaves out a file, by its whole path.
    pub fn excludes(&self, path: &Path) -> bool {
        let settings = &self.workspace.settings;
        settings.config.lint.exclude.is_match(shown(settings.root, path))
    }

    /// Sets what a migration that a fix adds is dated by from now on.
    pub fn set_now(&mut self, now: Moment) {
        self.workspace.set_now(Some(now));
    }

    /// Sets the text of a file that was there, or is new; whether that is another than before.
    pub fn set_text(&mut self, path: &str, file: FileText) -> bool {
        let whole = self.workspace.settings.whole(path);
        if self.workspace.documents.get(&whole).is_some() {
            self.workspace.documents.set(whole.clone(), Document::Text(SourceFile::new(whole, file.text)));
            self.courses.iter_mut().for_each(|course| course.is_unsettled = true);
            return true;
        }
        let old = self.workspace.files.get(&whole).map(|(source, _)| source.text());
        if old.is_some_and(|old| *old == *file.text) {
            return false;
        }
        self.is_doubtful |= old.is_some_and(|old| !look_alike(old, &file.text));
        self.workspace.set_file(path, file);
        let source = self.workspace.files[&whole].0.clone();
        match self.places.get(&whole) {
            Some(&(course, place)) => self.courses[course].set_text(&self.workspace, place, &source),
            None => {
                self.selected.insert(whole);
                self.build();
            }
        }
        true
    }

    /// Forgets a file.
    pub fn remove(&mut self, path: &str) {
        self.selected.remove(&self.workspace.settings.whole(path));
        self.workspace.remove_file(path);
        self.build();
    }

    /// Finds the histories anew where texts changed in a way from which they may be others; whether they are.
    pub fn reorder(&mut self) -> bool {
        if !std::mem::take(&mut self.is_doubtful) {
            return false;
        }
        let histories = self.workspace.histories();
        let is_same =
            histories.len() == self.courses.len() && histories.iter().zip(&self.courses).all(|(new, old)| same(new, &old.history));
        if !is_same {
            self.set_histories(histories);
        }
        !is_same
    }

    fn build(&mut self) {
        self.is_doubtful = false;
        self.set_histories(self.workspace.histories());
    }

    fn set_histories(&mut self, histories: Vec<History>) {
        let before = std::mem::take(&mut self.places);
        let mut old = std::mem::take(&mut self.courses);
        for history in histories {
            let course = match old.iter().position(|course| course.becomes(&history)) {
                Some(at) => {
                    let mut course = old.swap_remove(at);
                    course.set_history(&self.workspace, history);
                    course
                }
                None => Course::new(&self.workspace, history),
            };
            self.courses.push(course);
        }
        for (at, course) in self.courses.iter().enumerate() {
            for (place, migration) in course.history.migrations.iter().enumerate() {
                self.places.extend(migration.files().map(|file| (file.path().to_owned(), (at, place))));
            }
        }
        self.gone.extend(before.into_keys().filter(|path| !self.places.contains_key(path)));
        self.gone.extend(old.into_iter().flat_map(|course| course.documents));
    }

    /// Whether something is left to work out.
    pub fn is_whole(&self) -> bool {
        self.courses.iter().all(Course::is_whole)
    }

    /// Works out what comes next, as long as `goes_on`; one migration is done in any case.
    pub fn work(&mut self, goes_on: &(dyn Fn() -> bool + Sync)) {
        if let Some(course) = self.courses.iter_mut().find(|course| !course.is_whole()) {
            course.work(&self.workspace, &self.selected, goes_on);
        }
    }

    /// What is found in every file in which something else may be found than when this was last asked; none if `goes_on` says no before that is
    /// known.
    ///
    /// Nothing may be left to work out.
    pub fn settle(&mut self, goes_on: &(dyn Fn() -> bool + Sync)) -> Option<Settled> {
        let selection = Selection::new(self.workspace.settings.config, self.workspace.settings.choice);
        let unsettled = self.courses.iter().filter(|course| course.is_unsettled);
        let looks: Vec<Look> = unsettled.map(|course| course.look(&self.workspace, &selection, goes_on)).collect::<Option<_>>()?;
        let (mut findings, mut files) = (Findings::new(), std::mem::take(&mut self.gone));
        for (course, look) in self.courses.iter_mut().filter(|course| course.is_unsettled).zip(looks) {
            let renewed = course.settle(look, |path| self.places.get(path).map(|(_, place)| *place));
            for place in renewed {
                files.extend(course.history.migrations[place].files().map(|file| file.path().to_owned()));
                if let Some(checked) = course.checked(place) {
                    let mut checked = checked.clone();
                    checked.add(&course.of_history(place));
                    findings.extend(checked.settle().0);
                }
            }
            let documents = self.workspace.settle_documents(course.of_whole(), &selection);
            let told = documents.iter().map(|finding| finding.primary.path.to_string()).collect();
            let before = std::mem::replace(&mut course.documents, told);
            files.extend(before.into_iter().chain(course.documents.iter().cloned()));
            findings.extend(documents);
            Deployed::of(&course.history, self.workspace.settings.config).protect(&mut findings);
        }
        let files = files.into_iter().map(|path| self.workspace.settings.shown(&path)).collect();
        Some(Settled { files, outcome: self.workspace.finish(findings, Vec::new(), Outcome::default()) })
    }

    /// What [`Live::settle`] gave of a rule whose fixes are written into files beside the migrations, with these: they are written when somebody asks.
    /// Nothing of other rules, and as long as something is left to work out.
    pub fn mending(&self, rule: &str) -> Vec<Finding> {
        let Some(rule) = rules::find(rule).filter(|rule| rule.writes_documents() && self.is_whole()) else { return Vec::new() };
        let selection = Selection::new(self.workspace.settings.config, self.workspace.settings.choice);
        let mut found = Findings::new();
        for course in &self.courses {
            let mut own = course.mending(&self.workspace, &selection, rule);
            Deployed::of(&course.history, self.workspace.settings.config).protect(&mut own);
            found.extend(own);
        }
        self.workspace.finish(found, Vec::new(), Outcome::default()).findings
    }

    /// What is found for certain in the migration of a file while other migrations are still worked out; none if that is not known yet.
    pub fn settle_for_now(&self, path: &str) -> Option<Settled> {
        let (course, place) = self.place_of(path)?;
        let checked = course.checked(place).filter(|_| course.is_current(place))?;
        Some(self.certain(&course.history, place, checked.clone().settle_for_now()))
    }

    /// What is found in a file is told again when everything is known: until then only what is certain of it is.
    pub fn tell_again(&mut self, path: &str) {
        if let Some(&(course, place)) = self.places.get(&self.workspace.settings.whole(path)) {
            self.courses[course].tell_again(place);
        }
    }

    /// Whether the migration of a file has been worked out, on what those before it leave.
    pub fn is_current(&self, path: &str) -> bool {
        self.place_of(path).is_some_and(|(course, place)| course.is_current(place))
    }

    fn certain(&self, history: &History, place: usize, mut findings: Findings) -> Settled {
        Deployed::of(history, self.workspace.settings.config).protect(&mut findings);
        let files = history.migrations[place].files().map(|file| self.workspace.settings.shown(file.path())).collect();
        Settled { files, outcome: self.workspace.finish(findings, Vec::new(), Outcome::default()) }
    }

    fn place_of(&self, path: &str) -> Option<(&Course<'a>, usize)> {
        let (course, place) = self.places.get(&self.workspace.settings.whole(path))?;
        Some((&self.courses[*course], *place))
    }

    /// Says that no history has the migration until which everything is deployed, where the configuration names one.
    pub fn deployed_nowhere(&self) -> Option<String> {
        let histories: Vec<&History> = self.courses.iter().map(|course| &course.history).collect();
        let is_any = histories.iter().any(|history| Deployed::of(history, self.workspace.settings.config).is_any());
        if is_any { None } else { deployed::nowhere(&histories, self.workspace.settings.config) }
    }
}

/// What there is to ask of one place of the histories.
impl Live<'_> {
    /// The text of a file.
    pub fn source(&self, path: &str) -> Option<&SourceFile> {
        let whole = self.workspace.settings.whole(path);
        self.workspace.files.get(&whole).map(|(source, _)| source).or_else(|| self.workspace.documents.text(&whole))
    }

    /// A path as it is shown.
    pub fn shown(&self, path: &str) -> String {
        self.workspace.settings.shown(path)
    }

    /// The PostgreSQL that migrations run on.
    pub fn target(&self) -> crate::syntax::Version {
        self.workspace.settings.start.target
    }

    /// The history of a file, and the place in it of the file's migration.
    pub fn history_of(&self, path: &str) -> Option<(&History, usize)> {
        self.place_of(path).map(|(course, place)| (&course.history, place))
    }

    /// The migration that a file belongs to.
    pub fn migration_of(&self, path: &str) -> Option<&Migration> {
        self.history_of(path).map(|(history, place)| &history.migrations[place])
    }

    /// What is there before and after the migration of a file; none as long as that has not been worked out.
    pub fn around(&self, path: &str) -> Option<(Catalog, &Catalog)> {
        let (course, place) = self.place_of(path)?;
        course.around(&self.workspace, place)
    }

    /// The migrations of the history that a file belongs to, as far as they have been worked out, with what is there before and after each.
    pub fn steps(&self, path: &str) -> impl Iterator<Item = (&Migration, Catalog, &Catalog)> {
        let course = self.place_of(path).map(|(course, _)| course);
        let steps = course
            .into_iter()
            .flat_map(|course| course.history.migrations.iter().enumerate().map(move |(place, one)| (course, place, one)));
        steps.filter_map(|(course, place, migration)| {
            let (before, after) = course.around(&self.workspace, place)?;
            Some((migration, before, after))
        })
    }

    /// What is said of the migration of a file; none as long as that has not been worked out.
    pub fn judged(&self, path: &str) -> Option<Judged> {
        let (course, place) = self.place_of(path).filter(|(course, place)| course.is_current(*place))?;
        course.passed(&self.workspace, place, |world, passed| passed.judge(world, Show::Verdicts))
    }
}

/// Whether two histories are one but for the texts of their files.
fn same(a: &History, b: &History) -> bool {
    let files = |history: &History| -> Vec<String> {
        let migrations = history.migrations.iter();
        migrations.flat_map(|migration| migration.files().chain(migration.settings())).map(|file| file.path().to_owned()).collect()
    };
    a.folder == b.folder && a.layout.name() == b.layout.name() && files(a) == files(b)
}
