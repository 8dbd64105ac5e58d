//! Supabase: `supabase/migrations/<timestamp>_<name>.sql`.
//!
//! * A migration's file is digits, an underscore and a name; files run in the order of their names, and sub-folders are not searched
//!   (supabase/cli, `pkg/migration/list.go` and `file.go`). A first file `<timestamp>_init.sql` from before 2021-12-09 is skipped.
//! * Nobody opens a transaction: the statements are sent in one batch, which is one implicit transaction (`file.go`, `ExecBatch`).
//! * There are no down migrations. Applied migrations are noted in `supabase_migrations.schema_migrations`.

use super::name::{number_and_title, stem};
use super::{Folder, Layout, Part, Side};
use crate::migration::section::Transaction;

#[derive(Debug)]
pub(super) struct Supabase;

impl Layout for Supabase {
    fn name(&self) -> &'static str {
        "supabase"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("supabase_migrations.schema_migrations")
    }

    fn recognises(&self, folder: &Folder<'_>) -> bool {
        let at_home = folder.path == "supabase/migrations" || folder.path.ends_with("/supabase/migrations");
        at_home && folder.mostly(|script| self.part(script.path).is_some())
    }

    fn part(&self, path: &str) -> Option<Part> {
        let id = stem(path)?;
        let (version, title) = number_and_title(id)?;
        let superseded = title == "init" && version.len() == 14 && version < "20211209000000";
        if superseded || path.contains('/') {
            return None;
        }
        Some(Part::by_name(id, path, version))
    }

    fn transaction(&self, _side: Side, _text: &str, _settings: Option<&str>) -> Transaction {
        Transaction::Message
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::layout::tests::detected;

    #[test]
    fn timestamps_order() {
        let order = |path| Supabase.part(path).expect("a migration").order;
        assert!(order("20240101000000_b.sql") < order("20240201000000_a.sql"));
        assert_eq!(Supabase.part("seed.sql"), None);
        assert_eq!(Supabase.part("20210101000000_init.sql"), None);
    }

    #[test]
    fn the_folder_tells_it_from_other_layouts() {
        let files = [("20240101000000_a.sql", "")];
        assert_eq!(detected("app/supabase/migrations", &files), Some("supabase"));
        assert_eq!(detected("app/migrations", &files), Some("plain"));
    }
}
