//! Histories as files: `-- migration: name` begins a migration, `-- down` its down section; with `-- undone` what it did is taken back, so that
//! the next one begins where it began. `-- since: 17` before all of them says that older servers know none of what is in it.

use std::fs;
use std::path::{Path, PathBuf};

/// A history.
pub struct History {
    /// What it is called.
    pub name: String,
    /// The oldest version of PostgreSQL that it is for.
    pub since: u8,
    /// In order.
    pub migrations: Vec<Migration>,
}

/// A migration of a history.
#[derive(Default, Clone)]
pub struct Migration {
    pub name: String,
    pub up: String,
    pub down: Option<String>,
    /// Whether up and down are run in a transaction that is rolled back.
    pub undone: bool,
}

impl History {
    /// Reads a history.
    pub fn read(path: &Path) -> History {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut migrations: Vec<Migration> = Vec::new();
        let since = text.lines().next().and_then(|line| line.strip_prefix("-- since:")?.trim().parse().ok()).unwrap_or_default();
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("-- migration:") {
                migrations.push(Migration { name: name.trim().to_owned(), ..Migration::default() });
                continue;
            }
            let Some(migration) = migrations.last_mut() else { continue };
            if line.trim_end() == "-- undone" {
                migration.undone = true;
                continue;
            }
            if line.trim_end() == "-- down" {
                migration.down = Some(String::new());
                continue;
            }
            let section = migration.down.as_mut().unwrap_or(&mut migration.up);
            section.push_str(line);
            section.push('\n');
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        History { name, since, migrations }
    }

    /// The histories of a folder, or of `MIGRATION_LINT_HISTORY`: a file or a folder.
    pub fn all(folder: &Path) -> Vec<History> {
        let chosen = std::env::var_os("MIGRATION_LINT_HISTORY").map(PathBuf::from);
        let path = chosen.as_deref().unwrap_or(folder);
        if path.is_file() {
            return vec![History::read(path)];
        }
        let entries = fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "sql"));
        files.sort();
        files.iter().map(|file| History::read(file)).collect()
    }
}
