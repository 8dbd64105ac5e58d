//! Flyway: `V<version>__<description>.sql`, `U…` to undo one, `R__<description>.sql` for repeatables, `B<version>__…` for baselines.
//!
//! * Names are a prefix, a version (numbers between dots or underscores), two underscores and a description, with `.sql` in any case
//!   (flyway-core, `ResourceNameParser`). Folders are searched through. Callbacks (`afterMigrate.sql`) have none of the prefixes.
//! * Versions are compared number by number, and trailing zeros don't count; repeatables come after all versions, by description
//!   (`MigrationVersion`, `ResolvedMigrationComparator`). A baseline stands for all versions up to its own: it runs instead of them on an
//!   empty database, never after them, so here it follows the version that it equals.
//! * Each migration runs in a transaction. A statement that can't (`CREATE INDEX CONCURRENTLY`, `VACUUM`, …) makes Flyway run the file
//!   without one (`PostgreSQLParser.detectCanExecuteInTransaction`), and so does `executeInTransaction=false` in a file of the same name
//!   and `.conf` (`SqlScriptMetadata`; “Script Configuration” in Flyway's documentation): then statement by statement. A file that has both kinds of
//!   statements is refused unless `mixed` is on, whatever its `.conf` says (`ParserSqlScript`).
//! * Applied migrations are noted in `flyway_schema_history`.

use super::name::stem;
use super::{Folder, Layout, Order, Part, Reach, Side};
use crate::migration::history::Kind;
use crate::migration::numbering::Moment;
use crate::migration::section::Transaction;

#[derive(Debug)]
pub(super) struct Flyway;

impl Layout for Flyway {
    fn name(&self) -> &'static str {
        "flyway"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("flyway_schema_history")
    }

    fn reach(&self) -> Reach {
        Reach::Tree
    }

    fn recognises(&self, folder: &Folder<'_>) -> bool {
        folder.mostly(|script| self.part(script.path).is_some())
    }

    fn part(&self, path: &str) -> Option<Part> {
        let id = stem(path.rsplit('/').next()?)?;
        let (version, description) = id.get(1..)?.split_once("__")?;
        let versioned = || Some(Part::new(id, Order::numbers(numbers(version)?)).version(version));
        match id.as_bytes()[0] {
            b'V' => versioned(),
            b'U' => Some(versioned()?.going(Side::Down)),
            b'B' => Some(Part { kind: Kind::Baseline, ..versioned()? }),
            b'R' if version.is_empty() => Some(Part { kind: Kind::Repeatable, ..Part::new(id, Order::last(description)) }),
            _ => None,
        }
    }

    fn settings_of(&self, path: &str) -> Option<String> {
        Some(format!("{path}.conf"))
    }

    fn first_version(&self, _now: &Moment) -> String {
        "1".to_owned()
    }

    fn new_path(&self, version: &str, title: &str, _before: Option<&str>) -> String {
        format!("V{version}__{title}.sql")
    }

    fn without_transaction(&self) -> Option<&'static str> {
        Some("Flyway then opens none")
    }

    fn transaction(&self, _side: Side, _text: &str, settings: Option<&str>) -> Transaction {
        let refused = |line: &str| {
            line.split_once('=')
                .is_some_and(|(key, value)| key.trim() == "executeInTransaction" && value.trim().eq_ignore_ascii_case("false"))
        };
        match settings {
            Some(conf) if conf.lines().any(refused) => Transaction::File,
            _ => Transaction::ToolWherePossible,
        }
    }
}

/// The numbers of a version, without trailing zeros.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let mut numbers = version.split(['.', '_']).map(|part| part.parse().ok()).collect::<Option<Vec<u64>>>()?;
    while numbers.len() > 1 && numbers.last() == Some(&0) {
        numbers.pop();
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(path: &str) -> Part {
        Flyway.part(path).expect("a migration")
    }

    #[test]
    fn versions_are_compared_number_by_number() {
        assert!(part("V1.9__a.sql").order < part("V1.10__b.sql").order);
        assert!(part("V2__a.sql").order < part("V2_1__b.sql").order);
        assert_eq!(part("V1__a.sql").order, part("sub/V1.0__b.SQL").order);
    }

    #[test]
    fn repeatables_come_last_by_description() {
        assert!(part("V99__a.sql").order < part("R__a.sql").order);
        assert!(part("R__a.sql").order < part("R__b.sql").order);
        assert_eq!(part("R__a.sql").kind, Kind::Repeatable);
    }

    #[test]
    fn an_undo_goes_down_with_its_version() {
        let undo = part("U1__a.sql");
        assert_eq!((undo.side, undo.order), (Side::Down, part("V1__b.sql").order));
    }

    #[test]
    fn other_names_are_none() {
        for name in ["afterMigrate.sql", "V1_a.sql", "V__a.sql", "Vx__a.sql", "v1__a.sql", "R1__a.sql", "é.sql"] {
            assert_eq!(Flyway.part(name), None, "{name}");
        }
    }

    #[test]
    fn the_script_configuration_decides_about_the_transaction() {
        assert_eq!(Flyway.settings_of("V1__a.sql").as_deref(), Some("V1__a.sql.conf"));
        assert_eq!(Flyway.transaction(Side::Up, "", None), Transaction::ToolWherePossible);
        assert_eq!(Flyway.transaction(Side::Up, "", Some("encoding=UTF-8\nexecuteInTransaction=false")), Transaction::File);
    }
}
