//! Diesel: `migrations/<version>_<name>/{up,down}.sql`.
//!
//! * A migration is a directory that has an `up.sql`; hidden directories and loose files are none. Its version is its name before the first
//!   underscore without dashes, and versions are compared as text: `2026-06-17-105325-0000` comes before `2026-07-30-140000`
//!   (`migrations_internals`, `version_from_string`; `diesel_migrations`, `migration_harness.rs`).
//! * Each migration runs in a transaction, unless the directory's `metadata.toml` says `run_in_transaction = false`; a `metadata.toml` that
//!   does not say anything of it means false too, and one that can't be read means true (`TomlMetadata`). Without a transaction the file
//!   is still sent as one message (`batch_execute`), which is what diesel's documentation of `FileBasedMigrations` warns of.
//! * Applied migrations are noted in `__diesel_schema_migrations`.

use super::{Folder, Layout, Order, Part, Reach, Side};
use crate::migration::numbering::Moment;
use crate::migration::section::Transaction;

#[derive(Debug)]
pub(super) struct Diesel;

impl Layout for Diesel {
    fn name(&self) -> &'static str {
        "diesel"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("__diesel_schema_migrations")
    }

    fn reach(&self) -> Reach {
        Reach::Directories
    }

    fn recognises(&self, folder: &Folder<'_>) -> bool {
        folder.has_directories_with("up.sql")
    }

    fn part(&self, path: &str) -> Option<Part> {
        let (directory, file) = path.split_once('/')?;
        let side = match file {
            "up.sql" => Side::Up,
            "down.sql" => Side::Down,
            _ => return None,
        };
        if directory.starts_with('.') {
            return None;
        }
        let written = directory.split('_').next().unwrap_or(directory);
        Some(Part::new(directory, Order::text(written.replace('-', ""))).version(written).going(side))
    }

    fn down_beside(&self, path: &str) -> Option<String> {
        Some(format!("{}down.sql", path.strip_suffix("up.sql")?))
    }

    fn settings_of(&self, path: &str) -> Option<String> {
        let (directory, _) = path.split_once('/')?;
        Some(format!("{directory}/metadata.toml"))
    }

    fn first_version(&self, now: &Moment) -> String {
        format!("{}-{}", now.day(), &now.digits[8..])
    }

    fn new_path(&self, version: &str, title: &str, _before: Option<&str>) -> String {
        format!("{version}_{title}/up.sql")
    }

    fn without_transaction(&self) -> Option<&'static str> {
        Some("write `run_in_transaction = false` into the `metadata.toml` beside it")
    }

    fn new_down_text(&self) -> &'static str {
        "-- This file should undo anything in `up.sql`"
    }

    fn transaction(&self, _side: Side, _text: &str, settings: Option<&str>) -> Transaction {
        match settings {
            Some(metadata) if !runs_in_transaction(metadata) => Transaction::Message,
            _ => Transaction::Tool,
        }
    }
}

/// What `metadata.toml` says.
fn runs_in_transaction(metadata: &str) -> bool {
    let value = metadata.lines().find_map(|line| {
        let (key, value) = line.split('#').next()?.split_once('=')?;
        (key.trim() == "run_in_transaction").then(|| value.trim())
    });
    value.is_some_and(|value| value != "false")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_text_without_dashes() {
        let order = |path| Diesel.part(path).expect("a migration").order;
        assert!(order("2026-06-17-105325-0000_a/up.sql") < order("2026-07-30-140000_b/up.sql"));
        assert!(order("20170804200817_a/up.sql") < order("2017-10-08-193512_b/up.sql"));
    }

    #[test]
    fn a_loose_file_and_a_hidden_directory_are_no_migrations() {
        assert_eq!(Diesel.part("data.sql"), None);
        assert_eq!(Diesel.part(".old/up.sql"), None);
        assert_eq!(Diesel.part("1_a/generate.sql"), None);
    }

    #[test]
    fn metadata_decides_about_the_transaction() {
        let with = |settings| Diesel.transaction(Side::Up, "", settings);
        assert_eq!(with(None), Transaction::Tool);
        assert_eq!(with(Some("run_in_transaction = true")), Transaction::Tool);
        assert_eq!(with(Some("# no index in a transaction\nrun_in_transaction=false # ever")), Transaction::Message);
        assert_eq!(with(Some("")), Transaction::Message);
    }
}
