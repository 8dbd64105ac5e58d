//! dbmate: `<version>_<name>.sql` with `-- migrate:up` and `-- migrate:down`.
//!
//! * A migration's file begins with digits, its version, and ends in `.sql`; files run in the order of their names as text, and sub-folders
//!   are not searched (`pkg/dbmate/db.go`, `FindMigrations`).
//! * A directive stands at the beginning of a line. A file may hold several pairs of blocks, which run one after the other
//!   (`pkg/dbmate/migration.go`).
//! * A block runs in a transaction unless its directive says `transaction:false` (README, “Migration Options”); then it is sent as one
//!   message. Each direction of a file is read as one section here: one block without a transaction makes it one without.
//! * Applied migrations are noted in `schema_migrations`.

use super::block::{self, Block};
use super::name::{digits, stem};
use super::{Layout, Part, Side, Sign, Split};
use crate::migration::section::Transaction;
use crate::text::Edit;

#[derive(Debug)]
pub(super) struct Dbmate;

impl Layout for Dbmate {
    fn name(&self) -> &'static str {
        "dbmate"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("schema_migrations")
    }

    fn sign(&self, text: &str) -> Sign {
        if blocks(text).is_empty() { Sign::Nothing } else { Sign::Own }
    }

    fn part(&self, path: &str) -> Option<Part> {
        let id = stem(path)?;
        let version = digits(id);
        if version.is_empty() || path.contains('/') {
            return None;
        }
        Some(Part::by_name(id, path, version))
    }

    fn split(&self, text: &str) -> Split {
        block::split(text, &blocks(text))
    }

    fn down_heading(&self) -> Option<&'static str> {
        Some("-- migrate:down")
    }

    fn new_text(&self) -> &'static str {
        "-- migrate:up\n\n-- migrate:down\n"
    }

    fn without_transaction(&self) -> Option<&'static str> {
        Some("write `-- migrate:up transaction:false`")
    }

    fn opt_out(&self, text: &str) -> Option<Edit> {
        let blocks = blocks(text);
        let mut up = blocks.iter().filter(|block| block.side == Side::Up);
        let (first, None) = (up.next()?, up.next()) else { return None };
        let directive = &text[first.directive];
        Some(Edit::insertion(first.directive.start + directive.trim_end().len() as u32, " transaction:false"))
    }

    fn transaction(&self, side: Side, text: &str, _settings: Option<&str>) -> Transaction {
        let without =
            |block: &Block| block.side == side && text[block.directive].split_whitespace().any(|option| option == "transaction:false");
        match blocks(text).iter().any(without) {
            true => Transaction::Message,
            false => Transaction::Tool,
        }
    }
}

fn blocks(text: &str) -> Vec<Block> {
    if text.contains("migrate:") { block::blocks(text, side_of) } else { Vec::new() }
}

fn side_of(line: &str) -> Option<Side> {
    let directive = line.strip_prefix("--")?.trim_start().strip_prefix("migrate:")?;
    match directive.split_whitespace().next()? {
        "up" => Some(Side::Up),
        "down" => Some(Side::Down),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn directives_divide_the_file() {
        let text = "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n-- migrate:up\nSELECT 3;\n-- migrate:down\nSELECT 4;\n";
        let split = Dbmate.split(text);
        let said = |spans: &[Span]| spans.iter().map(|&span| text[span].trim().to_owned()).collect::<Vec<_>>();
        assert_eq!(said(&split.up), ["SELECT 1;", "SELECT 3;"]);
        assert_eq!(said(&split.down.expect("a down section").0), ["SELECT 2;", "SELECT 4;"]);
    }

    #[test]
    fn each_direction_opts_out_of_the_transaction_by_itself() {
        let text = "-- migrate:up transaction:false\nSELECT 1;\n-- migrate:down\nSELECT 2;\n";
        assert_eq!(Dbmate.transaction(Side::Up, text, None), Transaction::Message);
        assert_eq!(Dbmate.transaction(Side::Down, text, None), Transaction::Tool);
    }

    #[test]
    fn files_run_in_the_order_of_their_names_as_text() {
        let order = |path| Dbmate.part(path).expect("a migration").order;
        assert!(order("10_a.sql") < order("9_a.sql"));
        assert_eq!(Dbmate.part("readme.sql"), None);
    }
}
