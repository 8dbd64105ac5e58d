//! Which database each migration of a history is written for.
//!
//! Nearly every history is PostgreSQL's, and should not pay for the question. So a text is lexed only if it holds a word that another
//! database might be known by; if that turns out to be a sign, others are lexed until as many speak for PostgreSQL as speak against it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rayon::prelude::*;
use regex::bytes::{Regex, RegexBuilder};

use crate::migration::dialect::{Dialect, Evidence, Sign, Signs, of_history, signs};
use crate::migration::{History, Migration};
use crate::syntax::lexer::{Mode, lex};
use crate::text::{SourceFile, Span};

/// A migration that is not PostgreSQL's.
#[derive(Debug, Clone)]
pub(super) struct Foreign {
    /// Whose it is.
    pub(super) dialect: Dialect,
    /// How surely.
    pub(super) evidence: Evidence,
    /// The file and the place in it that give it away; none where the migration goes with the others of its folder.
    pub(super) sign: Option<(SourceFile, Sign)>,
}

/// The signs in the migrations of a history, as far as a word in them may be one.
#[derive(Debug)]
pub(super) struct Dialects(Vec<Option<Signs>>);

/// The migrations of `history`, in the folder called `folder`, that are not PostgreSQL's, by the paths of their up files.
pub(super) fn foreign<'h>(history: &'h History, folder: &str) -> BTreeMap<&'h str, Foreign> {
    Dialects::read(history).foreign(history, folder)
}

impl Dialects {
    /// Those of `history`.
    pub(super) fn read(history: &History) -> Self {
        Self::read_but(history, |_| false)
    }

    /// Those of `history`, of which nothing need be read in migrations that are `plain`, by their places.
    pub(super) fn read_but(history: &History, plain: impl Fn(u32) -> bool + Sync) -> Self {
        let migrations = history.migrations.par_iter().enumerate();
        Self(migrations.map(|(place, migration)| if plain(place as u32) { None } else { signs_at_sight(migration) }).collect())
    }

    /// The places of the migrations that hold a word which may be a sign.
    pub(super) fn suspects(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.0).filter(|(_, signs)| signs.is_some()).map(|(place, _)| place)
    }

    /// Reads the migration at a place anew.
    pub(super) fn renew(&mut self, place: u32, migration: &Migration) {
        self.0[place as usize] = signs_at_sight(migration);
    }

    /// Reads the migrations from a place on anew.
    pub(super) fn renew_from(&mut self, place: usize, history: &History) {
        self.0.truncate(place);
        self.0.par_extend(history.migrations[place..].par_iter().map(signs_at_sight));
    }

    /// The migrations of `history`, in the folder called `folder`, that are not PostgreSQL's, by the paths of their up files. The folder's
    /// path counts from the project: what lies above it may be called after a database for other reasons.
    pub(super) fn foreign<'h>(&self, history: &'h History, folder: &str) -> BTreeMap<&'h str, Foreign> {
        let (migrations, found) = (&history.migrations, &self.0);
        let foreign = found.iter().flatten().filter(|signs| !signs.foreign.is_empty() && signs.postgres.is_none()).count();
        let named = of_history(folder, &[&Signs::default()]).iter().any(|verdict| verdict.dialect != Dialect::PostgreSql);
        if foreign == 0 && !named {
            return BTreeMap::new();
        }
        let mut found = found.clone();
        let mut postgres = found.iter().flatten().filter(|signs| signs.postgres.is_some()).count();
        for (signs, migration) in found.iter_mut().zip(migrations) {
            if postgres >= foreign.max(1) {
                break;
            }
            if signs.is_none() {
                let read = signs_of(migration);
                postgres += usize::from(read.postgres.is_some());
                *signs = Some(read);
            }
        }
        let found: Vec<Signs> = found.into_iter().map(Option::unwrap_or_default).collect();
        let verdicts = of_history(folder, &found.iter().collect::<Vec<_>>());
        let all = migrations.iter().zip(found).zip(verdicts).filter(|(_, verdict)| verdict.dialect != Dialect::PostgreSql);
        let told = all.map(|((migration, signs), verdict)| {
            let sign = sign_of(migration, &signs, verdict.dialect);
            (migration.up.path(), Foreign { dialect: verdict.dialect, evidence: verdict.evidence, sign })
        });
        told.collect()
    }
}

fn signs_at_sight(migration: &Migration) -> Option<Signs> {
    migration.files().any(may_be_foreign).then(|| signs_of(migration))
}

/// Words and marks of which each of the signs that `signs` looks for holds one.
static CANDIDATES: LazyLock<Regex> = LazyLock::new(|| {
    let words = [
        "`",
        r"\[[a-z_]",
        r"auto_?increment",
        "pragma",
        r"(?:datetime|strftime|julianday|unixepoch|getdate|sysutcdatetime|object_id|newid)\s*\(",
        "sqlite_",
        r"(?:engine|charset)\s*=",
        "unsigned",
        "longtext|mediumtext|mediumint|longblob|mediumblob",
        "nvarchar|uniqueidentifier|datetime2|varchar2",
        "clustered|nolock",
        r"^[ \t]*go[ \t]*;?\r?$",
        r"\b(?:insert|update)\s+or\b",
        "rowid",
        r"^[ \t]*delimiter",
        r"update\s+current_timestamp",
        r"identity\s*\(\s*[0-9]",
    ];
    RegexBuilder::new(&words.join("|")).case_insensitive(true).multi_line(true).unicode(false).build().expect("the pattern is constant")
});

