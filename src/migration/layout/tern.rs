//! tern: `<number>_<name>.sql`, up above `---- create above / drop below ----` and down below it.
//!
//! * Migrations are counted from 1 without a gap; other names and sub-folders are not looked at (`migrate/migrate.go`, `migrationPattern`,
//!   `FindMigrations`).
//! * The first separator divides the file; one that has none can't be taken back (`LoadMigrations`).
//! * Each direction runs in a transaction, unless a line of it is `---- tern: disable-tx ----`: then statement by statement (README,
//!   “Disabling transaction”).
//! * The version reached is noted in `public.schema_version`.

use super::name::{number_and_title, stem};
use super::{Layout, Part, Side, Sign, Split};
use crate::migration::comment::lines;
use crate::migration::numbering::Moment;
use crate::migration::section::{Origin, Transaction, all};
use crate::text::{Edit, Span};

const SEPARATOR: &str = "---- create above / drop below ----";
const WITHOUT_TRANSACTION: &str = "---- tern: disable-tx ----";

#[derive(Debug)]
pub(super) struct Tern;

impl Layout for Tern {
    fn name(&self) -> &'static str {
        "tern"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("schema_version")
    }

    fn sign(&self, text: &str) -> Sign {
        if text.contains(SEPARATOR) || text.contains(WITHOUT_TRANSACTION) { Sign::Own } else { Sign::Nothing }
    }

    fn part(&self, path: &str) -> Option<Part> {
        let id = stem(path)?;
        let (number, title) = number_and_title(id)?;
        Part::numbered(id, number).filter(|part| part.number > Some(0) && !title.is_empty() && !path.contains('/'))
    }

    fn first_version(&self, _now: &Moment) -> String {
        "001".to_owned()
    }

    fn split(&self, text: &str) -> Split {
        let Some(at) = text.find(SEPARATOR) else { return Split::whole(text) };
        let marker = Span::new(at as u32, (at + SEPARATOR.len()) as u32);
        Split {
            up: vec![Span::new(0, marker.start)],
            down: Some((vec![Span::new(marker.end, text.len() as u32)], Origin::Statements)),
            marker: Some(marker),
            after_marker: None,
        }
    }

    fn new_text(&self) -> &'static str {
        "\n---- create above / drop below ----\n\n"
    }

    fn down_heading(&self) -> Option<&'static str> {
        Some(SEPARATOR)
    }

    fn without_transaction(&self) -> Option<&'static str> {
        Some("write the line `---- tern: disable-tx ----` into it")
    }

    fn opt_out(&self, _text: &str) -> Option<Edit> {
        Some(Edit::insertion(0, format!("{WITHOUT_TRANSACTION}\n")))
    }

    fn transaction(&self, side: Side, text: &str, _settings: Option<&str>) -> Transaction {
        let split = self.split(text);
        let sections = match side {
            Side::Up => split.up,
            Side::Down => split.down.map(|(sections, _)| sections).unwrap_or_default(),
        };
        let says_so =
            |section: Span| lines(text, all(text)).any(|line| section.encloses(line) && text[line].trim_end() == WITHOUT_TRANSACTION);
        match sections.into_iter().any(says_so) {
            true => Transaction::File,
            false => Transaction::Tool,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---- tern: disable-tx ----\nCREATE TABLE t ();\n\n---- create above / drop below ----\n\nDROP TABLE t;\n";

    #[test]
    fn the_first_separator_divides_the_file() {
        let split = Tern.split(TEXT);
        assert!(TEXT[split.up[0]].ends_with("();\n\n"));
        assert_eq!(TEXT[split.down.expect("a down section").0[0]].trim(), "DROP TABLE t;");
        assert_eq!(Tern.split("SELECT 1;").down, None);
    }

    #[test]
    fn each_direction_opts_out_of_the_transaction_by_itself() {
        assert_eq!(Tern.transaction(Side::Up, TEXT, None), Transaction::File);
        assert_eq!(Tern.transaction(Side::Down, TEXT, None), Transaction::Tool);
    }

    #[test]
    fn names_begin_with_a_number_above_zero() {
        assert_eq!(Tern.part("001_a.sql").and_then(|part| part.number), Some(1));
        for name in ["000_a.sql", "001.sql", "a_1.sql", "shared/1_a.sql"] {
            assert_eq!(Tern.part(name), None, "{name}");
        }
    }
}
