//! Drizzle: `<number>_<name>.sql` beside a `meta/_journal.json`.
//!
//! * The journal lists migrations in the order in which they were generated, which is that of their names: an index or a timestamp of equal
//!   length before the underscore (`drizzle-orm/src/migrator.ts`, `readMigrationFiles`).
//! * All that are open run in one transaction, and no file can say otherwise (`drizzle-orm/src/pg-core/dialect.ts`, `migrate`).
//! * There are no down migrations. The time of the last one that was applied, as the journal has it, is noted in `drizzle.__drizzle_migrations`.

use super::name::{digits, stem};
use super::{Folder, Layout, Part, Side};
use crate::migration::numbering::Moment;
use crate::migration::section::Transaction;

#[derive(Debug)]
pub(super) struct Drizzle;

impl Layout for Drizzle {
    fn name(&self) -> &'static str {
        "drizzle"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("drizzle.__drizzle_migrations")
    }

    fn notes_versions(&self) -> bool {
        false
    }

    fn recognises(&self, folder: &Folder<'_>) -> bool {
        folder.has("meta/_journal.json") && folder.mostly(|script| self.part(script.path).is_some())
    }

    fn part(&self, path: &str) -> Option<Part> {
        let id = stem(path)?;
        let version = digits(id);
        if version.is_empty() || path.contains('/') {
            return None;
        }
        Some(Part::by_name(id, path, version))
    }

    fn first_version(&self, _now: &Moment) -> String {
        "0000".to_owned()
    }

    fn transaction(&self, _side: Side, _text: &str, _settings: Option<&str>) -> Transaction {
        Transaction::Tool
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_order() {
        let order = |path| Drizzle.part(path).expect("a migration").order;
        assert!(order("0009_b.sql") < order("0010_a.sql"));
        assert_eq!(Drizzle.part("custom.sql"), None);
        assert_eq!(Drizzle.part("meta/0000_a.sql"), None);
    }
}
