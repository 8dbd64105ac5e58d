//! Group *proof*: what PostgreSQL would say of the migration.

mod ban_failing_statement;
mod ban_hidden_drift;
mod ban_opaque_statement;
mod ban_syntax_error;
mod ban_undefined_object;
mod ban_wasted_change;
mod failure;
mod require_rerun;
mod require_revert;
mod require_valid_constraint;

pub use ban_failing_statement::BanFailingStatement;
pub use ban_hidden_drift::BanHiddenDrift;
pub use ban_opaque_statement::BanOpaqueStatement;
pub use ban_syntax_error::BanSyntaxError;
pub use ban_undefined_object::BanUndefinedObject;
pub use ban_wasted_change::BanWastedChange;
pub use require_rerun::RequireRerun;
pub use require_revert::RequireRevert;
pub use require_valid_constraint::RequireValidConstraint;

use crate::migration::Section;
use crate::text::Span;

/// The first line of a section that has something on it.
fn first_line_of(section: &Section) -> Span {
    let text = section.source.text();
    let Some(first) = section.spans.first() else { return section.source.first_line() };
    let start = first.start + (text[*first].len() - text[*first].trim_start().len()) as u32;
    let rest = &text[start as usize..];
    let end = start + rest.find('\n').unwrap_or(rest.len()) as u32;
    Span::new(start, end)
}
