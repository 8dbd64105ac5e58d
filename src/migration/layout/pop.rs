//! pop, and popx, which Ory's services use: `<version>_<title>[.<dialect>][.autocommit].{up,down}.sql`.
//!
//! * Versions are text and order the migrations (`migration_info.go`).
//! * A file of a dialect is run on that database only, one without a dialect on those that have none of their own for its version and direction
//!   (`match.go`, `migration_info.go`). PostgreSQL's is `postgres`.
//! * Each runs in a transaction, unless its name says `autocommit`.
//! * The versions that were run are noted in `schema_migration`.

use super::name::{digits, directed, number_and_title};
use super::{Folder, Layout, Order, Part, Side};
use crate::migration::history::Why;
use crate::migration::section::Transaction;

#[derive(Debug)]
pub(super) struct Pop;

/// The databases that pop, or a tool that is built on it, knows by name.
const DIALECTS: [&str; 10] =
    ["cockroach", "cockroachdb", "crdb", "mariadb", "mysql", "sqlite", "sqlite3", "yugabyte", "yugabytedb", "mssql"];
const OURS: [&str; 3] = ["postgres", "postgresql", "pg"];
const AUTOCOMMIT: &str = ".autocommit";

impl Layout for Pop {
    fn name(&self) -> &'static str {
        "pop"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("schema_migration")
    }

    fn recognises(&self, folder: &Folder<'_>) -> bool {
        // Without a dialect, such names are golang-migrate's too, but for numbers that it does not read.
        let is_own = |name: &Name<'_>| name.dialect.is_some() || name.autocommit || name.version.len() > 19;
        folder.mostly(|script| Name::of(script.path).is_some())
            && folder.scripts().any(|script| Name::of(script.path).as_ref().is_some_and(is_own))
    }

    fn part(&self, path: &str) -> Option<Part> {
        let name = Name::of(path).filter(|name| name.dialect.is_none_or(|dialect| OURS.contains(&dialect)))?;
        let part = Part { number: name.version.parse().ok(), ..Part::new(name.id, Order::text(name.version)) };
        Some(part.version(name.version).going(name.side))
    }

    fn leaves_out<'t>(&self, path: &str, text_of: &dyn Fn(&str) -> Option<&'t str>) -> Option<Why> {
        let name = Name::of(path)?;
        let end = if name.side == Side::Up { "up" } else { "down" };
        let of = |dialect: &&str| ["", AUTOCOMMIT].iter().any(|own| text_of(&format!("{}.{dialect}{own}.{end}.sql", name.stem)).is_some());
        let is_left_out = match name.dialect {
            Some(dialect) => !OURS.contains(&dialect),
            None => OURS.iter().any(of),
        };
        is_left_out.then_some(Why::Elsewhere)
    }

    fn transaction_by_name(&self, path: &str) -> Option<Transaction> {
        let file = path.rsplit('/').next()?;
        Name::of(file).filter(|name| name.autocommit).map(|_| Transaction::Message)
    }

    fn down_beside(&self, path: &str) -> Option<String> {
        Some(format!("{}.down.sql", path.strip_suffix(".up.sql")?))
    }

    fn new_path(&self, version: &str, title: &str, _before: Option<&str>) -> String {
        format!("{version}_{title}.up.sql")
    }

    fn without_transaction(&self) -> Option<&'static str> {
        Some("write `.autocommit` before the direction in its file's name")
    }

    fn transaction(&self, _side: Side, _text: &str, _settings: Option<&str>) -> Transaction {
        Transaction::Tool
    }
}

/// A file's name, taken apart.
struct Name<'n> {
    /// All but the direction.
    id: &'n str,
    version: &'n str,
    /// Version and title.
    stem: &'n str,
    dialect: Option<&'n str>,
    autocommit: bool,
    side: Side,
}

impl<'n> Name<'n> {
    fn of(path: &'n str) -> Option<Name<'n>> {
        let (id, side) = directed(path.strip_suffix(".sql")?)?;
        let (rest, autocommit) = match id.strip_suffix(AUTOCOMMIT) {
            Some(rest) => (rest, true),
            None => (id, false),
        };
        let (stem, dialect) = match rest.rsplit_once('.') {
            Some((stem, dialect)) if DIALECTS.contains(&dialect) || OURS.contains(&dialect) => (stem, Some(dialect)),
            Some(_) => return None,
            None => (rest, None),
        };
        let (version, title) = number_and_title(stem)?;
        let is_name = !path.contains('/') && !title.is_empty() && digits(version) == version;
        is_name.then_some(Name { id, version, stem, dialect, autocommit, side })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::detected;
    use super::*;

    #[test]
    fn a_dialect_or_a_long_number_tells_it_from_golang_migrate() {
        assert_eq!(detected("m", &[("1_a.postgres.up.sql", ""), ("1_a.mysql.up.sql", "")]), Some("pop"));
        assert_eq!(detected("m", &[("20150100000001000000_a.up.sql", "")]), Some("pop"));
        assert_eq!(detected("m", &[("1501_a.up.sql", "")]), Some("golang-migrate"));
    }

    #[test]
    fn files_of_other_databases_are_left_out() {
        let there = ["1_a.up.sql", "1_a.mysql.up.sql", "1_a.postgres.autocommit.up.sql", "1_a.down.sql"];
        let left_out = |path: &str| Pop.leaves_out(path, &|other| there.contains(&other).then_some("")).is_some();
        assert_eq!(there.map(left_out), [true, true, false, false]);
        assert_eq!(Pop.part("1_a.mysql.up.sql"), None);
        assert_eq!(Pop.part("1_a.postgres.autocommit.up.sql").map(|part| part.id), Some("1_a.postgres.autocommit".to_owned()));
    }

    #[test]
    fn the_name_says_where_there_is_no_transaction() {
        assert_eq!(Pop.transaction_by_name("m/1_a.autocommit.up.sql"), Some(Transaction::Message));
        assert_eq!(Pop.transaction_by_name("m/1_a.up.sql"), None);
        assert_eq!(Pop.transaction(Side::Up, "", None), Transaction::Tool);
    }
}
