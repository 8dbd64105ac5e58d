//! Histories: which folders are ones, which of their files are migrations, in what order they run, and which file undoes which.
//!
//! One history is one folder that a layout recognises, its sub-folders included as far as the layout's tool looks into them, unless they are
//! histories of their own. Folders are looked at from the top down, and each file belongs to at most one history. A file that goes down is
//! paired with the migration of its id, failing that with the only one of its version.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use crate::text::{SourceFile, Span};

use super::layout::{Folder, Layout, Order, Part, Reach, Side, detect};
use super::reading::Reading;
use super::section::{Origin, Section, Transaction};

/// The migrations of one folder.
#[derive(Debug, Clone)]
pub struct History {
    /// The folder's path; empty for the working directory.
    pub folder: String,
    /// How it is laid out.
    pub layout: &'static dyn Layout,
    /// In the order in which they run.
    pub migrations: Vec<Migration>,
    /// What its tool runs in its turn and nobody reads.
    pub programs: Vec<Program>,
    /// SQL files of the folder that are no migrations, by path.
    pub others: Vec<Other>,
}

/// A migration that is a program, and no SQL.
#[derive(Debug, Clone)]
pub struct Program {
    /// The name of its file.
    pub name: String,
    /// Its version as its name writes it.
    pub version: Option<String>,
    /// The number that its version is.
    pub number: Option<u64>,
    order: Order,
}

/// One step of a history.
#[derive(Debug, Clone)]
pub struct Migration {
    /// The file's name without `.sql`, `.up.sql` or `_up.sql`; where a migration is a directory, the directory's name.
    pub id: String,
    /// Its version as its name writes it: `001`, `1.2`, `2025-11-06`, `20240101000000`.
    pub version: Option<String>,
    /// The number that the version is. A date is none, since several migrations may share it.
    pub number: Option<u64>,
    /// How often it runs.
    pub kind: Kind,
    /// The file that goes up; in some layouts it goes down too.
    pub up: SourceFile,
    /// The file that goes down, if it is a file of its own.
    pub down: Option<SourceFile>,
    layout: &'static dyn Layout,
    order: Order,
    up_settings: Option<SourceFile>,
    down_settings: Option<SourceFile>,
    /// Where places of the up file are now that were found in an earlier text of it.
    moved: BTreeMap<Span, Span>,
}

/// How often a migration runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Once.
    Versioned,
    /// Whenever its text has changed, after all that have a version.
    Repeatable,
    /// Instead of all versions up to its own, on an empty database; never after them.
    Baseline,
}

/// A migration's two directions.
#[derive(Debug, Clone)]
pub struct Sections {
    /// What goes up.
    pub up: Section,
    /// What goes back; with no spans if the section is there and empty.
    pub down: Option<Section>,
    /// The line in the up section's file that begins the down section.
    pub marker: Option<Span>,
    /// The bytes after that line where statements of the *up* section stand: they are not commented out, so they run with it.
    pub after_marker: Option<Span>,
}

/// An SQL file that is no migration.
#[derive(Debug, Clone)]
pub struct Other {
    /// The file.
    pub source: SourceFile,
    /// Why it is none.
    pub why: Why,
}

/// Why an SQL file is no migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The tool runs no file of that name.
    Name,
    /// It stands beside the directories that are migrations.
    Loose,
    /// It undoes a migration that is not there.
    NothingToUndo,
    /// It is for another database.
    Elsewhere,
    /// The tool keeps a list of its migrations, and it is not in that.
    Unlisted,
}

impl History {
    /// A program that runs before `migration`.
    pub fn program_before(&self, migration: &Migration) -> Option<&Program> {
        self.programs.iter().find(|program| program.order < migration.order)
    }

    /// Its migrations up to the last one that `name` names, all of them where it names none.
    pub fn until(&self, name: Option<&str>) -> &[Migration] {
        let end = name.and_then(|name| self.migrations.iter().rposition(|migration| migration.is_named(name)));
        &self.migrations[..end.map_or(self.migrations.len(), |end| end + 1)]
    }
}

impl Migration {
    /// Whether `name` is its id, its version or its number.
    pub fn is_named(&self, name: &str) -> bool {
        self.id == name || self.version.as_deref() == Some(name) || self.number.is_some_and(|number| name.parse() == Ok(number))
    }

    /// Where a place in the up file is, which a statement of it gave to what it made: the statement may have moved since.
    pub fn place(&self, span: Span) -> Span {
        self.moved.get(&span).copied().unwrap_or(span)
    }

