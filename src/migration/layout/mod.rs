//! Layouts: how each migration tool names, orders and pairs its files, and who opens the transaction.
//!
//! One file a layout, each citing the tool's documentation or source for what it says; [`LAYOUTS`] is the registry. A layout answers
//! questions about one name or one text; walking folders, pairing and sorting are done once, for all of them, by [`super::history`].
//!
//! Detection: the first layout of [`LAYOUTS`] that recognises a folder has it. They stand from the one that is recognised by the most
//! particular sign (a directory with a `migration.sql`) to the one that any SQL file satisfies. Invariant: what a layout recognises depends
//! on the folder's names and the signs that it finds in the texts alone, never on their order. So whoever keeps a history finds it anew only where
//! a name or a sign changes.

mod atlas;
mod block;
mod dbmate;
mod diesel;
mod drizzle;
mod flyway;
mod golang_migrate;
mod goose;
mod graphile_migrate;
mod house;
mod name;
mod node_pg_migrate;
mod plain;
mod pop;
mod postgrator;
mod prisma;
mod sql_migrate;
mod sqlx;
mod supabase;
mod tern;

use std::fmt::Debug;

use crate::text::{Edit, SourceFile, Span};

use super::brackets::Brackets;
use super::history::{Kind, Why};
use super::numbering::Moment;
use super::section::{Origin, Transaction};

/// How one tool lays out its migrations.
pub trait Layout: Debug + Sync {
    /// As the configuration writes it.
    fn name(&self) -> &'static str;

    /// The table in which the tool notes what it has run.
    fn tracking_table(&self) -> Option<&'static str> {
        None
    }

    /// Whether that table tells migrations apart by their versions, and not by their whole names or the like.
    fn notes_versions(&self) -> bool {
        self.tracking_table().is_some()
    }

    /// Whether several migrations may have one number, as they may have one date: the tool notes whole names, runs those of one number in the order of
    /// their names, and still runs what comes late.
    fn shares_numbers(&self) -> bool {
        false
    }

    /// Which files below its folder the tool looks at.
    fn reach(&self) -> Reach {
        Reach::Folder
    }

    /// What speaks for this layout or against it in the text of a file.
    fn sign(&self, _text: &str) -> Sign {
        Sign::Nothing
    }

    /// Whether `folder` is laid out like this: by the names of its files, and by their signs.
    fn recognises(&self, folder: &Folder<'_>) -> bool {
        folder.mostly(|script| self.part(script.path).is_some() && self.sign(script.text()) == Sign::Own)
    }

    /// What part the file at `path` plays, by its name; `path` counts from the layout's folder. `None`: the tool does not run it.
    fn part(&self, path: &str) -> Option<Part>;

    /// Why the tool passes over the file at `path` though that is called like a migration, if it does; `text_of` gives the text of a file, if there
    /// is one.
    fn leaves_out<'t>(&self, _path: &str, _text_of: &dyn Fn(&str) -> Option<&'t str>) -> Option<Why> {
        None
    }

    /// What part a file that is a program plays, and no SQL: the tool runs it in its turn.
    fn program(&self, _path: &str) -> Option<Part> {
        None
    }

    /// Whether people name its files, as a naming convention tells them to, and no tool does.
    fn is_named_by_people(&self) -> bool {
        false
    }

    /// The version of the first migration of all.
    fn first_version(&self, now: &Moment) -> String {
        now.digits.clone()
    }

    /// What the file that goes up of a new migration is called, by its path in the layout's folder; `title` is words with `_` between them, and
    /// `before` the file of the last migration, whose manner it follows.
    fn new_path(&self, version: &str, title: &str, before: Option<&str>) -> String {
        match before {
            Some(path) if path.ends_with(".up.sql") => format!("{version}_{title}.up.sql"),
            _ => format!("{version}_{title}.sql"),
        }
    }

    /// What a new file that goes up says below its first line.
    fn new_text(&self) -> &'static str {
        ""
    }

    /// What the tool writes into a new file that goes down: whoever leaves it there has not said anything yet.
    fn new_down_text(&self) -> &'static str {
        ""
    }

    /// Where a file that goes up has its up and its down section.
    fn split(&self, text: &str) -> Split {
        Split::whole(text)
    }

    /// What of it goes up, as `split` says: whoever asks for no more pays for no more.
    fn up(&self, text: &str) -> Vec<Span> {
        self.split(text).up
    }

    /// The line over the down section of a file that has both.
    fn down_heading(&self) -> Option<&'static str> {
        None
    }

    /// The lines around a statement that holds semicolons, which the tool would take for its end.
    fn brackets(&self) -> Option<Brackets> {
        None
    }

    /// The file beside the one that goes up, at `path`, that takes it back, if the tool has a file of its own for that.
    fn down_beside(&self, _path: &str) -> Option<String> {
        None
    }

    /// The file beside the one at `path` that says how the tool is to run it.
    fn settings_of(&self, _path: &str) -> Option<String> {
        None
    }

    /// How people tell the tool to open no transaction around a migration, as a clause: ``let the file begin with `-- no-transaction` ``;
    /// none where it opens none, or always one.
    fn without_transaction(&self) -> Option<&'static str> {
        None
    }

    /// The edit of `text`, a file that goes up, that tells the tool so; none where something else than the file says it.
    fn opt_out(&self, _text: &str) -> Option<Edit> {
        None
    }

    /// Who opens the transaction of the file at `path`, where its name says that.
    fn transaction_by_name(&self, _path: &str) -> Option<Transaction> {
        None
    }

    /// Who opens the transaction of one direction of a migration where no name says that; `text` is its file, `settings` the text of the file that
    /// [`Layout::settings_of`] names, if there is one.
    fn transaction(&self, side: Side, text: &str, settings: Option<&str>) -> Transaction;
}

