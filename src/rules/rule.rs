//! The trait that every rule implements.

use super::{ForeignContext, HistoryContext, Meta, MigrationContext, StatementContext, SuppressionContext};
use crate::config::OptionValue;
use crate::diagnostic::Diagnostic;

/// What a rule found so far.
pub type Findings = Vec<Diagnostic>;

/// A rule: a pure function of its context, which it asks in the words of its page.
///
/// A rule implements whichever of the checks fits its question; the others do nothing.
pub trait Rule: Sync + std::fmt::Debug {
    /// Its identity, defaults and page.
    fn meta(&self) -> &'static Meta;

    /// What those of its options can be that are no lists of any texts.
    fn option_values(&self) -> &'static [(&'static str, OptionValue)] {
        &[]
    }

    /// Looks at one statement of an up section.
    fn check_statement(&self, _cx: &StatementContext<'_>, _out: &mut Findings) {}

    /// Looks at one migration.
    fn check_migration(&self, _cx: &MigrationContext<'_>, _out: &mut Findings) {}

    /// Looks at one object of the schema that a history leaves, with its parts: at those that [`HistoryContext::objects`] gives.
    ///
    /// What is found, in files of migrations, depends on them, on what they refer to and on the statements that made them; what its help and fix are,
    /// also on the names that are asked for. Who keeps it looks again where one of those changes.
    fn check_object(&self, _cx: &HistoryContext<'_>, _out: &mut Findings) {}

    /// Whether what it finds at one place in several objects is one thing to say, of the object that was made first.
    fn tells_once(&self) -> bool {
        false
    }

    /// Whether what mends its findings is written into files beside the migrations: that may be much text, so that it is left out where
    /// [`HistoryContext::only_finds`].
    fn writes_documents(&self) -> bool {
        false
    }

    /// Looks at a whole history.
    fn check_history(&self, _cx: &HistoryContext<'_>, _out: &mut Findings) {}

    /// Looks at a migration that is written for another database: no other check runs on it.
    fn check_foreign(&self, _cx: &ForeignContext<'_>, _out: &mut Findings) {}

    /// Looks at one suppression, after every other rule has run.
    fn check_suppression(&self, _cx: &SuppressionContext<'_>, _out: &mut Findings) {}
}