    /// From now on, places of an earlier text of the up file are those of `moved`.
    pub fn set_moved(&mut self, moved: BTreeMap<Span, Span>) {
        self.moved = moved;
    }

    /// Puts `file` in the place of the one of its path; whether the migration has one.
    pub fn set_text(&mut self, file: &SourceFile) -> bool {
        let own = std::iter::once(&mut self.up).chain(&mut self.down).find(|own| own.path() == file.path());
        own.map(|own| *own = file.clone()).is_some()
    }

    /// What goes up, without a look at what goes back. Nothing is kept.
    pub fn up_section(&self) -> Section {
        self.going_up(self.layout.up(self.up.text()), self.reading())
    }

    fn going_up(&self, spans: Vec<Span>, reading: Option<Arc<Reading>>) -> Section {
        let transaction = self.transaction(Side::Up, &self.up, self.up_settings.as_ref());
        Section { source: self.up.clone(), spans, origin: Origin::Statements, transaction, reading }
    }

    /// How its tool reads the lines of its file.
    fn reading(&self) -> Option<Arc<Reading>> {
        self.layout.brackets().map(|brackets| Arc::new(brackets.read(self.up.text())))
    }

    fn transaction(&self, side: Side, source: &SourceFile, settings: Option<&SourceFile>) -> Transaction {
        let by_name = self.layout.transaction_by_name(source.path());
        by_name.unwrap_or_else(|| self.layout.transaction(side, source.text(), settings.map(SourceFile::text)))
    }

    /// Finds the sections in the migration's files. Nothing is kept.
    pub fn sections(&self) -> Sections {
        let split = self.layout.split(self.up.text());
        let reading = self.reading();
        let up = self.going_up(split.up, reading.clone());
        let down = match (&self.down, split.down) {
            (Some(file), _) => Some(Section::whole(file.clone(), self.transaction(Side::Down, file, self.down_settings.as_ref()))),
            (None, Some((spans, origin))) => {
                let down = self.transaction(Side::Down, &self.up, self.up_settings.as_ref());
                Some(Section { source: self.up.clone(), spans, origin, transaction: down, reading })
            }
            (None, None) => None,
        };
        Sections { up, down, marker: split.marker, after_marker: split.after_marker }
    }

    /// The path of the file that would take it back, where the tool has a file of its own for that and there is none.
    pub fn down_beside(&self) -> Option<String> {
        self.layout.down_beside(self.up.path()).filter(|_| self.down.is_none())
    }

    /// Its files: the one that goes up, and the one that goes down if that is another.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        std::iter::once(&self.up).chain(&self.down)
    }

    /// The files beside it that say how its tool is to run it.
    pub fn settings(&self) -> impl Iterator<Item = &SourceFile> {
        self.up_settings.iter().chain(&self.down_settings)
    }

    /// A hash of everything that is known of it: its files, what they say, and how its tool takes them. Two runs of one build give the same.
    pub fn sign(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.layout.name(), &self.id, self.kind).hash(&mut hasher);
        for file in self.files().chain(self.settings()) {
            (file.path(), file.text()).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// Whether it is `other`, with the same texts.
    pub fn is_same(&self, other: &Migration) -> bool {
        let texts = |migration: &Migration| -> Vec<(String, Arc<str>)> {
            migration.files().chain(migration.settings()).map(|file| (file.path().to_owned(), file.shared_text())).collect()
        };
        self.id == other.id && self.kind == other.kind && self.order == other.order && texts(self) == texts(other)
    }

    /// Whether nothing but their names says which of the two runs first.
    pub fn shares_turn_with(&self, other: &Migration) -> bool {
        self.order == other.order
    }
}

impl History {
    /// Whether a migration whose up file is at `path`, which counts from the history's folder, runs after all that are there, but for those that run anew
    /// whenever they change.
    pub fn ends_with(&self, path: &str) -> bool {
        let Some(part) = self.layout.part(path).filter(|part| part.side == Side::Up) else { return false };
        let mut others = self.migrations.iter().filter(|migration| migration.kind != Kind::Repeatable);
        others.all(|migration| (&migration.order, &migration.id) < (&part.order, &part.id))
    }

    /// Whether another migration has the same place in the tool's order as the one at `at`.
    pub fn is_one_of_several(&self, at: usize) -> bool {
        let order = |at: usize| self.migrations.get(at).map(|migration| &migration.order);
        [at.checked_sub(1), at.checked_add(1)].into_iter().flatten().any(|other| order(other).is_some() && order(other) == order(at))
    }

