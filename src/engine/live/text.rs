//! What can be found in a file by itself, before any migration has been replayed.

use crate::rules::{self, Rule};

use super::{Live, Settled};

/// Rules that look at nothing but the text of a migration, its name and the configuration.
const OF_TEXT: [&str; 11] = [
    "ban-commented-code",
    "ban-double-backslash-pattern",
    "ban-hyphenated-index-in-table",
    "ban-secrets",
    "ban-syntax-error",
    "prefer-uppercase-keywords",
    "require-header",
    "require-header-schemas",
    "require-managed-schema",
    "require-migration-directory",
    "require-template-order",
];

impl Live<'_> {
    /// The same, where nothing better is known.
    pub fn glance_unless_current(&self, path: &str) -> Option<Settled> {
        if self.is_current(path) { None } else { self.glance(path) }
    }

    /// What is found for certain in the migration of a file without the replay; none where it is no migration.
    pub fn glance(&self, path: &str) -> Option<Settled> {
        let (course, place) = self.place_of(path)?;
        let rules: Vec<&'static dyn Rule> = OF_TEXT.iter().filter_map(|id| rules::find(id)).collect();
        let checked = course.glance(&self.workspace, &self.selected, place, &rules)?;
        Some(self.certain(&course.history, place, checked.settle_for_now()))
    }
}