/// Every layout, from the most particular to the most general.
pub static LAYOUTS: &[&dyn Layout] = &[
    &prisma::Prisma,
    &diesel::Diesel,
    &flyway::Flyway,
    &goose::Goose,
    &sql_migrate::SqlMigrate,
    &dbmate::Dbmate,
    &tern::Tern,
    &node_pg_migrate::NodePgMigrate,
    &graphile_migrate::GraphileMigrate,
    &pop::Pop,
    &postgrator::Postgrator,
    &sqlx::Sqlx,
    &golang_migrate::GolangMigrate,
    &atlas::Atlas,
    &drizzle::Drizzle,
    &supabase::Supabase,
    &house::House,
    &plain::Plain,
];

/// The layout that the configuration calls `name`.
pub fn named(name: &str) -> Option<&'static dyn Layout> {
    LAYOUTS.iter().copied().find(|layout| layout.name() == name)
}

/// The layout of `folder`.
pub fn detect(folder: &Folder<'_>) -> Option<&'static dyn Layout> {
    LAYOUTS.iter().copied().find(|layout| layout.recognises(folder))
}

/// Whether every layout finds the same in both texts, so that a folder is laid out as before when the one stands in the place of the other.
pub fn look_alike(one: &str, other: &str) -> bool {
    LAYOUTS.iter().all(|layout| layout.sign(one) == layout.sign(other))
}

/// What a text says of a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// It may be any tool's.
    Nothing,
    /// It is that of this layout's tool.
    Own,
    /// It would fail with this layout's tool.
    Against,
}

/// Which files below its folder a tool looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Those in the folder itself.
    Folder,
    /// Those in its directories, each of which is a migration.
    Directories,
    /// Those anywhere below it.
    Tree,
    /// Those anywhere below it, if its own are numbered or dated; a sub-folder that numbers anew is a history of its own.
    Series,
}

/// Which way a file goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Forward.
    Up,
    /// Back.
    Down,
}

/// The part that a file plays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The migration's id.
    pub id: String,
    /// Its version as its name writes it.
    pub version: Option<String>,
    /// The number that the version is, for layouts that number.
    pub number: Option<u64>,
    /// When it runs.
    pub order: Order,
    /// Which way it goes.
    pub side: Side,
    /// How often it runs.
    pub kind: Kind,
}

impl Part {
    /// A part that goes up, is called `id`, and runs once.
    fn new(id: &str, order: Order) -> Self {
        Self { id: id.to_owned(), version: None, number: None, order, side: Side::Up, kind: Kind::Versioned }
    }

    /// The same, numbered as `digits` says.
    fn numbered(id: &str, digits: &str) -> Option<Self> {
        let number = digits.parse().ok()?;
        Some(Self { version: Some(digits.to_owned()), number: Some(number), ..Self::new(id, Order::number(number)) })
    }

    /// One that runs in the order of its path as text, and whose name begins with `version`.
    fn by_name(id: &str, path: &str, version: &str) -> Self {
        Self { number: version.parse().ok(), ..Self::new(id, Order::text(path)).version(version) }
    }