    /// The version that a migration has whose up file is at `path`, which counts from where the history's folder does; none elsewhere.
    pub fn version_of(&self, path: &str) -> Option<String> {
        let own = path.strip_prefix(self.folder.as_str())?.strip_prefix('/')?;
        self.layout.part(own).filter(|part| part.side == Side::Up)?.version
    }
}

/// The histories in `files`, by folder. Beside SQL files the tools' own settings count (`metadata.toml`, `V1__a.sql.conf`).
pub fn histories(files: &[SourceFile]) -> Vec<History> {
    let files = Files::new(files);
    let mut taken = vec![false; files.sorted.len()];
    let mut histories = Vec::new();
    for folder in folders(&files.sorted) {
        let free: Vec<usize> = files.below(folder).filter(|&at| !taken[at]).collect();
        let Some(layout) = detect(&files.view(folder, &free)) else { continue };
        let own = match layout.reach() {
            Reach::Folder => files.direct(folder, &free),
            Reach::Directories => files.in_directories(folder, &free, layout),
            Reach::Tree | Reach::Series => files.without_own_histories(folder, &free, layout),
        };
        let history = build(&files.view(folder, &own), layout);
        if history.migrations.is_empty() {
            continue;
        }
        own.into_iter().for_each(|at| taken[at] = true);
        histories.push(history);
    }
    histories
}

/// The history of `folder`, laid out as `layout`, whatever it looks like.
pub fn history(folder: &str, files: &[SourceFile], layout: &'static dyn Layout) -> History {
    let files = Files::new(files);
    let below: Vec<usize> = files.below(folder).collect();
    let own = match layout.reach() {
        Reach::Folder => files.direct(folder, &below),
        Reach::Directories => files.in_directories(folder, &below, layout),
        Reach::Tree | Reach::Series => below,
    };
    build(&files.view(folder, &own), layout)
}

/// Files in the order of their paths.
struct Files<'f> {
    sorted: Vec<&'f SourceFile>,
}

impl<'f> Files<'f> {
    fn new(files: &'f [SourceFile]) -> Self {
        let mut sorted: Vec<&SourceFile> = files.iter().collect();
        sorted.sort_by(|a, b| a.path().cmp(b.path()));
        Self { sorted }
    }

    /// The files in `folder` and below it.
    fn below(&self, folder: &str) -> Range<usize> {
        if folder.is_empty() {
            return 0..self.sorted.len();
        }
        let prefix = format!("{folder}/");
        let start = self.sorted.partition_point(|file| file.path() < prefix.as_str());
        let length = self.sorted[start..].partition_point(|file| file.path().starts_with(&prefix));
        start..start + length
    }

