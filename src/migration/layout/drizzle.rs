//! Drizzle: `<number>_<name>.sql` beside a `meta/_journal.json`.
//!
//! * The journal lists migrations in the order in which they were generated, which is that of their names: an index or a timestamp of equal
//!   length before the underscore (`drizzle-orm/src/migrator.ts`, `readMigrationFiles`).
//! * A file that the journal does not list is not run, and a folder none of whose files it lists is not Drizzle's.
//! * All that are open run in one transaction, and no file can say otherwise (`drizzle-orm/src/pg-core/dialect.ts`, `migrate`).
//! * There are no down migrations. The time of the last one that was applied, as the journal has it, is noted in `drizzle.__drizzle_migrations`.

use super::name::{digits, stem};
use super::{Folder, Layout, Part, Script, Side};
use crate::migration::history::Why;
use crate::migration::numbering::Moment;
use crate::migration::section::Transaction;

const JOURNAL: &str = "meta/_journal.json";

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
        let is_listed = |script: Script<'_>| folder.text(JOURNAL).is_some_and(|journal| lists(journal, script.path));
        folder.scripts().any(is_listed) && folder.mostly(|script| self.part(script.path).is_some())
    }

    fn leaves_out<'t>(&self, path: &str, text_of: &dyn Fn(&str) -> Option<&'t str>) -> Option<Why> {
        text_of(JOURNAL).is_some_and(|journal| !lists(journal, path)).then_some(Why::Unlisted)
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

/// Whether the journal lists the file at `path`: its name without the ending is the `tag` of an entry.
fn lists(journal: &str, path: &str) -> bool {
    stem(path).is_some_and(|id| journal.contains(&format!("\"{id}\"")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::layout::tests::detected;

    #[test]
    fn what_the_journal_does_not_list_is_left_out() {
        let journal = r#"{"entries": [{"idx": 0, "tag": "0000_a"}]}"#;
        let text_of = |path: &str| (path == JOURNAL).then_some(journal);
        assert_eq!(Drizzle.leaves_out("0000_a.sql", &text_of), None);
        assert_eq!(Drizzle.leaves_out("0001_b.sql", &text_of), Some(Why::Unlisted));
        assert_eq!(detected("m", &[("0000_a.sql", ""), (JOURNAL, journal)]), Some("drizzle"));
        assert_eq!(detected("m", &[("0001_b.sql", ""), (JOURNAL, journal)]), Some("plain"));
    }

    #[test]
    fn names_order() {
        let order = |path| Drizzle.part(path).expect("a migration").order;
        assert!(order("0009_b.sql") < order("0010_a.sql"));
        assert_eq!(Drizzle.part("custom.sql"), None);
        assert_eq!(Drizzle.part("meta/0000_a.sql"), None);
    }
}
