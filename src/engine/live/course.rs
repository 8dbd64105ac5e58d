//! One history, kept: the catalogs around each migration, and what the rules found in it.
//!
//! When the text of a migration changes, it is applied again to what the migrations before it leave. If it leaves what it left before, but for where
//! its statements stand, everything behind it holds as it is: the catalog from before is kept, and the migration remembers where its places are now
//! ([`Moves`]). Otherwise the replay goes on behind it, until a migration leaves what it left before. What is behind that point is a [`Tail`]: kept,
//! and true again if the replay comes to what it was made of.
//!
//! A migration is also looked at again when another text decides what was found in it: when a name that it asked for is created elsewhere, and when
//! a finding shows a place in a file that changed. Invariant: where nothing is left to do, everything is as if it had just been worked out.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use crate::catalog::replay::{Applied, Verdict};
use crate::catalog::{Catalog, Moves, Oid};
use crate::engine::check::{Checked, Whole, check_foreign};
use crate::engine::deployed::Deployed;
use crate::engine::dialects::{Dialects, Foreign};
use crate::engine::objects::{ByObject, Found, affected, leave, wholes};
use crate::engine::replay::{Ground, Passed, Trial};
use crate::engine::selection::Selection;
use crate::engine::workspace::Workspace;
use crate::migration::{History, Kind, Migration};
use crate::rules::{Creations, Findings, Kept, Names, RULES, Rule};
use crate::text::SourceFile;

/// How many migrations behind a changed one are compared with what they left before: that differs more and more.
const NEAR: usize = 16;

/// How many migrations are worked out before they take the place of what was known of them: until then both are there.
const AT_ONCE: usize = 512;

/// From how many migrations on that were looked at again all objects of the schema are, too.
const MANY: usize = 64;

/// A history with everything that is known of its migrations.
pub(super) struct Course<'a> {
    pub(super) history: History,
    names: Names,
    dialects: Dialects,
    foreign: BTreeMap<String, Foreign>,
    /// Those of the first migrations, as far as they have been looked at.
    steps: Vec<Step<'a>>,
    askers: Askers,
    /// The first ones of steps that may not hold any more, nearest first.
    tails: VecDeque<Tail>,
    /// Single steps that don't hold any more.
    stale: BTreeSet<usize>,
    /// The steps that were looked at since somebody last asked.
    renewed: BTreeSet<usize>,
    /// What was found in the history as a whole.
    of_whole: BTreeMap<Arc<str>, Findings>,
    /// What was found in the schema that it leaves, and what that was.
    of_objects: ByObject,
    end: Option<Catalog>,
    /// What rules keep from one look at it to the next.
    kept: Kept,
    /// The files beside the migrations in which something was found, by their whole paths.
    pub(super) documents: BTreeSet<String>,
    /// Whether something else may be found than what was told.
    pub(super) is_unsettled: bool,
}

/// A migration: what came of applying it, and what was found in it.
struct Step<'a> {
    applied: Applied,
    checked: Checked<'a>,
    /// The names that it asked for.
    asked: BTreeSet<String>,
    /// The files of other migrations in which its findings show or mend something.
    shown: BTreeSet<Arc<str>>,
}

/// The steps that asked for a name, and those that show something in a file of another migration.
#[derive(Default)]
struct Askers {
    of_name: BTreeMap<String, BTreeSet<usize>>,
    of_file: BTreeMap<Arc<str>, BTreeSet<usize>>,
}

impl Askers {
    fn enter(&mut self, at: usize, step: &Step<'_>) {
        for name in &step.asked {
            self.of_name.entry(name.clone()).or_default().insert(at);
        }
        for file in &step.shown {
            self.of_file.entry(Arc::clone(file)).or_default().insert(at);
        }
    }

    fn leave(&mut self, at: usize, step: &Step<'_>) {
        for name in &step.asked {
            leave(&mut self.of_name, name, at);
        }
        for file in &step.shown {
            leave(&mut self.of_file, file, at);
        }
    }
}