    /// `folder` as a layout sees it, with the files `of`.
    fn view<'v>(&self, folder: &'v str, of: &[usize]) -> Folder<'v>
    where
        'f: 'v,
    {
        let files = of.iter().map(|&at| (inside(folder, self.sorted[at].path()), self.sorted[at])).collect();
        Folder { path: folder, files }
    }

    /// Those of `files` that stand in `folder` itself.
    fn direct(&self, folder: &str, files: &[usize]) -> Vec<usize> {
        files.iter().copied().filter(|&at| parent(self.sorted[at].path()) == folder).collect()
    }

    /// Those of `files` that stand in `folder` itself, or in one of its directories that is a migration of `layout`.
    fn in_directories(&self, folder: &str, files: &[usize], layout: &dyn Layout) -> Vec<usize> {
        let goes_up = |at: &usize| layout.part(inside(folder, self.sorted[*at].path())).is_some_and(|part| part.side == Side::Up);
        let migrations: BTreeSet<&str> = files.iter().filter(|at| goes_up(at)).map(|&at| parent(self.sorted[at].path())).collect();
        let own = |path: &str| parent(path) == folder || migrations.contains(parent(path));
        files.iter().copied().filter(|&at| own(self.sorted[at].path())).collect()
    }

    /// Those of `files` that don't stand in a sub-folder of `folder` that is a history of its own.
    fn without_own_histories(&self, folder: &str, files: &[usize], layout: &dyn Layout) -> Vec<usize> {
        let direct = self.direct(folder, files);
        let has_version = |at: &usize| layout.part(inside(folder, self.sorted[*at].path())).is_some_and(|part| part.version.is_some());
        if layout.reach() == Reach::Series && !direct.iter().any(has_version) {
            return direct;
        }
        let mut numbers = self.numbers(folder, &direct, layout);
        let inner = self.below(folder);
        let subfolders = folders(&self.sorted[inner]).into_iter().filter(|&path| path.len() > folder.len());
        let mut own: BTreeSet<&str> = BTreeSet::new();
        for subfolder in subfolders {
            if own.iter().any(|above| subfolder.starts_with(above) && subfolder[above.len()..].starts_with('/')) {
                continue;
            }
            let below: Vec<usize> = self.below(subfolder).filter(|at| files.binary_search(at).is_ok()).collect();
            let found = detect(&self.view(subfolder, &below));
            let other = found.is_some_and(|found| found.name() != layout.name() && found.reach() != Reach::Series);
            let direct = self.direct(subfolder, &below);
            let anew = self.numbers(folder, &direct, layout);
            let begins_anew = layout.reach() == Reach::Series && (is_migrations(subfolder) || !numbers.is_disjoint(&anew));
            if other || begins_anew {
                own.insert(subfolder);
            } else {
                numbers.extend(anew);
            }
        }
        let outside = |path: &str| !own.iter().any(|own| path.strip_prefix(own).is_some_and(|rest| rest.starts_with('/')));
        files.iter().copied().filter(|&at| outside(self.sorted[at].path())).collect()
    }

    /// The numbers of `files` as `folder` sees them, as far as they go up.
    fn numbers(&self, folder: &str, files: &[usize], layout: &dyn Layout) -> BTreeSet<u64> {
        let parts = files.iter().filter_map(|&at| layout.part(inside(folder, self.sorted[at].path())));
        parts.filter(|part| part.side == Side::Up).filter_map(|part| part.number).collect()
    }
}

/// The history that `layout` makes of `folder`.
fn build(folder: &Folder<'_>, layout: &'static dyn Layout) -> History {
    let settings: BTreeMap<&str, &SourceFile> = folder.files.iter().copied().collect();
    let settings_of = |path: &str| layout.settings_of(path).and_then(|path| settings.get(path.as_str()).copied().cloned());
    let mut migrations: Vec<Migration> = Vec::new();
    let mut downs: Vec<(&str, &SourceFile, Part)> = Vec::new();
    let mut others: Vec<Other> = Vec::new();
    for &(path, source) in folder.files.iter().filter(|(path, _)| is_script(path)) {
        if let Some(why) = layout.leaves_out(path, &|other| settings.get(other).map(|source| source.text())) {
            others.push(Other { source: source.clone(), why });
            continue;
        }
        match layout.part(path) {
            Some(Part { id, version, number, order, side: Side::Up, kind }) => {
                let (up, up_settings) = (source.clone(), settings_of(path));
                migrations.push(Migration {
                    id,
                    version,
                    number,
                    kind,
                    up,
                    down: None,
                    layout,
                    order,
                    up_settings,
                    down_settings: None,
                    moved: BTreeMap::new(),
                });
            }
            Some(part) => downs.push((path, source, part)),
            None => {
                let loose = layout.reach() == Reach::Directories && !path.contains('/');
                others.push(Other { source: source.clone(), why: if loose { Why::Loose } else { Why::Name } });
            }
        }
    }
    let undone = Undone::new(&migrations);
    for (path, source, part) in downs {
        match undone.by(&migrations, parent(source.path()), &part) {
            Some(at) => {
                migrations[at].down = Some(source.clone());
                migrations[at].down_settings = settings_of(path);
            }
            None => others.push(Other { source: source.clone(), why: Why::NothingToUndo }),
        }
    }
    migrations.sort_by(|a, b| (&a.order, &a.id, a.up.path()).cmp(&(&b.order, &b.id, b.up.path())));
    others.sort_by(|a, b| a.source.path().cmp(b.source.path()));
    let programs = folder.files.iter().filter_map(|(path, _)| {
        let Part { version, number, order, .. } = layout.program(path)?;
        Some(Program { name: path.to_string(), version, number, order })
    });
    History { folder: folder.path.to_owned(), layout, migrations, programs: programs.collect(), others }
}

/// Which migrations a file that goes down may undo: those without one yet.
struct Undone {
    by_id: BTreeMap<String, Vec<usize>>,
    by_version: BTreeMap<Order, Vec<usize>>,
}

