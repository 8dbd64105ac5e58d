//! Which migrations are deployed: `migration_lint.applied_until`.
//!
//! What is deployed can't be written otherwise any more, so that nobody is told about its text; what it leaves in the schema counts as before.
//! The last one that is deployed is named by its id, its version or its number, and only a name that a migration has stands for anything:
//! a slip must not silence a file.

use std::collections::BTreeSet;

use crate::config::{Config, nearest};
use crate::diagnostic::Diagnostic;
use crate::migration::{History, Migration};
use crate::rules::About;
use crate::text::SourceFile;

/// Whether a migration can still be written otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Open,
    Deployed,
}

/// What a rule looks at when it finds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    Migration,
    History,
}

impl Standing {
    /// Whether what a rule finds there can still be mended.
    pub(super) fn can_be_mended(self, about: About, sight: Sight) -> bool {
        self == Standing::Open || about == About::State || (about == About::Both && sight == Sight::History)
    }
}

/// The first migrations of one history, as far as they are deployed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deployed<'h>(&'h [Migration]);

impl<'h> Deployed<'h> {
    /// What `config` says of `history`.
    pub(super) fn of(history: &'h History, config: &Config) -> Self {
        let until = config.lint.applied_until.as_ref();
        let last = until.and_then(|(name, _)| history.migrations.iter().rposition(|migration| migration.is_named(name)));
        Self(&history.migrations[..last.map_or(0, |last| last + 1)])
    }

    /// Whether the configuration's word is about this history.
    pub(super) fn is_any(self) -> bool {
        !self.0.is_empty()
    }

    /// How it stands with the migration at a place of the history.
    pub(super) fn standing(self, place: u32) -> Standing {
        if (place as usize) < self.0.len() { Standing::Deployed } else { Standing::Open }
    }

    /// Takes the repairs away that would change a file of these migrations.
    pub(super) fn protect(self, findings: &mut [Diagnostic]) {
        let own: BTreeSet<&str> = self.0.iter().flat_map(Migration::files).map(SourceFile::path).collect();
        for finding in findings {
            finding.fix.take_if(|fix| fix.edits.iter().any(|edit| own.contains(&*edit.path)));
        }
    }
}

/// Says that none of `histories` has the migration that the configuration names; none where it names none.
pub(super) fn nowhere(histories: &[&History], config: &Config) -> Option<String> {
    let (name, span) = config.lint.applied_until.as_ref()?;
    let migrations = || histories.iter().flat_map(|history| &history.migrations);
    let place = config.source.as_ref().map_or_else(String::new, |source| {
        let position = source.position(span.start);
        format!("{}:{}:{}: ", source.path(), position.line, position.column)
    });
    let hint = match nearest(name, migrations().map(|migration| migration.id.as_str())) {
        Some(id) => format!("; did you mean `{id}`?"),
        None => migrations().last().map(|last| format!("; the last one is `{}`", last.id)).unwrap_or_default(),
    };
    Some(format!("{place}`migration_lint.applied_until` is `{name}`, and no migration has that number or id{hint}"))
}