    /// The same, going the other way.
    fn going(self, side: Side) -> Self {
        Self { side, ..self }
    }

    /// The same, with its version as its name writes it.
    fn version(self, version: &str) -> Self {
        Self { version: Some(version.to_owned()), ..self }
    }
}

/// When a migration runs among the others of its history; equal orders run by id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    turn: Turn,
    numbers: Vec<u64>,
    text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    InOrder,
    Last,
}

impl Order {
    /// By a number.
    pub fn number(number: u64) -> Self {
        Self::numbers(vec![number])
    }

    /// By numbers, the first weighing most.
    pub fn numbers(numbers: Vec<u64>) -> Self {
        Self { turn: Turn::InOrder, numbers, text: String::new() }
    }

    /// By a number, and by text where that is one.
    pub fn number_and_text(number: u64, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::number(number) }
    }

    /// By text, byte by byte.
    pub fn text(text: impl Into<String>) -> Self {
        Self { turn: Turn::InOrder, numbers: Vec::new(), text: text.into() }
    }

    /// After all that have a version, by text.
    pub fn last(text: impl Into<String>) -> Self {
        Self { turn: Turn::Last, numbers: Vec::new(), text: text.into() }
    }
}

/// Where a file that goes up has its sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// What goes up.
    pub up: Vec<Span>,
    /// What goes back, and how it is written; `None` if the file has no down section, empty if it has an empty one.
    pub down: Option<(Vec<Span>, Origin)>,
    /// The line that begins the down section.
    pub marker: Option<Span>,
    /// What stands after that line, where statements that are not commented out run with the up section.
    pub after_marker: Option<Span>,
}

impl Split {
    /// All of `text` goes up.
    pub fn whole(text: &str) -> Self {
        Self { up: vec![super::section::all(text)], down: None, marker: None, after_marker: None }
    }
}

/// A folder, as a layout looks at it.
#[derive(Debug)]
pub struct Folder<'f> {
    /// Its path; empty for the working directory.
    pub path: &'f str,
    /// The files in it and below it, by their path in it.
    pub files: Vec<(&'f str, &'f SourceFile)>,
}

impl<'f> Folder<'f> {
    /// The SQL files in the folder itself, without hidden ones.
    pub fn scripts(&self) -> impl Iterator<Item = Script<'f>> + '_ {
        let is_own = |path: &str| !path.contains('/') && !path.starts_with('.') && name::stem(path).is_some();
        self.files.iter().filter(move |(path, _)| is_own(path)).map(|(path, source)| Script { path, source })
    }

    /// Whether at least half of the SQL files in the folder itself, and at least one, are what `test` asks of them. No more of them are asked than it
    /// takes to know.
    pub fn mostly(&self, test: impl Fn(&Script<'f>) -> bool) -> bool {
        let total = self.scripts().count();
        let (mut passed, mut failed) = (0, 0);
        for script in self.scripts() {
            if test(&script) {
                passed += 1
            } else {
                failed += 1
            }
            if passed * 2 >= total {
                return true;
            }
            if failed * 2 > total {
                return false;
            }
        }
        false
    }

    /// Whether there is a file at `path` in it.
    pub fn has(&self, path: &str) -> bool {
        self.text(path).is_some()
    }

    /// The text of the file at `path` in it.
    pub fn text(&self, path: &str) -> Option<&'f str> {
        self.files.iter().find(|(other, _)| *other == path).map(|(_, source)| source.text())
    }

    /// Whether there are directories with a file `name` in them, and no fewer than SQL files in the folder itself.
    pub fn has_directories_with(&self, name: &str) -> bool {
        let in_directory = |path: &str| path.split_once('/').is_some_and(|(directory, file)| file == name && !directory.starts_with('.'));
        let directories = self.files.iter().filter(|(path, _)| in_directory(path)).count();
        directories > 0 && directories >= self.scripts().count()
    }
}

/// An SQL file of a folder.
#[derive(Debug, Clone, Copy)]
pub struct Script<'f> {
    /// Its name.
    pub path: &'f str,
    source: &'f SourceFile,
}

