//! Schemas and extensions.

use super::Statement;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::run::Run;

/// Applies a statement of this family.
pub(super) fn apply(_run: &mut Run<'_>, _statement: Statement<'_>) -> Result {
    Err(Stop::unknown("this kind of statement is not replayed", None))
}