fn may_be_foreign(file: &SourceFile) -> bool {
    CANDIDATES.is_match(file.text().as_bytes())
}

/// The signs of all files of `migration`, taken together.
fn signs_of(migration: &Migration) -> Signs {
    let mut all = Signs::default();
    for file in migration.files() {
        let found = signs_in(file);
        all.foreign.extend(found.foreign);
        all.postgres = all.postgres.or(found.postgres);
    }
    all
}

fn signs_in(file: &SourceFile) -> Signs {
    let text = file.text();
    signs(text, &lex(text, Span::new(0, text.len() as u32), Mode::Script).tokens)
}

/// The sign of `dialect` in the first file of `migration` that has one.
fn sign_of(migration: &Migration, signs: &Signs, dialect: Dialect) -> Option<(SourceFile, Sign)> {
    signs.foreign.iter().find(|sign| sign.dialect == dialect)?;
    migration.files().find_map(|file| {
        let sign = signs_in(file).foreign.into_iter().find(|sign| sign.dialect == dialect)?;
        Some((file.clone(), sign))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::histories;

    /// The paths of the foreign migrations among files with these names and texts, with what gives each away.
    fn found(files: &[(&str, &str)]) -> Vec<(String, &'static str, Option<&'static str>)> {
        let files: Vec<SourceFile> = files.iter().map(|&(path, text)| SourceFile::new(path, text)).collect();
        let of = |history: &History| {
            let told =
                |(path, foreign): (&str, Foreign)| (path.to_owned(), foreign.dialect.name(), foreign.sign.map(|(_, sign)| sign.what));
            foreign(history, &history.folder).into_iter().map(told).collect::<Vec<_>>()
        };
        histories(&files).iter().flat_map(of).collect()
    }

    #[test]
    fn a_history_of_another_database_is_told_file_by_file() {
        let sign = "CREATE TABLE a (b INTEGER PRIMARY KEY AUTOINCREMENT);";
        let files = [("m/001_a.sql", sign), ("m/002_b.sql", "CREATE TABLE c (d TEXT);"), ("m/003_c.sql", sign)];
        let sqlite = |path: &str, sign| (path.to_owned(), "SQLite", sign);
        let signed = |path: &str| sqlite(path, Some("AUTOINCREMENT"));
        assert_eq!(found(&files), [signed("m/001_a.sql"), sqlite("m/002_b.sql", None), signed("m/003_c.sql")]);
        // One file says nothing of its neighbours.
        assert_eq!(found(&files[..2]), [signed("m/001_a.sql")]);
    }

    #[test]
    fn a_single_file_among_postgresqls_is_known_too() {
        let files = [("m/001_a.sql", "CREATE TABLE a (b INT AUTO_INCREMENT);"), ("m/002_b.sql", "CREATE TABLE c (d jsonb);")];
        assert_eq!(found(&files), [("m/001_a.sql".to_owned(), "MySQL", Some("AUTO_INCREMENT"))]);
        let files = [("m/001_a.sql", "CREATE TABLE a (b INT AUTO_INCREMENT, c jsonb);"), files[1]];
        assert_eq!(found(&files), []);
    }

    #[test]
    fn a_folder_that_is_called_after_a_database_needs_no_sign() {
        assert_eq!(found(&[("sqlite/001_a.sql", "CREATE TABLE a (b TEXT);")]), [("sqlite/001_a.sql".to_owned(), "SQLite", None)]);
        assert_eq!(found(&[("sqlite/001_a.sql", "SELECT a::text;")]), []);
    }

    #[test]
    fn a_sign_in_the_file_that_goes_down_counts() {
        let files = [("m/001_a.up.sql", "CREATE TABLE a (b TEXT);"), ("m/001_a.down.sql", "DROP TABLE `a`; PRAGMA foreign_keys = ON;")];
        assert_eq!(found(&files).len(), 1);
    }

    #[test]
    fn every_sign_has_a_candidate() {
        for text in [
            "INSERT OR IGNORE INTO t VALUES (1);",
            "UPDATE\nOR REPLACE t SET a = 1;",
            "CREATE TABLE t (a TEXT DEFAULT (datetime ('now')));",
            "CREATE TABLE t (a INT) WITHOUT ROWID;",
            "SELECT * FROM sqlite_master;",
            "CREATE TABLE t (a INT) ENGINE = InnoDB;",
            "CREATE TABLE t (a INT) CHARSET=utf8;",
            "CREATE TABLE t (a INT UNSIGNED);",
            "CREATE TABLE t (a LONGTEXT);",
            "CREATE TABLE t (a TIMESTAMP ON UPDATE\tCURRENT_TIMESTAMP);",
            "DELIMITER //\n",
            "CREATE TABLE [t] (a INT);",
            "CREATE TABLE t (a INT IDENTITY (1, 1));",
            "SELECT GETDATE();",
            "SELECT 1\r\nGO\r\n",
            "CREATE TABLE t (a INT PRIMARY KEY NONCLUSTERED);",
            "CREATE TABLE t (a VARCHAR2(10));",
        ] {
            let file = SourceFile::new("a.sql", text);
            assert!(!signs_in(&file).foreign.is_empty(), "{text}");
            assert!(may_be_foreign(&file), "{text}");
        }
    }
}
