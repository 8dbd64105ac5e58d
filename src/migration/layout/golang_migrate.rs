//! golang-migrate: `<version>_<title>.{up,down}.sql`.
//!
//! * Versions are numbers of 64 bits and order the migrations; sub-folders and other names are not looked at (`source/parse.go`,
//!   `MIGRATIONS.md`).
//! * Nobody opens a transaction, and there is no marker for it: a file is sent as one message (`database/postgres/README.md`,
//!   “Multi-statement mode”).
//! * The version reached is noted in `schema_migrations`.

use super::name::{directed, number_and_title};
use super::{Folder, Layout, Part, Side};
use crate::migration::section::Transaction;

#[derive(Debug)]
pub(super) struct GolangMigrate;

impl Layout for GolangMigrate {
    fn name(&self) -> &'static str {
        "golang-migrate"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("schema_migrations")
    }

    fn recognises(&self, folder: &Folder<'_>) -> bool {
        folder.mostly(|script| self.part(script.path).is_some())
    }

    fn part(&self, path: &str) -> Option<Part> {
        let (id, side) = directed(path.strip_suffix(".sql")?)?;
        let (version, _) = number_and_title(id)?;
        Some(Part::numbered(id, version)?.going(side))
    }

    fn down_beside(&self, path: &str) -> Option<String> {
        Some(format!("{}.down.sql", path.strip_suffix(".up.sql")?))
    }

    fn new_path(&self, version: &str, title: &str, _before: Option<&str>) -> String {
        format!("{version}_{title}.up.sql")
    }

    fn transaction(&self, _side: Side, _text: &str, _settings: Option<&str>) -> Transaction {
        Transaction::Message
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions_share_id_and_number() {
        let up = GolangMigrate.part("000010_a.up.sql").expect("a migration");
        assert_eq!((up.id.as_str(), up.number), ("000010_a", Some(10)));
        assert_eq!(GolangMigrate.part("000010_a.down.sql").map(|part| (part.id, part.side)), Some(("000010_a".to_owned(), Side::Down)));
    }

    #[test]
    fn numbers_order_not_text() {
        let order = |path| GolangMigrate.part(path).expect("a migration").order;
        assert!(order("9_a.up.sql") < order("10_a.up.sql"));
    }

    #[test]
    fn other_names_are_none() {
        for name in ["1_a.sql", "a.up.sql", "1.up.sql", "99999999999999999999_a.up.sql", "x/1_a.up.sql"] {
            assert_eq!(GolangMigrate.part(name), None, "{name}");
        }
    }
}
