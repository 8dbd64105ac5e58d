//! sql-migrate: `<number><anything>.sql` with `-- +migrate Up` and `-- +migrate Down`.
//!
//! * Every SQL file of the folder itself is a migration. Those that begin with a number run by it, then the others; where that does not decide, by the
//!   file's name, `.sql` included (`migrate.go`, `Migration.Less`, `findMigrations`). A date with hyphens, `2023-01-20.0-initial.sql`, is its year there, and
//!   the name decides.
//! * A command is a line that begins with exactly `-- +migrate `; what stands before the first is not run. A file may hold several blocks
//!   (`sqlparse/sqlparse.go`, `ParseMigration`).
//! * A statement with semicolons in it stands between `StatementBegin` and `StatementEnd`.
//! * Each direction runs in a transaction, unless a command of it says `notransaction`: then statement by statement.
//! * Applied migrations are noted by their files' names in `gorp_migrations`, and one that is missing among them is run later (`ToCatchup`). So
//!   migrations of one number are as good as any.

use super::block::{self, Block};
use super::name::{date, digits, stem};
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

    fn shares_numbers(&self) -> bool {
        true
    }

    fn part(&self, path: &str) -> Option<Part> {
        let id = stem(path)?;
        if path.contains('/') || id.starts_with('.') {
            return None;
        }
        let Some(part) = Part::numbered(id, digits(id)) else { return Some(Part::new(id, Order::last(path))) };
        let order = part.number.map_or_else(|| Order::last(path), |number| Order::number_and_text(number, path));
        Some(match day(id) {
            Some(day) => Part::new(id, order).version(day),
            None => Part { order, ..part },
        })
    }

    fn split(&self, text: &str) -> Split {
        block::split(text, &blocks(text))
    }

    fn new_path(&self, version: &str, title: &str, before: Option<&str>) -> String {
        let Some(path) = before else { return format!("{version}-{title}.sql") };
        let Some((before, counted)) = counted(path.rsplit('/').next().unwrap_or(path)) else {
            return plain::new_path(version, title, before);
        };
        let (count, rest) = counted;
        let count = if before == version { count + 1 } else { 0 };
        let title = if rest.contains('_') { title.to_owned() } else { title.replace('_', "-") };
        format!("{version}.{count}{}{title}.sql", &rest[..1])
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

/// The day that a name begins with, if there are hyphens in it.
fn day(name: &str) -> Option<&str> {
    date(name).map(|(_, length)| &name[..length]).filter(|day| day.contains('-'))
}

/// The day that a name begins with, and which migration of that day it is, as people count them: `2023-01-20.0-initial.sql`; with what follows.
fn counted(name: &str) -> Option<(&str, (u64, &str))> {
    let day = day(name)?;
    let counted = name[day.len()..].strip_prefix('.')?;
    let (count, rest) = counted.split_at(digits(counted).len());
    Some((day, (count.parse().ok()?, rest))).filter(|_| rest.starts_with(['-', '.', '_']))
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

    #[test]
    fn what_has_one_number_runs_by_its_whole_name() {
        let order = |path| SqlMigrate.part(path).expect("a migration").order;
        assert!(order("2023-01-20.0-a.sql") < order("2023-01-20.1-a.sql") && order("2023-04-25.0-b.sql") < order("2023-04-25.0.a.sql"));
        // `-` stands before `.`, and so does the longer name.
        assert!(order("1-a-b.sql") < order("1-a.sql") && order("a-b.sql") < order("a.sql"));
        assert!(order("01-b.sql") < order("1-a.sql") && order("1-a.sql") < order("02-a.sql"));
    }

    #[test]
    fn a_day_with_hyphens_is_no_number() {
        let part = |path| SqlMigrate.part(path).map(|part| (part.number, part.version));
        assert_eq!(part("2023-01-20.0-a.sql"), Some((None, Some("2023-01-20".to_owned()))));
        assert_eq!(part("20230120-a.sql"), Some((Some(20_230_120), Some("20230120".to_owned()))));
    }

    #[test]
    fn a_new_file_is_called_as_the_last_one_is() {
        for (before, expected) in [
            ("m/2023-01-20.3-a.sql", "2026-11-22.0-add-b.sql"),
            ("m/2026-11-22.0-a.sql", "2026-11-22.1-add-b.sql"),
            ("m/2026-11-22.0.a-c.sql", "2026-11-22.1.add-b.sql"),
            ("m/2026-11-21.0_a_c.sql", "2026-11-22.0_add_b.sql"),
            ("m/2023-01-20-a.sql", "2026-11-22-add-b.sql"),
            ("m/2023-01-20_a.sql", "2026-11-22_add_b.sql"),
        ] {
            assert_eq!(SqlMigrate.new_path("2026-11-22", "add_b", Some(before)), expected);
        }
    }
}