impl Undone {
    fn new(migrations: &[Migration]) -> Self {
        let mut undone = Self { by_id: BTreeMap::new(), by_version: BTreeMap::new() };
        for (at, migration) in migrations.iter().enumerate() {
            undone.by_id.entry(migration.id.clone()).or_default().push(at);
            // A baseline stands for many versions, of which none is undone with it.
            if migration.kind != Kind::Baseline {
                undone.by_version.entry(migration.order.clone()).or_default().push(at);
            }
        }
        undone
    }

    /// The migration that `part`, a file in `folder`, undoes: the one of its id, best in the same folder, else the only one of its version.
    fn by(&self, migrations: &[Migration], folder: &str, part: &Part) -> Option<usize> {
        let open = |at: &&usize| migrations[**at].down.is_none();
        let called = self.by_id.get(&part.id).map_or(&[][..], Vec::as_slice);
        let here = called.iter().filter(open).find(|&&at| parent(migrations[at].up.path()) == folder);
        if let Some(&at) = here.or_else(|| called.iter().find(open)) {
            return Some(at);
        }
        match self.by_version.get(&part.order).map(Vec::as_slice) {
            Some([at]) if part.version.is_some() && migrations[*at].down.is_none() => Some(*at),
            _ => None,
        }
    }
}

/// The folders that may be histories, each before those in it: those that hold SQL files, and those that hold such folders.
fn folders<'f>(files: &[&'f SourceFile]) -> BTreeSet<&'f str> {
    let scripts = files.iter().map(|file| file.path()).filter(|path| is_script(path));
    scripts.flat_map(|path| [Some(parent(path)), (!parent(path).is_empty()).then(|| parent(parent(path)))]).flatten().collect()
}

fn is_script(path: &str) -> bool {
    path.len() > 4 && path.get(path.len() - 4..).is_some_and(|end| end.eq_ignore_ascii_case(".sql"))
}

/// The folder that `path` stands in.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// `path` as seen from `folder`, which it stands in.
fn inside<'p>(folder: &str, path: &'p str) -> &'p str {
    path.strip_prefix(folder).map_or(path, |rest| rest.strip_prefix('/').unwrap_or(rest))
}