/// What was found elsewhere than in single migrations.
pub(super) struct Look {
    of_whole: BTreeMap<Arc<str>, Findings>,
    objects: Vec<(Oid, Found)>,
    /// Whether those are all objects.
    is_all: bool,
    /// The schema that they are of.
    end: Catalog,
}

/// Steps from one on that hold if what is there before it is what was there when they were made.
struct Tail {
    at: usize,
    before: Catalog,
    /// How many steps it has lost to the replay before it.
    lost: usize,
}

impl<'a> Course<'a> {
    /// Of `history`, with nothing known yet.
    pub(super) fn new(workspace: &Workspace<'a>, history: History) -> Self {
        let dialects = Dialects::read(&history);
        let mut course = Self {
            history,
            names: Names::new(),
            dialects,
            foreign: BTreeMap::new(),
            steps: Vec::new(),
            askers: Askers::default(),
            tails: VecDeque::new(),
            stale: BTreeSet::new(),
            renewed: BTreeSet::new(),
            of_whole: BTreeMap::new(),
            of_objects: ByObject::default(),
            end: None,
            kept: Kept::default(),
            documents: BTreeSet::new(),
            is_unsettled: true,
        };
        course.foreign = course.find_foreign(workspace);
        course
    }

    /// Whether `history` is this one with other migrations: those that stand before the first of these are kept.
    pub(super) fn becomes(&self, history: &History) -> bool {
        self.history.folder == history.folder && self.history.layout.name() == history.layout.name()
    }

    /// Notes that migrations came or went. Those before the first of them stay as they are worked out.
    pub(super) fn set_history(&mut self, workspace: &Workspace<'a>, history: History) {
        let same = self.history.migrations.iter().zip(&history.migrations).take_while(|(old, new)| old.is_same(new)).count();
        let standing = |history: &History, place| Deployed::of(history, workspace.settings.config).standing(place as u32);
        if (0..same).any(|place| standing(&self.history, place) != standing(&history, place)) {
            self.forget();
        }
        let mut old = std::mem::replace(&mut self.history, history);
        let new = &mut self.history.migrations;
        // Where places of an earlier text are now is known only of these.
        new.splice(..same, old.migrations.drain(..same));
        self.dialects.renew_from(same, &self.history);
        let mut changed = BTreeSet::new();
        for at in 0..old.migrations.len().max(self.history.migrations.len() - same) {
            let (old, new) = (old.migrations.get(at), self.history.migrations.get(same + at));
            changed.extend(self.names.renew((same + at) as u32, old, new));
        }
        for at in same..self.steps.len() {
            self.askers.leave(at, &self.steps[at]);
        }
        self.steps.truncate(same);
        self.tails.retain(|tail| tail.at < same);
        self.stale.split_off(&same);
        self.renewed.split_off(&same);
        // It would hold what files that are gone said.
        self.kept = Kept::default();
        self.is_unsettled = true;
        let foreign = self.find_foreign(workspace);
        self.take_foreign(foreign);
        // Also what a fix adds has a name that the others decide.
        let is_other = |path: &str| !workspace.files.contains_key(path);
        self.doubt(&changed, is_other);
    }

    fn find_foreign(&self, workspace: &Workspace<'a>) -> BTreeMap<String, Foreign> {
        let named = workspace.settings.relative_to_root(&self.history.folder);
        let found = self.dialects.foreign(&self.history, &named.to_string_lossy());
        found.into_iter().map(|(path, foreign)| (path.to_owned(), foreign)).collect()
    }

