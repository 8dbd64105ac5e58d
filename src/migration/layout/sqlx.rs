//! sqlx: `<version>_<name>.sql`, or `<version>_<name>.{up,down}.sql` where migrations can be reverted.
//!
//! * The version is what stands before the first underscore, a number, and orders the migrations; sub-folders and other names are not looked
//!   at (sqlx-core, `migrate/source.rs`).
//! * Each migration runs in a transaction, unless its file begins with `-- no-transaction`: then it is sent as one message
//!   (sqlx-postgres, `migrate.rs`).
//! * Applied migrations are noted in `_sqlx_migrations`.
//!
//! golang-migrate's files have the same names. A folder is sqlx's if a file has the opt-out or the line that `sqlx migrate add` writes, or if
//! files that go one way stand among pairs. Without such a sign it is sqlx's if it has pairs, all versions are timestamps to the second, and
//! no file does what would fail in sqlx's transaction (a `BEGIN` of its own, `CONCURRENTLY`).

use super::name::{directed, number_and_title, stem};
use super::{Folder, Layout, Part, Script, Side, Sign};
use crate::migration::comment::lines;
use crate::migration::section::{Transaction, all};
use crate::text::Edit;

#[derive(Debug)]
pub(super) struct Sqlx;

impl Layout for Sqlx {
    fn name(&self) -> &'static str {
        "sqlx"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("_sqlx_migrations")
    }

    fn sign(&self, text: &str) -> Sign {
        match text {
            _ if signed(text) => Sign::Own,
            _ if refuses_transaction(text) => Sign::Against,
            _ => Sign::Nothing,
        }
    }

    // Of the two things that `sign` says, the second is asked only where files are paired: it reads the whole text.
    fn recognises(&self, folder: &Folder<'_>) -> bool {
        let named = |script: &Script<'_>| self.part(script.path).is_some();
        if !folder.mostly(named) {
            return false;
        }
        let files = || folder.scripts().filter(named);
        let paired = |path: &str| stem(path).and_then(directed).is_some();
        let pairs = files().filter(|script| paired(script.path)).count();
        let stamped = |path: &str| number_and_title(path).is_some_and(|(version, _)| version.len() == 14);
        files().any(|script| signed(script.source.text()))
            || (pairs > 0 && pairs < files().count() && !folder.mostly(|script| refuses_transaction(script.source.text())))
            || (pairs > 0 && files().all(|script| stamped(script.path) && !refuses_transaction(script.source.text())))
    }

    fn part(&self, path: &str) -> Option<Part> {
        let name = path.strip_suffix(".sql")?;
        let (version, _) = number_and_title(path)?;
        let (id, side) = directed(name).unwrap_or((name, Side::Up));
        Some(Part::numbered(id, version)?.going(side))
    }

    fn down_beside(&self, path: &str) -> Option<String> {
        Some(format!("{}.down.sql", path.strip_suffix(".up.sql")?))
    }

    fn without_transaction(&self) -> Option<&'static str> {
        Some("let its file begin with the line `-- no-transaction`")
    }

    fn opt_out(&self, _text: &str) -> Option<Edit> {
        Some(Edit::insertion(0, "-- no-transaction\n"))
    }

    fn new_down_text(&self) -> &'static str {
        "-- Add down migration script here"
    }

    fn transaction(&self, _side: Side, text: &str, _settings: Option<&str>) -> Transaction {
        match text.starts_with("-- no-transaction") {
            true => Transaction::Message,
            false => Transaction::Tool,
        }
    }
}

/// Whether `text` begins as only sqlx's files do.
fn signed(text: &str) -> bool {
    const LINES: [&str; 4] =
        ["-- no-transaction", "-- Add migration script here", "-- Add up migration script here", "-- Add down migration script here"];
    LINES.iter().any(|line| text.starts_with(line))
}

/// Whether `text` has a line that can't be run in a transaction that is open already.
fn refuses_transaction(text: &str) -> bool {
    lines(text, all(text)).any(|line| {
        let mut words = text[line].split(|c: char| !c.is_ascii_alphabetic());
        let first = words.clone().next().unwrap_or_default();
        (first.eq_ignore_ascii_case("begin") && text[line].trim_end().ends_with(';'))
            || words.any(|word| word.eq_ignore_ascii_case("concurrently"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::layout::tests::detected;

    #[test]
    fn versions_order_and_pairs_share_an_id() {
        let up = Sqlx.part("20240101000000_a.up.sql").expect("a migration");
        let down = Sqlx.part("20240101000000_a.down.sql").expect("a migration");
        assert_eq!((up.id.as_str(), up.side, down.side), ("20240101000000_a", Side::Up, Side::Down));
        assert_eq!(up.id, down.id);
        assert_eq!(Sqlx.part("1_a.sql").map(|part| part.id), Some("1_a".to_owned()));
        assert_eq!(Sqlx.part("readme.sql"), None);
    }

    #[test]
    fn only_the_first_bytes_opt_out_of_the_transaction() {
        assert_eq!(Sqlx.transaction(Side::Up, "-- no-transaction\nVACUUM;", None), Transaction::Message);
        assert_eq!(Sqlx.transaction(Side::Up, "\n-- no-transaction\nVACUUM;", None), Transaction::Tool);
    }

    #[test]
    fn it_is_told_from_golang_migrate() {
        assert_eq!(detected("m", &[("1_a.up.sql", "-- no-transaction\n")]), Some("sqlx"));
        assert_eq!(detected("m", &[("1_a.up.sql", ""), ("1_a.down.sql", ""), ("2_b.sql", "")]), Some("sqlx"));
        assert_eq!(detected("m", &[("20240101000000_a.up.sql", "SELECT 1"), ("20240101000000_a.down.sql", "")]), Some("sqlx"));
        assert_eq!(detected("m", &[("20240101000000_a.up.sql", "BEGIN;\n"), ("20240101000000_a.down.sql", "")]), Some("golang-migrate"));
        assert_eq!(detected("m", &[("1_a.up.sql", ""), ("1_a.down.sql", "")]), Some("golang-migrate"));
        let opened = [("1_a.up.sql", "BEGIN;\n"), ("1_a.down.sql", "BEGIN;\n"), ("2_b.sql", "")];
        assert_eq!(detected("m", &opened), Some("golang-migrate"));
        assert_eq!(detected("m", &[("20240101000000_a.sql", "")]), Some("plain"));
    }
}