/// Whether a folder is called as folders of migrations are.
fn is_migrations(folder: &str) -> bool {
    matches!(folder.rsplit('/').next(), Some("migrations" | "migration" | "migrate"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> Vec<SourceFile> {
        paths.iter().map(|&path| SourceFile::new(path, "")).collect()
    }

    /// Each history as its folder, its layout and its ids.
    fn found(files: &[SourceFile]) -> Vec<(String, &'static str, Vec<String>)> {
        let ids = |history: &History| history.migrations.iter().map(|migration| migration.id.clone()).collect();
        histories(files).iter().map(|history| (history.folder.clone(), history.layout.name(), ids(history))).collect()
    }

    #[test]
    fn the_order_of_the_files_does_not_matter() {
        let mut paths = ["m/10_b.sql", "m/9_a.sql", "m/sub/11_c.sql", "n/1_x/up.sql", "n/2_y/up.sql"];
        let expected = found(&files(&paths));
        paths.reverse();
        assert_eq!(found(&files(&paths)), expected);
        assert_eq!(expected[0], ("m".into(), "plain", vec!["9_a".into(), "10_b".into(), "11_c".into()]));
        assert_eq!(expected[1], ("n".into(), "diesel", vec!["1_x".into(), "2_y".into()]));
    }

    #[test]
    fn several_folders_are_several_histories() {
        let found = found(&files(&["migrations/mysql/1_a/up.sql", "migrations/sqlite/1_a/up.sql", "tools/check.sql"]));
        let folders: Vec<&str> = found.iter().map(|(folder, ..)| folder.as_str()).collect();
        assert_eq!(folders, ["migrations/mysql", "migrations/sqlite", "tools"]);
    }

    #[test]
    fn a_subfolder_that_numbers_anew_is_a_history_of_its_own() {
        let found = found(&files(&["m/001_a.sql", "m/fixes/001_b.sql", "m/later/002_c.sql", "m/other/diesel/1_x/up.sql"]));
        assert_eq!(found[0].2, ["001_a", "002_c"]);
        assert_eq!(found[1].0, "m/fixes");
        assert_eq!(found[2].0, "m/other/diesel");
    }

    #[test]
    fn a_shared_date_is_no_new_series() {
        let found = found(&files(&["m/2025-10-23-a.sql", "m/fixes/2025-10-23-b.sql"]));
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn unnumbered_files_above_do_not_swallow_what_is_below() {
        let found = found(&files(&["dump.sql", "queries.sql", "migrations/001_a.sql"]));
        assert_eq!(found, [("".into(), "plain", vec!["queries".into()]), ("migrations".into(), "plain", vec!["001_a".into()])]);
    }

    #[test]
    fn a_loose_file_among_directories_is_no_migration() {
        let histories = histories(&files(&["m/1_a/up.sql", "m/1_a/down.sql", "m/2_b/up.sql", "m/data.sql", "m/1_a/notes.sql"]));
        assert_eq!(histories.len(), 1);
        assert_eq!(histories[0].migrations.len(), 2);
        let others: Vec<(&str, Why)> = histories[0].others.iter().map(|other| (other.source.path(), other.why)).collect();
        assert_eq!(others, [("m/1_a/notes.sql", Why::Name), ("m/data.sql", Why::Loose)]);
    }

    #[test]
    fn a_file_that_goes_down_finds_its_migration() {
        let histories =
            histories(&files(&["m/001_a.sql", "m/001_a_ROLLBACK.sql", "m/002_b.sql", "m/rollback/002_b.sql", "m/003_x_down.sql"]));
        let pairs: Vec<(&str, Option<&str>)> = histories[0]
            .migrations
            .iter()
            .map(|migration| (migration.id.as_str(), migration.down.as_ref().map(SourceFile::path)))
            .collect();
        assert_eq!(pairs, [("001_a", Some("m/001_a_ROLLBACK.sql")), ("002_b", Some("m/rollback/002_b.sql"))]);
        assert_eq!(histories[0].others[0].why, Why::NothingToUndo);
    }

    #[test]
    fn an_undo_of_flyway_finds_its_version() {
        let histories = histories(&files(&["f/V1__a.sql", "f/U1.0__undo_a.sql", "f/sub/V2__b.sql", "f/R__views.sql"]));
        let ids: Vec<&str> = histories[0].migrations.iter().map(|migration| migration.id.as_str()).collect();
        assert_eq!(ids, ["V1__a", "V2__b", "R__views"]);
        assert_eq!(histories[0].migrations[0].down.as_ref().map(SourceFile::path), Some("f/U1.0__undo_a.sql"));
    }

    #[test]
    fn a_baseline_of_its_version_keeps_no_undo_from_its_migration() {
        let histories = histories(&files(&["f/B1__all.sql", "f/V1__a.sql", "f/U1__undo_a.sql"]));
        let downs: Vec<(&str, bool)> = histories[0].migrations.iter().map(|one| (one.id.as_str(), one.down.is_some())).collect();
        assert_eq!(downs, [("B1__all", false), ("V1__a", true)]);
        assert!(histories[0].others.is_empty());
    }

    #[test]
    fn what_ends_a_history_runs_behind_all_that_run_once() {
        let ends = |paths: &[&str], path: &str| histories(&files(paths))[0].ends_with(path);
        assert!(ends(&["m/001_a.sql", "m/002_b.sql"], "003_c.sql") && !ends(&["m/001_a.sql", "m/002_b.sql"], "002_a.sql"));
        assert!(!ends(&["m/001_a.sql", "m/2025-11-06-b.sql"], "002_c.sql") && !ends(&["m/V0001.A.up.sql"], "001_b.sql"));
        assert!(!ends(&["m/1_a.up.sql"], "2_b.down.sql") && !ends(&["m/V1__a.sql"], "2_b.sql"));
        assert!(ends(&["m/V1__a.sql", "m/R__views.sql"], "V2__b.sql"));
    }

    #[test]
    fn settings_beside_a_migration_reach_its_transaction() {
        let files = [SourceFile::new("m/1_a/up.sql", "VACUUM"), SourceFile::new("m/1_a/metadata.toml", "run_in_transaction = false")];
        let histories = histories(&files);
        assert_eq!(histories[0].migrations[0].sections().up.transaction, Transaction::Message);
    }

    #[test]
    fn a_history_may_be_told_its_layout() {
        let files = files(&["m/1_a.up.sql", "m/1_a.down.sql", "n/1_b.sql"]);
        let layout = super::super::layout::named("sqlx").expect("is registered");
        let history = history("m", &files, layout);
        assert_eq!((history.layout.name(), history.migrations.len()), ("sqlx", 1));
    }
}