impl Script<'_> {
    /// Its text.
    pub fn text(&self) -> &str {
        self.source.text()
    }

    /// What its text says of a layout.
    pub fn sign(&self, layout: &dyn Layout) -> Sign {
        layout.sign(self.source.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name of the layout that a folder `path` with `files` has.
    pub(super) fn detected(path: &str, files: &[(&str, &str)]) -> Option<&'static str> {
        let sources: Vec<SourceFile> = files.iter().map(|&(path, text)| SourceFile::new(path, text)).collect();
        let folder = Folder { path, files: sources.iter().map(|source| (source.path(), source)).collect() };
        detect(&folder).map(Layout::name)
    }

    #[test]
    fn names_are_unique_and_lead_back_to_their_layout() {
        for layout in LAYOUTS {
            assert_eq!(named(layout.name()).map(|found| found.name()), Some(layout.name()));
        }
        assert_eq!(LAYOUTS.len(), 18);
    }

    #[test]
    fn the_more_particular_layout_wins() {
        assert_eq!(detected("m", &[("1_a/up.sql", ""), ("README.md", "")]), Some("diesel"));
        assert_eq!(detected("m", &[("1_a/migration.sql", ""), ("migration_lock.toml", "")]), Some("prisma"));
        assert_eq!(detected("m", &[("V1__a.sql", "-- +goose Up")]), Some("flyway"));
        assert_eq!(detected("m", &[("1_a.sql", "-- +goose Up\n"), ("2_b.sql", "-- +goose Up\n")]), Some("goose"));
        assert_eq!(detected("m", &[("1_a.sql", "-- migrate:up\n")]), Some("dbmate"));
        assert_eq!(detected("m", &[("1_a.sql", "-- +migrate Up\n")]), Some("sql-migrate"));
        assert_eq!(detected("m", &[("1_a.sql", "SELECT 1;\n---- create above / drop below ----\n")]), Some("tern"));
        assert_eq!(detected("m", &[("1718000000000_a.sql", "-- Up Migration\n\n-- Down Migration\n")]), Some("node-pg-migrate"));
        assert_eq!(detected("m", &[("000001.sql", "--! Previous: -\n--! Hash: sha1:00\n")]), Some("graphile-migrate"));
        assert_eq!(detected("m", &[("1.do.a.sql", ""), ("1.undo.a.sql", "")]), Some("postgrator"));
        assert_eq!(detected("m", &[("20240101000000_a.sql", ""), ("atlas.sum", "h1:")]), Some("atlas"));
        assert_eq!(detected("m", &[("1_a.up.sql", ""), ("atlas.sum", "h1:")]), Some("golang-migrate"));
        assert_eq!(detected("m", &[("0000_a.sql", ""), ("meta/_journal.json", r#"{"tag": "0000_a"}"#)]), Some("drizzle"));
        assert_eq!(detected("supabase/migrations", &[("20240101000000_a.sql", "")]), Some("supabase"));
        assert_eq!(detected("m", &[("001_a.sql", "-- UP MIGRATION\n")]), Some("house"));
        assert_eq!(detected("m", &[("001_a.sql", "")]), Some("plain"));
        assert_eq!(detected("m", &[("README.md", "")]), None);
    }

    #[test]
    fn texts_that_look_alike_are_recognised_alike() {
        const TEXTS: [&str; 9] = [
            "",
            "CREATE TABLE a ();\n",
            "-- +goose Up\n",
            "-- migrate:up\n",
            "-- no-transaction\n",
            "-- Add up migration script here\nBEGIN;\n",
            "BEGIN;\n",
            "-- UP MIGRATION\n",
            "-- UP MIGRATION\n-- +goose Up\n",
        ];
        for names in [["1_a.sql", "2_b.sql"], ["20240101000000_a.up.sql", "20240101000000_a.down.sql"], ["001_a.up.sql", "002_b.sql"]] {
            for text in TEXTS {
                for (one, other) in
                    TEXTS.iter().flat_map(|one| TEXTS.map(|other| (*one, other))).filter(|(one, other)| look_alike(one, other))
                {
                    let found = |changed: &str| detected("m", &[(names[0], text), (names[1], changed)]);
                    assert_eq!(found(one), found(other), "{names:?}: {text:?}, {one:?}, {other:?}");
                }
            }
        }
        assert!(look_alike("CREATE TABLE a ();", "DROP TABLE a;") && !look_alike("", "-- UP MIGRATION\n") && !look_alike("", "BEGIN;\n"));
    }

    #[test]
    fn one_file_that_speaks_of_another_tool_decides_nothing() {
        assert_eq!(detected("m", &[("001_a.sql", ""), ("002_b.sql", ""), ("003_c.sql", "-- +goose Up\n")]), Some("plain"));
    }
}
