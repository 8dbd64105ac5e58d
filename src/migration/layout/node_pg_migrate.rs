//! node-pg-migrate: `<number>_<name>.sql` with `-- Up Migration` and `-- Down Migration`.
//!
//! * Files run by the number that their names begin with: milliseconds since 1970, a UTC time of 17 digits, or an index
//!   (`src/utils/fileNameUtils.ts`, `getNumericPrefix`). An index does not tell this layout from the house's, whose down migration stands in comments
//!   below the same words: then `migration_lint.layout` has to.
//! * What stands from the first line `-- Up Migration` to the first `-- Down Migration`, or to the end, goes up, and the other way round; without
//!   the former all of the file goes up (`src/sqlMigration.ts`, `getActions`).
//! * Migrations run in a transaction, one or all together, and no SQL file can say otherwise (`src/runner.ts`).
//! * Applied migrations are noted by name in `pgmigrations`.

use super::name::{digits, stem};
use super::{Folder, Layout, Order, Part, Side, Sign, Split};
use crate::migration::comment::lines;
use crate::migration::numbering::{Moment, milliseconds};
use crate::migration::section::{Origin, Transaction, all};
use crate::text::Span;

#[derive(Debug)]
pub(super) struct NodePgMigrate;

impl Layout for NodePgMigrate {
    fn name(&self) -> &'static str {
        "node-pg-migrate"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("pgmigrations")
    }

    fn sign(&self, text: &str) -> Sign {
        if heading(text, "up").or(heading(text, "down")).is_some() { Sign::Own } else { Sign::Nothing }
    }

    fn notes_versions(&self) -> bool {
        false
    }

    fn recognises(&self, folder: &Folder<'_>) -> bool {
        let is_time = |path: &str| matches!(digits(path).len(), 13 | 17);
        folder.mostly(|script| self.part(script.path).is_some() && is_time(script.path) && script.sign(self) == Sign::Own)
    }

    fn part(&self, path: &str) -> Option<Part> {
        let id = stem(path).filter(|_| !path.contains('/'))?;
        let part = Part::numbered(id, digits(id))?;
        Some(match milliseconds(digits(id)) {
            Some(time) => Part { order: Order::number(time), ..part },
            None => part,
        })
    }

    fn first_version(&self, now: &Moment) -> String {
        format!("{}000", now.seconds)
    }

    fn split(&self, text: &str) -> Split {
        let (up, down, end) = (heading(text, "up"), heading(text, "down"), text.len() as u32);
        let until = |other: Option<Span>, from: Span| other.filter(|other| other.start > from.start).map_or(end, |other| other.start);
        let forward = up.map_or(Span::new(0, end), |up| Span::new(up.start, until(down, up)));
        let back = down.map(|down| Span::new(down.end, until(up, down)));
        Split { up: vec![forward], down: back.map(|back| (vec![back], Origin::Statements)), marker: down, after_marker: None }
    }

    fn new_text(&self) -> &'static str {
        "-- Up Migration\n\n-- Down Migration\n"
    }

    fn down_heading(&self) -> Option<&'static str> {
        Some("-- Down Migration")
    }

    fn transaction(&self, _side: Side, _text: &str, _settings: Option<&str>) -> Transaction {
        Transaction::Tool
    }
}

/// The first line of `text` that begins what goes `up` or `down`.
fn heading(text: &str, direction: &str) -> Option<Span> {
    lines(text, all(text)).find(|&line| {
        let comment = text[line].trim_start().strip_prefix("--").unwrap_or_default();
        let mut words = comment.trim_start_matches(|c: char| c == '-' || c.is_whitespace()).split_whitespace();
        let is = |word: Option<&str>, wanted: &str| {
            word.and_then(|word| word.get(..wanted.len())).is_some_and(|word| word.eq_ignore_ascii_case(wanted))
        };
        words.next().is_some_and(|word| word.eq_ignore_ascii_case(direction)) && is(words.next(), "migration")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections(text: &str) -> (String, Option<String>) {
        let split = NodePgMigrate.split(text);
        let said = |spans: &[Span]| spans.iter().map(|&span| text[span].trim()).collect::<Vec<_>>().join("|");
        (said(&split.up), split.down.map(|(spans, _)| said(&spans)))
    }

    #[test]
    fn headings_divide_the_file_in_either_order() {
        let (up, down) = ("-- Up Migration\nSELECT 1;", "SELECT 2;");
        assert_eq!(sections("-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 2;\n"), (up.to_owned(), Some(down.to_owned())));
        assert_eq!(sections("--- DOWN  migration:\nSELECT 2;\n-- Up Migration\nSELECT 1;\n"), (up.to_owned(), Some(down.to_owned())));
        assert_eq!(sections("SELECT 1;"), ("SELECT 1;".to_owned(), None));
    }

    #[test]
    fn times_of_both_kinds_are_one_order() {
        let order = |path| NodePgMigrate.part(path).expect("a migration").order;
        // 2020-05-13 07:07:04.505
        assert_eq!(order("20200513070704505_a.sql"), order("1589353624505_a.sql"));
        assert!(order("1589353624506_a.sql") < order("20210101000000000_b.sql"));
        assert!(order("0002_a.sql") < order("1589353624506_a.sql"));
    }
}