    /// Notes that the migration at `place` has another text.
    pub(super) fn set_text(&mut self, workspace: &Workspace<'a>, place: usize, file: &SourceFile) {
        let old = self.history.migrations[place].clone();
        let migration = &mut self.history.migrations[place];
        migration.set_text(file);
        let changed = self.names.renew(place as u32, Some(&old), Some(migration));
        self.dialects.renew(place as u32, migration);
        let foreign = self.find_foreign(workspace);
        self.take_foreign(foreign);
        self.is_unsettled = true;
        self.stale.insert(place);
        self.doubt(&changed, |path| old.files().any(|own| own.path() == path));
    }

    fn take_foreign(&mut self, foreign: BTreeMap<String, Foreign>) {
        let is_same = |migration: &Migration| of_whom(&foreign, migration.up.path()) == of_whom(&self.foreign, migration.up.path());
        let is_any = !foreign.is_empty() || !self.foreign.is_empty();
        if is_any && !self.history.migrations[..self.steps.len()].iter().all(is_same) {
            self.forget();
        }
        self.foreign = foreign;
    }

    /// The steps that asked for one of `names`, or show something in a file that `is_meant`, may not hold any more.
    fn doubt(&mut self, names: &BTreeSet<String>, is_meant: impl Fn(&str) -> bool) {
        self.stale.extend(names.iter().filter_map(|name| self.askers.of_name.get(name)).flatten());
        self.stale.extend(self.askers.of_file.iter().filter(|(path, _)| is_meant(path)).flat_map(|(_, steps)| steps));
        // What has not been looked at yet is done in its turn.
        self.stale.split_off(&self.steps.len());
    }

    fn forget(&mut self) {
        self.steps.clear();
        self.askers = Askers::default();
        self.tails.clear();
        self.stale.clear();
    }

    /// The first step that is to be worked out.
    fn next(&self) -> Option<usize> {
        let behind = Some(self.steps.len()).filter(|at| *at < self.history.migrations.len());
        [self.stale.first().copied(), self.tails.front().map(|tail| tail.at), behind].into_iter().flatten().min()
    }

    /// Whether everything is worked out.
    pub(super) fn is_whole(&self) -> bool {
        self.next().is_none()
    }

    /// Whether the migration at `place` is looked at, on what the migrations before it leave.
    pub(super) fn is_current(&self, place: usize) -> bool {
        place < self.steps.len() && self.next().is_none_or(|next| place < next)
    }

    fn ground<'c>(&'c self, workspace: &Workspace<'c>) -> Ground<'c>
    where
        'a: 'c,
    {
        Ground::new(&self.history, &self.names, workspace.settings.start)
    }

    /// What is there before the migration at `place`, as far as the migrations before it have been looked at.
    pub(super) fn before(&self, ground: &Ground<'_>, place: usize) -> Catalog {
        let left = self.left(ground, place);
        self.history.migrations.get(place).map_or_else(|| left.clone(), |migration| ground.before(migration, left))
    }

