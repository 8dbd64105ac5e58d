//! Floor 1: what the linter has to say, as a value.
//!
//! A [`Diagnostic`] knows its rule's id, its severity, one primary place, related places, help and perhaps a [`Fix`]. How it is printed is
//! the reports' business. Invariant: spans are byte spans of the file that `path` names.

mod finding;
mod fix;
mod severity;

pub use finding::{Diagnostic, Extent, Label};
pub use fix::{Applicability, FileEdit, Fix, Stage};
pub use severity::Severity;
