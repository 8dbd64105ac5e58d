//! sql-migrate: `<number><anything>.sql` with `-- +migrate Up` and `-- +migrate Down`.
//!
//! * Every SQL file of the folder itself is a migration. Those that begin with a number run by it, then the others by name (`migrate.go`,
//!   `Migration.Less`, `findMigrations`).
//! * A command is a line that begins with exactly `-- +migrate `; what stands before the first is not run. A file may hold several blocks
//!   (`sqlparse/sqlparse.go`, `ParseMigration`).
//! * A statement with semicolons in it stands between `StatementBegin` and `StatementEnd`.
//! * Each direction runs in a transaction, unless a command of it says `notransaction`: then statement by statement.
//! * Applied migrations are noted by their files' names in `gorp_migrations`.

use super::block::{self, Block};
use super::name::{digits, stem};
use super::{Layout, Order, Part, Side, Sign, Split, plain};
use crate::migration::brackets::{Brackets, Spelling};
use crate::migration::section::Transaction;
use crate::text::Edit;

#[derive(Debug)]
pub(super) struct SqlMigrate;

impl Layout for SqlMigrate {
    fn name(&self) -> &'static str {
        "sql-migrate"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("gorp_migrations")
    }

    fn sign(&self, text: &str) -> Sign {
        if blocks(text).is_empty() { Sign::Nothing } else { Sign::Own }
    }

    fn notes_versions(&self) -> bool {
        false
    }

    fn part(&self, path: &str) -> Option<Part> {
        let id = stem(path)?;
        if path.contains('/') || id.starts_with('.') {
            return None;
        }
        Some(Part::numbered(id, digits(id)).unwrap_or_else(|| Part::new(id, Order::last(id))))
    }

    fn split(&self, text: &str) -> Split {
        block::split(text, &blocks(text))
    }

    fn new_path(&self, version: &str, title: &str, before: Option<&str>) -> String {
        match before {
            Some(_) => plain::new_path(version, title, before),
            None => format!("{version}-{title}.sql"),
        }
    }

    fn new_text(&self) -> &'static str {
        "-- +migrate Up\n\n-- +migrate Down\n"
    }

    fn down_heading(&self) -> Option<&'static str> {
        Some("-- +migrate Down")
    }

    fn brackets(&self) -> Option<Brackets> {
        Some(Brackets { begin: "-- +migrate StatementBegin", end: "-- +migrate StatementEnd", spelling: Spelling::Exact })
    }

    fn without_transaction(&self) -> Option<&'static str> {
        Some("write `-- +migrate Up notransaction`")
    }

    fn opt_out(&self, text: &str) -> Option<Edit> {
        let blocks = blocks(text);
        let up = blocks.iter().find(|block| block.side == Side::Up)?;
        Some(Edit::insertion(up.directive.start + text[up.directive].trim_end().len() as u32, " notransaction"))
    }

    fn transaction(&self, side: Side, text: &str, _settings: Option<&str>) -> Transaction {
        let without = |block: &Block| block.side == side && text[block.directive].split_whitespace().any(|word| word == "notransaction");
        match blocks(text).iter().any(without) {
            true => Transaction::File,
            false => Transaction::Tool,
        }
    }
}

fn blocks(text: &str) -> Vec<Block> {
    if text.contains("+migrate") { block::blocks(text, side_of) } else { Vec::new() }
}

fn side_of(line: &str) -> Option<Side> {
    match line.strip_prefix("-- +migrate ")?.split_whitespace().next()? {
        "Up" => Some(Side::Up),
        "Down" => Some(Side::Down),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "-- what it is for\n-- +migrate Up notransaction\nSELECT 1;\n-- +migrate Down\nSELECT 2;\n";

    #[test]
    fn commands_divide_the_file() {
        let split = SqlMigrate.split(TEXT);
        assert_eq!(TEXT[split.up[0]].trim(), "SELECT 1;");
        assert_eq!(TEXT[split.down.expect("a down section").0[0]].trim(), "SELECT 2;");
        // Only this spelling is a command.
        assert_eq!(SqlMigrate.split("--+migrate Up\n-- +migrate down\nSELECT 1;").down, None);
    }

    #[test]
    fn each_direction_opts_out_of_the_transaction_by_itself() {
        assert_eq!(SqlMigrate.transaction(Side::Up, TEXT, None), Transaction::File);
        assert_eq!(SqlMigrate.transaction(Side::Down, TEXT, None), Transaction::Tool);
    }

    #[test]
    fn numbers_run_before_names() {
        let order = |path| SqlMigrate.part(path).expect("a migration").order;
        assert!(order("9.sql") < order("10-a.sql") && order("10-a.sql") < order("a.sql"));
        assert_eq!(SqlMigrate.part("sub/1.sql"), None);
    }
}
