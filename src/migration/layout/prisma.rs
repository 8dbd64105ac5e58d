//! Prisma Migrate: `migrations/<timestamp>_<name>/migration.sql`.
//!
//! * A migration is a directory with a `migration.sql`; its name is the directory's (Prisma's schema engine, `migrations_directory.rs`).
//!   Directories run in the order of their names (Prisma's `packages/migrate`, `listMigrations.ts`).
//! * Nobody opens a transaction: on PostgreSQL the script is sent as one simple query, so that several statements are one implicit
//!   transaction and a lone `CREATE INDEX CONCURRENTLY` works (prisma/orm issue 22922; since 7.4 a script with several of them is sent
//!   statement by statement, prisma-engines pull requests 5767 and 5799).
//! * Prisma runs no down migration itself; its guide “Generating down migrations” writes one as `down.sql`, for `prisma db execute`.
//! * Applied migrations are noted in `_prisma_migrations`.

use super::{Folder, Layout, Order, Part, Reach, Side};
use crate::migration::section::Transaction;

#[derive(Debug)]
pub(super) struct Prisma;

impl Layout for Prisma {
    fn name(&self) -> &'static str {
        "prisma"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("_prisma_migrations")
    }

    fn reach(&self) -> Reach {
        Reach::Directories
    }

    fn recognises(&self, folder: &Folder<'_>) -> bool {
        folder.has_directories_with("migration.sql")
    }

    fn part(&self, path: &str) -> Option<Part> {
        let (directory, file) = path.split_once('/')?;
        let side = match file {
            "migration.sql" => Side::Up,
            "down.sql" => Side::Down,
            _ => return None,
        };
        let part = Part::new(directory, Order::text(directory)).going(side);
        Some(match directory.split_once('_') {
            Some((version, _)) => part.version(version),
            None => part,
        })
    }

    fn new_path(&self, version: &str, title: &str, _before: Option<&str>) -> String {
        format!("{version}_{title}/migration.sql")
    }

    fn transaction(&self, _side: Side, _text: &str, _settings: Option<&str>) -> Transaction {
        Transaction::Message
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_is_a_migration_and_a_loose_file_is_none() {
        let part = Prisma.part("20240101000000_init/migration.sql").expect("a migration");
        assert_eq!((part.id.as_str(), part.version.as_deref()), ("20240101000000_init", Some("20240101000000")));
        assert_eq!(Prisma.part("20240101000000_init/down.sql").map(|part| part.side), Some(Side::Down));
        assert_eq!(Prisma.part("seed.sql"), None);
        assert_eq!(Prisma.part("20240101000000_init/deeper/migration.sql"), None);
    }
}