    /// What the migrations before `place` leave.
    fn left<'c>(&'c self, ground: &'c Ground<'_>, place: usize) -> &'c Catalog {
        let versioned = (0..place).rev().find(|at| self.history.migrations[*at].kind != Kind::Baseline);
        versioned.map_or_else(|| ground.first(), |at| &self.steps[at].applied.after)
    }

    /// Shows `see` the migration at `place` with the catalogs around it; none if it has not been looked at.
    pub(super) fn passed<R>(
        &self,
        workspace: &Workspace<'a>,
        place: usize,
        see: impl FnOnce(&crate::catalog::World<'_>, &Passed<'_>) -> R,
    ) -> Option<R> {
        let ground = self.ground(workspace);
        let step = self.steps.get(place)?;
        Some(ground.again(place as u32, self.before(&ground, place), step.applied.clone(), see))
    }

    /// What is there before and after the migration at `place`; none if it has not been looked at.
    pub(super) fn around(&self, workspace: &Workspace<'a>, place: usize) -> Option<(Catalog, &Catalog)> {
        let step = self.steps.get(place)?;
        Some((self.before(&self.ground(workspace), place), &step.applied.after))
    }

    /// What all migrations leave.
    pub(super) fn end(&self, workspace: &Workspace<'a>) -> Catalog {
        self.left(&self.ground(workspace), self.history.migrations.len()).clone()
    }

    /// What `rules`, which must not ask for the replay, find in the migration at `place`, whether or not those before it have been looked at.
    pub(super) fn glance(
        &self,
        workspace: &Workspace<'a>,
        selected: &BTreeSet<String>,
        place: usize,
        rules: &[&'static dyn Rule],
    ) -> Option<Checked<'a>> {
        let migration = &self.history.migrations[place];
        if self.foreign.contains_key(migration.up.path()) {
            return None;
        }
        let ground = self.ground(workspace);
        let selection = Selection::new(workspace.settings.config, workspace.settings.choice);
        let standing = Deployed::of(&self.history, workspace.settings.config).standing(place as u32);
        let files = workspace.places(migration, standing, selected, selection);
        let applied = Applied { verdict: Verdict::foreign(), after: ground.first().clone() };
        Some(ground.again(place as u32, ground.first().clone(), applied, |world, passed| {
            let creations = Creations::new(&self.history, &self.names, &passed.asked);
            workspace.check(&creations, &BTreeSet::new(), &Trial { world, passed }, files, rules)
        }))
    }

    /// Works out what comes next: one migration, or as many as `goes_on` allows, up to [`AT_ONCE`], where all behind it are to be done.
    pub(super) fn work(&mut self, workspace: &Workspace<'a>, selected: &BTreeSet<String>, goes_on: &(dyn Fn() -> bool + Sync)) {
        let Some(place) = self.next() else { return };
        let all = self.history.migrations.len();
        let end = match self.tails.front() {
            Some(tail) if tail.at == place && tail.lost >= NEAR => self.tails.get(1).map_or(all, |next| next.at.min(all)),
            _ if place == self.steps.len() => all,
            _ => place + 1,
        };
        let end = end.min(place + AT_ONCE);
        for migration in &mut self.history.migrations[place..end] {
            migration.set_moved(Moves::new());
        }
        let fresh = self.run(workspace, selected, place, end, goes_on);
        let is_near = end == place + 1;
        for (at, step) in (place..).zip(fresh) {
            self.take(at, step, is_near);
        }
    }

    fn run(
        &self,
        workspace: &Workspace<'a>,
        selected: &BTreeSet<String>,
        place: usize,
        end: usize,
        goes_on: &(dyn Fn() -> bool + Sync),
    ) -> Vec<Step<'a>> {
        let history = &self.history;
        let selection = Selection::new(workspace.settings.config, workspace.settings.choice);
        let asks_for_deeds = workspace.asks_for_deeds(history, &selection);
        let wants_deeds = |_: &Migration| asks_for_deeds;
        let ground = self.ground(workspace).noting(&wants_deeds);
        let deployed = Deployed::of(history, workspace.settings.config);
        let change = self.change();
        let is_foreign = |migration: &Migration| self.foreign.contains_key(migration.up.path());
        let catalog = self.left(&ground, place).clone();
        let see = |world: &crate::catalog::World<'_>, passed: &Passed<'_>| {
            let files = workspace.places(passed.migration, deployed.standing(passed.index), selected, selection);
            let creations = Creations::new(history, &self.names, &passed.asked);
            let checked = match self.foreign.get(passed.migration.up.path()) {
                Some(foreign) => check_foreign(foreign, passed.migration, files),
                None => workspace.check(&creations, &change, &Trial { world, passed }, files, RULES),
            };
            let is_other = |path: &str| passed.migration.files().all(|own| own.path() != path);
            let shown = checked.shown().filter(|path| is_other(path)).cloned().collect();
            Step { applied: passed.applied.clone(), checked, asked: passed.asked.names(), shown }
        };
        // One migration is done whatever else is asked for.
        let goes_on: &(dyn Fn() -> bool + Sync) = if end == place + 1 { &|| true } else { goes_on };
        ground.fold_on(place as u32, catalog, &history.migrations[place..end], is_foreign, see, goes_on).0
    }

    /// Takes what was worked out of the migration at `at`; `is_near` says whether it is compared with what was known.
    fn take(&mut self, at: usize, mut fresh: Step<'a>, is_near: bool) {
        self.stale.remove(&at);
        self.renewed.insert(at);
        self.is_unsettled = true;
        let tail = if self.tails.front().is_some_and(|tail| tail.at == at) { self.tails.pop_front() } else { None };
        if at == self.steps.len() {
            self.askers.enter(at, &fresh);
            self.steps.push(fresh);
            return;
        }
        let is_baseline = self.history.migrations[at].kind == Kind::Baseline;
        let old = &self.steps[at].applied.after;
        let moves = if is_near && !is_baseline { old.moves(&fresh.applied.after, at as u32) } else { None };
        match moves {
            // What is behind was made of this very catalog, or of one in which other places have moved too.
            Some(moves) if tail.is_none() || moves.is_empty() => {
                fresh.applied.after = old.clone();
                self.history.migrations[at].set_moved(moves);
            }
            _ if is_baseline => {
                let rest = tail.map(|tail| Tail { at: at + 1, lost: tail.lost + 1, ..tail });
                self.tails.extend(rest.into_iter().filter(|rest| rest.at < self.steps.len()));
                self.tails.make_contiguous().sort_by_key(|tail| tail.at);
            }
            _ => self.part(at + 1, old.clone(), tail.map_or(0, |tail| tail.lost + 1), &fresh.applied.after),
        }
        let old = std::mem::replace(&mut self.steps[at], fresh);
        self.askers.leave(at, &old);
        self.askers.enter(at, &self.steps[at]);
    }

    /// Notes that the steps from `at` on were made of `before`, and that `now` is there instead.
    fn part(&mut self, at: usize, before: Catalog, lost: usize, now: &Catalog) {
        if at >= self.steps.len() {
            return;
        }
        match self.tails.front() {
            // The replay has come to what an earlier one left off at.
            Some(older) if older.at == at => {
                if older.before.moves(now, u32::MAX).is_some() {
                    self.tails.pop_front();
                }
            }
            _ => self.tails.push_front(Tail { at, before, lost }),
        }
    }

    /// What is found in the migration at `place` is told again.
    pub(super) fn tell_again(&mut self, place: usize) {
        self.renewed.insert(place);
        self.is_unsettled = true;
    }

    /// The files of the migrations that don't apply, by their whole paths, as far as that has been worked out.
    pub(super) fn failing(&self) -> impl Iterator<Item = &str> {
        let steps = self.steps.iter().zip(&self.history.migrations);
        steps.filter(|(step, _)| step.applied.verdict.is_refuted()).map(|(_, migration)| migration.up.path())
    }

    /// All migrations: whatever is linted here is linted whole.
    pub(super) fn change(&self) -> BTreeSet<u32> {
        (0..self.history.migrations.len() as u32).collect()
    }

    /// What may be found elsewhere than in single migrations, as long as `goes_on`; none if it did not at last. What mends what is found in the whole is
    /// asked for with [`Course::mending`].
    pub(super) fn look(&self, workspace: &Workspace<'a>, selection: &Selection<'_>, goes_on: &(dyn Fn() -> bool + Sync)) -> Option<Look> {
        let (end, change) = (self.end(workspace), self.change());
        let whole = self.renewed_whole(&change, &end);
        let affected = self.affected(workspace, &end);
        let is_all = affected.is_none();
        let objects = || match affected {
            Some(affected) => workspace.check_objects(whole, RULES, selection, affected.into_iter(), goes_on),
            None => workspace.check_objects(whole, RULES, selection, wholes(&end), goes_on),
        };
        let of_whole = || workspace.check_whole(Whole { only_finds: true, ..whole }, RULES, selection, goes_on);
        let (of_whole, objects) = rayon::join(of_whole, objects);
        Some(Look { of_whole: of_whole?, objects: objects?, is_all, end })
    }

    /// The history as a whole, and what is kept of it as far as that still holds.
    fn renewed_whole<'w>(&'w self, change: &'w BTreeSet<u32>, end: &'w Catalog) -> Whole<'w> {
        const NONE: &BTreeSet<&str> = &BTreeSet::new();
        self.kept.renew(end, |old, new| affected(old, new, [], |_| None));
        Whole { history: &self.history, change, end, added: NONE, only_finds: false, kept: &self.kept }
    }

    /// What `rule` finds in the history as a whole, with what mends it.
    pub(super) fn mending(&self, workspace: &Workspace<'a>, selection: &Selection<'_>, rule: &'static dyn Rule) -> Findings {
        let (end, change) = (self.end(workspace), self.change());
        let found = workspace.check_whole(self.renewed_whole(&change, &end), &[rule], selection, &|| true);
        found.into_iter().flat_map(BTreeMap::into_values).flatten().collect()
    }

    /// The objects of the schema that all migrations leave in which something else may be found than before; none for all.
    fn affected(&self, workspace: &Workspace<'a>, end: &Catalog) -> Option<BTreeSet<Oid>> {
        let old = self.end.as_ref().filter(|_| self.renewed.len() <= MANY)?;
        let around = self.renewed.iter().filter_map(|place| self.around(workspace, *place));
        let touched: Vec<Oid> = around.flat_map(|(before, after)| before.changed(after)).collect();
        self.of_objects.affected(old, end, touched)
    }

    /// Takes what was found; gives the migrations in which something else may be found than when this was last asked.
    pub(super) fn settle(&mut self, look: Look, place_of: impl Fn(&str) -> Option<usize>) -> BTreeSet<usize> {
        let Look { of_whole, objects, is_all, end } = look;
        let mut files: BTreeSet<Arc<str>> = BTreeSet::new();
        if is_all {
            files.extend(std::mem::take(&mut self.of_objects).files().cloned());
        }
        for (whole, found) in objects {
            files.append(&mut self.of_objects.take(whole, found));
        }
        let old = std::mem::replace(&mut self.of_whole, of_whole);
        let both = old.keys().chain(self.of_whole.keys());
        files.extend(both.filter(|path| old.get(*path) != self.of_whole.get(*path)).cloned());
        self.end = Some(end);
        self.is_unsettled = false;
        let mut renewed = std::mem::take(&mut self.renewed);
        renewed.extend(files.iter().filter_map(|path| place_of(path)));
        renewed
    }

    /// What was found in the history as a whole in the files of the migration at `place`.
    pub(super) fn of_history(&self, place: usize) -> BTreeMap<Arc<str>, Findings> {
        let files = self.history.migrations.get(place).into_iter().flat_map(Migration::files);
        let found = |path: &str| {
            let mut found = self.of_whole.get(path).cloned().unwrap_or_default();
            found.append(&mut self.of_objects.in_file(path));
            found
        };
        files.map(|file| (Arc::from(file.path()), found(file.path()))).collect()
    }

    /// What was found in the history as a whole, without what was in the schema that it leaves.
    pub(super) const fn of_whole(&self) -> &BTreeMap<Arc<str>, Findings> {
        &self.of_whole
    }

    /// What the rules found in the migration at `place`.
    pub(super) fn checked(&self, place: usize) -> Option<&Checked<'a>> {
        self.steps.get(place).map(|step| &step.checked)
    }
}

fn of_whom(foreign: &BTreeMap<String, Foreign>, path: &str) -> Option<&'static str> {
    foreign.get(path).map(|foreign| foreign.dialect.name())
}
